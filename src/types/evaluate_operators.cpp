// What types make of other types: keyof, indexed access, intersections, mapped and conditional types.
#include <algorithm>
#include <string>

#include "types/assignable.h"
#include "types/evaluation.h"

namespace drizzle_audit::types {

using syntax::TypeNode;
using syntax::TypeNodeKind;

namespace {

constexpr std::string_view kTooMuchWork = "it takes too much to work out";

bool is_object_like(const Type& type) {
  switch (type.kind) {
    case TypeKind::kObject:
    case TypeKind::kIntersection:
    case TypeKind::kArray:
    case TypeKind::kTuple:
    case TypeKind::kFunction:
    case TypeKind::kNominal:
    case TypeKind::kAnyObject: return true;
    default: return false;
  }
}

TypeKind primitive_of(const Type& type) {
  switch (type.kind) {
    case TypeKind::kStringLiteral:
    case TypeKind::kTemplate:
    case TypeKind::kString: return TypeKind::kString;
    case TypeKind::kNumberLiteral:
    case TypeKind::kNumber: return TypeKind::kNumber;
    case TypeKind::kBigIntLiteral:
    case TypeKind::kBigInt: return TypeKind::kBigInt;
    case TypeKind::kBooleanLiteral:
    case TypeKind::kBoolean: return TypeKind::kBoolean;
    case TypeKind::kEnumMember: return type.members.empty() ? TypeKind::kNumber : primitive_of(*type.members.front());
    case TypeKind::kNull:
    case TypeKind::kUndefined:
    case TypeKind::kSymbol: return type.kind;
    default: return TypeKind::kAny;
  }
}

bool is_parameter(std::string_view name, const Scope& scope) {
  for (const Scope* each = &scope; each != nullptr; each = each->outer) {
    if (each->name == name) return true;
  }
  return false;
}

}  // namespace

const Type& Evaluation::keys(const Type& object, Span span) {
  if (object.is(TypeKind::kUnreadable)) return object;
  if (object.is(TypeKind::kUnion)) {  // what all members have
    std::vector<const Type*> common;
    for (std::size_t i = 0; i < object.members.size(); ++i) {
      const Type& own = keys(settled(*object.members[i]), span);
      if (own.is(TypeKind::kUnreadable)) return own;
      const std::vector<const Type*> names = union_members(own);
      if (i == 0) common = names;
      else std::erase_if(common, [&](const Type* name) { return std::ranges::find(names, name) == names.end(); });
    }
    return types.union_of(common, span);
  }
  if (!object.is(TypeKind::kObject) && !object.is(TypeKind::kIntersection)) return unreadable("`keyof` of it is not worked out", span);
  if (object.incomplete != nullptr) return unreadable(object.incomplete->reason, object.incomplete->span);
  std::vector<const Type*> names;
  if (object.string_index != nullptr) {
    names.push_back(&keyword(TypeKind::kString));
    names.push_back(&keyword(TypeKind::kNumber));
  } else if (object.number_index != nullptr) {
    names.push_back(&keyword(TypeKind::kNumber));
  }
  if (!count(object.properties.size())) return unreadable(kTooMuchWork, span);
  for (const Property& property : object.properties) names.push_back(&types.string_literal(property.name));
  const Type& made = types.union_of(names, span);
  if (!made.is(TypeKind::kUnion) || object.name.empty() || !object.name_arguments.empty()) return made;
  return under_name(made, types.keep("keyof " + std::string(object.name)));
}

const Type& Evaluation::index(const Type& object, const Type& key, Span span) {
  if (object.is(TypeKind::kUnreadable)) {
    if (key.is(TypeKind::kStringLiteral)) return access(object, key.text, span);
    return object;
  }
  if (key.is(TypeKind::kUnreadable)) return key;
  if (object.is(TypeKind::kAny)) return object;
  if (key.is(TypeKind::kUnion) || object.is(TypeKind::kUnion)) {
    const bool over_key = key.is(TypeKind::kUnion);
    std::vector<const Type*> all;
    for (const Type* member : over_key ? key.members : object.members) {
      if (!count()) return unreadable(kTooMuchWork, span);
      all.push_back(over_key ? &index(object, *member, span) : &index(settled(*member), key, span));
    }
    return types.union_of(all, span);
  }
  if (object.is(TypeKind::kArray)) {
    if (key.is(TypeKind::kNumber) || key.is(TypeKind::kNumberLiteral)) return of(object.properties.front());
    if (key.is(TypeKind::kStringLiteral) && key.text == "length") return keyword(TypeKind::kNumber);
    return unreadable("a method of arrays is not worked out", span);
  }
  if (object.is(TypeKind::kTuple)) {
    if (key.is(TypeKind::kNumber)) {
      std::vector<const Type*> all;
      for (const Property& element : object.properties) all.push_back(&read(element));
      return types.union_of(all, span);
    }
    const std::optional<std::size_t> at = index_number(key.text);
    const bool fixed = std::ranges::none_of(object.properties, &Property::rest);
    if (fixed && at && *at < object.properties.size()) return read(object.properties[*at]);
    return unreadable("this index of a tuple is not worked out", span);
  }
  if (key.is(TypeKind::kString) || key.is(TypeKind::kNumber)) {
    const Property* wide = key.is(TypeKind::kNumber) && object.number_index != nullptr ? object.number_index : object.string_index;
    if (wide != nullptr) return of(*wide);
    return unreadable("it has no index signature", span);
  }
  std::string_view name = key.text;
  if (key.is(TypeKind::kEnumMember) && !key.members.empty()) name = key.members.front()->text;
  if (!key.is(TypeKind::kStringLiteral) && !key.is(TypeKind::kNumberLiteral) && !key.is(TypeKind::kEnumMember))
    return unreadable("it is indexed by what is not worked out", span);
  return access(object, name, span);
}

const Type& Evaluation::intersection(const std::vector<const Type*>& members, Span span) {
  std::vector<const Type*> flat;
  const Type* first_union = nullptr;
  for (const Type* member : members) {
    if (member->is(TypeKind::kUnreadable)) return *member;
    if (member->is(TypeKind::kNever) || member->is(TypeKind::kAny)) return *member;
    if (member->is(TypeKind::kUnknown)) continue;
    if (member->is(TypeKind::kUnion) && first_union == nullptr) first_union = member;
    const std::span<const Type*> inner = member->is(TypeKind::kIntersection) ? member->members : std::span<const Type*>();
    if (inner.empty()) {
      if (std::ranges::find(flat, member) == flat.end()) flat.push_back(member);
    }
    for (const Type* each : inner) {
      if (std::ranges::find(flat, each) == flat.end()) flat.push_back(each);
    }
  }
  if (flat.empty()) return keyword(TypeKind::kUnknown);
  if (flat.size() == 1) return *flat.front();
  if (first_union != nullptr) {
    std::vector<const Type*> all;
    for (const Type* member : first_union->members) {
      if (!count(flat.size())) return unreadable(kTooMuchWork, span);
      std::vector<const Type*> each;
      for (const Type* other : flat) each.push_back(other == first_union ? member : other);
      all.push_back(&intersection(each, span));
    }
    return types.union_of(all, span);
  }
  // Primitives: the narrower of two that fit, never of two that do not.
  const Type* primitive = nullptr;
  std::vector<const Type*> rest;
  for (const Type* member : flat) {
    const TypeKind kind = primitive_of(*member);
    if (kind == TypeKind::kAny) {
      if (!is_object_like(*member)) return unreadable("an intersection with it is not worked out", span);
      rest.push_back(member);
    } else if (primitive == nullptr) {
      primitive = member;
    } else if (primitive_of(*primitive) != kind) {
      return keyword(TypeKind::kNever);
    } else if (static_cast<std::size_t>(primitive->kind) <= static_cast<std::size_t>(TypeKind::kAnyObject)) {
      primitive = member;  // a keyword before
    } else if (static_cast<std::size_t>(member->kind) > static_cast<std::size_t>(TypeKind::kAnyObject)) {
      return member->is(TypeKind::kTemplate) || primitive->is(TypeKind::kTemplate) || member->is(TypeKind::kEnumMember) ||
                     primitive->is(TypeKind::kEnumMember)
                 ? unreadable("an intersection of these is not worked out", span)
                 : keyword(TypeKind::kNever);  // two literals
    }
  }
  if (primitive != nullptr && rest.empty()) return *primitive;
  if (primitive != nullptr && (primitive->is(TypeKind::kNull) || primitive->is(TypeKind::kUndefined))) return keyword(TypeKind::kNever);
  if (primitive != nullptr) rest.insert(rest.begin(), primitive);
  Type* made = types.make(TypeKind::kIntersection);
  made->members = types.keep(rest);
  made->span = span;
  std::vector<std::pair<std::string_view, std::vector<const Property*>>> merged;
  std::unordered_map<std::string_view, std::size_t> places;
  std::vector<const Property*> indexes;
  for (const Type* member : rest) {
    if (member->incomplete != nullptr && made->incomplete == nullptr) made->incomplete = member->incomplete;
    if (!member->is(TypeKind::kObject)) {
      if (is_object_like(*member)) {
        made->incomplete = text::make<Unknown>(types.memory(), Unknown{"a part of the intersection is no plain object", span});
      }
      continue;
    }
    if (!count(member->properties.size())) return unreadable(kTooMuchWork, span);
    for (const Property& property : member->properties) {
      const auto [place, added] = places.try_emplace(property.name, merged.size());
      if (added) merged.push_back({property.name, {}});
      merged[place->second].second.push_back(&property);
    }
    if (member->string_index != nullptr) indexes.push_back(member->string_index);
    if (member->number_index != nullptr) made->number_index = member->number_index;
  }
  if (!indexes.empty()) made->string_index = indexes.front();
  if (indexes.size() > 1) {
    made->incomplete = text::make<Unknown>(types.memory(), Unknown{"several index signatures are not worked out together", span});
  }
  std::vector<Property> properties;
  for (const auto& [name, sources] : merged) {
    Property property = *sources.front();
    if (sources.size() > 1) {
      property.column = nullptr;
      property.type = nullptr;
      property.optional = std::ranges::all_of(sources, &Property::optional);
      property.readonly = std::ranges::all_of(sources, &Property::readonly);
      property.span = sources.back()->span;
      property.type_span = sources.back()->type_span;
      property.lazy = lazy({.kind = Lazy::Kind::kIntersection, .sources = types.keep(sources)});
    } else if (property.type == nullptr) {
      property.lazy = lazy({.kind = Lazy::Kind::kSame, .from = sources.front()});
    }
    properties.push_back(property);
  }
  made->properties = types.keep(properties);
  return *made;
}

const Type& Evaluation::mapped_list(const TypeNode& node, const Scope& scope, const Type& source) {
  Type* made = types.make(source.kind);
  made->is_readonly = (source.is_readonly || node.has(syntax::kReadonlyNode)) && !node.has(syntax::kRemoveReadonly);
  made->span = span_of(node, scope);
  std::vector<Property> elements(source.properties.begin(), source.properties.end());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    Property& element = elements[i];
    if (element.rest || node.has(syntax::kOptionalNode) || node.has(syntax::kRemoveOptional))
      return unreadable("mapping over it is not worked out", made->span);
    const Type& index = source.is(TypeKind::kArray) ? keyword(TypeKind::kNumber) : types.string_literal(std::to_string(i));
    element.type = nullptr;
    element.lazy = lazy({.kind = Lazy::Kind::kAtIndex, .node = &node, .scope = &scope, .index = &index});
  }
  made->properties = types.keep(elements);
  return *made;
}

