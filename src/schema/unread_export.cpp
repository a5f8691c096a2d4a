// See unread_export.h.
#include "schema/unread_export.h"

#include <algorithm>
#include <array>
#include <vector>

#include "program/definitions.h"

namespace drizzle_audit::schema {
namespace {

using program::Definition;
using program::Module;
using syntax::Node;
using syntax::NodeKind;

constexpr IncompleteModel kNothing{};
constexpr IncompleteModel kEverything{true, true, true, true};

void add_missing(IncompleteModel& to, const IncompleteModel& more) {
  to.tables = to.tables || more.tables;
  to.enums = to.enums || more.enums;
  to.views = to.views || more.views;
  to.relations = to.relations || more.relations;
}

/// The members that are asked of a value, nearest first: of `schema` in `schema.table(…).enableRLS()`, `table` and `enableRLS`.
struct Path {
  std::string_view name;
  const Path* next = nullptr;
};

std::string_view first(const Path* path) { return path != nullptr ? path->name : std::string_view(); }

/// What an object of pgSchema() makes.
IncompleteModel made_by_schema(const Path* path) {
  const std::string_view method = first(path);
  return {.tables = method == "table",
          .enums = method == "enum",
          .views = method == "view" || method == "materializedView",
          .relations = false};
}

/// What `name` of drizzle-orm makes when it, or what it returns, is called.
IncompleteModel made_by_drizzle(std::string_view name, const Path* path) {
  if (name == "*") return path == nullptr ? kEverything : made_by_drizzle(path->name, path->next);
  if (name.ends_with("Schema")) return made_by_schema(path);
  return {.tables = (name.ends_with("Table") && name != "aliasedTable") || name.ends_with("TableCreator"),
          .enums = name.ends_with("Enum"),
          .views = name.ends_with("View"),
          .relations = name == "relations" || name.starts_with("defineRelations")};
}

/// Packages whose functions take tables or look as if they made some, and make none.
constexpr auto kMakesNothing =
    std::to_array<std::string_view>({"@sinclair/typebox", "arktype", "drizzle-arktype", "drizzle-graphql", "drizzle-kit", "drizzle-seed",
                                     "drizzle-typebox", "drizzle-valibot", "drizzle-zod", "typebox", "valibot", "zod"});

/// A package's source is not read: its function is taken by its name, which people choose after drizzle-orm's.
IncompleteModel made_by_package(std::string_view specifier, std::string_view name, const Path* path) {
  for (const std::string_view package : kMakesNothing) {
    if (specifier.starts_with(package) && (specifier.size() == package.size() || specifier[package.size()] == '/')) return kNothing;
  }
  const auto has = [&](std::string_view part) {
    return name.find(part) != std::string_view::npos || first(path).find(part) != std::string_view::npos;
  };
  IncompleteModel made{.tables = has("Table") || has("table"), .enums = has("Enum"), .views = has("View"), .relations = has("elations")};
  add_missing(made, made_by_schema(path));
  return made;
}

class ExportReader {
 public:
  explicit ExportReader(Interpreter& in) : in_(in) {}

  IncompleteModel definition(const Definition& found, const Path* path) {
    switch (found.kind) {
      case Definition::Kind::kExpression: return expression(*found.module, found.node, path);
      case Definition::Kind::kModule:
        return path == nullptr ? kEverything : definition(program::find_exported(in_, *found.module, path->name), path->next);
      case Definition::Kind::kNative: return found.specifier.starts_with("drizzle-orm") ? made_by_drizzle(found.name, path) : kNothing;
      case Definition::Kind::kPackage: return made_by_package(found.specifier, found.name, path);
      case Definition::Kind::kLost: return kEverything;
      case Definition::Kind::kOther:
      case Definition::Kind::kUnbound: break;
    }
    return kNothing;
  }

 private:
  IncompleteModel expression(Module& module, const Node* node, const Path* path) {
    if (node == nullptr) return kNothing;
    if (std::ranges::find(open_, node) != open_.end()) return kNothing;  // a cycle: the rest of it says
    constexpr std::size_t kMaxCalls = 64;
    constexpr std::uint32_t kMaxSteps = 20'000;
    if (open_.size() > kMaxCalls || ++steps_ > kMaxSteps) return kEverything;
    open_.push_back(node);
    const IncompleteModel made = look_at(module, node, path);
    open_.pop_back();
    return made;
  }

