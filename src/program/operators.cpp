// Conversions, comparisons and arithmetic.
#include "program/operators.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>

#include "program/date.h"
#include "program/interpreter.h"

namespace drizzle_audit::program {

using syntax::Operator;

std::optional<bool> truthy(const Value& value) {
  switch (value.tag()) {
    case Tag::kUndefined:
    case Tag::kNull: return false;
    case Tag::kBoolean: return value.as_boolean();
    case Tag::kNumber: return value.as_number() != 0 && !std::isnan(value.as_number());
    case Tag::kBigInt: return value.text() != "0";
    case Tag::kString: return !value.text().empty();
    case Tag::kUnknown: return std::nullopt;
    default: return true;
  }
}

std::optional<bool> strictly_equal(const Value& a, const Value& b) {
  if (a.is(Tag::kUnknown) || b.is(Tag::kUnknown)) return std::nullopt;
  if (a.tag() != b.tag()) return false;
  switch (a.tag()) {
    case Tag::kUndefined:
    case Tag::kNull: return true;
    case Tag::kBoolean: return a.as_boolean() == b.as_boolean();
    case Tag::kNumber: return a.as_number() == b.as_number();
    case Tag::kBigInt:
    case Tag::kString: return a.text() == b.text();
    default: return a.identity() == b.identity();
  }
}

std::optional<bool> loosely_equal(const Value& a, const Value& b) {
  if (a.is(Tag::kUnknown) || b.is(Tag::kUnknown)) return std::nullopt;
  if (a.is_nullish() || b.is_nullish()) return a.is_nullish() && b.is_nullish();
  if (a.tag() == b.tag()) return strictly_equal(a, b);
  const auto left = to_number(a);
  const auto right = to_number(b);
  if (!left || !right) return std::nullopt;
  return *left == *right;
}

std::string number_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  if (value == 0) return "0";
  std::array<char, 64> buffer{};
  // The shortest digits that read back as the same number, which is what JavaScript prints. std::to_chars knows them, too, with tables of
  // 130 KB.
  constexpr int kMostDigits = 17;
  for (int digits = 1; digits <= kMostDigits; ++digits) {
    std::snprintf(buffer.data(), buffer.size(), "%.*e", digits - 1, value);
    if (std::strtod(buffer.data(), nullptr) == value) break;
  }
  std::string_view scientific(buffer.data());
  std::string sign;
  if (scientific.starts_with('-')) {
    sign = "-";
    scientific.remove_prefix(1);
  }
  const std::size_t e = scientific.find('e');
  std::string digits;
  for (const char c : scientific.substr(0, e)) {
    if (c != '.') digits += c;
  }
  int exponent = 0;
  std::string_view exponent_text = scientific.substr(e + 1);
  if (exponent_text.starts_with('+')) exponent_text.remove_prefix(1);
  std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
  const int count = static_cast<int>(digits.size());
  const int point = exponent + 1;  // the decimal point stands after this many digits
  if (count <= point && point <= 21) return sign + digits + std::string(static_cast<std::size_t>(point - count), '0');
  if (0 < point && point <= 21) {
    const auto whole = static_cast<std::size_t>(point);
    return sign + digits.substr(0, whole) + "." + digits.substr(whole);
  }
  if (-6 < point && point <= 0) return sign + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  const std::string power = (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
  return sign + digits.substr(0, 1) + (count > 1 ? "." + digits.substr(1) : "") + power;
}

double parse_number(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  if (text.empty()) return 0;
  std::string digits;  // numeric separators
  for (const char c : text) {
    if (c != '_') digits += c;
  }
  const auto integer = [&](int base) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data() + 2, digits.data() + digits.size(), value, base);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(value);
  };
  if (digits.size() > 2 && digits[0] == '0') {
    if (digits[1] == 'x' || digits[1] == 'X') return integer(16);
    if (digits[1] == 'o' || digits[1] == 'O') return integer(8);
    if (digits[1] == 'b' || digits[1] == 'B') return integer(2);
  }
  std::string_view rest = digits;
  double sign = 1;
  if (rest.front() == '-' || rest.front() == '+') {
    sign = rest.front() == '-' ? -1 : 1;
    rest.remove_prefix(1);
  }
  if (rest == "Infinity") return sign * std::numeric_limits<double>::infinity();
  if (rest.empty() || (rest.front() != '.' && (rest.front() < '0' || rest.front() > '9'))) return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
  std::string owned(rest);
  if (owned.front() == '.') owned.insert(0, "0");
  const auto [end, error] = std::from_chars(owned.data(), owned.data() + owned.size(), value);
  const bool whole = end == owned.data() + owned.size() || (end + 1 == owned.data() + owned.size() && *end == '.');
  if (!whole) return std::numeric_limits<double>::quiet_NaN();
  if (error == std::errc::result_out_of_range)
    return owned.find("e-") != std::string::npos ? 0 : sign * std::numeric_limits<double>::infinity();
  return sign * value;
}

