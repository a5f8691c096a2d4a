// Columns of the model, and their DEFAULT clauses as drizzle-kit 0.31 writes them.
#include <algorithm>

#include "program/date.h"
#include "program/operators.h"
#include "schema/model_builder.h"
#include "schema/sql.h"

namespace drizzle_audit::schema {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c;
    if (c == '\'') out += c;
  }
  return out + "'";
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

/// "2024-01-02 03:04:05.678"
std::string with_space(std::string iso) {
  iso[10] = ' ';
  return iso.substr(0, 23);
}

std::optional<std::string> date_default(Dialect dialect, double milliseconds, std::string_view type) {
  const std::string iso = program::iso_text(milliseconds);
  if (type == "date") return "'" + iso.substr(0, 10) + "'";
  if (dialect == Dialect::kPostgresql || dialect == Dialect::kCockroach) return "'" + (type == "timestamp" ? with_space(iso) : iso) + "'";
  if (type.starts_with("datetime") || type.starts_with("timestamp")) return "'" + with_space(iso) + "'";
  return std::nullopt;  // other MySQL types given a Date get no default at all
}

/// drizzle-kit's buildArrayString. Nothing when an element is not known.
std::optional<std::string> array_literal(Interpreter& in, const program::Array& array, std::string_view type) {
  if (array.incomplete != nullptr) return std::nullopt;
  std::string out = "{";
  for (std::size_t i = 0; i < array.items.size(); ++i) {
    if (i > 0) out += ',';
    const Value& value = array.items[i];
    switch (value.tag()) {
      case Tag::kNumber:
      case Tag::kBigInt:
      case Tag::kBoolean: out += program::to_text(in, value).value_or(""); break;
      case Tag::kArray: {
        const auto inner = array_literal(in, value.as_array(), type);
        if (!inner) return std::nullopt;
        out += *inner;
        break;
      }
      case Tag::kHost: {
        const auto* date = value.host_as<program::Date>();
        if (date == nullptr || !date->milliseconds) return std::nullopt;
        const std::string iso = program::iso_text(*date->milliseconds);
        out += "\"" + (type == "date" ? iso.substr(0, 10) : type == "timestamp" ? with_space(iso) : iso) + "\"";
        break;
      }
      case Tag::kObject:
      case Tag::kNull: {
        const auto json = program::to_json(in, value);
        if (!json) return std::nullopt;
        out += '"';
        for (const char c : *json) out += c == '"' ? std::string("\\\"") : std::string(1, c);
        out += '"';
        break;
      }
      case Tag::kUndefined:
      case Tag::kString: out += "\"" + program::to_text(in, value).value_or("") + "\""; break;
      default: return std::nullopt;
    }
  }
  return out + "}";
}

bool is_array_type(std::string_view type) {
  if (!type.ends_with(']')) return false;
  const std::size_t open = type.rfind('[');
  return open != std::string_view::npos &&
         std::ranges::all_of(type.substr(open + 1, type.size() - open - 2), [](char c) { return c >= '0' && c <= '9'; });
}

/// The text for a value that is no SQL. `missing` is set when drizzle-kit writes no DEFAULT.
std::optional<std::string> literal_default(ModelBuilder& builder, const Value& value, std::string_view type, bool& missing) {
  Interpreter& in = builder.in;
  const Dialect dialect = builder.dialect;
  const bool pg = dialect == Dialect::kPostgresql || dialect == Dialect::kCockroach;
  const bool is_object = value.is(Tag::kObject) || value.is(Tag::kArray) || value.is(Tag::kHost) || value.is(Tag::kNull);
  if (dialect == Dialect::kSqlite) {
    if (value.is(Tag::kString)) return quoted(value.text());
    if (!is_object) return program::to_text(in, value);
    const auto json = program::to_json(in, value);
    return json ? std::optional("'" + *json + "'") : std::nullopt;
  }
  std::optional<std::string> text;
  if (value.is(Tag::kString)) {
    text = dialect == Dialect::kSinglestore ? "'" + std::string(value.text()) + "'" : quoted(value.text());
  } else if (type == "json" || (pg && type == "jsonb")) {
    const auto json = program::to_json(in, value);
    if (!json) return std::nullopt;
    text = "'" + *json + "'" + (pg ? "::" + std::string(type) : "");
  } else if (const auto* date = value.host_as<program::Date>()) {
    if (!date->milliseconds) return std::nullopt;
    text = date_default(dialect, *date->milliseconds, type);
    missing = !text;
    if (missing) return std::string();
  } else if (pg && is_array_type(type) && value.is(Tag::kArray)) {
    text = array_literal(in, value.as_array(), type.substr(0, type.find('[')));
    if (text) text = "'" + *text + "'";
  } else if (dialect == Dialect::kSinglestore && value.is(Tag::kArray)) {
    const auto json = program::to_json(in, value);
    if (json) text = "'" + *json + "'";
  } else {
    text = program::to_text(in, value);
  }
  if (text && dialect == Dialect::kMysql && (type == "blob" || type == "text" || type == "json")) return "(" + *text + ")";
  return text;
}

}  // namespace

