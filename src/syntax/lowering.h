// The walk over a tree-sitter tree that builds our nodes. Private to src/syntax; split over lower_*.cpp by kind of node.
#pragma once

#include <string>
#include <vector>

#include "syntax/lower.h"

namespace drizzle_audit::syntax {

/// How deep expressions and statements may nest. Deeper ones become kUnsupported; it keeps any input from exhausting the stack, also
/// under the sanitizers. Parentheses do not count.
inline constexpr int kMaxNesting = 700;

class Lowering {
 public:
  Lowering(const Grammar& grammar, std::string_view text, FileId file, bool all_code, SyntaxTree& out)
      : grammar_(grammar), text_(text), file_(file), all_code_(all_code), out_(out), arena_(*out.arena) {}

  const Node* module(TSNode root);
  void collect_comments(TSNode root);
  void collect_errors(TSNode root);

 private:
  // A short-lived list of children; the nodes themselves are in the arena.
  using List = std::vector<const Node*>;

  const Node* statement(TSNode node);
  const Node* statement_inside(TSNode node, Symbol symbol);
  const Node* block(TSNode node);
  const Node* variables(TSNode node);
  const Node* function(TSNode node);
  const Node* class_like(TSNode node);
  const Node* enumeration(TSNode node);
  const Node* for_statement(TSNode node);
  const Node* for_in_statement(TSNode node);
  const Node* switch_statement(TSNode node);
  const Node* try_statement(TSNode node);
  const Node* import_statement(TSNode node);
  const Node* export_statement(TSNode node);

  const Node* expression(TSNode node);
  const Node* expression_inside(TSNode node, Symbol symbol);
  const Node* array(TSNode node);
  const Node* object(TSNode node);
  const Node* call(TSNode node, NodeKind kind);
  const Node* member(TSNode node);
  const Node* subscript(TSNode node);
  const Node* operation(TSNode node, Symbol symbol);
  const Node* string(TSNode node);
  void template_parts(TSNode node, List& parts);
  const Node* property_name(TSNode node, std::uint8_t& flags);

  const Node* pattern(TSNode node);
  const Node* object_pattern(TSNode node);
  const Node* array_pattern(TSNode node);
  void parameters(TSNode node, List& out);

  /// Calls `visit(child, symbol, field)` for every child, anonymous ones included, comments left out.
  template <class Visit>
  void each_child(TSNode node, Visit visit) {
    TSTreeCursor cursor = ts_tree_cursor_new(node);
    if (ts_tree_cursor_goto_first_child(&cursor)) {
      do {
        const TSNode child = ts_tree_cursor_current_node(&cursor);
        const Symbol symbol = grammar_.symbol(child);
        if (symbol == Symbol::kComment) continue;
        visit(child, symbol, grammar_.fields[ts_tree_cursor_current_field_id(&cursor)]);
      } while (ts_tree_cursor_goto_next_sibling(&cursor));
    }
    ts_tree_cursor_delete(&cursor);
  }
  /// The first child in `field`; null when there is none.
  TSNode field(TSNode node, Field field);

  Node* make(NodeKind kind, TSNode node) const;
  Node* make(NodeKind kind, TSNode node, const List& children) const;
  const Node* unsupported(TSNode node, std::string_view reason) const;
  /// What is not supported, with the expressions and statements inside it as children when all code is wanted.
  const Node* unsupported_code(TSNode node, std::string_view reason);
  void code_inside(TSNode node, List& out);
  [[nodiscard]] std::string_view source(TSNode node) const {
    return text_.substr(ts_node_start_byte(node), ts_node_end_byte(node) - ts_node_start_byte(node));
  }
  /// Is it this anonymous token?
  [[nodiscard]] static bool is_token(TSNode node, std::string_view token) { return !ts_node_is_named(node) && token == ts_node_type(node); }
  /// Text between two offsets with escapes resolved; a view into the file when there are none.
  std::string_view cooked(std::size_t start, std::size_t end) const;
  const Node* text_node(TSNode node, std::string_view text) const;

  const Grammar& grammar_;
  std::string_view text_;
  FileId file_;
  bool all_code_;
  SyntaxTree& out_;
  text::Arena& arena_;
  int depth_ = 0;
};

}  // namespace drizzle_audit::syntax
