// Queries as text, one line each: what the cases of this folder expect, and what print_queries shows of a real project.
#pragma once

#include <string>
#include <vector>

#include "drizzle_audit/queries.h"

namespace drizzle_audit::query_tests {

/// `src/a.ts:3 select users where eq users.slug join posts.authorId = users.id sort users.name desc, …`
std::vector<std::string> facts(const Queries& queries, const Sources& sources);

}  // namespace drizzle_audit::query_tests
