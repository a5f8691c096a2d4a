// From source text to a syntax tree. The only door to tree-sitter.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
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

/// Trees of whole files.
using Trees = std::unordered_map<FileId, SyntaxTree>;

/// Part of a file, in bytes.
struct Piece {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
};

struct ParseOptions {
  /// Parse these only, as if nothing stood between them: whole statements, sorted, apart from each other. Empty: the whole file.
  std::vector<Piece> pieces = {};
  /// Lower also what runs without being evaluated: every class member, and the expressions inside what is not supported (JSX, `yield`),
  /// which become children of its kUnsupported. For those who look for code, not for values. Comments are left out.
  bool all_code = false;
};

/// Parses TypeScript, or TSX when `path` ends in x. Never fails: what does not parse becomes kUnsupported, with an entry in `errors`.
/// Safe to call from several threads at once; each call has a parser of its own.
SyntaxTree parse(std::string_view text, std::string_view path, FileId file, const ParseOptions& options = {});

}  // namespace drizzle_audit::syntax
