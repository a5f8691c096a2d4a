#include "verify/document.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace drizzle_audit::verify {
namespace {

using Json = nlohmann::json;

constexpr int kFormatVersion = 1;

std::string text(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> texts(const Json& json, const char* key) {
  std::vector<std::string> list;
  const auto found = json.find(key);
  if (found == json.end() || !found->is_array()) return list;
  for (const Json& one : *found) list.push_back(one.is_string() ? one.get<std::string>() : std::string());
  return list;
}

CatalogueConstraint constraint(const Json& json, ConstraintKind kind) {
  CatalogueConstraint made;
  made.kind = kind;
  made.name = text(json, "name");
  made.columns = texts(json, "columns");
  made.foreign_schema = text(json, "foreignSchema");
  made.foreign_table = text(json, "foreignTable");
  made.foreign_columns = texts(json, "foreignColumns");
  made.on_delete = text(json, "onDelete");
  made.on_update = text(json, "onUpdate");
  return made;
}

ConstraintKind kind_named(const std::string& name) {
  if (name == "primaryKey") return ConstraintKind::kPrimaryKey;
  if (name == "foreignKey") return ConstraintKind::kForeignKey;
  return name == "unique" ? ConstraintKind::kUnique : ConstraintKind::kCheck;
}

Catalogue schema_of(const Json& tables) {
  Catalogue catalogue;
  for (const Json& json : tables) {
    const TableKey key{text(json, "schema"), text(json, "name")};
    CatalogueTable& table = catalogue[key];
    table.schema = key.first;
    table.name = key.second;
    table.incomplete = json.value("incomplete", false);
    for (const Json& column : json.value("columns", Json::array())) {
      CatalogueColumn made{text(column, "name"), std::nullopt, std::nullopt};
      if (column.contains("type")) made.type = text(column, "type");
      if (column.contains("notNull")) made.not_null = column["notNull"].get<bool>();
      table.columns.push_back(std::move(made));
    }
    for (const Json& one : json.value("constraints", Json::array()))
      table.constraints.push_back(constraint(one, kind_named(text(one, "kind"))));
    for (const Json& one : json.value("indexes", Json::array()))
      table.indexes.push_back({text(one, "name"), texts(one, "columns"), one.value("unique", false), true});
  }
  return catalogue;
}

void carry_out(Catalogue& catalogue, const Json& change) {
  const auto found = catalogue.find({text(change, "schema"), text(change, "table")});
  if (found == catalogue.end()) return;
  CatalogueTable& table = found->second;
  const std::string kind = text(change, "kind");
  const std::string name = text(change, "name");
  if (kind == "AddForeignKey") table.constraints.push_back(constraint(change, ConstraintKind::kForeignKey));
  if (kind == "AddUnique") table.constraints.push_back(constraint(change, ConstraintKind::kUnique));
  if (kind == "AddCheck") table.constraints.push_back(constraint(change, ConstraintKind::kCheck));
  if (kind == "AddPrimaryKey") {
    table.constraints.push_back(constraint(change, ConstraintKind::kPrimaryKey));
    const std::vector<std::string>& key = table.constraints.back().columns;
    for (CatalogueColumn& column : table.columns) {
      if (std::find(key.begin(), key.end(), column.name) != key.end()) column.not_null = true;
    }
  }
  if (kind == "AddIndex" || kind == "AddUniqueIndex")
    table.indexes.push_back({name, texts(change, "columns"), kind == "AddUniqueIndex", true});
  if (kind == "DropIndex") {
    std::erase_if(table.indexes, [&](const CatalogueIndex& index) { return index.name == name; });
    std::erase_if(table.constraints,
                  [&](const CatalogueConstraint& one) { return one.kind == ConstraintKind::kUnique && one.name == name; });
  }
  if (kind == "DropColumn" && text(change, "fate") == "drop") {
    const std::string column = text(change, "column");
    std::erase_if(table.columns, [&](const CatalogueColumn& one) { return one.name == column; });
  }
}

}  // namespace

std::variant<Document, std::string> read_document(const std::string& input) {
  const Json json = Json::parse(input, nullptr, false);
  if (json.is_discarded()) return "the plan is no JSON";
  if (!json.is_object() || !json.contains("formatVersion")) return "this is no plan.json of drizzle-audit";
  if (json["formatVersion"] != kFormatVersion)
    return "the plan has format version " + json["formatVersion"].dump() + ", and this program reads 1";
  try {
    Document document;
    document.dialect = text(json, "dialect");
    document.quarantine = text(json, "quarantine");
    for (const Json& one : json.at("checks"))
      document.checks.push_back(
          {text(one, "kind"), text(one, "name"), text(one, "table"), text(one, "what"), text(one, "count"), text(one, "sample")});
    document.schema = schema_of(json.at("schema").at("tables"));
    document.incomplete = json.at("schema").value("incomplete", false);
    document.planned = document.schema;
    for (const Json& change : json.at("changes")) carry_out(document.planned, change);
    return document;
  } catch (const Json::exception&) {
    return "the plan is not of the shape that drizzle-audit writes";
  }
}

}  // namespace drizzle_audit::verify
