// How names, literals and blocks are spelled in the SQL of plans. Knows nothing of changes.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::migrate {

/// A name in the dialect's quotes, always quoted: reserved words and capitals need no thought.
std::string quoted(Dialect dialect, std::string_view name);
/// A text in single quotes. MySQL reads backslashes as escapes, so they are doubled there.
std::string literal(Dialect dialect, std::string_view text);
/// `"public"."orders"`: with its schema; PostgreSQL's default one is spelled out, as drizzle-kit does for referenced tables.
std::string qualified(Dialect dialect, const TableRef& table);
/// `t."a", t."b"`; `alias` may be empty.
std::string columns(Dialect dialect, const std::vector<std::string>& names, std::string_view alias = {});
/// `body` between dollar quotes whose tag does not occur in it.
std::string dollar_quoted(std::string_view body, std::string_view tag);
/// `text` with every `{{key}}` replaced by its value.
std::string fill(std::string_view text, const std::vector<std::pair<std::string_view, std::string>>& values);
/// `text` as an SQL comment line or lines.
std::string comment_line(std::string_view text);
/// "public.orders" for people; the schema only when there is one.
std::string label(const TableRef& table);
/// "orders (a, b)" for people.
std::string label(const TableRef& table, const std::vector<std::string>& names);
/// Words with `separator` between them.
std::string joined(const std::vector<std::string>& words, std::string_view separator);
/// "1 row", "2 rows".
std::string counted(std::size_t count, const std::string& noun);
std::string in_capitals(std::string_view text);

}  // namespace drizzle_audit::migrate
