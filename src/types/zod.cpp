// What zod schemas yield, as `z.infer<typeof schema>` has it: the builders that zod 3 and 4 agree on, and drizzle-zod's schemas of tables.
#include <algorithm>
#include <array>

#include "types/evaluation.h"

namespace drizzle_audit::types {

using syntax::TypeNode;
using syntax::TypeNodeKind;

namespace {

constexpr auto kTextBuilders = std::to_array<std::string_view>(
    {"string", "email", "uuid", "guid", "url", "cuid", "cuid2", "ulid", "nanoid", "emoji", "base64", "jwt", "ipv4", "ipv6"});

/// Methods that leave the type of what a schema yields as it is.
constexpr auto kChecks = std::to_array<std::string_view>(
    {"min",         "max",         "length",      "email",       "url",        "uuid",     "cuid",     "cuid2",    "ulid",
     "nanoid",      "emoji",       "regex",       "includes",    "startsWith", "endsWith", "datetime", "date",     "time",
     "ip",          "trim",        "toLowerCase", "toUpperCase", "gt",         "gte",      "lt",       "lte",      "int",
     "positive",    "nonnegative", "negative",    "nonpositive", "multipleOf", "step",     "finite",   "safe",     "describe",
     "superRefine", "meta",        "base64",      "uppercase",   "lowercase",  "check",    "catch",    "overwrite"});

template <std::size_t n>
bool one_of(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool is_zod(std::string_view package) { return package == "zod" || package.starts_with("zod/"); }

/// The names given as `{ a: true, b: true }`; none when they are not.
std::optional<std::vector<std::string_view>> chosen(const TypeNode& node) {
  if (node.kind != TypeNodeKind::kObjectLiteral) return std::nullopt;
  std::vector<std::string_view> names;
  for (const TypeNode* child : node.children) {
    if (child->kind != TypeNodeKind::kProperty || child->child(0)->kind != TypeNodeKind::kTrue) return std::nullopt;
    names.push_back(child->text);
  }
  return names;
}

}  // namespace

const Type& Evaluation::zod_schema(const Type& yields_type, Span span) {
  const Type* made = library_value("a zod schema", span);
  yields.emplace(made, &yields_type);
  return *made;
}

const Type* Evaluation::zod_value(const TypeNode& node, const Scope& scope) {
  if (node.kind != TypeNodeKind::kCall) return nullptr;
  const TypeNode& callee = *node.child(0);
  const Span span = span_of(node, scope);
  if (callee.kind == TypeNodeKind::kIdentifier) {
    const auto from = package_of(*scope.file, callee.text);
    if (!from) return nullptr;
    if (is_zod(from->first)) return &zod_schema(zod_made(from->second, node, scope), span);
    const bool rows = from->first == "drizzle-zod" || from->first == "drizzle-orm/zod";
    return rows ? &zod_schema(zod_row(from->second, node, scope), span) : nullptr;
  }
  if (callee.kind != TypeNodeKind::kAccess) return nullptr;
  const TypeNode& object = *callee.child(0);
  if (object.kind == TypeNodeKind::kIdentifier) {
    if (const auto from = package_of(*scope.file, object.text)) {
      return is_zod(from->first) ? &zod_schema(zod_made(callee.text, node, scope), span) : nullptr;
    }
  }
  if (object.kind == TypeNodeKind::kAccess && object.child(0)->kind == TypeNodeKind::kIdentifier &&
      (object.text == "coerce" || object.text == "iso")) {
    const auto from = package_of(*scope.file, object.child(0)->text);
    if (from && is_zod(from->first)) {
      if (object.text == "iso") return &zod_schema(keyword(TypeKind::kString), span);
      return &zod_schema(zod_made(callee.text, node, scope), span);
    }
  }
  const Type& before = settled(value(object, scope, false));
  const auto schema = yields.find(&before);
  if (schema == yields.end()) return nullptr;
  const Type& output = settled(*schema->second);
  if (output.is(TypeKind::kUnreadable)) return &zod_schema(output, span);
  return &zod_schema(zod_method(output, callee.text, node, scope), span);
}

const Type& Evaluation::zod_output(const TypeNode& node, const Scope& scope) {
  const Type& made = settled(value(node, scope, false));
  const auto schema = yields.find(&made);
  if (schema != yields.end()) return settled(*schema->second);
  return made.is(TypeKind::kUnreadable) ? made : unreadable("it is no zod schema that can be read", span_of(node, scope));
}

const Type& Evaluation::zod_object(const TypeNode& fields, const Scope& scope) {
  const Span span = span_of(fields, scope);
  if (fields.kind != TypeNodeKind::kObjectLiteral) return unreadable("the fields are not written in the schema", span);
  std::vector<Property> properties;
  for (const TypeNode* child : fields.children) {
    const Span where = span_of(*child, scope);
    if (child->kind == TypeNodeKind::kSpread) {
      const auto shape = shapes.find(&settled(value(*child->child(0), scope, false)));
      if (shape == shapes.end()) return unreadable("what is spread into the schema is not worked out", where);
      for (const Property& property : shape->second->properties) {
        std::erase_if(properties, [&](const Property& before) { return before.name == property.name; });
        properties.push_back(property);
      }
      continue;
    }
    if (child->kind != TypeNodeKind::kProperty) return unreadable(child->text, where);
    std::erase_if(properties, [&](const Property& before) { return before.name == child->text; });
    const Type& output = zod_output(*child->child(0), scope);
    Property property;
    property.name = child->text;
    property.span = where;
    property.type_span = span_of(*child->child(0), scope);
    property.optional = has_member(output, TypeKind::kUndefined);
    std::vector<const Type*> rest;
    for (const Type* member : union_members(output)) {
      if (!member->is(TypeKind::kUndefined)) rest.push_back(member);
    }
    property.type = property.optional ? &types.union_of(rest, where) : &output;
    // zod 3 makes such a property optional, zod 4 does not.
    if (output.is(TypeKind::kAny) || output.is(TypeKind::kUnknown)) {
      property.type = &unreadable("whether it is optional depends on the version of zod", where);
    }
    properties.push_back(property);
  }
  return *object(properties, span);
}

const Type& Evaluation::zod_part(const Type& output, std::string_view name, Span span) {
  if (name == "shape" && output.is(TypeKind::kObject)) {
    const Type* made = library_value("the shape of a zod schema", span);
    shapes.emplace(made, &output);
    return *made;
  }
  if (name == "element" && output.is(TypeKind::kArray)) return zod_schema(of(output.properties.front()), span);
  return *library_value("this part of a zod schema", span);
}

const Type& Evaluation::zod_made(std::string_view function, const TypeNode& node, const Scope& scope) {
  const Span span = span_of(node, scope);
  const std::size_t count_of = node.children.size() - 2;
  const auto argument = [&](std::size_t i) -> const TypeNode& { return *node.child(2 + i); };
  if (one_of(kTextBuilders, function)) return keyword(TypeKind::kString);
  if (function == "number" || function == "int" || function == "int32" || function == "float32" || function == "float64")
    return keyword(TypeKind::kNumber);
  if (function == "boolean" || function == "stringbool") return keyword(TypeKind::kBoolean);
  if (function == "bigint") return keyword(TypeKind::kBigInt);
  if (function == "date") return types.nominal("Date");
  if (function == "null") return keyword(TypeKind::kNull);
  if (function == "undefined") return keyword(TypeKind::kUndefined);
  if (function == "unknown") return keyword(TypeKind::kUnknown);
  if (function == "any") return keyword(TypeKind::kAny);
  if (function == "never") return keyword(TypeKind::kNever);
  if (function == "file") return types.nominal("File");
  if (function == "custom" && node.child(1) != nullptr) return settled(type(*node.child(1)->child(0), scope));
  if (count_of == 0) return unreadable("this zod builder is not worked out", span);
  if (function == "literal") {
    return argument(0).kind == TypeNodeKind::kArrayLiteral ? enum_texts(argument(0), scope) : settled(value(argument(0), scope, true));
  }
  if (function == "enum" || function == "nativeEnum") return enum_texts(argument(0), scope);
  if (function == "object" || function == "strictObject") return zod_object(argument(0), scope);
  if (function == "looseObject") {  // zod 4 alone has it
    const Type& fields = zod_object(argument(0), scope);
    return fields.is(TypeKind::kObject) ? open_object(fields, span) : fields;
  }
  // What it yields is known, and says nothing of the row: the value is made another on purpose.
  if (function == "preprocess") return unreadable("it is converted before it is checked", span);
  if (function == "lazy") {
    const TypeNode& maker = argument(0);
    if (maker.kind != TypeNodeKind::kLambda || maker.child(1) == nullptr)
      return unreadable("what a function returns is not worked out", span);
    return zod_output(*maker.child(1), scope);
  }
  if (function == "instanceof") {
    const bool is_global =
        argument(0).kind == TypeNodeKind::kIdentifier && files.find(*scope.file, argument(0).text).kind == Place::Kind::kNowhere;
    const Type* made = is_global ? library_type(argument(0).text, {}, span) : nullptr;
    return made != nullptr ? *made : unreadable("the type of a class is not worked out", span);
  }
  if (function == "union" || function == "discriminatedUnion" || function == "tuple") {
    const TypeNode& list = argument(function == "discriminatedUnion" && count_of > 1 ? 1 : 0);
    if (list.kind != TypeNodeKind::kArrayLiteral) return unreadable("its members are not written in the schema", span);
    std::vector<const Type*> members;
    for (const TypeNode* child : list.children) members.push_back(&zod_output(*child, scope));
    if (function != "tuple") return types.union_of(members, span);
    std::vector<Property> elements;
    for (const Type* member : members) elements.push_back(Property{.type = member});
    Type* made = types.make(TypeKind::kTuple);
    made->properties = types.keep(elements);
    return *made;
  }
  const Type& first = zod_output(argument(0), scope);
  if (first.is(TypeKind::kUnreadable)) return first;
  if (function == "array") return types.array(first);
  if (function == "optional") return types.with(first, TypeKind::kUndefined);
  if (function == "nullable") return types.with(first, TypeKind::kNull);
  if (function == "nullish") return types.with(types.with(first, TypeKind::kNull), TypeKind::kUndefined);
  if (function == "set") return types.nominal("Set", {&first});
  if (function == "record") {
    if (count_of > 1 && !first.is(TypeKind::kString)) return unreadable("a record by other keys depends on the version of zod", span);
    const Type& held = count_of > 1 ? zod_output(argument(1), scope) : first;
    return *library_type("Record", {&keyword(TypeKind::kString), &held}, span);
  }
  if (function == "intersection" && count_of > 1) return intersection({&first, &zod_output(argument(1), scope)}, span);
  return unreadable("this zod builder is not worked out", span);
}

const Type& Evaluation::zod_method(const Type& before, std::string_view method, const TypeNode& node, const Scope& scope) {
  const Span span = span_of(node, scope);
  const bool has_argument = node.children.size() > 2;
  if (method == "default" || method == "prefault") {
    std::vector<const Type*> rest;
    for (const Type* member : union_members(before)) {
      if (!member->is(TypeKind::kUndefined)) rest.push_back(member);
    }
    return types.union_of(rest, span);
  }
  if (one_of(kChecks, method)) return before;
  // A predicate may narrow what is a union.
  if (method == "refine") return before.is(TypeKind::kUnion) ? unreadable("what .refine() leaves is not worked out", span) : before;
  if (method == "optional") return types.with(before, TypeKind::kUndefined);
  if (method == "nullable") return types.with(before, TypeKind::kNull);
  if (method == "nullish") return types.with(types.with(before, TypeKind::kNull), TypeKind::kUndefined);
  if (method == "array") return types.array(before);
  if (method == "or" && has_argument) return types.union_of({&before, &zod_output(*node.child(2), scope)}, span);
  if (method == "and" && has_argument) return intersection({&before, &zod_output(*node.child(2), scope)}, span);
  if (method == "pipe" && has_argument) return zod_output(*node.child(2), scope);
  if (method == "readonly") return *library_type("Readonly", {&before}, span);
  if (method == "nonempty" && before.is(TypeKind::kString)) return before;
  if (method == "nonempty") return unreadable("what .nonempty() makes of a list depends on the version of zod", span);
  if (!before.is(TypeKind::kObject)) return unreadable("zod's ." + std::string(method) + "() is not worked out", span);
  return zod_refined(before, method, node, scope);
}

const Type& Evaluation::open_object(const Type& fields, Span span) {
  Type* made = object(std::vector<Property>(fields.properties.begin(), fields.properties.end()), span);
  made->string_index = text::make<Property>(types.memory(), Property{.type = &keyword(TypeKind::kUnknown)});
  return *made;
}

/// The methods that only objects have.
const Type& Evaluation::zod_refined(const Type& before, std::string_view method, const TypeNode& node, const Scope& scope) {
  const Span span = span_of(node, scope);
  const bool has_argument = node.children.size() > 2;
  if (method == "strict" || method == "strip") {
    return *object(std::vector<Property>(before.properties.begin(), before.properties.end()), span);
  }
  if (method == "keyof") return keys(before, span);
  // zod 3 and 4 make types of it that are printed otherwise and take the same values.
  if (method == "passthrough" || method == "loose") return open_object(before, span);
  if (method == "catchall" && has_argument && zod_output(*node.child(2), scope).is(TypeKind::kUnknown)) return open_object(before, span);
  std::vector<Property> properties(before.properties.begin(), before.properties.end());
  const auto made = [&]() -> const Type& {
    Type* whole = object(properties, span);
    whole->string_index = before.string_index;  // others than these may be there
    return *whole;
  };
  if (method == "extend" || method == "safeExtend" || method == "merge") {
    if (!has_argument) return before;
    const Type& added = method == "merge" ? zod_output(*node.child(2), scope) : zod_object(*node.child(2), scope);
    if (!added.is(TypeKind::kObject)) return added;
    for (const Property& property : added.properties) {
      std::erase_if(properties, [&](const Property& each) { return each.name == property.name; });
      properties.push_back(property);
    }
    return made();
  }
  std::optional<std::vector<std::string_view>> names;
  if (has_argument) {
    names = chosen(*node.child(2));
    if (!names) return unreadable("which fields are meant is not written here", span);
  }
  const auto named = [&](const Property& property) { return !names || std::ranges::find(*names, property.name) != names->end(); };
  if (method == "pick" && names) {
    std::erase_if(properties, [&](const Property& property) { return !named(property); });
  } else if (method == "omit" && names) {
    std::erase_if(properties, named);
  } else if (method == "partial") {
    for (Property& property : properties) property.optional = property.optional || named(property);
  } else if (method == "required") {
    for (Property& property : properties) property.optional = property.optional && !named(property);
  } else {
    return unreadable("zod's ." + std::string(method) + "() is not worked out", span);
  }
  return made();
}

const Type& Evaluation::zod_row(std::string_view function, const TypeNode& node, const Scope& scope) {
  const Span span = span_of(node, scope);
  const bool select = function == "createSelectSchema";
  if (!select && function != "createInsertSchema") return unreadable("this schema of a table is not worked out", span);
  if (node.children.size() != 3) return unreadable("refinements of a table's schema are not worked out", span);
  const Type& table = settled(value(*node.child(2), scope, false));
  if (table.table == nullptr || !table.is(TypeKind::kUnreadable)) return table;
  const Type& whole = row(*table.table, !select);
  std::vector<Property> properties(whole.properties.begin(), whole.properties.end());
  for (Property& property : properties) {
    const std::string_view type = property.column->column_type;
    // Types that drizzle-zod takes from the column's own are plain ones; json columns get a type of drizzle-zod's.
    if (type.find("Json") != std::string_view::npos || property.column->builder == "customType") {
      property.type = &unreadable("what drizzle-zod makes of such a column is not worked out", property.span);
    }
    property.column = nullptr;
  }
  return *object(properties, span);
}

}  // namespace drizzle_audit::types
