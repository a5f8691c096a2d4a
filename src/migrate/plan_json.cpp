#include "migrate/plan_json.h"

#include <nlohmann/json.hpp>

#include "drizzle_audit/version.h"
#include "migrate/sql_text.h"

namespace drizzle_audit::migrate {
namespace {

using Json = nlohmann::ordered_json;

Json schema_of(const TableRef& table) { return table.schema ? Json(*table.schema) : Json(); }

std::string_view kind_of(const UniqueChange& change) {
  switch (change.kind) {
    case UniqueChange::Kind::kConstraint: return "AddUnique";
    case UniqueChange::Kind::kIndex: return "AddUniqueIndex";
    case UniqueChange::Kind::kPrimaryKey: break;
  }
  return "AddPrimaryKey";
}

Json changes_json(const Changes& changes) {
  Json list = Json::array();
  for (const ForeignKeyChange& change : changes.foreign_keys) {
    const AddForeignKey& key = change.key;
    list.push_back({{"kind", "AddForeignKey"},
                    {"schema", schema_of(key.table)},
                    {"table", key.table.table},
                    {"columns", key.columns},
                    {"foreignSchema", schema_of(key.foreign_table)},
                    {"foreignTable", key.foreign_table.table},
                    {"foreignColumns", key.foreign_columns},
                    {"onDelete", key.on_delete},
                    {"onUpdate", key.on_update},
                    {"name", key.name},
                    {"choice", to_string(change.choice)}});
  }
  for (const UniqueChange& change : changes.uniques) {
    list.push_back({{"kind", kind_of(change)},
                    {"schema", schema_of(change.table)},
                    {"table", change.table.table},
                    {"columns", change.columns},
                    {"name", change.name},
                    {"newest", change.newest},
                    {"choice", to_string(change.choice)}});
  }
  for (const IndexChange& change : changes.indexes) {
    list.push_back({{"kind", "AddIndex"},
                    {"schema", schema_of(change.table)},
                    {"table", change.table.table},
                    {"columns", change.columns},
                    {"name", change.name}});
  }
  for (const CheckChange& change : changes.checks) {
    list.push_back({{"kind", "AddCheck"},
                    {"schema", schema_of(change.table)},
                    {"table", change.table.table},
                    {"name", change.name},
                    {"expression", change.expression}});
  }
  for (const DropIndexChange& change : changes.dropped_indexes) {
    list.push_back({{"kind", "DropIndex"},
                    {"schema", schema_of(change.index.table)},
                    {"table", change.index.table.table},
                    {"columns", change.index.columns},
                    {"name", change.index.name}});
  }
  for (const DropColumnChange& change : changes.dropped_columns) {
    list.push_back({{"kind", "DropColumn"},
                    {"schema", schema_of(change.drop.table)},
                    {"table", change.drop.table.table},
                    {"column", change.drop.column},
                    {"parity",
                     {{"schema", schema_of(change.drop.parity_table)},
                      {"table", change.drop.parity_table.table},
                      {"columns", change.drop.parity_columns},
                      {"compares", change.parity == ParityKind::kIds ? "ids" : "counts"}}},
                    {"fate", change.fate == ColumnFate::kKeep ? "keep" : "drop"},
                    {"choice", to_string(change.choice)}});
  }
  return list;
}

Json checks_json(const std::vector<DataCheck>& checks) {
  Json list = Json::array();
  for (const DataCheck& check : checks) {
    list.push_back({{"kind", to_string(check.kind)},
                    {"name", check.name},
                    {"table", check.table},
                    {"what", check.what},
                    {"count", check.count},
                    {"sample", check.sample}});
  }
  return list;
}

}  // namespace

nlohmann::ordered_json plan_json(const Model& model, const Plan& plan) {
  Json left_out = Json::array();
  for (const LeftOut& one : plan.changes.left_out) left_out.push_back({{"what", one.what}, {"why", one.why}});
  Json files = Json::array();
  for (const PlanFile& file : plan.files) files.push_back(file.name);
  return {{"formatVersion", kPlanFormatVersion}, {"tool", {{"name", "drizzle-audit"}, {"version", kVersion}}},
          {"dialect", to_string(model.dialect)}, {"quarantine", plan.options.quarantine},
          {"files", std::move(files)},           {"changes", changes_json(plan.changes)},
          {"checks", checks_json(plan.checks)},  {"leftOut", std::move(left_out)},
          {"schema", expected_schema(model)}};
}

}  // namespace drizzle_audit::migrate
