// What a column builder makes of its options: SQL type, class, enum values, defaults that the type brings along.
#include "schema/column_types.h"

#include <array>

#include "program/operators.h"
#include "schema/column_catalogue.h"

namespace drizzle_audit::schema {
namespace {

/// The options object of one builder call.
class Options {
 public:
  Options(Call& call, const Value& config) : call_(call), config_(config) {}

  [[nodiscard]] bool known() const { return unread_ == nullptr; }
  [[nodiscard]] const Unknown& unread() const { return *unread_; }

  /// Undefined when missing; remembers the reason when unknown.
  Value get(std::string_view key) {
    if (config_.is_nullish()) return {};
    const Value value = config_.is(Tag::kUnknown) ? config_ : call_.in.get(config_, key, call_.site);
    if (value.is(Tag::kUnknown) && unread_ == nullptr) unread_ = &value.as_unknown();
    return value;
  }
  /// As `${value}`; none when undefined.
  std::optional<std::string> text(std::string_view key) {
    const Value value = get(key);
    if (value.is(Tag::kUndefined) || value.is(Tag::kUnknown)) return std::nullopt;
    return program::to_text(call_.in, value);
  }
  bool flag(std::string_view key) { return program::truthy(get(key)).value_or(false); }
  std::string mode() { return text("mode").value_or(""); }

