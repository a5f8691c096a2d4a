// Runs tree-sitter and lowers what it returns.
#include "syntax/parse.h"

#include <memory>
#include <optional>
#include <string>

#include "syntax/grammar.h"
#include "syntax/lower.h"
#include "syntax/parser_memory.h"
#include "syntax/type_arguments.h"

namespace drizzle_audit::syntax {
namespace {

struct DeleteParser {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};
struct DeleteTree {
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};

bool is_jsx(std::string_view path) { return path.ends_with(".tsx") || path.ends_with(".jsx"); }

}  // namespace

SyntaxTree parse(std::string_view text, std::string_view path, FileId file, const ParseOptions& options) {
  const Grammar& grammar = is_jsx(path) ? tsx_grammar() : typescript_grammar();
  use_parser_memory();
  const std::unique_ptr<TSParser, DeleteParser> parser(ts_parser_new());
  ts_parser_set_language(parser.get(), grammar.language);
  std::vector<TSRange> ranges;
  for (const Piece& piece : options.pieces) ranges.push_back({{0, piece.start}, {0, piece.end}, piece.start, piece.end});
  if (!ranges.empty()) ts_parser_set_included_ranges(parser.get(), ranges.data(), static_cast<std::uint32_t>(ranges.size()));
  const std::optional<std::string> copy = readable_copy(text);
  const std::string_view readable = copy ? std::string_view(*copy) : text;
  const std::unique_ptr<TSTree, DeleteTree> tree(
      ts_parser_parse_string(parser.get(), nullptr, readable.data(), static_cast<std::uint32_t>(readable.size())));

  SyntaxTree result;
  // A node takes 48 bytes and stands for about five bytes of schema source.
  std::size_t size = text.size();
  if (!options.pieces.empty()) {
    size = 0;
    for (const Piece& piece : options.pieces) size += piece.end - piece.start;
  }
  result.arena = std::make_unique<text::Arena>(size * 4 + 1024);
  lower(tree.get(), grammar, text, file, options.all_code, result);
  return result;
}

}  // namespace drizzle_audit::syntax
