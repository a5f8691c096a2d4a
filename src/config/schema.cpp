#include "config/schema.h"

#include <string>
#include <string_view>

#include "drizzle_audit/version.h"

namespace drizzle_audit::config {
namespace {

using workspace::Json;

/// More than any option counts; keeps values inside every integer type.
constexpr int kMaxInteger = 1000000000;

Json described(std::string_view description, const Json& shape) {
  Json schema = {{"description", description}};
  schema.update(shape);
  return schema;
}

Json object(const Json& properties) { return {{"type", "object"}, {"additionalProperties", false}, {"properties", properties}}; }

Json text() { return {{"type", "string"}, {"minLength", 1}}; }

Json texts() { return {{"type", "array"}, {"items", text()}}; }

Json text_or_texts() { return {{"anyOf", Json::array({text(), texts()})}}; }

Json one_of(const Json& values, std::string_view by_default) { return {{"enum", values}, {"default", by_default}}; }

Json level() { return {{"enum", {"error", "warning", "info", "off"}}}; }

Json option_schema(const OptionSpec& option) {
  const Json by_default = Json::parse(option.default_json);
  Json schema = {{"description", option.help}};
  if (by_default.is_boolean()) {
    schema["type"] = "boolean";
  } else if (by_default.is_number_integer()) {
    schema.update({{"type", "integer"}, {"minimum", 0}, {"maximum", kMaxInteger}});
  } else if (by_default.is_array()) {
    schema.update(texts());
  } else {
    schema["type"] = "string";
  }
  schema["default"] = by_default;
  return schema;
}

/// A rule is a severity, or an object with the severity and its options.
Json rule_schema(const Rule& rule) {
  Json properties = {{"severity", level()}};
  if (!rule.options.empty()) {
    Json options = Json::object();
    for (const OptionSpec& option : rule.options) options[std::string(option.name)] = option_schema(option);
    properties["options"] = object(options);
  }
  return described(rule.summary, {{"anyOf", Json::array({level(), object(properties)})}});
}

Json override_schema(std::span<const RegisteredRule> rules) {
  Json levels = Json::object();
  for (const RegisteredRule& registered : rules) levels[std::string(registered.rule->id)] = level();
  Json schema = object({
      {"files", described("Globs of files, relative to this config.", text_or_texts())},
      {"tables",
       described("Globs of tables by their names in the database: \"audit_*\", or with a schema: \"billing.*\".", text_or_texts())},
      {"schemas", described("Globs of database schemas. Without one, PostgreSQL's tables are in \"public\".", text_or_texts())},
      {"rules", described("Severities that hold there.", object(levels))},
  });
  schema["required"] = {"rules"};
  return schema;
}

Json tenant_schema() {
  const Json set = object({
      {"table", described("The table every customer has a row in: its name in the database or its export.", text())},
      {"columns", described("Columns that say whose row it is: names in the database or TypeScript keys.", text_or_texts())},
  });
  return described("Whose data a row is. Inferred unless given here; false: the schema has no tenants.",
                   {{"anyOf", Json::array({{{"enum", {false}}}, set})}});
}

Json domain_types_schema() {
  Json tables = described(
      "By the name of a type: the table whose rows it stands for, by its name in the database or its export; false when "
      "it stands for none.",
      {{"type", "object"}, {"additionalProperties", {{"anyOf", Json::array({text(), {{"enum", {false}}}})}}}});
  const Json set = object({
      {"files", described("Globs of the files that are searched for types, relative to this config, instead of all.", text_or_texts())},
      {"tables", std::move(tables)},
  });
  return described("The project's own types, which are held against the schema; false: they are not read.",
                   {{"anyOf", Json::array({{{"enum", {false}}}, set})}});
}

}  // namespace

workspace::Json json_schema(std::span<const RegisteredRule> rules) {
  Json rule_properties = Json::object();
  for (const RegisteredRule& registered : rules) rule_properties[std::string(registered.rule->id)] = rule_schema(*registered.rule);

  const Json properties = {
      {"$schema", described("Where editors find this schema.", {{"type", "string"}})},
      {"extends", described("Other configs that this one builds on: paths relative to it, or packages. Later ones win, this file over all.",
                            text_or_texts())},
      {"preset", described("Which rules are on unless `rules` says otherwise. Each preset holds those before it.",
                           one_of({"recommended", "strict", "all"}, "recommended"))},
      {"rules", described("By rule: a severity, or an object with `severity` and `options`.", object(rule_properties))},
      {"overrides", described("Other severities for some files, tables or schemas. An entry holds where every list it gives matches; "
                              "of several entries the last wins.",
                              {{"type", "array"}, {"items", override_schema(rules)}})},
      {"tenant", tenant_schema()},
      {"domainTypes", domain_types_schema()},
      {"foreignKeys", described("Whether the database shall have foreign keys: \"required\", \"none\", or \"auto\", which leaves it to the "
                                "driver (PlanetScale has none).",
                                one_of({"auto", "required", "none"}, "auto"))},
      {"failOn", described("The least severity that makes a run fail.", one_of({"error", "warning", "info", "never"}, "error"))},
      {"ignore",
       described("Globs of files whose findings are dropped, relative to this config. They are read all the same.", text_or_texts())},
      {"baseline", described("The file of findings that were there before, relative to this config.", text())},
  };
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "Config of drizzle-audit " + std::string(kVersion)},
                 {"description", "drizzle-audit.json, drizzle-audit.jsonc or the key drizzle-audit of package.json"}};
  schema.update(object(properties));
  return schema;
}

}  // namespace drizzle_audit::config
