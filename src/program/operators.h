// JavaScript's conversions and comparisons (ECMA-262, sections 7.1 and 7.2). Each returns nothing where the answer is not known.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "program/value.h"

namespace drizzle_audit::program {

[[nodiscard]] std::optional<bool> truthy(const Value& value);
[[nodiscard]] std::optional<bool> strictly_equal(const Value& a, const Value& b);
[[nodiscard]] std::optional<bool> loosely_equal(const Value& a, const Value& b);
/// As `${value}` would print it.
[[nodiscard]] std::optional<std::string> to_text(Interpreter& in, const Value& value);
/// NaN is an answer.
[[nodiscard]] std::optional<double> to_number(const Value& value);
/// The property key that `object[value]` uses.
[[nodiscard]] std::optional<std::string> to_key(Interpreter& in, const Value& value);

/// Number::toString of ECMA-262, 6.1.6.1.20: "1e+21", "0.1", "-0" prints "0".
[[nodiscard]] std::string number_text(double value);
/// Number("…"); NaN when it is no number.
[[nodiscard]] double parse_number(std::string_view text);
/// Array index 0 … 2^32-2 in canonical form.
[[nodiscard]] std::optional<std::uint32_t> array_index(std::string_view key);
/// JSON.stringify(value); nothing when part of it is unknown. Undefined at the top gives "undefined".
[[nodiscard]] std::optional<std::string> to_json(Interpreter& in, const Value& value);
/// Appends `text` as a JSON string literal, as JSON.stringify does.
void append_json_string(std::string& out, std::string_view text);

/// Evaluates a binary operator other than && || ??; Unknown in, Unknown out.
[[nodiscard]] Value binary(Interpreter& in, syntax::Operator op, const Value& left, const Value& right, Span at);

}  // namespace drizzle_audit::program
