// The schema as a database should show it. What could not be read is not there, and the table is marked, so that nothing is called
// missing or
// superfluous on a guess.
#include <nlohmann/json.hpp>

#include "migrate/collect.h"
#include "migrate/plan_json.h"

namespace drizzle_audit::migrate {
namespace {

using Json = nlohmann::ordered_json;

/// Serial types are made of integers (PostgreSQL manual, "Serial Types"); MySQL's is a bigint.
std::string stored_type(const Column& column, Dialect dialect) {
  const std::string type(column.sql_type.value_or(""));
  if (dialect == Dialect::kPostgresql) {
    if (type == "serial") return "integer";
    if (type == "bigserial") return "bigint";
    if (type == "smallserial") return "smallint";
  }
  return dialect == Dialect::kMysql && type == "serial" ? "bigint unsigned" : type;
}

bool in_primary_key(const Table& table, const Column& column) {
  for (const PrimaryKey& key : table.primary_keys) {
    for (const Column* one : key.columns) {
      if (one == &column) return true;
    }
  }
  return false;
}

Json columns_json(const Table& table, Dialect dialect) {
  Json list = Json::array();
  for (const Column& column : table.columns) {
    if (!column.name.known()) continue;
    Json json = {{"name", column.name.value()}};
    if (column.sql_type.known() && column.enumeration == nullptr) json["type"] = stored_type(column, dialect);
    if (column.enumeration != nullptr && column.enumeration->name.known()) json["enum"] = column.enumeration->name.value();
    if (!column.unread_chain) {
      // SQLite lets a primary key be null unless it says NOT NULL.
      const bool key = in_primary_key(table, column) && dialect != Dialect::kSqlite;
      if (!in_primary_key(table, column) || key) json["notNull"] = column.not_null || key;
    }
    list.push_back(std::move(json));
  }
  return list;
}

Json constraints_json(const Table& table) {
  Json list = Json::array();
  const auto name = [](const Fact<std::optional<std::string_view>>& fact) {
    return fact.known() && fact.value() ? Json(*fact.value()) : Json();
  };
  for (const PrimaryKey& key : table.primary_keys)
    list.push_back({{"kind", "primaryKey"}, {"name", name(key.name)}, {"columns", column_names(key.columns)}});
  for (const ForeignKey& key : table.foreign_keys) {
    if (key.error || key.foreign_table == nullptr) continue;
    const TableRef parent = table_ref(*key.foreign_table);
    list.push_back({{"kind", "foreignKey"},
                    {"name", name(key.name)},
                    {"columns", column_names(key.columns)},
                    {"foreignSchema", parent.schema ? Json(*parent.schema) : Json()},
                    {"foreignTable", parent.table},
                    {"foreignColumns", column_names(key.foreign_columns)},
                    {"onDelete", key.on_delete},
                    {"onUpdate", key.on_update}});
  }
  for (const Unique& unique : table.uniques)
    list.push_back({{"kind", "unique"}, {"name", name(unique.name)}, {"columns", column_names(unique.columns)}});
  for (const Check& check : table.checks) {
    if (check.name.known()) list.push_back({{"kind", "check"}, {"name", check.name.value()}});
  }
  return list;
}

Json indexes_json(const Table& table) {
  Json list = Json::array();
  for (const Index& index : table.indexes) {
    if (!index.name.known() || !index.name.value()) continue;
    Json names = Json::array();
    for (const IndexColumn& part : index.columns) {
      names.push_back(part.column != nullptr ? Json(column_name(*part.column)) : Json());
    }
    list.push_back({{"name", *index.name.value()}, {"columns", std::move(names)}, {"unique", index.unique}});
  }
  return list;
}

}  // namespace

nlohmann::ordered_json expected_schema(const Model& model) {
  Json tables = Json::array();
  for (const Table& table : model.tables) {
    if (!table.name.known() || !table.schema.known()) continue;
    const TableRef ref = table_ref(table);
    Json json = {{"schema", ref.schema ? Json(*ref.schema) : Json()},
                 {"name", ref.table},
                 {"columns", columns_json(table, model.dialect)},
                 {"constraints", constraints_json(table)},
                 {"indexes", indexes_json(table)}};
    if (table.incomplete.any()) json["incomplete"] = true;
    tables.push_back(std::move(json));
  }
  return {{"tables", std::move(tables)}, {"incomplete", model.incomplete.tables}};
}

}  // namespace drizzle_audit::migrate
