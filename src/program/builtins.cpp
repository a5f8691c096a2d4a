// Methods and properties of primitives, arrays and functions; iteration; Set and Map.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "program/collections.h"
#include "program/evaluation.h"
#include "program/operators.h"

namespace drizzle_audit::program {

const Unknown* Interpreter::elements(const Value& value, std::vector<Value>& out, Span at) {
  switch (value.tag()) {
    case Tag::kUnknown: return &value.as_unknown();
    case Tag::kArray: {
      const Array& array = value.as_array();
      out.insert(out.end(), array.items.begin(), array.items.end());
      return array.incomplete;
    }
    case Tag::kString: {
      const std::string_view text = value.text();
      for (std::size_t i = 0; i < text.size();) {  // by code point
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        out.push_back(Value::string(text.substr(i, length)));
        i += length;
      }
      return nullptr;
    }
    case Tag::kHost:
      if (const auto* collection = value.host_as<Collection>()) {
        for (std::size_t i = 0; i < collection->keys.size(); ++i) {
          if (!collection->map) {
            out.push_back(collection->keys[i]);
            continue;
          }
          Array* pair = make_array();
          pair->items = {collection->keys[i], collection->values[i]};
          out.push_back(Value::array(pair));
        }
        return collection->tainted;
      }
      return &unknown("its elements are not known", at).as_unknown();
    case Tag::kUndefined:
    case Tag::kNull: throw_error("undefined is not iterable", at);
    case Tag::kObject:
      if (value.as_object().incomplete != nullptr) return value.as_object().incomplete;
      throw_error("the object is not iterable", at);
    default: throw_error("the value is not iterable", at);
  }
}

Value call_builtin_method(Call& call, std::string_view name) {
  Interpreter& in = call.in;
  const Value& self = call.self;
  switch (self.tag()) {
    case Tag::kArray:
      if (const auto result = call_array_method(call, name)) return *result;
      break;
    case Tag::kString:
      if (const auto result = call_string_method(call, name)) return *result;
      break;
    case Tag::kUndefined:
    case Tag::kNull:
      in.throw_error(
          "Cannot read properties of " + std::string(self.is(Tag::kNull) ? "null" : "undefined") + " (reading '" + std::string(name) + "')",
          call.site);
    case Tag::kNumber:
      if (name == "toFixed") {
        const auto digits = call.arguments.empty() ? std::optional<double>(0) : to_number(call.argument(0));
        if (!digits || *digits < 0 || *digits > 20 || std::abs(self.as_number()) >= 1e15)
          return in.unknown("the digits are not known", call.site);
        std::array<char, 64> buffer{};
        const int length = std::snprintf(buffer.data(), buffer.size(), "%.*f", static_cast<int>(*digits), self.as_number());
        return in.make_string({buffer.data(), static_cast<std::size_t>(length)});
      }
      [[fallthrough]];
    case Tag::kBoolean:
    case Tag::kBigInt:
      if (name == "toString" && self.is(Tag::kNumber) && !call.arguments.empty()) {
        const auto base = to_number(call.argument(0));
        const double number = self.as_number();
        if (!base || *base < 2 || *base > 36 || std::trunc(number) != number || std::abs(number) > 9007199254740991.0) {
          return in.unknown("fractions in another base are not evaluated", call.site);
        }
        std::array<char, 80> buffer{};
        const auto end =
            std::to_chars(buffer.data(), buffer.data() + buffer.size(), static_cast<std::int64_t>(number), static_cast<int>(*base)).ptr;
        return in.make_string({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
      }
      if (name == "toString" && call.arguments.empty()) return in.make_string(to_text(in, self).value_or(""));
      if (name == "valueOf") return self;
      break;
    case Tag::kObject: {
      if (name == "hasOwnProperty") {
        const auto key = to_key(in, call.argument(0));
        if (!key) return in.unknown("the key is not known", call.site);
        if (self.as_object().find(*key) != nullptr) return Value::boolean(true);
        return self.as_object().incomplete != nullptr ? Value::unknown(self.as_object().incomplete) : Value::boolean(false);
      }
      if (name == "toString" && self.as_object().incomplete == nullptr) return Value::string("[object Object]");
      if (name == "valueOf") return self;
      in.throw_error(std::string(name) + " is not a function", call.site);
    }
    case Tag::kFunction:
    case Tag::kNative: {
      if (name == "call") {
        return in.call(self, call.argument(0), call.arguments.empty() ? call.arguments : call.arguments.subspan(1), nullptr, call.site);
      }
      if (name == "apply") {
        std::vector<Value> arguments;
        if (!call.argument(1).is_nullish()) {
          if (const Unknown* why = in.elements(call.argument(1), arguments, call.site)) return Value::unknown(why);
        }
        return in.call(self, call.argument(0), arguments, nullptr, call.site);
      }
      if (name == "bind" && call.arguments.size() <= 1) {
        if (!self.is(Tag::kFunction)) return self;
        auto* bound = in.make<Function>(self.as_function());
        bound->this_value = call.argument(0);
        return Value::function(bound);
      }
      if (self.is(Tag::kNative)) {
        // `Native` values have no members here; hosts with members are Global (globals.cpp) or drizzle-orm's.
        return in.unknown("this method of a function is not evaluated", call.site);
      }
      const Object* members = self.as_function().properties;
      if (members != nullptr && members->incomplete != nullptr) return Value::unknown(members->incomplete);
      break;
    }
    default: break;
  }
  const Value method = get_builtin(in, self, name, call.site);
  if (method.is(Tag::kUnknown)) return method;
  // Far more likely a method that is missing here than one that JavaScript does not have.
  if (method.is_nullish()) return in.unknown_copy("the method '" + std::string(name) + "' is not evaluated", call.site);
  return in.call(method, self, call.arguments, call.node, call.site);
}

Value get_builtin(Interpreter& in, const Value& object, std::string_view key, Span at) {
  switch (object.tag()) {
    case Tag::kArray: {
      const Array& array = object.as_array();
      if (key == "raw" && array.raw != nullptr) return Value::array(array.raw);
      if (key == "length") {
        return array.incomplete != nullptr ? Value::unknown(array.incomplete) : Value::number(static_cast<double>(array.items.size()));
      }
      if (const auto index = array_index(key)) {
        if (array.incomplete != nullptr) return Value::unknown(array.incomplete);
        return *index < array.items.size() ? array.items[*index] : Value();
      }
      break;
    }
    case Tag::kString:
      if (key == "length") return Value::number(static_cast<double>(utf16_length(object.text())));
      if (const auto index = array_index(key)) {
        if (!is_ascii(object.text())) return in.unknown("positions in non-ASCII text are not evaluated", at);
        return *index < object.text().size() ? Value::string(object.text().substr(*index, 1)) : Value();
      }
      break;
    case Tag::kFunction: {
      const Function& function = object.as_function();
      if (function.properties != nullptr) {
        if (const Property* property = function.properties->find(key)) {
          return property->getter ? in.call(property->value, object, {}, nullptr, at) : property->value;
        }
        if (function.properties->incomplete != nullptr) return Value::unknown(function.properties->incomplete);
      }
      if (key == "name")
        return function.node->text.empty() ? in.unknown("the function's name is not known", at) : Value::string(function.node->text);
      if (key == "length") return Value::number(static_cast<double>(function.node->children.size() - 1));
      return {};
    }
    case Tag::kNative:
      if (key == "name") return Value::string(object.as_native().name);
      return {};
    case Tag::kObject:
      if (key == "constructor" || key == "toString" || key == "hasOwnProperty")
        return in.unknown("members of Object.prototype are not evaluated", at);
      return {};
    default: return {};
  }
  // A method taken as a value: `const { map } = list`.
  if (key == "constructor" || key == "prototype" || key == "__proto__") return in.unknown("prototypes are not evaluated", at);
  return {};
}

// ---- Set and Map ---------------------------------------------------------------

std::optional<std::size_t> Collection::index_of(const Value& key) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (strictly_equal(keys[i], key).value_or(false)) return i;
  }
  return std::nullopt;
}

void Collection::add(const Value& key, const Value& value) {
  if (key.is(Tag::kUnknown)) {
    taint(&key.as_unknown());
    return;
  }
  if (const auto known = index_of(key)) {
    values[*known] = value;
    return;
  }
  keys.push_back(key);
  values.push_back(value);
}

Value Collection::get(Interpreter& in, std::string_view key, Span at) {
  if (key == "size") return tainted != nullptr ? Value::unknown(tainted) : Value::number(static_cast<double>(keys.size()));
  return in.unknown("this property is not evaluated", at);
}

Value Collection::call_method(Call& call, std::string_view name) {
  Interpreter& in = call.in;
  if (name == "add" || name == "set") {
    add(call.argument(0), name == "add" ? call.argument(0) : call.argument(1));
    return call.self;
  }
  if (tainted != nullptr) return Value::unknown(tainted);
  if (call.argument(0).is(Tag::kUnknown)) return call.argument(0);
  const auto place = index_of(call.argument(0));
  if (name == "has") return Value::boolean(place.has_value());
  if (name == "get") return place ? values[*place] : Value();
  if (name == "delete") {
    if (!place) return Value::boolean(false);
    keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(*place));
    values.erase(values.begin() + static_cast<std::ptrdiff_t>(*place));
    return Value::boolean(true);
  }
  if (name == "keys" || name == "values" || name == "entries") {
    Array* array = in.make_array();
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (name == "entries") {
        Array* pair = in.make_array();
        pair->items = {keys[i], values[i]};
        array->items.push_back(Value::array(pair));
      } else {
        array->items.push_back(name == "keys" ? keys[i] : values[i]);
      }
    }
    return Value::array(array);
  }
  if (name == "forEach") {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const std::array<Value, 3> arguments{values[i], keys[i], call.self};
      in.call(call.argument(0), arguments, call.site);
    }
    return {};
  }
  return in.unknown("this method is not evaluated", call.site);
}

}  // namespace drizzle_audit::program
