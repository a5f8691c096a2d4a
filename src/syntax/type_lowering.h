// The walk over a tree-sitter tree that builds the nodes of type_ast.h. Private to src/syntax.
//
// It goes by tree-sitter's own names for nodes: it sees few statements, so that looking names up costs nothing that counts.
#pragma once

#include <string_view>
#include <vector>

#include <tree_sitter/api.h>

#include "syntax/type_ast.h"
#include "text/arena.h"

namespace drizzle_audit::syntax {

class TypeLowering {
 public:
  /// `shift`: where in the file the parsed text begins; it may be longer than that at the front.
  TypeLowering(std::string_view file, std::int64_t shift, text::Arena& arena) : file_(file), shift_(shift), arena_(arena) {}

  void declarations(TSNode root, std::vector<const TypeNode*>& out);
  const TypeNode* type(TSNode node);
  const TypeNode* value(TSNode node);

 private:
  using List = std::vector<const TypeNode*>;
  /// How deep types and values may nest.
  static constexpr int kMaxDepth = 200;

  void declaration(TSNode node, List& out);
  void variables(TSNode node, List& out);
  const TypeNode* interface(TSNode node);
  const TypeNode* alias(TSNode node);
  const TypeNode* enumeration(TSNode node);
  void type_parameters(TSNode node, List& out);

  const TypeNode* type_inside(TSNode node, std::string_view name);
  const TypeNode* reference(TSNode node, TSNode arguments);
  const TypeNode* object_type(TSNode node);
  const TypeNode* member(TSNode node, std::string_view name);
  const TypeNode* index_signature(TSNode node);
  const TypeNode* tuple(TSNode node);
  const TypeNode* function_type(TSNode node);
  const TypeNode* template_type(TSNode node);
  /// A chain of `|` or `&`, which the grammar nests to the left, however long.
  const TypeNode* chain(TSNode node, std::string_view name, TypeNodeKind kind);
  /// Parameters of a function, or labelled elements of a tuple.
  const TypeNode* parameter(TSNode node);

  const TypeNode* value_inside(TSNode node, std::string_view name);
  const TypeNode* object_literal(TSNode node);
  const TypeNode* call(TSNode node, TypeNodeKind kind);
  const TypeNode* lambda(TSNode node);

  /// The type in `: T`, or null.
  const TypeNode* annotation(TSNode node);
  std::string_view property_name(TSNode node);
  std::string_view string_value(TSNode node);

  [[nodiscard]] std::uint32_t offset(std::uint32_t at) const { return static_cast<std::uint32_t>(at + shift_); }
  [[nodiscard]] std::string_view source(TSNode node) const {
    const std::uint32_t start = offset(ts_node_start_byte(node));
    return file_.substr(start, offset(ts_node_end_byte(node)) - start);
  }
  TypeNode* make(TypeNodeKind kind, TSNode node, const List& children = {}, std::string_view text = {}) const;
  const TypeNode* unsupported(TSNode node, std::string_view why) const;

  std::string_view file_;
  std::int64_t shift_;
  text::Arena& arena_;
  int depth_ = 0;
};

}  // namespace drizzle_audit::syntax
