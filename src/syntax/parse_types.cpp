// See parse_types.h.
#include "syntax/parse_types.h"

#include <memory>
#include <string>

#include "syntax/grammar.h"
#include "syntax/parser_memory.h"
#include "syntax/type_arguments.h"
#include "syntax/type_lowering.h"

namespace drizzle_audit::syntax {
namespace {

struct FreeParser {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};
struct FreeTree {
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};
using Tree = std::unique_ptr<TSTree, FreeTree>;

bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'; }

/// `import("./types").Order` does not parse as a type: `import("./types")` becomes one long identifier. Its text is taken from the
/// original.
void hide_imports(std::string& text) {
  constexpr std::string_view kImport = "import(";
  for (std::size_t at = text.find(kImport); at != std::string::npos; at = text.find(kImport, at + 1)) {
    const std::size_t close = text.find(')', at);
    if (close == std::string::npos || close - at > 300 || (at > 0 && is_word_byte(text[at - 1]))) continue;
    for (std::size_t i = at + kImport.size() - 1; i <= close; ++i) text[i] = '_';
  }
}

Tree run(std::string text, std::string_view path, const std::vector<Piece>& pieces) {
  const bool jsx = path.ends_with(".tsx") || path.ends_with(".jsx");
  const Grammar& grammar = jsx ? tsx_grammar() : typescript_grammar();
  use_parser_memory();
  const std::unique_ptr<TSParser, FreeParser> parser(ts_parser_new());
  ts_parser_set_language(parser.get(), grammar.language);
  std::vector<TSRange> ranges;
  ranges.reserve(pieces.size());
  for (const Piece& piece : pieces) ranges.push_back({{0, piece.start}, {0, piece.end}, piece.start, piece.end});
  if (!ranges.empty()) ts_parser_set_included_ranges(parser.get(), ranges.data(), static_cast<std::uint32_t>(ranges.size()));
  return Tree(ts_parser_parse_string(parser.get(), nullptr, text.data(), static_cast<std::uint32_t>(text.size())));
}

/// Statements that the piece of `file` is put into, and how far that moves it.
struct Framed {
  Tree tree;
  std::int64_t shift = 0;
};
Framed frame(std::string_view file, std::string_view path, Piece piece, std::string_view before, std::string_view after) {
  std::string text(before);
  text += file.substr(piece.start, piece.end - piece.start);
  text += after;
  hide_imports(text);
  if (std::optional<std::string> copy = readable_copy(text)) text = std::move(*copy);
  return {run(std::move(text), path, {}), static_cast<std::int64_t>(piece.start) - static_cast<std::int64_t>(before.size())};
}

const TypeNode& failed(Piece piece, text::Arena& arena) {
  return *text::make<TypeNode>(
      arena, TypeNode{.kind = TypeNodeKind::kUnsupported, .start = piece.start, .end = piece.end, .text = "it does not parse"});
}

/// The statement at the front, unless something of it does not parse.
TSNode first_statement_of(const Tree& tree) {
  const TSNode root = ts_tree_root_node(tree.get());
  return ts_node_named_child_count(root) != 1 || ts_node_has_error(root) ? TSNode{} : ts_node_named_child(root, 0);
}

TSNode named_field(TSNode node, std::string_view name) {
  return ts_node_is_null(node) ? node : ts_node_child_by_field_name(node, name.data(), static_cast<std::uint32_t>(name.size()));
}

}  // namespace

std::vector<const TypeNode*> parse_declarations(std::string_view text, std::string_view path, const std::vector<Piece>& pieces,
                                                text::Arena& arena) {
  // Only the pieces are copied into what is parsed, so that a question about a large file costs what its statements cost.
  std::vector<const TypeNode*> found;
  const auto parse_piece = [&](Piece piece) {
    const Framed framed = frame(text, path, piece, "", "");
    TypeLowering(text, framed.shift, arena).declarations(ts_tree_root_node(framed.tree.get()), found);
  };
  if (pieces.empty()) parse_piece({0, static_cast<std::uint32_t>(text.size())});
  for (const Piece& piece : pieces) parse_piece(piece);
  return found;
}

const TypeNode& parse_type(std::string_view text, Piece piece, text::Arena& arena) {
  const Framed framed = frame(text, "", piece, "type _=", "");
  const TSNode written = named_field(first_statement_of(framed.tree), "value");
  if (ts_node_is_null(written)) return failed(piece, arena);
  return *TypeLowering(text, framed.shift, arena).type(written);
}

std::vector<const TypeNode*> parse_type_arguments(std::string_view text, Piece piece, text::Arena& arena) {
  const Framed framed = frame(text, "", piece, "type _=[", "]");
  const TSNode written = named_field(first_statement_of(framed.tree), "value");
  if (ts_node_is_null(written)) return {&failed(piece, arena)};
  std::vector<const TypeNode*> found;
  for (const TypeNode* element : TypeLowering(text, framed.shift, arena).type(written)->children) found.push_back(element->child(0));
  return found;
}

const TypeNode& parse_value(std::string_view text, std::string_view path, Piece piece, text::Arena& arena) {
  const Framed framed = frame(text, path, piece, "(", ")");
  const TSNode statement = first_statement_of(framed.tree);
  if (ts_node_is_null(statement) || ts_node_named_child_count(statement) == 0) return failed(piece, arena);
  return *TypeLowering(text, framed.shift, arena).value(ts_node_named_child(statement, 0));
}

}  // namespace drizzle_audit::syntax
