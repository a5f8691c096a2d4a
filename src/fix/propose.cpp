#include "fix/propose.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "fix/applicability.h"
#include "fix/changes.h"
#include "fix/leftovers.h"
#include "fix/modules.h"
#include "platform/platform.h"
#include "text/edits.h"
#include "text/parallel.h"

namespace drizzle_audit::fix {
namespace {

/// Everything that plans are made from, for all models of one result.
class Workshop {
 public:
  Workshop(const audit::AuditResult& result, const Surroundings& surroundings)
      : surroundings_(surroundings),
        documents_(*result.sources, surroundings.trees),
        modules_(documents_, surroundings.files, surroundings.root) {}

  Documents& documents() { return documents_; }

  std::optional<Plan> plan(const Finding& finding) {
    if (!finding.change || finding.model == nullptr) return std::nullopt;
    const auto [entry, added] = models_.try_emplace(finding.model);
    std::unique_ptr<PerModel>& own = entry->second;
    if (added) own = std::make_unique<PerModel>(PerModel{{documents_, modules_, *finding.model}, TypeGraph(*finding.model)});
    std::optional<Plan> plan = plan_change(own->project, own->types, finding);
    if (!plan || (plan->edits.empty() && plan->imports.empty())) return std::nullopt;
    const auto allowed = [&](FileId file) {
      return may_edit(documents_.get(file)) && (!surroundings_.may_edit || surroundings_.may_edit(documents_.sources().path(file)));
    };
    for (const Edit& edit : plan->edits) {
      if (!allowed(edit.span.file)) return std::nullopt;
    }
    for (const ImportNeed& need : plan->imports) {
      if (!allowed(need.file)) return std::nullopt;
    }
    return plan;
  }

  /// The imports of a plan, or of several, as edits.
  Plan imports(const std::vector<ImportNeed>& needs) {
    std::map<FileId, std::vector<ImportNeed>> by_file;
    for (const ImportNeed& need : needs) {
      std::vector<ImportNeed>& own = by_file[need.file];
      if (std::find(own.begin(), own.end(), need) == own.end()) own.push_back(need);
    }
    Plan plan;
    for (const auto& [file, own] : by_file) append(plan, render_imports(documents_.get(file), own));
    return plan;
  }

 private:
  const Surroundings& surroundings_;
  Documents documents_;
  Modules modules_;
  struct PerModel {
    Project project;
    TypeGraph types;
  };
  std::map<const Model*, std::unique_ptr<PerModel>> models_;
};

bool touches(const Span& claim, const Span& span) { return claim.file == span.file && span.start <= claim.end && claim.start <= span.end; }

/// What was accepted so far in one pass.
class Accepted {
 public:
  [[nodiscard]] bool takes(const Plan& plan) const {
    for (const Edit& edit : plan.edits) {
      for (const Edit& other : plan_.edits) {
        if (edit.span == other.span && edit.text == other.text) continue;
        if (text::overlap(edit.span, other.span)) return false;
        // Two replacements of one place.
        if (edit.span == other.span && edit.span.start != edit.span.end) return false;
      }
      for (const Span& claim : plan_.claims) {
        if (touches(claim, edit.span)) return false;
      }
    }
    for (const Span& claim : plan.claims) {
      const bool free =
          std::none_of(plan_.edits.begin(), plan_.edits.end(), [&](const Edit& other) { return touches(claim, other.span); }) &&
          std::none_of(plan_.claims.begin(), plan_.claims.end(), [&](const Span& other) { return touches(claim, other); });
      if (!free) return false;
    }
    // One local name cannot mean two things.
    return std::none_of(plan.imports.begin(), plan.imports.end(), [&](const ImportNeed& need) {
      return std::any_of(plan_.imports.begin(), plan_.imports.end(),
                         [&](const ImportNeed& other) { return need.file == other.file && need.local == other.local && !(need == other); });
    });
  }
  void add(Plan plan) { append(plan_, std::move(plan)); }
  [[nodiscard]] const Plan& plan() const { return plan_; }

