// The way back of src/report/schema_json.cpp, for tests. Malformed input throws what nlohmann::json throws, which fails the test.
#include "model_from_json.h"

#include <map>
#include <string>
#include <vector>

#include "text/arena.h"

namespace drizzle_audit::tests {
namespace {

using Json = nlohmann::ordered_json;

class Builder {
 public:
  Builder(const Json& json, text::Arena& arena) : json_(json), arena_(arena) {}
  Model model(const Sources& sources);

 private:
  std::string_view copy(const Json& value) { return text::copy(arena_, value.get_ref<const std::string&>()); }
  std::string_view dump(const Json& value) { return text::copy(arena_, value.dump()); }
  std::optional<std::string_view> maybe(const Json& value) {
    return value.is_null() ? std::nullopt : std::optional<std::string_view>(copy(value));
  }
  template <class T, class Make>
  std::span<const T> each(const Json& items, Make make) {
    std::vector<T> made;
    for (const Json& item : items) made.push_back(make(item));
    return text::copy(arena_, made);
  }
  std::span<const std::string_view> strings(const Json& items) {
    return each<std::string_view>(items, [this](const Json& item) { return copy(item); });
  }
  std::span<const Option> options(const Json& object) {
    std::vector<Option> made;
    if (object.is_object()) {
      for (const auto& [key, value] : object.items()) made.push_back({text::copy(arena_, key), dump(value)});
    }
    return text::copy(arena_, made);
  }
  SqlText sql(const Json& value) {
    SqlText made{copy(value.at("text")), {}};
    if (value.contains("params")) made.params = each<std::string_view>(value.at("params"), [this](const Json& p) { return dump(p); });
    return made;
  }
  std::optional<Fact<SqlText>> maybe_sql(const Json& value) {
    return value.is_null() ? std::nullopt : std::optional<Fact<SqlText>>(sql(value));
  }

  Column column(const Json& json, const Table& table);
  void parts(const Json& json, Table& table);
  ForeignKey foreign_key(const Json& json, const Table& table);
  Index index(const Json& json, const Table& table);
  Policy policy(const Json& json);
  Relation relation(const Json& json);

  static std::string id(const Json& schema, const Json& name) {
    return (schema.is_null() ? std::string() : schema.get<std::string>()) + '\0' + name.get<std::string>();
  }
  const Column* find(const Table& table, const Json& name) {
    const Column* found = nullptr;
    for (const Column& candidate : table.columns) {
      if (candidate.name.is(name.get_ref<const std::string&>())) found = &candidate;
    }
    return found;
  }
  std::span<const Column* const> columns(const Json& names, const Table& table) {
    return each<const Column*>(names, [&](const Json& name) { return find(table, name); });
  }
  /// The table, or a hidden one with these columns.
  const Table* table_named(const Json& schema, const Json& name, const Json& with_columns);
  const Table* table_named(const Json& name);

