// What a file imports, exports and declares at its top, and where its top-level statements begin, without parsing it.
//
// One pass over the bytes that knows strings, templates, comments, regular expressions and brackets. It is exact for code as people write
// it; where it may have lost its way (an apostrophe or a backtick in JSX text) it says so, and the caller parses the whole file instead.
// Everything points into the text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "syntax/parse.h"

namespace drizzle_audit::queries {

struct ImportedName {
  std::string_view imported;  ///< "default", "*" or a name
  std::string_view local;
  std::string_view specifier;
};

struct ExportedName {
  std::string_view exported;
  std::string_view local;      ///< "*" for the whole module
  std::string_view specifier;  ///< empty: a name of this file
};

/// A name declared at the top.
struct DeclaredName {
  std::string_view name;
  std::uint32_t statement = 0;  ///< index in `statements`
  bool constant = false;        ///< by `const`
};

/// A type declared at the top: interface, alias, enum or class.
struct DeclaredTypeName {
  std::string_view word;  ///< "interface", "type", "enum", "class"
  std::string_view name;
  std::uint32_t statement = 0;  ///< index in `statements`
  bool exported = false;
  bool is_default = false;
};

/// What only the type checker sees; kept apart from what code can use at run time.
struct TypeOutline {
  std::vector<ImportedName> imports;  ///< `import type`, `import { type … }`
  std::vector<ExportedName> exports;  ///< `export type { … }`
  std::vector<std::string_view> export_stars;
  std::vector<DeclaredTypeName> declared;
};

struct Outline {
  std::vector<ImportedName> imports;
  std::vector<ExportedName> exports;
  std::vector<std::string_view> export_stars;     ///< specifiers
  std::vector<std::string_view> dynamic_imports;  ///< specifiers of import("…") and require("…"), anywhere
  std::vector<DeclaredName> declared;
  TypeOutline types;
  std::vector<syntax::Piece> statements;         ///< they follow each other without gaps
  std::vector<syntax::Piece> unique_violations;  ///< string literals that name a unique violation
  bool reliable = true;                          ///< whether `statements` are what the parser would see
};

[[nodiscard]] Outline outline(std::string_view text);

/// Whether the bytes hold something that `outline` would enter under `unique_violations`.
[[nodiscard]] bool may_name_unique_violation(std::string_view text);

}  // namespace drizzle_audit::queries
