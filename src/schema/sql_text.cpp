// Prints SQL objects as dialect.sqlToQuery() does: SQL.buildQueryFromSourceParams of drizzle-orm/sql/sql.ts, the dialects' escapeName and
// escapeParam, and the columns' mapToDriverValue.
#include <cmath>
#include <string>
#include <vector>

#include "program/date.h"
#include "program/operators.h"
#include "schema/select.h"
#include "schema/sql.h"

namespace drizzle_audit::schema {
namespace {

constexpr int kMaxDepth = 200;

/// Why printing stopped; caught in sql_text().
struct Unprintable {
  Unknown why;
};

std::string escaped(std::string_view text, char open, char close) {
  std::string out(1, open);
  for (const char c : text) {
    out += c;
    if (c == close) out += c;
  }
  return out + close;
}

std::string array_literal(Interpreter& in, const program::Array& array, Span at) {  // makePgArray
  if (array.incomplete != nullptr) throw Unprintable{*array.incomplete};
  std::string out = "{";
  for (std::size_t i = 0; i < array.items.size(); ++i) {
    const Value& item = array.items[i];
    if (i > 0) out += ',';
    if (item.is(Tag::kArray)) {
      out += array_literal(in, item.as_array(), at);
    } else if (item.is(Tag::kString)) {
      out += '"';
      for (const char c : item.text()) {
        if (c == '\\' || c == '"') out += '\\';
        out += c;
      }
      out += '"';
    } else {
      const auto text = item.is(Tag::kHost) ? std::nullopt : program::to_text(in, item);
      if (!text) throw Unprintable{{"an element of an array is not known", at}};
      out += *text;
    }
  }
  return out + "}";
}

/// column.mapToDriverValue(value).
class Encoder {
 public:
  Encoder(Interpreter& in, Dialect dialect, bool v1, Span at) : in_(in), dialect_(dialect), v1_(v1), at_(at) {}

  [[nodiscard]] Value encode(const ColumnHost& column, const Value& value) const {
    if (column.extra) return value;  // ExtraConfigColumn has Column's own mapToDriverValue, which does nothing
    const ColumnHost& plain = column.ordinary();
    if (v1_ && plain.builder->dimensions > 0 && value.is(Tag::kArray)) return elements(plain, value, plain.builder->dimensions);
    return encode(plain.column_type, plain.builder, value);
  }

 private:
  Value elements(const ColumnHost& column, const Value& value, std::uint32_t dimensions) const {
    if (dimensions == 0 || !value.is(Tag::kArray)) return encode(column.column_type, column.builder, value);
    program::Array* mapped = in_.make_array();
    mapped->incomplete = value.as_array().incomplete;
    for (const Value& item : value.as_array().items)
      mapped->items.push_back(item.is(Tag::kNull) ? item : elements(column, item, dimensions - 1));
    return Value::array(mapped);
  }

