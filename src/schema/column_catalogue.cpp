// The tables behind column_catalogue.h.
#include "schema/column_catalogue.h"

#include <algorithm>
#include <array>
#include <span>

namespace drizzle_audit::schema {
namespace {

constexpr auto kPg = std::to_array<Spec>({
    {"bigint", "BigInt", "bigint", Shape::kBigint},
    {"bigserial", "BigSerial", "bigserial", Shape::kSerial},
    {"bit", "BinaryVector", "bit", Shape::kDimensions},
    {"boolean", "Boolean", "boolean"},
    {"bytea", "Bytea", "bytea", Shape::kPlain, false, true},
    {"char", "Char", "char", Shape::kLength},
    {"cidr", "Cidr", "cidr"},
    {"date", "Date", "date", Shape::kDateMode},
    {"decimal", "Numeric", "numeric", Shape::kNumeric, false},
    {"doublePrecision", "DoublePrecision", "double precision"},
    {"geometry", "Geometry", "geometry(point)", Shape::kGeometry},
    {"halfvec", "HalfVector", "halfvec", Shape::kDimensions},
    {"inet", "Inet", "inet"},
    {"integer", "Integer", "integer"},
    {"interval", "Interval", "interval", Shape::kInterval},
    {"json", "Json", "json"},
    {"jsonb", "Jsonb", "jsonb"},
    {"line", "Line", "line", Shape::kPoint},
    {"macaddr", "Macaddr", "macaddr"},
    {"macaddr8", "Macaddr8", "macaddr8"},
    {"numeric", "Numeric", "numeric", Shape::kNumeric},
    {"point", "Point", "point", Shape::kPoint},
    {"real", "Real", "real"},
    {"serial", "Serial", "serial", Shape::kSerial},
    {"smallint", "SmallInt", "smallint"},
    {"smallserial", "SmallSerial", "smallserial", Shape::kSerial},
    {"sparsevec", "SparseVector", "sparsevec", Shape::kDimensions},
    {"text", "Text", "text", Shape::kText},
    {"time", "Time", "time", Shape::kPgTime},
    {"timestamp", "Timestamp", "timestamp", Shape::kPgTimestamp},
    {"uuid", "UUID", "uuid"},
    {"varchar", "Varchar", "varchar", Shape::kLength},
    {"vector", "Vector", "vector", Shape::kDimensions},
});

constexpr auto kMysql = std::to_array<Spec>({
    {"bigint", "BigInt", "bigint", Shape::kBigint},
    {"binary", "Binary", "binary", Shape::kLength},
    {"boolean", "Boolean", "boolean"},
    {"char", "Char", "char", Shape::kLength},
    {"date", "Date", "date", Shape::kDateMode},
    {"datetime", "DateTime", "datetime", Shape::kDateFractional},
    {"decimal", "Decimal", "decimal", Shape::kMysqlDecimal},
    {"double", "Double", "double", Shape::kMysqlFloat},
    {"float", "Float", "float", Shape::kMysqlFloat},
    {"int", "Int", "int", Shape::kInteger},
    {"json", "Json", "json"},
    {"longtext", "Text", "longtext", Shape::kText},
    {"mediumint", "MediumInt", "mediumint", Shape::kInteger},
    {"mediumtext", "Text", "mediumtext", Shape::kText},
    {"mysqlEnum", "EnumColumn", "enum", Shape::kMysqlEnum},
    {"singlestoreEnum", "EnumColumn", "enum", Shape::kMysqlEnum},
    {"real", "Real", "real", Shape::kMysqlReal},
    {"serial", "Serial", "serial", Shape::kMysqlSerial},
    {"smallint", "SmallInt", "smallint", Shape::kInteger},
    {"text", "Text", "text", Shape::kText},
    {"time", "Time", "time", Shape::kFractional},
    {"timestamp", "Timestamp", "timestamp", Shape::kDateFractional},
    {"tinyint", "TinyInt", "tinyint", Shape::kInteger},
    {"tinytext", "Text", "tinytext", Shape::kText},
    {"varbinary", "VarBinary", "varbinary", Shape::kLength},
    {"varchar", "VarChar", "varchar", Shape::kLength},
    {"vector", "Vector", "vector", Shape::kSinglestoreVector},
    {"year", "Year", "year"},
    {"blob", "Blob", "blob", Shape::kBlob, true, true},
    {"tinyblob", "Blob", "tinyblob", Shape::kBlob, true, true},
    {"mediumblob", "Blob", "mediumblob", Shape::kBlob, true, true},
    {"longblob", "Blob", "longblob", Shape::kBlob, true, true},
});

constexpr auto kSqlite = std::to_array<Spec>({
    {"blob", "Blob", "blob", Shape::kSqliteBlob},
    {"integer", "Integer", "integer", Shape::kSqliteInteger},
    {"int", "Integer", "integer", Shape::kSqliteInteger, false},
    {"numeric", "Numeric", "numeric", Shape::kSqliteNumeric},
    {"real", "Real", "real"},
    {"text", "Text", "text", Shape::kSqliteText},
});

constexpr auto kMssql = std::to_array<Spec>({
    {"bigint", "BigInt", "bigint", Shape::kMssqlBigint},
    {"binary", "Binary", "binary", Shape::kMssqlLength},
    {"bit", "Bit", "bit"},
    {"char", "Char", "char", Shape::kMssqlLength},
    {"nchar", "Char", "nchar", Shape::kMssqlLength},
    {"date", "Date", "date", Shape::kMssqlDate},
    {"datetime", "DateTime", "datetime", Shape::kMssqlDate},
    {"datetime2", "DateTime2", "datetime2", Shape::kMssqlDate},
    {"datetimeoffset", "DateTimeOffset", "datetimeoffset", Shape::kMssqlDate},
    {"decimal", "Decimal", "decimal", Shape::kMssqlNumeric},
    {"float", "Float", "float", Shape::kMssqlPrecision},
    {"int", "Int", "int"},
    {"numeric", "Numeric", "numeric", Shape::kMssqlNumeric},
    {"real", "Real", "real"},
    {"smallint", "SmallInt", "smallint"},
    {"text", "Text", "text", Shape::kText},
    {"ntext", "Text", "ntext", Shape::kText},
    {"time", "Time", "time", Shape::kMssqlPrecision},
    {"tinyint", "TinyInt", "tinyint"},
    {"varbinary", "VarBinary", "varbinary", Shape::kMssqlLength},
    {"varchar", "VarChar", "varchar", Shape::kMssqlLength},
    {"nvarchar", "VarChar", "nvarchar", Shape::kMssqlLength},
});

constexpr auto kCockroach = std::to_array<Spec>({
    {"bigint", "BigInt", "int8", Shape::kBigint},
    {"int8", "BigInt", "int8", Shape::kBigint},
    {"bit", "Bit", "bit", Shape::kLength},
    {"bool", "Boolean", "bool"},
    {"boolean", "Boolean", "bool", Shape::kPlain, false},
    {"char", "Char", "char", Shape::kLength},
    {"date", "Date", "date", Shape::kDateMode},
    {"decimal", "Decimal", "decimal", Shape::kMssqlNumeric},
    {"numeric", "Decimal", "decimal", Shape::kMssqlNumeric},
    {"doublePrecision", "Float", "float"},
    {"float", "Float", "float"},
    {"geometry", "Geometry", "geometry(point)", Shape::kGeometry},
    {"inet", "Inet", "inet"},
    {"int2", "SmallInt", "int2"},
    {"int4", "Integer", "int4"},
    {"interval", "Interval", "interval", Shape::kInterval},
    {"jsonb", "Jsonb", "jsonb"},
    {"real", "Real", "real"},
    {"smallint", "SmallInt", "int2"},
    {"string", "String", "string", Shape::kLength},
    {"text", "String", "string", Shape::kLength},
    {"time", "Time", "time", Shape::kPgTime},
    {"timestamp", "Timestamp", "timestamp", Shape::kPgTimestamp},
    {"uuid", "UUID", "uuid"},
    {"varbit", "Varbit", "varbit", Shape::kLength},
    {"varchar", "Varchar", "varchar", Shape::kLength},
    {"vector", "Vector", "vector", Shape::kDimensions},
});

std::span<const Spec> specs(Dialect dialect) {
  switch (dialect) {
    case Dialect::kPostgresql: return kPg;
    case Dialect::kMysql:
    case Dialect::kSinglestore: return kMysql;
    case Dialect::kSqlite: return kSqlite;
    case Dialect::kMssql: return kMssql;
    case Dialect::kCockroach: return kCockroach;
  }
  return {};
}

}  // namespace

const Spec* find_spec(const Environment& environment, Dialect dialect, std::string_view name) {
  const auto all = specs(dialect);
  const auto found = std::ranges::find(all, name, &Spec::name);
  if (found == all.end() || (found->v1_only && !environment.v1)) return nullptr;
  if (dialect == Dialect::kMysql && (name == "singlestoreEnum" || name == "vector")) return nullptr;
  if (dialect == Dialect::kSinglestore && name == "mysqlEnum") return nullptr;
  return &*found;
}

}  // namespace drizzle_audit::schema
