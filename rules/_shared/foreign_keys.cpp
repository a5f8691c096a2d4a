#include "_shared/foreign_keys.h"

#include <algorithm>
#include <iterator>

#include "_shared/keys.h"

namespace drizzle_audit::rules {
namespace {

bool are_readable(std::span<const Column* const> columns) {
  return !columns.empty() &&
         std::all_of(columns.begin(), columns.end(), [](const Column* column) { return column->name.known() && !column->unread_chain; });
}

}  // namespace

std::string qualified(const Table& table, std::span<const Column* const> columns) {
  std::string text = display_name(table);
  if (columns.size() == 1) return text + "." + column_name(*columns.front());
  text += " (";
  for (std::size_t i = 0; i < columns.size(); ++i) text += (i > 0 ? ", " : "") + column_name(*columns[i]);
  return text + ")";
}

bool is_readable(const Table& table, const ForeignKey& key) {
  return !key.error && key.foreign_table != nullptr && table.name.known() && key.foreign_table->name.known() && are_readable(key.columns) &&
         are_readable(key.foreign_columns);
}

Subject foreign_key_subject(const Table& table, const ForeignKey& key) {
  Subject subject = table_subject(SubjectKind::kForeignKey, table);
  for (const Column* column : key.columns) subject.columns.push_back(column_name(*column));
  if (key.name.known() && key.name.value()) subject.name = std::string(*key.name.value());
  return subject;
}

bool is_managed_elsewhere(const Table& table) {
  static constexpr std::string_view kSchemas[] = {"auth",
                                                  "storage",
                                                  "realtime",
                                                  "vault",
                                                  "neon_auth",
                                                  "extensions",
                                                  "cron",
                                                  "pgsodium",
                                                  "graphql",
                                                  "supabase_functions",
                                                  "information_schema",
                                                  "pg_catalog"};
  if (!table.schema.known() || !table.schema.value()) return false;
  return std::find(std::begin(kSchemas), std::end(kSchemas), *table.schema.value()) != std::end(kSchemas);
}

}  // namespace drizzle_audit::rules
