// A column that holds another table's key and has no foreign key. What such columns are, _shared/references finds out.
#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "_shared/constraint_names.h"
#include "_shared/keys.h"
#include "_shared/references/missing.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::missing_foreign_key {
namespace {

using references::is_settled;
using references::Link;
using references::missing_links;

/// From this many missing keys on, and without a single foreign key, their absence is a decision and not an oversight. MySQL's count is
/// low because PlanetScale and Vitess did without foreign keys for years.
constexpr std::size_t kPolicyMysql = 3;
constexpr std::size_t kPolicyElsewhere = 10;

/// From this many guesses of one kind on, a list says more than a finding for each.
constexpr std::size_t kMany = 6;

std::string qualified(const Table& table, const std::vector<const Column*>& columns) {
  std::string text = display_name(table);
  if (columns.size() == 1) return text + "." + column_name(*columns.front());
  text += " (";
  for (std::size_t i = 0; i < columns.size(); ++i) text += (i > 0 ? ", " : "") + column_name(*columns[i]);
  return text + ")";
}

bool is_tenant(const TenantModel& tenants, const Link& link) {
  return link.columns.size() == 1 && link.target == tenants.root && link.columns.front() == tenant_column(tenants, *link.table);
}

/// Foreign keys whose actions the new one should follow: those of columns of the same name to the same key.
std::vector<const ForeignKey*> models_for(const Model& model, const Link& link) {
  std::vector<const ForeignKey*> keys;
  if (link.columns.size() != 1) return keys;
  for (const Table& table : model.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (!key.error && key.columns.size() == 1 && key.foreign_table == link.target &&
          key.columns.front()->name.is(column_name(*link.columns.front()))) {
        keys.push_back(&key);
      }
    }
  }
  return keys;
}

/// What most of the keys do; nothing when they are split.
std::string majority(const std::vector<const ForeignKey*>& keys, std::string_view ForeignKey::*action) {
  std::map<std::string_view, std::size_t> votes;
  for (const ForeignKey* key : keys) ++votes[key->*action];
  for (const auto& [name, count] : votes) {
    if (2 * count > keys.size()) return std::string(name);
  }
  return "no action";
}

AddForeignKey change_for(ConstraintNames& names, const Link& link, const std::vector<const ForeignKey*>& followed) {
  AddForeignKey change;
  change.table = table_ref(*link.table);
  for (const Column* column : link.columns) change.columns.push_back(column_name(*column));
  change.foreign_table = table_ref(*link.target);
  for (const Column* column : link.foreign_columns) change.foreign_columns.push_back(column_name(*column));
  change.name = names.foreign_key(*link.table, link.columns, *link.target, link.foreign_columns);
  const bool can_be_null = std::none_of(link.columns.begin(), link.columns.end(), [](const Column* column) { return column->not_null; });
  const auto follow = [&](std::string_view ForeignKey::*action) {
    std::string name = majority(followed, action);
    return name == "set null" && !can_be_null ? std::string("no action") : name;
  };
  change.on_delete = follow(&ForeignKey::on_delete);
  change.on_update = follow(&ForeignKey::on_update);
  return change;
}

void add_guess_evidence(Link& link) {
  // Ten of them convince as well as seven hundred; the message says how many there are.
  constexpr std::size_t kShown = 10;
  for (const ForeignKey* key : std::span(link.siblings).first(std::min(kShown, link.siblings.size()))) {
    const Table& sibling = *key->columns.front()->table;
    link.evidence.push_back(
        {"sibling",
         display_name(sibling) + "." + column_name(*key->columns.front()) + " references " + qualified(*link.target, link.foreign_columns),
         key->span});
  }
  for (const Span place : std::span(link.joins).first(std::min(kShown, link.joins.size()))) {
    link.evidence.push_back({"join", "the code joins it to " + qualified(*link.target, link.foreign_columns), place});
  }
  const Column& foreign = *link.foreign_columns.front();
  link.evidence.push_back({"type", "both are " + std::string(foreign.sql_type.value_or("of one type")), foreign.span});
  if (link.by_name) {
    link.evidence.push_back({"name", column_name(*link.columns.front()) + " names " + display_name(*link.target), link.target->name_span});
  }
}

