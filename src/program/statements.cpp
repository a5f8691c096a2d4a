// Evaluation of statements.
#include <utility>

#include "program/evaluation.h"
#include "program/operators.h"

namespace drizzle_audit::program {

using syntax::Node;
using syntax::NodeKind;
using syntax::Operator;

namespace {

/// Does control never come out at the end of this? `throw`, or a block that ends in one.
bool always_throws(const Node* node) {
  if (node == nullptr) return false;
  if (node->kind == NodeKind::kThrow) return true;
  if (node->kind == NodeKind::kExpressionStatement && !node->children.empty()) {
    const Node* call = node->child(0);  // process.exit(1)
    if (call->kind != NodeKind::kCall || call->child(0)->kind != NodeKind::kMember || call->child(0)->text != "exit") return false;
    const Node* object = call->child(0)->child(0);
    return object->kind == NodeKind::kIdentifier && object->text == "process";
  }
  return node->kind == NodeKind::kBlock && !node->children.empty() && always_throws(node->children.back());
}

bool declares_in_block(const Node* node) {
  return (node->kind == NodeKind::kVariables && node->op != Operator::kVar) || node->kind == NodeKind::kFunction ||
         node->kind == NodeKind::kClass || node->kind == NodeKind::kEnum;
}

}  // namespace

Flow Evaluation::statement(const Node* node, Scope* scope) {
  in_.count_step();
  switch (node->kind) {
    case NodeKind::kExpressionStatement:
      for (const Node* child : node->children) expression(child, scope);
      return Flow::kNormal;
    case NodeKind::kVariables: return variables(node, scope);
    case NodeKind::kReturn: result_ = node->children.empty() ? Value() : expression(node->child(0), scope); return Flow::kReturn;
    case NodeKind::kThrow: {
      const Value value = node->children.empty() ? Value() : expression(node->child(0), scope);
      std::string message = "an error is thrown";
      if (value.is(Tag::kObject)) {
        const Property* text = value.as_object().find("message");
        if (text != nullptr && text->value.is(Tag::kString)) message = std::string(text->value.text());
      } else if (value.is(Tag::kString)) {
        message = std::string(value.text());
      }
      throw Thrown{value, message, span(node)};
    }
    case NodeKind::kBlock: return block(node, scope);
    case NodeKind::kIf: return if_statement(node, scope);
    case NodeKind::kFor: return for_statement(node, scope);
    case NodeKind::kForOf: return for_of_statement(node, scope);
    case NodeKind::kWhile:
    case NodeKind::kDoWhile: return while_statement(node, scope);
    case NodeKind::kSwitch: return switch_statement(node, scope);
    case NodeKind::kTry: return try_statement(node, scope);
    case NodeKind::kBreak: label_ = node->text; return Flow::kBreak;
    case NodeKind::kContinue: label_ = node->text; return Flow::kContinue;
    case NodeKind::kLabeled: {
      pending_label_ = node->text;
      Flow flow = statement(node->child(0), scope);
      pending_label_ = {};
      if (flow == Flow::kBreak && label_ == node->text) flow = Flow::kNormal;
      return flow;
    }
    case NodeKind::kFunction:
      if (scope != nullptr && !node->text.empty() && scope->find(node->text) == nullptr)
        scope->declare(node->text, make_function(node, scope));
      return Flow::kNormal;
    case NodeKind::kClass:
      if (scope != nullptr) scope->declare(node->text, make_class(node, scope));
      return Flow::kNormal;
    case NodeKind::kEnum:
      if (scope != nullptr) scope->declare(node->text, make_enum(node, scope));
      return Flow::kNormal;
    case NodeKind::kUnsupported: {
      const Unknown* why = &in_.unknown(node->text, span(node)).as_unknown();
      if (scope == nullptr) return Flow::kNormal;  // one statement of a module; the others still count
      result_ = Value::unknown(why);               // anything may have happened in it
      return Flow::kReturn;
    }
    case NodeKind::kExport: return node->children.empty() ? Flow::kNormal : statement(node->child(0), scope);
    default: return Flow::kNormal;
  }
}

Flow Evaluation::statements(std::span<const Node* const> nodes, Scope* scope) {
  hoist(nodes, scope);
  for (const Node* node : nodes) {
    const Flow flow = statement(node, scope);
    if (flow != Flow::kNormal) return flow;
  }
  return Flow::kNormal;
}

void Evaluation::hoist(std::span<const Node* const> nodes, Scope* scope) {
  if (scope == nullptr) return;
  for (const Node* node : nodes) {
    if (node->kind == NodeKind::kFunction && !node->text.empty()) scope->declare(node->text, make_function(node, scope));
  }
}

Flow Evaluation::block(const Node* node, Scope* scope) {
  for (const Node* child : node->children) {
    if (declares_in_block(child)) return statements(node->children, in_.make<Scope>(&in_.memory(), scope));
  }
  return statements(node->children, scope);
}

Flow Evaluation::variables(const Node* node, Scope* scope) {
  Scope* target = scope;
  if (node->op == Operator::kVar) {
    while (target != nullptr && !target->is_function) target = target->parent;
  }
  for (const Node* declarator : node->children) {
    const Value value = declarator->child(1) != nullptr ? expression(declarator->child(1), scope) : Value();
    if (declarator->child(1) == nullptr && node->op == Operator::kVar && target != nullptr) {
      if (target->find(declarator->child(0)->text) == nullptr) target->declare(declarator->child(0)->text, value);
      continue;
    }
    bind(declarator->child(0), value, target, true);
  }
  return Flow::kNormal;
}

Flow Evaluation::if_statement(const Node* node, Scope* scope) {
  const Value test = expression(node->child(0), scope);
  auto taken = truthy(test);
  if (!taken) {
    // `if (!process.env.URL) throw …`: the schema is of interest for the runs in which it loads.
    if (always_throws(node->child(1))) taken = false;
    else if (always_throws(node->child(2))) taken = true;
    else return give_up({node->child(1), node->child(2)}, scope, &test.as_unknown());
  }
  const Node* branch = node->child(*taken ? 1 : 2);
  return branch != nullptr ? statement(branch, scope) : Flow::kNormal;
}

bool Evaluation::loop_goes_on(Flow& flow, std::string_view label) {
  if (flow == Flow::kNormal) return true;
  const bool ours = label_.empty() || label_ == label;
  if (flow == Flow::kContinue && ours) {
    flow = Flow::kNormal;
    label_ = {};
    return true;
  }
  if (flow == Flow::kBreak && ours) {
    flow = Flow::kNormal;
    label_ = {};
  }
  return false;
}

Flow Evaluation::for_statement(const Node* node, Scope* scope) {
  const std::string_view label = std::exchange(pending_label_, {});
  Scope* inner = in_.make<Scope>(&in_.memory(), scope);
  if (const Node* init = node->child(0)) {
    if (init->kind == NodeKind::kVariables) variables(init, inner);
    else expression(init, inner);
  }
  for (;;) {
    if (const Node* test = node->child(1)) {
      const Value value = expression(test, inner);
      const auto goes_on = truthy(value);
      if (!goes_on) return give_up({node->child(3), node->child(2)}, inner, &value.as_unknown());
      if (!*goes_on) return Flow::kNormal;
    }
    // Every turn has variables of its own, which closures may keep.
    Scope* turn = in_.make<Scope>(&in_.memory(), scope);
    turn->variables = inner->variables;
    Flow flow = statement(node->child(3), turn);
    inner = turn;
    if (flow == Flow::kUnknownLoop) {
      const Value why = in_.unknown("the loop's end is not known", span(node));
      return give_up({node->child(3)}, inner, &why.as_unknown());
    }
    if (!loop_goes_on(flow, label)) return flow;
    Scope* next = in_.make<Scope>(&in_.memory(), scope);
    next->variables = inner->variables;
    inner = next;
    if (node->child(2) != nullptr) expression(node->child(2), inner);
  }
}

Flow Evaluation::for_of_statement(const Node* node, Scope* scope) {
  const std::string_view label = std::exchange(pending_label_, {});
  const Value iterable = expression(node->child(1), scope);
  const Node* target = node->child(0);
  std::vector<Value> items;
  const Unknown* why = nullptr;
  if (node->has(syntax::kForIn)) {
    std::vector<Property> properties;
    why = in_.own_properties(iterable, properties, span(node));
    for (const Property& property : properties) items.push_back(Value::string(property.key));
  } else {
    why = in_.elements(iterable, items, span(node));
  }
  const bool declares = target->kind == NodeKind::kVariables;
  const Node* pattern = declares ? target->child(0)->child(0) : target;
  for (const Value& item : items) {
    Scope* inner = in_.make<Scope>(&in_.memory(), scope);
    if (declares && target->op == Operator::kVar) {
      Scope* function = scope;
      while (function != nullptr && !function->is_function) function = function->parent;
      bind(pattern, item, function, true);
    } else {
      bind(pattern, item, inner, declares);
    }
    Flow flow = statement(node->child(2), inner);
    if (flow == Flow::kUnknownLoop) {
      const Value end = in_.unknown("the loop's end is not known", span(node));
      return give_up({node->child(2)}, inner, &end.as_unknown());
    }
    if (!loop_goes_on(flow, label)) return flow;
  }
  return why != nullptr ? give_up({node->child(2)}, scope, why) : Flow::kNormal;
}

Flow Evaluation::while_statement(const Node* node, Scope* scope) {
  const std::string_view label = std::exchange(pending_label_, {});
  const bool test_first = node->kind == NodeKind::kWhile;
  const Node* test = node->child(test_first ? 0 : 1);
  const Node* body = node->child(test_first ? 1 : 0);
  for (bool first = true;; first = false) {
    if (test_first || !first) {
      const Value value = expression(test, scope);
      const auto goes_on = truthy(value);
      if (!goes_on) return give_up({body}, scope, &value.as_unknown());
      if (!*goes_on) return Flow::kNormal;
    }
    Flow flow = statement(body, scope);
    if (flow == Flow::kUnknownLoop) {
      const Value why = in_.unknown("the loop's end is not known", span(node));
      return give_up({body}, scope, &why.as_unknown());
    }
    if (!loop_goes_on(flow, label)) return flow;
  }
}

Flow Evaluation::switch_statement(const Node* node, Scope* scope) {
  const Value value = expression(node->child(0), scope);
  Scope* inner = in_.make<Scope>(&in_.memory(), scope);
  const Node* start = nullptr;
  const Unknown* why = nullptr;
  for (std::size_t i = 1; i < node->children.size() && start == nullptr && why == nullptr; ++i) {
    const Node* entry = node->child(i);
    if (entry->child(0) == nullptr) continue;
    const auto equal = strictly_equal(value, expression(entry->child(0), inner));
    if (!equal) why = value.is(Tag::kUnknown) ? &value.as_unknown() : &in_.unknown("the case is not known", span(entry)).as_unknown();
    else if (*equal) start = entry;
  }
  if (why != nullptr) return give_up({node}, scope, why);
  bool running = false;
  for (std::size_t i = 1; i < node->children.size(); ++i) {
    const Node* entry = node->child(i);
    running = running || entry == start || (start == nullptr && entry->child(0) == nullptr);
    if (!running) continue;
    const Flow flow = statements(entry->children.subspan(1), inner);
    if (flow == Flow::kBreak && label_.empty()) return Flow::kNormal;
    if (flow != Flow::kNormal) return flow;
  }
  return Flow::kNormal;
}

Flow Evaluation::try_statement(const Node* node, Scope* scope) {
  Flow flow = Flow::kNormal;
  try {
    flow = statement(node->child(0), scope);
  } catch (const Thrown& thrown) {
    if (node->child(2) == nullptr) {
      if (node->child(3) != nullptr) statement(node->child(3), scope);
      throw;
    }
    Scope* inner = in_.make<Scope>(&in_.memory(), scope);
    if (node->child(1) != nullptr) bind(node->child(1), thrown.value, inner, true);
    flow = statement(node->child(2), inner);
  }
  if (node->child(3) != nullptr) {
    const Value kept = result_;
    const Flow final_flow = statement(node->child(3), scope);
    if (final_flow != Flow::kNormal) return final_flow;
    result_ = kept;
  }
  return flow;
}

namespace {

/// What code that may or may not run could do.
struct Effects {
  std::vector<std::string_view> assigned;
  std::vector<std::string_view> mentioned;
  bool returns = false;
  bool leaves_loop = false;
};

void collect_effects(const Node* node, Effects& effects, bool in_loop, bool in_function) {
  if (node == nullptr) return;
  switch (node->kind) {
    case NodeKind::kIdentifier: effects.mentioned.push_back(node->text); return;
    case NodeKind::kAssign:
    case NodeKind::kUpdate:
      if (node->child(0)->kind == NodeKind::kIdentifier) {
        effects.assigned.push_back(node->child(0)->text);
      } else if (node->child(0)->kind == NodeKind::kObjectPattern || node->child(0)->kind == NodeKind::kArrayPattern) {
        Effects inside;
        collect_effects(node->child(0), inside, in_loop, in_function);
        effects.assigned.insert(effects.assigned.end(), inside.mentioned.begin(), inside.mentioned.end());
      }
      break;
    case NodeKind::kReturn: effects.returns = effects.returns || !in_function; break;
    case NodeKind::kBreak:
    case NodeKind::kContinue: effects.leaves_loop = effects.leaves_loop || (!in_loop && !in_function); break;
    case NodeKind::kFor:
    case NodeKind::kForOf:
    case NodeKind::kWhile:
    case NodeKind::kDoWhile:
    case NodeKind::kSwitch: in_loop = true; break;
    case NodeKind::kFunction: in_function = true; break;
    default: break;
  }
  for (const Node* child : node->children) collect_effects(child, effects, in_loop, in_function);
}

}  // namespace

Flow Evaluation::give_up(std::initializer_list<const Node*> nodes, Scope* scope, const Unknown* why) {
  Effects effects;
  for (const Node* node : nodes) collect_effects(node, effects, false, false);
  const auto known_value = [&](std::string_view name) -> Value* {
    for (Scope* at = scope; at != nullptr; at = at->parent) {
      if (Variable* variable = at->find(name)) return &variable->value;
    }
    const auto binding = module_.bindings.find(name);
    if (binding == module_.bindings.end() || binding->second.state != BindingState::kDone) return nullptr;
    return binding->second.kind == Binding::Kind::kVariable ? &binding->second.value : nullptr;
  };
  for (const std::string_view name : effects.assigned) {
    if (Value* value = known_value(name)) *value = Value::unknown(why);
  }
  for (const std::string_view name : effects.mentioned) {
    if (const Value* value = known_value(name)) Interpreter::taint(*value, why);
  }
  if (effects.returns) {
    result_ = Value::unknown(why);
    return Flow::kReturn;
  }
  return effects.leaves_loop ? Flow::kUnknownLoop : Flow::kNormal;
}

}  // namespace drizzle_audit::program
