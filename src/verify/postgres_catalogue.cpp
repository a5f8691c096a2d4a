// See postgres_catalogue.h. Source: PostgreSQL 15 manual, "System Catalogs". Lists of names come as JSON.
#include "verify/postgres_catalogue.h"

#include <nlohmann/json.hpp>

namespace drizzle_audit::verify {
namespace {

std::vector<std::string> names(const std::optional<std::string>& text) {
  std::vector<std::string> list;
  if (!text) return list;
  const nlohmann::json json = nlohmann::json::parse(*text, nullptr, false);
  if (!json.is_array()) return list;
  for (const auto& one : json) list.push_back(one.is_string() ? one.get<std::string>() : std::string());
  return list;
}

std::string action(const std::optional<std::string>& code) {
  if (code == "c") return "cascade";
  if (code == "r") return "restrict";
  if (code == "n") return "set null";
  return code == "d" ? "set default" : "no action";
}

std::string quoted_text(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

/// The schema as plan.json names it: none for public.
std::string short_schema(const std::optional<std::string>& name) { return name && *name != "public" ? *name : std::string(); }

}  // namespace

std::variant<Catalogue, DatabaseError> postgres_catalogue(Database& database, const std::vector<std::string>& schemas) {
  std::string list;
  for (const std::string& schema : schemas) list += (list.empty() ? "" : ", ") + quoted_text(schema.empty() ? "public" : schema);
  const std::string in_schemas = "n.nspname IN (" + list + ") AND c.relkind IN ('r', 'p') AND NOT c.relispartition";
  const std::string key_names =
      "(SELECT json_agg(a.attname ORDER BY k.o) FROM unnest(con.conkey) WITH ORDINALITY AS k (n, o) JOIN pg_attribute a ON "
      "a.attrelid = con.conrelid AND a.attnum = k.n)";
  Catalogue catalogue;
  const auto table = [&](const auto& row) -> CatalogueTable& {
    const TableKey key{short_schema(row[0]), row[1].value_or("")};
    CatalogueTable& found = catalogue[key];
    found.schema = key.first;
    found.name = key.second;
    return found;
  };

  std::variant<Rows, DatabaseError> result = database.query(
      "SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, NULL), a.attnotnull FROM pg_class c JOIN pg_namespace n ON n.oid = "
      "c.relnamespace "
      "LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped WHERE " +
      in_schemas + " ORDER BY 1, 2, a.attnum");
  if (auto* error = std::get_if<DatabaseError>(&result)) return std::move(*error);
  for (const auto& row : std::get<Rows>(result).rows) {
    CatalogueTable& found = table(row);
    if (row[2]) found.columns.push_back({*row[2], row[3], row[4] == "t"});
  }

  result = database.query(
      "SELECT n.nspname, c.relname, con.conname, con.contype, " + key_names +
      ", fn.nspname, fc.relname, (SELECT json_agg(a.attname ORDER BY k.o) FROM unnest(con.confkey) WITH ORDINALITY AS k (n, o) JOIN "
      "pg_attribute a "
      "ON a.attrelid = con.confrelid AND a.attnum = k.n), con.confdeltype, con.confupdtype, con.convalidated FROM pg_constraint con JOIN "
      "pg_class c ON c.oid = con.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_class fc ON fc.oid = con.confrelid "
      "LEFT JOIN pg_namespace fn ON fn.oid = fc.relnamespace WHERE con.contype IN ('p', 'f', 'u', 'c') AND " +
      in_schemas + " ORDER BY 1, 2, 3");
  if (auto* error = std::get_if<DatabaseError>(&result)) return std::move(*error);
  for (const auto& row : std::get<Rows>(result).rows) {
    CatalogueConstraint constraint;
    constraint.kind = row[3] == "p"   ? ConstraintKind::kPrimaryKey
                      : row[3] == "f" ? ConstraintKind::kForeignKey
                      : row[3] == "u" ? ConstraintKind::kUnique
                                      : ConstraintKind::kCheck;
    constraint.name = row[2].value_or("");
    constraint.columns = names(row[4]);
    constraint.valid = row[10] == "t";
    if (constraint.kind == ConstraintKind::kForeignKey) {
      constraint.foreign_schema = short_schema(row[5]);
      constraint.foreign_table = row[6].value_or("");
      constraint.foreign_columns = names(row[7]);
      constraint.on_delete = action(row[8]);
      constraint.on_update = action(row[9]);
    }
    table(row).constraints.push_back(std::move(constraint));
  }

  result = database.query(
      "SELECT n.nspname, c.relname, ic.relname, (SELECT json_agg(a.attname ORDER BY k.o) FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS "
      "k (n, o) LEFT JOIN "
      "pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n AND k.n > 0 WHERE k.o <= i.indnkeyatts), i.indisunique, i.indisvalid "
      "FROM pg_index i JOIN "
      "pg_class ic ON ic.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT "
      "EXISTS (SELECT FROM "
      "pg_constraint con WHERE con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')) AND " +
      in_schemas + " ORDER BY 1, 2, 3");
  if (auto* error = std::get_if<DatabaseError>(&result)) return std::move(*error);
  for (const auto& row : std::get<Rows>(result).rows)
    table(row).indexes.push_back({row[2].value_or(""), names(row[3]), row[4] == "t", row[5] == "t"});
  return catalogue;
}

}  // namespace drizzle_audit::verify