  Value encode(std::string_view type, const ColumnBuilder* builder, const Value& value) const {
    const auto is_type = [&](std::string_view suffix) { return type == std::string(class_prefix(dialect_)) + std::string(suffix); };
    if (type.ends_with("CustomColumn")) fail("a custom type converts the value");
    if (value.host_as<SqlHost>() != nullptr) return value;
    if (type.ends_with("Array") && !v1_) {
      if (!value.is(Tag::kArray) || builder == nullptr || builder->base == nullptr) fail("the value is no array");
      return in_.make_string(array_literal(in_, mapped(builder->base, value.as_array()), at_));
    }
    if (is_type("Json") || is_type("Jsonb") || type == "SQLiteTextJson" || is_type("Vector") || is_type("HalfVector")) {
      // 1.0 leaves PostgreSQL's JSON to the driver's codecs.
      if (v1_ && dialect_ == Dialect::kPostgresql) return value;
      return in_.make_string(json(value));
    }
    if (type == "SQLiteBoolean") {
      const auto truth = program::truthy(value);
      if (!truth) fail("the value is not known");
      return Value::number(*truth ? 1 : 0);
    }
    if (type.find("Decimal") != std::string_view::npos || type.find("Numeric") != std::string_view::npos) {
      if (type.ends_with("Number") || type.ends_with("BigInt")) return in_.make_string(text(value));
      return value;
    }
    if (type.starts_with("SQLiteBlob") && !type.ends_with("Buffer")) fail("the value is bound as bytes");
    if (type.find("Geometry") != std::string_view::npos || type.find("Point") != std::string_view::npos ||
        type.find("Line") != std::string_view::npos || (v1_ && type == "MySqlBigInt64")) {
      if (value.is(Tag::kString)) return value;
      fail("the column converts the value");
    }
    if (type == "SQLiteTimestamp") {
      if (value.is(Tag::kNumber) && v1_) return value;
      fail("the column converts the value");
    }
    const bool textual = v1_ && value.is(Tag::kString);  // 1.0 lets text pass
    if (is_type("Timestamp") || is_type("DateTime") ||
        (is_type("Date") && dialect_ != Dialect::kMysql && dialect_ != Dialect::kSinglestore)) {
      if (textual) return value;
      const auto* date = value.host_as<program::Date>();
      if (date == nullptr || !date->milliseconds) fail("the date is not known");
      std::string iso = program::iso_text(*date->milliseconds);
      if (dialect_ == Dialect::kMysql || dialect_ == Dialect::kSinglestore) {
        iso = iso.substr(0, iso.size() - 1);
        iso[iso.find('T')] = ' ';
      } else if (dialect_ == Dialect::kMssql) {
        return value;
      }
      return in_.make_string(iso);
    }
    if (v1_ && value.is(Tag::kHost)) fail("the column converts the value");
    return value;
  }

  program::Array& mapped(const ColumnBuilder* base, const program::Array& array) const {
    if (array.incomplete != nullptr) throw Unprintable{*array.incomplete};
    program::Array* out = in_.make_array();
    for (const Value& item : array.items) {
      if (item.is(Tag::kNull)) out->items.push_back(item);
      else if (base->column_type.ends_with("Array") && item.is(Tag::kArray) && base->base != nullptr) {
        out->items.push_back(Value::array(&mapped(base->base, item.as_array())));
      } else {
        out->items.push_back(encode(base->column_type, base, item));
      }
    }
    return *out;
  }

  [[nodiscard]] std::string json(const Value& value) const {
    const auto made = program::to_json(in_, value);
    if (!made) fail("the value is not known");
    return *made;
  }
  [[nodiscard]] std::string text(const Value& value) const {
    const auto made = program::to_text(in_, value);
    if (!made) fail("the value is not known");
    return *made;
  }
  [[noreturn]] void fail(std::string_view reason) const { throw Unprintable{{reason, at_}}; }

  Interpreter& in_;
  Dialect dialect_;
  bool v1_;
  Span at_;
};

class Printer {
 public:
  Printer(Interpreter& in, Dialect dialect, SqlPlace place) : in_(in), dialect_(dialect), place_(place) {}

  void print(const Value& value, bool inlined, Span at) {
    if (++depth_ > kMaxDepth) fail("the SQL is nested too deeply", at);
    chunk(value, inlined, at);
    --depth_;
  }

  std::string out;
  std::vector<std::string> params;

 private:
  void chunk(const Value& value, bool inlined, Span at) {
    switch (value.tag()) {
      case Tag::kUndefined: return;
      case Tag::kUnknown: throw Unprintable{value.as_unknown()};
      case Tag::kArray: {
        const program::Array& array = value.as_array();
        if (array.incomplete != nullptr) throw Unprintable{*array.incomplete};
        out += '(';
        for (std::size_t i = 0; i < array.items.size(); ++i) {
          if (i > 0) out += ", ";
          print(array.items[i], inlined, at);
        }
        out += ')';
        return;
      }
      case Tag::kHost:
        if (host(value, inlined, at)) return;
        break;
      default: break;
    }
    if (value.is(Tag::kObject) && value.as_object().find("getSQL") != nullptr) fail("an object makes its own SQL", at);
    bound(value, inlined, at);
  }

