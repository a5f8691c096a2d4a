// Functions, classes, enums and namespaces: making them, and calling what the program defines.
#include "program/evaluation.h"
#include "program/operators.h"

namespace drizzle_audit::program {

using syntax::Node;
using syntax::NodeKind;

Value Evaluation::make_function(const Node* node, Scope* scope) {
  auto* function = in_.make<Function>();
  function->node = node;
  function->module = &module_;
  function->scope = scope;
  if (node->has(syntax::kArrow)) {
    for (Scope* at = scope; at != nullptr; at = at->parent) {
      if (at->is_function) {
        function->this_value = at->this_value;
        break;
      }
    }
  }
  return Value::function(function);
}

Value Evaluation::call_function(Function& function, const Value& self, std::span<const Value> arguments, const Unknown* incomplete,
                                Span site) {
  const Node* node = function.node;
  if (function.is_class) in_.throw_error("Class constructor cannot be invoked without 'new'", site);
  if (node->has(syntax::kAsync)) return in_.unknown("asynchronous functions and generators are not evaluated", site);
  if (in_.calls_ >= in_.limits_.calls) throw OverBudget{"functions call each other without end"};
  ++in_.calls_;
  struct Leave {
    std::uint32_t& calls;
    ~Leave() { --calls; }
  } leave{in_.calls_};

  Scope* scope = in_.make<Scope>(&in_.memory(), function.scope);
  scope->is_function = true;
  scope->this_value = node->has(syntax::kArrow) ? function.this_value : self;
  const std::size_t parameters = node->children.size() - 1;
  scope->variables.reserve(parameters + 4);
  for (std::size_t i = 0; i < parameters; ++i) {
    const Node* parameter = node->child(i);
    if (parameter->kind == NodeKind::kRest) {
      Array* rest = in_.make_array();
      for (std::size_t k = i; k < arguments.size(); ++k) rest->items.push_back(arguments[k]);
      rest->incomplete = incomplete;
      bind(parameter->child(0), Value::array(rest), scope, true);
      break;
    }
    Value argument = i < arguments.size() ? arguments[i] : Value();
    if (incomplete != nullptr) argument = Value::unknown(incomplete);  // a spread before it may have shifted it
    bind(parameter, argument, scope, true);
  }
  if (!node->has(syntax::kArrow) && !node->text.empty() && scope->find(node->text) == nullptr && function.scope == nullptr &&
      !module_.bindings.contains(node->text)) {
    scope->declare(node->text, Value::function(&function));  // a named function expression knows itself
  }
  const Node* body = node->children.back();
  if (body->kind == NodeKind::kUnsupported) return in_.unknown(body->text, span(body));
  if (node->has(syntax::kExpressionBody)) return expression(body, scope);
  const Flow flow = statements(body->children, scope);
  return flow == Flow::kReturn ? result_ : Value();
}

Value Evaluation::make_enum(const Node* node, Scope* scope) {
  Object* object = in_.make_object();
  double next = 0;
  bool numbered = true;
  Scope* members = in_.make<Scope>(&in_.memory(), scope);  // members may name earlier ones
  for (const Node* member : node->children) {
    Value value;
    if (member->children.empty()) {
      value = numbered ? Value::number(next) : in_.unknown("the enum member needs a value", span(member));
    } else {
      value = expression(member->child(0), members);
    }
    numbered = value.is(Tag::kNumber);
    if (numbered) next = value.as_number() + 1;
    const Span at = span(member);
    object->set({member->text, value, at, at, false});
    members->declare(member->text, value);
    if (numbered) object->set({in_.make_string(number_text(value.as_number())).text(), Value::string(member->text), at, at, false});
  }
  return Value::object(object);
}

Value Evaluation::make_class(const Node* node, Scope* scope) {
  auto* function = in_.make<Function>();
  function->node = node;
  function->module = &module_;
  function->scope = scope;
  function->is_class = true;
  function->properties = in_.make_object();
  const Value made = Value::function(function);
  Scope* inside = in_.make<Scope>(&in_.memory(), scope);
  inside->is_function = true;
  inside->this_value = made;  // static fields may use `this`
  if (!node->text.empty()) inside->declare(node->text, made);
  for (const Node* field : node->children) {
    const Value key = property_key(field->child(0), inside);
    const Value value = expression(field->child(1), inside);
    const bool getter = field->kind == NodeKind::kGetter;
    if (key.is(Tag::kString)) function->properties->set({key.text(), value, span(field), span(field->child(0)), getter});
    else function->properties->incomplete = &key.as_unknown();
  }
  return made;
}

Value Evaluation::make_namespace(const Node* node, Scope* scope) {
  Object* object = in_.make_object();
  if (node->children.empty()) return Value::object(object);
  Scope* inside = in_.make<Scope>(&in_.memory(), scope);
  inside->is_function = true;
  hoist(node->child(0)->children, inside);
  for (const Node* item : node->child(0)->children) {
    const std::size_t before = inside->variables.size();
    statement(item, inside);
    if (item->kind != NodeKind::kExport) continue;
    for (std::size_t i = before; i < inside->variables.size(); ++i) {
      object->set({inside->variables[i].name, inside->variables[i].value, span(item), span(item), false});
    }
    const Node* declared = item->child(0);
    if (declared != nullptr && declared->kind == NodeKind::kFunction) {
      if (const Variable* hoisted = inside->find(declared->text))
        object->set({declared->text, hoisted->value, span(item), span(item), false});
    }
  }
  return Value::object(object);
}

}  // namespace drizzle_audit::program
