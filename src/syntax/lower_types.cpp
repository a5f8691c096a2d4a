// Types.
#include <string>

#include "syntax/escapes.h"
#include "syntax/type_lowering.h"

namespace drizzle_audit::syntax {
namespace {

std::string_view name_of(TSNode node) { return ts_node_is_null(node) ? std::string_view() : std::string_view(ts_node_type(node)); }

TSNode field_of(TSNode node, std::string_view field) {
  return ts_node_child_by_field_name(node, field.data(), static_cast<std::uint32_t>(field.size()));
}

/// Calls `visit(child)` for every child but comments, anonymous ones included.
template <class Visit>
void children_of(TSNode node, Visit visit) {
  TSTreeCursor cursor = ts_tree_cursor_new(node);
  if (ts_tree_cursor_goto_first_child(&cursor)) {
    do {
      const TSNode child = ts_tree_cursor_current_node(&cursor);
      if (name_of(child) != "comment") visit(child);
    } while (ts_tree_cursor_goto_next_sibling(&cursor));
  }
  ts_tree_cursor_delete(&cursor);
}

/// The named children, comments left out.
std::vector<TSNode> named_children(TSNode node) {
  std::vector<TSNode> found;
  children_of(node, [&](TSNode child) {
    if (ts_node_is_named(child)) found.push_back(child);
  });
  return found;
}

bool has_token(TSNode node, std::string_view token) {
  bool found = false;
  children_of(node, [&](TSNode child) { found = found || (!ts_node_is_named(child) && name_of(child) == token); });
  return found;
}

}  // namespace

TypeNode* TypeLowering::make(TypeNodeKind kind, TSNode node, const List& children, std::string_view text) const {
  return text::make<TypeNode>(arena_, TypeNode{.kind = kind,
                                               .start = offset(ts_node_start_byte(node)),
                                               .end = offset(ts_node_end_byte(node)),
                                               .text = text,
                                               .children = text::copy(arena_, children)});
}

const TypeNode* TypeLowering::unsupported(TSNode node, std::string_view why) const {
  return make(TypeNodeKind::kUnsupported, node, {}, why);  // always a literal
}

std::string_view TypeLowering::string_value(TSNode node) {
  std::string_view raw = source(node);
  if (raw.size() < 2) return {};
  if (raw.find('\\') == std::string_view::npos) return raw.substr(1, raw.size() - 2);
  std::string out;
  children_of(node, [&](TSNode child) {
    if (name_of(child) == "string_fragment") out += source(child);
    if (name_of(child) == "escape_sequence") append_escape(out, source(child));
  });
  return text::copy(arena_, out);
}

std::string_view TypeLowering::property_name(TSNode node) {
  const std::string_view name = name_of(node);
  if (name == "string") return string_value(node);
  if (name == "computed_property_name") {
    const std::vector<TSNode> inside = named_children(node);
    return inside.size() == 1 && name_of(inside.front()) == "string" ? string_value(inside.front()) : std::string_view();
  }
  return source(node);
}

const TypeNode* TypeLowering::annotation(TSNode node) {
  if (ts_node_is_null(node)) return nullptr;
  const std::vector<TSNode> inside = named_children(node);
  return inside.empty() ? nullptr : type(inside.front());
}

const TypeNode* TypeLowering::type(TSNode node) {
  while (name_of(node) == "parenthesized_type") {
    const std::vector<TSNode> inside = named_children(node);
    if (inside.empty()) return unsupported(node, "it does not parse");
    node = inside.front();
  }
  if (depth_ >= kMaxDepth) return unsupported(node, "it is nested too deeply");
  if (ts_node_is_missing(node) || name_of(node) == "ERROR") return unsupported(node, "it does not parse");
  ++depth_;
  const TypeNode* made = type_inside(node, name_of(node));
  --depth_;
  return made;
}

const TypeNode* TypeLowering::type_inside(TSNode node, std::string_view name) {
  const auto inner = [&](TypeNodeKind kind) {
    const std::vector<TSNode> inside = named_children(node);
    return inside.size() == 1 ? make(kind, node, {type(inside.front())}) : unsupported(node, "it does not parse");
  };
  if (name == "predefined_type") return make(TypeNodeKind::kKeyword, node, {}, source(node));
  if (name == "type_identifier" || name == "nested_type_identifier" || name == "identifier") return reference(node, {});
  if (name == "generic_type") return reference(field_of(node, "name"), field_of(node, "type_arguments"));
  if (name == "union_type") return chain(node, name, TypeNodeKind::kUnion);
  if (name == "intersection_type") return chain(node, name, TypeNodeKind::kIntersection);
  if (name == "array_type") return inner(TypeNodeKind::kArray);
  if (name == "readonly_type") return inner(TypeNodeKind::kReadonly);
  if (name == "index_type_query") return inner(TypeNodeKind::kKeyof);
  if (name == "object_type") return object_type(node);
  if (name == "tuple_type") return tuple(node);
  if (name == "function_type") return function_type(node);
  if (name == "template_literal_type") return template_type(node);
  if (name == "literal_type" || name == "string" || name == "number" || name == "true" || name == "false" || name == "null" ||
      name == "undefined") {
    const std::vector<TSNode> inside = named_children(node);
    return value(name == "literal_type" && !inside.empty() ? inside.front() : node);
  }
  if (name == "lookup_type") {
    const std::vector<TSNode> inside = named_children(node);
    if (inside.size() != 2) return unsupported(node, "it does not parse");
    return make(TypeNodeKind::kIndexed, node, {type(inside[0]), type(inside[1])});
  }
  if (name == "type_query") {
    const std::vector<TSNode> inside = named_children(node);
    return inside.empty() ? unsupported(node, "it does not parse") : make(TypeNodeKind::kTypeof, node, {value(inside.front())});
  }
  if (name == "conditional_type") {
    List children;
    for (const std::string_view part : {"left", "right", "consequence", "alternative"}) {
      const TSNode found = field_of(node, part);
      if (ts_node_is_null(found)) return unsupported(node, "it does not parse");
      children.push_back(type(found));
    }
    return make(TypeNodeKind::kConditional, node, children);
  }
  if (name == "infer_type") {
    const std::vector<TSNode> inside = named_children(node);
    if (inside.empty()) return unsupported(node, "it does not parse");
    List children;
    if (inside.size() > 1) children.push_back(type(inside[1]));
    return make(TypeNodeKind::kInfer, node, children, source(inside.front()));
  }
  if (name == "constructor_type") return unsupported(node, "the types of constructors are not worked out");
  if (name == "this_type") return unsupported(node, "`this` is not worked out");
  if (name == "type_predicate" || name == "asserts") return make(TypeNodeKind::kKeyword, node, {}, "boolean");
  return unsupported(node, "this kind of type is not worked out");
}

const TypeNode* TypeLowering::reference(TSNode node, TSNode arguments) {
  if (ts_node_is_null(node)) return unsupported(node, "it does not parse");
  List children;
  if (!ts_node_is_null(arguments)) {
    for (const TSNode each : named_children(arguments)) children.push_back(type(each));
  }
  TypeNode* made = make(TypeNodeKind::kReference, node, children, source(node));
  if (!ts_node_is_null(arguments)) made->end = offset(ts_node_end_byte(arguments));
  return made;
}

const TypeNode* TypeLowering::chain(TSNode node, std::string_view name, TypeNodeKind kind) {
  std::vector<TSNode> members;  // from the last to the first
  TSNode left = node;
  while (name_of(left) == name) {
    const std::vector<TSNode> inside = named_children(left);
    if (inside.empty()) break;
    if (inside.size() == 2) members.push_back(inside[1]);
    left = inside.front();
  }
  List children{type(left)};
  for (std::size_t i = members.size(); i-- > 0;) children.push_back(type(members[i]));
  return make(kind, node, children);
}

const TypeNode* TypeLowering::template_type(TSNode node) {
  List parts;
  const auto text_part = [&](std::string_view text) { parts.push_back(make(TypeNodeKind::kString, node, {}, text)); };
  std::string pending;
  children_of(node, [&](TSNode child) {
    const std::string_view name = name_of(child);
    if (name == "string_fragment") {
      pending += source(child);
    } else if (name == "escape_sequence") {
      append_escape(pending, source(child));
    } else if (name == "template_type") {
      const std::vector<TSNode> inside = named_children(child);
      text_part(text::copy(arena_, pending));
      pending.clear();
      parts.push_back(inside.empty() ? unsupported(child, "it does not parse") : type(inside.front()));
    }
  });
  text_part(text::copy(arena_, pending));
  return make(TypeNodeKind::kTemplateType, node, parts);
}

const TypeNode* TypeLowering::object_type(TSNode node) {
  List members;
  children_of(node, [&](TSNode child) {
    if (ts_node_is_named(child)) members.push_back(member(child, name_of(child)));
  });
  return make(TypeNodeKind::kObject, node, members);
}

const TypeNode* TypeLowering::member(TSNode node, std::string_view name) {
  if (name == "index_signature") return index_signature(node);
  const bool method = name == "method_signature";
  if (!method && name != "property_signature") return unsupported(node, "it can be called");
  const TSNode key = field_of(node, "name");
  const std::string_view text = ts_node_is_null(key) ? std::string_view() : property_name(key);
  if (text.empty() && name_of(key) != "string") return unsupported(node, "a property's name is computed");
  if (has_token(node, "get") || has_token(node, "set")) return unsupported(node, "accessors are not worked out");
  const TypeNode* written = method ? function_type(node) : annotation(field_of(node, "type"));
  TypeNode* made = make(TypeNodeKind::kProperty, node, {written}, text);
  if (method) made->flags |= kMethodNode;
  if (has_token(node, "?")) made->flags |= kOptionalNode;
  if (has_token(node, "readonly")) made->flags |= kReadonlyNode;
  return made;
}

const TypeNode* TypeLowering::index_signature(TSNode node) {
  TSNode mapped{};
  children_of(node, [&](TSNode child) {
    if (name_of(child) == "mapped_type_clause") mapped = child;
  });
  const TSNode written = field_of(node, "type");
  if (ts_node_is_null(mapped)) {
    const TSNode key = field_of(node, "index_type");
    if (ts_node_is_null(key) || ts_node_is_null(written)) return unsupported(node, "it does not parse");
    TypeNode* made = make(TypeNodeKind::kIndexSignature, node, {type(key), annotation(written)}, source(field_of(node, "name")));
    if (has_token(node, "readonly")) made->flags |= kReadonlyNode;
    return made;
  }
  const TSNode constraint = field_of(mapped, "type");
  const TSNode renamed = field_of(mapped, "alias");
  if (ts_node_is_null(constraint) || ts_node_is_null(written)) return unsupported(node, "it does not parse");
  TypeNode* made =
      make(TypeNodeKind::kMapped, node, {type(constraint), ts_node_is_null(renamed) ? nullptr : type(renamed), annotation(written)},
           source(field_of(mapped, "name")));
  const std::string_view mark = name_of(written);  // `?:`, `+?:`, `-?:`
  if (mark == "omitting_type_annotation") made->flags |= kRemoveOptional;
  else if (mark != "type_annotation") made->flags |= kOptionalNode;
  if (has_token(node, "readonly")) made->flags |= has_token(node, "-") ? kRemoveReadonly : kReadonlyNode;
  return made;
}

const TypeNode* TypeLowering::parameter(TSNode node) {
  TSNode name = field_of(node, "name");
  if (ts_node_is_null(name)) name = field_of(node, "pattern");
  const TypeNode* written = annotation(field_of(node, "type"));
  if (written == nullptr) written = make(TypeNodeKind::kKeyword, node, {}, "any");
  const bool rest = name_of(name) == "rest_pattern";
  std::string_view label = ts_node_is_null(name) ? std::string_view() : source(name);
  if (rest) label.remove_prefix(std::min<std::size_t>(3, label.size()));
  TypeNode* made = make(TypeNodeKind::kElement, node, {written}, label);
  if (rest) made->flags |= kRestNode;
  if (name_of(node) == "optional_parameter" || !ts_node_is_null(field_of(node, "value"))) made->flags |= kOptionalNode;
  return made;
}

const TypeNode* TypeLowering::tuple(TSNode node) {
  List elements;
  for (const TSNode each : named_children(node)) {
    const std::string_view name = name_of(each);
    if (name == "required_parameter" || name == "optional_parameter") {
      elements.push_back(parameter(each));
      continue;
    }
    const bool marked = name == "optional_type" || name == "rest_type";
    const std::vector<TSNode> inside = marked ? named_children(each) : std::vector<TSNode>{each};
    if (inside.empty()) return unsupported(node, "it does not parse");
    TypeNode* made = make(TypeNodeKind::kElement, each, {type(inside.front())});
    if (marked) made->flags |= name == "rest_type" ? kRestNode : kOptionalNode;
    elements.push_back(made);
  }
  return make(TypeNodeKind::kTuple, node, elements);
}

const TypeNode* TypeLowering::function_type(TSNode node) {
  if (!ts_node_is_null(field_of(node, "type_parameters"))) return unsupported(node, "generic functions are not worked out");
  List parts;
  const TSNode parameters = field_of(node, "parameters");
  if (!ts_node_is_null(parameters)) {
    for (const TSNode each : named_children(parameters)) parts.push_back(parameter(each));
  }
  const TSNode result = field_of(node, "return_type");
  if (ts_node_is_null(result)) parts.push_back(make(TypeNodeKind::kKeyword, node, {}, "any"));
  else if (name_of(result).ends_with("annotation")) parts.push_back(annotation(result));
  else parts.push_back(type(result));
  if (parts.back() == nullptr) return unsupported(node, "it does not parse");
  return make(TypeNodeKind::kFunction, node, parts);
}

void TypeLowering::type_parameters(TSNode node, List& out) {
  if (ts_node_is_null(node)) return;
  for (const TSNode each : named_children(node)) {
    if (name_of(each) != "type_parameter") continue;
    const TSNode constraint = field_of(each, "constraint");
    const TSNode otherwise = field_of(each, "value");
    out.push_back(
        make(TypeNodeKind::kTypeParameter, each, {annotation(constraint), annotation(otherwise)}, source(field_of(each, "name"))));
  }
}

const TypeNode* TypeLowering::alias(TSNode node) {
  const TSNode written = field_of(node, "value");
  if (ts_node_is_null(written)) return unsupported(node, "it does not parse");
  List children;
  type_parameters(field_of(node, "type_parameters"), children);
  children.push_back(type(written));
  return make(TypeNodeKind::kAlias, node, children, source(field_of(node, "name")));
}

const TypeNode* TypeLowering::interface(TSNode node) {
  List children;
  type_parameters(field_of(node, "type_parameters"), children);
  children_of(node, [&](TSNode child) {
    if (name_of(child) != "extends_type_clause") return;
    for (const TSNode each : named_children(child)) children.push_back(make(TypeNodeKind::kExtends, each, {type(each)}));
  });
  const TSNode body = field_of(node, "body");
  children.push_back(ts_node_is_null(body) ? unsupported(node, "it does not parse") : object_type(body));
  return make(TypeNodeKind::kInterface, node, children, source(field_of(node, "name")));
}

const TypeNode* TypeLowering::enumeration(TSNode node) {
  List members;
  for (const TSNode each : named_children(field_of(node, "body"))) {
    const bool assigned = name_of(each) == "enum_assignment";
    const TSNode key = assigned ? field_of(each, "name") : each;
    const TSNode given = assigned ? field_of(each, "value") : TSNode{};
    List children;
    if (!ts_node_is_null(given)) children.push_back(value(given));
    if (!ts_node_is_null(key)) members.push_back(make(TypeNodeKind::kEnumMember, each, children, property_name(key)));
  }
  return make(TypeNodeKind::kEnum, node, members, source(field_of(node, "name")));
}

void TypeLowering::variables(TSNode node, List& out) {
  const bool constant = has_token(node, "const");
  for (const TSNode each : named_children(node)) {
    if (name_of(each) != "variable_declarator") continue;
    const TSNode name = field_of(each, "name");
    if (name_of(name) != "identifier") continue;  // taken apart: nobody asks for the type of such a name
    const TSNode given = field_of(each, "value");
    TypeNode* made = make(TypeNodeKind::kVariable, each,
                          {annotation(field_of(each, "type")), ts_node_is_null(given) ? nullptr : value(given)}, source(name));
    if (constant) made->flags |= kConstNode;
    out.push_back(made);
  }
}

void TypeLowering::declaration(TSNode node, List& out) {
  const std::string_view name = name_of(node);
  if (name == "export_statement" || name == "ambient_declaration") {
    const TSNode inner = field_of(node, "declaration");
    if (!ts_node_is_null(inner)) declaration(inner, out);
    else if (name == "ambient_declaration") {
      for (const TSNode each : named_children(node)) declaration(each, out);
    } else if (has_token(node, "default")) {
      const TSNode given = field_of(node, "value");
      if (!ts_node_is_null(given)) out.push_back(make(TypeNodeKind::kVariable, node, {nullptr, value(given)}, "default"));
    }
    return;
  }
  if (name == "type_alias_declaration") out.push_back(alias(node));
  else if (name == "interface_declaration") out.push_back(interface(node));
  else if (name == "enum_declaration") out.push_back(enumeration(node));
  else if (name == "class_declaration" || name == "abstract_class_declaration") {
    out.push_back(make(TypeNodeKind::kClass, node, {}, source(field_of(node, "name"))));
  } else if (name == "lexical_declaration" || name == "variable_declaration") {
    variables(node, out);
  }
}

void TypeLowering::declarations(TSNode root, std::vector<const TypeNode*>& out) {
  children_of(root, [&](TSNode child) { declaration(child, out); });
}

}  // namespace drizzle_audit::syntax
