#include "_shared/platform.h"

#include <algorithm>
#include <array>

namespace drizzle_audit::rules {
namespace {

template <std::size_t N>
bool any_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool is_platform_schema(std::string_view name) {
  static constexpr auto kNames =
      std::to_array<std::string_view>({"auth", "storage", "realtime", "vault", "extensions", "graphql", "graphql_public", "cron", "net",
                                       "supabase_functions", "supabase_migrations", "neon_auth", "information_schema", "pg_catalog",
                                       "pgboss", "graphile_worker", "drizzle", "pgsodium", "partman"});
  return any_of(kNames, name);
}

bool is_platform_role(std::string_view name) {
  static constexpr auto kNames = std::to_array<std::string_view>({"anon", "authenticated", "service_role", "authenticator", "postgres",
                                                                  "anonymous", "supabase_admin", "dashboard_user", "neondb_owner"});
  return any_of(kNames, name) || name.starts_with("supabase_") || name.starts_with("pg_");
}

}  // namespace drizzle_audit::rules