Fact<std::optional<std::string_view>> default_text(ModelBuilder& builder, const ColumnHost& column, Column& made) {
  using Text = std::optional<std::string_view>;
  DefaultKind& kind = made.default_kind;
  if (!column.default_value || column.default_value->is(Tag::kUndefined)) return Text();
  const Value& value = *column.default_value;
  const auto unknown = [&](const Unknown& why) -> Fact<Text> {
    builder.not_read(why);
    return builder.keep(why);
  };
  if (value.is(Tag::kUnknown)) {
    // The usual cause is a call whose result differs from run to run: Date.now(), randomUUID().
    const std::string_view reason = value.as_unknown().reason;
    kind = reason.find("run time") != std::string_view::npos || reason.find("every run") != std::string_view::npos
               ? DefaultKind::kFrozenAtRuntime
               : DefaultKind::kLiteral;
    return unknown(value.as_unknown());
  }
  // sql`…`.as("x") is no SQL to drizzle-kit: it prints "[object Object]".
  if (const auto* sql_value = value.host_as<SqlHost>(); sql_value != nullptr && !sql_value->alias) {
    kind = DefaultKind::kSql;
    const Fact<SqlText> sql = sql_text(builder.in, builder.dialect, value);
    if (!sql.known()) return unknown(sql.unknown());
    made.default_params = builder.keep(sql).value().params;
    return Text(builder.keep(sql.value().text));
  }
  kind = DefaultKind::kLiteral;
  if (const auto* date = value.host_as<program::Date>(); date != nullptr && !date->milliseconds) kind = DefaultKind::kFrozenAtRuntime;
  if (!column.sql_type.known()) return unknown(column.sql_type.unknown());
  bool missing = false;
  const auto text = literal_default(builder, value, lower(column.sql_type.value()), missing);
  if (!text)
    return unknown(
        {kind == DefaultKind::kFrozenAtRuntime ? "the default is another value in every run" : "part of the default is not known",
         column.default_span});
  if (missing) return Text();
  return Text(builder.keep(*text));
}

