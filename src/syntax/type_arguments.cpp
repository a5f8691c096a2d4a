// What the grammar misreads.
#include "syntax/type_arguments.h"

#include <algorithm>

#include "drizzle_audit/names.h"
#include "platform/search.h"

namespace drizzle_audit::syntax {
namespace {

constexpr std::size_t kLongestArguments = 2000;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

using platform::find;

/// Where the `<` is that the `>` at `close` belongs to; npos when none is near.
std::size_t opening(std::string_view text, std::size_t close) {
  std::size_t depth = 0;
  const std::size_t stop = close > kLongestArguments ? close - kLongestArguments : 0;
  for (std::size_t i = close + 1; i-- > stop;) {
    const char c = text[i];
    if (c == '>' && (i == 0 || text[i - 1] != '=')) ++depth;  // `=>` closes nothing
    if (c == '<' && --depth == 0) return i;
    if (c == '`') return std::string_view::npos;
    if (c == ';' && depth == 1 && text.substr(i, close - i).find('{') == std::string_view::npos) return std::string_view::npos;
  }
  return std::string_view::npos;
}

/// `import("…")` at `at` stands where a type does: after `<`, `|`, `&`, `:` or `,`, and a member with a capital follows.
bool is_import_type(std::string_view text, std::size_t at, std::size_t end) {
  std::size_t before = at;
  while (before > 0 && is_space(text[before - 1])) --before;
  if (before == 0 || std::string_view("<|&:,").find(text[before - 1]) == std::string_view::npos) return false;
  std::size_t after = end;
  while (after < text.size() && is_space(text[after])) ++after;
  return after + 1 < text.size() && text[after] == '.' && text[after + 1] >= 'A' && text[after + 1] <= 'Z';
}

}  // namespace

std::optional<std::string> readable_copy(std::string_view text) {
  std::optional<std::string> copy;
  const auto writable = [&]() -> std::string& {
    if (!copy) copy.emplace(text);
    return *copy;
  };
  for (std::size_t at = find(text, ">`"); at != std::string_view::npos; at = find(text, ">`", at + 1)) {
    const std::size_t open = opening(text, at);
    if (open == std::string_view::npos || open == 0 || !is_name_char(text[open - 1])) continue;
    std::string& out = writable();
    for (std::size_t i = open; i <= at; ++i) {
      if (!is_space(out[i])) out[i] = ' ';
    }
  }
  constexpr std::string_view kImport = "import(";
  for (std::size_t at = find(text, kImport); at != std::string_view::npos; at = find(text, kImport, at + 1)) {
    const std::size_t close = text.find(')', at);
    if (close == std::string_view::npos || close - at > kLongestArguments || !is_import_type(text, at, close + 1)) continue;
    std::string& out = writable();
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(at + kImport.size() - 1), out.begin() + static_cast<std::ptrdiff_t>(close + 1),
              '_');
  }
  constexpr std::string_view kExportType = "export type";
  for (std::size_t at = find(text, kExportType); at != std::string_view::npos; at = find(text, kExportType, at + 1)) {
    std::size_t star = at + kExportType.size();
    while (star < text.size() && is_space(text[star])) ++star;
    if (star >= text.size() || text[star] != '*' || (at > 0 && is_name_char(text[at - 1]))) continue;
    const std::size_t quote = text.find_first_of("'\"", star);
    const std::size_t end = quote == std::string_view::npos ? quote : text.find(text[quote], quote + 1);
    if (end == std::string_view::npos || end - at > kLongestArguments) continue;
    std::string& out = writable();
    for (std::size_t i = at; i <= end; ++i) {
      if (!is_space(out[i])) out[i] = ' ';
    }
  }
  constexpr std::string_view kUsing = "using";
  for (std::size_t at = find(text, kUsing); at != std::string_view::npos; at = find(text, kUsing, at + 1)) {
    std::size_t after = at + kUsing.size();
    if ((at > 0 && is_name_char(text[at - 1])) || (after < text.size() && is_name_char(text[after]))) continue;
    while (after < text.size() && is_space(text[after])) ++after;
    if (after < text.size() && is_name_char(text[after])) continue;  // using resource = …
    writable()[at] = 'U';
  }
  return copy;
}

}  // namespace drizzle_audit::syntax
