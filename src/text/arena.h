// Arenas: memory that is given out piece by piece and released all at once. Syntax trees, values and the model live in arenas, so
// what they hold must be trivially destructible. One arena per parsed file and one per model; none is shared between threads.
#pragma once

#include <cstring>
#include <memory_resource>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace drizzle_audit::text {

using Arena = std::pmr::monotonic_buffer_resource;

template <class T, class... Args>
T* make(Arena& arena, Args&&... args) {
  static_assert(std::is_trivially_destructible_v<T>, "an arena runs no destructors");
  return new (arena.allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
}

inline std::string_view copy(Arena& arena, std::string_view text) {
  if (text.empty()) return {};
  auto* data = static_cast<char*>(arena.allocate(text.size(), 1));
  std::memcpy(data, text.data(), text.size());
  return {data, text.size()};
}

template <class T>
std::span<T> copy(Arena& arena, const std::vector<T>& items) {
  static_assert(std::is_trivially_destructible_v<T>, "an arena runs no destructors");
  if (items.empty()) return {};
  auto* data = static_cast<T*>(arena.allocate(sizeof(T) * items.size(), alignof(T)));
  for (std::size_t i = 0; i < items.size(); ++i) new (data + i) T(items[i]);
  return {data, items.size()};
}

}  // namespace drizzle_audit::text
