// Set, Map, RegExp and the other objects of JavaScript's own that schemas use.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "program/value.h"

namespace drizzle_audit::program {

/// Set and Map; a Set's members are the keys.
class Collection final : public Host {
 public:
  Collection(std::pmr::memory_resource* memory, bool is_map) : keys(memory), values(memory), map(is_map) {}
  [[nodiscard]] std::string_view class_name() const override { return map ? "Map" : "Set"; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;
  void add(const Value& key, const Value& value);

  std::pmr::vector<Value> keys;
  std::pmr::vector<Value> values;
  bool map;

 private:
  [[nodiscard]] std::optional<std::size_t> index_of(const Value& key) const;
};

class RegExp final : public Host {
 public:
  RegExp(std::string_view its_pattern, std::string_view its_flags) : pattern(its_pattern), flags(its_flags) {}
  [[nodiscard]] std::string_view class_name() const override { return "RegExp"; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;

  std::string_view pattern;
  std::string_view flags;
};

/// `text.replace(expression, replacement)` and its like; Unknown for expressions that std::regex reads differently.
Value replace_matches(Call& call, std::string_view text, const RegExp& expression, const Value& replacement);
Value split_matches(Call& call, std::string_view text, const RegExp& expression);
Value match_all(Call& call, std::string_view text, const RegExp& expression);

/// JavaScript's length: UTF-16 units.
[[nodiscard]] std::size_t utf16_length(std::string_view text);
[[nodiscard]] bool is_ascii(std::string_view text);

/// The methods, by kind of value; nothing when there is no such method.
std::optional<Value> call_array_method(Call& call, std::string_view name);
std::optional<Value> call_string_method(Call& call, std::string_view name);

}  // namespace drizzle_audit::program
