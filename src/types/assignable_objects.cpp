// Whether objects, lists, classes and functions are assignable: what assignable.cpp comes to when it is down to two of them.
#include <algorithm>
#include <array>
#include <string>

#include "types/comparison.h"
#include "types/print_type.h"

namespace drizzle_audit::types::comparison {
namespace {

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

}  // namespace

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

}  // namespace drizzle_audit::types::comparison
