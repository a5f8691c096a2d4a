// What the terminal can do and what the user wants of it.
#pragma once

#include "cli/options.h"

namespace drizzle_audit::cli {

/// Flag > FORCE_COLOR (not empty, "0" means off) > NO_COLOR (not empty) > CLICOLOR_FORCE > TERM=dumb > whether stdout is a terminal.
/// A file gets colour only when told `always`.
bool use_color(const OutputOptions& options);

/// Columns of the terminal that stdout is; 0 when it is none, or the output goes to a file.
unsigned terminal_width(const OutputOptions& options);

}  // namespace drizzle_audit::cli
