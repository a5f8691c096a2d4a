// Lines are compared by Myers' algorithm (An O(ND) Difference Algorithm, 1986), after what the two have in common at both ends.
#include "text/unified_diff.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace drizzle_audit::text {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t kContext = 3;
/// Texts that differ more are shown as removed and added as a whole: nobody reads such a diff line by line.
constexpr std::ptrdiff_t kMostDifferences = 4000;

/// Lines with their endings.
Lines split(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

/// One line of the script that leads from one text to the other.
struct Step {
  char mark = ' ';  ///< ' ', '-', '+'
  std::string_view line;
};

/// The steps between the parts that differ, by Myers' greedy search with its frontiers kept.
std::vector<Step> differing_steps(const Lines& a, const Lines& b) {
  const auto n = static_cast<std::ptrdiff_t>(a.size());
  const auto m = static_cast<std::ptrdiff_t>(b.size());
  const std::ptrdiff_t most = std::min(n + m, kMostDifferences);
  std::vector<std::vector<std::ptrdiff_t>> frontiers;
  std::vector<std::ptrdiff_t> v(static_cast<std::size_t>(2 * most + 3), 0);
  const auto at = [&](std::vector<std::ptrdiff_t>& frontier, std::ptrdiff_t k) -> std::ptrdiff_t& {
    return frontier[static_cast<std::size_t>(k + most + 1)];
  };
  const auto line = [](const Lines& lines, std::ptrdiff_t i) { return lines[static_cast<std::size_t>(i)]; };
  std::ptrdiff_t found = -1;
  for (std::ptrdiff_t d = 0; d <= most && found < 0; ++d) {
    frontiers.push_back(v);
    for (std::ptrdiff_t k = -d; k <= d; k += 2) {
      std::ptrdiff_t x = k == -d || (k != d && at(v, k - 1) < at(v, k + 1)) ? at(v, k + 1) : at(v, k - 1) + 1;
      while (x < n && x - k < m && x - k >= 0 && line(a, x) == line(b, x - k)) ++x;
      at(v, k) = x;
      if (x >= n && x - k >= m) {
        found = d;
        break;
      }
    }
  }
  std::vector<Step> steps;
  if (found < 0) {
    for (const std::string_view each : a) steps.push_back({'-', each});
    for (const std::string_view each : b) steps.push_back({'+', each});
    return steps;
  }
  std::ptrdiff_t x = n;
  std::ptrdiff_t y = m;
  for (std::ptrdiff_t d = found; d >= 0; --d) {
    std::vector<std::ptrdiff_t>& before = frontiers[static_cast<std::size_t>(d)];
    const std::ptrdiff_t k = x - y;
    const std::ptrdiff_t from = k == -d || (k != d && at(before, k - 1) < at(before, k + 1)) ? k + 1 : k - 1;
    const std::ptrdiff_t start_x = d == 0 ? 0 : at(before, from);
    const std::ptrdiff_t start_y = d == 0 ? 0 : start_x - from;
    while (x > start_x && y > start_y) {
      steps.push_back({' ', line(a, x - 1)});
      --x;
      --y;
    }
    if (d == 0) break;
    if (x > start_x) steps.push_back({'-', line(a, --x)});
    else steps.push_back({'+', line(b, --y)});
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

std::vector<Step> all_steps(const Lines& a, const Lines& b) {
  std::size_t head = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  const auto middle = [&](const Lines& lines) {
    return Lines(lines.begin() + static_cast<std::ptrdiff_t>(head), lines.end() - static_cast<std::ptrdiff_t>(tail));
  };
  std::vector<Step> steps;
  for (std::size_t i = 0; i < head; ++i) steps.push_back({' ', a[i]});
  for (const Step& step : differing_steps(middle(a), middle(b))) steps.push_back(step);
  for (std::size_t i = a.size() - tail; i < a.size(); ++i) steps.push_back({' ', a[i]});
  return steps;
}

std::string range(std::size_t start, std::size_t count) {
  // An empty range is named by the line before it.
  return std::to_string(count == 0 ? start : start + 1) + (count == 1 ? "" : "," + std::to_string(count));
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after, bool created) {
  if (before == after) return {};
  const std::vector<Step> steps = all_steps(split(before), split(after));
  std::string text = created ? "--- /dev/null\n" : "--- a/" + std::string(path) + "\n";
  text += "+++ b/" + std::string(path) + "\n";
  std::size_t old_line = 0;
  std::size_t new_line = 0;
  for (std::size_t i = 0; i < steps.size();) {
    if (steps[i].mark == ' ') {
      ++old_line;
      ++new_line;
      ++i;
      continue;
    }
    const std::size_t first = i - std::min(i, kContext);
    std::size_t last = i;  // past the hunk's last step
    for (std::size_t j = i; j < steps.size() && j < last + 2 * kContext + 1; ++j) {
      if (steps[j].mark != ' ') last = j + 1;
    }
    const std::size_t end = std::min(steps.size(), last + kContext);
    const std::size_t lead = i - first;
    std::size_t old_count = 0;
    std::size_t new_count = 0;
    std::string body;
    for (std::size_t j = first; j < end; ++j) {
      old_count += steps[j].mark != '+' ? 1U : 0U;
      new_count += steps[j].mark != '-' ? 1U : 0U;
      body += steps[j].mark;
      body += steps[j].line;
      if (!steps[j].line.ends_with('\n')) body += "\n\\ No newline at end of file\n";
    }
    text += "@@ -" + range(old_line - lead, old_count) + " +" + range(new_line - lead, new_count) + " @@\n" + body;
    old_line += old_count - lead;
    new_line += new_count - lead;
    i = end;
  }
  return text;
}

}  // namespace drizzle_audit::text
