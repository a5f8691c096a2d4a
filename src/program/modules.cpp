// Reading, parsing and linking of a program's files.
#include "program/modules.h"

#include <algorithm>
#include <variant>

#include "platform/platform.h"
#include "text/parallel.h"
#include "workspace/paths.h"
#include "workspace/scan.h"

namespace drizzle_audit::program {

using syntax::Node;
using syntax::NodeKind;

ModuleStore::ModuleStore(const workspace::FileSystem& files, const workspace::Resolver& resolver, Sources& sources, std::string root,
                         unsigned threads)
    : files_(files), resolver_(resolver), sources_(sources), root_(std::move(root)), threads_(platform::thread_count(threads, 8U)) {}

Module& ModuleStore::slot(const std::string& path) {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<Module>& module = modules_[path];
  if (module == nullptr) {
    module = std::make_unique<Module>();
    module->path = path;
  }
  return *module;
}

std::string ModuleStore::read(Module& module) const {
  if (module.file != kNoFile) return {};
  auto content = files_.read(module.path, workspace::kMaxSourceBytes);
  if (const auto* error = std::get_if<workspace::FileError>(&content)) {
    module.unreadable = error->reason;
    return {};
  }
  std::string text = std::move(std::get<std::string>(content));
  if (workspace::is_binary(text)) {
    module.unreadable = "it is a binary file";
    return {};
  }
  module.mentions_drizzle = workspace::mentions_drizzle(text);
  return text;
}

void ModuleStore::enter(Module& module, std::string text) {
  if (module.file != kNoFile) return;
  module.file = sources_.add(workspace::relative_path(module.path, root_), std::move(text));
  module.text = sources_.text(module.file);
  module.is_json = module.path.ends_with(".json");
}

void ModuleStore::parse(Module& module) {
  if (module.parsed) return;
  module.parsed = true;
  if (module.is_json) return;  // read by the evaluator with a JSON parser
  module.tree = syntax::parse(module.text, module.path, module.file);
  link(module);
}

namespace {

/// Enters every name that a pattern binds.
void add_names(const Node* pattern, const Node* declarator, const Node* statement, Module& module,
               std::vector<std::string_view>* declared) {
  if (pattern == nullptr) return;
  switch (pattern->kind) {
    case NodeKind::kIdentifier:
      if (declared != nullptr) declared->push_back(pattern->text);
      module.bindings.try_emplace(pattern->text, Binding{.name = pattern->text,
                                                         .kind = Binding::Kind::kVariable,
                                                         .node = declarator,
                                                         .statement = statement,
                                                         .specifier = {},
                                                         .imported = {},
                                                         .value = {}});
      return;
    case NodeKind::kObjectPattern:
    case NodeKind::kArrayPattern:
      for (const Node* child : pattern->children) add_names(child, declarator, statement, module, declared);
      return;
    case NodeKind::kPatternProperty: add_names(pattern->child(1), declarator, statement, module, declared); return;
    case NodeKind::kDefault:
    case NodeKind::kRest: add_names(pattern->child(0), declarator, statement, module, declared); return;
    default: return;
  }
}

Binding::Kind declared_kind(NodeKind kind) {
  switch (kind) {
    case NodeKind::kFunction: return Binding::Kind::kFunction;
    case NodeKind::kClass: return Binding::Kind::kClass;
    case NodeKind::kEnum: return Binding::Kind::kEnum;
    case NodeKind::kNamespace: return Binding::Kind::kNamespace;
    default: return Binding::Kind::kType;
  }
}

/// Enters what a declaration declares. Returns the names through `declared`.
void declare(const Node* node, Module& module, std::vector<std::string_view>* declared) {
  if (node->kind == NodeKind::kVariables) {
    for (const Node* declarator : node->children) add_names(declarator->child(0), declarator, node, module, declared);
    return;
  }
  if (node->text.empty()) return;
  const Binding::Kind kind = declared_kind(node->kind);
  const auto [entry, added] = module.bindings.try_emplace(
      node->text, Binding{.name = node->text, .kind = kind, .node = node, .statement = node, .specifier = {}, .imported = {}, .value = {}});
  // A type and a value may share a name (`const Status = …; type Status = …`); the value counts.
  if (!added && entry->second.kind == Binding::Kind::kType && kind != Binding::Kind::kType) {
    entry->second.kind = kind;
    entry->second.node = node;
    entry->second.statement = node;
  }
  if (declared != nullptr) declared->push_back(node->text);
}

bool declares(NodeKind kind) {
  return kind == NodeKind::kVariables || kind == NodeKind::kFunction || kind == NodeKind::kClass || kind == NodeKind::kEnum ||
         kind == NodeKind::kNamespace || kind == NodeKind::kTypeDeclaration;
}

/// Takes out of `unused` the names that are used as values below `node`. Stops as soon as all are.
void drop_used(const Node* node, std::vector<std::string_view>& unused) {
  if (node == nullptr || unused.empty() || node->kind == NodeKind::kImport) return;
  if (node->kind == NodeKind::kIdentifier) std::erase(unused, node->text);
  if (node->kind == NodeKind::kExportNames && node->text.empty()) {
    for (const Node* name : node->children) std::erase(unused, name->child(0)->text);
  }
  for (const Node* child : node->children) drop_used(child, unused);
}

/// Names that are imported and never used as values. They are types: TypeScript drops such imports, and with them the order in which
/// modules run.
std::vector<std::string_view> unused_imports(const Node& root) {
  std::vector<std::string_view> names;
  for (const Node* item : root.children) {
    if (item->kind != NodeKind::kImport || item->has(syntax::kTypeOnly)) continue;
    for (const Node* binding : item->children) names.push_back(binding->text);
  }
  drop_used(&root, names);
  return names;
}

}  // namespace

void ModuleStore::link(Module& module) {
  const std::vector<std::string_view> unused = unused_imports(*module.tree.root);
  const auto add_export = [&module](std::string_view name, Export entry) {
    const auto [found, added] = module.exports.try_emplace(name, entry);
    if (!added && found->second.type_only) found->second = entry;  // `export type X` beside `export const X`
  };
  for (const Node* item : module.tree.root->children) {
    switch (item->kind) {
      case NodeKind::kImport: {
        bool needed = item->children.empty();  // import "./side-effects"
        for (const Node* binding : item->children) {
          const bool type_only = item->has(syntax::kTypeOnly) || binding->has(syntax::kTypeOnly);
          module.bindings.try_emplace(binding->text, Binding{.name = binding->text,
                                                             .kind = Binding::Kind::kImport,
                                                             .node = binding,
                                                             .statement = item,
                                                             .specifier = item->text,
                                                             .imported = binding->child(0)->text,
                                                             .type_only = type_only,
                                                             .value = {}});
          needed = needed || (!type_only && std::ranges::find(unused, binding->text) == unused.end());
        }
        if (needed && !item->has(syntax::kTypeOnly)) module.links.push_back(item);
        break;
      }
      case NodeKind::kExport: {
        std::vector<std::string_view> names;
        declare(item->child(0), module, &names);
        for (const std::string_view name : names) {
          const auto binding = module.bindings.find(name);
          const bool type_only = binding != module.bindings.end() && binding->second.kind == Binding::Kind::kType;
          add_export(name, {.local = name, .specifier = {}, .node = item, .type_only = type_only});
        }
        break;
      }
      case NodeKind::kExportDefault: {
        const Node* value = item->child(0);
        if (value->kind == NodeKind::kTypeDeclaration) break;
        const bool named = declares(value->kind) && !value->text.empty() && value->kind != NodeKind::kVariables;
        if (named) declare(value, module, nullptr);
        add_export(
            "default",
            {.local = named ? value->text : std::string_view(), .specifier = {}, .node = item, .expression = named ? nullptr : value});
        break;
      }
      case NodeKind::kExportNames: {
        bool needed = false;
        for (const Node* name : item->children) {
          const bool type_only = item->has(syntax::kTypeOnly) || name->has(syntax::kTypeOnly);
          add_export(name->text, {.local = name->child(0)->text, .specifier = item->text, .node = name, .type_only = type_only});
          needed = needed || !type_only;
        }
        if (!item->text.empty() && needed) module.links.push_back(item);
        break;
      }
      case NodeKind::kExportAll:
        if (item->has(syntax::kTypeOnly)) break;
        module.links.push_back(item);
        if (item->children.empty()) module.export_all.push_back(item);
        else add_export(item->child(0)->text, {.local = "*", .specifier = item->text, .node = item});
        break;
      default:
        if (declares(item->kind)) declare(item, module, nullptr);
        else if (item->kind != NodeKind::kEmpty) module.effects.push_back(item);
    }
  }
  module.effects_done.assign(module.effects.size(), false);
}

void ModuleStore::load(const std::vector<std::string>& paths) {
  /// A file to look at: always parsed, or only when it mentions Drizzle.
  struct Lead {
    Module* module = nullptr;
    bool always = false;
  };
  std::vector<Lead> wave;
  wave.reserve(paths.size());
  for (const std::string& path : paths) wave.push_back({&slot(path), true});
  while (!wave.empty()) {
    // Files get their numbers here, so that a run is like the next, whatever thread is first.
    std::vector<std::string> texts(wave.size());
    text::in_parallel(threads_, wave.size(), 1, [&](std::size_t i) { texts[i] = read(*wave[i].module); });
    for (std::size_t i = 0; i < wave.size(); ++i) enter(*wave[i].module, std::move(texts[i]));
    std::vector<std::vector<Lead>> found(wave.size());
    text::in_parallel(threads_, wave.size(), 1, [&](std::size_t i) {
      Module& module = *wave[i].module;
      if (!wave[i].always && !module.mentions_drizzle) return;
      parse(module);
      for (const Node* item : module.links) {
        const Link link = follow(item->text, module);
        if (link.module != nullptr) found[i].push_back({link.module, item->kind != NodeKind::kImport});
      }
    });

    // One entry a module, so that no two threads meet in one.
    std::unordered_map<Module*, std::size_t> places;
    std::vector<Lead> next;
    for (const std::vector<Lead>& leads : found) {
      for (const Lead& lead : leads) {
        if (lead.module->parsed || (lead.module->file != kNoFile && !lead.always)) continue;  // looked at before
        const auto [place, added] = places.try_emplace(lead.module, next.size());
        if (added) next.push_back(lead);
        else next[place->second].always = next[place->second].always || lead.always;
      }
    }
    wave = std::move(next);
  }
}

Module& ModuleStore::get(const std::string& path) { return open(slot(path)); }

Module& ModuleStore::open(Module& module) {
  enter(module, read(module));
  parse(module);
  return module;
}

Link ModuleStore::follow(std::string_view specifier, Module& module) {
  const auto [entry, added] = module.followed.try_emplace(specifier);
  if (added) {
    workspace::Resolution target = resolver_.resolve(specifier, module.path);
    entry->second.kind = target.kind;
    if (target.kind == workspace::Resolution::Kind::kFile) entry->second.module = &slot(target.path);
    entry->second.missing = std::move(target.missing);
    entry->second.missing_is_built = target.missing_is_built;
  }
  return entry->second;
}

std::vector<const Module*> ModuleStore::parsed() const {
  std::vector<const Module*> result;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [path, module] : modules_) {
      if (module->parsed) result.push_back(module.get());
    }
  }
  std::ranges::sort(result, {}, &Module::path);
  return result;
}

void ModuleStore::release(syntax::Trees& trees) {
  const std::lock_guard lock(mutex_);
  for (const auto& [path, module] : modules_) {
    if (module->parsed) trees.try_emplace(module->file, std::move(module->tree));
  }
}

}  // namespace drizzle_audit::program
