// See type.h.
#include "types/type.h"

#include <algorithm>
#include <unordered_set>

namespace drizzle_audit::types {
namespace {

/// The keyword that swallows a literal of this kind; kAny when nothing does.
TypeKind keyword_of(const Type& type) {
  switch (type.kind) {
    case TypeKind::kStringLiteral:
    case TypeKind::kTemplate: return TypeKind::kString;
    case TypeKind::kNumberLiteral: return TypeKind::kNumber;
    case TypeKind::kBigIntLiteral: return TypeKind::kBigInt;
    case TypeKind::kBooleanLiteral: return TypeKind::kBoolean;
    case TypeKind::kEnumMember: return type.members.empty() ? TypeKind::kNumber : keyword_of(*type.members.front());
    default: return TypeKind::kAny;
  }
}

}  // namespace

const Property* find_property(const Type& type, std::string_view name) {
  if (!type.is(TypeKind::kObject) && !type.is(TypeKind::kIntersection)) return nullptr;
  const auto found = std::ranges::find(type.properties, name, &Property::name);
  return found == type.properties.end() ? nullptr : &*found;
}

std::vector<const Type*> union_members(const Type& type) {
  if (!type.is(TypeKind::kUnion)) return {&type};
  return {type.members.begin(), type.members.end()};
}

bool has_member(const Type& type, TypeKind kind) {
  if (!type.is(TypeKind::kUnion)) return type.is(kind);
  return std::ranges::any_of(type.members, [kind](const Type* member) { return member->is(kind); });
}

TypeArena::TypeArena() : arena_(1U << 16U) {
  for (std::size_t kind = 0; kind <= static_cast<std::size_t>(TypeKind::kAnyObject); ++kind) {
    keywords_.push_back(Type{.kind = static_cast<TypeKind>(kind)});
  }
}

Type* TypeArena::make(TypeKind kind) { return text::make<Type>(arena_, Type{.kind = kind}); }

const Type& TypeArena::literal(TypeKind kind, std::string_view text) {
  const auto known = literals_.find({kind, text});
  if (known != literals_.end()) return *known->second;
  Type* made = make(kind);
  made->text = keep(text);
  literals_.emplace(std::pair(kind, made->text), made);
  return *made;
}

const Type& TypeArena::unreadable(std::string_view reason, Span span) {
  Type* made = make(TypeKind::kUnreadable);
  made->text = keep(reason);
  made->span = span;
  return *made;
}

const Type& TypeArena::nominal(std::string_view name, const std::vector<const Type*>& arguments) {
  Type* made = make(TypeKind::kNominal);
  made->text = keep(name);
  made->members = keep(arguments);
  return *made;
}

const Type& TypeArena::array(const Type& element, bool is_readonly) {
  Type* made = make(TypeKind::kArray);
  made->is_readonly = is_readonly;
  made->properties = keep(std::vector<Property>{Property{.type = &element}});
  return *made;
}

const Type& TypeArena::union_of(const std::vector<const Type*>& members, Span span) {
  std::vector<const Type*> flat;
  std::unordered_set<const Type*> seen;
  std::vector<bool> keywords(keywords_.size());
  const auto has = [&keywords](TypeKind kind) { return keywords[static_cast<std::size_t>(kind)]; };
  const Type* unreadable_member = nullptr;
  bool has_true = false;
  bool has_false = false;
  const auto add = [&](const Type* type) {
    if (type->is(TypeKind::kUnreadable) && unreadable_member == nullptr) unreadable_member = type;
    if (type->is(TypeKind::kBooleanLiteral)) (type->text == "true" ? has_true : has_false) = true;
    if (static_cast<std::size_t>(type->kind) < keywords.size()) keywords[static_cast<std::size_t>(type->kind)] = true;
    if (!type->is(TypeKind::kNever) && seen.insert(type).second) flat.push_back(type);
  };
  for (const Type* member : members) {
    if (member->is(TypeKind::kUnion)) {
      for (const Type* inner : member->members) add(inner);
    } else {
      add(member);
    }
    if (flat.size() > kMaxUnion) return unreadable("it is a union of too many members", span);
  }
  if (has(TypeKind::kAny)) return keyword(TypeKind::kAny);
  if (unreadable_member != nullptr) return *unreadable_member;
  if (has(TypeKind::kUnknown)) return keyword(TypeKind::kUnknown);
  if (has_true && has_false && !has(TypeKind::kBoolean)) {
    flat.push_back(&keyword(TypeKind::kBoolean));
    keywords[static_cast<std::size_t>(TypeKind::kBoolean)] = true;
  }
  std::erase_if(flat, [&](const Type* type) {
    const TypeKind swallows = keyword_of(*type);
    return swallows != TypeKind::kAny && has(swallows);
  });
  if (flat.empty()) return keyword(TypeKind::kNever);
  if (flat.size() == 1) return *flat.front();
  if (members.size() == 1 && members.front()->is(TypeKind::kUnion)) return *members.front();
  Type* made = make(TypeKind::kUnion);
  made->members = keep(flat);
  made->span = span;
  // The compiler remembers unions by their names where they do not overlap (getUnionType, createOriginUnionOrIntersectionType).
  std::vector<const Type*> named;
  std::unordered_set<const Type*> in_named;
  std::size_t named_members = 0;
  const auto add_named = [&](const Type* type) {
    if (std::ranges::find(named, type) != named.end()) return;
    named.push_back(type);
    named_members += type->members.size();
    in_named.insert(type->members.begin(), type->members.end());
  };
  for (const Type* member : members) {
    if (!member->is(TypeKind::kUnion)) continue;
    if (!member->name.empty()) {
      add_named(member);
    } else {
      for (const Type* inner : member->origin) {
        if (inner->is(TypeKind::kUnion)) add_named(inner);
      }
    }
  }
  if (!named.empty()) {
    std::vector<const Type*> origin = named;
    for (const Type* type : flat) {
      if (!in_named.contains(type)) origin.push_back(type);
    }
    if (named_members + (origin.size() - named.size()) == flat.size()) made->origin = keep(origin);
  }
  return *made;
}

const Type& TypeArena::non_nullable(const Type& type) {
  if (!type.is(TypeKind::kUnion)) {
    const bool nothing = type.is(TypeKind::kNull) || type.is(TypeKind::kUndefined);
    return nothing ? keyword(TypeKind::kNever) : type;
  }
  std::vector<const Type*> rest;
  for (const Type* member : type.members) {
    if (!member->is(TypeKind::kNull) && !member->is(TypeKind::kUndefined)) rest.push_back(member);
  }
  return rest.size() == type.members.size() ? type : union_of(rest, type.span);
}

const Type& TypeArena::read_type(const Property& property) {
  return property.optional ? with(*property.type, TypeKind::kUndefined) : *property.type;
}

}  // namespace drizzle_audit::types
