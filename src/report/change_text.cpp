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

std::string replacement(const std::string& from, const std::string& to) { return "replace " + clipped(from) + " by " + clipped(to); }

std::string keyed(std::string_view what, const std::string& constraint, const TableRef& table, const std::vector<std::string>& columns) {
  return "add " + std::string(what) + (constraint.empty() ? "" : " " + constraint) + ": " + list(table, columns);
}

Json schema_json(const TableRef& table) { return table.schema ? Json(*table.schema) : Json(); }

Json relation_json(const RelationDeclaration& relation) {
  Json json = {{"key", relation.key},
               {"kind", relation.kind},
               {"schema", schema_json(relation.target)},
               {"table", relation.target.table},
               {"columns", relation.columns},
               {"foreignColumns", relation.foreign_columns}};
  if (!relation.relation_name.empty()) json["relationName"] = relation.relation_name;
  return json;
}

Json relations_json(const AddRelations& added) {
  Json relations = Json::array();
  for (const RelationDeclaration& relation : added.relations) relations.push_back(relation_json(relation));
  return {
      {"kind", "AddRelations"}, {"schema", schema_json(added.table)}, {"table", added.table.table}, {"relations", std::move(relations)}};
}

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
                        [](const DropIndex& index) { return "drop index " + index.name + ": " + list(index.table, index.columns); },
                        [](const DropColumn& drop) {
                          return "drop column " + name(drop.table) + "." + drop.column + " once " + name(drop.parity_table) +
                                 " holds all of it";
                        },
                        [](const ReplaceColumn& column) { return replacement(column.from, column.to); },
                        [](const ReplaceExtra& extra) { return replacement(extra.from, extra.to); },
                        [](const ExportObject& object) {
                          return "export " + (object.binding.empty() ? object.kind + " " + object.name : object.binding);
                        },
                        [](const AddRelations& added) {
                          std::string text = "add relations to " + name(added.table) + ": ";
                          for (std::size_t i = 0; i < added.relations.size(); ++i) {
                            const RelationDeclaration& relation = added.relations[i];
                            text += (i > 0 ? ", " : "") + relation.key + " (" + relation.kind + " " + name(relation.target) + ")";
                          }
                          if (!added.others.empty()) {
                            text += added.others.size() == 1 ? "; and to " + name(added.others.front().table)
                                                             : "; and to " + std::to_string(added.others.size()) + " more tables";
                          }
                          return text;
                        },
                        [](const ReplaceRelation& relation) { return replacement(relation.from, relation.to); },
                        [](const ReplaceDomainProperty& property) { return replacement(property.from, property.to); },
                    },
                    change);
}

nlohmann::ordered_json change_json(const SchemaChange& change) {
  return std::visit(
      Overloaded{
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
          [](const DropIndex& index) { return keyed_json("DropIndex", index.name, index.table, index.columns); },
          [](const DropColumn& drop) {
            return Json{
                {"kind", "DropColumn"},
                {"schema", schema_json(drop.table)},
                {"table", drop.table.table},
                {"column", drop.column},
                {"parity",
                 {{"schema", schema_json(drop.parity_table)}, {"table", drop.parity_table.table}, {"columns", drop.parity_columns}}}};
          },
          [](const ReplaceColumn& column) {
            return Json{{"kind", "ReplaceColumn"},     {"schema", schema_json(column.table)},
                        {"table", column.table.table}, {"column", column.column},
                        {"from", column.from},         {"to", column.to}};
          },
          [](const ReplaceDomainProperty& property) {
            return Json{{"kind", "ReplaceDomainProperty"},
                        {"type", property.type},
                        {"property", property.property},
                        {"from", property.from},
                        {"to", property.to}};
          },
          [](const ExportObject& object) {
            return Json{{"kind", "ExportObject"},
                        {"object", object.kind},
                        {"schema", object.schema ? Json(*object.schema) : Json()},
                        {"name", object.name},
                        {"binding", object.binding}};
          },
          [](const AddRelations& added) {
            Json json = relations_json(added);
            if (!added.others.empty()) json["others"] = Json::array();
            for (const AddRelations& other : added.others) json["others"].push_back(relations_json(other));
            return json;
          },
          [](const ReplaceRelation& relation) {
            return Json{{"kind", "ReplaceRelation"},     {"schema", schema_json(relation.table)},
                        {"table", relation.table.table}, {"relation", relation.relation},
                        {"from", relation.from},         {"to", relation.to}};
          },
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
