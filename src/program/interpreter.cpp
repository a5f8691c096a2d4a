// Runs modules and computes their bindings: lazily, each once, and so that nothing that is thrown gets further. What other modules see
// of them is in exports.cpp, the operations that natives build on are in operations.cpp.
#include "program/interpreter.h"

#include <algorithm>

#include "program/evaluation.h"
#include "program/operators.h"

namespace drizzle_audit::program {

using syntax::Node;
using syntax::NodeKind;

namespace {

/// The first name that a pattern binds; empty when it binds none.
std::string_view first_name(const Node* pattern) {
  if (pattern == nullptr) return {};
  if (pattern->kind == NodeKind::kIdentifier) return pattern->text;
  const std::size_t skipped = pattern->kind == NodeKind::kPatternProperty ? 1 : 0;  // the key
  for (const Node* child : pattern->children.subspan(std::min(skipped, pattern->children.size()))) {
    if (const std::string_view name = first_name(child); !name.empty()) return name;
  }
  return {};
}

constexpr std::string_view kCycleHelp = "move what both files need into a third file, or pass it in a callback that runs later";
constexpr std::string_view kLostDefinition = "what it defines is left out; write it down plainly";

}  // namespace

Interpreter::Interpreter(ModuleStore& modules, NativeModules& natives, Limits limits)
    : modules_(modules), natives_(natives), limits_(limits), arena_(1U << 18U, &counted_) {
  begin_binding();
}

void Interpreter::add_problem(ProblemKind kind, const std::string& message, const std::string& help, Span span) {
  for (const Problem& known : problems_) {
    if (known.kind == kind && known.span == span) return;
  }
  problems_.push_back({kind, text::copy(arena_, message), text::copy(arena_, help), span});
}

// ---- modules -----------------------------------------------------------------

void Interpreter::run(Module& module) {
  if (module.ran || module.running || !module.parsed || module.is_json) return;
  module.running = true;
  module.position = 0;
  for (const Node* link : module.links) {
    if (natives_.find(*this, link->text) != nullptr) continue;
    const Link target = modules_.follow(link->text, module);
    if (target.kind == workspace::Resolution::Kind::kNotFound) {
      unresolved_import(link->text, target, {module.file, link->start, link->end});
    }
    if (target.module == nullptr) continue;
    Module& linked = link->kind == NodeKind::kImport ? *target.module : modules_.open(*target.module);
    if (linked.parsed && (linked.mentions_drizzle || link->kind != NodeKind::kImport)) run(linked);
  }
  for (const Node* item : module.tree.root->children) {
    module.position = item->end;
    const Node* declaration = item->kind == NodeKind::kExport ? item->child(0) : item;
    if (declaration->kind == NodeKind::kVariables) {
      for (const Node* declarator : declaration->children) {
        module.position = declarator->end;
        // One evaluation binds all names of a pattern.
        const auto binding = module.bindings.find(first_name(declarator->child(0)));
        if (binding != module.bindings.end() && binding->second.node == declarator) force(module, binding->second, {});
      }
    } else if (item->kind == NodeKind::kExportDefault) {
      export_value(module, "default");
    } else {
      for (std::size_t i = 0; i < module.effects.size(); ++i) {
        if (module.effects[i] == item && !module.effects_done[i]) {
          module.effects_done[i] = true;
          run_statement(module, *item);
        }
      }
    }
  }
  module.running = false;
  module.ran = true;
}

void Interpreter::begin_binding() {
  if (forcing_ != 0) return;  // a binding that another one needs counts as part of it
  binding_limit_ = std::min(steps_ + limits_.binding_steps, limits_.steps);
  memory_limit_ = std::min(counted_.used() + limits_.binding_memory, limits_.memory);
}

/// Evaluates one statement or the value of one module-level name. What is thrown ends here: it becomes a problem and an Unknown.
/// `lost` tells people what an exceeded budget costs them.
template <class Evaluate>
Value Interpreter::guarded(const Module& module, Span at, std::string_view lost, const Evaluate& evaluate) {
  begin_binding();
  ++forcing_;
  Value value;
  try {
    value = evaluate();
  } catch (const Thrown& thrown) {
    if (module.mentions_drizzle) {
      const bool cycle = thrown.message.starts_with("Cannot access");
      add_problem(cycle ? ProblemKind::kImportCycle : ProblemKind::kSchemaThrows, "loading the file throws: " + thrown.message,
                  cycle ? std::string(kCycleHelp) : "drizzle-kit stops at this error", thrown.span);
    }
    value = unknown_copy("evaluating it throws: " + thrown.message, at);
  } catch (const OverBudget& over) {
    add_problem(ProblemKind::kBudget, std::string(over.reason), std::string(lost), at);
    value = unknown(over.reason, at);
  }
  --forcing_;
  return value;
}

void Interpreter::run_statement(Module& module, const Node& statement) {
  guarded(module, {module.file, statement.start, statement.end}, "its effects are left out", [&] {
    Evaluation(*this, module).statement(&statement, nullptr);
    return Value();
  });
}

Value Interpreter::force(Module& module, Binding& binding, Span use) {
  if (binding.state == BindingState::kDone) return binding.value;
  const Span at{module.file, binding.node->start, binding.node->end};
  if (!use.somewhere()) use = at;
  if (binding.state == BindingState::kEvaluating) {
    if (binding.kind == Binding::Kind::kImport) return unknown("the import leads back to itself", at);
    const std::string name(binding.name);
    throw_error("Cannot access '" + name + "' before initialization", use);
  }
  // In JavaScript's order this statement has not run yet: the cycle would read an uninitialised value.
  if (module.running && binding.kind == Binding::Kind::kVariable && binding.statement->start >= module.position) {
    add_problem(ProblemKind::kImportCycle, "'" + std::string(binding.name) + "' is used before it is initialised", std::string(kCycleHelp),
                use);
  }
  binding.state = BindingState::kEvaluating;
  binding.value = guarded(module, at, kLostDefinition, [&] { return evaluate_binding(module, binding, use); });
  binding.state = BindingState::kDone;

  // Statements elsewhere in the module may go on to change it: `columns.push(…)`, `Object.assign(table, …)`.
  if (!module.running && !module.ran && binding.kind == Binding::Kind::kVariable) {
    for (std::size_t i = 0; i < module.effects.size(); ++i) {
      if (module.effects_done[i]) continue;
      const Node* effect = module.effects[i];
      const std::string_view source = module.text.substr(effect->start, effect->end - effect->start);
      if (source.find(binding.name) == std::string_view::npos) continue;
      module.effects_done[i] = true;
      run_statement(module, *effect);
    }
  }
  return binding.value;
}

Value Interpreter::force_default(Module& module, const Node& expression, Span use) {
  if (module.default_state == BindingState::kDone) return module.default_value;
  const Span at{module.file, expression.start, expression.end};
  if (module.default_state == BindingState::kEvaluating) {
    throw_error("Cannot access 'default' before initialization", use.somewhere() ? use : at);
  }
  module.default_state = BindingState::kEvaluating;
  module.default_value = guarded(module, at, kLostDefinition, [&] { return Evaluation(*this, module).expression(&expression, nullptr); });
  module.default_state = BindingState::kDone;
  return module.default_value;
}

Value Interpreter::evaluate_binding(Module& module, Binding& binding, Span use) {
  Evaluation evaluation(*this, module);
  switch (binding.kind) {
    case Binding::Kind::kVariable: {
      const Node* declarator = binding.node;
      const Node* pattern = declarator->child(0);
      const Value value = declarator->child(1) != nullptr ? evaluation.expression(declarator->child(1), nullptr) : Value();
      if (pattern->kind == NodeKind::kIdentifier) {
        binding.value = value;
        return value;
      }
      // All names of the pattern are bound at once.
      for (auto& [name, other] : module.bindings) {
        if (other.node == declarator) other.state = BindingState::kDone;
      }
      evaluation.bind(pattern, value, nullptr, true);
      return binding.value;
    }
    case Binding::Kind::kFunction: return evaluation.make_function(binding.node, nullptr);
    case Binding::Kind::kClass: return evaluation.make_class(binding.node, nullptr);
    case Binding::Kind::kEnum: {
      const Value value = evaluation.make_enum(binding.node, nullptr);
      // Declarations of one name merge.
      for (const Node* item : module.tree.root->children) {
        const Node* declared = item->kind == NodeKind::kExport ? item->child(0) : item;
        if (declared->kind != NodeKind::kEnum || declared->text != binding.name || declared == binding.node) continue;
        const Value more = evaluation.make_enum(declared, nullptr);
        for (const Property& property : more.as_object().properties) value.as_object().set(property);
      }
      return value;
    }
    case Binding::Kind::kNamespace: return evaluation.make_namespace(binding.node, nullptr);
    case Binding::Kind::kImport: return import_value(module, binding, use);
    case Binding::Kind::kType: return unknown("it is a type", {module.file, binding.node->start, binding.node->end});
  }
  return {};
}

}  // namespace drizzle_audit::program
