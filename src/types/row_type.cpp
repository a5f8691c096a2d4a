// See row_type.h. What each builder's class is read as: drizzle-orm 0.45.4 and 1.0.0-rc.4, `*-core/columns/*.ts`.
#include "types/row_type.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/parse_types.h"
#include "types/evaluation.h"
#include "types/type_program.h"

namespace drizzle_audit::types {
namespace {

/// Classes without the dialect's prefix.
constexpr auto kTexts = std::to_array<std::string_view>({"BigIntString",
                                                         "BinaryVector",
                                                         "Char",
                                                         "Cidr",
                                                         "DateString",
                                                         "DateTimeString",
                                                         "DateTime2String",
                                                         "DateTimeOffsetString",
                                                         "Decimal",
                                                         "Inet",
                                                         "Interval",
                                                         "Macaddr",
                                                         "Macaddr8",
                                                         "NumericString",
                                                         "Numeric",
                                                         "SparseVector",
                                                         "String",
                                                         "Text",
                                                         "Time",
                                                         "TimeString",
                                                         "TimestampString",
                                                         "UUID",
                                                         "VarChar",
                                                         "Varbit",
                                                         "Varchar"});
constexpr auto kNumbers = std::to_array<std::string_view>({"BigInt53", "BigIntNumber", "BigSerial53", "DecimalNumber", "Double",
                                                           "DoublePrecision", "Float", "Int", "Integer", "MediumInt", "NumericNumber",
                                                           "Real", "Serial", "SmallInt", "SmallSerial", "TinyInt", "Year"});
constexpr auto kBigints = std::to_array<std::string_view>({"BigInt", "BigInt64", "BigSerial64", "DecimalBigInt", "NumericBigInt"});
constexpr auto kDates = std::to_array<std::string_view>({"Date", "DateTime", "DateTime2", "DateTimeOffset", "Timestamp"});

template <std::size_t n>
bool is_one_of(const std::array<std::string_view, n>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string_view without_prefix(std::string_view type) {
  for (const std::string_view prefix : {"SingleStore", "Cockroach", "SQLite", "MySql", "MsSql", "Pg"}) {
    if (type.starts_with(prefix)) return type.substr(prefix.size());
  }
  return type;
}

const Type& tuple(Evaluation& in, std::size_t count) {
  Type* made = in.types.make(TypeKind::kTuple);
  Property element;
  element.type = &in.keyword(TypeKind::kNumber);
  made->properties = in.types.keep(std::vector<Property>(count, element));
  return *made;
}

const Type& numbers(Evaluation& in, std::initializer_list<std::string_view> names) {
  std::vector<Property> properties;
  for (const std::string_view name : names) {
    Property& property = properties.emplace_back();
    property.name = name;
    property.type = &in.keyword(TypeKind::kNumber);
  }
  return *in.object(properties, {});
}

/// Values whose literal types TypeScript loses: `Object.values(x) as [string, ...string[]]`.
bool is_widened(std::string_view source) {
  return source.find("as [") != std::string_view::npos || source.find("Object.") != std::string_view::npos ||
         source.find(".map(") != std::string_view::npos;
}

const Type& enum_type(Evaluation& in, const Column& column) {
  if (!column.enum_values.known()) return in.unreadable("the values of the enum are not known", column.span);
  const Span made = column.enumeration != nullptr ? column.enumeration->span : column.span;
  if (is_widened(in.files.sources().text(made))) return in.unreadable("the values of the enum are worked out at run time", made);
  if (column.column_type.ends_with("EnumObjectColumn")) return in.unreadable("the values are those of an enum of TypeScript", made);
  std::vector<const Type*> members;
  for (const std::string_view value : column.enum_values.value()) members.push_back(&in.types.string_literal(value));
  if (members.empty()) return in.keyword(TypeKind::kString);
  return in.types.union_of(members, column.span);
}

const Type& data_type(Evaluation& in, const Column& column) {
  if (column.unread_chain) return in.unreadable("a part of the column's definition could not be read", column.span);
  if (column.type_argument) {
    TypeFile* file = in.files.by_id(column.type_argument->file);
    if (file == nullptr) return in.unreadable("the type of the column is nowhere", column.span);
    const syntax::TypeNode& node =
        syntax::parse_type(file->text, {column.type_argument->start, column.type_argument->end}, in.files.memory());
    const Scope& scope = *text::make<Scope>(in.types.memory(), Scope{.file = file});
    return in.type(node, scope);
  }
  if (column.has_enum_values) return enum_type(in, column);
  const std::string_view type = without_prefix(column.column_type);
  if (!column.sql_type.known()) return in.unreadable("the column's options are not known", column.span);
  if (type == "Boolean" || column.column_type == "MsSqlBit") return in.keyword(TypeKind::kBoolean);
  if (column.column_type == "CockroachBit") return in.keyword(TypeKind::kString);
  if (column.column_type == "MsSqlTime") return in.unreadable("the mode of the column is not known", column.span);
  if (type == "Json" || type == "Jsonb" || type == "TextJson" || type == "BlobJson" || type == "NVarCharJson")
    return in.keyword(TypeKind::kUnknown);
  if (is_one_of(kTexts, type)) return in.keyword(TypeKind::kString);
  if (is_one_of(kNumbers, type)) return in.keyword(TypeKind::kNumber);
  if (is_one_of(kBigints, type)) return in.keyword(TypeKind::kBigInt);
  if (is_one_of(kDates, type)) return in.types.nominal("Date");
  if (type == "Vector" || type == "HalfVector") return in.types.array(in.keyword(TypeKind::kNumber));
  if (type == "PointTuple" || type == "Geometry") return tuple(in, 2);
  if (type == "PointObject" || type == "GeometryObject") return numbers(in, {"x", "y"});
  if (type == "Line") return tuple(in, 3);
  if (type == "LineABC") return numbers(in, {"a", "b", "c"});
  if (type == "Bytea") return in.types.nominal("Buffer");
  if (type == "Binary" || type == "VarBinary")
    return column.column_type.starts_with("MsSql") ? in.types.nominal("Buffer") : in.keyword(TypeKind::kString);
  // A blob without a config is unknown to TypeScript, and a Buffer at run time.
  if (type == "BlobBuffer" && in.files.sources().text(column.span).find("buffer") != std::string_view::npos)
    return in.types.nominal("Buffer");
  if (type == "CustomColumn") return in.unreadable("the type of a customType column is not worked out", column.span);
  return in.unreadable("the type of " + std::string(column.builder) + "() is not worked out", column.span);
}

Property property_of(Evaluation& in, const Column& column, bool orm_v1, bool insert) {
  Property property;
  property.name = column.key;
  property.column = &column;
  property.span = column.span;
  const Type* type = &data_type(in, column);
  // In 0.x a $type behind array() is the whole type; in 1.0 it is the element's.
  const bool is_whole = column.type_argument.has_value() && !orm_v1;
  for (std::uint32_t i = 0; i < column.dimensions && !is_whole; ++i) type = &in.types.array(*type);
  if (!column.not_null) type = &in.types.with(*type, TypeKind::kNull);
  if (insert) {
    const bool not_taken = column.generated.has_value() || (column.identity && column.identity->type == "always");
    if (not_taken) type = &in.keyword(TypeKind::kNever);
    property.optional = not_taken || column.has_default || !column.not_null;
  }
  property.type = type;
  return property;
}

}  // namespace

Property row_property(TypeProgram& program, const Model& model, const Column& column, RowKind kind) {
  Property property = property_of(program.evaluation(), column, model.orm_v1, kind == RowKind::kInsert);
  program.finish(*property.type);
  return property;
}

const Type& row_type(TypeProgram& program, const Model& /*model*/, const Table& table, RowKind kind) {
  return program.finish(program.evaluation().row(table, kind == RowKind::kInsert));
}

const Type& Evaluation::row(const Table& table, bool insert) {
  bool orm_v1 = false;
  for (const Model* model : models) {
    const auto has = [&](std::span<const Table> tables) {
      return std::any_of(tables.begin(), tables.end(), [&](const Table& one) { return &one == &table; });
    };
    if (has(model->tables) || has(model->hidden_tables)) orm_v1 = model->orm_v1;
  }
  std::vector<Property> properties;
  for (const Column& column : table.columns) {
    Property property = property_of(*this, column, orm_v1, insert);
    if (!property.type->is(TypeKind::kNever)) properties.push_back(std::move(property));
  }
  Type* made = object(properties, table.span);
  made->table = &table;
  if (table.incomplete.columns) {
    made->incomplete = text::make<Unknown>(types.memory(), Unknown{"the table may have more columns than could be read", table.span});
  }
  return *made;
}

}  // namespace drizzle_audit::types
