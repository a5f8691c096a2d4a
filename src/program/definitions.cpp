// See definitions.h.
#include "program/definitions.h"

namespace drizzle_audit::program {
namespace {

using Kind = Definition::Kind;

constexpr unsigned kMaxHops = 64;  // of re-exports; more is a cycle

Definition of_kind(Kind kind) {
  Definition made;
  made.kind = kind;
  return made;
}

Definition inside(Kind kind, Module& module, const syntax::Node* node) {
  Definition made;
  made.kind = kind;
  made.module = &module;
  made.node = node;
  return made;
}

Definition outside(Kind kind, std::string_view specifier, std::string_view name) {
  Definition made;
  made.kind = kind;
  made.specifier = specifier;
  made.name = name;
  return made;
}

Definition exported(Interpreter& in, Module& module, std::string_view name, unsigned hops);

/// `name` of what `specifier` leads to from `module`.
Definition imported(Interpreter& in, Module& module, std::string_view specifier, std::string_view name, unsigned hops) {
  if (in.is_native(specifier)) return outside(Kind::kNative, specifier, name);
  const Link link = in.modules().follow(specifier, module);
  switch (link.kind) {
    case workspace::Resolution::Kind::kPackage: return outside(Kind::kPackage, specifier, name);
    case workspace::Resolution::Kind::kNotFound: return of_kind(Kind::kLost);
    case workspace::Resolution::Kind::kFile: break;
  }
  Module& from = in.modules().open(*link.module);
  if (from.is_json) return of_kind(Kind::kOther);
  if (name == "*") return inside(Kind::kModule, from, nullptr);
  return exported(in, from, name, hops + 1);
}

Definition local_definition(Interpreter& in, Module& module, std::string_view local, unsigned hops) {
  const auto found = module.bindings.find(local);
  if (found == module.bindings.end()) return {};
  const Binding& binding = found->second;
  switch (binding.kind) {
    case Binding::Kind::kVariable: {
      const syntax::Node* initialiser = binding.node->child(1);
      if (initialiser == nullptr) return of_kind(Kind::kLost);  // set by statements elsewhere
      return inside(Kind::kExpression, module, initialiser);
    }
    case Binding::Kind::kFunction: return inside(Kind::kExpression, module, binding.node);
    case Binding::Kind::kImport: return imported(in, module, binding.specifier, binding.imported, hops);
    case Binding::Kind::kClass:
    case Binding::Kind::kEnum:
    case Binding::Kind::kNamespace:
    case Binding::Kind::kType: break;
  }
  return of_kind(Kind::kOther);
}

Definition exported(Interpreter& in, Module& module, std::string_view name, unsigned hops) {
  if (hops > kMaxHops || !module.unreadable.empty()) return of_kind(Kind::kLost);
  if (const auto entry = module.exports.find(name); entry != module.exports.end()) {
    const Export& found = entry->second;
    if (found.expression != nullptr) return inside(Kind::kExpression, module, found.expression);
    if (found.specifier.empty()) return local_definition(in, module, found.local, hops);
    return imported(in, module, found.specifier, found.local, hops);
  }
  if (name != "default") {
    for (const syntax::Node* all : module.export_all) {
      const Definition from = imported(in, module, all->text, name, hops);
      if (from.kind != Kind::kLost && from.kind != Kind::kNative) return from;
    }
  }
  return of_kind(Kind::kLost);
}

}  // namespace

Definition find_definition(Interpreter& in, Module& module, std::string_view local) { return local_definition(in, module, local, 0); }

Definition find_exported(Interpreter& in, Module& module, std::string_view name) { return exported(in, module, name, 0); }

}  // namespace drizzle_audit::program
