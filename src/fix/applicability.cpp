// Which fixes are applied without a person looking at them.
#include <algorithm>
#include <array>

#include "fix/applicability.h"

namespace drizzle_audit::fix {
namespace {

/// Rules whose replacements mean what the code means already: it is only written so that it takes effect.
constexpr std::array<std::string_view, 4> kKeepMeaning = {"bound-parameter-in-ddl", "frozen-default", "identifier-too-long",
                                                          "ineffective-table-extra"};

}  // namespace

Applicability applicability_of(const Finding& finding) {
  const SchemaChange& change = *finding.change;
  // An index changes no answer, only how long it takes; how much it will help is what is not certain.
  if (std::holds_alternative<AddIndex>(change) && finding.severity != Severity::kInfo) return Applicability::kSafe;
  // A guess by name and type is somebody's to confirm.
  if (finding.confidence == Confidence::kMedium) return Applicability::kUnsafe;
  if (std::holds_alternative<DropColumn>(change)) return Applicability::kUnsafe;
  // The compiler then finds the code that goes by the other type, and somebody has to change it.
  if (std::holds_alternative<ReplaceDomainProperty>(change)) return Applicability::kUnsafe;
  // More than what stood there: columns that only the name of an index tells, for example.
  const auto* extra = std::get_if<ReplaceExtra>(&change);
  if (extra != nullptr && !extra->from.empty() && extra->to.starts_with(extra->from)) return Applicability::kUnsafe;
  const bool replaces = std::holds_alternative<ReplaceColumn>(change) || std::holds_alternative<ReplaceExtra>(change) ||
                        std::holds_alternative<ReplaceRelation>(change);
  if (replaces && std::find(kKeepMeaning.begin(), kKeepMeaning.end(), finding.rule) == kKeepMeaning.end()) return Applicability::kUnsafe;
  return Applicability::kSafe;
}

}  // namespace drizzle_audit::fix
