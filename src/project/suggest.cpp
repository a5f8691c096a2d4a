// See suggest.h.
#include "project/suggest.h"

#include <algorithm>
#include <utility>

#include "text/closest.h"
#include "workspace/paths.h"

namespace drizzle_audit::project {

std::vector<std::string> closest_paths(std::string_view path, std::vector<std::string> candidates) {
  constexpr std::size_t kMost = 3;
  constexpr std::size_t kLongest = 300;
  const std::string_view stem = workspace::without_extension(workspace::basename(path));
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (std::string& candidate : candidates) {
    const std::string_view other = workspace::without_extension(workspace::basename(candidate));
    // Names first: a folder more or less is a smaller slip than another file.
    const std::size_t names = text::edit_distance(stem.substr(0, kLongest), other.substr(0, kLongest));
    const std::size_t paths = text::edit_distance(path.substr(0, kLongest), std::string_view(candidate).substr(0, kLongest));
    ranked.emplace_back(3 * names + paths, std::move(candidate));
  }
  std::sort(ranked.begin(), ranked.end());
  if (ranked.size() > kMost) ranked.resize(kMost);
  std::vector<std::string> result;
  result.reserve(ranked.size());
  for (auto& [distance, candidate] : ranked) result.push_back(std::move(candidate));
  return result;
}

}  // namespace drizzle_audit::project