std::optional<double> to_number(const Value& value) {
  switch (value.tag()) {
    case Tag::kUndefined: return std::numeric_limits<double>::quiet_NaN();
    case Tag::kNull: return 0;
    case Tag::kBoolean: return value.as_boolean() ? 1 : 0;
    case Tag::kNumber: return value.as_number();
    case Tag::kBigInt:
    case Tag::kString: return parse_number(value.text());
    case Tag::kHost:
      if (const auto* date = value.host_as<Date>()) return date->milliseconds;
      return std::nullopt;
    default: return std::nullopt;
  }
}

std::optional<std::string> to_text(Interpreter& in, const Value& value) {
  switch (value.tag()) {
    case Tag::kUndefined: return "undefined";
    case Tag::kNull: return "null";
    case Tag::kBoolean: return value.as_boolean() ? "true" : "false";
    case Tag::kNumber: return number_text(value.as_number());
    case Tag::kBigInt:
    case Tag::kString: return std::string(value.text());
    case Tag::kArray: {
      const Array& array = value.as_array();
      if (array.incomplete != nullptr) return std::nullopt;
      std::string out;
      for (std::size_t i = 0; i < array.items.size(); ++i) {
        if (i > 0) out += ',';
        if (array.items[i].is_nullish()) continue;
        const auto text = to_text(in, array.items[i]);
        if (!text) return std::nullopt;
        out += *text;
      }
      return out;
    }
    case Tag::kObject:
      if (value.as_object().find("toString") != nullptr || value.as_object().incomplete != nullptr) return std::nullopt;
      return "[object Object]";
    case Tag::kHost:
      // Date prints local time; drizzle-orm's own objects have no toString.
      if (value.host_as<Date>() != nullptr || value.as_host().is_callable()) return std::nullopt;
      return "[object Object]";
    default: return std::nullopt;
  }
}

std::optional<std::string> to_key(Interpreter& in, const Value& value) { return to_text(in, value); }

std::optional<std::uint32_t> array_index(std::string_view key) {
  if (key.empty() || key.size() > 10 || (key.size() > 1 && key.front() == '0')) return std::nullopt;
  std::uint64_t index = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
  if (error != std::errc() || end != key.data() + key.size() || index >= 0xFFFFFFFFU) return std::nullopt;
  return static_cast<std::uint32_t>(index);
}

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      default:
        if (byte < 0x20) {
          out += "\\u00";
          out += kHex[byte >> 4U];
          out += kHex[byte & 15U];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

namespace {

constexpr int kMaxJsonDepth = 200;

/// False when part of it is unknown. `omitted` is set for what JSON.stringify leaves out.
bool append_json(Interpreter& in, std::string& out, const Value& value, bool& omitted, int depth) {
  omitted = false;
  if (depth > kMaxJsonDepth) return false;
  switch (value.tag()) {
    case Tag::kUndefined:
    case Tag::kFunction:
    case Tag::kNative: omitted = true; return true;
    case Tag::kNull: out += "null"; return true;
    case Tag::kBoolean: out += value.as_boolean() ? "true" : "false"; return true;
    case Tag::kNumber: out += std::isfinite(value.as_number()) ? number_text(value.as_number()) : "null"; return true;
    case Tag::kString: append_json_string(out, value.text()); return true;
    case Tag::kArray: {
      const Array& array = value.as_array();
      if (array.incomplete != nullptr) return false;
      out += '[';
      for (std::size_t i = 0; i < array.items.size(); ++i) {
        if (i > 0) out += ',';
        bool left_out = false;
        if (!append_json(in, out, array.items[i], left_out, depth + 1)) return false;
        if (left_out) out += "null";
      }
      out += ']';
      return true;
    }
    case Tag::kObject: {
      if (value.as_object().find("toJSON") != nullptr) return false;
      std::vector<Property> properties;
      if (in.own_properties(value, properties, {}) != nullptr) return false;
      out += '{';
      bool first = true;
      for (const Property& property : properties) {
        const std::size_t before = out.size();
        if (!first) out += ',';
        append_json_string(out, property.key);
        out += ':';
        bool left_out = false;
        if (!append_json(in, out, property.value, left_out, depth + 1)) return false;
        if (left_out) out.resize(before);
        else first = false;
      }
      out += '}';
      return true;
    }
    case Tag::kHost:
      if (const auto* date = value.host_as<Date>(); date != nullptr && date->milliseconds) {
        append_json_string(out, iso_text(*date->milliseconds));
        return true;
      }
      return false;
    case Tag::kBigInt:
    case Tag::kUnknown: return false;  // a bigint makes JSON.stringify throw
  }
  return false;
}

Value compare(Operator op, double a, double b) {
  switch (op) {
    case Operator::kLess: return Value::boolean(a < b);
    case Operator::kLessEqual: return Value::boolean(a <= b);
    case Operator::kGreater: return Value::boolean(a > b);
    default: return Value::boolean(a >= b);
  }
}

std::int32_t to_int32(double value) {
  if (!std::isfinite(value)) return 0;
  const double wrapped = std::fmod(std::trunc(value), 4294967296.0);
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::int64_t>(wrapped)));
}

}  // namespace

