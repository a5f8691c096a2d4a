// Writes a model as JSON, straight into one string: a schema of a thousand tables is tens of megabytes of JSON, so no tree of JSON
// values is built in between. The shape is a contract with other programs: keys, their order and the order of objects are those
// that drizzle-orm's own `getTableConfig` gives, which is what the differential tests hold this against.
#include "report/schema_json.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "report/schema_json_writer.h"

namespace drizzle_audit::report {
namespace {

// ---- sort keys --------------------------------------------------------------

std::string_view text_of(const Fact<std::string_view>& fact) { return fact.known() ? fact.value() : std::string_view(); }

std::optional<std::string_view> text_of(const Fact<std::optional<std::string_view>>& fact) {
  return fact.known() ? fact.value() : std::nullopt;
}

/// Pointers to `items`, ordered by `key(item)`; equal ones stay in source order.
template <class T, class Key>
std::vector<const T*> sorted(std::span<const T> items, Key key) {
  std::vector<std::pair<std::string, const T*>> keyed;
  keyed.reserve(items.size());
  for (const T& item : items) keyed.emplace_back(key(item), &item);
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const T*> result;
  result.reserve(keyed.size());
  for (const auto& [unused, item] : keyed) result.push_back(item);
  return result;
}

std::string entity_key(std::string_view schema, std::string_view name, std::string_view export_name) {
  std::string key(schema);
  key += '\0';
  key += name;
  key += '\0';
  key += export_name;
  return key;
}

/// A constraint's name, or its columns after a NUL so that unnamed ones come first.
std::string constraint_key(const Fact<std::optional<std::string_view>>& name, std::span<const Column* const> columns) {
  if (const auto text = text_of(name)) return std::string(*text);
  std::string key(1, '\0');
  for (const Column* column : columns) {
    if (key.size() > 1) key += ',';
    key += text_of(column->name);
  }
  return key;
}

// ---- the model --------------------------------------------------------------

class SchemaWriter {
 public:
  explicit SchemaWriter(JsonWriter& json) : json_(json) {}

  void model(const Model& model);

 private:
  // Facts
  void unknown(const Unknown& unknown);
  void location(Span span);
  void value(std::string_view text) { json_.string(text); }
  void value(const std::optional<std::string_view>& text) { text ? json_.string(*text) : json_.null(); }
  void value(std::optional<bool> flag) { flag ? json_.boolean(*flag) : json_.null(); }
  void value(bool flag) { json_.boolean(flag); }
  void value(std::span<const std::string_view> texts) {
    json_.begin_array();
    for (const std::string_view text : texts) json_.string(text);
    json_.end_array();
  }
  void value(const SqlText& sql) {
    json_.begin_object();
    sql_members(sql);
    json_.end_object();
  }
  void value(std::span<const Column* const> columns) {
    json_.begin_array();
    for (const Column* column : columns) value(column->name);
    json_.end_array();
  }
  void value(std::span<const Option> options) {
    json_.begin_object();
    for (const Option& option : options) {
      json_.key(option.name);
      json_.raw(option.json);
    }
    json_.end_object();
  }
  template <class T>
  void value(const Fact<T>& fact) {
    fact.known() ? value(fact.value()) : unknown(fact.unknown());
  }
  void value(const std::optional<Fact<SqlText>>& sql) { sql ? value(*sql) : json_.null(); }
  // A string literal would otherwise become a bool.
  void value(const char*) = delete;

  template <class T>
  void member(std::string_view key, const T& member_value) {
    json_.key(key);
    value(member_value);
  }
  void sql_members(const SqlText& sql);
  void place(Span span) {
    json_.key("location");
    location(span);
  }
  void table_name(std::string_view key, const Table* table);

  // Objects
  void table(const Table& table);
  void column(const Column& column);
  void column_extras(const Column& column);
  void primary_key(const PrimaryKey& key);
  void foreign_key(const ForeignKey& key);
  void index(const Index& index);
  void unique(const Unique& unique);
  void check(const Check& check);
  void policy_members(const Policy& policy);
  void table_policy(const Policy& policy);
  void ignored_extra(const IgnoredExtra& extra);
  void incomplete(const Incomplete& incomplete);
  void enumeration(const Enum& enumeration);
  void schema(const SchemaObject& schema);
  void sequence(const Sequence& sequence);
  void role(const Role& role);
  void policy(const Policy& policy);
  void view(const View& view);
  void relation(const Relation& relation);
  void relation_v1(const Relation& relation);

