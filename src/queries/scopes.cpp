// See scopes.h.
#include "queries/scopes.h"

namespace drizzle_audit::queries {

using syntax::Node;
using syntax::NodeKind;

const Scopes::Entry* Scopes::find(std::string_view name) const {
  for (std::size_t i = entries_.size(); i-- > 0;) {
    if (entries_[i].name == name) return &entries_[i];
  }
  return nullptr;
}

Entity Scopes::look_up(std::string_view name) {
  if (const Entry* entry = find(name)) return entry->entity;
  if (const auto known = top_.find(name); known != top_.end()) return known->second;
  return top_.emplace(name, binder_.top_level(file_, name)).first->second;
}

const Node* Scopes::constant(std::string_view name) const {
  const Entry* entry = find(name);
  return entry == nullptr ? nullptr : entry->value;
}

void Scopes::hide(const Node* pattern) {
  if (pattern == nullptr) return;
  switch (pattern->kind) {
    case NodeKind::kIdentifier: entries_.push_back({pattern->text, {}, nullptr}); return;
    case NodeKind::kObjectPattern:
    case NodeKind::kArrayPattern:
      for (const Node* child : pattern->children) hide(child);
      return;
    case NodeKind::kPatternProperty: hide(pattern->child(1)); return;
    case NodeKind::kDefault:
    case NodeKind::kRest: hide(pattern->child(0)); return;
    default: return;
  }
}

void Scopes::hide_declared(const Node* statement) {
  switch (statement->kind) {
    case NodeKind::kVariables:
      for (const Node* declarator : statement->children) hide(declarator->child(0));
      return;
    case NodeKind::kFunction:
    case NodeKind::kClass:
    case NodeKind::kEnum:
    case NodeKind::kNamespace:
      if (!statement->text.empty()) entries_.push_back({statement->text, {}, nullptr});
      return;
    case NodeKind::kExport:
    case NodeKind::kLabeled:
      if (!statement->children.empty()) hide_declared(statement->child(0));
      return;
    default: return;
  }
}

void Scopes::set(const Node* pattern, const Entity& value, std::size_t from) {
  if (pattern->kind == NodeKind::kDefault) pattern = pattern->child(0);
  if (pattern->kind == NodeKind::kIdentifier) {
    for (std::size_t i = from; i < entries_.size(); ++i) {
      if (entries_[i].name == pattern->text) entries_[i].entity = value;
    }
  } else if (pattern->kind == NodeKind::kObjectPattern && !value.is(Entity::Kind::kNothing)) {
    for (const Node* property : pattern->children) {
      if (property->kind != NodeKind::kPatternProperty || property->has(syntax::kComputed) || property->child(1) == nullptr) continue;
      if (property->child(0)->kind == NodeKind::kString) set(property->child(1), binder_.member(value, property->child(0)->text), from);
    }
  }
}

void Scopes::bind(const Node* pattern, const Entity& value) {
  if (pattern == nullptr) return;
  const std::size_t from = entries_.size();
  hide(pattern);
  if (!value.is(Entity::Kind::kNothing)) set(pattern, value, from);
}

void Scopes::declare(std::span<const Node* const> statements) {
  const std::size_t from = entries_.size();
  for (const Node* statement : statements) {
    if (statement != nullptr) hide_declared(statement);
  }
  for (const Node* statement : statements) {
    if (statement == nullptr) continue;
    const Node* variables = statement->kind == NodeKind::kExport ? statement->child_or_null(0) : statement;
    if (variables == nullptr || variables->kind != NodeKind::kVariables || variables->op != syntax::Operator::kConst) continue;
    for (const Node* declarator : variables->children) {
      const Node* pattern = declarator->child(0);
      const Node* value = declarator->child(1);
      if (pattern == nullptr || value == nullptr) continue;
      const Entity entity = evaluate(value);
      if (!entity.is(Entity::Kind::kNothing)) set(pattern, entity, from);
      if (pattern->kind != NodeKind::kIdentifier) continue;
      for (std::size_t i = from; i < entries_.size(); ++i) {
        if (entries_[i].name == pattern->text) entries_[i].value = value;
      }
    }
  }
}

}  // namespace drizzle_audit::queries
