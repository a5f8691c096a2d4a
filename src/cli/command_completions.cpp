// `drizzle-audit completions SHELL` and `drizzle-audit man`: the command line about itself.
#include "cli/commands.h"
#include "cli/outline.h"
#include "cli/output.h"

namespace drizzle_audit::cli {

int completions(const ProgramOutline& program, const CompletionOptions& options) {
  return write_report(completion_script(program, options.shell), options.output.file, kExitClean);
}

int man(const ProgramOutline& program, const OutputOptions& options) { return write_report(man_page(program), options.file, kExitClean); }

}  // namespace drizzle_audit::cli
