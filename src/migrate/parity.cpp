// See parity.h. Everything is grouped once and joined: a query for each row would read the other table as often as there are rows.
#include "migrate/parity.h"

#include "migrate/sql_text.h"

namespace drizzle_audit::migrate {
namespace {

using Names = std::vector<std::string>;

/// `g.k1 = x.id AND …`
std::string joins(Dialect dialect, const DropColumnChange& change) {
  std::string out;
  for (std::size_t i = 0; i < change.referenced.size(); ++i) {
    if (i > 0) out += " AND ";
    out += "g.k" + std::to_string(i + 1) + " = x." + quoted(dialect, change.referenced[i]);
  }
  return out;
}

/// `p."customer_id" AS k1, …`
std::string group_keys(Dialect dialect, const DropColumnChange& change) {
  std::string out;
  for (std::size_t i = 0; i < change.drop.parity_columns.size(); ++i) {
    out += "p." + quoted(dialect, change.drop.parity_columns[i]) + " AS k" + std::to_string(i + 1) + ", ";
  }
  return out;
}

/// The rows of the table whose column disagrees: `t`'s key is among theirs.
std::string among(Dialect dialect, const DropColumnChange& change, const std::string& grouped, const std::string& disagrees) {
  const std::string key = columns(dialect, change.row_key, "t");
  return (change.row_key.size() > 1 ? '(' + key + ')' : key) + " IN (SELECT " + columns(dialect, change.row_key, "x") + " FROM " +
         qualified(dialect, change.drop.table) + " x LEFT JOIN (SELECT " + group_keys(dialect, change) + grouped + " AS v FROM " +
         qualified(dialect, change.drop.parity_table) + " p GROUP BY " + columns(dialect, change.drop.parity_columns, "p") + ") g ON " +
         joins(dialect, change) + " WHERE " + disagrees + ')';
}

std::string postgres(const DropColumnChange& change) {
  const Dialect dialect = Dialect::kPostgresql;
  const std::string column = "x." + quoted(dialect, change.drop.column);
  const std::string json = column + "::jsonb";
  if (change.parity == ParityKind::kCount) {
    const std::string length = change.is_array ? "coalesce(cardinality(" + column + "), 0)"
                                               : "CASE jsonb_typeof(" + json + ") WHEN 'array' THEN jsonb_array_length(" + json +
                                                     ") WHEN 'null' THEN 0 ELSE CASE WHEN " + column + " IS NULL THEN 0 ELSE -1 END END";
    return among(dialect, change, "count(*)", length + " <> coalesce(g.v, 0)");
  }
  const std::string id = "p." + quoted(dialect, change.id) + "::text";
  const std::string ids = "array_agg(DISTINCT " + id + " ORDER BY " + id + ')';
  if (change.is_array) {
    return among(dialect, change, ids,
                 "coalesce((SELECT array_agg(DISTINCT e::text ORDER BY e::text) FROM unnest(" + column +
                     ") e), '{}') IS DISTINCT FROM coalesce(g.v, '{}')");
  }
  std::string element;
  for (const std::string& key : change.id_keys) element += "e ->> " + literal(dialect, key) + ", ";
  const std::string value = "CASE jsonb_typeof(e) WHEN 'object' THEN coalesce(" + element + "'') ELSE e #>> '{}' END";
  return among(dialect, change, ids,
               "coalesce((SELECT array_agg(DISTINCT " + value + " ORDER BY " + value + ") FROM jsonb_array_elements(CASE jsonb_typeof(" +
                   json + ") WHEN 'array' THEN " + json +
                   " ELSE '[]' END) e), '{}') IS DISTINCT FROM coalesce(g.v, '{}') OR jsonb_typeof(" + json + ") NOT IN ('array', 'null')");
}

std::string mysql(const DropColumnChange& change) {
  const Dialect dialect = Dialect::kMysql;
  const std::string column = "x." + quoted(dialect, change.drop.column);
  const std::string length = "coalesce(JSON_LENGTH(" + column + "), 0)";
  if (change.parity == ParityKind::kCount) return among(dialect, change, "count(*)", length + " <> coalesce(g.v, 0)");
  // As many elements as rows, and every row's id among them.
  std::string paths;
  for (const std::string& key : change.id_keys) paths += ", " + literal(dialect, "$[*].\"" + key + '"');
  const std::string values = "coalesce(JSON_EXTRACT(" + column + paths + "), " + column + ')';
  const std::string id = "CAST(p." + quoted(dialect, change.id) + " AS CHAR)";
  const std::string key = columns(dialect, change.row_key, "t");
  std::string belongs;
  for (std::size_t i = 0; i < change.referenced.size(); ++i) {
    belongs +=
        (i > 0 ? " AND p." : "p.") + quoted(dialect, change.drop.parity_columns[i]) + " = x." + quoted(dialect, change.referenced[i]);
  }
  return among(dialect, change, "count(*)", length + " <> coalesce(g.v, 0)") + " OR " +
         (change.row_key.size() > 1 ? '(' + key + ')' : key) + " IN (SELECT " + columns(dialect, change.row_key, "x") + " FROM " +
         qualified(dialect, change.drop.table) + " x JOIN " + qualified(dialect, change.drop.parity_table) + " p ON " + belongs +
         " WHERE NOT (JSON_CONTAINS(" + values + ", JSON_QUOTE(" + id + ")) OR (" + id + " REGEXP '^-?[0-9]+$' AND JSON_CONTAINS(" +
         values + ", " + id + "))))";
}

std::string sqlite(const DropColumnChange& change) {
  const Dialect dialect = Dialect::kSqlite;
  const std::string column = "x." + quoted(dialect, change.drop.column);
  if (change.parity == ParityKind::kCount)
    return among(dialect, change, "count(*)", "coalesce(json_array_length(" + column + "), 0) <> coalesce(g.v, 0)");
  std::string element;
  for (const std::string& key : change.id_keys) element += "json_extract(e.value, " + literal(dialect, "$.\"" + key + '"') + "), ";
  const std::string value = "CAST(CASE e.type WHEN 'object' THEN coalesce(" + element + "'') ELSE e.value END AS TEXT)";
  const std::string sorted =
      "(SELECT group_concat(s.v) FROM (SELECT DISTINCT " + value + " AS v FROM json_each(" + column + ") e ORDER BY 1) s)";
  std::string belongs;
  for (std::size_t i = 0; i < change.referenced.size(); ++i) {
    belongs +=
        (i > 0 ? " AND p." : "p.") + quoted(dialect, change.drop.parity_columns[i]) + " = x." + quoted(dialect, change.referenced[i]);
  }
  const std::string rows = "(SELECT group_concat(s.v) FROM (SELECT DISTINCT CAST(p." + quoted(dialect, change.id) + " AS TEXT) AS v FROM " +
                           qualified(dialect, change.drop.parity_table) + " p WHERE " + belongs + " ORDER BY 1) s)";
  const std::string key = columns(dialect, change.row_key, "t");
  return (change.row_key.size() > 1 ? '(' + key + ')' : key) + " IN (SELECT " + columns(dialect, change.row_key, "x") + " FROM " +
         qualified(dialect, change.drop.table) + " x WHERE " + sorted + " IS NOT " + rows + ')';
}

}  // namespace

std::string differs(Dialect dialect, const DropColumnChange& change) {
  if (dialect == Dialect::kPostgresql) return postgres(change);
  return '(' + (dialect == Dialect::kSqlite ? sqlite(change) : mysql(change)) + ')';
}

std::string rebuilt_list(const DropColumnChange& change) {
  const Dialect dialect = Dialect::kPostgresql;
  std::string belongs;
  for (std::size_t i = 0; i < change.referenced.size(); ++i) {
    belongs +=
        (i > 0 ? " AND p." : "p.") + quoted(dialect, change.drop.parity_columns[i]) + " = t." + quoted(dialect, change.referenced[i]);
  }
  const std::string order = change.element_order.empty() ? "" : " ORDER BY " + columns(dialect, change.element_order, "p");
  const std::string from = " FROM " + qualified(dialect, change.drop.parity_table) + " p WHERE " + belongs + ')';
  if (change.is_array) {
    const std::string id = "p." + quoted(dialect, change.id.empty() ? change.drop.parity_columns.front() : change.id);
    return "coalesce((SELECT array_agg(" + id + order + ')' + from + ", '{}')";
  }
  std::string element;
  for (const auto& [key, column] : change.element) {
    if (!element.empty()) element += ", ";
    element += literal(dialect, key) + ", p." + quoted(dialect, column);
  }
  return "coalesce((SELECT jsonb_agg(jsonb_build_object(" + element + ')' + order + ')' + from + ", '[]')";
}

}  // namespace drizzle_audit::migrate