  bool host(const Value& value, bool inlined, Span at) {
    if (value.as_host().tainted != nullptr) throw Unprintable{*value.as_host().tainted};
    if (const auto* sql = value.host_as<SqlHost>()) {
      if (sql->alias) name(*sql->alias);
      else chunks(*sql, inlined || sql->inline_params, at);
    } else if (const auto* column = value.host_as<ColumnHost>()) {
      column_name(*column);
    } else if (const auto* table = value.host_as<TableHost>()) {
      table_name(*table);
    } else if (const auto* reference = value.host_as<FieldReference>()) {
      if (reference->origin) {
        name(*reference->origin);
        out += '.';
      }
      name(reference->aliased->alias.value_or(""));
    } else if (const auto* enumeration = value.host_as<EnumHost>()) {
      if (enumeration->schema && !enumeration->schema->empty()) {
        name(*enumeration->schema);
        out += '.';
      }
      name(enumeration->name);
    } else if (const auto* view = value.host_as<ViewHost>()) {
      if (!view->finished) fail("the view has no definition yet", at);
      if (view->schema) {
        name(*view->schema);
        out += '.';
      }
      name(view->name);
    } else if (const auto* placeholder = value.host_as<PlaceholderHost>()) {
      const auto text = program::to_json(in_, placeholder->name);
      if (!text) fail("the name of a placeholder is not known", at);
      add_param("{\"name\":" + *text + "}", true);
    } else if (const auto* subquery = value.host_as<SubqueryHost>()) {
      if (subquery->is_with) {
        name(subquery->alias);
        return true;
      }
      out += '(';
      print(subquery->sql, inlined, at);
      out += ") ";
      name(subquery->alias);
    } else if (auto* select = value.host_as<SelectHost>()) {
      out += '(';
      print(select->get_sql(in_, at), inlined, at);
      out += ')';
    } else if (value.host_as<program::Date>() == nullptr) {
      fail("this value in SQL is not read", at);
    } else {
      return false;
    }
    return true;
  }

  void chunks(const SqlHost& sql, bool inlined, Span at) {
    if (sql.unread != nullptr) throw Unprintable{*sql.unread};
    const Span inner = sql.span.somewhere() ? sql.span : at;
    for (const Chunk& part : sql.chunks) {
      switch (part.kind) {
        case Chunk::Kind::kText: out += part.text; break;
        case Chunk::Kind::kName: name(part.text); break;
        case Chunk::Kind::kValue: print(part.value, inlined, inner); break;
        case Chunk::Kind::kParam: param(part, inlined, inner); break;
      }
    }
  }

  void param(const Chunk& part, bool inlined, Span at) {
    if (part.value.is(Tag::kUnknown)) throw Unprintable{part.value.as_unknown()};
    if (part.value.host_as<PlaceholderHost>() != nullptr) fail("a placeholder in a parameter", at);
    if (part.value.host_as<SqlHost>() != nullptr && part.encoder == nullptr) {
      print(part.value, inlined, at);
      return;
    }
    Value mapped = part.value;
    if (part.encoder != nullptr && !mapped.is(Tag::kNull)) {
      mapped = Encoder(in_, part.encoder->table->dialect, part.encoder->table->environment.v1, at).encode(*part.encoder, mapped);
      if (mapped.host_as<SqlHost>() != nullptr) {
        print(mapped, inlined, at);
        return;
      }
      v1_ = part.encoder->table->environment.v1;
    }
    if (mapped.is(Tag::kUndefined) && part.encoder != nullptr) fail("an undefined value is bound", at);
    bound(mapped, inlined, at);
  }

  void bound(const Value& value, bool inlined, Span at) {
    if (value.is_callable()) fail("a function in SQL", at);
    if (value.is(Tag::kHost) && value.host_as<program::Date>() == nullptr) fail("this value in SQL is not read", at);
    if (inlined) {
      inline_value(value, at);
      return;
    }
    if (value.is(Tag::kString)) add_param(value.text(), true);
    else if (value.is(Tag::kBigInt)) add_param(std::string(value.text()) + "n", true);
    else if (value.is(Tag::kNull)) add_param("null", false);
    else if (value.is(Tag::kBoolean)) add_param(value.as_boolean() ? "true" : "false", false);
    else if (value.is(Tag::kNumber)) add_param(std::isfinite(value.as_number()) ? program::number_text(value.as_number()) : "null", false);
    else if (const auto* date = value.host_as<program::Date>()) {
      if (!date->milliseconds) fail("the date is another one every time", at);
      add_param(program::iso_text(*date->milliseconds), true);
    } else {
      const auto text = program::to_json(in_, value);
      if (!text) fail("the value is not known", at);
      add_param(*text, true);
    }
  }