  template <class T>
  void list(std::string_view key, const std::vector<const T*>& items, void (SchemaWriter::*write)(const T&)) {
    json_.key(key);
    json_.begin_array();
    for (const T* item : items) {
      json_.begin_object();
      (this->*write)(*item);
      json_.end_object();
    }
    json_.end_array();
  }
  template <class T>
  void list(std::string_view key, std::span<const T> items, void (SchemaWriter::*write)(const T&)) {
    json_.key(key);
    json_.begin_array();
    for (const T& item : items) {
      json_.begin_object();
      (this->*write)(item);
      json_.end_object();
    }
    json_.end_array();
  }

  JsonWriter& json_;
  const Sources* sources_ = nullptr;
};

void SchemaWriter::location(Span span) {
  if (!span.somewhere()) {
    json_.null();
    return;
  }
  const Location at = sources_->location(span);
  json_.begin_object();
  json_.key("path");
  json_.string(at.path);
  json_.key("line");
  json_.number(at.line);
  json_.key("column");
  json_.number(at.column);
  json_.key("endLine");
  json_.number(at.end_line);
  json_.key("endColumn");
  json_.number(at.end_column);
  json_.end_object();
}

void SchemaWriter::unknown(const Unknown& unknown) {
  json_.begin_object();
  member("unknown", unknown.reason);
  place(unknown.span);
  json_.end_object();
}

void SchemaWriter::sql_members(const SqlText& sql) {
  member("text", sql.text);
  if (sql.params.empty()) return;
  json_.key("params");
  json_.begin_array();
  for (const std::string_view param : sql.params) json_.raw(param);
  json_.end_array();
}

void SchemaWriter::table_name(std::string_view key, const Table* table) {
  json_.key(key);
  table != nullptr ? value(table->name) : json_.null();
}

void SchemaWriter::column(const Column& column) {
  member("key", column.key);
  member("name", column.name);
  member("explicitName", column.explicit_name);
  member("sqlType", column.sql_type);
  if (!column.column_type.empty()) member("columnType", column.column_type);  // empty: nobody knows which class of enum column it is
  json_.key("enumValues");
  column.has_enum_values ? value(column.enum_values) : json_.null();
  member("enumName", column.enum_name);
  member("notNull", column.not_null);
  member("primaryKey", column.primary_key);
  json_.key("unique");
  if (column.unique) {
    json_.begin_object();
    column.unique->name.empty() ? member("name", std::optional<std::string_view>()) : member("name", column.unique->name);
    member("nullsNotDistinct", column.unique->nulls_not_distinct);
    json_.end_object();
  } else {
    json_.null();
  }
  member("default", column.default_text);
  column_extras(column);
  place(column.span);
}

void SchemaWriter::column_extras(const Column& column) {
  member("runtimeDefault", column.runtime_default);
  member("runtimeOnUpdate", column.runtime_on_update);
  member("autoIncrement", column.auto_increment);
  member("onUpdateNow", column.on_update_now);
  json_.key("generated");
  if (column.generated) {
    json_.begin_object();
    member("as", column.generated->as);
    member("mode", column.generated->mode);
    json_.end_object();
  } else {
    json_.null();
  }
  json_.key("identity");
  if (column.identity) {
    json_.begin_object();
    member("type", column.identity->type);
    member("sequence", column.identity->sequence);
    member("options", column.identity->options);
    json_.end_object();
  } else {
    json_.null();
  }
}

void SchemaWriter::primary_key(const PrimaryKey& key) {
  member("name", key.name);
  member("columns", key.columns);
  member("inline", key.is_inline);
  place(key.span);
}

void SchemaWriter::foreign_key(const ForeignKey& key) {
  if (key.error) {
    json_.key("name");
    json_.null();
    member("error", *key.error);
    place(key.span);
    return;
  }
  member("name", key.name);
  member("columns", key.columns);
  table_name("foreignTable", key.foreign_table);
  json_.key("foreignSchema");
  key.foreign_table != nullptr ? value(key.foreign_table->schema) : json_.null();
  member("foreignColumns", key.foreign_columns);
  member("onDelete", key.on_delete);
  member("onUpdate", key.on_update);
  place(key.span);
}

void SchemaWriter::index(const Index& index) {
  member("name", index.name);
  json_.key("columns");
  json_.begin_array();
  for (const IndexColumn& part : index.columns) {
    json_.begin_object();
    if (part.column == nullptr) {
      member("expression", part.expression);
    } else {
      member("name", part.column->name);
      if (!part.order.empty()) {
        member("order", part.order);
        member("nulls", part.nulls);
        member("opClass", part.op_class);
      }
    }
    json_.end_object();
  }
  json_.end_array();
  member("unique", index.unique);
  member("method", index.method);
  member("where", index.where);
  member("concurrently", index.concurrently);
  json_.key("with");
  index.with.empty() ? json_.null() : value(index.with);
  place(index.span);
}

void SchemaWriter::unique(const Unique& unique) {
  member("name", unique.name);
  member("columns", unique.columns);
  member("nullsNotDistinct", unique.nulls_not_distinct);
  member("inline", unique.is_inline);
  place(unique.span);
}

void SchemaWriter::check(const Check& check) {
  member("name", check.name);
  if (check.value.known()) {
    sql_members(check.value.value());
  } else {
    json_.key("text");
    unknown(check.value.unknown());
  }
  place(check.span);
}

void SchemaWriter::policy_members(const Policy& policy) {
  member("name", policy.name);
  member("as", policy.as);
  member("for", policy.for_command);
  member("to", policy.to);
  member("using", policy.using_);
  member("withCheck", policy.with_check);
  place(policy.span);
}

void SchemaWriter::table_policy(const Policy& policy) { policy_members(policy); }

void SchemaWriter::policy(const Policy& policy) {
  member("export", policy.export_name);
  member("table", policy.table);
  policy_members(policy);
}

void SchemaWriter::ignored_extra(const IgnoredExtra& extra) {
  member("kind", extra.kind);
  if (extra.sql && extra.sql->known()) {
    sql_members(extra.sql->value());
  } else if (extra.sql) {
    json_.key("text");
    unknown(extra.sql->unknown());
  }
  place(extra.span);
}

void SchemaWriter::incomplete(const Incomplete& incomplete) {
  if (!incomplete.any()) return;
  json_.key("incomplete");
  json_.begin_array();
  const std::pair<bool, std::string_view> parts[] = {{incomplete.columns, "columns"},          {incomplete.primary_keys, "primaryKeys"},
                                                     {incomplete.foreign_keys, "foreignKeys"}, {incomplete.indexes, "indexes"},
                                                     {incomplete.uniques, "uniques"},          {incomplete.checks, "checks"},
                                                     {incomplete.policies, "policies"}};
  for (const auto& [is_incomplete, name] : parts) {
    if (is_incomplete) json_.string(name);
  }
  json_.end_array();
}

void SchemaWriter::table(const Table& table) {
  member("export", table.export_name);
  member("name", table.name);
  member("schema", table.schema);
  list("columns", table.columns, &SchemaWriter::column);
  list("primaryKeys", table.primary_keys, &SchemaWriter::primary_key);
  list("foreignKeys",
       sorted(table.foreign_keys,
              [](const ForeignKey& key) { return key.error ? '\0' + std::string(*key.error) : constraint_key(key.name, key.columns); }),
       &SchemaWriter::foreign_key);
  list("indexes", sorted(table.indexes, [](const Index& index) { return std::string(text_of(index.name).value_or("")); }),
       &SchemaWriter::index);
  list("uniques", sorted(table.uniques, [](const Unique& unique) { return constraint_key(unique.name, unique.columns); }),
       &SchemaWriter::unique);
  list("checks", sorted(table.checks, [](const Check& check) { return std::string(text_of(check.name)); }), &SchemaWriter::check);
  list("policies", sorted(table.policies, [](const Policy& policy) { return std::string(text_of(policy.name)); }),
       &SchemaWriter::table_policy);
  member("rls", table.rls);
  // A callback that returns nothing leaves nothing behind for drizzle-orm to skip.
  std::vector<const IgnoredExtra*> ignored;
  for (const IgnoredExtra& extra : table.ignored_extras) {
    if (extra.reason != IgnoredReason::kReturnsNothing) ignored.push_back(&extra);
  }
  list("ignoredExtras", ignored, &SchemaWriter::ignored_extra);
  incomplete(table.incomplete);
  place(table.span);
}

void SchemaWriter::enumeration(const Enum& enumeration) {
  member("export", enumeration.export_name);
  member("name", enumeration.name);
  member("schema", enumeration.schema);
  member("values", enumeration.values);
  place(enumeration.span);
}

void SchemaWriter::schema(const SchemaObject& schema) {
  member("export", schema.export_name);
  member("name", schema.name);
  member("existing", schema.existing);
  place(schema.span);
}

void SchemaWriter::sequence(const Sequence& sequence) {
  member("export", sequence.export_name);
  member("name", sequence.name);
  member("schema", sequence.schema);
  member("options", sequence.options);
  place(sequence.span);
}

void SchemaWriter::role(const Role& role) {
  member("export", role.export_name);
  member("name", role.name);
  member("existing", role.existing);
  if (role.create_db) member("createDb", role.create_db);
  if (role.create_role) member("createRole", role.create_role);
  if (role.inherit) member("inherit", role.inherit);
  place(role.span);
}

void SchemaWriter::view(const View& view) {
  member("export", view.export_name);
  member("name", view.name);
  member("schema", view.schema);
  member("materialized", view.materialized);
  member("existing", view.existing);
  member("query", view.query);
  json_.key("columns");
  json_.begin_array();
  for (const ViewColumn& column : view.columns) {
    json_.begin_object();
    member("key", column.key);
    member("name", column.name);
    member("sqlType", column.sql_type);
    member("notNull", column.not_null);
    json_.end_object();
  }
  json_.end_array();
  member("options", view.options);
  if (view.columns_incomplete) {
    json_.key("incomplete");
    json_.begin_array();
    json_.string("columns");
    json_.end_array();
  }
  place(view.span);
}

void SchemaWriter::relation(const Relation& relation) {
  table_name("table", relation.table);
  json_.key("schema");
  relation.table != nullptr ? value(relation.table->schema) : json_.null();
  member("key", relation.key);
  member("kind", std::string_view(relation.kind == RelationKind::kOne ? "one" : "many"));
  table_name("target", relation.target);
  member("relationName", relation.relation_name);
  member("explicit", relation.is_explicit);
  if (relation.kind == RelationKind::kOne) member("optional", relation.optional);
  if (relation.error) {
    member("error", *relation.error);
  } else {
    member("fields", relation.fields);
    member("references", relation.references);
  }
  place(relation.span);
}

void SchemaWriter::relation_v1(const Relation& relation) {
  table_name("table", relation.table);
  member("key", relation.key);
  member("kind", std::string_view(relation.kind == RelationKind::kOne ? "one" : "many"));
  table_name("target", relation.target);
  member("alias", relation.relation_name);
  if (relation.kind == RelationKind::kOne) member("optional", relation.optional);
  if (relation.error) member("error", *relation.error);
  member("fields", relation.fields);
  member("references", relation.references);
  table_name("through", relation.through);
  member("inferred", relation.inferred);
  member("filtered", relation.filtered);
  place(relation.span);
}

void SchemaWriter::model(const Model& model) {
  sources_ = model.sources;
  json_.begin_object();
  json_.key("config");
  model.config_path.empty() ? json_.null() : json_.string(model.config_path);
  member("dialect", to_string(model.dialect));
  json_.key("otherDialects");
  json_.begin_array();
  for (const Dialect dialect : model.other_dialects) json_.string(to_string(dialect));
  json_.end_array();
  member("files", model.files);

  const auto by_schema = [](const auto& e) { return entity_key(e.schema.value_or(""), text_of(e.name), e.export_name); };
  const auto by_name = [](const auto& e) { return entity_key("", text_of(e.name), e.export_name); };
  list("tables",
       sorted(model.tables, [](const Table& t) { return entity_key(text_of(t.schema).value_or(""), text_of(t.name), t.export_name); }),
       &SchemaWriter::table);
  list("enums", sorted(model.enums, by_schema), &SchemaWriter::enumeration);
  list("schemas", sorted(model.schemas, by_name), &SchemaWriter::schema);
  list("sequences", sorted(model.sequences, by_schema), &SchemaWriter::sequence);
  list("roles", sorted(model.roles, by_name), &SchemaWriter::role);
  list("policies", sorted(model.policies, by_name), &SchemaWriter::policy);
  list("views", sorted(model.views, by_schema), &SchemaWriter::view);
  list("relations",
       sorted(model.relations, [](const Relation& r) { return entity_key(r.table != nullptr ? text_of(r.table->name) : "", r.key, ""); }),
       model.orm_v1 ? &SchemaWriter::relation_v1 : &SchemaWriter::relation);

  json_.key("incomplete");
  json_.begin_array();
  const std::pair<bool, std::string_view> parts[] = {{model.incomplete.tables, "tables"},
                                                     {model.incomplete.enums, "enums"},
                                                     {model.incomplete.views, "views"},
                                                     {model.incomplete.relations, "relations"}};
  for (const auto& [is_incomplete, name] : parts) {
    if (is_incomplete) json_.string(name);
  }
  json_.end_array();
  json_.key("unknowns");
  json_.begin_array();
  for (const Unknown& reason : model.unknowns) unknown(reason);
  json_.end_array();
  json_.end_object();
}

}  // namespace

std::string schema_json(const Model& model) {
  JsonWriter json;
  SchemaWriter(json).model(model);
  return json.take();
}

std::string schema_json(std::span<const Model* const> models) {
  if (models.size() == 1) return schema_json(*models.front());
  JsonWriter json;
  json.begin_object();
  json.key("schemas");
  json.begin_array();
  for (const Model* model : models) SchemaWriter(json).model(*model);
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace drizzle_audit::report
