// See drizzle_kit.h. Formats: drizzle-kit 0.31, snapshots of version 7 (PostgreSQL), src/serializer/pgSchema.ts.
#include "migrate/drizzle_kit.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "migrate/embedded_sql.h"
#include "migrate/postgres.h"
#include "migrate/sql_text.h"

namespace drizzle_audit::migrate {
namespace {

using Json = nlohmann::ordered_json;

constexpr Dialect kPg = Dialect::kPostgresql;
constexpr std::string_view kBreakpoint = "--> statement-breakpoint\n";

class Snapshot {
 public:
  explicit Snapshot(Json json) : json_(std::move(json)) {}

  std::string apply(const Changes& changes, const std::string& uuid) {
    json_["prevId"] = json_.value("id", "");
    json_["id"] = uuid;
    for (const ForeignKeyChange& change : changes.foreign_keys) add(change.key);
    for (const UniqueChange& change : changes.uniques) add(change);
    for (const IndexChange& change : changes.indexes) add_index(change.table, change.columns, change.name, false);
    for (const CheckChange& change : changes.checks)
      part(change.table, "checkConstraints")[change.name] = {{"name", change.name}, {"value", change.expression}};
    for (const DropIndexChange& change : changes.dropped_indexes) {
      part(change.index.table, "indexes").erase(change.index.name);
      part(change.index.table, "uniqueConstraints").erase(change.index.name);
    }
    for (const DropColumnChange& change : changes.dropped_columns) {
      if (change.fate == ColumnFate::kDrop) part(change.drop.table, "columns").erase(change.drop.column);
    }
    return json_.dump(2);
  }
  [[nodiscard]] std::string missing_table(const Changes& changes) {
    std::vector<TableRef> tables;
    for (const ForeignKeyChange& change : changes.foreign_keys) tables.push_back(change.key.table);
    for (const UniqueChange& change : changes.uniques) tables.push_back(change.table);
    for (const IndexChange& change : changes.indexes) tables.push_back(change.table);
    for (const TableRef& table : tables) {
      if (!json_["tables"].contains(key(table))) return label(table);
    }
    return {};
  }

 private:
  static std::string key(const TableRef& table) { return table.schema.value_or("public") + '.' + table.table; }
  Json& part(const TableRef& table, const char* name) {
    Json& found = json_["tables"][key(table)][name];
    if (!found.is_object()) found = Json::object();
    return found;
  }
  void add(const AddForeignKey& change) {
    Json entry = {{"name", change.name}, {"tableFrom", change.table.table}, {"tableTo", change.foreign_table.table}};
    if (change.foreign_table.schema) entry["schemaTo"] = *change.foreign_table.schema;
    entry["columnsFrom"] = change.columns;
    entry["columnsTo"] = change.foreign_columns;
    entry["onDelete"] = change.on_delete;
    entry["onUpdate"] = change.on_update;
    part(change.table, "foreignKeys")[change.name] = std::move(entry);
  }
  void add(const UniqueChange& change) {
    switch (change.kind) {
      case UniqueChange::Kind::kIndex: add_index(change.table, change.columns, change.name, true); break;
      case UniqueChange::Kind::kConstraint:
        part(change.table, "uniqueConstraints")[change.name] = {
            {"name", change.name}, {"nullsNotDistinct", false}, {"columns", change.columns}};
        break;
      case UniqueChange::Kind::kPrimaryKey:
        part(change.table, "compositePrimaryKeys")[change.name] = {{"name", change.name}, {"columns", change.columns}};
        break;
    }
  }
  void add_index(const TableRef& table, const std::vector<std::string>& names, const std::string& name, bool unique) {
    Json list = Json::array();
    for (const std::string& column : names)
      list.push_back({{"expression", column}, {"isExpression", false}, {"asc", true}, {"nulls", "last"}});
    part(table, "indexes")[name] = {{"name", name},          {"columns", std::move(list)}, {"isUnique", unique},
                                    {"concurrently", false}, {"method", "btree"},          {"with", Json::object()}};
  }

