// What an export whose value could not be evaluated may have been.
#pragma once

#include <string_view>

#include "program/interpreter.h"
#include "schema/hosts.h"

namespace drizzle_audit::schema {

/// What the schema may lack because `name` of `module` is Unknown. Decided from the export's definition: the function at the head of its
/// chain of calls, followed to where it is imported from. Validators, clients and the like lack nothing; when it cannot be told, everything
/// may be missing.
[[nodiscard]] IncompleteModel unread_export(Interpreter& in, program::Module& module, std::string_view name);

}  // namespace drizzle_audit::schema
