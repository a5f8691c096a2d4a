// Text that comes from a project and goes into a machine format: made to fit the format without losing what it says. (For terminals:
// terminal_text.h.)
#pragma once

#include <string>
#include <string_view>

namespace drizzle_audit::report {

/// `text` with bytes that are no UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

/// For an XML 1.0 attribute or element. What XML cannot hold even as a reference (most control characters) becomes `\x1b`.
std::string xml_escaped(std::string_view text);

/// For inline text of GitHub's Markdown: shows as it is, on one line, also in a table; no mention, no issue link, no formula.
std::string markdown_escaped(std::string_view text);

/// A relative path as a URI reference (RFC 3986): every byte but unreserved ones and `/` percent-encoded.
std::string uri_path(std::string_view path);

}  // namespace drizzle_audit::report
