// Objects that drizzle-kit cannot see: it collects the values that the schema files export by name, and nothing else (prepareFromExports).
// What exported tables use of the others is generated all the same, and the migration fails: `type "status" does not exist`.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "_shared/keys.h"
#include "drizzle_audit/rule.h"
#include "unexported-schema-object/silence.h"
#include "unexported-schema-object/uses.h"

namespace drizzle_audit::rules::unexported_schema_object {
namespace {

std::string_view word(HiddenKind kind) {
  switch (kind) {
    case HiddenKind::kTable: return "table";
    case HiddenKind::kEnum: return "enum";
    case HiddenKind::kSchema: return "schema";
    case HiddenKind::kSequence: return "sequence";
    case HiddenKind::kRole: return "role";
    case HiddenKind::kView: return "view";
    case HiddenKind::kPolicy: break;
  }
  return "policy";
}

SubjectKind subject_kind(HiddenKind kind) {
  switch (kind) {
    case HiddenKind::kTable: return SubjectKind::kTable;
    case HiddenKind::kEnum: return SubjectKind::kEnum;
    default: return SubjectKind::kExtra;
  }
}

std::string full_name(const HiddenObject& object) {
  const std::string name(object.name.value());
  return object.schema.known() && object.schema.value() ? std::string(*object.schema.value()) + "." + name : name;
}

Subject subject_of(const HiddenObject& object) {
  if (object.table != nullptr) return table_subject(SubjectKind::kTable, *object.table);
  Subject subject;
  subject.kind = subject_kind(object.kind);
  subject.name = std::string(word(object.kind)) + " " + full_name(object);
  return subject;
}

/// What happens without it, in the words of the database.
std::string consequence(const HiddenObject& object, const std::vector<Use>& uses) {
  const std::string name(object.name.value());
  if (uses.empty()) return "drizzle-kit generates nothing for it and exits with 0; if a former migration made it, the next one drops it";
  switch (object.kind) {
    case HiddenKind::kEnum: return "drizzle-kit generates no CREATE TYPE; the migration fails: type \"" + name + "\" does not exist";
    case HiddenKind::kSchema: return "drizzle-kit generates no CREATE SCHEMA; the migration fails: schema \"" + name + "\" does not exist";
    case HiddenKind::kRole: return "drizzle-kit generates no CREATE ROLE; the migration fails: role \"" + name + "\" does not exist";
    case HiddenKind::kTable: return "drizzle-kit generates no CREATE TABLE for it, and what refers to it fails";
    default: return "drizzle-kit generates nothing for it and exits with 0";
  }
}

std::string where(const HiddenObject& object) {
  if (!object.holder.empty()) return "is only a property of an exported object (" + std::string(object.holder) + ")";
  if (object.exported) return "is exported by a file that is not part of the schema";
  return object.binding.empty() ? "has no export of its own" : "is not exported";
}

std::string help_for(const HiddenObject& object, const std::string& file) {
  const std::string binding(object.binding);
  if (object.exported) return "re-export " + binding + " from a schema file, or add " + file + " to `schema` in drizzle.config";
  if (!binding.empty()) return "write export const " + binding;
  return "declare it as an exported constant of a schema file";
}

void report(const RuleContext& context, const HiddenObject& object, const std::vector<Use>& uses) {
  const std::string what = std::string(word(object.kind)) + " " + full_name(object);
  const Span span = object.binding_span.somewhere() ? object.binding_span : object.span;
  Finding& finding = context.report(span, subject_of(object), what + " " + where(object) + ", so drizzle-kit does not see it");
  finding.note = consequence(object, uses);
  finding.help = help_for(object, std::string(context.model().sources->path(span.file)));
  // A role may have been made by hand, for all databases of the server.
  if (object.kind == HiddenKind::kRole) {
    finding.severity = Severity::kWarning;
    finding.confidence = Confidence::kHigh;
    finding.help += ", or say that the server has it: .existing()";
  }
  constexpr std::size_t kMost = 10;
  for (std::size_t i = 0; i < std::min(uses.size(), kMost); ++i) finding.evidence.push_back({"use", uses[i].text, uses[i].span});
  if (uses.size() > kMost) finding.evidence.back().text += ", and " + std::to_string(uses.size() - kMost) + " more";
  finding.evidence.push_back({"declaration", what + " " + where(object), span});
  if (object.exported) return;
  ExportObject change{std::string(word(object.kind)), std::nullopt, std::string(object.name.value()), std::string(object.binding)};
  if (object.schema.known() && object.schema.value()) change.schema = std::string(*object.schema.value());
  finding.change = change;
}

/// What one call makes over and over has no name to export: a helper that makes an enum for each column.
struct Made {
  const HiddenObject* object = nullptr;
  std::vector<Use> uses;
};

void report_helper(const RuleContext& context, const std::vector<Made>& made) {
  const HiddenObject& first = *made.front().object;
  const std::string what(word(first.kind));
  const std::string count = std::to_string(made.size());
  Subject subject;
  subject.kind = subject_kind(first.kind);
  subject.name = what + "s of " + std::string(context.model().sources->path(first.span.file));
  Finding& finding = context.report(
      first.span, std::move(subject),
      count + " " + what + "s that are made here (" + full_name(first) + ", …) are not exported, so drizzle-kit does not see them");
  finding.note = consequence(first, made.front().uses);
  finding.help = "make each " + what + " once, as an exported constant of a schema file, and use it there";
  constexpr std::size_t kMost = 10;
  for (std::size_t i = 0; i < std::min(made.size(), kMost); ++i) {
    if (made[i].uses.empty()) continue;
    const Use& use = made[i].uses.front();
    finding.evidence.push_back({"use", full_name(*made[i].object) + ": " + use.text, use.span});
  }
  finding.evidence.push_back({"declaration", "one call makes all " + count, first.span});
}

/// drizzle-kit skips a policy that stands alone, with a line on the console.
void report_unlinked(const RuleContext& context, const Policy& policy) {
  const std::string name(policy.name.value());
  Subject subject;
  subject.kind = SubjectKind::kExtra;
  subject.name = "policy " + name;
  Finding& finding = context.report(policy.span, std::move(subject), "policy " + name + " belongs to no table, so drizzle-kit skips it");
  finding.note = "drizzle-kit exits with 0 and generates no CREATE POLICY; rows stay as visible as they were";
  finding.help = "put it into the third argument of its table, or call .link(table) on it";
  finding.evidence.push_back({"declaration", "the policy is exported, but is neither an entry of a table nor linked to one", policy.span});
}

void check(const RuleContext& context) {
  const Model& model = context.model();
  std::map<std::pair<HiddenKind, Span>, std::vector<Made>> by_call;
  for (const HiddenObject& object : model.hidden_objects) {
    if (!object.name.known() || !object.schema.known() || is_meant(model, object)) continue;
    std::vector<Use> uses = uses_of(model, object);
    if (!is_missing(model, object, uses)) continue;
    std::vector<Made>& made = by_call[{object.kind, object.span}];
    const bool again =
        std::any_of(made.begin(), made.end(), [&](const Made& each) { return full_name(*each.object) == full_name(object); });
    if (!again) made.push_back({&object, std::move(uses)});
  }
  for (const auto& [call, made] : by_call) {
    const bool helper = made.size() > 1 && made.front().object->binding.empty() && made.front().object->holder.empty();
    if (helper) report_helper(context, made);
    for (const Made& each : made) {
      if (!helper) report(context, *each.object, each.uses);
    }
  }
  for (const Policy& policy : model.policies) {
    const bool unread = model.sources->text(policy.span).find(".link(") != std::string_view::npos;
    if (!policy.linked && !unread && policy.name.known()) report_unlinked(context, policy);
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "unexported-schema-object",
    .summary = "A table, enum, schema, sequence, role, view or policy that drizzle-kit cannot see.",
    .category = "silently-dropped",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::unexported_schema_object
