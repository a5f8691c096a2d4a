// References that no index covers: rows cannot be found by them without reading the whole table. line_item.cpp says which references of a
// table belong into one index, use.cpp what shows that they are looked for.
#include "drizzle_audit/rule.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "_shared/access_path.h"
#include "_shared/constraint_names.h"
#include "_shared/keys.h"
#include "_shared/link_table.h"
#include "_shared/references/all.h"
#include "missing-index/line_item.h"
#include "missing-index/use.h"

namespace drizzle_audit::rules::missing_index {
namespace {

struct Proposal {
  std::vector<const Column*> columns;
  std::vector<const Reference*> covered;  ///< the first one leads
  bool is_pair = false;
  std::string_view pair_kind;
};

class TableCheck {
 public:
  TableCheck(const TenantModel& tenants, const Lookups& lookups, const Table& table, std::vector<const Reference*> references)
      : lookups_(lookups),
        table_(table),
        references_(std::move(references)),
        paths_(access_paths(table)),
        tenant_(tenant_column(tenants, table)) {}

  std::vector<Proposal> proposals();

 private:
  [[nodiscard]] bool is_covered(const Reference& reference) const;
  [[nodiscard]] bool is_covered_by_pair(const Reference& item, const Pair& pair) const;
  void propose(std::vector<const Column*> columns, std::vector<const Reference*> covered, std::string_view pair_kind = {});

