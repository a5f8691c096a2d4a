#include "cli/suggest.h"

#include "text/closest.h"

namespace drizzle_audit::cli {

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates, const std::string& otherwise) {
  const std::string best = text::closest(word, candidates);
  return best.empty() ? otherwise : "did you mean " + best + "?";
}

}  // namespace drizzle_audit::cli
