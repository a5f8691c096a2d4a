// How a file is written: what new code in it has to look like. Read from the file itself; where it shows nothing, the commonest way holds.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "syntax/parse.h"

namespace drizzle_audit::fix {

struct Style {
  std::string newline = "\n";
  std::string indent = "  ";  ///< one level
  char quote = '"';
  bool semicolons = true;
  bool trailing_commas = true;  ///< in arrays, objects and imports that span lines
  bool call_commas = true;      ///< the same in calls
  bool brace_spaces = true;     ///< `{ a }` rather than `{a}`
  std::size_t width = 80;       ///< columns that a line may have
};

[[nodiscard]] Style style_of(std::string_view text, const syntax::SyntaxTree& tree);

/// A string in the style's quotes.
[[nodiscard]] std::string quoted(const Style& style, std::string_view text);

}  // namespace drizzle_audit::fix