  IncompleteModel any_of(Module& module, std::span<const Node* const> nodes, const Path* path) {
    IncompleteModel made;
    for (const Node* node : nodes) add_missing(made, expression(module, node, path));
    return made;
  }

  IncompleteModel look_at(Module& module, const Node* node, const Path* path) {
    switch (node->kind) {
      case NodeKind::kCall: return call(module, node, path);
      case NodeKind::kMember:
      case NodeKind::kSubscript: {
        const Node* index = node->child_or_null(1);
        const bool named = index == nullptr || index->kind == NodeKind::kString;
        const Path member{index == nullptr ? node->text : index->text, path};
        return expression(module, node->child(0), named ? &member : nullptr);
      }
      case NodeKind::kIdentifier: return definition(program::find_definition(in_, module, node->text), path);
      case NodeKind::kFunction: return returned(module, node, path);
      case NodeKind::kObject: return object(module, node, path);
      case NodeKind::kConditional:
      case NodeKind::kLogical: return any_of(module, node->children.subspan(node->kind == NodeKind::kConditional ? 1 : 0), path);
      case NodeKind::kArray:
      case NodeKind::kSpread:
      case NodeKind::kAwait: return any_of(module, node->children, path);
      case NodeKind::kSequence: return expression(module, node->children.back(), path);
      case NodeKind::kAssign: return expression(module, node->child(1), path);
      case NodeKind::kUnsupported:
      case NodeKind::kImportCall: return kEverything;
      default: return kNothing;  // literals, arithmetic, templates, `new`: no part of a schema
    }
  }

  /// The head of the chain decides. A function that is not drizzle-orm's may also pass on what it is given: `frozen(pgTable(…))`.
  IncompleteModel call(Module& module, const Node* node, const Path* path) {
    const Node* callee = node->child(0);
    IncompleteModel made = expression(module, callee, path);
    for (const Node* argument : node->children.subspan(std::min<std::size_t>(2, node->children.size()))) {
      if (argument != nullptr && argument->kind == NodeKind::kCall) add_missing(made, expression(module, argument, nullptr));
    }
    return made;
  }

  IncompleteModel object(Module& module, const Node* node, const Path* path) {
    IncompleteModel made;
    for (const Node* item : node->children) {
      if (item->kind == NodeKind::kSpread) {
        add_missing(made, expression(module, item, path));
      } else if (item->kind == NodeKind::kProperty || item->kind == NodeKind::kGetter) {
        const Node* key = item->child(0);
        const bool other = path != nullptr && key->kind == NodeKind::kString && key->text != path->name;
        if (!other) add_missing(made, expression(module, item->child(1), path != nullptr ? path->next : nullptr));
      }
    }
    return made;
  }

  /// What a function of the program returns.
  IncompleteModel returned(Module& module, const Node* function, const Path* path) {
    const Node* body = function->children.back();
    if (function->has(syntax::kExpressionBody)) return expression(module, body, path);
    return statements(module, body, path);
  }

  /// All that is returned or put into variables below `node`, inner functions left out.
  IncompleteModel statements(Module& module, const Node* node, const Path* path) {
    IncompleteModel made;
    if (node == nullptr || node->kind == NodeKind::kFunction || node->kind == NodeKind::kClass) return made;
    if (node->kind == NodeKind::kReturn && !node->children.empty()) return expression(module, node->child(0), path);
    if (node->kind == NodeKind::kDeclarator) return expression(module, node->child_or_null(1), path);
    for (const Node* child : node->children) add_missing(made, statements(module, child, path));
    return made;
  }

  Interpreter& in_;
  std::vector<const Node*> open_;  // being looked at
  std::uint32_t steps_ = 0;
};

}  // namespace

IncompleteModel unread_export(Interpreter& in, Module& module, std::string_view name) {
  return ExportReader(in).definition(program::find_exported(in, module, name), nullptr);
}

}  // namespace drizzle_audit::schema
