// What modules see of each other: imports, exports, `export *`, namespaces, CommonJS and JSON. Cycles resolve per name, when asked for.
#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "program/interpreter.h"

namespace drizzle_audit::program {

using syntax::Node;
using syntax::NodeKind;

namespace {

/// `import * as ns`: exports looked up when asked for, so that cycles resolve per binding.
class ModuleNamespace final : public Host {
 public:
  explicit ModuleNamespace(Module& module) : module_(module) {}
  [[nodiscard]] std::string_view class_name() const override { return "Module"; }
  Value get(Interpreter& in, std::string_view key, Span at) override { return in.export_value(module_, key, at); }
  void own_properties(Interpreter& in, std::vector<Property>& out) override {
    for (const std::string_view name : in.export_names(module_)) {
      const Span at = in.export_span(module_, name);
      out.push_back({name, in.export_value(module_, name), at, at, false});
    }
  }

 private:
  Module& module_;
};

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

void Interpreter::unresolved_import(std::string_view specifier, const Link& link, Span at) {
  std::string help = "check the path, the `paths` of tsconfig.json and the `imports` of package.json";
  if (!link.missing.empty()) {
    help = link.missing_is_built ? "build that package first: " : "correct that package: ";
    help += "its package.json leads to '" + link.missing + "', which is not there";
  }
  add_problem(ProblemKind::kUnresolvedImport, "the import of '" + std::string(specifier) + "' leads nowhere", help, at);
}

Value Interpreter::import_value(Module& module, Binding& binding, Span use) {
  const Span at{module.file, binding.node->start, binding.node->end};
  if (Host* native = natives_.find(*this, binding.specifier)) {
    if (binding.imported == "*") return Value::host(native);
    return native->get(*this, binding.imported, at);
  }
  const Link target = modules_.follow(binding.specifier, module);
  switch (target.kind) {
    case workspace::Resolution::Kind::kPackage: return unknown_copy("the package '" + std::string(binding.specifier) + "' is not read", at);
    case workspace::Resolution::Kind::kNotFound:
      unresolved_import(binding.specifier, target, {module.file, binding.statement->start, binding.statement->end});
      return unknown_copy("the import of '" + std::string(binding.specifier) + "' leads nowhere", at);
    case workspace::Resolution::Kind::kFile: break;
  }
  Module& from = modules_.open(*target.module);
  if (binding.imported == "*") return namespace_of(from);
  std::vector<Module*> visited;
  bool found = false;
  const Value value = find_export(from, binding.imported, use, visited, found);
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

Value Interpreter::json_export(Module& module, std::string_view name) {
  if (module.default_state == BindingState::kUntouched) {
    module.default_state = BindingState::kDone;
    const auto json = nlohmann::ordered_json::parse(module.text, nullptr, false, true);
    const Span all{module.file, 0, static_cast<std::uint32_t>(module.text.size())};
    module.default_value = json.is_discarded() ? unknown("the file is no JSON", all) : from_json(*this, json, all);
  }
  return name == "default" ? module.default_value : get(module.default_value, name, {});
}

Value Interpreter::export_value(Module& module, std::string_view name, Span use) {
  std::vector<Module*> visited;
  bool found = false;
  return find_export(module, name, use, visited, found);
}

Value Interpreter::find_export(Module& module, std::string_view name, Span use, std::vector<Module*>& visited, bool& found) {
  if (std::ranges::find(visited, &module) != visited.end()) return {};
  visited.push_back(&module);
  found = true;
  if (module.is_json) return json_export(module, name);
  const auto entry = module.exports.find(name);
  if (entry != module.exports.end() && !entry->second.type_only) {
    const Export& exported = entry->second;
    if (exported.expression != nullptr) {
      return force_default(module, *exported.expression, use);
    }
    if (exported.specifier.empty()) {
      const auto binding = module.bindings.find(exported.local);
      if (binding == module.bindings.end()) {
        found = false;
        return {};
      }
      return force(module, binding->second, use);
    }
    const Span at{module.file, exported.node->start, exported.node->end};
    if (Host* native = natives_.find(*this, exported.specifier)) {
      return exported.local == "*" ? Value::host(native) : native->get(*this, exported.local, at);
    }
    const Link target = modules_.follow(exported.specifier, module);
    if (target.module != nullptr) {
      Module& from = modules_.open(*target.module);
      if (exported.local == "*") return namespace_of(from);
      return find_export(from, exported.local, use, visited, found);
    }
    return unknown_copy("the import of '" + std::string(exported.specifier) + "' is not read", at);
  }
  // Own names win; `export *` passes everything on but the default.
  const Unknown* opaque = nullptr;
  if (name != "default" && !module.export_all.empty()) {
    index_star(module);
    if (const auto from = module.star.find(name); from != module.star.end()) {
      bool in_it = false;
      const Value value = find_export(*from->second, name, use, visited, in_it);
      if (in_it) return value;
    }
    for (Module* open : module.star_open) {
      bool in_it = false;
      const Value value = find_export(*open, name, use, visited, in_it);
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
