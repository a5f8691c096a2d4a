// A source file with its tree and its style, for editing: the model keeps places, edits need what stands around them.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/source.h"
#include "fix/style.h"
#include "syntax/ast.h"
#include "syntax/parse.h"

namespace drizzle_audit::fix {

struct Document {
  FileId file = kNoFile;
  std::string_view path;  ///< relative to the root
  std::string_view text;
  const syntax::SyntaxTree* tree = nullptr;
  syntax::SyntaxTree own_tree;  ///< when nobody had parsed the file
  Style style;
  std::set<std::string_view> top;  ///< names declared at its top: imports, variables, functions, types …

  [[nodiscard]] std::string_view source(const syntax::Node& node) const { return text.substr(node.start, node.end - node.start); }
  [[nodiscard]] Span span(std::uint32_t start, std::uint32_t end) const { return {file, start, end}; }
  [[nodiscard]] Span span(const syntax::Node& node) const { return {file, node.start, node.end}; }
  /// JavaScript: no types may be written into it.
  [[nodiscard]] bool is_javascript() const;
  /// Says in its first lines that a program wrote it.
  [[nodiscard]] bool is_generated() const;
};

/// The documents of one run, made when first asked for; parsed when they are not among `trees`. Sources and trees outlive them.
class Documents {
 public:
  Documents(const Sources& sources, const syntax::Trees& trees) : sources_(sources), trees_(trees) {}
  [[nodiscard]] const Sources& sources() const { return sources_; }
  const Document& get(FileId file);
  /// A file that has no style yet is to look like `other`.
  void imitate(FileId file, FileId other);

 private:
  const Sources& sources_;
  const syntax::Trees& trees_;
  std::map<FileId, std::unique_ptr<Document>> documents_;
};

/// Names that a function's parameters declare.
void collect_parameters(const syntax::Node& function, std::set<std::string_view>& names);
/// Names that the statements of a module or block declare.
void collect_declared(const syntax::Node& block, std::set<std::string_view>& names);

/// The innermost node of `kind` with exactly this place; null when there is none.
[[nodiscard]] const syntax::Node* find_node(const Document& document, Span span, syntax::NodeKind kind);
/// The nodes around `offset`, outermost first.
[[nodiscard]] std::vector<const syntax::Node*> nodes_around(const Document& document, std::uint32_t start, std::uint32_t end);

/// Whitespace at the beginning of the line that holds `offset`.
[[nodiscard]] std::string indent_at(const Document& document, std::uint32_t offset);
[[nodiscard]] std::uint32_t line_start(const Document& document, std::uint32_t offset);
/// Where the line ends, before its line break.
[[nodiscard]] std::uint32_t line_end(const Document& document, std::uint32_t offset);
/// The first place from `offset` on that is neither whitespace nor inside a comment.
[[nodiscard]] std::uint32_t skip_blank(const Document& document, std::uint32_t offset);
/// Past a comma that comes next; `offset` itself when none does.
[[nodiscard]] std::uint32_t after_comma(const Document& document, std::uint32_t offset);
/// Past a comment that follows on the same line; `offset` itself when none does.
[[nodiscard]] std::uint32_t after_line_comment(const Document& document, std::uint32_t offset);
/// Whether a comment lies in the range.
[[nodiscard]] bool has_comment(const Document& document, std::uint32_t start, std::uint32_t end);

}  // namespace drizzle_audit::fix