  const Json& json_;
  text::Arena& arena_;
  std::vector<Enum> enums_;
  std::map<std::string, const Table*> tables_;
  std::span<const Enum> enum_span_;
};

Column Builder::column(const Json& json, const Table& table) {
  Column made;
  made.key = copy(json.at("key"));
  made.name = copy(json.at("name"));
  made.explicit_name = json.at("explicitName");
  made.sql_type = copy(json.at("sqlType"));
  made.column_type = copy(json.at("columnType"));
  if (!json.at("enumValues").is_null()) {
    made.has_enum_values = true;
    made.enum_values = strings(json.at("enumValues"));
  }
  made.enum_name = maybe(json.at("enumName"));
  if (made.enum_name) {
    for (const Enum& candidate : enum_span_) {
      if (candidate.name.is(*made.enum_name)) made.enumeration = &candidate;
    }
  }
  made.not_null = json.at("notNull");
  made.primary_key = json.at("primaryKey");
  if (const Json& unique = json.at("unique"); !unique.is_null()) {
    made.unique = ColumnUnique{maybe(unique.at("name")).value_or(""), unique.at("nullsNotDistinct")};
  }
  made.default_text = maybe(json.at("default"));
  made.runtime_default = json.at("runtimeDefault");
  made.runtime_on_update = json.at("runtimeOnUpdate");
  made.auto_increment = json.at("autoIncrement");
  made.on_update_now = json.at("onUpdateNow");
  if (const Json& generated = json.at("generated"); !generated.is_null()) {
    made.generated = Generated{copy(generated.at("as")), copy(generated.at("mode"))};
  }
  if (const Json& identity = json.at("identity"); !identity.is_null()) {
    made.identity = Identity{copy(identity.at("type")), copy(identity.at("sequence")), options(identity.at("options"))};
  }
  made.table = &table;
  return made;
}

const Table* Builder::table_named(const Json& schema, const Json& name, const Json& with_columns) {
  const Table*& found = tables_[id(schema, name)];
  if (found == nullptr) {
    auto* hidden = text::make<Table>(arena_);
    hidden->name = copy(name);
    hidden->schema = maybe(schema);
    hidden->columns = each<Column>(with_columns, [&](const Json& column_name) {
      Column made;
      made.key = copy(column_name);
      made.name = made.key;
      made.table = hidden;
      return made;
    });
    found = hidden;
  }
  return found;
}

const Table* Builder::table_named(const Json& name) {
  for (const auto& [key, table] : tables_) {
    if (table->name.is(name.get_ref<const std::string&>())) return table;
  }
  return nullptr;
}

ForeignKey Builder::foreign_key(const Json& json, const Table& table) {
  ForeignKey made;
  if (json.contains("error")) {
    made.name = std::optional<std::string_view>();
    made.error = copy(json.at("error"));
    return made;
  }
  made.name = maybe(json.at("name"));
  made.columns = columns(json.at("columns"), table);
  made.foreign_table = table_named(json.at("foreignSchema"), json.at("foreignTable"), json.at("foreignColumns"));
  made.foreign_columns = columns(json.at("foreignColumns"), *made.foreign_table);
  made.on_delete = copy(json.at("onDelete"));
  made.on_update = copy(json.at("onUpdate"));
  return made;
}

Index Builder::index(const Json& json, const Table& table) {
  Index made;
  made.name = maybe(json.at("name"));
  made.columns = each<IndexColumn>(json.at("columns"), [&](const Json& part) {
    IndexColumn column;
    if (part.contains("expression")) {
      column.expression = copy(part.at("expression"));
      return column;
    }
    column.column = find(table, part.at("name"));
    if (part.contains("order")) {
      column.order = copy(part.at("order"));
      column.nulls = copy(part.at("nulls"));
      column.op_class = maybe(part.at("opClass"));
    }
    return column;
  });
  made.unique = json.at("unique");
  made.method = maybe(json.at("method"));
  made.where = maybe_sql(json.at("where"));
  made.concurrently = json.at("concurrently");
  made.with = options(json.at("with"));
  return made;
}

Policy Builder::policy(const Json& json) {
  Policy made;
  made.name = copy(json.at("name"));
  made.as = copy(json.at("as"));
  made.for_command = copy(json.at("for"));
  made.to = strings(json.at("to"));
  made.using_ = maybe_sql(json.at("using"));
  made.with_check = maybe_sql(json.at("withCheck"));
  if (json.contains("export")) {
    made.export_name = copy(json.at("export"));
    made.table = maybe(json.at("table"));
    made.linked = made.table.has_value();
  }
  return made;
}

void Builder::parts(const Json& json, Table& table) {
  table.primary_keys = each<PrimaryKey>(json.at("primaryKeys"), [&](const Json& key) {
    return PrimaryKey{maybe(key.at("name")), columns(key.at("columns"), table), key.at("inline"), {}};
  });
  table.foreign_keys = each<ForeignKey>(json.at("foreignKeys"), [&](const Json& key) { return foreign_key(key, table); });
  table.indexes = each<Index>(json.at("indexes"), [&](const Json& item) { return index(item, table); });
  table.uniques = each<Unique>(json.at("uniques"), [&](const Json& item) {
    return Unique{maybe(item.at("name")), false, columns(item.at("columns"), table), item.at("nullsNotDistinct"), item.at("inline"), {}};
  });
  table.checks = each<Check>(json.at("checks"), [&](const Json& item) { return Check{copy(item.at("name")), sql(item), {}}; });
  table.policies = each<Policy>(json.at("policies"), [&](const Json& item) { return policy(item); });
  table.rls = json.at("rls");
  table.ignored_extras = each<IgnoredExtra>(json.at("ignoredExtras"), [&](const Json& item) {
    IgnoredExtra made;
    made.kind = copy(item.at("kind"));
    if (item.contains("text")) made.sql = sql(item);
    return made;
  });
}

Relation Builder::relation(const Json& json) {
  Relation made;
  made.table = json.contains("schema") ? table_named(json.at("schema"), json.at("table"), Json::array()) : table_named(json.at("table"));
  made.key = copy(json.at("key"));
  made.kind = json.at("kind") == "one" ? RelationKind::kOne : RelationKind::kMany;
  made.target = table_named(json.at("target"));
  made.relation_name = maybe(json.contains("alias") ? json.at("alias") : json.at("relationName"));
  made.is_explicit = json.value("explicit", false);
  made.optional = json.value("optional", false);
  if (json.contains("error")) {
    made.error = copy(json.at("error"));
  } else if (made.table != nullptr && made.target != nullptr) {
    made.fields = columns(json.at("fields"), *made.table);
    made.references = columns(json.at("references"), *made.target);
  }
  if (json.contains("through") && !json.at("through").is_null()) made.through = table_named(json.at("through"));
  made.inferred = json.value("inferred", false);
  made.filtered = json.value("filtered", false);
  return made;
}

Model Builder::model(const Sources& sources) {
  Model made;
  made.sources = &sources;
  const auto dialect_named = [](const Json& name) {
    for (const Dialect dialect : {Dialect::kMysql, Dialect::kSqlite, Dialect::kSinglestore, Dialect::kMssql, Dialect::kCockroach}) {
      if (to_string(dialect) == name.get_ref<const std::string&>()) return dialect;
    }
    return Dialect::kPostgresql;
  };
  made.dialect = dialect_named(json_.at("dialect"));
  made.other_dialects = each<Dialect>(json_.at("otherDialects"), dialect_named);
  made.orm_version = copy(json_.at("drizzleOrm"));
  made.orm_v1 = made.orm_version.substr(0, 2) == "1.";
  made.files = strings(json_.at("files"));
  enum_span_ = each<Enum>(json_.at("enums"), [&](const Json& item) {
    return Enum{copy(item.at("export")), copy(item.at("name")), maybe(item.at("schema")), strings(item.at("values")), false, {}};
  });
  made.enums = enum_span_;

  // All tables with their columns come first, so that foreign keys find theirs.
  const std::span<Table> tables = text::copy(arena_, std::vector<Table>(json_.at("tables").size()));
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const Json& item = json_.at("tables")[i];
    Table& table = tables[i];
    table.export_name = copy(item.at("export"));
    table.name = copy(item.at("name"));
    table.schema = maybe(item.at("schema"));
    table.dialect = made.dialect;
    table.columns = each<Column>(item.at("columns"), [&](const Json& c) { return column(c, table); });
    tables_[id(item.at("schema"), item.at("name"))] = &table;
  }
  for (std::size_t i = 0; i < tables.size(); ++i) parts(json_.at("tables")[i], tables[i]);
  made.tables = tables;