 private:
  Call& call_;
  Value config_;
  const Unknown* unread_ = nullptr;
};

std::string in_parentheses(const std::optional<std::string>& inner) { return inner ? "(" + *inner + ")" : ""; }

std::string precision_and_scale(Options& options, std::string_view word, std::string_view comma) {
  const auto precision = options.text("precision");
  const auto scale = options.text("scale");
  if (precision && scale) return std::string(word) + "(" + *precision + std::string(comma) + *scale + ")";
  return std::string(word) + in_parentheses(precision);
}

void take_enum(ColumnBuilder& builder, const Value& values) {
  if (values.is(Tag::kUndefined)) return;
  builder.has_enum_values = true;
  builder.enum_values = values;
}

/// `enum('a','b')`, values as they are.
Fact<std::string_view> mysql_enum_type(Call& call, const Value& values) {
  std::vector<Value> items;
  if (const Unknown* why = call.in.elements(values, items, call.site)) return *why;
  std::string out = "enum(";
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto text = program::to_text(call.in, items[i]);
    if (!text) return items[i].is(Tag::kUnknown) ? items[i].as_unknown() : Unknown{"an enum value is not known", call.site};
    out += (i > 0 ? ",'" : "'") + *text + "'";
  }
  return call.in.make_string(out + ")").text();
}

/// What depends on the shape: class, SQL type, enum values, defaults that the type brings along.
void shape_column(Call& call, ColumnBuilder& builder, const Spec& spec, const Value& config, std::string& type, std::string& sql,
                  Options& options) {
  const bool v1 = builder.environment.v1;
  const bool singlestore = builder.dialect == Dialect::kSinglestore;
  switch (spec.shape) {
    case Shape::kPlain: break;
    case Shape::kText: take_enum(builder, options.get("enum")); break;
    case Shape::kLength:
      take_enum(builder, options.get("enum"));
      // varbit and sqlite's text test the length for truth, the others for undefined.
      if (spec.name == "varbit" && !options.flag("length")) break;
      sql += in_parentheses(options.text("length"));
      break;
    case Shape::kSerial:
      builder.has_default = true;
      builder.not_null = true;
      if (spec.name == "bigserial") {
        const bool number = options.mode() == "number";
        type += number ? "53" : "64";
        if (!number && !v1) builder.not_null = false;  // sic: PgBigSerial64Builder of 0.45 sets only the default
      }
      break;
    case Shape::kMysqlSerial:
      builder.has_default = true;
      builder.auto_increment = true;
      break;
    case Shape::kBigint: {
      const std::string mode = options.mode();
      type += mode == "number" ? "53" : v1 && mode == "string" && builder.dialect != Dialect::kCockroach ? "String" : "64";
      if (builder.dialect != Dialect::kPostgresql && builder.dialect != Dialect::kCockroach && options.flag("unsigned")) sql += " unsigned";
      break;
    }
    case Shape::kInteger:
      if (options.flag("unsigned")) sql += " unsigned";
      break;
    case Shape::kDimensions: sql += "(" + options.text("dimensions").value_or("undefined") + ")"; break;
    case Shape::kDateMode: {
      const std::string mode = options.mode();
      const bool is_string =
          builder.dialect == Dialect::kPostgresql || builder.dialect == Dialect::kCockroach ? mode != "date" : mode == "string";
      if (is_string) type += "String";
      break;
    }
    case Shape::kFractional:
      if (!singlestore) sql += in_parentheses(options.text("fsp"));
      break;
    case Shape::kDateFractional:
      if (options.mode() == "string") type += "String";
      if (!singlestore) sql += in_parentheses(options.text("fsp"));
      break;
    case Shape::kPgTimestamp: {
      const auto precision = options.text("precision");
      const bool text_mode = options.mode() == "string";
      const bool zone = options.flag("withTimezone");
      if (text_mode) type += "String";
      if (builder.dialect == Dialect::kCockroach) {
        sql += (zone ? "tz" : "") + in_parentheses(precision);
        break;
      }
      if (precision) sql += (text_mode ? "(" : " (") + *precision + ")";  // sic: date mode prints a space
      if (zone) sql += " with time zone";
      break;
    }
    case Shape::kPgTime: {
      const auto precision = options.text("precision");
      const bool zone = options.flag("withTimezone");
      if (builder.dialect == Dialect::kCockroach) sql += (zone ? "tz" : "") + in_parentheses(precision);
      else sql += in_parentheses(precision) + (zone ? " with time zone" : "");
      break;
    }
    case Shape::kInterval:
      if (options.flag("fields")) sql += " " + options.text("fields").value_or("");
      if (options.flag("precision")) sql += in_parentheses(options.text("precision"));
      break;
    case Shape::kNumeric: {
      const std::string mode = options.mode();
      type += mode == "number" ? "Number" : mode == "bigint" ? "BigInt" : "";
      sql = precision_and_scale(options, "numeric", ", ");
      break;
    }
    case Shape::kPoint: {
      const std::string mode = options.mode();
      const bool tuple = mode.empty() || mode == "tuple";
      if (spec.name == "line") type += tuple ? "" : "ABC";
      else type += tuple ? "Tuple" : "Object";
      break;
    }
    case Shape::kGeometry: {
      const std::string mode = options.mode();
      if (!mode.empty() && mode != "tuple") type += "Object";
      if (v1) {
        if (const auto srid = options.text("srid")) sql = "geometry(point," + *srid + ")";
      }
      break;
    }
    case Shape::kMysqlDecimal: {
      const std::string mode = options.mode();
      type += mode == "number" ? "Number" : mode == "bigint" ? "BigInt" : "";
      sql = precision_and_scale(options, "decimal", ",");
      if (sql == "decimal(10,0)" || sql == "decimal(10)") sql = "decimal";
      if (options.flag("unsigned")) sql += " unsigned";
      break;
    }
    case Shape::kMysqlFloat: {
      sql = precision_and_scale(options, spec.sql, ",");
      const bool alone = options.text("precision").has_value() && !options.text("scale").has_value();
      if (singlestore && spec.name == "float" && alone) sql = "float(" + *options.text("precision") + ",0)";
      if (options.flag("unsigned")) sql += " unsigned";
      break;
    }
    case Shape::kMysqlReal: sql = precision_and_scale(options, "real", ", "); break;
    case Shape::kMysqlEnum: break;  // made in make_column
    case Shape::kSqliteInteger: {
      const std::string mode = options.mode();
      if (mode == "timestamp" || mode == "timestamp_ms") type = "SQLiteTimestamp";
      if (mode == "boolean") type = "SQLiteBoolean";
      break;
    }
    case Shape::kSqliteText:
      if (options.mode() == "json") {
        type += "Json";
        break;
      }
      take_enum(builder, options.get("enum"));
      if (options.flag("length")) sql += in_parentheses(options.text("length"));
      break;
    case Shape::kSqliteBlob: {
      const std::string mode = options.mode();
      if (mode == "json") type += "Json";
      else if (mode == "bigint") type = "SQLiteBigInt";
      else if (v1 && mode != "buffer") type += "Json";
      else type += "Buffer";
      break;
    }
    case Shape::kSqliteNumeric: {
      const std::string mode = options.mode();
      type += mode == "number" ? "Number" : mode == "bigint" ? "BigInt" : "";
      break;
    }
    case Shape::kSinglestoreVector:
      sql += "(" + options.text("dimensions").value_or("undefined") + ", " +
             (options.flag("elementType") ? options.text("elementType").value_or("") : "F32") + ")";
      break;
    case Shape::kBlob: break;
    case Shape::kMssqlBigint: {
      const std::string mode = options.mode();
      type += mode == "string" ? "String" : mode == "number" ? "Number" : "";
      break;
    }
    case Shape::kMssqlLength:
      if (spec.name == "nvarchar" && options.mode() == "json") type = "MsSqlNVarCharJson";
      else take_enum(builder, options.get("enum"));
      sql += in_parentheses(options.text("length"));
      // MsSqlChar fills in a length of 1 before it prints.
      if ((spec.name == "char" || spec.name == "nchar") && !options.text("length")) sql += "(1)";
      break;
    case Shape::kMssqlNumeric: {
      const std::string mode = options.mode();
      type += mode == "number" ? "Number" : mode == "bigint" ? "BigInt" : "";
      sql = precision_and_scale(options, spec.sql, ",");
      if (builder.dialect == Dialect::kMssql && spec.name == "decimal" && mode == "bigint") {  // precision ?? 18, scale ?? 0
        sql = "decimal(" + options.text("precision").value_or("18") + "," + options.text("scale").value_or("0") + ")";
      }
      break;
    }
    case Shape::kMssqlPrecision: sql += in_parentheses(options.text("precision")); break;
    case Shape::kMssqlDate:
      if (options.mode() == "string") type += "String";
      if (spec.name == "datetime2" || spec.name == "datetimeoffset") sql += in_parentheses(options.text("precision"));
      break;
  }
  if (config.is(Tag::kUnknown)) options.get("mode");
  static_cast<void>(call);
}

Value make_mysql_enum(Call& call, Environment& environment, Dialect dialect, const Spec& spec) {
  Value config;
  ColumnBuilder* builder = new_builder(call, environment, dialect, spec.name, config);
  Value values = config;
  std::string type = std::string(class_prefix(dialect)) + "EnumColumn";
  if (config.is(Tag::kObject)) {  // mysqlEnum(TSEnum): the object's values
    std::vector<Property> properties;
    program::Array* array = call.in.make_array();
    array->incomplete = call.in.own_properties(config, properties, call.site);
    for (const Property& property : properties) array->items.push_back(property.value);
    values = Value::array(array);
    type = std::string(class_prefix(dialect)) + "EnumObjectColumn";
  }
  if (values.is(Tag::kArray) && values.as_array().items.empty() && values.as_array().incomplete == nullptr) {
    call.in.throw_error("You have an empty array for \"" + std::string(builder->name.value_or("")) + "\" enum values", call.site);
  }
  builder->column_type = call.in.make_string(type).text();
  builder->builder_class = call.in.make_string(type + "Builder").text();
  builder->data_type = "string";
  builder->has_enum_values = true;
  builder->enum_values = values;
  builder->sql_type = values.is_nullish() ? Fact<std::string_view>("enum()") : mysql_enum_type(call, values);
  return Value::host(builder);
}

}  // namespace

