#include "report/change_text.h"

#include <nlohmann/json.hpp>

namespace drizzle_audit::report {
namespace {

using Json = nlohmann::ordered_json;

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

std::string name(const TableRef& table) { return table.schema ? *table.schema + "." + table.table : table.table; }

std::string list(const TableRef& table, const std::vector<std::string>& columns) {
  std::string text = name(table) + "(";
  for (std::size_t i = 0; i < columns.size(); ++i) text += (i > 0 ? ", " : "") + columns[i];
  return text + ")";
}

std::string clipped(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space || (!line.empty() && line.back() != ' ')) line += space ? ' ' : c;
  }
  return line;
}

std::string keyed(std::string_view what, const std::string& constraint, const TableRef& table, const std::vector<std::string>& columns) {
  return "add " + std::string(what) + (constraint.empty() ? "" : " " + constraint) + ": " + list(table, columns);
}

Json schema_json(const TableRef& table) { return table.schema ? Json(*table.schema) : Json(); }

Json keyed_json(std::string_view kind, const std::string& constraint, const TableRef& table, const std::vector<std::string>& columns) {
  return {{"kind", kind}, {"schema", schema_json(table)}, {"table", table.table}, {"columns", columns}, {"name", constraint}};
}

}  // namespace

std::string change_text(const SchemaChange& change) {
  return std::visit(Overloaded{
                        [](const AddForeignKey& key) {
                          std::string text =
                              keyed("foreign key", key.name, key.table, key.columns) + " → " + list(key.foreign_table, key.foreign_columns);
                          if (key.on_delete != "no action") text += ", on delete " + key.on_delete;
                          if (key.on_update != "no action") text += ", on update " + key.on_update;
                          return text;
                        },
                        [](const AddUnique& unique) { return keyed("unique constraint", unique.name, unique.table, unique.columns); },
                        [](const AddIndex& index) { return keyed("index", index.name, index.table, index.columns); },
                        [](const AddPrimaryKey& key) { return keyed("primary key", key.name, key.table, key.columns); },
                        [](const ReplaceExtra& extra) { return "replace " + clipped(extra.from) + " by " + clipped(extra.to); },
                    },
                    change);
}

nlohmann::ordered_json change_json(const SchemaChange& change) {
  return std::visit(Overloaded{
                        [](const AddForeignKey& key) {
                          return Json{{"kind", "AddForeignKey"},
                                      {"schema", schema_json(key.table)},
                                      {"table", key.table.table},
                                      {"columns", key.columns},
                                      {"foreignSchema", schema_json(key.foreign_table)},
                                      {"foreignTable", key.foreign_table.table},
                                      {"foreignColumns", key.foreign_columns},
                                      {"onDelete", key.on_delete},
                                      {"onUpdate", key.on_update},
                                      {"name", key.name}};
                        },
                        [](const AddUnique& unique) { return keyed_json("AddUnique", unique.name, unique.table, unique.columns); },
                        [](const AddIndex& index) { return keyed_json("AddIndex", index.name, index.table, index.columns); },
                        [](const AddPrimaryKey& key) { return keyed_json("AddPrimaryKey", key.name, key.table, key.columns); },
                        [](const ReplaceExtra& extra) {
                          return Json{{"kind", "ReplaceExtra"},
                                      {"schema", schema_json(extra.table)},
                                      {"table", extra.table.table},
                                      {"from", extra.from},
                                      {"to", extra.to}};
                        },
                    },
                    change);
}

}  // namespace drizzle_audit::report