const Type& Evaluation::mapped_type(const TypeNode& node, const Scope& scope) {
  const Span span = span_of(node, scope);
  // `[K in keyof T]` keeps what is optional and readonly in T, and so does `[K in P]` for a parameter `P extends keyof T`.
  const TypeNode& constraint = *node.child(0);
  const Type* source = nullptr;
  if (constraint.kind == TypeNodeKind::kKeyof) {
    source = &settled(type(*constraint.child(0), scope));
  } else if (constraint.kind == TypeNodeKind::kReference && constraint.children.empty()) {
    for (const Scope* each = &scope; each != nullptr; each = each->outer) {
      if (each->name != constraint.text) continue;
      if (each->constraint != nullptr && each->constraint->kind == TypeNodeKind::kKeyof) {
        source = &settled(type(*each->constraint->child(0), *each));
      }
      break;
    }
  }
  if (source != nullptr) {
    if (source->is(TypeKind::kUnreadable)) return *source;
    if (primitive_of(*source) != TypeKind::kAny && constraint.kind == TypeNodeKind::kKeyof) return *source;
    const bool over_parameter = constraint.kind == TypeNodeKind::kKeyof && constraint.child(0)->kind == TypeNodeKind::kReference &&
                                constraint.child(0)->children.empty() && is_parameter(constraint.child(0)->text, scope);
    if (over_parameter && (source->is(TypeKind::kArray) || source->is(TypeKind::kTuple))) return mapped_list(node, scope, *source);
    if (!source->is(TypeKind::kObject) && !source->is(TypeKind::kIntersection))
      return unreadable("mapping over it is not worked out", span);
  }
  const Type& names = settled(type(constraint, scope));
  if (names.is(TypeKind::kUnreadable)) return names;
  std::vector<Property> properties;
  Type* made = types.make(TypeKind::kObject);
  made->span = span;
  for (const Type* key : union_members(names)) {
    if (!count()) return unreadable(kTooMuchWork, span);
    if (source != nullptr && key->is(TypeKind::kNumber) && source->number_index == nullptr) continue;  // comes with `string`
    const Type* index = key;
    const Type* renamed = key;
    if (node.child(1) != nullptr) renamed = &settled(type(*node.child(1), bind(scope, node.text, *key)));
    if (renamed->is(TypeKind::kNever)) continue;
    Property property;
    property.span = span;
    const Property* from = nullptr;
    std::string_view key_text = key->text;
    if (key->is(TypeKind::kEnumMember) && !key->members.empty()) key_text = key->members.front()->text;
    if (source != nullptr) from = find_property(*source, key_text);
    if (from != nullptr) {
      property = *from;
      property.type = nullptr;
      property.column = nullptr;
    }
    if (node.has(syntax::kOptionalNode)) property.optional = true;
    if (node.has(syntax::kReadonlyNode)) property.readonly = true;
    const bool strip = node.has(syntax::kRemoveOptional) && from != nullptr && from->optional;
    if (node.has(syntax::kRemoveOptional)) property.optional = false;
    if (node.has(syntax::kRemoveReadonly)) property.readonly = false;
    property.lazy = lazy({.kind = Lazy::Kind::kAtIndex, .constant = strip, .node = &node, .scope = &scope, .index = index});
    if (renamed->is(TypeKind::kString) || renamed->is(TypeKind::kNumber)) {
      auto* entry = text::make<Property>(types.memory(), property);
      (renamed->is(TypeKind::kString) ? made->string_index : made->number_index) = entry;
      continue;
    }
    std::string_view name = renamed->text;
    if (renamed->is(TypeKind::kEnumMember) && !renamed->members.empty()) name = renamed->members.front()->text;
    else if (!renamed->is(TypeKind::kStringLiteral) && !renamed->is(TypeKind::kNumberLiteral))
      return unreadable("a key of the mapped type is not worked out", span);
    property.name = name;
    properties.push_back(property);
  }
  made->properties = types.keep(properties);
  return *made;
}