bool is_column_function(const Environment& environment, Dialect dialect, std::string_view name, bool in_callback) {
  const Spec* spec = find_spec(environment, dialect, name);
  return spec != nullptr && (!in_callback || spec->in_callback);
}

ColumnBuilder* new_builder(Call& call, Environment& environment, Dialect dialect, std::string_view name, Value& config) {
  auto* builder = call.in.make<ColumnBuilder>(&call.in.memory(), environment, dialect);
  builder->span = call.site;
  builder->builder = name;
  const Value a = call.argument(0);
  if (a.is(Tag::kString)) {
    builder->name = a.text();
    builder->key_as_name = a.text().empty();
    config = call.argument(1);
  } else if (a.is(Tag::kUnknown)) {
    // Nobody knows whether it is the name or the options.
    builder->name = a.as_unknown();
    builder->key_as_name = false;
    config = call.arguments.size() > 1 ? call.argument(1) : a;
  } else {
    builder->name = std::string_view();
    config = a.is_nullish() ? call.argument(1) : a;
  }
  return builder;
}

Value make_column(Call& call, Environment& environment, Dialect dialect, std::string_view name) {
  const Spec* spec = find_spec(environment, dialect, name);
  if (spec == nullptr) return {};
  if (spec->shape == Shape::kMysqlEnum) return make_mysql_enum(call, environment, dialect, *spec);
  Value config;
  ColumnBuilder* builder = new_builder(call, environment, dialect, spec->name, config);
  std::string type = std::string(class_prefix(dialect)) + std::string(spec->type);
  std::string sql(spec->sql);
  Options options(call, config);
  // An unknown first argument alone is much more often a name than options: only types that need options become unknown.
  const bool maybe_name = call.arguments.size() == 1 && call.argument(0).is(Tag::kUnknown);
  if (!maybe_name || spec->shape != Shape::kPlain) shape_column(call, *builder, *spec, config, type, sql, options);
  builder->column_type = call.in.make_string(type).text();
  builder->builder_class = call.in.make_string(type + "Builder").text();
  if (options.known()) builder->sql_type = call.in.make_string(sql).text();
  else builder->sql_type = options.unread();
  return Value::host(builder);
}

namespace {

/// What customType(...) returned: a function that remembers its parameters.
struct CustomType {
  Environment* environment;
  Dialect dialect;
  Value parameters;
};

Value make_custom_column(Call& call) {
  const auto& custom = *static_cast<const CustomType*>(call.in.current_native().data);
  Value config;
  ColumnBuilder* builder = new_builder(call, *custom.environment, custom.dialect, "customType", config);
  const std::string type = std::string(class_prefix(custom.dialect)) + "CustomColumn";
  builder->column_type = call.in.make_string(type).text();
  builder->builder_class = call.in.make_string(type + "Builder").text();
  builder->data_type = "custom";
  const Value data_type = call.in.get(custom.parameters, "dataType", call.site);
  const std::array<Value, 1> arguments{config};
  const Value sql = call.in.call(data_type, arguments, call.site);
  builder->sql_type = text_fact(call.in, sql, call.site);
  return Value::host(builder);
}

}  // namespace

Value make_custom_type(Call& call, Environment& environment, Dialect dialect) {
  if (call.argument(0).is(Tag::kUnknown)) return call.argument(0);
  auto* custom = call.in.make<CustomType>();
  *custom = {&environment, dialect, call.argument(0)};
  return call.in.make_native("customType", make_custom_column, custom);
}

}  // namespace drizzle_audit::schema
