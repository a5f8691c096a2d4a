// The value of string and template text, with JavaScript's escapes resolved (ECMA-262, section 12.9.4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace drizzle_audit::syntax {

/// Appends what one escape sequence (`\n`, `\u{1F600}`, `\x41`, a line continuation …) stands for, as UTF-8.
/// `escape` begins with the backslash. A malformed one stands for itself.
void append_escape(std::string& out, std::string_view escape);

/// Appends `code_point` as UTF-8. Surrogates come out as three bytes each, as in WTF-8.
void append_utf8(std::string& out, std::uint32_t code_point);

}  // namespace drizzle_audit::syntax