  made.schemas = each<SchemaObject>(json_.at("schemas"), [&](const Json& item) {
    return SchemaObject{copy(item.at("export")), copy(item.at("name")), item.at("existing"), {}};
  });
  made.sequences = each<Sequence>(json_.at("sequences"), [&](const Json& item) {
    return Sequence{copy(item.at("export")), copy(item.at("name")), maybe(item.at("schema")), options(item.at("options")), {}};
  });
  made.roles = each<Role>(json_.at("roles"), [&](const Json& item) {
    const auto flag = [&](const char* key) { return item.contains(key) ? std::optional<bool>(item.at(key)) : std::nullopt; };
    return Role{
        copy(item.at("export")), copy(item.at("name")), item.at("existing"), flag("createDb"), flag("createRole"), flag("inherit"), {}};
  });
  made.policies = each<Policy>(json_.at("policies"), [&](const Json& item) { return policy(item); });
  made.views = each<View>(json_.at("views"), [&](const Json& item) {
    View view{copy(item.at("export")),
              copy(item.at("name")),
              maybe(item.at("schema")),
              item.at("materialized"),
              item.at("existing"),
              maybe(item.at("query")),
              {},
              false,
              options(item.at("options")),
              {}};
    view.columns = each<ViewColumn>(item.at("columns"), [&](const Json& c) {
      const Json& not_null = c.at("notNull");
      return ViewColumn{copy(c.at("key")), copy(c.at("name")), maybe(c.at("sqlType")),
                        not_null.is_null() ? std::nullopt : std::optional<bool>(not_null.get<bool>())};
    });
    return view;
  });
  made.relations = each<Relation>(json_.at("relations"), [&](const Json& item) { return relation(item); });
  return made;
}

}  // namespace

Model model_from_json(const Json& json, text::Arena& arena, const Sources& sources) { return Builder(json, arena).model(sources); }

}  // namespace drizzle_audit::tests
