// Evaluation of member access, calls, `new` and tagged templates: everything that may be part of a chain with `?.`.
#include "program/evaluation.h"
#include "program/operators.h"

namespace drizzle_audit::program {

using syntax::Node;
using syntax::NodeKind;

Value Evaluation::chain(const Node* node, Scope* scope, bool& shorted) {
  switch (node->kind) {
    case NodeKind::kMember:
    case NodeKind::kSubscript: {
      const Value object = chain(node->child(0), scope, shorted);
      if (shorted) return {};
      if (object.is_nullish() && node->has(syntax::kOptional)) {
        shorted = true;
        return {};
      }
      if (node->kind == NodeKind::kMember) return in_.get(object, node->text, span(node));
      const Value index = expression(node->child(1), scope);
      return in_.get_element(object, index, span(node));
    }
    case NodeKind::kCall: return call(node, scope, shorted);
    default: return expression(node, scope);
  }
}

const Unknown* Evaluation::arguments(const Node* call, Scope* scope, std::vector<Value>& out) {
  const Unknown* incomplete = nullptr;
  out.reserve(call->children.size() - 2);
  for (std::size_t i = 2; i < call->children.size(); ++i) {
    const Node* child = call->child(i);
    if (child->kind == NodeKind::kSpread) {
      const Value spread = expression(child->child(0), scope);
      if (const Unknown* why = in_.elements(spread, out, span(child)); why != nullptr && incomplete == nullptr) incomplete = why;
    } else {
      out.push_back(expression(child, scope));
    }
  }
  return incomplete;
}

Value Evaluation::call(const Node* node, Scope* scope, bool& shorted) {
  in_.count_step();
  const Node* callee = node->child(0);
  Value self;
  Value function;
  std::string_view name;
  const bool method = callee->kind == NodeKind::kMember || callee->kind == NodeKind::kSubscript;
  if (method) {
    self = chain(callee->child(0), scope, shorted);
    if (shorted) return {};
    if (self.is_nullish() && callee->has(syntax::kOptional)) {
      shorted = true;
      return {};
    }
    // Nothing is lost by not evaluating the arguments: whatever an unknown function does with them is unknown.
    if (self.is(Tag::kUnknown)) return self;
    if (callee->kind == NodeKind::kMember) {
      name = callee->text;
    } else {
      const Value key = expression(callee->child(1), scope);
      if (key.is(Tag::kUnknown)) return key;
      const auto text = to_key(in_, key);
      if (!text) return in_.unknown("the method's name is not known", span(callee));
      name = text::copy(in_.memory(), *text);
    }
    if (node->has(syntax::kOptional) && in_.get(self, name, span(callee)).is_nullish()) {
      shorted = true;
      return {};
    }
  } else {
    function = chain(callee, scope, shorted);
    if (shorted) return {};
    if (function.is_nullish() && node->has(syntax::kOptional)) {
      shorted = true;
      return {};
    }
    if (function.is(Tag::kUnknown)) return function;
  }
  std::vector<Value> values;
  const Unknown* incomplete = arguments(node, scope, values);
  if (method) {
    // A method of the program's own: `helpers.columns()`.
    if (self.is(Tag::kObject)) {
      function = in_.get(self, name, span(callee));
      if (function.is(Tag::kUndefined)) {
        Call native{in_, self, values, node, span(node)};
        return call_builtin_method(native, name);
      }
      if (function.is(Tag::kUnknown)) return function;
    } else if (self.is(Tag::kHost)) {
      if (incomplete != nullptr) {
        self.as_host().taint(incomplete);
        return Value::unknown(incomplete);
      }
      Call native{in_, self, values, node, span(node)};
      if (const Property* assigned = self.as_host().find_own(name)) return in_.call(assigned->value, self, values, node, span(node));
      return self.as_host().call_method(native, name);
    } else if (self.is(Tag::kFunction) && self.as_function().properties != nullptr &&
               self.as_function().properties->find(name) != nullptr) {
      function = in_.get(self, name, span(callee));
    } else {
      if (incomplete != nullptr) {
        Interpreter::taint(self, incomplete);
        return Value::unknown(incomplete);
      }
      Call native{in_, self, values, node, span(node)};
      return call_builtin_method(native, name);
    }
  }
  if (function.is(Tag::kFunction)) {
    Evaluation inner(in_, *function.as_function().module);
    return inner.call_function(function.as_function(), self, values, incomplete, span(node));
  }
  if (incomplete != nullptr) return Value::unknown(incomplete);
  return in_.call(function, self, values, node, span(node));
}

Value Evaluation::construct(const Node* node, Scope* scope) {
  const Value callee = expression(node->child(0), scope);
  if (callee.is(Tag::kUnknown)) return callee;
  std::vector<Value> values;
  if (const Unknown* incomplete = arguments(node, scope, values)) return Value::unknown(incomplete);
  Call call{in_, {}, values, node, span(node)};
  return construct_builtin(call, callee);
}

Value Evaluation::tagged_template(const Node* node, Scope* scope) {
  bool shorted = false;
  const Node* tag_node = node->child(0);
  Value self;
  Value tag;
  if (tag_node->kind == NodeKind::kMember) {
    self = chain(tag_node->child(0), scope, shorted);
    tag = in_.get(self, tag_node->text, span(tag_node));
  } else {
    tag = expression(tag_node, scope);
  }
  if (tag.is(Tag::kUnknown)) return tag;
  Array* strings = in_.make_array();
  // drizzle-orm's sql does not look at the raw strings.
  if (tag.is(Tag::kFunction) || (tag.is(Tag::kNative) && tag.as_native().name == "raw")) strings->raw = in_.make_array();
  std::vector<Value> arguments{Value::array(strings)};
  for (std::size_t i = 1; i < node->children.size(); ++i) {
    if (i % 2 == 1) {
      const Node* part = node->child(i);
      strings->items.push_back(Value::string(part->text));
      if (strings->raw != nullptr) strings->raw->items.push_back(Value::string(module_.text.substr(part->start, part->end - part->start)));
    } else arguments.push_back(expression(node->child(i), scope));
  }
  return in_.call(tag, self, arguments, node, span(node));
}

}  // namespace drizzle_audit::program
