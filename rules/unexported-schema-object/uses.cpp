#include "unexported-schema-object/uses.h"

#include <algorithm>

#include "_shared/column_facts.h"
#include "_shared/keys.h"

namespace drizzle_audit::rules::unexported_schema_object {
namespace {

void enum_uses(const Model& model, const HiddenObject& object, std::vector<Use>& uses) {
  for (const Table& table : model.tables) {
    for (const Column& column : table.columns) {
      if (column.enumeration == object.enumeration) uses.push_back({display_name(table, column) + " is of this type", column.span});
    }
  }
}

void table_uses(const Model& model, const HiddenObject& object, std::vector<Use>& uses) {
  for (const Table& table : model.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.foreign_table != object.table) continue;
      std::string columns;
      for (const Column* column : key.columns) columns += (columns.empty() ? "" : ", ") + column_name(*column);
      uses.push_back({display_name(table) + "(" + columns + ") references it", key.span});
    }
  }
  for (const Relation& relation : model.relations) {
    if (relation.table == object.table || (relation.target == object.table && relation.table != nullptr)) {
      uses.push_back(
          {"the relation " + std::string(relation.key) + " of " + display_name(*relation.table) + " leads to or from it", relation.span});
    }
  }
}

void schema_uses(const Model& model, std::string_view name, std::vector<Use>& uses) {
  for (const Table& table : model.tables) {
    if (table.schema.is(std::optional(name))) uses.push_back({"table " + display_name(table) + " is in it", table.span});
  }
  for (const Enum& each : model.enums) {
    if (each.schema == name) uses.push_back({"enum " + std::string(each.name.value_or("")) + " is in it", each.span});
  }
  for (const View& view : model.views) {
    if (view.schema == name && !view.existing) uses.push_back({"view " + std::string(view.name.value_or("")) + " is in it", view.span});
  }
}

void role_uses(const Policy& policy, std::string_view name, std::vector<Use>& uses) {
  if (!policy.to.known()) return;
  const std::span<const std::string_view> roles = policy.to.value();
  if (std::find(roles.begin(), roles.end(), name) != roles.end()) {
    uses.push_back({"policy " + std::string(policy.name.value_or("")) + " is for it", policy.span});
  }
}

void sequence_uses(const Model& model, std::string_view name, std::vector<Use>& uses) {
  for (const Table& table : model.tables) {
    for (const Column& column : table.columns) {
      if (!column.default_text.known() || !column.default_text.value()) continue;
      const std::string_view text = *column.default_text.value();
      if (text.find("nextval(") != std::string_view::npos && text.find(name) != std::string_view::npos) {
        uses.push_back({display_name(table, column) + " takes its default from it", column.span});
      }
    }
  }
}

}  // namespace

std::vector<Use> uses_of(const Model& model, const HiddenObject& object) {
  std::vector<Use> uses;
  const std::string_view name = object.name.value();
  switch (object.kind) {
    case HiddenKind::kEnum: enum_uses(model, object, uses); break;
    case HiddenKind::kTable: table_uses(model, object, uses); break;
    case HiddenKind::kSchema: schema_uses(model, name, uses); break;
    case HiddenKind::kSequence: sequence_uses(model, name, uses); break;
    case HiddenKind::kRole:
      for (const Table& table : model.tables) {
        for (const Policy& policy : table.policies) role_uses(policy, name, uses);
      }
      for (const Policy& policy : model.policies) role_uses(policy, name, uses);
      break;
    case HiddenKind::kView:
    case HiddenKind::kPolicy: break;
  }
  return uses;
}

}  // namespace drizzle_audit::rules::unexported_schema_object
