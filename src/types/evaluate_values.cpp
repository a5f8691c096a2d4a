// The types of values, as `typeof` gives them: literals, what `as const` keeps, tables and enums of the schema.
#include <algorithm>

#include "syntax/parse_types.h"
#include "types/evaluation.h"

namespace drizzle_audit::types {

using syntax::TypeNode;
using syntax::TypeNodeKind;

const Type& Evaluation::value(const TypeNode& node, const Scope& scope, bool constant) {
  const Span span = span_of(node, scope);
  if (!count() || depth_ >= limits_.depth) return unreadable("it takes too much to work out", span);
  const auto literal = [&](TypeKind wide) -> const Type& { return constant ? type(node, scope) : keyword(wide); };
  switch (node.kind) {
    case TypeNodeKind::kString: return literal(TypeKind::kString);
    case TypeNodeKind::kNumber: return literal(TypeKind::kNumber);
    case TypeNodeKind::kBigInt: return literal(TypeKind::kBigInt);
    case TypeNodeKind::kTrue:
    case TypeNodeKind::kFalse: return literal(TypeKind::kBoolean);
    case TypeNodeKind::kNull:
    case TypeNodeKind::kUndefined: return type(node, scope);
    case TypeNodeKind::kTemplate:
      if (!constant) return keyword(TypeKind::kString);
      if (node.children.empty()) return types.string_literal(node.text);
      return unreadable("a template is not worked out here", span);
    case TypeNodeKind::kIdentifier: return value_named(*scope.file, node.text, span);
    case TypeNodeKind::kAccess: return access(settled(value(*node.child(0), scope, false)), node.text, span);
    case TypeNodeKind::kElementAccess:
      return index(settled(value(*node.child(0), scope, false)), settled(value(*node.child(1), scope, true)), span);
    case TypeNodeKind::kConst: return value(*node.child(0), scope, true);
    case TypeNodeKind::kAs: return settled(type(*node.child(1), scope));
    case TypeNodeKind::kSatisfies:
      if (node.child(0)->kind == TypeNodeKind::kConst) return value(*node.child(0), scope, constant);
      if (node.child(0)->kind == TypeNodeKind::kObjectLiteral) return satisfying_object(*node.child(0), scope, constant);
      return unreadable("what `satisfies` keeps of a value's type is not worked out", span);
    case TypeNodeKind::kNonNull: return types.non_nullable(settled(value(*node.child(0), scope, constant)));
    case TypeNodeKind::kObjectLiteral: return object_literal(node, scope, constant);
    case TypeNodeKind::kArrayLiteral: return array_literal(node, scope, constant);
    case TypeNodeKind::kCall: return call(node, scope);
    case TypeNodeKind::kNew:
      if (node.child(0)->kind == TypeNodeKind::kIdentifier && node.child(0)->text == "Date") return types.nominal("Date");
      return unreadable("what `new` makes is not worked out", span);
    case TypeNodeKind::kLambda: return unreadable("the types of functions are not worked out", span);
    case TypeNodeKind::kUnsupported:
      if (node.text.empty()) break;
      return unreadable(node.text, span);
    default: break;
  }
  return unreadable("the type of this expression is not worked out", span);
}

const Type& Evaluation::object_literal(const TypeNode& node, const Scope& scope, bool constant) {
  const Span span = span_of(node, scope);
  std::vector<Property> properties;
  for (const TypeNode* child : node.children) {
    const Span where = span_of(*child, scope);
    if (child->kind == TypeNodeKind::kSpread) {
      const Type& inner = settled(value(*child->child(0), scope, constant));
      if (!inner.is(TypeKind::kObject) || inner.incomplete != nullptr || inner.string_index != nullptr)
        return unreadable("what is spread here is not worked out", where);
      for (const Property& property : inner.properties) {
        if (property.optional) return unreadable("an optional property is spread here", where);
        std::erase_if(properties, [&](const Property& before) { return before.name == property.name; });
        properties.push_back(property);
        properties.back().readonly = constant;
        if (property.type == nullptr) properties.back().lazy = lazy({.kind = Lazy::Kind::kSame, .from = &property});
      }
      continue;
    }
    if (child->kind != TypeNodeKind::kProperty) return unreadable(child->text, where);
    std::erase_if(properties, [&](const Property& before) { return before.name == child->text; });
    Property property;
    property.name = child->text;
    property.readonly = constant;
    property.span = where;
    property.lazy = lazy({.kind = Lazy::Kind::kValue, .constant = constant, .node = child->child(0), .scope = &scope});
    properties.push_back(property);
  }
  return *object(properties, span);
}

const Type& Evaluation::satisfying_object(const TypeNode& node, const Scope& scope, bool constant) {
  if (!count() || depth_ >= limits_.depth) return unreadable("it takes too much to work out", span_of(node, scope));
  std::vector<Property> properties;
  ++depth_;
  for (const TypeNode* child : node.children) {
    const Span where = span_of(*child, scope);
    if (child->kind != TypeNodeKind::kProperty) {
      --depth_;
      return unreadable("what stands beside the properties is not worked out", where);
    }
    const TypeNode& given = *child->child(0);
    std::erase_if(properties, [&](const Property& before) { return before.name == child->text; });
    Property property;
    property.name = child->text;
    property.readonly = constant;
    property.span = where;
    const bool fixed = given.kind == TypeNodeKind::kConst || given.kind == TypeNodeKind::kAs;
    property.type = given.kind == TypeNodeKind::kObjectLiteral ? &satisfying_object(given, scope, constant)
                    : fixed                                    ? &settled(value(given, scope, constant))
                            : &unreadable("what `satisfies` keeps of a value's type is not worked out", span_of(given, scope));
    properties.push_back(property);
  }
  --depth_;
  return *object(properties, span_of(node, scope));
}

const Type& Evaluation::array_literal(const TypeNode& node, const Scope& scope, bool constant) {
  const Span span = span_of(node, scope);
  std::vector<Property> elements;
  std::vector<const Type*> members;
  for (const TypeNode* child : node.children) {
    if (!count()) return unreadable("it takes too much to work out", span);
    if (child->kind == TypeNodeKind::kSpread) {
      const Type& inner = settled(value(*child->child(0), scope, constant));
      if (inner.is(TypeKind::kUnreadable)) return inner;
      if (!inner.is(TypeKind::kTuple) && (constant || !inner.is(TypeKind::kArray)))
        return unreadable("what is spread here is not worked out", span_of(*child, scope));
      for (const Property& element : inner.properties) {
        elements.push_back(element);
        elements.back().type = &read(element);
        members.push_back(elements.back().type);
      }
      continue;
    }
    Property element;
    element.type = &settled(value(*child, scope, constant));
    elements.push_back(element);
    members.push_back(element.type);
  }
  if (constant) {
    Type* made = types.make(TypeKind::kTuple);
    made->is_readonly = true;
    made->properties = types.keep(elements);
    made->span = span;
    return *made;
  }
  if (members.empty()) return unreadable("the type of an empty list is not worked out", span);
  const Type& element = types.union_of(members, span);
  const bool objects = std::ranges::any_of(members, [](const Type* member) { return member->is(TypeKind::kObject); });
  if (objects && members.size() > 1) return unreadable("a list of several objects is not worked out", span);
  return element.is(TypeKind::kUnreadable) ? element : types.array(element);
}

const Type& Evaluation::call(const TypeNode& node, const Scope& scope) {
  const Span span = span_of(node, scope);
  if (const Table* table = table_within(span)) {
    Type* made = library_value("a table", span);
    made->table = table;
    return *made;
  }
  if (const Enum* enumeration = enum_within(span)) {
    const Type* made = library_value("an enum", span);
    enums.emplace(made, enumeration);
    return *made;
  }
  if (const Type* schema = zod_value(node, scope)) return *schema;
  return unreadable("what a call returns is not worked out", span);
}

const Type& Evaluation::variable(TypeFile& file, const TypeNode& node, Span span) {
  const auto [entry, added] = variables_.try_emplace(&node, nullptr);
  if (!added) return entry->second != nullptr ? settled(*entry->second) : unreadable("it refers to itself in a circle", span);
  const Scope& scope = *text::make<Scope>(types.memory(), Scope{.file = &file});
  const TypeNode* written = node.child(0);
  const TypeNode* given = node.child(1);
  const Type* made = nullptr;
  if (written != nullptr) {
    made = &type(*written, scope);
  } else if (given == nullptr) {
    made = &unreadable("it has neither a type nor a value", {file.file, node.start, node.end});
  } else {
    const bool literal = given->children.empty() && given->kind != TypeNodeKind::kIdentifier &&
                         given->kind != TypeNodeKind::kObjectLiteral && given->kind != TypeNodeKind::kArrayLiteral;
    made = &value(*given, scope, literal && node.has(syntax::kConstNode));
  }
  variables_[&node] = made;
  return settled(*made);
}

const Type& Evaluation::value_named(TypeFile& file, std::string_view name, Span span) {
  if (name.starts_with("import(")) {
    const std::size_t open = name.find_first_of("'\"");
    const std::size_t close = open == std::string_view::npos ? open : name.find(name[open], open + 1);
    if (close == std::string_view::npos) return unreadable("it does not parse", span);
    return value_at(files.module(file, name.substr(open + 1, close - open - 1)), name, span);
  }
  return value_at(files.find(file, name), name, span);
}

const Type& Evaluation::value_at(const Place& place, std::string_view name, Span span) {
  switch (place.kind) {
    case Place::Kind::kModule: {
      const Type* made = library_value("a module", span);
      modules.emplace(made, place.file);
      return *made;
    }
    case Place::Kind::kPackage:
      return unreadable("it comes from the package '" + std::string(place.package) + "', which is not read", span);
    case Place::Kind::kNowhere: break;
    case Place::Kind::kDeclared:
      for (const TypeNode* node : files.declared(*place.file, place.name)) {
        if (node->kind == TypeNodeKind::kVariable) return variable(*place.file, *node, span);
        if (node->kind != TypeNodeKind::kEnum) continue;
        std::vector<Property> members;
        for (const Type* member : enumeration(*place.file, *node).members) {
          Property property;
          property.name = member->text;
          property.readonly = true;
          property.type = member;
          members.push_back(property);
        }
        Type* made = object(members, {place.file->file, node->start, node->end});
        made->name = types.keep("typeof " + std::string(node->text));
        return *made;
      }
  }
  if (!place.reason.empty()) return unreadable(place.reason, span);
  if (place.kind == Place::Kind::kNowhere && name == "crypto") return web_crypto();
  return unreadable("there is no value " + std::string(name) + " at the top of the file whose type can be read", span);
}

const Type& Evaluation::access(const Type& object, std::string_view name, Span span) {
  const auto texts = [&](const Type& all) -> const Type& {  // a list of these
    if (all.is(TypeKind::kUnreadable)) return all;
    std::vector<Property> elements;
    for (const Type* member : union_members(all)) {
      if (!member->is(TypeKind::kStringLiteral)) return types.array(all);
      Property element;
      element.type = member;
      elements.push_back(element);
    }
    Type* made = types.make(TypeKind::kTuple);
    made->properties = types.keep(elements);
    return *made;
  };
  if (object.is(TypeKind::kUnreadable)) {
    if (object.table != nullptr) {
      if (name == "_") return object;
      if (name == "$inferSelect" || name == "inferSelect") return row(*object.table, false);
      if (name == "$inferInsert" || name == "inferInsert") return row(*object.table, true);
      if (const Column* column = find_column_by_key(*object.table, name)) {
        const Type* made = library_value("a column", span);
        columns.emplace(made, column);
        return *made;
      }
      return object;
    }
    if (&object == crypto_ && name == "randomUUID") return random_uuid();
    if (const auto schema = yields.find(&object); schema != yields.end()) return zod_part(settled(*schema->second), name, span);
    if (const auto shape = shapes.find(&object); shape != shapes.end()) {
      const Property* property = find_property(*shape->second, name);
      return property == nullptr ? *library_value("this part of a zod schema", span) : zod_schema(read(*property), span);
    }
    if (const auto module = modules.find(&object); module != modules.end()) {
      return value_at(files.find_exported(*module->second, name), name, span);
    }
    if (const auto found = enums.find(&object); found != enums.end()) {
      return name == "enumValues" ? texts(enum_type(*found->second)) : object;
    }
    if (const auto found = columns.find(&object); found != columns.end()) {
      if (name == "_") return object;
      const Property* property = find_property(row(*found->second->table, false), found->second->key);
      if (property == nullptr) return object;
      if (name == "enumValues" && found->second->has_enum_values) return texts(types.non_nullable(of(*property)));
      return object;
    }
    return object;
  }
  if (object.is(TypeKind::kAny)) return object;
  if (object.is(TypeKind::kUnion)) {
    std::vector<const Type*> all;
    for (const Type* member : object.members) all.push_back(&access(settled(*member), name, span));
    return types.union_of(all, span);
  }
  if (const Property* property = find_property(object, name)) return read(*property);
  if (object.incomplete != nullptr) return unreadable(object.incomplete->reason, object.incomplete->span);
  if (object.string_index != nullptr) return of(*object.string_index);
  return unreadable("it has no property " + std::string(name), span);
}

const Type& Evaluation::web_crypto() {
  if (crypto_ == nullptr) crypto_ = library_value("the global crypto", {});
  return *crypto_;
}

const Type& Evaluation::random_uuid() {
  std::vector<const Type*> parts;
  for (int i = 0; i < 5; ++i) {
    if (i > 0) parts.push_back(&types.string_literal("-"));
    parts.push_back(&keyword(TypeKind::kString));
  }
  Type* text = types.make(TypeKind::kTemplate);
  text->members = types.keep(parts);
  Property result;
  result.type = text;
  Type* made = types.make(TypeKind::kFunction);
  made->properties = types.keep(std::vector<Property>{result});
  return *made;
}

const Type& Evaluation::enum_texts(const TypeNode& list, const Scope& scope) {
  // A type parameter that extends string keeps the literals of a list that is written in the call.
  if (list.kind == TypeNodeKind::kArrayLiteral) {
    std::vector<const Type*> all;
    for (const TypeNode* child : list.children) {
      if (child->kind == TypeNodeKind::kSpread) all.push_back(&enum_texts(*child->child(0), scope));
      else all.push_back(&settled(value(*child, scope, true)));
    }
    return types.union_of(all, span_of(list, scope));
  }
  const Type& whole = settled(value(list, scope, false));
  if (whole.is(TypeKind::kArray) || whole.is(TypeKind::kTuple)) return index(whole, keyword(TypeKind::kNumber), whole.span);
  if (!whole.is(TypeKind::kObject) || whole.incomplete != nullptr) {
    return whole.is(TypeKind::kUnreadable) ? whole : unreadable("its values are not worked out", span_of(list, scope));
  }
  std::vector<const Type*> all;
  for (const Property& property : whole.properties) all.push_back(&of(property));
  return types.union_of(all, span_of(list, scope));
}

const Type& Evaluation::enum_type(const Enum& enumeration) {
  const auto [entry, added] = enum_values_.try_emplace(&enumeration, nullptr);
  if (!added) return entry->second != nullptr ? *entry->second : unreadable("it refers to itself in a circle", enumeration.span);
  const Type* made = nullptr;
  TypeFile* file = files.by_id(enumeration.span.file);
  const TypeNode* written =
      file == nullptr ? nullptr
                      : &syntax::parse_value(file->text, file->path, {enumeration.span.start, enumeration.span.end}, files.memory());
  if (written == nullptr || written->kind != TypeNodeKind::kCall || written->children.size() < 4) {
    made = &unreadable("its values are not written where it is made", enumeration.span);
  } else {
    const Scope& scope = *text::make<Scope>(types.memory(), Scope{.file = file});
    made = &enum_texts(*written->child(3), scope);
  }
  enum_values_[&enumeration] = made;
  return *made;
}

std::optional<std::pair<std::string_view, std::string_view>> Evaluation::package_of(TypeFile& file, std::string_view name) {
  const Place place = files.find(file, name);
  if (place.kind != Place::Kind::kPackage) return std::nullopt;
  return std::pair(place.package, place.name);
}

}  // namespace drizzle_audit::types
