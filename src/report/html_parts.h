// The files of html/ as the build embeds them: html/embed.cmake writes the definitions.
#pragma once

#include <string_view>

namespace drizzle_audit::report {

extern const std::string_view kHtmlPage;
extern const std::string_view kHtmlStyle;
extern const std::string_view kHtmlScript;

}  // namespace drizzle_audit::report
