// Completing and checking the relations of drizzle-orm 1.0: processRelations() of drizzle-orm/relations.ts, errors word for word.
#include <algorithm>
#include <string>

#include "schema/relations_v2.h"

namespace drizzle_audit::schema {
namespace {

std::string text(std::string_view view) { return std::string(view); }

class Processor {
 public:
  Processor(Interpreter& in, const Tables& tables, std::vector<TableRelations>& all, Span at)
      : in_(in), tables_(tables), all_(all), at_(at) {}

  void run() {
    for (TableRelations& own : all_) {
      for (const auto& [key, relation] : own.entries) {
        relation->source = own.table;
        relation->field_name = key;
      }
    }
    for (TableRelations& own : all_) {
      for (const auto& [key, relation] : own.entries) check(own, key, *relation);
    }
  }

 private:
  [[noreturn]] void fail(const std::string& print_name, const std::string& message, const RelationV2& relation) {
    in_.throw_error(print_name + ": " + message, relation.span.somewhere() ? relation.span : at_);
  }

  void check(const TableRelations& own, std::string_view key, RelationV2& relation) {
    const std::string target = text(relation.target_name);
    const std::string name = "relations -> " + text(own.name) + ": { " + text(key) + ": r." +
                             (relation.kind == RelationKind::kOne ? "one." : "many.") + target + "(...) }";
    const Unknown* incomplete = nullptr;
    for (const auto& [column_key, column] : columns_of(own.table, incomplete)) {
      if (column_key == key)
        fail(name, "relation name collides with column \"" + text(key) + "\" of table \"" + text(own.name) + "\"", relation);
    }
    if (relation.alias && relation.alias->empty())
      fail(name, "\"alias\" cannot be an empty string - omit it if you don't need it", relation);
    if (relation.has_source && relation.source_columns.empty()) fail(name, "\"from\" cannot be empty", relation);
    if (relation.has_target && relation.target_columns.empty()) fail(name, "\"to\" cannot be empty", relation);
    if (relation.has_source && relation.has_target) {
      check_columns(own, name, relation);
      return;
    }
    if (relation.has_source || relation.has_target) {
      fail(name, "relation must have either both \"from\" and \"to\" defined, or none of them", relation);
    }
    const std::string start = "not enough data provided to build the relation - \"from\"/\"to\" are not defined, and ";
    const auto found = std::ranges::find(all_, relation.target_name, &TableRelations::name);
    if (found == all_.end()) fail(name, start + "no reverse relations of table \"" + target + "\" were found", relation);
    RelationV2* reverse = find_reverse(own, *found, name, start, relation);
    if (reverse == nullptr) return;
    if (!reverse->has_source || !reverse->has_target) {
      fail(name, start + "reverse relation \"" + target + "." + text(reverse->field_name) + "\" does not have \"from\"/\"to\" defined",
           relation);
    }
    relation.source_columns = reverse->target_columns;
    relation.target_columns = reverse->source_columns;
    relation.has_source = relation.has_target = true;
    relation.has_through = reverse->has_through;
    relation.through_source = reverse->through_target;
    relation.through_target = reverse->through_source;
    relation.through_table = reverse->through_table;
    relation.reversed = true;
    relation.filtered = relation.filtered || reverse->filtered;
  }

  void check_columns(const TableRelations& own, const std::string& name, const RelationV2& relation) {
    const std::string target = text(relation.target_name);
    if (relation.source_columns.size() != relation.target_columns.size() && relation.through_table.is(Tag::kUndefined)) {
      fail(name, "\"from\" and \"to\" fields without \"through\" must have the same length", relation);
    }
    for (const RelationColumn* column : relation.source_columns) {
      if (column->table_name != own.name) {
        fail(name,
             "all \"from\" columns must belong to table \"" + text(own.name) + "\", found column of table \"" + text(column->table_name) +
                 "\"",
             relation);
      }
    }
    for (const RelationColumn* column : relation.target_columns) {
      if (column->table_name != relation.target_name) {
        fail(name, "all \"to\" columns must belong to table \"" + target + "\", found column of table \"" + text(column->table_name) + "\"",
             relation);
      }
    }
    if (!relation.has_through) return;
    for (const auto* side : {&relation.through_source, &relation.through_target}) {
      for (const RelationColumn* column : *side) {
        if (column == nullptr)
          in_.throw_error("Cannot read properties of undefined (reading '_')", relation.span.somewhere() ? relation.span : at_);
        const Tables::Entry* entry = tables_.find(column->table_name);
        if (entry == nullptr || entry->table.identity() != relation.through_table.identity()) {
          fail(name, "\".through(column)\" must be used on the same table by all columns of the relation", relation);
        }
      }
    }
  }

  /// The relation that `relation` is the inverse of; null when unread relations make that unclear.
  RelationV2* find_reverse(const TableRelations& own, const TableRelations& target, const std::string& name, const std::string& start,
                           const RelationV2& relation) {
    const std::string target_name = text(relation.target_name);
    std::vector<RelationV2*> found;
    for (const auto& [key, other] : target.entries) {
      const bool fits = relation.alias ? other->alias == relation.alias : other->target.identity() == own.table.identity() && !other->alias;
      if (fits && other != &relation) found.push_back(other);
    }
    if (target.incomplete) return nullptr;
    if (relation.alias) {
      if (found.size() > 1) {
        std::string names;
        for (const RelationV2* each : found) names += (names.empty() ? "\"" : ", \"") + text(each->field_name) + "\"";
        fail(name,
             start + "multiple relations with alias \"" + text(*relation.alias) + "\" found in table \"" + target_name + "\": " + names,
             relation);
      }
      if (found.empty()) {
        fail(name, start + "there is no reverse relation of table \"" + target_name + "\" with alias \"" + text(*relation.alias) + "\"",
             relation);
      }
      return found.front();
    }
    if (found.size() > 1) {
      fail(name,
           start + "multiple relations between \"" + target_name + "\" and \"" + text(own.name) +
               "\" were found.\nHint: you can specify \"alias\" on both sides of the relation with the same value",
           relation);
    }
    if (found.empty()) {
      fail(name, start + "no reverse relation of table \"" + target_name + "\" with target table \"" + text(own.name) + "\" was found",
           relation);
    }
    return found.front();
  }

  Interpreter& in_;
  const Tables& tables_;
  std::vector<TableRelations>& all_;
  Span at_;
};

}  // namespace

std::vector<std::pair<std::string_view, const ColumnHost*>> columns_of(const Value& table, const Unknown*& incomplete) {
  std::vector<std::pair<std::string_view, const ColumnHost*>> columns;
  if (const auto* host = table.host_as<TableHost>()) {
    for (const ColumnHost* column : host->columns) columns.emplace_back(column->key, column);
    incomplete = host->columns_incomplete != nullptr ? host->columns_incomplete : host->tainted;
  } else if (const auto* view = table.host_as<ViewHost>()) {
    for (const ViewHost::Field& field : view->selection) columns.emplace_back(field.key, field.value.host_as<ColumnHost>());
    incomplete = view->selection_incomplete;
  }
  return columns;
}

void process_relations(Interpreter& in, const Tables& tables, std::vector<TableRelations>& all, Span at) {
  Processor(in, tables, all, at).run();
}

}  // namespace drizzle_audit::schema
