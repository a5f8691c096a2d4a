// See suggest.h.
#include "project/suggest.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "workspace/paths.h"

namespace drizzle_audit::project {

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

std::vector<std::string> closest_paths(std::string_view path, std::vector<std::string> candidates) {
  constexpr std::size_t kMost = 3;
  constexpr std::size_t kLongest = 300;
  const std::string_view stem = workspace::without_extension(workspace::basename(path));
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (std::string& candidate : candidates) {
    const std::string_view other = workspace::without_extension(workspace::basename(candidate));
    // Names first: a folder more or less is a smaller slip than another file.
    const std::size_t names = edit_distance(stem.substr(0, kLongest), other.substr(0, kLongest));
    const std::size_t paths = edit_distance(path.substr(0, kLongest), std::string_view(candidate).substr(0, kLongest));
    ranked.emplace_back(3 * names + paths, std::move(candidate));
  }
  std::sort(ranked.begin(), ranked.end());
  if (ranked.size() > kMost) ranked.resize(kMost);
  std::vector<std::string> result;
  for (auto& [distance, candidate] : ranked) result.push_back(std::move(candidate));
  return result;
}

}  // namespace drizzle_audit::project
