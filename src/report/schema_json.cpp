// Writes a model as JSON, straight into one string: a schema of a thousand tables is tens of megabytes of JSON, so no tree of JSON
// values is built in between. The shape is a contract with other programs: keys, their order and the order of objects are those
// that drizzle-orm's own `getTableConfig` gives, which is what the differential tests hold this against.
#include "report/schema_json.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "report/schema_json_facts.h"
#include "report/schema_json_order.h"

namespace drizzle_audit::report {
namespace {

void write_policy(FactWriter& out, const Policy& policy) {
  out.member("export", policy.export_name);
  out.member("table", policy.table);
  write_policy_members(out, policy);
}

void write_enumeration(FactWriter& out, const Enum& enumeration) {
  out.member("export", enumeration.export_name);
  out.member("name", enumeration.name);
  out.member("schema", enumeration.schema);
  out.member("values", enumeration.values);
  out.place(enumeration.span);
}

void write_schema(FactWriter& out, const SchemaObject& schema) {
  out.member("export", schema.export_name);
  out.member("name", schema.name);
  out.member("existing", schema.existing);
  out.place(schema.span);
}

void write_sequence(FactWriter& out, const Sequence& sequence) {
  out.member("export", sequence.export_name);
  out.member("name", sequence.name);
  out.member("schema", sequence.schema);
  out.member("options", sequence.options);
  out.place(sequence.span);
}

void write_role(FactWriter& out, const Role& role) {
  out.member("export", role.export_name);
  out.member("name", role.name);
  out.member("existing", role.existing);
  if (role.create_db) out.member("createDb", role.create_db);
  if (role.create_role) out.member("createRole", role.create_role);
  if (role.inherit) out.member("inherit", role.inherit);
  out.place(role.span);
}

void write_view(FactWriter& out, const View& view) {
  out.member("export", view.export_name);
  out.member("name", view.name);
  out.member("schema", view.schema);
  out.member("materialized", view.materialized);
  out.member("existing", view.existing);
  out.member("query", view.query);
  out.json().key("columns");
  out.json().begin_array();
  for (const ViewColumn& column : view.columns) {
    out.json().begin_object();
    out.member("key", column.key);
    out.member("name", column.name);
    out.member("sqlType", column.sql_type);
    out.member("notNull", column.not_null);
    out.json().end_object();
  }
  out.json().end_array();
  out.member("options", view.options);
  if (view.columns_incomplete) out.names("incomplete", {{true, "columns"}});
  out.place(view.span);
}

void write_relation(FactWriter& out, const Relation& relation) {
  out.table_name("table", relation.table);
  out.json().key("schema");
  relation.table != nullptr ? out.value(relation.table->schema) : out.json().null();
  out.member("key", relation.key);
  out.member("kind", std::string_view(relation.kind == RelationKind::kOne ? "one" : "many"));
  out.table_name("target", relation.target);
  out.member("relationName", relation.relation_name);
  out.member("explicit", relation.is_explicit);
  if (relation.kind == RelationKind::kOne) out.member("optional", relation.optional);
  if (relation.error) {
    out.member("error", *relation.error);
  } else {
    out.member("fields", relation.fields);
    out.member("references", relation.references);
  }
  out.place(relation.span);
}

void write_relation_v1(FactWriter& out, const Relation& relation) {
  out.table_name("table", relation.table);
  out.member("key", relation.key);
  out.member("kind", std::string_view(relation.kind == RelationKind::kOne ? "one" : "many"));
  out.table_name("target", relation.target);
  out.member("alias", relation.relation_name);
  if (relation.kind == RelationKind::kOne) out.member("optional", relation.optional);
  if (relation.error) out.member("error", *relation.error);
  out.member("fields", relation.fields);
  out.member("references", relation.references);
  out.table_name("through", relation.through);
  out.member("inferred", relation.inferred);
  out.member("filtered", relation.filtered);
  out.place(relation.span);
}

void write_model(JsonWriter& json, const Model& model) {
  FactWriter out(json, *model.sources);
  out.json().begin_object();
  out.json().key("config");
  model.config_path.empty() ? out.json().null() : out.json().string(model.config_path);
  out.member("dialect", to_string(model.dialect));
  out.json().key("otherDialects");
  out.json().begin_array();
  for (const Dialect dialect : model.other_dialects) out.json().string(to_string(dialect));
  out.json().end_array();
  out.member("files", model.files);

  const auto by_schema = [](const auto& e) { return entity_key(e.schema.value_or(""), text_of(e.name), e.export_name); };
  const auto by_name = [](const auto& e) { return entity_key("", text_of(e.name), e.export_name); };
  out.list("tables",
           sorted(model.tables, [](const Table& t) { return entity_key(text_of(t.schema).value_or(""), text_of(t.name), t.export_name); }),
           &write_table);
  out.list("enums", sorted(model.enums, by_schema), &write_enumeration);
  out.list("schemas", sorted(model.schemas, by_name), &write_schema);
  out.list("sequences", sorted(model.sequences, by_schema), &write_sequence);
  out.list("roles", sorted(model.roles, by_name), &write_role);
  out.list("policies", sorted(model.policies, by_name), &write_policy);
  out.list("views", sorted(model.views, by_schema), &write_view);
  // What the schema's own files export, as drizzle-orm has it.
  std::vector<Relation> own_relations;
  std::copy_if(model.relations.begin(), model.relations.end(), std::back_inserter(own_relations),
               [](const Relation& relation) { return !relation.outside; });
  out.list("relations",
           sorted(std::span<const Relation>(own_relations),
                  [](const Relation& r) { return entity_key(r.table != nullptr ? text_of(r.table->name) : "", r.key, ""); }),
           model.orm_v1 ? &write_relation_v1 : &write_relation);

  const IncompleteModel& missing = model.incomplete;
  out.names("incomplete",
            {{missing.tables, "tables"}, {missing.enums, "enums"}, {missing.views, "views"}, {missing.relations, "relations"}});
  out.json().key("unknowns");
  out.json().begin_array();
  for (const Unknown& reason : model.unknowns) out.unknown(reason);
  out.json().end_array();
  out.json().end_object();
}

}  // namespace

std::string schema_json(const Model& model) {
  JsonWriter json;
  write_model(json, model);
  return json.take();
}

std::string schema_json(std::span<const Model* const> models) {
  if (models.size() == 1) return schema_json(*models.front());
  JsonWriter json;
  json.begin_object();
  json.key("schemas");
  json.begin_array();
  for (const Model* model : models) write_model(json, *model);
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace drizzle_audit::report