  const Lookups& lookups_;
  const Table& table_;
  std::vector<const Reference*> references_;
  std::vector<AccessPath> paths_;
  const Column* tenant_;
  std::vector<Proposal> proposals_;
};

/// An index on part of a composite key finds some rows by it, at least the tenant's, and does not read the whole table.
bool TableCheck::is_covered(const Reference& reference) const {
  const std::vector<const Column*>& columns = reference.columns;
  const auto leads = [&](const AccessPath& path) {
    return std::any_of(columns.begin(), columns.end(), [&](const Column* column) { return leads_with(path, {column}); });
  };
  if (std::any_of(paths_.begin(), paths_.end(), leads)) return true;
  // What is proposed already counts.
  return std::any_of(proposals_.begin(), proposals_.end(), [&](const Proposal& proposal) {
    return std::find(columns.begin(), columns.end(), proposal.columns.front()) != columns.end();
  });
}

/// Where lines are read by their parent, an index on both serves the item too; code that asks by the item alone needs its own.
bool TableCheck::is_covered_by_pair(const Reference& item, const Pair& pair) const {
  if (&item != pair.item || !lookups_.of(*item.columns.front()).empty()) return false;
  const std::vector<const Column*> both = {pair.parent->columns.front(), item.columns.front()};
  const auto has_both = [&](const std::vector<const Column*>& columns) {
    return columns.size() >= 2 && std::is_permutation(both.begin(), both.end(), columns.begin());
  };
  return std::any_of(paths_.begin(), paths_.end(), [&](const AccessPath& path) { return is_ordinary(path) && has_both(path.columns); }) ||
         std::any_of(proposals_.begin(), proposals_.end(), [&](const Proposal& proposal) { return has_both(proposal.columns); });
}

void TableCheck::propose(std::vector<const Column*> columns, std::vector<const Reference*> covered, std::string_view pair_kind) {
  proposals_.push_back({std::move(columns), std::move(covered), !pair_kind.empty(), pair_kind});
}

std::vector<Proposal> TableCheck::proposals() {
  const std::optional<Pair> pair = leading_pair(table_, references_, tenant_);
  // Where one column finds the item, or the tenant leads to the parent, a pair adds nothing.
  const bool adds = pair && !is_covered(*pair->parent) && !is_key(table_, pair->item->columns) &&
                    !is_behind_tenant(table_, tenant_, pair->parent->columns.front());
  if (adds) {
    propose({pair->parent->columns.front(), pair->item->columns.front()}, {pair->parent, pair->item}, pair->kind);
  }
  // Composite ones first: their indexes cover single columns that lead them.
  for (const bool composite : {true, false}) {
    for (const Reference* reference : references_) {
      if ((reference->columns.size() > 1) != composite || is_covered(*reference)) continue;
      if (pair && is_covered_by_pair(*reference, *pair)) continue;
      propose(reference->columns, {reference});
    }
  }
  return std::move(proposals_);
}

std::string list(const std::vector<const Column*>& columns) {
  std::string text;
  for (const Column* column : columns) text += (text.empty() ? "" : ", ") + column_name(*column);
  return text;
}

std::string note_for(const Model& model, const Reference& reference, const Use& use) {
  const std::string parent = display_name(*reference.target);
  const std::string rows = display_name(*reference.table);
  const std::string_view action = reference.key == nullptr ? std::string_view() : reference.key->on_delete;
  std::string note;
  if (reference.key == nullptr) {
    note =
        "finding what belongs to a row of " + parent + " reads all of " + rows + ", and so will its deletion once there is a foreign key";
  } else if (use.is_followed) {
    note = "deleting a row of " + parent + " reads all of " + rows + (action == "cascade" ? " to delete" : " to change") +
           " what belongs to it, and so does finding those rows";
  } else {
    note = "deleting a row of " + parent + " reads all of " + rows + " to see whether one still needs it, and so does finding those rows";
  }
  switch (model.dialect) {
    case Dialect::kPostgresql: return note + "; PostgreSQL makes no index for a foreign key";
    case Dialect::kSqlite: return note + "; SQLite makes no index for a foreign key";
    case Dialect::kMssql: return note + "; SQL Server makes no index for a foreign key";
    case Dialect::kCockroach: return note + "; CockroachDB makes no index for a foreign key";
    case Dialect::kMysql:
    case Dialect::kSinglestore: break;
  }
  return note;
}

AddIndex change_for(ConstraintNames& names, const Table& table, const std::vector<const Column*>& columns) {
  AddIndex change;
  change.table = table_ref(table);
  for (const Column* column : columns) change.columns.push_back(column_name(*column));
  change.name = names.index(table, columns);
  return change;
}

std::string code_for(const Table& table, const AddIndex& change, const std::vector<const Column*>& columns) {
  const std::string parameter(table.extras_parameter.empty() ? std::string_view("t") : table.extras_parameter);
  std::string code = "index(\"" + change.name + "\").on(";
  for (std::size_t i = 0; i < columns.size(); ++i) code += (i > 0 ? ", " : "") + parameter + "." + std::string(columns[i]->key);
  return code + ")";
}

std::string message_for(const Proposal& proposal) {
  const Reference& first = *proposal.covered.front();
  const std::string table = display_name(*first.table);
  const std::string target = display_name(*first.target);
  if (proposal.is_pair) {
    const bool lines = proposal.pair_kind == "lines";
    return "no index on " + table + " (" + list(proposal.columns) + "): " +
           (lines ? "its rows are the lines of " + target
                  : "its rows link " + target + " and " + display_name(*proposal.covered[1]->target)) +
           ", and no index leads to them";
  }
  const std::string columns =
      proposal.columns.size() == 1 ? table + "." + list(proposal.columns) : table + " (" + list(proposal.columns) + ")";
  return "no index on " + columns + ", which " + (first.key != nullptr ? "references " : "holds the key of ") + target;
}

Finding& report(const RuleContext& context, ConstraintNames& names, const Proposal& proposal, Use use) {
  const Reference& first = *proposal.covered.front();
  const Table& table = *first.table;
  AddIndex change = change_for(names, table, proposal.columns);
  Subject subject = table_subject(SubjectKind::kColumn, table);
  subject.columns = change.columns;
  Finding& finding = context.report(proposal.columns.front()->span, std::move(subject), message_for(proposal));
  const bool is_sure = first.confidence != Confidence::kMedium && (use.is_strong || proposal.is_pair);
  finding.confidence = is_sure ? Confidence::kHigh : Confidence::kMedium;
  finding.note = note_for(context.model(), first, use);
  finding.help = "add " + code_for(table, change, proposal.columns) + " to the extras of " + display_name(table);
  if (context.model().dialect == Dialect::kPostgresql) finding.help += "; on a large table create it concurrently";
  finding.related.push_back(
      {display_name(*first.target) + "." + column_name(*first.foreign_columns.front()), first.foreign_columns.front()->span});
  finding.evidence = std::move(use.evidence);
  finding.change = std::move(change);
  return finding;
}

/// References that nothing shows to be looked for: worth a word, not a warning each.
void report_minor(const RuleContext& context, ConstraintNames& names, const std::vector<std::pair<Proposal, Use>>& minor) {
  if (minor.size() == 1) {
    Finding& finding = report(context, names, minor.front().first, minor.front().second);
    finding.severity = Severity::kInfo;
    finding.confidence = Confidence::kMedium;
    return;
  }
  const Table& table = *minor.front().first.covered.front()->table;
  Subject subject = table_subject(SubjectKind::kTable, table);
  std::vector<const Column*> columns;
  columns.reserve(minor.size());
  for (const auto& [proposal, use] : minor) columns.push_back(proposal.columns.front());
  for (const Column* column : columns) subject.columns.push_back(column_name(*column));
  Finding& finding = context.report(table.name_span, std::move(subject),
                                    "no index on " + std::to_string(columns.size()) + " columns of " + display_name(table) +
                                        " that reference other tables: " + list(columns));
  finding.severity = Severity::kInfo;
  finding.confidence = Confidence::kMedium;
  finding.note = "nothing shows that rows are looked for by them alone; but deleting a row that they may reference reads all of " +
                 display_name(table) + " for each of them";
  finding.help = "index those by which rows are looked for, or whose referenced rows are deleted often";
  for (const auto& [proposal, use] : minor) finding.evidence.insert(finding.evidence.end(), use.evidence.begin(), use.evidence.end());
}

bool is_minor(const RuleContext& context, const Proposal& proposal, const Use& use) {
  if (proposal.is_pair || use.is_read) return false;
  const Reference& reference = *proposal.covered.front();
  const bool cascades = reference.key != nullptr && reference.key->on_delete == "cascade";
  if (use.is_behind_tenant) return true;
  if (notes_who(*reference.columns.back())) return !cascades;
  // Where the code was read and nothing in it goes this way, only the deletion of the referenced row does.
  return !use.is_strong && !use.is_followed && !use.has_relation && context.queries().files > 0;
}

void check_table(const RuleContext& context, ConstraintNames& names, const Lookups& lookups, const Table& table,
                 std::vector<const Reference*> references) {
  // A link table that lacks its key gets it from link-table-without-key, and with it the index on the pair.
  if (const std::optional<LinkTable> link = unbound_link_table(context.model(), context.tenants(), table)) {
    std::erase_if(references, [&](const Reference* reference) {
      return reference->key == link->first || (reference->key == link->second && lookups.of(*reference->columns.front()).empty());
    });
  }
  std::vector<std::pair<Proposal, Use>> minor;
  for (Proposal& proposal : TableCheck(context.tenants(), lookups, table, references).proposals()) {
    Use use = use_of(context, lookups, *proposal.covered.front());
    for (std::size_t i = 1; i < proposal.covered.size(); ++i) {
      Use other = use_of(context, lookups, *proposal.covered[i]);
      use.evidence.insert(use.evidence.end(), other.evidence.begin(), other.evidence.end());
    }
    // Behind the tenant the column is in an index, which queries of one tenant use: nothing to say unless deletions go by it alone.
    if (use.is_behind_tenant && !use.is_followed && !use.is_read) continue;
    if (is_minor(context, proposal, use)) minor.emplace_back(std::move(proposal), std::move(use));
    else report(context, names, proposal, std::move(use));
  }
  if (!minor.empty()) report_minor(context, names, minor);
}

void check(const RuleContext& context) {
  const Model& model = context.model();
  // MySQL (InnoDB) makes an index for every foreign key that lacks one; SingleStore has no foreign keys.
  if (model.dialect == Dialect::kMysql || model.dialect == Dialect::kSinglestore) return;
  const Lookups lookups(context.queries());
  const std::vector<Reference> references = references::all_references(context);
  std::map<const Table*, std::vector<const Reference*>> by_table;
  for (const Reference& reference : references) {
    const auto is_unread = [](const Column* column) { return column->unread_chain || !column->name.known(); };
    const bool unread = std::any_of(reference.columns.begin(), reference.columns.end(), is_unread);
    const auto is_meant = [&](const Column* column) { return has_ineffective_index(*reference.table, *column); };
    if (unread || std::any_of(reference.columns.begin(), reference.columns.end(), is_meant)) continue;
    if (reference.confidence == Confidence::kMedium && lookups.of(*reference.columns.front()).empty()) continue;  // a name and a type
    by_table[reference.table].push_back(&reference);
  }
  ConstraintNames names(model);
  for (const Table& table : model.tables) {
    const auto found = by_table.find(&table);
    if (found == by_table.end() || !table.name.known() || !has_known_indexes(table)) continue;
    check_table(context, names, lookups, table, found->second);
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "missing-index",
    .summary = "A column refers to another table, but no index finds rows by it.",
    .category = "performance",
    .severity = Severity::kWarning,
    .reads_code = true,
    .check = check,
};

}  // namespace drizzle_audit::rules::missing_index
