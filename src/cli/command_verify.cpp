// `drizzle-audit verify`: makes the plan's checks and hands them to drizzle-audit-verify, the only program that talks to databases. So this
// one needs no database library.
#include <filesystem>
#include <vector>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/plan.h"
#include "platform/platform.h"
#include "platform/process.h"
#include "workspace/disk_file_system.h"

namespace drizzle_audit::cli {
namespace {

constexpr const char* kProgram = "drizzle-audit-verify";

/// Beside this program where the system tells where that is; else its name, for PATH.
std::string find_program() {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path beside = self.parent_path() / kProgram;
  return !error && std::filesystem::exists(beside, error) ? beside.string() : std::string(kProgram);
}

int failed(std::string message, std::string help = {}) {
  print_error({.message = std::move(message), .help = std::move(help)});
  return kExitFailure;
}

/// Runs the program with `input` on its stdin, passes on what it says, and returns its exit status.
int run_program(const std::vector<std::string>& arguments, const std::string& url, const std::string& input) {
  // The URL is no argument: everybody may read those.
  const platform::ProcessResult result = platform::run_process(arguments, {{"DRIZZLE_AUDIT_URL", url}}, input);
  if (!result.failure.empty())
    return failed("cannot start " + std::string(kProgram) + ": " + result.failure,
                  "it stands beside drizzle-audit or in PATH, and is built when libpq, libmariadb or SQLite's headers are there: "
                  "cmake -DDRZ_VERIFY=ON");
  static_cast<void>(platform::write_stream(platform::Stream::kError, result.err));
  const std::string error = platform::write_stream(platform::Stream::kOutput, result.out);
  if (!error.empty()) return failed("cannot write standard output: " + error);
  if (result.status >= 0 && result.status <= kExitFailure) return result.status;
  return failed(std::string(kProgram) + " ended unexpectedly", "this is a defect, or the system ended it");
}

}  // namespace

int verify(const VerifyOptions& options) {
  const std::string url = !options.url.empty() ? options.url : platform::variable("DATABASE_URL");
  if (url.empty()) return failed("verify needs a database", "--url postgres://user@host/database, or set DATABASE_URL");
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
  std::vector<std::string> arguments = {find_program(), "--stage", options.stage};
  if (!options.output.format.empty()) arguments.insert(arguments.end(), {"--format", options.output.format});
  if (!options.output.file.empty()) arguments.insert(arguments.end(), {"--output-file", options.output.file});
  if (options.timeout > 0) arguments.insert(arguments.end(), {"--timeout", std::to_string(options.timeout)});
  if (options.no_drift) arguments.emplace_back("--no-drift");
  return run_program(arguments, url, document);
}

}  // namespace drizzle_audit::cli
