// README.md of a plan: what runs when, what it locks and for how long, how to clean up, how to go back.
#pragma once

#include <string>

#include "migrate/plan.h"

namespace drizzle_audit::migrate {

std::string plan_page(const Plan& plan);

/// The changes, one a line: for the page and for `drizzle-audit plan` without --out.
std::vector<std::string> change_lines(const Changes& changes);

}  // namespace drizzle_audit::migrate
