// The catalogue of column builders: for every dialect, which functions exist, what class they make, and which rule says what SQL type
// comes of their options (column_types.cpp). Source: drizzle-orm 0.45.4 and 1.0.0-rc.4, <dialect>-core/columns/*.
#pragma once

#include <cstdint>
#include <string_view>

#include "schema/hosts.h"

namespace drizzle_audit::schema {

/// How a builder's options shape its SQL type and class.
enum class Shape : std::uint8_t {
  kPlain,           // the SQL word alone
  kLength,          // word, word(length); `enum`
  kText,            // the SQL word alone; `enum`
  kSerial,          // plain; not null, with a default
  kMysqlSerial,     // plain; auto-increment, with a default
  kBigint,          // mode number | bigint (| string)
  kInteger,         // [ unsigned]
  kDimensions,      // word(dimensions)
  kDateMode,        // mode date | string, no options
  kFractional,      // word(fsp): mysql
  kDateFractional,  // mode date | string, word(fsp): mysql
  kPgTimestamp,
  kPgTime,
  kInterval,
  kNumeric,
  kPoint,
  kGeometry,
  kMysqlDecimal,
  kMysqlFloat,
  kMysqlReal,
  kMysqlEnum,
  kSqliteInteger,
  kSqliteText,
  kSqliteBlob,
  kSqliteNumeric,
  kSinglestoreVector,
  kBlob,  // mysql 1.0
  kMssqlBigint,
  kMssqlLength,
  kMssqlNumeric,
  kMssqlPrecision,
  kMssqlDate,
};

/// One function of the catalogue.
struct Spec {
  std::string_view name;
  std::string_view type;  ///< class name without the dialect's prefix, first mode
  std::string_view sql;
  Shape shape = Shape::kPlain;
  bool in_callback = true;  ///< the `t` of callback columns has it too
  bool v1_only = false;
};

/// The builder function called `name` in the dialect's module; null when there is none.
[[nodiscard]] const Spec* find_spec(const Environment& environment, Dialect dialect, std::string_view name);

}  // namespace drizzle_audit::schema
