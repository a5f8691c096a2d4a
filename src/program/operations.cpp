// What natives and hosts build on: making values, calling, getting, listing.
#include <string>

#include "program/evaluation.h"
#include "program/operators.h"

namespace drizzle_audit::program {

Value Interpreter::make_native(std::string_view name, NativeFunction function, const void* data, Value bound) {
  auto* native = make<Native>();
  *native = {function, name, data, bound};
  return Value::native(native);
}

Value Interpreter::unknown(std::string_view reason, Span span) {
  auto* why = make<Unknown>();
  *why = {reason, span};
  return Value::unknown(why);
}

void Interpreter::throw_error(std::string message, Span span) {
  Object* error = make_object();
  error->class_name = "Error";
  error->set({"message", make_string(message), span, span, false});
  throw Thrown{Value::object(error), std::move(message), span};
}

void Interpreter::taint(const Value& value, const Unknown* why) {
  switch (value.tag()) {
    case Tag::kObject:
      if (value.as_object().incomplete == nullptr) value.as_object().incomplete = why;
      return;
    case Tag::kArray:
      if (value.as_array().incomplete == nullptr) value.as_array().incomplete = why;
      return;
    case Tag::kHost: value.as_host().taint(why); return;
    default: return;
  }
}

Value Interpreter::call(const Value& callee, const Value& self, std::span<const Value> arguments, const syntax::Node* node, Span site) {
  switch (callee.tag()) {
    case Tag::kFunction: {
      Function& function = callee.as_function();
      return Evaluation(*this, *function.module).call_function(function, self, arguments, nullptr, site);
    }
    case Tag::kNative: {
      Call call{*this, callee.as_native().bound.is(Tag::kUndefined) ? self : callee.as_native().bound, arguments, node, site};
      // A native finds what it needs to know of itself through its own value.
      current_native_ = &callee.as_native();
      return callee.as_native().function(call);
    }
    case Tag::kHost: {
      Call call{*this, self, arguments, node, site};
      return callee.as_host().call(call);
    }
    case Tag::kUnknown: return callee;
    default: throw_error("the called value is not a function", site);
  }
}

Value Interpreter::get(const Value& object, std::string_view key, Span at) {
  switch (object.tag()) {
    case Tag::kUndefined:
    case Tag::kNull:
      throw_error("Cannot read properties of " + std::string(object.is(Tag::kNull) ? "null" : "undefined") + " (reading '" +
                      std::string(key) + "')",
                  at);
    case Tag::kUnknown: return object;
    case Tag::kObject: {
      const Object& plain = object.as_object();
      if (const Property* property = plain.find(key)) {
        if (property->getter) return call(property->value, object, {}, nullptr, at);
        // An unread spread may have come after it and replaced it: the value written down is the likelier truth only when
        // nothing is unread.
        return property->value;
      }
      if (plain.incomplete != nullptr) return Value::unknown(plain.incomplete);
      return get_builtin(*this, object, key, at);
    }
    case Tag::kHost:
      if (const Property* assigned = object.as_host().find_own(key)) return assigned->value;
      return object.as_host().get(*this, key, at);
    default: return get_builtin(*this, object, key, at);
  }
}

Value Interpreter::get_element(const Value& object, const Value& key, Span at) {
  if (object.is(Tag::kUnknown)) return object;
  if (key.is(Tag::kUnknown)) return key;
  const auto text = to_key(*this, key);
  if (!text) return unknown("the key is not known", at);
  return get(object, key.is(Tag::kString) ? key.text() : text::copy(arena_, *text), at);
}

const Unknown* Interpreter::own_properties(const Value& value, std::vector<Property>& out, Span at) {
  switch (value.tag()) {
    case Tag::kUnknown: return &value.as_unknown();
    case Tag::kObject: {
      const Object& object = value.as_object();
      for (const Property& property : object.properties) {
        Property copied = property;
        if (property.getter) {
          copied.value = call(property.value, value, {}, nullptr, at);
          copied.getter = false;
        }
        out.push_back(copied);
      }
      return object.incomplete;
    }
    case Tag::kArray: {
      const Array& array = value.as_array();
      for (std::size_t i = 0; i < array.items.size(); ++i) {
        const Span where = array.span_of(i);
        out.push_back({make_string(std::to_string(i)).text(), array.items[i], where, where, false});
      }
      return array.incomplete;
    }
    case Tag::kFunction:
      if (const Object* properties = value.as_function().properties) {
        out.insert(out.end(), properties->properties.begin(), properties->properties.end());
        return properties->incomplete;
      }
      return nullptr;
    case Tag::kString: {
      std::vector<Value> characters;
      const Unknown* why = elements(value, characters, at);
      for (std::size_t i = 0; i < characters.size(); ++i)
        out.push_back({make_string(std::to_string(i)).text(), characters[i], at, at, false});
      return why;
    }
    case Tag::kHost: value.as_host().own_properties(*this, out); return value.as_host().tainted;
    default: return nullptr;
  }
}

}  // namespace drizzle_audit::program
