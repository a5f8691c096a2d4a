// What a platform makes and owns: its tables are declared to refer to, not to be managed.
#pragma once

#include <string_view>

namespace drizzle_audit::rules {

/// Schemas that Supabase, Neon, PostgreSQL and job queues make and own.
bool is_platform_schema(std::string_view name);

/// Roles that come with Supabase, Neon and PostgreSQL.
bool is_platform_role(std::string_view name);

}  // namespace drizzle_audit::rules
