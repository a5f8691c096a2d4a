// One HTML file with everything in it, for people who would rather look than read: findings with their code, and the schema as a diagram.
// The page itself is html/: style.css, page.html and the scripts, which the build embeds. This writes the data it shows.
#pragma once

#include <span>
#include <string>

#include "report/report.h"

namespace drizzle_audit::report {

/// Needs no network and no other file. Text from the project is data there, never markup.
std::string html(const Report& report);

/// The same page for a schema alone: `schema --format html`.
std::string schema_html(std::span<const Model* const> models, const std::string& project);

}  // namespace drizzle_audit::report
