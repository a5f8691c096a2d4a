// See process.h. WebAssembly: JavaScript starts the program.
#include "platform/host.h"
#include "platform/process.h"

namespace drizzle_audit::platform {

ProcessResult run_process(const std::vector<std::string>& arguments, const EnvironmentChanges& environment, std::string_view input) {
  // Words and variables, each followed by a zero byte; `NAME` alone is taken away.
  std::string words;
  for (const std::string& argument : arguments) words += argument + '\0';
  std::string variables;
  for (const auto& [name, value] : environment) variables += name + (value ? "=" + *value : "") + '\0';
  HostAnswer out;
  HostAnswer err;
  ProcessResult result;
  result.status = drz_host_run(words.data(), words.size(), variables.data(), variables.size(), input.data(), input.size(), &out, &err);
  if (out.failed != 0) {
    result.failure = out.text();
    return result;
  }
  result.out = out.text();
  result.err = err.text();
  return result;
}

}  // namespace drizzle_audit::platform