  Json json_;
};

/// The statements, each of which a driver sends by itself.
class Script {
 public:
  void add(std::string statement) {
    while (!statement.empty() && statement.back() == '\n') statement.pop_back();
    if (!text_.empty()) text_ += kBreakpoint;
    (text_ += statement) += '\n';
  }
  /// Several statements, each of which begins at the start of a line and ends with a semicolon at the end of one, outside of dollar quotes.
  void add_all(std::string_view text) {
    std::string statement;
    std::string quote;  // the dollar quote that is open
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t end = std::min(text.find('\n', at), text.size() - 1);
      const std::string_view line = text.substr(at, end - at + 1);
      at = end + 1;
      statement += line;
      for (std::size_t i = line.find('$'); i != std::string_view::npos; i = line.find('$', i + 1)) {
        const std::size_t close = line.find('$', i + 1);
        if (close == std::string_view::npos) break;
        const std::string tag(line.substr(i, close - i + 1));
        if (tag.find_first_of(" '\"(),;") != std::string::npos) continue;
        if (quote.empty()) {
          quote = tag;
        } else if (quote == tag) {
          quote.clear();
        }
        i = close;
      }
      if (quote.empty() && line.ends_with(";\n") && !line.starts_with("--")) {
        add(std::move(statement));
        statement.clear();
      }
    }
  }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

bool has_choices(const Changes& changes) {
  const auto chosen = [](const auto& change) { return change.choice != Choice::kAbort; };
  return std::any_of(changes.foreign_keys.begin(), changes.foreign_keys.end(), chosen) ||
         std::any_of(changes.uniques.begin(), changes.uniques.end(), chosen) ||
         std::any_of(changes.dropped_columns.begin(), changes.dropped_columns.end(), chosen);
}

std::string index_statement(const TableRef& table, const std::vector<std::string>& names, const std::string& name, bool unique) {
  return std::string("CREATE ") + (unique ? "UNIQUE " : "") + "INDEX IF NOT EXISTS " + quoted(kPg, name) + " ON " + qualified(kPg, table) +
         " (" + columns(kPg, names) + ");";
}

std::string migration_sql(const Plan& plan) {
  const Changes& changes = plan.changes;
  const PlanOptions& options = plan.options;
  Script script;
  script.add(
      "-- Made by drizzle-audit. drizzle-kit runs all pending migrations in one transaction, so here indexes are built with writers "
      "waiting, and\n"
      "-- every lock is held to the end. On a large table under load run the phases of `drizzle-audit plan --out DIR` first: what they "
      "have done,\n"
      "-- this migration finds and leaves alone.\n"
      "SET LOCAL lock_timeout = " +
      literal(kPg, options.lock_timeout) + ';');
  script.add_all(fill(sql::kSupport, postgres::settings(options)));
  script.add_all(fill(sql::kPatiently, postgres::settings(options)));
  if (has_choices(changes)) {
    script.add_all(fill(sql::kFunctions, postgres::settings(options)));
    script.add_all(postgres::planned_rows(changes, options, false));
    script.add_all(fill(sql::kCleanup, postgres::settings(options)));
  } else if (!plan.checks.empty()) {
    script.add(postgres::refusal(changes, plan.checks, options));
  }
  for (const IndexChange& change : changes.indexes) script.add(index_statement(change.table, change.columns, change.name, false));
  for (const UniqueChange& change : changes.uniques) {
    if (change.kind == UniqueChange::Kind::kIndex) {
      script.add(index_statement(change.table, change.columns, change.name, true));
      continue;
    }
    const std::string what = change.kind == UniqueChange::Kind::kPrimaryKey ? " PRIMARY KEY (" : " UNIQUE (";
    script.add(postgres::guarded(options, postgres::constraint_exists(change.table, change.name),
                                 "ALTER TABLE " + qualified(kPg, change.table) + " ADD CONSTRAINT " + quoted(kPg, change.name) + what +
                                     columns(kPg, change.columns) + ')',
                                 "constraint", change.table, change.name));
  }
  for (const ForeignKeyChange& change : changes.foreign_keys) {
    script.add(postgres::guarded(options, postgres::constraint_exists(change.key.table, change.key.name),
                                 postgres::add_foreign_key(change.key, false), "constraint", change.key.table, change.key.name));
  }
  for (const CheckChange& change : changes.checks) {
    script.add(postgres::guarded(options, postgres::constraint_exists(change.table, change.name),
                                 "ALTER TABLE " + qualified(kPg, change.table) + " ADD CONSTRAINT " + quoted(kPg, change.name) +
                                     " CHECK (" + change.expression + ')',
                                 "check", change.table, change.name));
  }
  for (const DropColumnChange& change : changes.dropped_columns) {
    script.add_all(postgres::read_only(change, options));
    if (change.fate != ColumnFate::kDrop) continue;
    script.add_all(postgres::add_compatibility_view(change, options));
    script.add_all(postgres::drop_column(change, options));
  }
  for (const DropIndexChange& change : changes.dropped_indexes)
    script.add("DROP INDEX IF EXISTS " + qualified(kPg, {change.index.table.schema, change.index.name}) + ';');
  return std::move(script).text();
}

}  // namespace

std::string last_tag(const std::string& journal) {
  const Json json = Json::parse(journal, nullptr, false);
  if (!json.is_object() || !json.contains("entries") || !json["entries"].is_array() || json["entries"].empty()) return {};
  const Json& last = json["entries"].back();
  return last.is_object() && last.contains("tag") && last["tag"].is_string() ? last["tag"].get<std::string>() : std::string();
}

std::variant<std::vector<PlanFile>, PlanError> drizzle_migration(const Plan& plan, const MigrationFolder& folder, const MigrationId& id) {
  if (plan.changes.dialect != Dialect::kPostgresql)
    return PlanError{"--drizzle writes migrations for PostgreSQL only",
                     "the files of --out are for " + std::string(to_string(plan.changes.dialect)) + ", too"};
  Json journal = Json::parse(folder.journal, nullptr, false);
  Json before = Json::parse(folder.snapshot, nullptr, false);
  const std::string tag = last_tag(folder.journal);
  if (tag.empty() || !before.is_object() || !before.contains("tables") || !before["tables"].is_object())
    return PlanError{"drizzle-kit's folder holds no migration to go on from",
                     "run drizzle-kit generate first: it writes meta/_journal.json and a snapshot"};
  if (before.value("version", "") != "7")
    return PlanError{"the snapshot of " + tag + " has version " + before.value("version", "?") + ", and 7 is what drizzle-kit 0.31 writes",
                     "run drizzle-kit up"};
  Snapshot snapshot(std::move(before));
  if (const std::string table = snapshot.missing_table(plan.changes); !table.empty())
    return PlanError{"the last migration, " + tag + ", does not know the table " + table,
                     "run drizzle-kit generate first, so that its snapshot is the schema as it is"};

  Json& entries = journal["entries"];
  const std::int64_t last_index = entries.back().value("idx", std::int64_t{0});
  const std::int64_t last_when = entries.back().value("when", std::int64_t{0});
  std::string number = std::to_string(last_index + 1);
  number.insert(0, number.size() < 4 ? 4 - number.size() : 0, '0');
  const std::string new_tag = number + '_' + id.name;
  entries.push_back({{"idx", last_index + 1},
                     {"version", journal.value("version", "7")},
                     {"when", std::max(id.now_ms, last_when + 1)},
                     {"tag", new_tag},
                     {"breakpoints", true}});
  return std::vector<PlanFile>{{new_tag + ".sql", migration_sql(plan)},
                               {"meta/" + number + "_snapshot.json", snapshot.apply(plan.changes, id.uuid)},
                               {"meta/_journal.json", journal.dump(2)}};
}

}  // namespace drizzle_audit::migrate
