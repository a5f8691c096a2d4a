// See assignable.h. After checker.ts of TypeScript 5.9 (isRelatedTo, structuredTypeRelatedTo); where the compiler would look further than
// this does, the answer is unknown.
#include "types/assignable.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "types/print_type.h"

namespace drizzle_audit::types {
namespace {

constexpr int kMaxDepth = 60;
constexpr std::uint64_t kMaxSteps = 500'000;

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

/// All properties optional and nothing else: such a target wants at least one property in common (isWeakType).
bool is_weak(const Type& type) {
  if (type.is(TypeKind::kIntersection)) return std::ranges::all_of(type.members, [](const Type* member) { return is_weak(*member); });
  return type.is(TypeKind::kObject) && type.incomplete == nullptr && !type.properties.empty() && type.string_index == nullptr &&
         type.number_index == nullptr && std::ranges::all_of(type.properties, &Property::optional);
}

/// What every object has: `{}`.
bool is_empty_object(const Type& type) {
  return type.is(TypeKind::kObject) && type.incomplete == nullptr && type.properties.empty() && type.string_index == nullptr &&
         type.number_index == nullptr;
}

bool has_interface(const Type& type) {
  if (type.is_interface) return true;
  return type.is(TypeKind::kIntersection) && std::ranges::any_of(type.members, [](const Type* member) { return has_interface(*member); });
}

/// Every name that lib.es2024 gives a member of strings, numbers, booleans, bigints, dates or arrays.
constexpr auto kMembers = std::to_array<std::string_view>({"length",
                                                           "at",
                                                           "charAt",
                                                           "charCodeAt",
                                                           "codePointAt",
                                                           "concat",
                                                           "endsWith",
                                                           "includes",
                                                           "indexOf",
                                                           "isWellFormed",
                                                           "lastIndexOf",
                                                           "localeCompare",
                                                           "match",
                                                           "matchAll",
                                                           "normalize",
                                                           "padEnd",
                                                           "padStart",
                                                           "repeat",
                                                           "replace",
                                                           "replaceAll",
                                                           "search",
                                                           "slice",
                                                           "split",
                                                           "startsWith",
                                                           "substr",
                                                           "substring",
                                                           "toLocaleLowerCase",
                                                           "toLocaleUpperCase",
                                                           "toLowerCase",
                                                           "toString",
                                                           "toUpperCase",
                                                           "toWellFormed",
                                                           "trim",
                                                           "trimEnd",
                                                           "trimLeft",
                                                           "trimRight",
                                                           "trimStart",
                                                           "valueOf",
                                                           "anchor",
                                                           "big",
                                                           "blink",
                                                           "bold",
                                                           "fixed",
                                                           "fontcolor",
                                                           "fontsize",
                                                           "italics",
                                                           "link",
                                                           "small",
                                                           "strike",
                                                           "sub",
                                                           "sup",
                                                           "toExponential",
                                                           "toFixed",
                                                           "toLocaleString",
                                                           "toPrecision",
                                                           "toDateString",
                                                           "toTimeString",
                                                           "toLocaleDateString",
                                                           "toLocaleTimeString",
                                                           "toUTCString",
                                                           "toISOString",
                                                           "toJSON",
                                                           "pop",
                                                           "push",
                                                           "join",
                                                           "reverse",
                                                           "shift",
                                                           "sort",
                                                           "splice",
                                                           "unshift",
                                                           "every",
                                                           "some",
                                                           "forEach",
                                                           "map",
                                                           "filter",
                                                           "reduce",
                                                           "reduceRight",
                                                           "find",
                                                           "findIndex",
                                                           "findLast",
                                                           "findLastIndex",
                                                           "fill",
                                                           "copyWithin",
                                                           "entries",
                                                           "keys",
                                                           "values",
                                                           "flatMap",
                                                           "flat",
                                                           "toReversed",
                                                           "toSorted",
                                                           "toSpliced",
                                                           "with",
                                                           "constructor",
                                                           "hasOwnProperty",
                                                           "isPrototypeOf",
                                                           "propertyIsEnumerable",
                                                           "toLocaleString"});

/// Whether a primitive value, array or class may have such a member. Of other classes than Date nothing is known.
bool may_have(const Type& source, std::string_view property) {
  if (source.is(TypeKind::kNominal) && source.text != "Date") return true;
  if (source.is(TypeKind::kFunction)) return true;
  if (property.starts_with("get") || property.starts_with("set")) return source.is(TypeKind::kNominal);
  return std::ranges::find(kMembers, property) != kMembers.end() || property.find_first_not_of("0123456789") == std::string_view::npos;
}

struct Outcome {
  Verdict verdict = Verdict::kYes;
  std::string path;
  const Type* source = nullptr;
  const Type* target = nullptr;
  std::string reason;
  Span span;
};

Outcome yes() { return {}; }
Outcome no(const Type* source, const Type* target) {
  return {.verdict = Verdict::kNo, .path = {}, .source = source, .target = target, .reason = {}, .span = {}};
}
Outcome unknown(std::string_view reason, Span span = {}) {
  return {.verdict = Verdict::kUnknown, .path = {}, .source = nullptr, .target = nullptr, .reason = std::string(reason), .span = span};
}

Outcome under(Outcome outcome, std::string_view step) {
  if (outcome.verdict == Verdict::kYes) return outcome;
  const bool joined = outcome.path.empty() || outcome.path.starts_with('[');
  outcome.path = std::string(step) + (joined ? "" : ".") + outcome.path;
  return outcome;
}

/// The first No, else the first unknown, else Yes.
class All {
 public:
  /// False when the answer is settled.
  bool add(Outcome outcome) {
    if (outcome.verdict == Verdict::kNo || (outcome.verdict == Verdict::kUnknown && result_.verdict == Verdict::kYes)) {
      result_ = std::move(outcome);
    }
    return result_.verdict != Verdict::kNo;
  }
  [[nodiscard]] const Outcome& result() const { return result_; }

