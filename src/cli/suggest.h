// Did you mean …?
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit::cli {

/// The candidate that `word` is most likely a slip of; empty when none is close.
std::string closest(std::string_view word, const std::vector<std::string>& candidates);

/// "did you mean X?", or `otherwise`.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates, const std::string& otherwise);

}  // namespace drizzle_audit::cli
