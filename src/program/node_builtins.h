// Node's own modules, as far as schemas and configs use them: `path` and `url` are evaluated, the members of all others are Unknown.
#pragma once

#include <string>
#include <string_view>

#include "program/interpreter.h"

namespace drizzle_audit::program {

/// The exports of `path`, `node:path`, `url`, `fs` …; null for what is no module of Node. Relative paths are seen from `working_folder`;
/// when that is empty, what depends on it is Unknown.
Host* find_node_builtin(Interpreter& in, std::string_view specifier, const std::string& working_folder);

}  // namespace drizzle_audit::program
