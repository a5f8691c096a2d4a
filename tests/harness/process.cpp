// Implementation of process.h. The streams are temporary files rather than pipes: nothing can block, whatever the sizes.
#include "harness/process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <stdexcept>

#include "harness/files.h"

namespace drizzle_audit::harness {
namespace {

constexpr int kCannotStart = 127;

// In the child: makes `path` the stream `target`.
bool redirect(const std::filesystem::path& path, int target, int flags) {
  const int file = open(path.c_str(), flags, 0600);
  return file >= 0 && dup2(file, target) >= 0;
}

}  // namespace

Result run(const Process& process) {
  const TemporaryFolder folder;
  const auto in = folder.path() / "in";
  const auto out = folder.path() / "out";
  const auto err = folder.path() / "err";
  write_file(in, process.input);
  write_file(out, "");
  write_file(err, "");

  std::vector<std::string> arguments = process.arguments;
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);

  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) {
    const bool ready = redirect(in, STDIN_FILENO, O_RDONLY) && redirect(out, STDOUT_FILENO, O_WRONLY | O_APPEND) &&
                       redirect(err, STDERR_FILENO, O_WRONLY | O_APPEND) && chdir(process.folder.c_str()) == 0;
    for (const auto& [name, value] : process.environment) setenv(name.c_str(), value.c_str(), 1);
    if (ready) execvp(pointers.front(), pointers.data());
    _exit(kCannotStart);
  }

  int state = 0;
  while (waitpid(child, &state, 0) < 0) {
    if (errno != EINTR) throw std::runtime_error("waitpid failed");
  }
  Result result;
  result.status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
  result.out = read_file(out);
  result.err = read_file(err);
  return result;
}

}  // namespace drizzle_audit::harness
