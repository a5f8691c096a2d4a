// The functions of `Object`, `Array`, `Math` and `Number` themselves; what their instances can do is in the other builtins_*.cpp.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "program/builtins_static.h"
#include "program/operators.h"

namespace drizzle_audit::program {
namespace {

Value pair(Interpreter& in, const Value& first, const Value& second, Span at) {
  Array* array = in.make_array();
  array->items = {first, second};
  array->spans = {at, at};
  return Value::array(array);
}

}  // namespace

Value call_object(Call& call, std::string_view name) {
  Interpreter& in = call.in;
  const Value target = call.argument(0);
  if (name == "keys" || name == "values" || name == "entries" || name == "getOwnPropertyNames") {
    if (target.is_nullish()) in.throw_error("Cannot convert undefined or null to object", call.site);
    std::vector<Property> properties;
    Array* array = in.make_array();
    array->incomplete = in.own_properties(target, properties, call.site);
    for (const Property& property : properties) {
      if (name == "values") array->items.push_back(property.value);
      else if (name == "entries") array->items.push_back(pair(in, Value::string(property.key), property.value, property.span));
      else array->items.push_back(Value::string(property.key));
      array->spans.push_back(property.span);
    }
    return Value::array(array);
  }
  if (name == "fromEntries") {
    Object* object = in.make_object();
    std::vector<Value> entries;
    object->incomplete = in.elements(target, entries, call.site);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const Value key = in.get(entries[i], "0", call.site);
      const Value value = in.get(entries[i], "1", call.site);
      const auto text = key.is(Tag::kUnknown) ? std::nullopt : to_key(in, key);
      Span at = target.is(Tag::kArray) ? target.as_array().span_of(i) : Span{};
      if (!at.somewhere()) at = call.site;
      if (text) object->set({in.make_string(*text).text(), value, at, at, false});
      else if (object->incomplete == nullptr) object->incomplete = &in.unknown("a key is not known", call.site).as_unknown();
    }
    return Value::object(object);
  }
  if (name == "assign") {
    if (target.is_nullish()) in.throw_error("Cannot convert undefined or null to object", call.site);
    for (std::size_t i = 1; i < call.arguments.size(); ++i) {
      std::vector<Property> properties;
      const Unknown* why = in.own_properties(call.arguments[i], properties, call.site);
      if (target.is(Tag::kFunction) && target.as_function().properties == nullptr) target.as_function().properties = in.make_object();
      Object* into = target.is(Tag::kObject) ? &target.as_object() : target.is(Tag::kFunction) ? target.as_function().properties : nullptr;
      for (const Property& property : properties) {
        if (into != nullptr) into->set(property);
        else if (target.is(Tag::kHost)) target.as_host().set(in, property.key, property.value, property.span);
      }
      if (why != nullptr) {
        if (into != nullptr && into->incomplete == nullptr) into->incomplete = why;
        else Interpreter::taint(target, why);
      }
    }
    return target;
  }
  if (name == "freeze" || name == "seal" || name == "preventExtensions") {
    if (target.is(Tag::kObject)) target.as_object().frozen = true;
    return target;
  }
  if (name == "create" && target.is(Tag::kNull)) return Value::object(in.make_object());
  if (name == "hasOwn") {
    const auto key = to_key(in, call.argument(1));
    std::vector<Property> properties;
    const Unknown* why = in.own_properties(target, properties, call.site);
    if (!key) return in.unknown("the key is not known", call.site);
    if (std::ranges::find(properties, *key, &Property::key) != properties.end()) return Value::boolean(true);
    return why != nullptr ? Value::unknown(why) : Value::boolean(false);
  }
  if (name == "is") {
    const auto equal = strictly_equal(target, call.argument(1));
    return equal ? Value::boolean(*equal) : in.unknown("the comparison is not known", call.site);
  }
  if (name == "defineProperty" || name == "defineProperties" || name == "setPrototypeOf") {
    Interpreter::taint(target, &in.unknown("a property is defined", call.site).as_unknown());
    return target;
  }
  if (name == "groupBy") {
    std::vector<Value> items;
    Object* groups = in.make_object();
    groups->incomplete = in.elements(target, items, call.site);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::array<Value, 2> arguments{items[i], Value::number(static_cast<double>(i))};
      const auto key = to_key(in, in.call(call.argument(1), arguments, call.site));
      if (!key) return in.unknown("a key is not known", call.site);
      const Property* group = groups->find(*key);
      if (group == nullptr) {
        groups->set({in.make_string(*key).text(), Value::array(in.make_array()), call.site, call.site, false});
        group = groups->find(*key);
      }
      group->value.as_array().items.push_back(items[i]);
    }
    return Value::object(groups);
  }
  return in.unknown("this method of Object is not evaluated", call.site);
}

