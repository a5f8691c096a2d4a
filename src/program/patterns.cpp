// Binding and assignment: names, destructuring, properties.
#include <algorithm>

#include "program/evaluation.h"
#include "program/operators.h"

namespace drizzle_audit::program {

using syntax::Node;
using syntax::NodeKind;

void Evaluation::store(const Node* target, const Value& value, Scope* scope, bool declare) {
  switch (target->kind) {
    case NodeKind::kIdentifier: {
      if (declare) {
        if (scope != nullptr) {
          scope->declare(target->text, value);
          return;
        }
      } else {
        for (Scope* at = scope; at != nullptr; at = at->parent) {
          if (Variable* variable = at->find(target->text)) {
            variable->value = value;
            return;
          }
        }
      }
      const auto binding = module_.bindings.find(target->text);
      if (binding == module_.bindings.end()) return;  // an assignment to a global
      if (!declare && binding->second.state == BindingState::kUntouched) in_.force(module_, binding->second, span(target));
      binding->second.value = value;
      return;
    }
    case NodeKind::kMember:
    case NodeKind::kSubscript: {
      const Value object = expression(target->child(0), scope);
      Value key = Value::string(target->text);
      if (target->kind == NodeKind::kSubscript) key = property_key(target->child(1), scope);
      if (key.is(Tag::kUnknown)) {
        Interpreter::taint(object, &key.as_unknown());
        return;
      }
      switch (object.tag()) {
        case Tag::kObject:
          if (!object.as_object().frozen) object.as_object().set({key.text(), value, span(target), span(target), false});
          return;
        case Tag::kArray: {
          Array& array = object.as_array();
          constexpr std::uint32_t kMaxGrowth = 100'000;
          if (const auto index = array_index(key.text()); index && *index < array.items.size() + kMaxGrowth) {
            if (*index >= array.items.size()) array.items.resize(*index + 1U);
            array.items[*index] = value;
          } else if (key.text() == "length" && value.is(Tag::kNumber) && value.as_number() >= 0 &&
                     value.as_number() <= static_cast<double>(array.items.size())) {
            array.items.resize(static_cast<std::size_t>(value.as_number()));
          } else if (array.incomplete == nullptr) {
            array.incomplete = &in_.unknown("a property of an array is set", span(target)).as_unknown();
          }
          return;
        }
        case Tag::kFunction: {
          Function& function = object.as_function();
          if (function.properties == nullptr) function.properties = in_.make_object();
          function.properties->set({key.text(), value, span(target), span(target), false});
          return;
        }
        case Tag::kHost: object.as_host().set(in_, key.text(), value, span(target)); return;
        case Tag::kUndefined:
        case Tag::kNull:
          in_.throw_error("Cannot set properties of " + std::string(object.is(Tag::kNull) ? "null" : "undefined") + " (setting '" +
                              std::string(key.text()) + "')",
                          span(target));
        default: return;
      }
    }
    default: bind(target, value, scope, declare);
  }
}

void Evaluation::bind(const Node* pattern, const Value& value, Scope* scope, bool declare) {
  switch (pattern->kind) {
    case NodeKind::kDefault:
      if (value.is(Tag::kUndefined)) bind(pattern->child(0), expression(pattern->child(1), scope), scope, declare);
      else bind(pattern->child(0), value, scope, declare);
      return;
    case NodeKind::kRest: bind(pattern->child(0), value, scope, declare); return;
    case NodeKind::kObjectPattern: {
      if (value.is_nullish()) {
        in_.throw_error("Cannot destructure '" + std::string(value.is(Tag::kNull) ? "null" : "undefined") + "'", span(pattern));
      }
      std::vector<std::string_view> taken;
      for (const Node* property : pattern->children) {
        if (property->kind == NodeKind::kRest) {
          // What is left of a module namespace or a builder map has at least the members asked for later.
          if (value.is(Tag::kUnknown) || value.is(Tag::kHost)) {
            bind(property->child(0), value, scope, declare);
            continue;
          }
          Object* rest = in_.make_object();
          std::vector<Property> properties;
          rest->incomplete = in_.own_properties(value, properties, span(property));
          for (const Property& entry : properties) {
            if (std::ranges::find(taken, entry.key) == taken.end()) rest->set(entry);
          }
          bind(property->child(0), Value::object(rest), scope, declare);
          continue;
        }
        const Value key = property_key(property->child(0), scope);
        Value member = key;
        if (key.is(Tag::kString)) {
          taken.push_back(key.text());
          member = in_.get(value, key.text(), span(property));
        }
        bind(property->child(1), member, scope, declare);
      }
      return;
    }
    case NodeKind::kArrayPattern: {
      if (value.is_nullish()) in_.throw_error("undefined is not iterable", span(pattern));
      std::vector<Value> items;
      const Unknown* why = in_.elements(value, items, span(pattern));
      for (std::size_t i = 0; i < pattern->children.size(); ++i) {
        const Node* element = pattern->child(i);
        if (element == nullptr) continue;
        if (element->kind == NodeKind::kRest) {
          Array* rest = in_.make_array();
          for (std::size_t k = i; k < items.size(); ++k) rest->items.push_back(items[k]);
          rest->incomplete = why;
          bind(element->child(0), Value::array(rest), scope, declare);
          continue;
        }
        const Value item = i < items.size() ? items[i] : why != nullptr ? Value::unknown(why) : Value();
        bind(element, item, scope, declare);
      }
      return;
    }
    case NodeKind::kUnsupported: return;
    default: store(pattern, value, scope, declare);
  }
}

}  // namespace drizzle_audit::program
