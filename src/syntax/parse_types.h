// From source text to the nodes of type_ast.h.
#pragma once

#include <string_view>
#include <vector>

#include "syntax/parse.h"
#include "syntax/type_ast.h"
#include "text/arena.h"

namespace drizzle_audit::syntax {

/// The declarations (types, enums, classes, variables) at the top of the file, or of `pieces` of it when there are any, in source order.
/// Bodies of functions and classes are left out. Never fails: what does not parse is left out or kUnsupported.
[[nodiscard]] std::vector<const TypeNode*> parse_declarations(std::string_view text, std::string_view path,
                                                              const std::vector<Piece>& pieces, text::Arena& arena);
/// The type written at a place: the T of `$type<T>()`.
[[nodiscard]] const TypeNode& parse_type(std::string_view text, Piece piece, text::Arena& arena);
/// The types between `<` and `>`, separated by commas.
[[nodiscard]] std::vector<const TypeNode*> parse_type_arguments(std::string_view text, Piece piece, text::Arena& arena);
/// The expression at a place: `varchar("status", { enum: STATUSES })`.
[[nodiscard]] const TypeNode& parse_value(std::string_view text, std::string_view path, Piece piece, text::Arena& arena);

}  // namespace drizzle_audit::syntax
