// Types of TypeScript's own libraries, and those that drizzle-orm and zod export.
#include <algorithm>
#include <array>

#include "types/assignable.h"
#include "types/evaluation.h"

namespace drizzle_audit::types {
namespace {

/// Classes and interfaces of JavaScript and Node that values of domain types are made of. Nothing is known of their members.
constexpr auto kNominalTypes = std::to_array<std::string_view>(
    {"Date",       "Buffer",      "Uint8Array",     "Uint8ClampedArray", "Uint16Array",   "Uint32Array", "Int8Array", "Int16Array",
     "Int32Array", "ArrayBuffer", "Float32Array",   "Float64Array",      "BigInt64Array", "DataView",    "Map",       "Set",
     "WeakMap",    "WeakSet",     "ReadonlyMap",    "ReadonlySet",       "Promise",       "RegExp",      "Error",     "URL",
     "Blob",       "File",        "ReadableStream", "FormData",          "Headers"});

/// zod's types of schemas that say what they yield: `const category: z.ZodType<Category> = …`.
bool given_schema(std::string_view name) { return name == "ZodType" || name == "ZodSchema" || name == "Schema"; }

bool is_named(std::string_view wanted, std::string_view name, std::size_t arguments, std::size_t given) {
  return wanted == name && arguments == given;
}

}  // namespace

const Type* Evaluation::library_type(std::string_view name, const std::vector<const Type*>& arguments, Span span) {
  const std::size_t given = arguments.size();
  if (std::ranges::find(kNominalTypes, name) != kNominalTypes.end()) return &types.nominal(name, arguments);
  if (name == "ReturnType" && given == 1) {
    const Type& function = settled(*arguments[0]);
    if (function.is(TypeKind::kFunction)) return &of(function.properties.back());
  }
  if (name == "ReturnType" || name == "Parameters" || name == "InstanceType" || name == "ConstructorParameters")
    return &unreadable("what functions take and return is not worked out", span);
  if (name == "PropertyKey") {
    return &types.union_of({&keyword(TypeKind::kString), &keyword(TypeKind::kNumber), &keyword(TypeKind::kSymbol)});
  }
  if (given == 0) return nullptr;

  if (name == "Record" && given == 2) {
    const Type& keys = settled(*arguments[0]);
    if (keys.is(TypeKind::kUnreadable)) return &keys;
    Type* made = types.make(TypeKind::kObject);
    made->span = span;
    std::vector<Property> properties;
    for (const Type* key : union_members(keys)) {
      Property property;
      property.type = arguments[1];
      property.span = span;
      std::string_view text = key->text;
      if (key->is(TypeKind::kEnumMember) && !key->members.empty()) text = key->members.front()->text;
      if (key->is(TypeKind::kString)) made->string_index = text::make<Property>(types.memory(), property);
      else if (key->is(TypeKind::kNumber)) made->number_index = text::make<Property>(types.memory(), property);
      else if (key->is(TypeKind::kStringLiteral) || key->is(TypeKind::kNumberLiteral) || key->is(TypeKind::kEnumMember)) {
        property.name = text;
        properties.push_back(property);
      } else if (!key->is(TypeKind::kSymbol)) {
        return &unreadable("the keys of the Record are not worked out", span);
      }
    }
    made->properties = types.keep(properties);
    return &under_name(*made, "Record", arguments);
  }
  const Type& first = settled(*arguments[0]);
  if ((name == "Array" || name == "ReadonlyArray") && given == 1) return &types.array(first, name == "ReadonlyArray");
  if (first.is(TypeKind::kUnreadable) && !first.text.empty()) {
    static constexpr auto kOthers =
        std::to_array<std::string_view>({"Partial", "Required", "Readonly", "Pick", "Omit", "Exclude", "Extract", "NonNullable", "Awaited",
                                         "Uppercase", "Lowercase", "Capitalize", "Uncapitalize"});
    return std::ranges::find(kOthers, name) == kOthers.end() ? nullptr : &first;
  }
  if (is_named("Partial", name, 1, given) || is_named("Required", name, 1, given) || is_named("Readonly", name, 1, given)) {
    if (first.is(TypeKind::kUnion)) {
      std::vector<const Type*> all;
      for (const Type* member : first.members) all.push_back(library_type(name, {member}, span));
      return &types.union_of(all, span);
    }
    if ((first.is(TypeKind::kArray) || first.is(TypeKind::kTuple)) && name == "Readonly") {
      Type* made = types.make(first.kind);
      *made = first;
      made->is_readonly = true;
      return made;
    }
    if (first.is(TypeKind::kArray) || first.is(TypeKind::kTuple) || first.is(TypeKind::kNominal) || first.is(TypeKind::kFunction))
      return &unreadable("mapping over it is not worked out", span);
    if (!first.is(TypeKind::kObject) && !first.is(TypeKind::kIntersection)) return &first;
    if (!count(first.properties.size())) return &unreadable("it takes too much to work out", span);
    std::vector<Property> properties(first.properties.begin(), first.properties.end());
    for (std::size_t i = 0; i < properties.size(); ++i) {
      Property& property = properties[i];
      property.lazy = lazy({.kind = Lazy::Kind::kSame, .from = &first.properties[i]});
      property.type = nullptr;
      if (name == "Readonly") property.readonly = true;
      if (name == "Partial") property.optional = true;
      if (name == "Required") {
        if (property.optional) property.lazy = lazy({.kind = Lazy::Kind::kRequired, .from = &first.properties[i]});
        property.optional = false;
      }
    }
    Type* made = object(properties, span);
    made->incomplete = first.incomplete;
    made->string_index = first.string_index;
    made->number_index = first.number_index;
    return &under_name(*made, types.keep(name), arguments);
  }
  if (is_named("NonNullable", name, 1, given)) {
    if (first.is(TypeKind::kUnknown)) return object({}, span);
    return &types.non_nullable(first);
  }
  if (is_named("Awaited", name, 1, given)) {
    if (first.is(TypeKind::kNominal) && first.text == "Promise" && first.members.size() == 1) return &settled(*first.members[0]);
    return first.is(TypeKind::kUnion) ? &unreadable("awaiting a union is not worked out", span) : &first;
  }
  if (given == 1 && (name == "Uppercase" || name == "Lowercase" || name == "Capitalize" || name == "Uncapitalize")) {
    std::vector<const Type*> all;
    for (const Type* member : union_members(first)) {
      if (!member->is(TypeKind::kStringLiteral)) return &unreadable("it changes the case of what is no literal", span);
      std::string text(member->text);
      const std::size_t end = name.ends_with("case") ? text.size() : std::min<std::size_t>(1, text.size());
      for (std::size_t i = 0; i < end; ++i) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) >= 0x80) return &unreadable("it changes the case of letters outside ASCII", span);
        const bool up = name == "Uppercase" || name == "Capitalize";
        if (up && c >= 'a' && c <= 'z') text[i] = static_cast<char>(c - 'a' + 'A');
        if (!up && c >= 'A' && c <= 'Z') text[i] = static_cast<char>(c - 'A' + 'a');
      }
      all.push_back(&types.string_literal(text));
    }
    return &types.union_of(all, span);
  }
  if (given != 2) return nullptr;
  const Type& second = settled(*arguments[1]);
  if (name == "Pick" || name == "Omit") {
    if (second.is(TypeKind::kUnreadable)) return &second;
    if (first.is(TypeKind::kUnion)) return &unreadable("picking from a union is not worked out", span);
    if (!first.is(TypeKind::kObject) && !first.is(TypeKind::kIntersection)) return &unreadable("picking from it is not worked out", span);
    std::vector<std::string_view> names;
    for (const Type* key : union_members(second)) {
      if (key->is(TypeKind::kNever)) continue;
      if (!key->is(TypeKind::kStringLiteral) && !key->is(TypeKind::kNumberLiteral))
        return &unreadable("what is picked is no list of names", span);
      names.push_back(key->text);
    }
    const bool pick = name == "Pick";
    // Omit is a Pick over Exclude<keyof T, K>: with an index signature `keyof T` is string, and nothing else is left.
    if (!pick && first.string_index != nullptr) return &unreadable("omitting from an index signature is not worked out", span);
    if (!count(first.properties.size())) return &unreadable("it takes too much to work out", span);
    std::vector<Property> properties;
    for (const Property& property : first.properties) {
      const bool named = std::ranges::find(names, property.name) != names.end();
      if (named != pick) continue;
      properties.push_back(property);
      properties.back().lazy = lazy({.kind = Lazy::Kind::kSame, .from = &property});
      properties.back().type = nullptr;
    }
    if (pick && properties.size() < names.size() && (first.incomplete != nullptr || first.string_index != nullptr)) {
      return &unreadable(first.incomplete != nullptr ? first.incomplete->reason : "what is picked is not declared", span);
    }
    Type* made = object(properties, span);
    if (!pick) made->incomplete = first.incomplete;
    return &under_name(*made, types.keep(name), arguments);
  }
  if (name == "Exclude" || name == "Extract") {
    if (second.is(TypeKind::kUnreadable)) return &second;
    std::vector<const Type*> rest;
    for (const Type* member : union_members(first)) {
      if (!count()) return &unreadable("it takes too much to work out", span);
      const Assignability fits = assignable(finish(*member), finish(second));
      if (fits.verdict == Verdict::kUnknown) return &unreadable(fits.reason, span);
      const bool found = fits.verdict == Verdict::kYes;
      if (found == (name == "Extract")) rest.push_back(member);
    }
    const Type& left = types.union_of(rest, span);
    if (!left.is(TypeKind::kUnion)) return &left;
    Type* made = types.make(TypeKind::kUnion);
    *made = left;
    made->is_chosen = true;
    return made;
  }
  return nullptr;
}

