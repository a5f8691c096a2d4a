// `drizzle-audit verify`: makes the plan's checks and hands them to drizzle-audit-verify, the only program that talks to databases. So this
// one needs no database library.
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <vector>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/plan.h"
#include "workspace/disk_file_system.h"

namespace drizzle_audit::cli {
namespace {

constexpr const char* kProgram = "drizzle-audit-verify";

/// Beside this program, else in PATH; empty when it is nowhere.
std::string find_program() {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    const std::string beside = (self.parent_path() / kProgram).string();
    if (::access(beside.c_str(), X_OK) == 0) return beside;
  }
  const char* path = std::getenv("PATH");
  std::string folders = path == nullptr ? "" : path;
  for (std::size_t at = 0; at <= folders.size();) {
    const std::size_t end = std::min(folders.find(':', at), folders.size());
    const std::string candidate = folders.substr(at, end - at) + "/" + kProgram;
    if (end > at && ::access(candidate.c_str(), X_OK) == 0) return candidate;
    at = end + 1;
  }
  return {};
}

int failed(std::string message, std::string help = {}) {
  print_error({.message = std::move(message), .help = std::move(help)});
  return kExitFailure;
}

/// Runs the program with `input` on its stdin and returns its exit status.
int run_program(const std::string& program, const std::vector<std::string>& arguments, const std::string& input) {
  int ends[2];
  if (::pipe(ends) != 0) return failed(std::string("cannot make a pipe: ") + std::strerror(errno));
  std::vector<char*> words;
  std::string name = program;
  std::vector<std::string> copies = arguments;
  words.push_back(name.data());
  for (std::string& argument : copies) words.push_back(argument.data());
  words.push_back(nullptr);
  const pid_t child = ::fork();
  if (child < 0) return failed(std::string("cannot start ") + kProgram + ": " + std::strerror(errno));
  if (child == 0) {
    ::dup2(ends[0], STDIN_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execv(program.c_str(), words.data());
    ::_exit(127);
  }
  ::close(ends[0]);
  for (std::size_t at = 0; at < input.size();) {
    const ssize_t written = ::write(ends[1], input.data() + at, input.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;  // it has ended; its status says why
    at += static_cast<std::size_t>(written);
  }
  ::close(ends[1]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return failed(std::string("lost ") + kProgram + ": " + std::strerror(errno));
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) <= kExitFailure) return WEXITSTATUS(status);
  return failed(std::string(kProgram) + " ended unexpectedly", "this is a defect, or the system ended it: " + program);
}

}  // namespace

int verify(const VerifyOptions& options) {
  const char* from_environment = std::getenv("DATABASE_URL");
  const std::string url = !options.url.empty() ? options.url : from_environment == nullptr ? "" : from_environment;
  if (url.empty()) return failed("verify needs a database", "--url postgres://user@host/database, or set DATABASE_URL");
  const std::string program = find_program();
  if (program.empty())
    return failed(std::string(kProgram) + " is neither beside this program nor in PATH",
                  "it is built when libpq, libmariadb or SQLite's headers are there: cmake -DDRZ_VERIFY=ON");
  std::string document;
  if (!options.plan.empty()) {
    std::variant<std::string, workspace::FileError> read =
        workspace::DiskFileSystem().read(std::filesystem::absolute(options.plan).string(), 256U << 20U);
    if (const auto* error = std::get_if<workspace::FileError>(&read))
      return failed("--plan: cannot read " + options.plan + ": " + error->reason);
    document = std::get<std::string>(std::move(read));
  } else {
    const migrate::PlanOptions defaults;
    std::variant<ProjectPlan, Error> made = plan_project({options.project, options.config, options.baseline, defaults});
    if (const Error* error = std::get_if<Error>(&made)) {
      print_error(*error);
      return kExitFailure;
    }
    document = std::get<ProjectPlan>(std::move(made)).json;
  }
  // Not as an argument: everybody may read those.
  if (::setenv("DRIZZLE_AUDIT_URL", url.c_str(), 1) != 0) return failed("out of memory");
  std::vector<std::string> arguments = {"--stage", options.stage};
  if (!options.output.format.empty()) arguments.insert(arguments.end(), {"--format", options.output.format});
  if (!options.output.file.empty()) arguments.insert(arguments.end(), {"--output-file", options.output.file});
  if (options.timeout > 0) arguments.insert(arguments.end(), {"--timeout", std::to_string(options.timeout)});
  if (options.no_drift) arguments.emplace_back("--no-drift");
  return run_program(program, arguments, document);
}

}  // namespace drizzle_audit::cli