std::string message_for(const Link& link) {
  const std::string from = qualified(*link.table, link.columns);
  const std::string to = qualified(*link.target, link.foreign_columns);
  const std::size_t count = link.siblings.size();
  const std::string siblings = count == 0 ? "" : std::to_string(count) + (count == 1 ? " sibling table" : " sibling tables");
  if (link.by_relation) {
    return from + " references " + to + " by a declared relation" + (count == 0 ? "" : " and by " + siblings) +
           ", but no foreign key says so";
  }
  const std::string joins = link.joins.empty() ? "" : link.joins.size() == 1 ? "a join" : std::to_string(link.joins.size()) + " joins";
  if (count > 0 || !joins.empty()) {
    return from + " references " + to + " by " + (link.by_name ? "its name and by " : "") + siblings +
           (count > 0 && !joins.empty() ? " and by " : "") + joins + ", but no foreign key says so";
  }
  return from + " looks like a reference to " + to + " by its name and type, but no foreign key says so";
}

/// A table whose initialiser mentions itself needs the type written down, or TypeScript gives up on inferring it.
std::string_view self_type(Dialect dialect) {
  switch (dialect) {
    case Dialect::kMysql: return ": AnyMySqlColumn";
    case Dialect::kSqlite: return ": AnySQLiteColumn";
    case Dialect::kMssql: return ": AnyMsSqlColumn";
    case Dialect::kCockroach: return ": AnyCockroachColumn";
    case Dialect::kPostgresql:
    case Dialect::kSinglestore: break;
  }
  return ": AnyPgColumn";
}

/// The reference as the author would write it. On the column only where drizzle-kit then gives it the very name of the change.
std::string code_for(const Link& link, const AddForeignKey& change, bool has_derived_name) {
  const std::string target(link.target->export_name.empty() ? std::string_view(change.foreign_table.table) : link.target->export_name);
  const auto list = [](const std::string& owner, const std::vector<const Column*>& columns) {
    std::string text;
    for (const Column* column : columns) text += (text.empty() ? "" : ", ") + owner + "." + std::string(column->key);
    return text;
  };
  const std::string on_delete = change.on_delete == "no action" ? "" : change.on_delete;
  if (link.columns.size() == 1 && has_derived_name) {
    const std::string options = on_delete.empty() ? "" : ", { onDelete: \"" + on_delete + "\" }";
    const std::string type(link.table == link.target ? self_type(link.table->dialect) : std::string_view());
    return "add .references(()" + type + " => " + list(target, link.foreign_columns) + options + ") to " +
           std::string(link.columns.front()->key);
  }
  const std::string name = has_derived_name ? "" : "name: \"" + change.name + "\", ";
  const std::string action = on_delete.empty() ? "" : ".onDelete(\"" + on_delete + "\")";
  return "add foreignKey({ " + name + "columns: [" + list("t", link.columns) + "], foreignColumns: [" +
         list(link.table == link.target ? "t" : target, link.foreign_columns) + "] })" + action + " to the table";
}

std::string help_for(const Model& model, const Link& link, const AddForeignKey& change, const std::vector<const ForeignKey*>& followed) {
  const std::string derived = derived_foreign_key_name(model, *link.table, link.columns, *link.target, link.foreign_columns);
  std::string help = code_for(link, change, change.name == derived);
  if (followed.empty()) {
    help += "; what deleting a row of " + display_name(*link.target) +
            " should do is an open choice, since no other table shows it: the proposal says no action";
  } else {
    help += "; on delete it does what " + display_name(*followed.front()->columns.front()->table) + " does for the same reference (" +
            change.on_delete + ")";
  }
  return help + "; rows that point nowhere have to go first";
}

