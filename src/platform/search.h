// Looking for text in whole files.
#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

namespace drizzle_audit::platform {

/// text.find(), many times faster on whole files where the C library has memmem.
[[nodiscard]] inline std::size_t find(std::string_view text, std::string_view wanted, std::size_t from = 0) {
#ifdef _WIN32
  return text.find(wanted, from);
#else
  if (from > text.size()) return std::string_view::npos;
  const void* found = ::memmem(text.data() + from, text.size() - from, wanted.data(), wanted.size());
  return found == nullptr ? std::string_view::npos : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
#endif
}

}  // namespace drizzle_audit::platform
