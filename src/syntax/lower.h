// From a tree-sitter tree to our own (ast.h).
#pragma once

#include "syntax/grammar.h"
#include "syntax/parse.h"

namespace drizzle_audit::syntax {

/// Fills `out` from the parsed `tree`; `text` is the text that was parsed; `all_code` as in
/// ParseOptions. Nesting beyond a fixed depth becomes kUnsupported.
void lower(const TSTree* tree, const Grammar& grammar, std::string_view text, FileId file, bool all_code, SyntaxTree& out);

}  // namespace drizzle_audit::syntax
