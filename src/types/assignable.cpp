// See assignable.h. After checker.ts of TypeScript 5.9 (isRelatedTo, structuredTypeRelatedTo); where the compiler would look further than
// this does, the answer is unknown. Here: unions, intersections, primitives.
#include "types/assignable.h"

#include <algorithm>
#include <vector>

#include "types/comparison.h"
#include "types/print_type.h"

namespace drizzle_audit::types {
namespace comparison {
namespace {

TypeKind base_keyword(const Type& type) {
  switch (type.kind) {
    case TypeKind::kStringLiteral:
    case TypeKind::kTemplate: return TypeKind::kString;
    case TypeKind::kNumberLiteral: return TypeKind::kNumber;
    case TypeKind::kBigIntLiteral: return TypeKind::kBigInt;
    case TypeKind::kBooleanLiteral: return TypeKind::kBoolean;
    default: return type.kind;
  }
}

}  // namespace

bool is_primitive(const Type& type) {
  switch (base_keyword(type)) {
    case TypeKind::kString:
    case TypeKind::kNumber:
    case TypeKind::kBigInt:
    case TypeKind::kBoolean:
    case TypeKind::kSymbol:
    case TypeKind::kEnumMember:
    case TypeKind::kNull:
    case TypeKind::kUndefined:
    case TypeKind::kVoid: return true;
    default: return false;
  }
}

bool is_objectlike(const Type& type) {
  switch (type.kind) {
    case TypeKind::kObject:
    case TypeKind::kArray:
    case TypeKind::kTuple:
    case TypeKind::kFunction:
    case TypeKind::kNominal:
    case TypeKind::kAnyObject: return true;
    case TypeKind::kIntersection: return std::ranges::none_of(type.members, [](const Type* member) { return is_primitive(*member); });
    default: return false;
  }
}

bool is_weak(const Type& type) {
  if (type.is(TypeKind::kIntersection)) return std::ranges::all_of(type.members, [](const Type* member) { return is_weak(*member); });
  return type.is(TypeKind::kObject) && type.incomplete == nullptr && !type.properties.empty() && type.string_index == nullptr &&
         type.number_index == nullptr && std::ranges::all_of(type.properties, &Property::optional);
}

Outcome Comparison::relate(const Type& source, const Type& target) {
  if (&source == &target && !source.is(TypeKind::kUnreadable)) return yes();
  if (++steps_ > kMaxSteps) return unknown("it takes too much to compare them");
  if (depth_ >= kMaxDepth) return unknown("they are nested too deeply");
  const bool remember = is_objectlike(source) && is_objectlike(target);
  if (remember) {
    const auto [entry, added] = known_.try_emplace({&source, &target}, Verdict::kUnknown);
    if (!added) {
      // What is being worked out holds until something speaks against it: so types that contain themselves come to an end.
      if (entry->second != Verdict::kNo) return yes();
      return no(&source, &target);
    }
  }
  ++depth_;
  Outcome outcome = relate_inside(source, target);
  --depth_;
  if (remember) {
    if (outcome.verdict == Verdict::kUnknown) known_.erase({&source, &target});
    else known_[{&source, &target}] = outcome.verdict;
  }
  return outcome;
}

Outcome Comparison::relate(const Property& source, const Property& target) {
  const auto takes_undefined = [](const Property& property) {
    return property.optional || has_member(*property.type, TypeKind::kUndefined) || property.type->is(TypeKind::kUnknown) ||
           property.type->is(TypeKind::kAny) || property.type->is(TypeKind::kVoid);
  };
  if (source.optional && !source.type->is(TypeKind::kUnreadable)) {
    if (target.type->is(TypeKind::kUnreadable)) return unknown(target.type->text, target.type->span);
    if (!takes_undefined(target)) return no(source.type, target.type);
  }
  if (!target.optional || source.type->is(TypeKind::kUnreadable)) return relate(*source.type, *target.type);
  // `undefined` may be among what is read, and the target takes it.
  if (source.type->is(TypeKind::kUndefined)) return yes();
  if (!has_member(*source.type, TypeKind::kUndefined)) return relate(*source.type, *target.type);
  All all;
  for (const Type* member : source.type->members) {
    if (!member->is(TypeKind::kUndefined) && !all.add(relate(*member, *target.type))) break;
  }
  return all.result();
}

Outcome Comparison::relate_inside(const Type& source, const Type& target) {
  if (target.is(TypeKind::kAny) || target.is(TypeKind::kUnknown)) {
    return yes();
  }
  if (source.is(TypeKind::kUnreadable)) return unknown(source.text, source.span);
  if (target.is(TypeKind::kUnreadable)) return unknown(target.text, target.span);
  if (source.is(TypeKind::kNever)) return yes();
  if (source.is(TypeKind::kAny)) return target.is(TypeKind::kNever) ? no(&source, &target) : yes();
  if (source.is(TypeKind::kParameter) || target.is(TypeKind::kParameter)) return unknown("a type parameter has no type");
  if (source.is(TypeKind::kUnion)) return from_union(source, target);
  if (target.is(TypeKind::kUnion)) return to_union(source, target);
  if (source.is(TypeKind::kUnknown) || target.is(TypeKind::kNever)) return no(&source, &target);
  if (target.is(TypeKind::kIntersection)) {
    All all;
    for (const Type* member : target.members) {
      if (!all.add(relate(source, *member))) break;
    }
    if (all.result().verdict == Verdict::kNo && all.result().path.empty()) return no(&source, &target);
    if (all.result().verdict == Verdict::kYes && is_weak(target) && is_objectlike(source)) return to_object(source, target);
    return all.result();
  }
  if (source.is(TypeKind::kIntersection)) {
    bool open = false;
    for (const Type* member : source.members) {
      Outcome part = relate(*member, target);
      if (part.verdict == Verdict::kYes) return part;
      open = open || part.verdict == Verdict::kUnknown;
    }
    if (target.is(TypeKind::kObject)) return to_object(source, target);
    if (open || source.incomplete != nullptr) return unknown("which part of an intersection fits is not worked out", source.span);
    return no(&source, &target);
  }
  if (is_primitive(target)) return to_primitive(source, target);
  if (source.is(TypeKind::kNull) || source.is(TypeKind::kUndefined) || source.is(TypeKind::kVoid)) return no(&source, &target);
  switch (target.kind) {
    case TypeKind::kAnyObject: return is_objectlike(source) ? yes() : no(&source, &target);
    case TypeKind::kObject: return to_object(source, target);
    case TypeKind::kArray:
    case TypeKind::kTuple: return to_list(source, target);
    case TypeKind::kNominal: return to_nominal(source, target);
    case TypeKind::kFunction: return to_function(source, target);
    default: return unknown("they are not compared");
  }
}

Outcome Comparison::from_union(const Type& source, const Type& target) {
  if (target.is(TypeKind::kUnion)) {
    // Sets of thousands of literals are compared by their pointers.
    std::vector<const Type*> members(target.members.begin(), target.members.end());
    std::ranges::sort(members);
    All all;
    for (const Type* member : source.members) {
      if (std::ranges::binary_search(members, member)) continue;
      if (!all.add(relate(*member, target))) break;
    }
    if (all.result().verdict == Verdict::kNo && all.result().path.empty()) return no(&source, &target);
    return all.result();
  }
  All all;
  for (const Type* member : source.members) {
    if (!all.add(relate(*member, target))) break;
  }
  if (all.result().verdict == Verdict::kNo && all.result().path.empty()) return no(&source, &target);
  return all.result();
}

Outcome Comparison::to_union(const Type& source, const Type& target) {
  if (source.is(TypeKind::kBoolean)) {
    All all;
    const Type yes_literal{.kind = TypeKind::kBooleanLiteral, .text = "true"};
    const Type no_literal{.kind = TypeKind::kBooleanLiteral, .text = "false"};
    for (const Type* half : {&yes_literal, &no_literal}) {
      bool found = false;
      for (const Type* member : target.members) found = found || relate(*half, *member).verdict == Verdict::kYes;
      if (!found) return no(&source, &target);
    }
    return yes();
  }
  const bool plain = source.is_literal() || static_cast<std::size_t>(source.kind) < static_cast<std::size_t>(TypeKind::kAnyObject);
  bool open = false;
  Outcome first_open;
  Outcome only;
  std::size_t candidates = 0;
  for (const Type* member : target.members) {
    if (member == &source) return yes();
    if (plain && member->is_literal() && member->kind != source.kind) continue;
    Outcome part = relate(source, *member);
    if (part.verdict == Verdict::kYes) return part;
    if (part.verdict == Verdict::kUnknown && !open) {
      open = true;
      first_open = std::move(part);
    } else if (is_objectlike(source) && is_objectlike(*member)) {
      ++candidates;
      only = std::move(part);
    }
  }
  if (open) return first_open;
  if (candidates == 1) return only;  // `Settings | null`: the place inside Settings
  if (candidates > 1 && (source.is(TypeKind::kObject) || source.is(TypeKind::kIntersection))) return to_discriminated(source, target);
  return no(&source, &target);
}

/// `{ kind: "a" | "b" }` fits `{ kind: "a" } | { kind: "b" }` (typeRelatedToDiscriminatedType): whether it does is not worked out where a
/// property of the source has several values.
Outcome Comparison::to_discriminated(const Type& source, const Type& target) {
  for (const Property& property : source.properties) {
    if (property.optional || property.type->is(TypeKind::kUnion) || property.type->is(TypeKind::kBoolean)) {
      return unknown("whether a union of objects takes all cases is not worked out", source.span);
    }
  }
  return no(&source, &target);
}

Outcome Comparison::to_primitive(const Type& source, const Type& target) {
  if (source.kind == target.kind && !source.is_literal() && !source.is(TypeKind::kEnumMember) && !source.is(TypeKind::kTemplate))
    return yes();
  if (target.is(TypeKind::kVoid)) return source.is(TypeKind::kUndefined) ? yes() : no(&source, &target);
  if (source.is_literal() && source.kind == target.kind) return source.text == target.text ? yes() : no(&source, &target);
  if (target.is(TypeKind::kTemplate)) return to_template(source, target);
  if (target.is(TypeKind::kEnumMember)) {
    if (source.is(TypeKind::kEnumMember)) {
      if (source.owner->span == target.owner->span) return source.text == target.text ? yes() : no(&source, &target);
      return no(&source, &target);
    }
    const bool numeric = target.members.empty() || target.members.front()->is(TypeKind::kNumberLiteral);
    if (!numeric) return no(&source, &target);
    if (source.is(TypeKind::kNumber)) return yes();
    if (source.is(TypeKind::kNumberLiteral)) {
      return target.members.empty() || target.members.front()->text == source.text ? yes() : no(&source, &target);
    }
    return no(&source, &target);
  }
  if (source.is(TypeKind::kEnumMember)) {
    if (source.members.empty()) return target.is(TypeKind::kNumber) ? yes() : no(&source, &target);
    if (target.is_literal())
      return source.members.front()->kind == target.kind && source.members.front()->text == target.text ? yes() : no(&source, &target);
    return base_keyword(*source.members.front()) == target.kind ? yes() : no(&source, &target);
  }
  if (target.is_literal()) return no(&source, &target);
  return base_keyword(source) == target.kind ? yes() : no(&source, &target);
}

Outcome Comparison::to_template(const Type& source, const Type& target) {
  if (source.is(TypeKind::kTemplate)) {
    return print_type(source) == print_type(target) ? yes() : unknown("template literal types are not compared", target.span);
  }
  if (!source.is(TypeKind::kStringLiteral)) return no(&source, &target);
  // One hole of any text between fixed parts; others need the compiler's own inference.
  std::string_view rest = source.text;
  bool wide = true;
  for (const Type* part : target.members) {
    if (part->is(TypeKind::kStringLiteral)) continue;
    wide = wide && part->is(TypeKind::kString);
  }
  if (!wide) return unknown("template literal types with numbers are not compared", target.span);
  bool anywhere = false;
  for (std::size_t i = 0; i < target.members.size(); ++i) {
    const Type& part = *target.members[i];
    if (!part.is(TypeKind::kStringLiteral)) {
      anywhere = true;
      continue;
    }
    if (i + 1 == target.members.size()) {
      if (!rest.ends_with(part.text)) return no(&source, &target);
      rest.remove_suffix(part.text.size());
      if (!anywhere && !rest.empty()) return no(&source, &target);
      return yes();
    }
    const std::size_t at = rest.find(part.text);
    if (at == std::string_view::npos || (!anywhere && at != 0)) return no(&source, &target);
    rest.remove_prefix(at + part.text.size());
    anywhere = false;
  }
  return yes();
}

}  // namespace comparison

namespace {

Assignability result_of(const comparison::Outcome& outcome) {
  return {.verdict = outcome.verdict,
          .path = outcome.path,
          .source = outcome.source,
          .target = outcome.target,
          .reason = outcome.reason,
          .span = outcome.span};
}

}  // namespace

Assignability assignable(const Type& source, const Type& target) { return result_of(comparison::Comparison().relate(source, target)); }

Assignability assignable(const Property& source, const Property& target) {
  return result_of(comparison::Comparison().relate(source, target));
}

}  // namespace drizzle_audit::types