/// Where the finding belongs: the column that no foreign key holds, not the tenant beside it.
const Column& column_of(const Link& link) {
  const auto open = std::find_if(link.columns.begin(), link.columns.end(), [](const Column* c) { return !is_settled(*c->table, *c); });
  return open == link.columns.end() ? *link.columns.front() : **open;
}

/// What a migration makes of the columns, whether the schema says so or not. Null when none does.
const MigratedKey* migrated_key(const RuleContext& context, const Link& link) {
  for (const MigratedKey& key : context.migrated_keys()) {
    if (!link.table->name.is(key.table)) continue;
    const auto holds = [&](const Column* column) {
      return std::find(key.columns.begin(), key.columns.end(), column_name(*column)) != key.columns.end();
    };
    // Of several columns the tenant's may be missing from a block's list.
    const bool all = std::all_of(link.columns.begin(), link.columns.end(), holds);
    if (all || (key.in_block && std::any_of(link.columns.begin(), link.columns.end(), holds))) return &key;
  }
  return nullptr;
}

void add_migration(const MigratedKey& key, Finding& finding) {
  const std::string place = key.path + ":" + std::to_string(key.line);
  if (key.in_snapshot) {
    finding.evidence.push_back({"migration", place + " makes it, and drizzle-kit's last snapshot has it: the next migration drops it", {}});
    return;
  }
  finding.severity = Severity::kInfo;
  finding.help =
      place + " makes it by SQL; to declare it here as well, leave out the statement that drizzle-kit then writes: " + finding.help;
  finding.evidence.push_back({"migration", place + " makes the foreign key, though the schema does not declare it", {}});
}

/// The code puts something there that a foreign key would refuse.
void add_text(const Link& link, Finding& finding) {
  const ColumnText& text = *link.no_key;
  const std::string value = "\"" + text.text + "\"";
  finding.severity = Severity::kInfo;
  finding.help = "see first whether " + (text.text.empty() ? "the empty text" : value) + " that the code puts there is a row of " +
                 display_name(*link.target) + ", and store null where it is not; then " + finding.help;
  const std::string where = text.use == TextUse::kPassed ? "the code passes " + value + " under the name by which the column gets its value"
                                                         : "the code writes " + value + " to it or looks for it there";
  finding.evidence.push_back({"value", where + ", which may be no key", text.span});
}

void report(const RuleContext& context, ConstraintNames& names, Link link) {
  add_guess_evidence(link);
  const std::vector<const ForeignKey*> followed = models_for(context.model(), link);
  AddForeignKey change = change_for(names, link, followed);

  Subject subject = table_subject(SubjectKind::kColumn, *link.table);
  subject.columns = change.columns;
  Finding& finding = context.report(column_of(link).span, std::move(subject), message_for(link));
  finding.confidence = link.confidence;
  if (link.confidence == Confidence::kMedium) finding.severity = Severity::kWarning;
  finding.note = is_tenant(context.tenants(), link)
                     ? "nothing keeps a row in its tenant: it can name a " + display_name(*link.target) +
                           " row that does not exist, and outlives the one it belongs to"
                     : "the database accepts rows that point nowhere, and keeps them when the row they point at is deleted";
  finding.help = help_for(context.model(), link, change, followed);
  if (link.may_be_in_migration) {
    finding.severity = Severity::kInfo;
    finding.help = "see first whether a migration makes it, as a comment says of others; then " + finding.help;
  }
  finding.related.push_back({qualified(*link.target, link.foreign_columns), link.foreign_columns.front()->span});
  finding.evidence = std::move(link.evidence);
  if (link.no_key != nullptr) add_text(link, finding);
  if (finding.severity != Severity::kInfo) {
    if (const MigratedKey* key = migrated_key(context, link)) add_migration(*key, finding);
  }
  finding.change = std::move(change);
}

