// See process.h. Linux, macOS and other POSIX systems.
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "platform/process.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): not every system's header has it

namespace drizzle_audit::platform {
namespace {

/// A pipe whose ends no other program inherits, and which closes itself.
struct Pipe {
  std::array<int, 2> ends{-1, -1};  // read, write

  Pipe() {
    if (::pipe(ends.data()) != 0) ends = {-1, -1};
    for (const int end : ends) {
      if (end >= 0) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  [[nodiscard]] bool is_open() const { return ends[0] >= 0; }
  void close_end(std::size_t which) {
    if (ends.at(which) >= 0) ::close(ends.at(which));
    ends.at(which) = -1;
  }
};

std::vector<std::string> changed_environment(const EnvironmentChanges& changes) {
  std::vector<std::string> variables;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const std::string_view name = text.substr(0, text.find('='));
    if (std::none_of(changes.begin(), changes.end(), [&](const auto& change) { return change.first == name; }))
      variables.emplace_back(text);
  }
  for (const auto& [name, value] : changes) {
    if (value) variables.push_back(name + "=" + *value);
  }
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// 0, or the errno of what went wrong.
int start(std::vector<std::string> arguments, const EnvironmentChanges& changes, const Pipe& in, const Pipe& out, const Pipe& err,
          pid_t& child) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  if (const int error = ::posix_spawn_file_actions_init(&actions); error != 0) return error;
  if (const int error = ::posix_spawnattr_init(&attributes); error != 0) {
    ::posix_spawn_file_actions_destroy(&actions);
    return error;
  }
  ::posix_spawn_file_actions_adddup2(&actions, in.ends[0], STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, err.ends[1], STDERR_FILENO);
  // This program ignores these; others rely on them.
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  sigaddset(&defaults, SIGXFSZ);
  ::posix_spawnattr_setsigdefault(&attributes, &defaults);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  std::vector<std::string> variables = changed_environment(changes);
  const int error = ::posix_spawnp(&child, arguments.front().c_str(), &actions, &attributes, pointers_to(arguments).data(),
                                   pointers_to(variables).data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  return error;
}

/// Reads what is there into `text`; false at the end.
bool read_some(int descriptor, std::string& text) {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
  if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN));
}

/// Feeds and reads at the same time: a program that waits for its reader would otherwise wait forever.
void exchange(Pipe& in, Pipe& out, Pipe& err, std::string_view input, ProcessResult& result) {
  ::fcntl(in.ends[1], F_SETFL, O_NONBLOCK);
  if (input.empty()) in.close_end(1);
  while (out.ends[0] >= 0 || err.ends[0] >= 0) {
    std::array<pollfd, 3> waits{{{out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}, {in.ends[1], POLLOUT, 0}}};
    if (::poll(waits.data(), waits.size(), -1) < 0) {
      if (errno == EINTR) continue;
      return;
    }
    if (waits[0].revents != 0 && !read_some(out.ends[0], result.out)) out.close_end(0);
    if (waits[1].revents != 0 && !read_some(err.ends[0], result.err)) err.close_end(0);
    if (waits[2].revents == 0) continue;
    const ssize_t written = ::write(in.ends[1], input.data(), input.size());
    if (written > 0) input.remove_prefix(static_cast<std::size_t>(written));
    const bool gone = written < 0 && errno != EINTR && errno != EAGAIN;  // it does not want the rest
    if (gone || input.empty()) in.close_end(1);
  }
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& arguments, const EnvironmentChanges& environment, std::string_view input) {
  ProcessResult result;
  Pipe in;
  Pipe out;
  Pipe err;
  pid_t child = -1;
  if (!in.is_open() || !out.is_open() || !err.is_open()) {
    result.failure = std::strerror(errno);
    return result;
  }
  if (const int error = start(arguments, environment, in, out, err, child); error != 0) {
    result.failure = error == ENOENT ? "it is not in PATH" : std::strerror(error);
    return result;
  }
  in.close_end(0);
  out.close_end(1);
  err.close_end(1);
  exchange(in, out, err, input, result);
  int state = 0;
  while (::waitpid(child, &state, 0) < 0) {
    if (errno == EINTR) continue;
    result.failure = std::strerror(errno);
    return result;
  }
  result.status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
  return result;
}

}  // namespace drizzle_audit::platform
