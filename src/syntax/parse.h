// From source text to a syntax tree. The only door to tree-sitter.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/source.h"
#include "syntax/ast.h"
#include "text/arena.h"

namespace drizzle_audit::syntax {

struct SyntaxError {
  Span span;
  std::string message;  ///< "unexpected `)`", "missing `}`"
};

/// A parsed file. `root` (a kModule) lives in `arena` and points into the text in `Sources`.
struct SyntaxTree {
  std::unique_ptr<text::Arena> arena;
  const Node* root = nullptr;
  std::vector<Span> comments;       ///< in source order
  std::vector<SyntaxError> errors;  ///< the first few, in source order
};

/// Parses TypeScript, or TSX when `path` ends in x. Never fails: what does not parse becomes kUnsupported, with an entry in `errors`.
/// Safe to call from several threads at once; each call has a parser of its own.
SyntaxTree parse(std::string_view text, std::string_view path, FileId file);

}  // namespace drizzle_audit::syntax
