// Did you mean …?
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit::cli {

/// "did you mean X?", or `otherwise`.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates, const std::string& otherwise);

}  // namespace drizzle_audit::cli