std::optional<std::string> to_json(Interpreter& in, const Value& value) {
  std::string out;
  bool omitted = false;
  if (!append_json(in, out, value, omitted, 0)) return std::nullopt;
  return omitted ? std::string("undefined") : out;
}

Value binary(Interpreter& in, Operator op, const Value& left, const Value& right, Span at) {
  const auto flag = [&](std::optional<bool> answer, bool negate) {
    if (!answer) return left.is(Tag::kUnknown) ? left : right.is(Tag::kUnknown) ? right : in.unknown("the comparison is not known", at);
    return Value::boolean(*answer != negate);
  };
  switch (op) {
    case Operator::kStrictEqual: return flag(strictly_equal(left, right), false);
    case Operator::kStrictNotEqual: return flag(strictly_equal(left, right), true);
    case Operator::kEqual: return flag(loosely_equal(left, right), false);
    case Operator::kNotEqual: return flag(loosely_equal(left, right), true);
    default: break;
  }
  if (left.is(Tag::kUnknown)) return left;
  if (right.is(Tag::kUnknown)) return right;
  if (op == Operator::kIn) {
    const auto key = to_key(in, left);
    if (!key) return in.unknown("the key is not known", at);
    std::vector<Property> properties;
    const Unknown* missing = in.own_properties(right, properties, at);
    for (const Property& property : properties) {
      if (property.key == *key) return Value::boolean(true);
    }
    return missing != nullptr ? Value::unknown(missing) : Value::boolean(false);
  }
  if (op == Operator::kInstanceof) return in.unknown("instanceof is not evaluated", at);
  if (op == Operator::kAdd) {
    const bool joins = left.tag() >= Tag::kString || right.tag() >= Tag::kString;  // strings, objects, hosts
    if (joins) {
      const auto a = to_text(in, left);
      const auto b = to_text(in, right);
      if (!a || !b) return in.unknown("the text of an operand is not known", at);
      if (a->size() + b->size() > kLongestText) return in.unknown("the text is too long", at);
      return in.make_string(*a + *b);
    }
  }
  const bool relational = op == Operator::kLess || op == Operator::kLessEqual || op == Operator::kGreater || op == Operator::kGreaterEqual;
  if (relational && left.is(Tag::kString) && right.is(Tag::kString)) {
    const int order = left.text().compare(right.text());
    return compare(op, order, 0);
  }
  if (left.is(Tag::kBigInt) || right.is(Tag::kBigInt)) return in.unknown("arithmetic on bigints is not evaluated", at);
  const auto a = to_number(left);
  const auto b = to_number(right);
  if (!a || !b) return in.unknown("an operand is no number", at);
  switch (op) {
    case Operator::kAdd: return Value::number(*a + *b);
    case Operator::kSubtract: return Value::number(*a - *b);
    case Operator::kMultiply: return Value::number(*a * *b);
    case Operator::kDivide: return Value::number(*a / *b);
    case Operator::kModulo: return Value::number(std::fmod(*a, *b));
    case Operator::kPower: return Value::number(std::pow(*a, *b));
    case Operator::kBitAnd: return Value::number(to_int32(*a) & to_int32(*b));
    case Operator::kBitOr: return Value::number(to_int32(*a) | to_int32(*b));
    case Operator::kBitXor: return Value::number(to_int32(*a) ^ to_int32(*b));
    case Operator::kShiftLeft: {
      const auto shifted = static_cast<std::uint32_t>(to_int32(*a)) << (static_cast<std::uint32_t>(to_int32(*b)) & 31U);
      return Value::number(static_cast<std::int32_t>(shifted));
    }
    case Operator::kShiftRight: return Value::number(to_int32(*a) >> (static_cast<std::uint32_t>(to_int32(*b)) & 31U));
    case Operator::kShiftRightUnsigned:
      return Value::number(static_cast<std::uint32_t>(to_int32(*a)) >> (static_cast<std::uint32_t>(to_int32(*b)) & 31U));
    default: return compare(op, *a, *b);
  }
}

}  // namespace drizzle_audit::program
