#include "fix/list.h"

#include <algorithm>

namespace drizzle_audit::fix {
namespace {

using syntax::Node;

bool has_line_break(const Document& document, std::uint32_t start, std::uint32_t end) {
  return document.text.substr(start, end - start).find('\n') != std::string_view::npos;
}

/// Inserts one below the other, into a list whose items begin lines.
Plan insert_lines(const Document& document, const ListSource& list, const std::vector<NewItem>& items) {
  Plan plan;
  const std::string indent = indent_at(document, list.items.front().start);
  const std::string line_break = document.style.newline + indent;
  for (const NewItem& item : items) {
    const std::string text = indented(document, item.text, indent);
    if (item.before == 0) {
      const std::uint32_t at = list.items.front().start;
      plan.edits.push_back({document.span(at, at), text + "," + line_break});
      continue;
    }
    const std::uint32_t end = list.items[item.before - 1].end;
    const std::uint32_t comma = after_comma(document, end);
    if (comma != end) {
      const std::uint32_t at = after_line_comment(document, comma);
      plan.edits.push_back({document.span(at, at), line_break + text + ","});
      continue;
    }
    const std::uint32_t at = after_line_comment(document, end);
    if (at == end) {
      plan.edits.push_back({document.span(at, at), "," + line_break + text});
    } else {
      plan.edits.push_back({document.span(end, end), ","});
      plan.edits.push_back({document.span(at, at), line_break + text});
      plan.claims.push_back(document.span(list.start, list.end));
    }
  }
  return plan;
}

/// One item a line, where all stood on one.
Plan break_list(const Document& document, const ListSource& list, const std::vector<NewItem>& items) {
  const std::string base = indent_at(document, list.start);
  const std::string indent = base + document.style.indent;
  const std::string line_break = document.style.newline + indent;
  std::vector<std::string> texts;
  std::size_t next = 0;
  for (std::size_t i = 0; i <= list.items.size(); ++i) {
    for (; next < items.size() && items[next].before == i; ++next) texts.push_back(indented(document, items[next].text, indent));
    if (i < list.items.size()) texts.emplace_back(document.text.substr(list.items[i].start, list.items[i].end - list.items[i].start));
  }
  std::string text;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    text += line_break + texts[i] + (i + 1 < texts.size() || document.style.trailing_commas ? "," : "");
  }
  Plan plan;
  plan.edits.push_back({document.span(list.start + 1, list.end - 1), text + document.style.newline + base});
  plan.claims.push_back(document.span(list.start, list.end));
  return plan;
}

}  // namespace

std::string indented(const Document& document, const std::string& text, const std::string& indent) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') result += document.style.newline + indent;
    else result += c;
  }
  return result;
}

ListSource list_of(const Document& document, const Node& node) {
  ListSource list{.start = node.start, .end = node.end, .items = {}, .braces = document.text.substr(node.start).starts_with('{')};
  for (const Node* child : node.children) {
    if (child != nullptr) list.items.push_back(document.span(*child));
  }
  return list;
}

Plan insert_items(const Document& document, const ListSource& list, const std::vector<NewItem>& items) {
  const bool broken = !list.items.empty() && has_line_break(document, list.start, list.items.front().start);
  if (broken) return insert_lines(document, list, items);

  std::size_t added = 0;
  bool multi_line = false;
  for (const NewItem& item : items) {
    added += item.text.size() + 2;
    multi_line = multi_line || item.text.find('\n') != std::string::npos;
  }
  const std::uint32_t start = line_start(document, list.start);
  // A line that was too long before is not for us to break.
  const std::size_t now = line_end(document, list.start) - start;
  const std::size_t width = now > document.style.width ? 0 : now + added;
  const bool one_line = !has_line_break(document, list.start, list.end);
  const bool breakable = one_line && !has_comment(document, list.start, list.end);
  if (list.items.empty()) {
    if (has_comment(document, list.start, list.end)) {
      // `[ // none yet ]`: below what is said there.
      const std::string base = indent_at(document, list.start);
      std::string text;
      for (const NewItem& item : items)
        text += document.style.indent + indented(document, item.text, base + document.style.indent) + "," + document.style.newline + base;
      Plan plan{
          .edits = {{document.span(list.end - 1, list.end - 1), text}}, .imports = {}, .claims = {document.span(list.start, list.end)}};
      return plan;
    }
    if (width > document.style.width || multi_line || !one_line) return break_list(document, list, items);
    std::string text;
    for (const NewItem& item : items) text += (text.empty() ? "" : ", ") + item.text;
    if (list.braces && document.style.brace_spaces) text = " " + text + " ";
    Plan plan{
        .edits = {{document.span(list.start + 1, list.end - 1), text}}, .imports = {}, .claims = {document.span(list.start, list.end)}};
    return plan;
  }
  if (breakable && (width > document.style.width || multi_line)) return break_list(document, list, items);

  Plan plan;
  const std::string indent = indent_at(document, list.start);
  for (const NewItem& item : items) {
    const std::string text = indented(document, item.text, indent);
    if (item.before < list.items.size()) {
      const std::uint32_t at = list.items[item.before].start;
      plan.edits.push_back({document.span(at, at), text + ", "});
      continue;
    }
    const std::uint32_t end = list.items.back().end;
    const std::uint32_t comma = after_comma(document, end);
    if (comma != end) plan.edits.push_back({document.span(comma, comma), " " + text + ","});
    else plan.edits.push_back({document.span(end, end), ", " + text});
  }
  return plan;
}

Plan remove_item(const Document& document, const ListSource& list, std::size_t index) {
  const Span item = list.items[index];
  Plan plan;
  plan.claims.push_back(document.span(list.start, list.end));
  const std::uint32_t comma = after_comma(document, item.end);
  const std::uint32_t begin = line_start(document, item.start);
  const bool begins_line = document.text.substr(begin, item.start - begin).find_first_not_of(" \t") == std::string_view::npos;
  const std::uint32_t end = after_line_comment(document, comma);
  const bool ends_line = line_end(document, end) == end;
  if (begins_line && ends_line && begin > list.start) {
    const std::size_t next = document.text.find('\n', end);
    plan.edits.push_back({document.span(begin, next == std::string_view::npos ? end : static_cast<std::uint32_t>(next + 1)), ""});
    // The last of several, without a comma behind it: the one before it has one too many, unless the file writes them so.
    if (comma == item.end && index > 0) {
      const std::uint32_t before = list.items[index - 1].end;
      const std::uint32_t its_comma = after_comma(document, before);
      if (its_comma != before) plan.edits.push_back({document.span(its_comma - 1, its_comma), ""});
    }
  } else if (index + 1 < list.items.size()) {
    plan.edits.push_back({document.span(item.start, list.items[index + 1].start), ""});
  } else if (index > 0) {
    plan.edits.push_back({document.span(list.items[index - 1].end, item.end), ""});
  } else {
    plan.edits.push_back({document.span(item.start, comma), ""});
  }
  std::sort(plan.edits.begin(), plan.edits.end(), [](const Edit& a, const Edit& b) { return a.span < b.span; });
  return plan;
}

}  // namespace drizzle_audit::fix
