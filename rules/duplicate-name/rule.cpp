// Two things of one name where the database or drizzle-kit has room for one. clash.h knows the scopes and what becomes of the two.
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "_shared/database_names.h"
#include "drizzle_audit/rule.h"
#include "duplicate-name/clash.h"

namespace drizzle_audit::rules::duplicate_name {
namespace {

/// Without a drizzle.config the tables found may belong to several databases; those of one file do not.
bool are_together(const Model& model, const DatabaseName& a, const DatabaseName& b) {
  return !model.config_path.empty() || place_of(a).file == place_of(b).file || (a.table == b.table && a.table != nullptr);
}

std::string in_quotes(const std::string& text) { return "\"" + text + "\""; }

std::string message_for(const DatabaseName& first, const DatabaseName& second) {
  if (second.kind == NameKind::kColumn) {
    return std::string(first.columns.front()->key) + " and " + std::string(second.columns.front()->key) + " of " +
           display_name(*second.table) + " are both the column " + second.name;
  }
  if (first.kind == second.kind && second.table == nullptr)
    return "two " + std::string(to_string(second.kind)) + "s are called " + in_quotes(second.name);
  if (first.kind == NameKind::kTable && second.kind == NameKind::kTable)
    return std::string(first.table->export_name) + " and " + std::string(second.table->export_name) + " are both the table " +
           display_name(*second.table);
  std::string text = label(second) + " has the name of ";
  return text + (first.table == second.table && first.kind == second.kind ? "another " + std::string(to_string(first.kind)) + " there"
                                                                          : label(first));
}

std::string help_for(const DatabaseName& second) {
  switch (second.kind) {
    case NameKind::kColumn: return "give one of them another column name, or drop it";
    case NameKind::kTable: return "rename one of them, or keep one definition and import it where it is needed";
    case NameKind::kIndex:
    case NameKind::kUnique:
    case NameKind::kPrimaryKey: return "give it a name that begins with its table's";
    case NameKind::kForeignKey:
    case NameKind::kCheck: return "give it a name that says its table and columns";
    case NameKind::kView:
    case NameKind::kSequence:
    case NameKind::kEnum:
    case NameKind::kPolicy: break;
  }
  return "rename one of them";
}

/// The order of the sources: that of the declarations, within a table also that in which drizzle-kit overwrites.
const DatabaseName* later_of(const DatabaseName* a, const DatabaseName* b) { return b->span < a->span ? a : b; }

void check(const RuleContext& context) {
  const Model& model = context.model();
  const std::vector<DatabaseName> names = database_names(model);
  std::unordered_map<std::string, const DatabaseName*> by_scope;
  std::map<std::string, std::vector<const DatabaseName*>> shared;  // the few scopes that several names are in
  for (const DatabaseName& name : names) {
    for (std::string& scope : scopes_of(model, name)) {
      const auto [first, is_new] = by_scope.try_emplace(std::move(scope), &name);
      if (is_new) continue;
      std::vector<const DatabaseName*>& holders = shared[first->first];
      if (holders.empty()) holders.push_back(first->second);
      holders.push_back(&name);
    }
  }
  std::set<std::pair<const DatabaseName*, const DatabaseName*>> done;
  for (const auto& [scope, holders] : shared) {
    for (std::size_t i = 1; i < holders.size(); ++i) {
      // Against the first it clashes with; what two copies of a table hold is exempt.
      for (std::size_t k = 0; k < i; ++k) {
        if (!are_together(model, *holders[k], *holders[i]) || is_exempt(model, *holders[k], *holders[i])) continue;
        const DatabaseName* second = later_of(holders[k], holders[i]);
        const DatabaseName* first = second == holders[i] ? holders[k] : holders[i];
        if (!done.emplace(first, second).second) break;
        Finding& finding = context.report(place_of(*second), subject_of(*second), message_for(*first, *second));
        finding.note = outcome(model, *first, *second);
        finding.help = help_for(*second);
        finding.evidence.push_back({"declaration", label(*first), first->span});
        finding.evidence.push_back({"declaration", label(*second), second->span});
        finding.related.push_back({label(*first), first->span});
        break;
      }
    }
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "duplicate-name",
    .summary = "Two things have one name where the database has room for one.",
    .category = "integrity",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::duplicate_name