const Type& Evaluation::conditional(const TypeNode& node, const Scope& scope) {
  const TypeNode& checked = *node.child(0);
  const Type& source = settled(type(checked, scope));
  const bool parameter = checked.kind == TypeNodeKind::kReference && checked.children.empty() && is_parameter(checked.text, scope);
  if (!parameter) return conditional_branch(node, scope, source);
  if (source.is(TypeKind::kNever)) return source;
  std::vector<const Type*> all;
  const std::vector<const Type*> members =
      source.is(TypeKind::kBoolean)
          ? std::vector<const Type*>{&types.literal(TypeKind::kBooleanLiteral, "true"), &types.literal(TypeKind::kBooleanLiteral, "false")}
          : union_members(source);
  for (const Type* member : members) {
    if (!count()) return unreadable(kTooMuchWork, span_of(node, scope));
    all.push_back(&settled(conditional_branch(node, bind(scope, checked.text, *member), settled(*member))));
  }
  return types.union_of(all, span_of(node, scope));
}

const Type& Evaluation::conditional_branch(const TypeNode& node, const Scope& scope, const Type& checked) {
  const Span span = span_of(node, scope);
  if (checked.is(TypeKind::kUnreadable)) return checked;
  if (checked.is(TypeKind::kAny)) return unreadable("a condition on `any` is not worked out", span);
  const TypeNode& wanted = *node.child(1);
  // `T extends (infer U)[]`
  if (wanted.kind == TypeNodeKind::kArray && wanted.child(0)->kind == TypeNodeKind::kInfer) {
    if (checked.is(TypeKind::kArray) || checked.is(TypeKind::kTuple)) {
      if (checked.is_readonly) return type(*node.child(3), scope);
      const Type& element = index(checked, keyword(TypeKind::kNumber), span);
      return type(*node.child(2), bind(scope, wanted.child(0)->text, element));
    }
    if (primitive_of(checked) != TypeKind::kAny || checked.is(TypeKind::kObject)) return type(*node.child(3), scope);
    return unreadable("an inferred type is not worked out", span);
  }
  const Type& target = settled(type(wanted, scope));
  if (target.is(TypeKind::kUnreadable)) return target;
  const Assignability fits = assignable(finish(checked), finish(target));
  if (fits.verdict == Verdict::kUnknown) return unreadable(fits.reason, span);
  return type(*node.child(fits.verdict == Verdict::kYes ? 2 : 3), scope);
}

}  // namespace drizzle_audit::types