const Type& Evaluation::package_type(std::string_view package, std::string_view name, const std::vector<const Type*>& arguments,
                                     Span span) {
  const bool zod = package == "zod" || package.starts_with("zod/");
  const bool drizzle = package == "drizzle-orm" || package.starts_with("drizzle-orm/");
  const std::string_view last = name.substr(name.rfind('.') == std::string_view::npos ? 0 : name.rfind('.') + 1);
  const Type* first = arguments.empty() ? nullptr : &settled(*arguments.front());
  if (drizzle && first != nullptr) {
    const bool select = last == "InferSelectModel";
    const bool insert = last == "InferInsertModel";
    if (select || insert || last == "InferModel") {
      if (first->table == nullptr || !first->is(TypeKind::kUnreadable)) return *first;
      if (arguments.size() > 1 && last != "InferModel") return unreadable("options of row types are not worked out", span);
      const Type* mode = arguments.size() > 1 ? &settled(*arguments[1]) : nullptr;
      return row(*first->table, insert || (mode != nullptr && mode->text == "insert"));
    }
    if (last == "InferEnum") {
      const auto found = enums.find(first);
      return found == enums.end() ? *first : enum_type(*found->second);
    }
  }
  if (zod && given_schema(last) && first != nullptr) return zod_schema(*first, span);
  if (zod && first != nullptr && (last == "infer" || last == "output" || last == "TypeOf")) {
    const auto found = yields.find(first);
    return found == yields.end() ? *first : settled(*found->second);
  }
  return unreadable("the package '" + std::string(package) + "' is not read", span);
}

}  // namespace drizzle_audit::types
