// Whole patterns against paths; see glob.h. Walking the disk is in glob_expand.cpp.
#include "workspace/glob.h"

#include <algorithm>

#include "workspace/glob_braces.h"
#include "workspace/glob_pattern.h"

namespace drizzle_audit::workspace {
namespace {

constexpr std::size_t kMaxPatternLength = 8192;
constexpr std::size_t kMaxAlternatives = 4096;

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    if (!part.empty() && part != ".") parts.push_back(part);
    begin = end + 1;
  }
  return parts;
}

/// Splits at slashes; those in `[…]` and `(…)` split as well, as in minimatch.
glob_internal::Alternative compile(std::string_view text) {
  glob_internal::Alternative result;
  result.absolute = !text.empty() && text.front() == '/';
  result.folders_only = !text.empty() && text.back() == '/';
  for (const std::string_view part : split_path(text)) {
    glob_internal::Segment segment;
    segment.is_globstar = part == "**";
    if (!segment.is_globstar) segment.pattern = glob_internal::parse_segment(part);
    if (segment.is_globstar && !result.segments.empty() && result.segments.back().is_globstar) continue;
    result.segments.push_back(std::move(segment));
  }
  return result;
}

/// Moves the set of path positions through the segments: position i means that i parts are used up.
bool matches_parts(const glob_internal::Alternative& pattern, const std::vector<std::string_view>& parts) {
  std::string at(parts.size() + 1, '\0');
  at[0] = 1;
  for (std::size_t s = 0; s < pattern.segments.size(); ++s) {
    const glob_internal::Segment& segment = pattern.segments[s];
    std::string next(parts.size() + 1, '\0');
    if (segment.is_globstar) {
      const bool is_last = s + 1 == pattern.segments.size();
      for (std::size_t i = 0; i <= parts.size(); ++i) {
        const bool goes_on = i > 0 && (next[i - 1] != 0 || at[i - 1] != 0) && parts[i - 1].front() != '.';
        // At the end `**` means what is inside: at least one part.
        next[i] = static_cast<char>((at[i] != 0 && !is_last) || goes_on);
      }
    } else {
      for (std::size_t i = 0; i < parts.size(); ++i) {
        next[i + 1] = static_cast<char>(at[i] != 0 && glob_internal::segment_matches(segment.pattern, parts[i]));
      }
    }
    at = std::move(next);
  }
  return at[parts.size()] != 0;
}

}  // namespace

Glob::Glob(std::string_view pattern) {
  if (pattern.size() > kMaxPatternLength) return;
  for (const std::string& text : glob_internal::expand_braces(pattern, kMaxAlternatives)) alternatives_.push_back(compile(text));
}

Glob::Glob(Glob&&) noexcept = default;
Glob& Glob::operator=(Glob&&) noexcept = default;
Glob::~Glob() = default;

bool Glob::matches(std::string_view path) const {
  const std::vector<std::string_view> parts = split_path(path);
  const bool absolute = !path.empty() && path.front() == '/';
  return std::any_of(alternatives_.begin(), alternatives_.end(), [&](const glob_internal::Alternative& alternative) {
    return alternative.absolute == absolute && matches_parts(alternative, parts);
  });
}

bool matches(std::string_view pattern, std::string_view path) { return Glob(pattern).matches(path); }

bool is_glob(std::string_view pattern) {
  const Glob glob(pattern);
  return glob.alternatives().size() != 1 ||
         std::any_of(glob.alternatives()[0].segments.begin(), glob.alternatives()[0].segments.end(),
                     [](const glob_internal::Segment& segment) { return segment.is_globstar || segment.pattern.has_magic; });
}

}  // namespace drizzle_audit::workspace
