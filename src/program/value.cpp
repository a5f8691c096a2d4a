// Cells: plain objects with JavaScript's property order, and the defaults of hosts.
#include "program/value.h"

#include <algorithm>

#include "program/interpreter.h"
#include "program/operators.h"

namespace drizzle_audit::program {

const Property* Object::find(std::string_view key) const {
  const auto found = std::ranges::find(properties, key, &Property::key);
  return found == properties.end() ? nullptr : &*found;
}

void Object::set(const Property& property) {
  const auto found = std::ranges::find(properties, property.key, &Property::key);
  if (found != properties.end()) {
    *found = property;
    return;
  }
  const auto index = array_index(property.key);
  if (!index) {
    properties.push_back(property);
    return;
  }
  // Integer-like keys come first, in ascending order (ECMA-262, 10.1.11 OrdinaryOwnPropertyKeys).
  const auto place = std::ranges::find_if(properties, [&](const Property& other) {
    const auto its = array_index(other.key);
    return !its || *its > *index;
  });
  properties.insert(place, property);
}

bool Object::remove(std::string_view key) {
  const auto found = std::ranges::find(properties, key, &Property::key);
  if (found == properties.end()) return false;
  properties.erase(found);
  return true;
}

Span Call::argument_span(std::size_t i) const {
  if (node == nullptr || node->kind == syntax::NodeKind::kTaggedTemplate) return site;
  for (std::size_t k = 0; k <= i && k + 2 < node->children.size(); ++k) {
    if (node->child(k + 2)->kind == syntax::NodeKind::kSpread) return site;
  }
  const syntax::Node* child = node->child_or_null(i + 2);
  return child != nullptr ? Span{site.file, child->start, child->end} : site;
}

Value Host::get(Interpreter&, std::string_view, Span) { return {}; }

Value Host::call_method(Call& call, std::string_view name) {
  if (is_callable()) {  // Function.prototype
    if (name == "call" || name == "bind") {
      const std::span<const Value> rest = call.arguments.empty() ? call.arguments : call.arguments.subspan(1);
      if (name == "bind") return rest.empty() ? call.self : call.in.unknown("bound arguments are not evaluated", call.site);
      Call inner{call.in, call.self, rest, nullptr, call.site};
      return this->call(inner);
    }
    if (name == "apply") {
      std::vector<Value> arguments;
      if (!call.argument(1).is_nullish()) {
        if (const Unknown* why = call.in.elements(call.argument(1), arguments, call.site)) return Value::unknown(why);
      }
      Call inner{call.in, call.self, arguments, nullptr, call.site};
      return this->call(inner);
    }
  }
  const Value method = get(call.in, name, call.site);
  if (method.is(Tag::kUnknown)) return method;
  if (method.is_nullish()) call.in.throw_error(std::string(name) + " is not a function", call.site);
  return call.in.call(method, call.self, call.arguments, call.node, call.site);
}

Value Host::call(Call& call) { call.in.throw_error("the value is not a function", call.site); }

void Host::set(Interpreter& in, std::string_view key, const Value& value, Span at) {
  if (own == nullptr) own = in.make_object();
  own->set({key, value, at, at, false});
}

void Host::own_properties(Interpreter&, std::vector<Property>&) {}

}  // namespace drizzle_audit::program
