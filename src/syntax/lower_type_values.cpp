// The values that `typeof` may ask for, with the `as const` and `satisfies` that ast.h has no place for.
#include <string>

#include "syntax/escapes.h"
#include "syntax/type_lowering.h"

namespace drizzle_audit::syntax {
namespace {

std::string_view kind_name(TSNode node) { return ts_node_is_null(node) ? std::string_view() : std::string_view(ts_node_type(node)); }

TSNode part_of(TSNode node, std::string_view field) {
  return ts_node_child_by_field_name(node, field.data(), static_cast<std::uint32_t>(field.size()));
}

std::vector<TSNode> parts_of(TSNode node) {
  std::vector<TSNode> found;
  const std::uint32_t count = ts_node_child_count(node);
  if (count > 64) {  // by cursor: asking for the n-th child walks there
    TSTreeCursor cursor = ts_tree_cursor_new(node);
    bool more = ts_tree_cursor_goto_first_child(&cursor);
    for (; more; more = ts_tree_cursor_goto_next_sibling(&cursor)) {
      const TSNode child = ts_tree_cursor_current_node(&cursor);
      if (ts_node_is_named(child) && kind_name(child) != "comment") found.push_back(child);
    }
    ts_tree_cursor_delete(&cursor);
    return found;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const TSNode child = ts_node_child(node, i);
    if (ts_node_is_named(child) && kind_name(child) != "comment") found.push_back(child);
  }
  return found;
}

/// Whether `as const` or `<const>` ends (begins) the node.
bool is_const_assertion(TSNode node, std::size_t named) {
  if (named != 1) return false;
  for (std::uint32_t i = 0; i < ts_node_child_count(node); ++i) {
    if (kind_name(ts_node_child(node, i)) == "const") return true;
  }
  return false;
}

}  // namespace

const TypeNode* TypeLowering::value(TSNode node) {
  while (kind_name(node) == "parenthesized_expression") {
    const std::vector<TSNode> inside = parts_of(node);
    if (inside.empty()) return unsupported(node, "it does not parse");
    node = inside.front();
  }
  if (depth_ >= kMaxDepth) return unsupported(node, "it is nested too deeply");
  if (ts_node_is_missing(node) || kind_name(node) == "ERROR") return unsupported(node, "it does not parse");
  ++depth_;
  const TypeNode* made = value_inside(node, kind_name(node));
  --depth_;
  return made;
}

const TypeNode* TypeLowering::value_inside(TSNode node, std::string_view name) {
  if (name == "identifier") return make(TypeNodeKind::kIdentifier, node, {}, source(node));
  if (name == "undefined") return make(TypeNodeKind::kUndefined, node);
  if (name == "null") return make(TypeNodeKind::kNull, node);
  if (name == "true") return make(TypeNodeKind::kTrue, node);
  if (name == "false") return make(TypeNodeKind::kFalse, node);
  if (name == "string") return make(TypeNodeKind::kString, node, {}, string_value(node));
  if (name == "number" || name == "unary_expression") {
    std::string_view written = source(node);
    if (name == "unary_expression" &&
        (written.size() < 2 || (written[0] != '-' && written[0] != '+') || written[1] < '0' || written[1] > '9'))
      return unsupported(node, "this expression is not worked out");
    const bool big = written.ends_with('n');
    if (big) written.remove_suffix(1);
    return make(big ? TypeNodeKind::kBigInt : TypeNodeKind::kNumber, node, {}, written);
  }
  if (name == "template_string") {
    List inside;
    std::string text;
    const std::vector<TSNode> parts = parts_of(node);
    for (const TSNode each : parts) {
      if (kind_name(each) == "string_fragment") text += source(each);
      else if (kind_name(each) == "escape_sequence") append_escape(text, source(each));
      else if (const std::vector<TSNode> filled = parts_of(each); !filled.empty()) inside.push_back(value(filled.front()));
    }
    return make(TypeNodeKind::kTemplate, node, inside, text::copy(arena_, text));
  }
  if (name == "object") return object_literal(node);
  if (name == "array") {
    List elements;
    for (const TSNode each : parts_of(node)) elements.push_back(value(each));
    return make(TypeNodeKind::kArrayLiteral, node, elements);
  }
  if (name == "spread_element") {
    const std::vector<TSNode> inside = parts_of(node);
    return inside.empty() ? unsupported(node, "it does not parse") : make(TypeNodeKind::kSpread, node, {value(inside.front())});
  }
  if (name == "member_expression" || name == "nested_identifier") {
    const TSNode object = part_of(node, "object");
    const TSNode property = part_of(node, "property");
    if (ts_node_is_null(object) || ts_node_is_null(property)) return unsupported(node, "it does not parse");
    return make(TypeNodeKind::kAccess, node, {value(object)}, source(property));
  }
  if (name == "subscript_expression") {
    const TSNode object = part_of(node, "object");
    const TSNode index = part_of(node, "index");
    if (ts_node_is_null(object) || ts_node_is_null(index)) return unsupported(node, "it does not parse");
    return make(TypeNodeKind::kElementAccess, node, {value(object), value(index)});
  }
  if (name == "call_expression") return call(node, TypeNodeKind::kCall);
  if (name == "new_expression") return call(node, TypeNodeKind::kNew);
  if (name == "arrow_function") return lambda(node);
  if (name == "non_null_expression") {
    const std::vector<TSNode> inside = parts_of(node);
    return inside.empty() ? unsupported(node, "it does not parse") : make(TypeNodeKind::kNonNull, node, {value(inside.front())});
  }
  if (name == "as_expression" || name == "satisfies_expression") {
    const std::vector<TSNode> inside = parts_of(node);
    if (is_const_assertion(node, inside.size())) return make(TypeNodeKind::kConst, node, {value(inside.front())});
    if (inside.size() != 2) return unsupported(node, "it does not parse");
    const TypeNodeKind kind = name == "as_expression" ? TypeNodeKind::kAs : TypeNodeKind::kSatisfies;
    return make(kind, node, {value(inside[0]), type(inside[1])});
  }
  if (name == "type_assertion") {
    const std::vector<TSNode> inside = parts_of(node);
    if (inside.size() != 2) return unsupported(node, "it does not parse");
    const std::vector<TSNode> written = parts_of(inside[0]);
    if (source(inside[0]) == "<const>") return make(TypeNodeKind::kConst, node, {value(inside[1])});
    if (written.size() != 1) return unsupported(node, "it does not parse");
    return make(TypeNodeKind::kAs, node, {value(inside[1]), type(written.front())});
  }
  return unsupported(node, "this expression is not worked out");
}

const TypeNode* TypeLowering::object_literal(TSNode node) {
  List members;
  for (const TSNode each : parts_of(node)) {
    const std::string_view name = kind_name(each);
    if (name == "pair") {
      const TSNode key = part_of(each, "key");
      const TSNode given = part_of(each, "value");
      if (ts_node_is_null(key) || ts_node_is_null(given)) continue;
      const std::string_view text = property_name(key);
      if (text.empty() && kind_name(key) != "string") members.push_back(unsupported(each, "a property's name is computed"));
      else members.push_back(make(TypeNodeKind::kProperty, each, {value(given)}, text));
    } else if (name == "shorthand_property_identifier") {
      members.push_back(make(TypeNodeKind::kProperty, each, {make(TypeNodeKind::kIdentifier, each, {}, source(each))}, source(each)));
    } else if (name == "spread_element") {
      members.push_back(value(each));
    } else if (name == "method_definition") {
      const TSNode key = part_of(each, "name");
      members.push_back(make(TypeNodeKind::kProperty, each, {unsupported(each, "the types of functions are not worked out")},
                             ts_node_is_null(key) ? std::string_view() : property_name(key)));
    } else {
      members.push_back(unsupported(each, "it does not parse"));
    }
  }
  return make(TypeNodeKind::kObjectLiteral, node, members);
}

const TypeNode* TypeLowering::call(TSNode node, TypeNodeKind kind) {
  const TSNode callee = part_of(node, kind == TypeNodeKind::kCall ? "function" : "constructor");
  const TSNode arguments = part_of(node, "arguments");
  const TSNode types = part_of(node, "type_arguments");
  if (ts_node_is_null(callee)) return unsupported(node, "it does not parse");
  List children{value(callee), nullptr};
  if (!ts_node_is_null(types)) {
    List written;
    for (const TSNode each : parts_of(types)) written.push_back(type(each));
    children[1] = make(TypeNodeKind::kArguments, types, written);
  }
  if (!ts_node_is_null(arguments) && kind_name(arguments) == "arguments") {
    for (const TSNode each : parts_of(arguments)) children.push_back(value(each));
  }
  return make(kind, node, children);
}

const TypeNode* TypeLowering::lambda(TSNode node) {
  const TSNode body = part_of(node, "body");
  const bool block = ts_node_is_null(body) || kind_name(body) == "statement_block";
  return make(TypeNodeKind::kLambda, node, {annotation(part_of(node, "return_type")), block ? nullptr : value(body)});
}

}  // namespace drizzle_audit::syntax
