#include "fix/leftovers.h"

#include <algorithm>
#include <set>

#include "fix/list.h"
#include "fix/names.h"
#include "text/edits.h"

namespace drizzle_audit::fix {
namespace {

using syntax::Node;
using syntax::NodeKind;

bool is_name_part(char c) { return is_identifier("a" + std::string(1, c)); }

/// Words of the text outside imports and comments. Words in strings count: better an import too many.
std::set<std::string_view> words_of(std::string_view text, const syntax::SyntaxTree& tree) {
  std::vector<Span> skipped = tree.comments;
  for (const Node* item : tree.root->children) {
    if (item != nullptr && item->kind == NodeKind::kImport) skipped.push_back({kNoFile, item->start, item->end});
  }
  std::sort(skipped.begin(), skipped.end(), [](const Span& a, const Span& b) { return a.start < b.start; });
  std::set<std::string_view> words;
  std::size_t at = 0;
  for (std::size_t next = 0; at < text.size();) {
    while (next < skipped.size() && skipped[next].end <= at) ++next;
    if (next < skipped.size() && skipped[next].start <= at) {
      at = skipped[next].end;
      continue;
    }
    if (!is_name_part(text[at])) {
      ++at;
      continue;
    }
    const std::size_t start = at;
    while (at < text.size() && is_name_part(text[at])) ++at;
    words.insert(text.substr(start, at - start));
  }
  return words;
}

}  // namespace

std::string without_leftovers(const Document& before, std::string text) {
  if (before.tree->root == nullptr) return text;
  const syntax::SyntaxTree tree = syntax::parse(text, before.path, before.file);
  const Document after{
      .file = before.file, .path = before.path, .text = text, .tree = &tree, .own_tree = {}, .style = before.style, .top = {}};
  if (after.tree->root == nullptr) return text;
  const std::set<std::string_view> used_before = words_of(before.text, *before.tree);
  const std::set<std::string_view> used_after = words_of(after.text, tree);
  std::vector<Edit> edits;
  for (const Node* item : tree.root->children) {
    if (item == nullptr || item->kind != NodeKind::kImport) continue;
    const std::string_view source = after.source(*item);
    const std::size_t open = source.find('{');
    const std::size_t close = source.rfind('}');
    if (open == std::string_view::npos || close == std::string_view::npos) continue;
    ListSource list{.start = item->start + static_cast<std::uint32_t>(open),
                    .end = item->start + static_cast<std::uint32_t>(close) + 1,
                    .items = {},
                    .braces = true};
    std::vector<std::size_t> idle;
    for (const Node* binding : item->children) {
      if (binding->start < list.start) continue;
      if (used_before.contains(binding->text) && !used_after.contains(binding->text)) idle.push_back(list.items.size());
      list.items.push_back(after.span(*binding));
    }
    if (idle.empty()) continue;
    if (idle.size() == item->children.size()) {
      const std::size_t line_break = text.find('\n', item->end);
      const std::uint32_t end = line_break == std::string::npos ? item->end : static_cast<std::uint32_t>(line_break + 1);
      edits.push_back({after.span(item->start, end), ""});
      continue;
    }
    // One after the other: removing is only safe for one at a time.
    const Plan plan = remove_item(after, list, idle.front());
    text::sort_edits(edits);
    std::string shorter = text::apply_edits(text, plan.edits);
    return without_leftovers(before, std::move(shorter));
  }
  text::sort_edits(edits);
  return edits.empty() ? text : text::apply_edits(text, edits);
}

}  // namespace drizzle_audit::fix
