// Forms of TypeScript that tree-sitter-typescript 0.23 misreads, made readable for it without moving a byte.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace drizzle_audit::syntax {

/// A copy of `text` to parse instead of it, of the same length; nothing when the text can be parsed as it is.
///
/// - sql<number>`…` is read as two comparisons: the type arguments of tagged templates become spaces.
/// - $type<import("./types").Settings>() does not parse: `import("./types")` in a type becomes one long identifier.
/// - `using` is a name that policies use, and the grammar's keyword for declarations: as a name it gets another letter.
/// - `export type * from "./types"` does not parse: it only names types, and becomes spaces.
///
/// The same characters inside strings and comments may change too; they are taken from the original text afterwards.
[[nodiscard]] std::optional<std::string> readable_copy(std::string_view text);

}  // namespace drizzle_audit::syntax