 private:
  Outcome result_;
};

class Comparison {
 public:
  Outcome relate(const Type& source, const Type& target);
  Outcome relate(const Property& source, const Property& target);

 private:
  Outcome relate_inside(const Type& source, const Type& target);
  Outcome from_union(const Type& source, const Type& target);
  Outcome to_union(const Type& source, const Type& target);
  Outcome to_discriminated(const Type& source, const Type& target);
  Outcome to_primitive(const Type& source, const Type& target);
  Outcome to_object(const Type& source, const Type& target);
  Outcome to_list(const Type& source, const Type& target);
  Outcome to_nominal(const Type& source, const Type& target);
  Outcome to_function(const Type& source, const Type& target);
  Outcome to_index(const Type& source, const Type& target);
  Outcome to_template(const Type& source, const Type& target);

  std::uint64_t steps_ = 0;
  int depth_ = 0;
  std::map<std::pair<const Type*, const Type*>, Verdict> known_;  // kUnknown: being worked out, taken to hold
};

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

Outcome Comparison::to_object(const Type& source, const Type& target) {
  if (is_empty_object(target)) return yes();
  if (source.is(TypeKind::kAnyObject)) {
    const bool needs =
        target.string_index != nullptr || std::ranges::any_of(target.properties, [](const Property& p) { return !p.optional; });
    return needs ? no(&source, &target) : unknown("`object` is not compared with it");
  }
  const bool listed = source.is(TypeKind::kObject) || source.is(TypeKind::kIntersection);
  if (!listed) {
    if (is_weak(target) && !source.is(TypeKind::kFunction)) {
      const bool common = std::ranges::any_of(target.properties, [&](const Property& p) { return may_have(source, p.name); });
      if (!common) return no(&source, &target);
    }
    if (target.string_index != nullptr) {
      // No array, class or primitive has an implicit index signature; one of `any` takes every object.
      const bool any = target.string_index->type->is(TypeKind::kAny) && target.properties.empty();
      return any && is_objectlike(source) ? yes() : no(&source, &target);
    }
    for (const Property& property : target.properties) {
      if (!property.optional && !may_have(source, property.name)) return no(&source, &target);
    }
    if (target.incomplete != nullptr) return unknown(target.incomplete->reason, target.incomplete->span);
    return unknown("the members of " + print_type(source) + " are not compared", source.span);
  }
  All all;
  bool common = false;
  for (const Property& wanted : target.properties) {
    if (++steps_ > kMaxSteps) return unknown("it takes too much to compare them");
    const Property* found = find_property(source, wanted.name);
    if (found == nullptr) {
      if (wanted.optional) continue;
      if (source.incomplete != nullptr) {
        all.add(under(unknown(source.incomplete->reason, source.incomplete->span), wanted.name));
      } else if (!all.add(under(no(nullptr, wanted.type), wanted.name))) {
        break;
      }
      continue;
    }
    common = true;
    Outcome part = relate(*found, wanted);
    if (!all.add(under(std::move(part), wanted.name))) break;
  }
  if (all.result().verdict == Verdict::kNo) return all.result();
  if (is_weak(target) && !common && !source.properties.empty()) {
    return source.incomplete != nullptr ? unknown(source.incomplete->reason, source.incomplete->span) : no(&source, &target);
  }
  if (target.string_index != nullptr || target.number_index != nullptr) all.add(to_index(source, target));
  if (target.incomplete != nullptr) all.add(unknown(target.incomplete->reason, target.incomplete->span));
  if (source.incomplete != nullptr && is_weak(target)) all.add(unknown(source.incomplete->reason, source.incomplete->span));
  return all.result();
}

Outcome Comparison::to_index(const Type& source, const Type& target) {
  if (target.number_index != nullptr && target.string_index == nullptr) {
    if (source.number_index != nullptr) return under(relate(*source.number_index->type, *target.number_index->type), "[]");
    return unknown("index signatures by number are not compared", target.span);
  }
  const Type& wanted = *target.string_index->type;
  if (wanted.is(TypeKind::kAny)) return yes();
  if (source.string_index != nullptr) return under(relate(*source.string_index->type, wanted), "[]");
  if (has_interface(source)) return no(&source, &target);  // no implicit index signature
  if (source.incomplete != nullptr) return unknown(source.incomplete->reason, source.incomplete->span);
  All all;
  for (const Property& property : source.properties) {
    Property value = property;
    value.optional = false;
    // membersRelatedToIndexer takes `undefined` off what is read, unless that is all there is.
    Property target_value;
    target_value.type = &wanted;
    target_value.optional = has_member(*property.type, TypeKind::kUndefined) && property.type->is(TypeKind::kUnion);
    if (!all.add(under(relate(value, target_value), property.name))) break;
  }
  return all.result();
}

Outcome Comparison::to_list(const Type& source, const Type& target) {
  const bool from_list = source.is(TypeKind::kArray) || source.is(TypeKind::kTuple);
  if (!from_list) return source.is(TypeKind::kNominal) ? unknown("the members of classes are not compared") : no(&source, &target);
  if (source.is_readonly && !target.is_readonly) return no(&source, &target);
  if (target.is(TypeKind::kArray)) {
    const Property& wanted = target.properties.front();
    All all;
    for (const Property& element : source.properties) {
      Property read = element;
      read.rest = false;
      if (!all.add(under(relate(read, wanted), "[]"))) break;
    }
    return all.result();
  }
  if (source.is(TypeKind::kArray)) return no(&source, &target);
  const auto has_rest = [](const Type& tuple) { return std::ranges::any_of(tuple.properties, &Property::rest); };
  if (has_rest(source) || has_rest(target)) return unknown("tuples of open length are not compared", target.span);
  if (source.properties.size() > target.properties.size()) return no(&source, &target);
  All all;
  for (std::size_t i = 0; i < target.properties.size(); ++i) {
    const Property& wanted = target.properties[i];
    if (i >= source.properties.size()) {
      if (!wanted.optional) return no(&source, &target);
      continue;
    }
    if (source.properties[i].optional && !wanted.optional) return no(&source, &target);
    if (!all.add(under(relate(source.properties[i], wanted), "[" + std::to_string(i) + "]"))) break;
  }
  return all.result();
}

Outcome Comparison::to_nominal(const Type& source, const Type& target) {
  if (is_primitive(source)) return no(&source, &target);
  if (!source.is(TypeKind::kNominal)) {
    if (source.is(TypeKind::kFunction) && target.text == "Date") return no(&source, &target);
    // An object literal type has hardly the dozens of methods that these classes have.
    if (source.is(TypeKind::kObject) && source.incomplete == nullptr && source.properties.size() < 8) return no(&source, &target);
    if (source.is(TypeKind::kObject) && source.incomplete == nullptr && target.text == "Date" &&
        find_property(source, "getTime") == nullptr)
      return no(&source, &target);
    if (source.is(TypeKind::kArray) || source.is(TypeKind::kTuple)) return no(&source, &target);
    return unknown("the members of classes are not compared", source.span);
  }
  if (source.text == target.text) {
    if (source.members.size() != target.members.size()) return unknown("their type arguments are not compared");
    All all;
    for (std::size_t i = 0; i < source.members.size(); ++i) {
      const Outcome there = relate(*source.members[i], *target.members[i]);
      const Outcome back = relate(*target.members[i], *source.members[i]);
      if (there.verdict != Verdict::kYes || back.verdict != Verdict::kYes) return unknown("their type arguments are not compared");
    }
    return yes();
  }
  if (source.text == "Buffer" && target.text == "Uint8Array") return yes();
  if (source.text == "Uint8Array" && target.text == "Buffer") return no(&source, &target);
  if ((source.text == "Date") != (target.text == "Date")) return no(&source, &target);
  return unknown("the members of classes are not compared");
}

Outcome Comparison::to_function(const Type& source, const Type& target) {
  if (is_primitive(source) || source.is(TypeKind::kArray) || source.is(TypeKind::kTuple)) return no(&source, &target);
  if (source.is(TypeKind::kObject) && source.incomplete == nullptr) return no(&source, &target);
  if (source.is(TypeKind::kNominal)) return source.text == "Date" ? no(&source, &target) : unknown("functions are not compared");
  return print_type(source) == print_type(target) ? yes() : unknown("functions are not compared");
}

Assignability result_of(const Outcome& outcome) {
  return {.verdict = outcome.verdict,
          .path = outcome.path,
          .source = outcome.source,
          .target = outcome.target,
          .reason = outcome.reason,
          .span = outcome.span};
}

}  // namespace

Assignability assignable(const Type& source, const Type& target) { return result_of(Comparison().relate(source, target)); }

Assignability assignable(const Property& source, const Property& target) { return result_of(Comparison().relate(source, target)); }

}  // namespace drizzle_audit::types
