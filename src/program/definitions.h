// Where a name comes from, found without evaluating anything: for questions about values that could not be evaluated.
#pragma once

#include <cstdint>
#include <string_view>

#include "program/interpreter.h"

namespace drizzle_audit::program {

struct Definition {
  enum class Kind : std::uint8_t {
    kExpression,  ///< `node` in `module`: an initialiser (of the whole pattern, if it is taken apart there) or a function
    kModule,      ///< the namespace of `module`
    kNative,      ///< `name` of the native module `specifier`
    kPackage,     ///< `name` of a package that is not read
    kOther,       ///< a class, an enum, a type, JSON: no expression
    kLost,        ///< an import that leads nowhere
    kUnbound,     ///< no name of the module: a parameter, a local variable or a global
  };
  Kind kind = Kind::kUnbound;
  Module* module = nullptr;
  const syntax::Node* node = nullptr;
  std::string_view specifier;
  std::string_view name;  ///< "*": all of it
};

/// Where the module-level name `local` of `module` is defined; through imports.
[[nodiscard]] Definition find_definition(Interpreter& in, Module& module, std::string_view local);
/// Where what `module` exports as `name` is defined; through re-exports.
[[nodiscard]] Definition find_exported(Interpreter& in, Module& module, std::string_view name);

}  // namespace drizzle_audit::program
