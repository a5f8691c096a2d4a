// The command line as a whole: flags, commands, exit status.
#pragma once

#include <string>
#include <vector>

namespace drizzle_audit::cli {

/// Runs the program and returns its exit status. `given`: the command line without the program's name. May throw std::bad_alloc and what
/// third-party code throws; main() catches.
int run(const std::vector<std::string>& given);

}  // namespace drizzle_audit::cli
