// Tables as JSON: columns, keys, indexes, constraints, policies.
#include "report/schema_json_facts.h"
#include "report/schema_json_order.h"

namespace drizzle_audit::report {
namespace {

void write_column_extras(FactWriter& out, const Column& column) {
  out.member("runtimeDefault", column.runtime_default);
  out.member("runtimeOnUpdate", column.runtime_on_update);
  out.member("autoIncrement", column.auto_increment);
  out.member("onUpdateNow", column.on_update_now);
  out.json().key("generated");
  if (column.generated) {
    out.json().begin_object();
    out.member("as", column.generated->as);
    out.member("mode", column.generated->mode);
    out.json().end_object();
  } else {
    out.json().null();
  }
  out.json().key("identity");
  if (column.identity) {
    out.json().begin_object();
    out.member("type", column.identity->type);
    out.member("sequence", column.identity->sequence);
    out.member("options", column.identity->options);
    out.json().end_object();
  } else {
    out.json().null();
  }
}

void write_column(FactWriter& out, const Column& column) {
  out.member("key", column.key);
  out.member("name", column.name);
  out.member("explicitName", column.explicit_name);
  out.member("sqlType", column.sql_type);
  if (!column.column_type.empty()) out.member("columnType", column.column_type);  // empty: nobody knows which class of enum column it is
  out.json().key("enumValues");
  column.has_enum_values ? out.value(column.enum_values) : out.json().null();
  out.member("enumName", column.enum_name);
  out.member("notNull", column.not_null);
  out.member("primaryKey", column.primary_key);
  out.json().key("unique");
  if (column.unique) {
    out.json().begin_object();
    column.unique->name.empty() ? out.member("name", std::optional<std::string_view>()) : out.member("name", column.unique->name);
    out.member("nullsNotDistinct", column.unique->nulls_not_distinct);
    out.json().end_object();
  } else {
    out.json().null();
  }
  out.member("default", column.default_text);
  write_column_extras(out, column);
  out.place(column.span);
}

void write_primary_key(FactWriter& out, const PrimaryKey& key) {
  out.member("name", key.name);
  out.member("columns", key.columns);
  out.member("inline", key.is_inline);
  out.place(key.span);
}

void write_foreign_key(FactWriter& out, const ForeignKey& key) {
  if (key.error) {
    out.json().key("name");
    out.json().null();
    out.member("error", *key.error);
    out.place(key.span);
    return;
  }
  out.member("name", key.name);
  out.member("columns", key.columns);
  out.table_name("foreignTable", key.foreign_table);
  out.json().key("foreignSchema");
  key.foreign_table != nullptr ? out.value(key.foreign_table->schema) : out.json().null();
  out.member("foreignColumns", key.foreign_columns);
  out.member("onDelete", key.on_delete);
  out.member("onUpdate", key.on_update);
  out.place(key.span);
}

void write_index(FactWriter& out, const Index& index) {
  out.member("name", index.name);
  out.json().key("columns");
  out.json().begin_array();
  for (const IndexColumn& part : index.columns) {
    out.json().begin_object();
    if (part.column == nullptr) {
      out.member("expression", part.expression);
    } else {
      out.member("name", part.column->name);
      if (!part.order.empty()) {
        out.member("order", part.order);
        out.member("nulls", part.nulls);
        out.member("opClass", part.op_class);
      }
    }
    out.json().end_object();
  }
  out.json().end_array();
  out.member("unique", index.unique);
  out.member("method", index.method);
  out.member("where", index.where);
  out.member("concurrently", index.concurrently);
  out.json().key("with");
  index.with.empty() ? out.json().null() : out.value(index.with);
  out.place(index.span);
}

void write_unique(FactWriter& out, const Unique& unique) {
  out.member("name", unique.name);
  out.member("columns", unique.columns);
  out.member("nullsNotDistinct", unique.nulls_not_distinct);
  out.member("inline", unique.is_inline);
  out.place(unique.span);
}

void write_check(FactWriter& out, const Check& check) {
  out.member("name", check.name);
  if (check.value.known()) {
    out.sql_members(check.value.value());
  } else {
    out.json().key("text");
    out.unknown(check.value.unknown());
  }
  out.place(check.span);
}

void write_ignored_extra(FactWriter& out, const IgnoredExtra& extra) {
  out.member("kind", extra.kind);
  if (extra.sql && extra.sql->known()) {
    out.sql_members(extra.sql->value());
  } else if (extra.sql) {
    out.json().key("text");
    out.unknown(extra.sql->unknown());
  }
  out.place(extra.span);
}

}  // namespace

void write_policy_members(FactWriter& out, const Policy& policy) {
  out.member("name", policy.name);
  out.member("as", policy.as);
  out.member("for", policy.for_command);
  out.member("to", policy.to);
  out.member("using", policy.using_);
  out.member("withCheck", policy.with_check);
  out.place(policy.span);
}

void write_table(FactWriter& out, const Table& table) {
  out.member("export", table.export_name);
  out.member("name", table.name);
  out.member("schema", table.schema);
  out.list("columns", table.columns, &write_column);
  out.list("primaryKeys", table.primary_keys, &write_primary_key);
  out.list("foreignKeys",
           sorted(table.foreign_keys,
                  [](const ForeignKey& key) { return key.error ? '\0' + std::string(*key.error) : constraint_key(key.name, key.columns); }),
           &write_foreign_key);
  out.list("indexes", sorted(table.indexes, [](const Index& index) { return std::string(text_of(index.name).value_or("")); }),
           &write_index);
  out.list("uniques", sorted(table.uniques, [](const Unique& unique) { return constraint_key(unique.name, unique.columns); }),
           &write_unique);
  out.list("checks", sorted(table.checks, [](const Check& check) { return std::string(text_of(check.name)); }), &write_check);
  out.list("policies", sorted(table.policies, [](const Policy& policy) { return std::string(text_of(policy.name)); }),
           &write_policy_members);
  out.member("rls", table.rls);
  // A callback that returns nothing leaves nothing behind for drizzle-orm to skip.
  std::vector<const IgnoredExtra*> ignored;
  for (const IgnoredExtra& extra : table.ignored_extras) {
    if (extra.reason != IgnoredReason::kReturnsNothing) ignored.push_back(&extra);
  }
  out.list("ignoredExtras", ignored, &write_ignored_extra);
  const Incomplete& missing = table.incomplete;
  if (missing.any()) {
    out.names("incomplete", {{missing.columns, "columns"},
                             {missing.primary_keys, "primaryKeys"},
                             {missing.foreign_keys, "foreignKeys"},
                             {missing.indexes, "indexes"},
                             {missing.uniques, "uniques"},
                             {missing.checks, "checks"},
                             {missing.policies, "policies"}});
  }
  out.place(table.span);
}

}  // namespace drizzle_audit::report