void report_policy(const RuleContext& context, const std::vector<Link>& missing) {
  const Link& first = missing.front();
  Subject subject;
  subject.kind = SubjectKind::kFile;
  subject.name = context.model().config_path.empty() ? "schema" : std::string(context.model().config_path);
  Finding& finding =
      context.report(first.table->name_span, std::move(subject),
                     "the schema declares no foreign key at all; " + std::to_string(missing.size()) + " columns would hold one");
  finding.severity = Severity::kInfo;
  finding.confidence = Confidence::kHigh;
  finding.note = "this looks like a decision, as databases on Vitess ask for it, so the columns are not listed one by one";
  finding.help = "declare the first foreign key, or say in the config that they are required, and this rule looks at every column";
  for (const Link& link : missing) {
    finding.evidence.push_back({link.by_relation ? "relation" : "name",
                                qualified(*link.table, link.columns) + " → " + qualified(*link.target, link.foreign_columns),
                                link.columns.front()->span});
  }
}

/// Only the end of the name speaks, and its type: owner_user_id.
bool is_by_role(const Link& link) { return link.confidence == Confidence::kMedium && link.siblings.empty() && !link.by_whole_name; }

/// One finding for all columns that seem to mean the same table and say so by no more than the end of their names.
void report_by_role(const RuleContext& context, const std::vector<const Link*>& links) {
  const Link& first = *links.front();
  const std::string target = qualified(*first.target, first.foreign_columns);
  Subject subject = table_subject(SubjectKind::kTable, *first.target);
  subject.name = "by role";
  Finding& finding = context.report(first.target->name_span, std::move(subject),
                                    std::to_string(links.size()) + " columns look like references to " + target +
                                        " by the end of their names and their type, but no foreign key says so");
  finding.severity = Severity::kWarning;
  finding.confidence = Confidence::kMedium;
  finding.note = "so many at once may be a decision; where they are not, the database accepts rows that point nowhere";
  finding.help = "add .references(() => " + std::string(first.target->export_name.empty() ? "…" : first.target->export_name) + "." +
                 std::string(first.foreign_columns.front()->key) +
                 ") to those that mean it; a comment \"no foreign key: …\" above the others says why not, and this rule reads it";
  for (const Link* link : links) {
    const Column& column = *link->columns.front();
    finding.evidence.push_back({"name", qualified(*link->table, link->columns), column.span});
  }
}

void check(const RuleContext& context) {
  const Model& model = context.model();
  if (model.dialect == Dialect::kSinglestore) return;             // has no foreign keys
  if (context.foreign_keys() == ForeignKeyPolicy::kNone) return;  // said in the config, so nobody needs to hear it
  std::vector<Link> missing = missing_links(model, context.queries());
  const std::size_t policy = model.dialect == Dialect::kMysql ? kPolicyMysql : kPolicyElsewhere;
  const bool required = context.foreign_keys() == ForeignKeyPolicy::kRequired;
  if (!required && missing.size() >= policy && references::has_no_foreign_key(model)) {
    report_policy(context, missing);
    return;
  }
  ConstraintNames names(model);
  std::map<const Table*, std::vector<const Link*>> by_role;
  for (const Link& link : missing) {
    if (is_by_role(link)) by_role[link.target].push_back(&link);
  }
  for (const Link& link : missing) {
    if (!is_by_role(link) || by_role[link.target].size() < kMany) report(context, names, link);
  }
  for (const Table& table : model.tables) {
    const auto links = by_role.find(&table);
    if (links != by_role.end() && links->second.size() >= kMany) report_by_role(context, links->second);
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "missing-foreign-key",
    .summary = "A column holds another table's key, but no foreign key says so.",
    .category = "integrity",
    .severity = Severity::kError,
    .reads_code = true,
    .check = check,
};

}  // namespace drizzle_audit::rules::missing_foreign_key
