// JavaScript names in source.
#pragma once

#include <string>
#include <string_view>

namespace drizzle_audit::fix {

[[nodiscard]] bool is_identifier(std::string_view name);
/// Words that cannot name a variable.
[[nodiscard]] bool is_reserved_word(std::string_view name);
/// `owner.name`, or `owner["other name"]`.
[[nodiscard]] std::string member(std::string_view owner, std::string_view name);
/// `storeIdSlug` of store_id and slug.
[[nodiscard]] std::string camel_case(std::string_view name);

}  // namespace drizzle_audit::fix