Value call_array(Call& call, std::string_view name) {
  Interpreter& in = call.in;
  if (name == "isArray") {
    if (call.argument(0).is(Tag::kUnknown)) return call.argument(0);
    return Value::boolean(call.argument(0).is(Tag::kArray));
  }
  Array* array = in.make_array();
  if (name == "of") {
    array->items.assign(call.arguments.begin(), call.arguments.end());
    return Value::array(array);
  }
  if (name != "from") return in.unknown("this method of Array is not evaluated", call.site);
  std::vector<Value> items;
  const Value source = call.argument(0);
  if (source.is(Tag::kObject) && source.as_object().find("length") != nullptr) {
    const auto length = to_number(source.as_object().find("length")->value);
    if (!length || *length < 0 || *length > 100'000) return in.unknown("the length is not known or too large", call.site);
    items.resize(static_cast<std::size_t>(*length));
  } else {
    array->incomplete = in.elements(source, items, call.site);
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::array<Value, 2> arguments{items[i], Value::number(static_cast<double>(i))};
    array->items.push_back(call.argument(1).is(Tag::kUndefined) ? items[i] : in.call(call.argument(1), arguments, call.site));
  }
  return Value::array(array);
}

Value call_math(Call& call, std::string_view name) {
  Interpreter& in = call.in;
  if (name == "random") return in.unknown("it is another one in every run", call.site);
  std::vector<double> numbers;
  for (const Value& argument : call.arguments) {
    const auto number = to_number(argument);
    if (!number) return argument.is(Tag::kUnknown) ? argument : in.unknown("an operand is no number", call.site);
    numbers.push_back(*number);
  }
  if (name == "max" || name == "min") {
    double best = name == "max" ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    for (const double number : numbers) {
      if (std::isnan(number)) return Value::number(number);
      best = name == "max" ? std::max(best, number) : std::min(best, number);
    }
    return Value::number(best);
  }
  if (numbers.empty()) return Value::number(std::nan(""));
  const double x = numbers[0];
  if (name == "floor") return Value::number(std::floor(x));
  if (name == "ceil") return Value::number(std::ceil(x));
  if (name == "round") return Value::number(std::floor(x + 0.5));
  if (name == "trunc") return Value::number(std::trunc(x));
  if (name == "abs") return Value::number(std::abs(x));
  if (name == "sqrt") return Value::number(std::sqrt(x));
  if (name == "sign") return Value::number(x > 0 ? 1 : x < 0 ? -1 : x);
  if (name == "log2") return Value::number(std::log2(x));
  if (name == "log10") return Value::number(std::log10(x));
  if (name == "pow" && numbers.size() > 1) return Value::number(std::pow(x, numbers[1]));
  return in.unknown("this function of Math is not evaluated", call.site);
}

Value call_number(Call& call, std::string_view name) {
  Interpreter& in = call.in;
  const Value value = call.argument(0);
  if (value.is(Tag::kUnknown)) return value;
  const bool number = value.is(Tag::kNumber);
  if (name == "isInteger" || name == "isSafeInteger") {
    const bool whole = number && std::isfinite(value.as_number()) && std::trunc(value.as_number()) == value.as_number();
    return Value::boolean(whole && (name == "isInteger" || std::abs(value.as_number()) <= 9007199254740991.0));
  }
  if (name == "isNaN") return Value::boolean(number && std::isnan(value.as_number()));
  if (name == "isFinite") return Value::boolean(number && std::isfinite(value.as_number()));
  const auto text = to_text(in, value);
  if (!text) return in.unknown("the text is not known", call.site);
  std::string_view digits = *text;
  while (!digits.empty() && (digits.front() == ' ' || digits.front() == '\n' || digits.front() == '\t')) digits.remove_prefix(1);
  if (name == "parseFloat") {
    for (std::size_t length = digits.size(); length > 0; --length) {
      const double parsed = parse_number(digits.substr(0, length));
      if (!std::isnan(parsed)) return Value::number(parsed);
    }
    return Value::number(std::nan(""));
  }
  if (name == "parseInt") {
    const auto base = call.argument(1).is(Tag::kUndefined) ? std::optional<double>(10) : to_number(call.argument(1));
    if (!base || *base != 10 || digits.starts_with("0x")) return in.unknown("numbers in another base are not evaluated", call.site);
    std::size_t length = digits.starts_with('-') || digits.starts_with('+') ? 1 : 0;
    while (length < digits.size() && digits[length] >= '0' && digits[length] <= '9') ++length;
    return Value::number(length == 0 ? std::nan("") : parse_number(digits.substr(0, length)));
  }
  return in.unknown("this method of Number is not evaluated", call.site);
}

}  // namespace drizzle_audit::program
