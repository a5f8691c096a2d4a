// The entry of the lowering, its small helpers, and what tree-sitter could not parse.
#include "syntax/lower.h"

#include <algorithm>
#include <cstring>

#include "syntax/escapes.h"
#include "syntax/lowering.h"

namespace drizzle_audit::syntax {

void lower(const TSTree* tree, const Grammar& grammar, std::string_view text, FileId file, bool all_code, SyntaxTree& out) {
  Lowering lowering(grammar, text, file, all_code, out);
  const TSNode root = ts_tree_root_node(tree);
  out.root = lowering.module(root);
  if (!all_code) lowering.collect_comments(root);
  if (ts_node_has_error(root)) lowering.collect_errors(root);
}

void Lowering::collect_errors(TSNode root) {
  constexpr std::size_t kMaxErrors = 3;  // one mistake often leaves several error nodes behind
  std::vector<TSNode> pending{root};
  while (!pending.empty() && out_.errors.size() < kMaxErrors) {
    const TSNode node = pending.back();
    pending.pop_back();
    const Span span{file_, ts_node_start_byte(node), ts_node_end_byte(node)};
    if (ts_node_is_missing(node)) {
      out_.errors.push_back({span, "missing `" + std::string(ts_node_type(node)) + "`"});
    } else if (grammar_.symbol(node) == Symbol::kError) {
      std::string_view shown = source(node).substr(0, 40);
      shown = shown.substr(0, shown.find_first_of("\r\n"));
      out_.errors.push_back({span, shown.empty() ? std::string("unexpected text") : "unexpected `" + std::string(shown) + "`"});
    } else if (ts_node_has_error(node)) {
      for (std::uint32_t i = ts_node_child_count(node); i-- > 0;) pending.push_back(ts_node_child(node, i));
    }
  }
}

// A walk of its own: what the lowering passes over (types, methods) has comments too. It goes only where a comment may begin, which is
// next to nowhere in most schemas; going over the whole tree costs as much as lowering it.
void Lowering::collect_comments(TSNode root) {
  std::vector<std::uint32_t> begins;  // of what may be comments: `//` and `/*`, those in strings and templates included
  for (const char *at = text_.data(), *end = at + text_.size(); at < end; ++at) {
    at = static_cast<const char*>(std::memchr(at, '/', static_cast<std::size_t>(end - at)));
    if (at == nullptr) break;
    if (at + 1 < end && (at[1] == '/' || at[1] == '*')) begins.push_back(static_cast<std::uint32_t>(at - text_.data()));
  }
  if (begins.empty()) return;
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  for (bool more = true; more;) {
    const TSNode node = ts_tree_cursor_current_node(&cursor);
    if (grammar_.symbol(node) == Symbol::kComment) {
      out_.comments.push_back({file_, ts_node_start_byte(node), ts_node_end_byte(node)});
    } else {
      const auto first = std::ranges::lower_bound(begins, ts_node_start_byte(node));
      if (first != begins.end() && *first < ts_node_end_byte(node) && ts_tree_cursor_goto_first_child(&cursor)) continue;
    }
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      if (!ts_tree_cursor_goto_parent(&cursor)) {
        more = false;
        break;
      }
    }
  }
  ts_tree_cursor_delete(&cursor);
}

Node* Lowering::make(NodeKind kind, TSNode node) const {
  return text::make<Node>(arena_, Node{.kind = kind, .start = ts_node_start_byte(node), .end = ts_node_end_byte(node)});
}

Node* Lowering::make(NodeKind kind, TSNode node, const List& children) const {
  Node* made = make(kind, node);
  made->children = text::copy(arena_, children);
  return made;
}

const Node* Lowering::unsupported(TSNode node, std::string_view reason) const {
  Node* made = make(NodeKind::kUnsupported, node);
  made->text = reason;  // always a literal
  return made;
}

const Node* Lowering::unsupported_code(TSNode node, std::string_view reason) {
  if (!all_code_) return unsupported(node, reason);
  List inside;
  code_inside(node, inside);
  Node* made = make(NodeKind::kUnsupported, node, inside);
  made->text = reason;
  return made;
}

void Lowering::code_inside(TSNode node, List& out) {
  if (depth_ >= kMaxNesting) return;
  ++depth_;
  each_child(node, [&](TSNode child, Symbol symbol, Field) {
    if (!ts_node_is_named(child) || symbol == Symbol::kTypeArguments || symbol == Symbol::kTypeAnnotation) return;
    if (symbol == Symbol::kStatementBlock) out.push_back(block(child));
    else if (symbol == Symbol::kOther) code_inside(child, out);  // parts of JSX
    else out.push_back(expression(child));
  });
  --depth_;
}

const Node* Lowering::text_node(TSNode node, std::string_view text) const {
  Node* made = make(NodeKind::kString, node);
  made->text = text;
  return made;
}

TSNode Lowering::field(TSNode node, Field wanted) {
  TSNode found{};
  each_child(node, [&](TSNode child, Symbol, Field field) {
    if (field == wanted && ts_node_is_null(found)) found = child;
  });
  return found;
}

std::string_view Lowering::cooked(std::size_t start, std::size_t end) const {
  if (end <= start) return {};
  const std::string_view raw = text_.substr(start, end - start);
  if (raw.find_first_of("\\\r") == std::string_view::npos) return raw;
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size();) {
    if (raw[i] == '\r') {  // templates see every line ending as \n (ECMA-262, 12.9.6)
      out += '\n';
      i += raw.substr(i).starts_with("\r\n") ? 2U : 1U;
      continue;
    }
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      out += raw[i++];
      continue;
    }
    std::size_t length = 2;
    if (raw[i + 1] == 'x') length = 4;
    else if (raw[i + 1] == 'u') length = raw.substr(i + 2).starts_with('{') ? raw.find('}', i) - i + 1 : 6;
    else if (raw.substr(i + 1).starts_with("\r\n")) length = 3;
    const std::string_view escape = raw.substr(i, length);
    append_escape(out, escape);
    i += escape.size();
  }
  return text::copy(arena_, out);
}

}  // namespace drizzle_audit::syntax