namespace {

std::optional<Generated> generated(ModelBuilder& builder, const ColumnHost& host) {
  if (!host.generated) return std::nullopt;
  Value source = host.generated->as;
  if (source.is_callable()) {
    try {
      source = builder.in.call(source, {}, host.span);
    } catch (const program::Thrown& thrown) {
      source = builder.in.unknown_copy("evaluating it throws: " + thrown.message, thrown.span);
    } catch (const program::OverBudget& over) {
      source = builder.in.unknown(over.reason, host.span);
    }
  }
  const bool sqlite = builder.dialect == Dialect::kSqlite;
  Fact<std::string_view> as = std::string_view();
  std::span<const std::string_view> params;
  if (source.is(Tag::kUnknown)) {
    as = source.as_unknown();
  } else if (source.host_as<SqlHost>() != nullptr) {
    const Fact<SqlText> text = sql_text(builder.in, builder.dialect, source, sqlite ? SqlPlace::kIndex : SqlPlace::kElsewhere);
    if (text.known()) {
      as = text.value().text;
      params = builder.keep(text).value().params;
    } else {
      as = text.unknown();
    }
  } else {
    as = text_fact(builder.in, source, host.span);
  }
  if (sqlite && as.known()) as = builder.in.make_string("(" + std::string(as.value()) + ")").text();
  return Generated{builder.keep(as), builder.keep(host.generated->mode), params};
}

std::optional<Identity> identity(ModelBuilder& builder, const ColumnHost& host, const Fact<std::string_view>& name) {
  if (!host.identity) return std::nullopt;
  Identity made;
  made.type = *host.identity;
  const auto given = text_option(builder.in, host.identity_options, "name", host.span);
  if (given && given->known()) {
    made.sequence = builder.keep(given->value());
  } else if (!given && name.known() && host.table->name.known()) {
    made.sequence = builder.keep(std::string(host.table->name.value()) + "_" + std::string(name.value()) + "_seq");
  }
  made.options = builder.options(host.identity_options, "name", true, host.span);
  return made;
}

/// The SQL type, also where the project replaced the column's getSQLType() with a function of its own.
Fact<std::string_view> sql_type(ModelBuilder& builder, const ColumnHost& host) {
  const Property* replaced = host.find_own("getSQLType");
  if (replaced == nullptr) return host.sql_type;
  try {
    return text_fact(builder.in, builder.in.call(replaced->value, Value::host(const_cast<ColumnHost*>(&host)), {}, nullptr, host.span),
                     host.span);
  } catch (const program::Thrown& thrown) {
    return builder.in.unknown_copy("evaluating it throws: " + thrown.message, thrown.span).as_unknown();
  } catch (const program::OverBudget& over) {
    return Unknown{over.reason, host.span};
  }
}

}  // namespace

Column build_column(ModelBuilder& builder, const ColumnHost& host, const Table* table) {
  Column made;
  const ColumnBuilder* element = host.builder;
  while (element->base != nullptr) element = element->base;
  made.key = builder.keep(host.key);
  made.name = builder.keep(cased_name(builder.in, host));
  made.explicit_name = !host.key_as_name;
  made.builder = builder.keep(element->builder);
  made.column_type = builder.keep(host.column_type);
  made.element_type = element == host.builder ? made.column_type : builder.keep(element->column_type);
  made.sql_type = builder.keep(sql_type(builder, host));
  made.dimensions = host.builder->dimensions;
  if (builder.environment.v1 && builder.dialect == Dialect::kPostgresql && made.sql_type.known() && made.dimensions > 0) {
    std::string type(made.sql_type.value());
    for (std::uint32_t i = 0; i < made.dimensions; ++i) type += "[]";  // the oracle's style; 1.0 keeps dimensions apart
    made.sql_type = builder.keep(type);
  }
  if (element->has_enum_values) {
    made.has_enum_values = true;
    made.enum_values = builder.string_values(element->enum_values, host.span);
  }
  if (element->enumeration != nullptr) {
    if (element->enumeration->name.known()) made.enum_name = builder.keep(element->enumeration->name.value());
    made.enumeration = element->enumeration->built;
  }
  made.not_null = host.not_null;
  made.primary_key = host.primary_key;
  if (host.is_unique) {
    made.unique = ColumnUnique{.name = {}, .nulls_not_distinct = host.nulls_not_distinct};
    if (host.unique_name && host.unique_name->known()) made.unique->name = builder.keep(host.unique_name->value());
  }
  if (made.dimensions > 0 && builder.environment.v1) {
    ColumnHost typed = {*host.table, *host.builder};
    typed.default_value = host.default_value;
    typed.default_span = host.default_span;
    typed.sql_type = made.sql_type;
    made.default_text = default_text(builder, typed, made);
  } else {
    made.default_text = default_text(builder, host, made);
  }
  made.default_span = host.default_span;
  made.has_default = host.has_default;
  made.runtime_default = host.default_fn;
  made.runtime_on_update = host.on_update_fn;
  made.auto_increment = host.auto_increment;
  made.on_update_now = host.on_update_now;
  made.generated = generated(builder, host);
  made.identity = identity(builder, host, made.name);
  made.unread_chain = host.tainted != nullptr;
  if (host.tainted != nullptr) builder.not_read(*host.tainted);
  made.table = table;
  made.type_argument = host.builder->type_argument;
  made.span = host.property_span.somewhere() ? host.property_span : host.span;
  made.key_span = host.key_span.somewhere() ? host.key_span : made.span;
  return made;
}

}  // namespace drizzle_audit::schema
