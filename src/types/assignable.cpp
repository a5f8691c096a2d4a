// See assignable.h. The rules are those of the compiler's isTypeAssignableTo() as far as they matter between rows and hand-written types;
// where its answer depends on what is not modelled here (overloads, discriminated unions, template literals) the verdict is unknown.
#include "types/assignable.h"

#include <algorithm>
#include <set>
#include <utility>

namespace drizzle_audit::types {
namespace {

constexpr int kDeepestRelation = 60;
constexpr unsigned kMostSteps = 200'000;

Verdict both(Verdict a, Verdict b) {
  if (a == Verdict::kNo || b == Verdict::kNo) return Verdict::kNo;
  return a == Verdict::kUnknown || b == Verdict::kUnknown ? Verdict::kUnknown : Verdict::kYes;
}

bool is_object(const Type& type) { return type.is(TypeKind::kObject) || type.is(TypeKind::kIntersection); }
bool is_list(const Type& type) { return type.is(TypeKind::kArray) || type.is(TypeKind::kTuple); }

bool is_primitive(const Type& type) {
  switch (type.kind) {
    case TypeKind::kString:
    case TypeKind::kNumber:
    case TypeKind::kBigInt:
    case TypeKind::kBoolean:
    case TypeKind::kSymbol:
    case TypeKind::kStringLiteral:
    case TypeKind::kNumberLiteral:
    case TypeKind::kBigIntLiteral:
    case TypeKind::kBooleanLiteral:
    case TypeKind::kEnumMember:
    case TypeKind::kTemplate: return true;
    default: return false;
  }
}

/// The keyword that a literal belongs to; the type's own kind otherwise.
TypeKind widened(const Type& type) {
  switch (type.kind) {
    case TypeKind::kStringLiteral:
    case TypeKind::kTemplate: return TypeKind::kString;
    case TypeKind::kNumberLiteral: return TypeKind::kNumber;
    case TypeKind::kBigIntLiteral: return TypeKind::kBigInt;
    case TypeKind::kBooleanLiteral: return TypeKind::kBoolean;
    case TypeKind::kEnumMember: return type.members.empty() ? TypeKind::kNumber : widened(*type.members.front());
    default: return type.kind;
  }
}

class TypeRelation {
 public:
  Verdict related(const Type& source, const Type& target, int depth);
  Verdict properties_related(const Property& source, const Property& target, int depth);
  Assignability result(Verdict verdict) {
    found_.verdict = verdict;
    if (verdict != Verdict::kUnknown) {
      found_.reason.clear();
      found_.span = {};
    } else if (found_.reason.empty()) {
      found_.reason = "the types are too large to compare";
    }
    if (verdict != Verdict::kNo) {
      found_.source = nullptr;
      found_.target = nullptr;
      found_.path.clear();
    }
    return std::move(found_);
  }

 private:
  Verdict unknown(std::string reason, Span span = {}) {
    if (found_.reason.empty()) {
      found_.reason = std::move(reason);
      found_.span = span;
    }
    return Verdict::kUnknown;
  }
  Verdict differs(const Type* source, const Type* target) {
    if (found_.source == nullptr && found_.target == nullptr) {
      found_.source = source;
      found_.target = target;
      found_.path = path_;
    }
    return Verdict::kNo;
  }
  Verdict to_union(const Type& source, const Type& target, int depth);
  Verdict from_intersection(const Type& source, const Type& target, int depth);
  Verdict primitives(const Type& source, const Type& target);
  Verdict lists(const Type& source, const Type& target, int depth);
  Verdict objects(const Type& source, const Type& target, int depth);
  Verdict index_related(const Type& source, const Type& target, int depth);
  Verdict inside(std::string_view name, const Property& source, const Property& target, int depth);

