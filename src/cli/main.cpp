// The entry point: the last place where an exception can stop, so that no input ends in a crash without words.
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "cli/app.h"
#include "cli/output.h"
#include "platform/platform.h"

namespace {

int internal_error(const std::string& what) {
  drizzle_audit::cli::print_error(
      {.message = "internal error: " + what,
       .help = "this is a defect of drizzle-audit; `drizzle-audit doctor` prints what a report about it should hold"});
  return drizzle_audit::cli::kExitFailure;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    drizzle_audit::platform::keep_memory();
    drizzle_audit::platform::prepare_streams();
    std::vector<std::string> words = drizzle_audit::platform::arguments(argc, argv);
    if (!words.empty()) words.erase(words.begin());
    return drizzle_audit::cli::run(words);
  } catch (const std::bad_alloc&) {
    return internal_error("out of memory");
  } catch (const std::exception& error) {
    return internal_error(error.what());
  } catch (...) {
    return internal_error("unknown exception");
  }
}
