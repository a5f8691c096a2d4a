// Lists in source: arrays, objects, patterns, named imports. What is added looks like what is there, what goes leaves no comma behind.
#pragma once

#include <string>
#include <vector>

#include "fix/document.h"
#include "fix/plan.h"

namespace drizzle_audit::fix {

struct ListSource {
  std::uint32_t start = 0;  ///< the opening bracket
  std::uint32_t end = 0;    ///< past the closing one
  std::vector<Span> items;
  bool braces = false;  ///< `{ a }`: spaces inside as the file has them
};

[[nodiscard]] ListSource list_of(const Document& document, const syntax::Node& node);

struct NewItem {
  std::string text;        ///< its own lines are indented as if the list's items began at column 0
  std::size_t before = 0;  ///< the item that it comes before; as many as there are: at the end
};

/// Adds items, sorted by `before`. A list on one line is broken into one item a line when it would become too long.
[[nodiscard]] Plan insert_items(const Document& document, const ListSource& list, const std::vector<NewItem>& items);

/// Removes one item, its comma, and its line when it has one to itself. Comments stay, except one behind the item on its last line.
[[nodiscard]] Plan remove_item(const Document& document, const ListSource& list, std::size_t index);

/// `text` with `indent` in front of every line but the first, and the file's line breaks.
[[nodiscard]] std::string indented(const Document& document, const std::string& text, const std::string& indent);

}  // namespace drizzle_audit::fix
