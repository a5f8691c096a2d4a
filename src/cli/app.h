// The command line as a whole: flags, commands, exit status.
#pragma once

namespace drizzle_audit::cli {

/// Runs the program and returns its exit status. May throw std::bad_alloc and what third-party code throws; main() catches.
int run(int argc, const char* const* argv);

}  // namespace drizzle_audit::cli