  void inline_value(const Value& value, Span at) {  // mapInlineParam
    if (value.is(Tag::kNull)) out += "null";
    else if (value.is(Tag::kString)) out += escaped(value.text(), '\'', '\'');
    else if (value.is(Tag::kNumber) || value.is(Tag::kBoolean) || (value.is(Tag::kBigInt) && v1_)) {
      const auto text = program::to_text(in_, value);
      if (!text) fail("the value is not known", at);
      out += *text;
    } else if (value.is(Tag::kObject) || value.is(Tag::kArray)) {
      if (value.is(Tag::kObject) && value.as_object().find("toString") != nullptr) fail("an object converts itself to text", at);
      const auto text = value.is(Tag::kObject) ? program::to_json(in_, value) : program::to_text(in_, value);
      if (!text) fail("the value is not known", at);
      out += escaped(*text, '\'', '\'');
    } else {
      fail("this value cannot be written into SQL", at);
    }
  }

  void add_param(std::string_view value, bool text) {
    switch (dialect_) {
      case Dialect::kPostgresql:
      case Dialect::kCockroach: out += '$' + std::to_string(count_ + 1); break;
      case Dialect::kMssql: out += "@par" + std::to_string(count_); break;
      case Dialect::kMysql:
      case Dialect::kSqlite:
      case Dialect::kSinglestore: out += '?'; break;
    }
    ++count_;
    std::string json;
    if (text) program::append_json_string(json, value);
    else json = value;
    params.push_back(std::move(json));
  }

  void name(std::string_view text) {
    switch (dialect_) {
      case Dialect::kMysql:
      case Dialect::kSinglestore: out += escaped(text, '`', '`'); break;
      case Dialect::kMssql: out += escaped(text, '[', ']'); break;
      case Dialect::kPostgresql:
      case Dialect::kSqlite:
      case Dialect::kCockroach: out += escaped(text, '"', '"'); break;
    }
  }

  void name(const Fact<std::string_view>& text) {
    if (!text.known()) throw Unprintable{text.unknown()};
    name(text.value());
  }

  void table_name(const TableHost& table) {
    if (!table.schema.known()) throw Unprintable{table.schema.unknown()};
    if (table.schema.value() && !table.is_alias) {
      name(*table.schema.value());
      out += '.';
    }
    name(table.name);
  }

  void column_name(const ColumnHost& used) {
    const ColumnHost& column = used.extra ? used.ordinary() : used;
    if (place_ != SqlPlace::kIndex) {
      table_name(*column.table);
      out += '.';
    }
    name(query_column_name(in_, column, column.table->environment.v1 ? Casing::kNone : column.table->environment.casing));
  }

  [[noreturn]] static void fail(std::string_view reason, Span at) { throw Unprintable{{reason, at}}; }

  Interpreter& in_;
  Dialect dialect_;
  SqlPlace place_;
  bool v1_ = false;
  std::size_t count_ = 0;
  int depth_ = 0;
};

}  // namespace

Fact<SqlText> sql_text(Interpreter& in, Dialect dialect, const Value& value, SqlPlace place, bool inline_params) {
  Printer printer(in, dialect, place);
  try {
    printer.print(value, inline_params, Span{});
  } catch (const Unprintable& unprintable) {
    return unprintable.why;
  } catch (const program::Thrown& thrown) {
    return Unknown{in.make_string("drizzle-orm throws: " + thrown.message).text(), thrown.span};
  }
  std::vector<std::string_view> params;
  for (const std::string& param : printer.params) params.push_back(in.make_string(param).text());
  return SqlText{in.make_string(printer.out).text(), text::copy(in.memory(), params)};
}

}  // namespace drizzle_audit::schema
