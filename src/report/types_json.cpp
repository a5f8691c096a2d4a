#include "report/types_json.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "report/location_json.h"

namespace drizzle_audit::report {
namespace {

using Json = nlohmann::ordered_json;

/// What the format is called after; see the tool's contracts.
constexpr int kTypesFormatVersion = 1;

Json property_json(const ComparedProperty& property) {
  Json json = {{"property", property.property},
               {"column", property.column->name.value_or(property.column->key)},
               {"row", property.row.text},
               {"domain", property.domain.text}};
  if (property.row_to_domain == Verdict::kUnknown || property.domain_to_row == Verdict::kUnknown) {
    json["unknown"] = property.unknown.empty() ? "the types could not be compared" : property.unknown;
  } else {
    json["rowToDomain"] = property.row_to_domain == Verdict::kYes;
    json["domainToRow"] = property.domain_to_row == Verdict::kYes;
  }
  return json;
}

Json type_json(const Sources& sources, const DomainType& type) {
  const Table& table = *type.table;
  const bool in_schema = table.schema.known() && table.schema.value();
  Json properties = Json::array();
  for (const ComparedProperty& property : type.properties) properties.push_back(property_json(property));
  Json json = {{"type", type.name},
               {"location", location_json(sources, type.span)},
               {"table", table.name.value_or(table.export_name)},
               {"schema", in_schema ? Json(*table.schema.value()) : Json()},
               {"mapping", {{"kind", to_string(type.mapping)}, {"why", type.why}}}};
  if (type.row == RowKind::kInsert) json["row"] = "insert";  // otherwise it is the row type of a select
  json["properties"] = std::move(properties);
  json["onlyInDomain"] = type.only_in_domain;
  json["onlyInTable"] = type.only_in_table;
  return json;
}

}  // namespace

std::string types_json(const Sources& sources, const std::vector<const DomainTypes*>& all) {
  Json types = Json::array();
  for (const DomainTypes* one : all) {
    for (const DomainType& type : one->types) types.push_back(type_json(sources, type));
  }
  const Json json = {{"formatVersion", kTypesFormatVersion}, {"types", std::move(types)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace drizzle_audit::report
