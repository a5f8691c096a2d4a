// Text that comes from a project and goes to a terminal: made harmless, measured, and wrapped. File names, table names and source lines may
// hold anything, escape sequences and right-to-left overrides included.
#pragma once

#include <string>
#include <string_view>

namespace drizzle_audit::report {

/// One decoded piece of text: what to print for it and how many columns that takes.
struct Glyph {
  std::string text;
  unsigned width = 0;
  std::size_t bytes = 0;  ///< how many bytes of the input it stands for; at least 1
};

/// The first character of `text` (not empty): control characters and direction overrides as `\x1b` or `\u{202e}`, bytes that are not
/// UTF-8 as `\xff`, a tab as it is with width 0.
Glyph first_glyph(std::string_view text);

/// `text` with everything harmful escaped; line breaks too.
std::string printable(std::string_view text);

/// Columns that `printable(text)` takes: East Asian wide characters and emoji two, combining marks none.
unsigned display_width(std::string_view text);

/// Breaks at spaces so that lines fit into `width` columns; further lines start with `indent`. Width 0 leaves the text alone.
std::string wrap(std::string_view text, unsigned width, unsigned first_column, std::string_view indent);

}  // namespace drizzle_audit::report
