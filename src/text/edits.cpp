#include "text/edits.h"

#include <algorithm>
#include <cassert>

namespace drizzle_audit::text {

void sort_edits(std::vector<Edit>& edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.span < b.span; });
  edits.erase(std::unique(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.span == b.span && a.text == b.text; }),
              edits.end());
}

bool overlap(const Span& a, const Span& b) {
  if (a.file != b.file) return false;
  if (a.start == a.end) return b.start < a.start && a.start < b.end;
  if (b.start == b.end) return a.start < b.start && b.start < a.end;
  return a.start < b.end && b.start < a.end;
}

std::string apply_edits(std::string_view text, const std::vector<Edit>& edits) {
  std::string result;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    assert(edit.span.start >= at && edit.span.end <= text.size());
    result += text.substr(at, edit.span.start - at);
    result += edit.text;
    at = edit.span.end;
  }
  result += text.substr(at);
  return result;
}

}  // namespace drizzle_audit::text
