// Edit distance, row by row.
#include "text/closest.h"

#include <algorithm>
#include <numeric>

namespace drizzle_audit::text {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[k - 1] ? 0 : 1);
      diagonal = row[k];
      row[k] = std::min({replaced, row[k] + 1, row[k - 1] + 1});
    }
  }
  return row.back();
}

std::string closest(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t kLongest = 100;  // nobody mistypes a novel
  std::string best;
  std::size_t best_distance = word.size() / 3 + 2;
  if (word.size() > kLongest) return best;
  for (const std::string& candidate : candidates) {
    const std::size_t here = edit_distance(word, candidate);
    if (here < best_distance) {
      best = candidate;
      best_distance = here;
    }
  }
  return best;
}

}  // namespace drizzle_audit::text
