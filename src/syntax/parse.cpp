// Runs tree-sitter and lowers what it returns.
#include "syntax/parse.h"

#include <memory>
#include <optional>
#include <string>

#include "syntax/grammar.h"
#include "syntax/lower.h"
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

SyntaxTree parse(std::string_view text, std::string_view path, FileId file) {
  const Grammar& grammar = is_jsx(path) ? tsx_grammar() : typescript_grammar();
  const std::unique_ptr<TSParser, DeleteParser> parser(ts_parser_new());
  ts_parser_set_language(parser.get(), grammar.language);
  const std::optional<std::string> copy = readable_copy(text);
  const std::string_view readable = copy ? std::string_view(*copy) : text;
  const std::unique_ptr<TSTree, DeleteTree> tree(
      ts_parser_parse_string(parser.get(), nullptr, readable.data(), static_cast<std::uint32_t>(readable.size())));

  SyntaxTree result;
  // A node takes 48 bytes and stands for about five bytes of schema source.
  result.arena = std::make_unique<text::Arena>(text.size() * 4 + 1024);
  lower(tree.get(), grammar, text, file, result);
  return result;
}

}  // namespace drizzle_audit::syntax
