// The interpreter's door: modules and their bindings, and the operations that natives build on.
#include "program/interpreter.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "program/evaluation.h"
#include "program/operators.h"

namespace drizzle_audit::program {

using syntax::Node;
using syntax::NodeKind;

namespace {

/// `import * as ns`: exports looked up when asked for, so that cycles resolve per binding.
class ModuleNamespace final : public Host {
 public:
  explicit ModuleNamespace(Module& module) : module_(module) {}
  [[nodiscard]] std::string_view class_name() const override { return "Module"; }
  Value get(Interpreter& in, std::string_view key, Span) override { return in.export_value(module_, key); }
  void own_properties(Interpreter& in, std::vector<Property>& out) override {
    for (const std::string_view name : in.export_names(module_)) {
      const Span at = in.export_span(module_, name);
      out.push_back({name, in.export_value(module_, name), at, at, false});
    }
  }

 private:
  Module& module_;
};

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

Value from_json(Interpreter& in, const nlohmann::ordered_json& json, Span at) {
  switch (json.type()) {
    case nlohmann::json::value_t::null: return Value::null();
    case nlohmann::json::value_t::boolean: return Value::boolean(json.get<bool>());
    case nlohmann::json::value_t::string: return in.make_string(json.get_ref<const std::string&>());
    case nlohmann::json::value_t::number_integer:
    case nlohmann::json::value_t::number_unsigned:
    case nlohmann::json::value_t::number_float: return Value::number(json.get<double>());
    case nlohmann::json::value_t::array: {
      Array* array = in.make_array();
      for (const auto& item : json) array->items.push_back(from_json(in, item, at));
      return Value::array(array);
    }
    case nlohmann::json::value_t::object: {
      Object* object = in.make_object();
      for (const auto& [key, item] : json.items()) object->set({in.make_string(key).text(), from_json(in, item, at), at, at, false});
      return Value::object(object);
    }
    default: return {};
  }
}

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
      add_problem(ProblemKind::kUnresolvedImport, "the import of '" + std::string(link->text) + "' leads nowhere",
                  "check the path, the `paths` of tsconfig.json and the `imports` of package.json", {module.file, link->start, link->end});
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
        if (binding != module.bindings.end() && binding->second.node == declarator) force(module, binding->second);
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

Value Interpreter::force(Module& module, Binding& binding) {
  if (binding.state == BindingState::kDone) return binding.value;
  if (binding.state == BindingState::kEvaluating) {
    const Span at{module.file, binding.node->start, binding.node->end};
    if (binding.kind == Binding::Kind::kImport) return unknown("the import leads back to itself", at);
    const std::string name(binding.name);
    throw_error("Cannot access '" + name + "' before initialization", at);
  }
  // In JavaScript's order this statement has not run yet: the cycle would read an uninitialised value.
  if (module.running && binding.kind == Binding::Kind::kVariable && binding.statement->start >= module.position) {
    add_problem(ProblemKind::kImportCycle, "'" + std::string(binding.name) + "' is used before it is initialised", std::string(kCycleHelp),
                {module.file, binding.node->start, binding.node->end});
  }
  binding.state = BindingState::kEvaluating;
  binding.value = guarded(module, {module.file, binding.node->start, binding.node->end}, kLostDefinition,
                          [&] { return evaluate_binding(module, binding); });
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

Value Interpreter::evaluate_binding(Module& module, Binding& binding) {
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
    case Binding::Kind::kImport: return import_value(module, binding);
    case Binding::Kind::kType: return unknown("it is a type", {module.file, binding.node->start, binding.node->end});
  }
  return {};
}

Value Interpreter::import_value(Module& module, Binding& binding) {
  const Span at{module.file, binding.node->start, binding.node->end};
  if (Host* native = natives_.find(*this, binding.specifier)) {
    if (binding.imported == "*") return Value::host(native);
    return native->get(*this, binding.imported, at);
  }
  const Link target = modules_.follow(binding.specifier, module);
  switch (target.kind) {
    case workspace::Resolution::Kind::kPackage: return unknown_copy("the package '" + std::string(binding.specifier) + "' is not read", at);
    case workspace::Resolution::Kind::kNotFound:
      add_problem(ProblemKind::kUnresolvedImport, "the import of '" + std::string(binding.specifier) + "' leads nowhere",
                  "check the path, the `paths` of tsconfig.json and the `imports` of package.json", at);
      return unknown_copy("the import of '" + std::string(binding.specifier) + "' leads nowhere", at);
    case workspace::Resolution::Kind::kFile: break;
  }
  Module& from = modules_.open(*target.module);
  if (binding.imported == "*") return namespace_of(from);
  std::vector<Module*> visited;
  bool found = false;
  const Value value = find_export(from, binding.imported, visited, found);
  if (found) return value;
  if (!from.unreadable.empty()) return unknown_copy("'" + from.path + "' cannot be read: " + from.unreadable, at);
  if (!from.tree.errors.empty())
    return unknown_copy("'" + std::string(binding.imported) + "' is not found in a file that does not parse", at);
  return {};
}

Value Interpreter::namespace_of(Module& module) {
  if (module.is_json) return export_value(module, "default");
  if (module.namespace_host == nullptr) module.namespace_host = make<ModuleNamespace>(module);
  return Value::host(module.namespace_host);
}

Value Interpreter::require(Module& from, std::string_view specifier, Span at) {
  if (Host* native = natives_.find(*this, specifier)) return Value::host(native);
  const Link target = modules_.follow(specifier, from);
  if (target.module == nullptr) {
    return unknown_copy("the package '" + std::string(specifier) + "' is not read", at);
  }
  Module& module = modules_.open(*target.module);
  const Value exports = commonjs_exports(module);
  return exports.is(Tag::kUndefined) ? namespace_of(module) : exports;
}

Value Interpreter::commonjs_exports(Module& module) {
  const bool is_esm = !module.exports.empty() || !module.export_all.empty();
  if (is_esm || module.is_json || module.text.find("exports") == std::string_view::npos) return {};
  run(module);
  return module.module_exports;
}

Value Interpreter::export_value(Module& module, std::string_view name) {
  std::vector<Module*> visited;
  bool found = false;
  return find_export(module, name, visited, found);
}

Value Interpreter::find_export(Module& module, std::string_view name, std::vector<Module*>& visited, bool& found) {
  if (std::ranges::find(visited, &module) != visited.end()) return {};
  visited.push_back(&module);
  found = true;
  if (module.is_json) {
    if (module.default_state == BindingState::kUntouched) {
      module.default_state = BindingState::kDone;
      const auto json = nlohmann::ordered_json::parse(module.text, nullptr, false, true);
      const Span all{module.file, 0, static_cast<std::uint32_t>(module.text.size())};
      module.default_value = json.is_discarded() ? unknown("the file is no JSON", all) : from_json(*this, json, all);
    }
    return name == "default" ? module.default_value : get(module.default_value, name, {});
  }
  const auto entry = module.exports.find(name);
  if (entry != module.exports.end() && !entry->second.type_only) {
    const Export& exported = entry->second;
    if (exported.expression != nullptr) {
      if (module.default_state == BindingState::kDone) return module.default_value;
      const Span at{module.file, exported.expression->start, exported.expression->end};
      if (module.default_state == BindingState::kEvaluating) throw_error("Cannot access 'default' before initialization", at);
      module.default_state = BindingState::kEvaluating;
      module.default_value =
          guarded(module, at, kLostDefinition, [&] { return Evaluation(*this, module).expression(exported.expression, nullptr); });
      module.default_state = BindingState::kDone;
      return module.default_value;
    }
    if (exported.specifier.empty()) {
      const auto binding = module.bindings.find(exported.local);
      if (binding == module.bindings.end()) {
        found = false;
        return {};
      }
      return force(module, binding->second);
    }
    const Span at{module.file, exported.node->start, exported.node->end};
    if (Host* native = natives_.find(*this, exported.specifier)) {
      return exported.local == "*" ? Value::host(native) : native->get(*this, exported.local, at);
    }
    const Link target = modules_.follow(exported.specifier, module);
    if (target.module != nullptr) {
      Module& from = modules_.open(*target.module);
      if (exported.local == "*") return namespace_of(from);
      return find_export(from, exported.local, visited, found);
    }
    return unknown_copy("the import of '" + std::string(exported.specifier) + "' is not read", at);
  }
  // Own names win; `export *` passes everything on but the default.
  const Unknown* opaque = nullptr;
  if (name != "default" && !module.export_all.empty()) {
    index_star(module);
    if (const auto from = module.star.find(name); from != module.star.end()) {
      bool in_it = false;
      const Value value = find_export(*from->second, name, visited, in_it);
      if (in_it) return value;
    }
    for (Module* open : module.star_open) {
      bool in_it = false;
      const Value value = find_export(*open, name, visited, in_it);
      if (in_it) return value;
    }
    for (const Node* all : module.star_other) {
      const Span at{module.file, all->start, all->end};
      if (Host* native = natives_.find(*this, all->text)) {
        const Value value = native->get(*this, name, at);
        if (!value.is(Tag::kUndefined)) return value;
      } else {
        opaque = &unknown_copy("the exports of '" + std::string(all->text) + "' are not read", at).as_unknown();
      }
    }
  }
  if (opaque != nullptr) return Value::unknown(opaque);
  if (const Value exports = commonjs_exports(module); !exports.is(Tag::kUndefined)) {
    // What TypeScript compiled keeps its default export under that name; else the whole of module.exports is the default.
    const bool compiled = exports.is(Tag::kObject) && exports.as_object().find("default") != nullptr;
    return name == "default" && !compiled ? exports : get(exports, name, {});
  }
  found = false;
  return {};
}

std::vector<std::string_view> Interpreter::export_names(Module& module) {
  std::vector<std::string_view> names;
  std::vector<Module*> visited;
  collect_exports(module, names, visited);
  std::set<std::string_view> seen;
  std::erase_if(names, [&](std::string_view name) { return !seen.insert(name).second; });
  return names;
}

void Interpreter::index_star(Module& module) {
  if (module.star_known) return;
  module.star_known = true;
  for (const Node* all : module.export_all) {
    const Link target = natives_.find(*this, all->text) != nullptr ? Link{} : modules_.follow(all->text, module);
    if (target.module == nullptr) {
      module.star_other.push_back(all);
      continue;
    }
    std::vector<std::string_view> names;
    std::vector<Module*> visited{&module};
    collect_exports(modules_.open(*target.module), names, visited);
    for (const std::string_view name : names) module.star.try_emplace(name, target.module);  // the first one wins
    index_star(*target.module);
    if (!target.module->star_other.empty() || !target.module->star_open.empty()) module.star_open.push_back(target.module);
  }
}

void Interpreter::collect_exports(Module& module, std::vector<std::string_view>& out, std::vector<Module*>& visited) {
  if (std::ranges::find(visited, &module) != visited.end()) return;
  const bool top = visited.empty();
  visited.push_back(&module);
  for (const auto& [name, exported] : module.exports) {
    if (exported.type_only || (name == "default" && !top)) continue;
    const auto binding = exported.specifier.empty() ? module.bindings.find(exported.local) : module.bindings.end();
    if (binding != module.bindings.end() && (binding->second.kind == Binding::Kind::kType || binding->second.type_only)) continue;
    out.push_back(name);
  }
  for (const Node* all : module.export_all) {
    if (natives_.find(*this, all->text) != nullptr) continue;
    const Link target = modules_.follow(all->text, module);
    if (target.module != nullptr) collect_exports(modules_.open(*target.module), out, visited);
  }
}

Span Interpreter::export_span(Module& module, std::string_view name) {
  const auto entry = module.exports.find(name);
  if (entry == module.exports.end()) return {};
  if (entry->second.specifier.empty()) {
    const auto binding = module.bindings.find(entry->second.local);
    if (binding != module.bindings.end()) {
      const Node* node = binding->second.node;
      if (node->kind == NodeKind::kDeclarator) node = node->child(0);
      return {module.file, node->start, node->end};
    }
  }
  return {module.file, entry->second.node->start, entry->second.node->end};
}

}  // namespace drizzle_audit::program
