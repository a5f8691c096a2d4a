// See compare.h.
#include "types/compare.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "types/assignable.h"
#include "types/print_type.h"
#include "types/row_type.h"

namespace drizzle_audit::types {
namespace {

constexpr std::size_t kMostDifferences = 12;
constexpr int kDeepestDifference = 6;
constexpr int kDeepestKind = 8;  // `type Json = string | Json[]` has no end

bool is_open(const Type& type) { return type.is(TypeKind::kAny) || type.is(TypeKind::kUnknown); }

ValueKind kind_of(const Type& type, int depth = 0);

ValueKind object_kind(const Type& type) {
  if (!type.properties.empty()) return ValueKind::kObject;
  // Record<string, unknown>, {}: anything may be in it.
  const Property* index = type.string_index != nullptr ? type.string_index : type.number_index;
  if (index == nullptr) return type.incomplete != nullptr ? ValueKind::kUnreadable : ValueKind::kAnything;
  return index->type != nullptr && is_open(*index->type) ? ValueKind::kAnything : ValueKind::kObject;
}

ValueKind union_kind(const Type& type, int depth) {
  ValueKind all = kind_of(*type.members.front(), depth);
  for (const Type* member : type.members) {
    const ValueKind kind = kind_of(*member, depth);
    if (kind == ValueKind::kUnreadable) return kind;
    if (kind != all) all = ValueKind::kOther;
  }
  return all;
}

ValueKind kind_of(const Type& type, int depth) {
  if (depth > kDeepestKind) return ValueKind::kOther;
  switch (type.kind) {
    case TypeKind::kAny:
    case TypeKind::kUnknown:
    case TypeKind::kAnyObject: return ValueKind::kAnything;
    case TypeKind::kNever:
    case TypeKind::kVoid:
    case TypeKind::kUndefined:
    case TypeKind::kNull: return ValueKind::kNothing;
    case TypeKind::kString: return ValueKind::kText;
    case TypeKind::kStringLiteral: return ValueKind::kTexts;
    case TypeKind::kNumber:
    case TypeKind::kNumberLiteral: return ValueKind::kNumber;
    case TypeKind::kBigInt:
    case TypeKind::kBigIntLiteral: return ValueKind::kBigint;
    case TypeKind::kBoolean:
    case TypeKind::kBooleanLiteral: return ValueKind::kBoolean;
    case TypeKind::kArray: {
      const Type* element = type.properties.empty() ? nullptr : type.properties.front().type;
      return element != nullptr && kind_of(*element, depth + 1) == ValueKind::kAnything ? ValueKind::kAnything : ValueKind::kList;
    }
    case TypeKind::kTuple: return ValueKind::kList;
    case TypeKind::kObject: return object_kind(type);
    case TypeKind::kIntersection:
      return std::any_of(type.members.begin(), type.members.end(), [](const Type* member) { return member->is(TypeKind::kUnreadable); })
                 ? ValueKind::kUnreadable
             : std::all_of(type.members.begin(), type.members.end(), [](const Type* member) { return member->is(TypeKind::kObject); })
                 ? ValueKind::kObject
                 : ValueKind::kOther;
    case TypeKind::kNominal: return type.text == "Date" ? ValueKind::kDate : ValueKind::kOther;
    case TypeKind::kUnion: return union_kind(type, depth + 1);
    case TypeKind::kParameter:
    case TypeKind::kUnreadable: return ValueKind::kUnreadable;
    case TypeKind::kEnumMember:
    case TypeKind::kTemplate:
    case TypeKind::kSymbol:
    case TypeKind::kFunction: break;
  }
  return ValueKind::kOther;
}

/// The values of literals and of the members of enums; empty when one of them is something else.
std::vector<std::string> literal_texts(const Type& type) {
  std::vector<std::string> texts;
  for (const Type* member : union_members(type)) {
    const Type* value = member->is(TypeKind::kEnumMember) && !member->members.empty() ? member->members.front() : member;
    if (!value->is(TypeKind::kStringLiteral)) return {};
    texts.emplace_back(value->text);
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

ComparedType describe(TypeProgram& program, const Property& property) {
  ComparedType made;
  made.text = print_type(property);
  made.null = has_member(*property.type, TypeKind::kNull);
  made.undefined = property.optional || has_member(*property.type, TypeKind::kUndefined);
  const Type& core = program.arena().non_nullable(*property.type);
  made.kind = kind_of(core);
  if (made.kind == ValueKind::kTexts || made.kind == ValueKind::kOther) made.texts = literal_texts(core);
  return made;
}

/// Walks two types that do not agree, to where they do not.
class Differences {
 public:
  Differences(TypeProgram& program, std::vector<ShapeDifference>& found) : program_(program), found_(found) {}

  void types(const Type& row, const Type& domain, const std::string& path, int depth) {
    if (found_.size() >= kMostDifferences || depth > kDeepestDifference) return;
    const Type& a = program_.arena().non_nullable(row);
    const Type& b = program_.arena().non_nullable(domain);
    if (has_member(row, TypeKind::kNull) != has_member(domain, TypeKind::kNull) && depth > 0) {
      add(ShapeDifference::Kind::kNull, path, print_type(row), print_type(domain));
      if (agree(a, b)) return;
    } else if (agree(row, domain)) {
      return;
    }
    const ValueKind kind = kind_of(a);
    if (kind == ValueKind::kObject && kind_of(b) == ValueKind::kObject && !a.is(TypeKind::kUnion) && !b.is(TypeKind::kUnion)) {
      return objects(a, b, path, depth);
    }
    if (a.is(TypeKind::kArray) && b.is(TypeKind::kArray)) {
      return types(*a.properties.front().type, *b.properties.front().type, path + "[]", depth + 1);
    }
    if (is_open(a) || is_open(b)) return;
    add(ShapeDifference::Kind::kType, path, print_type(row), print_type(domain));
  }

 private:
  /// Nothing is known to be wrong between the two.
  static bool agree(const Type& a, const Type& b) {
    return assignable(a, b).verdict != Verdict::kNo && assignable(b, a).verdict != Verdict::kNo;
  }

  void objects(const Type& row, const Type& domain, const std::string& path, int depth) {
    const auto inside = [&](std::string_view name) { return path.empty() ? std::string(name) : path + "." + std::string(name); };
    for (const Property& property : row.properties) {
      const Property* other = find_property(domain, property.name);
      if (other == nullptr) {
        if (domain.incomplete == nullptr && domain.string_index == nullptr)
          add(ShapeDifference::Kind::kOnlyInRow, inside(property.name), print_type(property), {});
        continue;
      }
      const std::size_t before = found_.size();
      types(*property.type, *other->type, inside(property.name), depth + 1);
      if (property.optional != other->optional && found_.size() == before)
        add(ShapeDifference::Kind::kOptional, inside(property.name), print_type(property), print_type(*other));
    }
    if (row.incomplete != nullptr || row.string_index != nullptr) return;
    for (const Property& property : domain.properties) {
      if (find_property(row, property.name) == nullptr)
        add(ShapeDifference::Kind::kOnlyInDomain, inside(property.name), {}, print_type(property));
    }
  }

  void add(ShapeDifference::Kind kind, const std::string& path, std::string row, std::string domain) {
    if (found_.size() < kMostDifferences) found_.push_back({kind, path, std::move(row), std::move(domain)});
  }

  TypeProgram& program_;
  std::vector<ShapeDifference>& found_;
};

/// The type of one column on both sides need not be known to be the same; only whether it takes undefined may matter.
void settle_same(bool is_same, const Property& source, const Property& target, Assignability& fits) {
  if (is_same && fits.verdict == Verdict::kUnknown && (!source.optional || target.optional)) {
    fits = {};
    fits.verdict = Verdict::kYes;
  }
}

}  // namespace

std::vector<std::string> texts_of(TypeProgram& program, const Type& type) {
  const Type& core = program.arena().non_nullable(type);
  return kind_of(core) == ValueKind::kTexts ? literal_texts(core) : std::vector<std::string>();
}

ComparedProperty compare_property(TypeProgram& program, const Model& model, const Column& column, RowKind row, const Property& domain) {
  ComparedProperty made;
  made.property = std::string(domain.name);
  made.column = &column;
  made.optional = domain.optional;
  made.span = domain.span;
  made.type_span = domain.type_span;
  const Property ours = row_property(program, model, column, row);
  program.finish(*ours.type);
  made.row = describe(program, ours);
  made.domain = describe(program, domain);
  made.from_row = domain.column == &column;
  Assignability to_domain = assignable(ours, domain);
  Assignability to_row = assignable(domain, ours);
  settle_same(made.from_row, ours, domain, to_domain);
  settle_same(made.from_row, domain, ours, to_row);
  made.row_to_domain = to_domain.verdict;
  made.domain_to_row = to_row.verdict;
  for (const Assignability* one : {&to_domain, &to_row}) {
    if (one->verdict == Verdict::kUnknown && made.unknown.empty())
      made.unknown = one->reason.empty() ? "the types are too large to compare" : one->reason;
  }
  const Type& row_core = program.arena().non_nullable(*ours.type);
  const Type& domain_core = program.arena().non_nullable(*domain.type);
  made.core_row_to_domain = assignable(row_core, domain_core).verdict;
  made.core_domain_to_row = assignable(domain_core, row_core).verdict;
  const bool has_shape = made.row.kind == ValueKind::kObject || made.row.kind == ValueKind::kList ||
                         made.domain.kind == ValueKind::kObject || made.domain.kind == ValueKind::kList;
  if (has_shape && (made.core_row_to_domain == Verdict::kNo || made.core_domain_to_row == Verdict::kNo)) {
    Differences(program, made.differences).types(row_core, domain_core, {}, 0);
  }
  return made;
}

}  // namespace drizzle_audit::types