 private:
  Plan plan_;
};

bool begins_with(const std::vector<std::string>& list, const std::vector<std::string>& beginning) {
  return list.size() >= beginning.size() && std::equal(beginning.begin(), beginning.end(), list.begin());
}

template <class Change>
bool same_key(const SchemaChange& a, const SchemaChange& b) {
  const auto* one = std::get_if<Change>(&a);
  const auto* other = std::get_if<Change>(&b);
  return one != nullptr && other != nullptr && one->table.table == other->table.table && one->table.schema == other->table.schema &&
         (begins_with(one->columns, other->columns) || begins_with(other->columns, one->columns));
}

/// Whether both declare relations of one table.
bool share_table(const AddRelations& a, const AddRelations& b) {
  const auto tables = [](const AddRelations& change) {
    std::vector<std::pair<std::string, std::string>> names{{change.table.schema.value_or(""), change.table.table}};
    for (const AddRelations& other : change.others) names.emplace_back(other.table.schema.value_or(""), other.table.table);
    return names;
  };
  const auto of_a = tables(a);
  const auto of_b = tables(b);
  return std::any_of(of_a.begin(), of_a.end(), [&](const auto& name) { return std::find(of_b.begin(), of_b.end(), name) != of_b.end(); });
}

/// Whether one of two changes leaves nothing for the other to do, or has to be made anew once the other is there: two rules may propose
/// one constraint.
bool does_same(const SchemaChange& a, const SchemaChange& b) {
  if (std::holds_alternative<AddRelations>(a) && std::holds_alternative<AddRelations>(b))
    return share_table(std::get<AddRelations>(a), std::get<AddRelations>(b));
  return same_key<AddUnique>(a, b) || same_key<AddIndex>(a, b) || same_key<AddPrimaryKey>(a, b) || same_key<AddForeignKey>(a, b);
}

}  // namespace

int rank_of(const SchemaChange& change) {
  if (std::holds_alternative<AddForeignKey>(change)) return 1;
  if (std::holds_alternative<AddPrimaryKey>(change)) return 2;
  if (std::holds_alternative<AddUnique>(change)) return 3;
  if (std::holds_alternative<AddIndex>(change)) return 4;
  return std::holds_alternative<AddRelations>(change) ? 5 : 0;
}

void propose(audit::AuditResult& result, const Surroundings& surroundings) {
  if (result.sources == nullptr) return;
  std::vector<Finding>& findings = result.findings;
  // A workshop for each part: what one finds out about a file the next finding in the same file needs, too, and they are sorted by file.
  // More parts than threads, since one finding may be about every relation of the schema.
  constexpr std::size_t kFewest = 64;
  const unsigned threads = platform::thread_count(surroundings.threads, 8U);
  const std::size_t parts = threads == 1 ? 1 : std::clamp<std::size_t>(findings.size() / kFewest, 1, std::size_t{4} * threads);
  text::in_parallel(threads, parts, 1, [&](std::size_t part) {
    Workshop workshop(result, surroundings);
    for (std::size_t i = findings.size() * part / parts; i < findings.size() * (part + 1) / parts; ++i) {
      Finding& finding = findings[i];
      std::optional<Plan> plan = workshop.plan(finding);
      if (!plan) continue;
      Plan imports = workshop.imports(plan->imports);
      Fix fix{.applicability = applicability_of(finding), .edits = std::move(plan->edits)};
      fix.edits.insert(fix.edits.end(), imports.edits.begin(), imports.edits.end());
      text::sort_edits(fix.edits);
      finding.fix = std::move(fix);
    }
  });
  audit::count_again(result);
}

Applied apply(const audit::AuditResult& result, const Surroundings& surroundings, const Choice& choice) {
  Applied applied;
  if (result.sources == nullptr) return applied;
  Workshop workshop(result, surroundings);
  Accepted accepted;
  std::vector<const SchemaChange*> changes;
  for (const Finding& finding : result.findings) {
    if (finding.suppressed || !finding.change || rank_of(*finding.change) != choice.rank || (choice.wants && !choice.wants(finding)))
      continue;
    if (!choice.unsafe && applicability_of(finding) == Applicability::kUnsafe) continue;
    std::optional<Plan> plan = workshop.plan(finding);
    if (!plan || !accepted.takes(*plan)) continue;
    if (std::any_of(changes.begin(), changes.end(), [&](const SchemaChange* other) { return does_same(*other, *finding.change); }))
      continue;
    accepted.add(std::move(*plan));
    changes.push_back(&*finding.change);
    applied.fingerprints.push_back(finding.fingerprint);
  }
  std::vector<Edit> edits = accepted.plan().edits;
  const Plan imports = workshop.imports(accepted.plan().imports);
  edits.insert(edits.end(), imports.edits.begin(), imports.edits.end());
  text::sort_edits(edits);
  std::map<FileId, std::vector<Edit>> by_file;
  for (Edit& edit : edits) by_file[edit.span.file].push_back(std::move(edit));
  for (const auto& [file, own] : by_file) {
    const Document& document = workshop.documents().get(file);
    std::string text = without_leftovers(document, text::apply_edits(document.text, own));
    const syntax::SyntaxTree tree = syntax::parse(text, document.path, file);
    applied.parses = applied.parses && tree.errors.size() <= document.tree->errors.size();
    applied.texts.emplace(std::string(document.path), std::move(text));
  }
  return applied;
}

}  // namespace drizzle_audit::fix