  std::set<std::pair<const Type*, const Type*>> open_;  // assumed to hold while they are being asked
  Assignability found_;
  std::string path_;
  unsigned steps_ = 0;
};

Verdict TypeRelation::related(const Type& source, const Type& target, int depth) {
  if (&source == &target) return source.is(TypeKind::kUnreadable) ? unknown(std::string(source.text), source.span) : Verdict::kYes;
  if (depth > kDeepestRelation || ++steps_ > kMostSteps) return unknown("the types are too large to compare");
  if (target.is(TypeKind::kAny) || target.is(TypeKind::kUnknown)) return Verdict::kYes;
  if (source.is(TypeKind::kNever)) return Verdict::kYes;
  for (const Type* side : {&source, &target}) {
    if (side->is(TypeKind::kUnreadable)) return unknown(std::string(side->text), side->span);
    if (side->is(TypeKind::kParameter)) return unknown("it depends on a type parameter", side->span);
  }
  if (source.is(TypeKind::kAny)) return target.is(TypeKind::kNever) ? differs(&source, &target) : Verdict::kYes;
  if (source.is(TypeKind::kUnion)) {
    Verdict all = Verdict::kYes;
    for (const Type* member : source.members) {
      all = both(all, related(*member, target, depth + 1));
      if (all == Verdict::kNo) return all;
    }
    return all;
  }
  if (target.is(TypeKind::kUnion)) return to_union(source, target, depth);
  if (target.is(TypeKind::kIntersection)) {
    Verdict all = Verdict::kYes;
    for (const Type* member : target.members) {
      all = both(all, related(source, *member, depth + 1));
      if (all == Verdict::kNo) return all;
    }
    return all;
  }
  if (source.is(TypeKind::kIntersection)) return from_intersection(source, target, depth);
  if (source.is(TypeKind::kUndefined) && target.is(TypeKind::kVoid)) return Verdict::kYes;
  if (target.is(TypeKind::kAnyObject)) {
    const bool is_one = is_object(source) || is_list(source) || source.is(TypeKind::kFunction) || source.is(TypeKind::kNominal) ||
                        source.is(TypeKind::kAnyObject);
    return is_one ? Verdict::kYes : differs(&source, &target);
  }
  if (is_primitive(source) && is_primitive(target)) return primitives(source, target);
  if (is_list(source) && is_list(target)) return lists(source, target, depth);
  if (target.is(TypeKind::kObject)) {
    if (source.is(TypeKind::kObject)) return objects(source, target, depth);
    const bool is_empty = target.properties.empty() && target.string_index == nullptr && target.number_index == nullptr;
    if (source.is(TypeKind::kNull) || source.is(TypeKind::kUndefined) || source.is(TypeKind::kVoid) || source.is(TypeKind::kUnknown))
      return differs(&source, &target);
    if (is_empty)
      return target.incomplete != nullptr ? unknown(std::string(target.incomplete->reason), target.incomplete->span) : Verdict::kYes;
    if (is_primitive(source)) return differs(&source, &target);
    return unknown("the members of built-in objects are not worked out", target.span);
  }
  if (source.is(TypeKind::kNominal) && target.is(TypeKind::kNominal)) {
    if (source.text != target.text) {
      if (source.text == "Date" || target.text == "Date") return differs(&source, &target);
      return unknown("the members of built-in objects are not worked out", target.span);
    }
    if (source.members.size() != target.members.size()) return unknown("a built-in type has other arguments", target.span);
    Verdict all = Verdict::kYes;
    for (std::size_t i = 0; i < source.members.size(); ++i) all = both(all, related(*source.members[i], *target.members[i], depth + 1));
    return all == Verdict::kNo ? unknown("a built-in type has other arguments", target.span) : all;
  }
  if (source.is(TypeKind::kFunction) && target.is(TypeKind::kFunction)) return unknown("functions are not compared", target.span);
  if (source.kind == target.kind) return Verdict::kYes;  // keywords
  if (target.is(TypeKind::kNominal) && (source.is(TypeKind::kObject) || source.is(TypeKind::kFunction)) && target.text != "Date")
    return unknown("the members of built-in objects are not worked out", target.span);
  return differs(&source, &target);
}

Verdict TypeRelation::to_union(const Type& source, const Type& target, int depth) {
  if (source.is(TypeKind::kBoolean)) {
    bool is_true = false;
    bool is_false = false;
    for (const Type* member : target.members) {
      if (member->is(TypeKind::kBoolean)) return Verdict::kYes;
      if (member->is(TypeKind::kBooleanLiteral)) (member->text == "true" ? is_true : is_false) = true;
    }
    if (is_true && is_false) return Verdict::kYes;
  }
  const std::string path = path_;
  bool any_unknown = false;
  std::size_t object_members = 0;
  for (const Type* member : target.members) {
    if (is_object(*member)) ++object_members;
    const Verdict verdict = related(source, *member, depth + 1);
    if (verdict == Verdict::kYes) return verdict;
    any_unknown = any_unknown || verdict == Verdict::kUnknown;
  }
  if (any_unknown) return Verdict::kUnknown;
  // { kind: "a" | "b" } may fit a union of one type for each: the compiler splits it up.
  const bool may_be_split =
      object_members > 1 && is_object(source) &&
      std::any_of(source.properties.begin(), source.properties.end(), [](const Property& property) {
        return property.type != nullptr && (property.type->is(TypeKind::kUnion) || property.type->is(TypeKind::kBoolean));
      });
  if (may_be_split) return unknown("unions of objects are not split up", source.span);
  path_ = path;
  found_.source = nullptr;
  found_.target = nullptr;
  return differs(&source, &target);
}

Verdict TypeRelation::from_intersection(const Type& source, const Type& target, int depth) {
  bool any_unknown = false;
  bool all_objects = true;
  for (const Type* member : source.members) {
    all_objects = all_objects && is_object(*member);
    const Verdict verdict = related(*member, target, depth + 1);
    if (verdict == Verdict::kYes) return verdict;
    any_unknown = any_unknown || verdict == Verdict::kUnknown;
  }
  if (all_objects && target.is(TypeKind::kObject)) {
    found_.source = nullptr;
    found_.target = nullptr;
    return objects(source, target, depth);
  }
  if (any_unknown) return Verdict::kUnknown;
  if (target.is(TypeKind::kObject)) return unknown("intersections with other types than objects are not taken apart", source.span);
  return differs(&source, &target);
}

Verdict TypeRelation::primitives(const Type& source, const Type& target) {
  if (source.is(TypeKind::kEnumMember) && target.is(TypeKind::kEnumMember)) {
    if (source.owner == target.owner && source.text == target.text) return Verdict::kYes;
    return source.owner == target.owner ? differs(&source, &target) : unknown("two enums are not compared", target.span);
  }
  if (source.is(TypeKind::kEnumMember) && target.is_literal()) {
    if (source.members.empty()) return unknown("the value of an enum's member is not known", source.span);
    return source.members.front() == &target ? Verdict::kYes : differs(&source, &target);
  }
  if (target.is(TypeKind::kEnumMember)) {
    if (widened(target) == TypeKind::kNumber && widened(source) == TypeKind::kNumber)
      return unknown("numbers and enums of numbers are not compared", target.span);
    return differs(&source, &target);
  }
  if (target.is(TypeKind::kTemplate)) {
    if (source.is(TypeKind::kStringLiteral) || source.is(TypeKind::kTemplate))
      return unknown("texts are not matched with template literals", target.span);
    return differs(&source, &target);
  }
  if (target.is_literal()) return differs(&source, &target);  // an equal literal is the same pointer
  return widened(source) == target.kind ? Verdict::kYes : differs(&source, &target);
}

Verdict TypeRelation::lists(const Type& source, const Type& target, int depth) {
  if (source.is_readonly && !target.is_readonly) return differs(&source, &target);
  const auto is_plain = [](const Type& type) {
    return std::none_of(type.properties.begin(), type.properties.end(),
                        [](const Property& element) { return element.rest || element.optional; });
  };
  Verdict all = Verdict::kYes;
  if (target.is(TypeKind::kArray)) {
    if (!is_plain(source)) return unknown("tuples with a rest are not compared", source.span);
    for (const Property& element : source.properties) all = both(all, inside("[]", element, target.properties.front(), depth));
    return all;
  }
  if (!source.is(TypeKind::kTuple)) return differs(&source, &target);
  if (!is_plain(source) || !is_plain(target)) return unknown("tuples with a rest are not compared", target.span);
  if (source.properties.size() != target.properties.size()) return differs(&source, &target);
  for (std::size_t i = 0; i < source.properties.size(); ++i)
    all = both(all, inside("[" + std::to_string(i) + "]", source.properties[i], target.properties[i], depth));
  return all;
}

Verdict TypeRelation::inside(std::string_view name, const Property& source, const Property& target, int depth) {
  const std::size_t length = path_.size();
  if (!path_.empty() && !name.starts_with('[')) path_ += '.';
  path_ += name;
  const Verdict verdict = properties_related(source, target, depth + 1);
  path_.resize(length);
  return verdict;
}

Verdict TypeRelation::properties_related(const Property& source, const Property& target, int depth) {
  if (source.type == nullptr || target.type == nullptr) return unknown("a property was not worked out", target.span);
  // What may be left out is undefined when it is read.
  if (source.optional && !target.optional && !has_member(*target.type, TypeKind::kUndefined) && !target.type->is(TypeKind::kAny) &&
      !target.type->is(TypeKind::kUnknown)) {
    if (target.type->is(TypeKind::kUnreadable)) return unknown(std::string(target.type->text), target.type->span);
    return differs(source.type, target.type);
  }
  if (target.optional && !source.type->is(TypeKind::kUnion) && source.type->is(TypeKind::kUndefined)) return Verdict::kYes;
  if (target.optional && source.type->is(TypeKind::kUnion) && has_member(*source.type, TypeKind::kUndefined)) {
    Verdict all = Verdict::kYes;
    for (const Type* member : source.type->members) {
      if (!member->is(TypeKind::kUndefined)) all = both(all, related(*member, *target.type, depth));
    }
    return all;
  }
  return related(*source.type, *target.type, depth);
}

Verdict TypeRelation::objects(const Type& source, const Type& target, int depth) {
  if (!open_.insert({&source, &target}).second) return Verdict::kYes;
  Verdict all = Verdict::kYes;
  bool shares = false;
  bool all_optional = !target.properties.empty();
  for (const Property& wanted : target.properties) {
    if (!wanted.optional) all_optional = false;
    const Property* has = find_property(source, wanted.name);
    if (has == nullptr) {
      if (wanted.optional) continue;
      if (source.incomplete != nullptr) all = both(all, unknown(std::string(source.incomplete->reason), source.incomplete->span));
      else all = differs(nullptr, wanted.type);
    } else {
      shares = true;
      if (has->optional && !wanted.optional) all = differs(has->type, wanted.type);
      else all = both(all, inside(wanted.name, *has, wanted, depth));
    }
    if (all == Verdict::kNo) break;
  }
  // Nothing in common with a type that demands nothing is taken for a mistake.
  if (all != Verdict::kNo && all_optional && !shares && !source.properties.empty() && target.string_index == nullptr) {
    all =
        source.incomplete != nullptr ? unknown(std::string(source.incomplete->reason), source.incomplete->span) : differs(&source, &target);
  }
  if (all != Verdict::kNo) all = both(all, index_related(source, target, depth));
  if (all == Verdict::kYes && target.incomplete != nullptr) all = unknown(std::string(target.incomplete->reason), target.incomplete->span);
  open_.erase({&source, &target});
  return all;
}

Verdict TypeRelation::index_related(const Type& source, const Type& target, int depth) {
  const Property* wanted = target.string_index != nullptr ? target.string_index : target.number_index;
  if (wanted == nullptr || wanted->type->is(TypeKind::kAny)) return Verdict::kYes;
  if (target.string_index == nullptr) return unknown("index signatures of numbers are not compared", target.span);
  if (source.string_index != nullptr) {
    const Verdict verdict = inside("[]", *source.string_index, *wanted, depth);
    if (verdict != Verdict::kYes) return verdict;
  } else if (source.is_interface) {
    return differs(&source, &target);  // an interface may be added to
  } else if (source.is(TypeKind::kIntersection)) {
    for (const Type* member : source.members) {
      if (member->is_interface) return differs(&source, &target);
    }
  }
  Verdict all = Verdict::kYes;
  for (const Property& property : source.properties) all = both(all, inside(property.name, property, *wanted, depth));
  if (all == Verdict::kYes && source.incomplete != nullptr) return unknown(std::string(source.incomplete->reason), source.incomplete->span);
  return all;
}

}  // namespace

Assignability assignable(const Type& source, const Type& target) {
  TypeRelation relation;
  return relation.result(relation.related(source, target, 0));
}

Assignability assignable(const Property& source, const Property& target) {
  TypeRelation relation;
  return relation.result(relation.properties_related(source, target, 0));
}

}  // namespace drizzle_audit::types
