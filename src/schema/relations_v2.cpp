// defineRelations() and defineRelationsPart() of drizzle-orm 1.0: drizzle-orm/relations.ts.
//
// They are evaluated when they are called. The result is a plain object of { table, name, relations } by table, so that spreading parts
// together works by itself; build_relations_v2() reads it back from the exports.
#include <algorithm>
#include <array>
#include <string>

#include "program/operators.h"
#include "schema/relations.h"
#include "schema/relations_v2.h"

namespace drizzle_audit::schema {
namespace {

// ---- r.one, r.many ---------------------------------------------------------------------

struct RelationFunction {
  const Tables* tables;
  const Tables::Entry* target;
  RelationKind kind;
};

/// `from` or `to`: one column or several.
const Unknown* read_side(Interpreter& in, const Value& given, const Tables& tables, std::pmr::vector<const RelationColumn*>& out,
                         RelationV2& relation, Span at) {
  std::vector<Value> values;
  if (given.is(Tag::kArray)) {
    if (const Unknown* why = in.elements(given, values, at)) return why;
  } else {
    values.push_back(given);
  }
  for (const Value& value : values) {
    const auto* column = value.host_as<RelationColumn>();
    if (column == nullptr) {
      if (value.is_nullish()) in.throw_error("Cannot read properties of undefined (reading '_')", at);
      return &(value.is(Tag::kUnknown) ? value : in.unknown("a column of a relation is not known", at)).as_unknown();
    }
    if (column->through != nullptr && relation.through_table.is(Tag::kUndefined)) {
      const Tables::Entry* through = tables.find(column->through->table_name);
      if (through != nullptr) relation.through_table = through->table;
    }
    out.push_back(column);
  }
  return nullptr;
}

Value call_relation(Call& call) {
  Interpreter& in = call.in;
  const RelationFunction& self = *static_cast<const RelationFunction*>(in.current_native().data);
  const Value config = call.argument(0);
  auto* made = in.make<RelationV2>(&in.memory());
  made->span = call.site;
  made->kind = self.kind;
  made->target = self.target->table;
  made->target_name = self.target->key;
  if (config.is(Tag::kUnknown)) return config;
  if (config.is_nullish()) return Value::host(made);
  const Value alias = in.get(config, "alias", call.site);
  if (alias.is(Tag::kString)) made->alias = alias.text();
  else if (!alias.is_nullish()) return alias.is(Tag::kUnknown) ? alias : in.unknown("the alias is not known", call.site);
  const Value where = in.get(config, "where", call.site);
  if (where.is(Tag::kUnknown)) return where;
  made->filtered = !where.is(Tag::kUndefined);
  const Value from = in.get(config, "from", call.site);
  const Value to = in.get(config, "to", call.site);
  if (!from.is_nullish()) {
    made->has_source = true;
    if (const Unknown* why = read_side(in, from, *self.tables, made->source_columns, *made, call.site)) return Value::unknown(why);
  }
  if (!to.is_nullish()) {
    made->has_target = true;
    if (const Unknown* why = read_side(in, to, *self.tables, made->target_columns, *made, call.site)) return Value::unknown(why);
  }
  if (!made->through_table.is(Tag::kUndefined)) {
    made->has_through = true;
    for (const RelationColumn* column : made->source_columns) made->through_source.push_back(column->through);
    for (const RelationColumn* column : made->target_columns) made->through_target.push_back(column->through);
  }
  if (self.kind == RelationKind::kOne) {
    const Value optional = in.get(config, "optional", call.site);
    if (!optional.is_nullish()) {
      const auto known = program::truthy(optional);
      if (!known) return optional;
      made->optional = *known;
    }
  }
  return Value::host(made);
}

program::Object* relation_functions(Interpreter& in, const Tables& tables, RelationKind kind) {
  program::Object* functions = in.make_object();
  functions->incomplete = tables.incomplete;
  for (const Tables::Entry& entry : tables.entries) {
    auto* self = in.make<RelationFunction>();
    *self = {&tables, &entry, kind};
    functions->set({entry.key, in.make_native(entry.key, call_relation, self), entry.span, entry.span, false});
  }
  return functions;
}

/// createRelationsHelper(): the `r` of the callback.
Value make_helper(Interpreter& in, const Tables& tables, Span at) {
  program::Object* helper = in.make_object();
  helper->incomplete = tables.incomplete;
  helper->set({"one", Value::object(relation_functions(in, tables, RelationKind::kOne)), at, at, false});
  helper->set({"many", Value::object(relation_functions(in, tables, RelationKind::kMany)), at, at, false});
  for (const Tables::Entry& entry : tables.entries) {
    program::Object* columns = in.make_object();
    for (const auto& [key, column] : columns_of(entry.table, columns->incomplete)) {
      auto* made = in.make<RelationColumn>();
      made->span = column != nullptr ? column->span : at;
      made->column = column;
      made->table_name = entry.key;
      columns->set({key, Value::host(made), at, at, false});
    }
    helper->set({entry.key, Value::object(columns), at, at, false});
  }
  return Value::object(helper);
}

/// The relations of one table as the callback gave them.
void read_entries(Interpreter& in, TableRelations& own, Span at) {
  std::vector<Property> properties;
  own.incomplete = in.own_properties(own.relations, properties, at) != nullptr;
  for (const Property& property : properties) {
    if (auto* relation = property.value.host_as<RelationV2>()) own.entries.emplace_back(property.key, relation);
    else if (property.value.is(Tag::kUnknown)) own.incomplete = true;
  }
}

Value define(Call& call, bool part) {
  Interpreter& in = call.in;
  const Span at = call.site;
  auto* tables = in.make<Tables>(&in.memory());
  std::vector<Property> schema;
  tables->incomplete = in.own_properties(call.argument(0), schema, at);
  for (const Property& property : schema) {  // extractTablesFromSchema
    if (property.value.host_as<TableHost>() != nullptr || property.value.host_as<ViewHost>() != nullptr) {
      tables->entries.push_back({property.key, property.value, property.span});
    } else if (property.value.is(Tag::kUnknown) && tables->incomplete == nullptr) {
      tables->incomplete = &property.value.as_unknown();
    }
  }
  Value given;
  if (call.argument(1).is(Tag::kUnknown)) return call.argument(1);
  const bool has_callback = !call.argument(1).is_nullish();
  if (has_callback) {
    const std::array<Value, 1> arguments{make_helper(in, *tables, at)};
    given = in.call(call.argument(1), arguments, at);
  }
  if (given.is(Tag::kUnknown)) return given;
  std::vector<Property> properties;
  const Unknown* unread = has_callback ? in.own_properties(given, properties, at) : nullptr;
  std::vector<TableRelations> all;
  const auto relations_of = [&](std::string_view key) {
    const auto found = std::ranges::find(properties, key, &Property::key);
    return found == properties.end() ? Value() : found->value;
  };
  if (!part || !has_callback) {
    for (const Tables::Entry& entry : tables->entries) {
      TableRelations own{entry.key, entry.table, entry.span, relations_of(entry.key), {}, false};
      if (own.relations.is_nullish()) {
        own.relations = Value::object(in.make_object());
        own.relations.as_object().incomplete = unread;
      }
      all.push_back(std::move(own));
    }
  } else {
    for (const Property& property : properties) {
      const Tables::Entry* entry = tables->find(property.key);
      if (entry == nullptr || property.value.is_nullish()) continue;
      all.push_back({property.key, entry->table, property.span, property.value, {}, false});
    }
  }
  for (TableRelations& own : all) read_entries(in, own, at);
  process_relations(in, *tables, all, at);
  program::Object* result = in.make_object();
  result->incomplete = unread != nullptr ? unread : tables->incomplete;
  for (const TableRelations& own : all) {
    program::Object* entry = in.make_object();
    entry->set({"table", own.table, own.span, own.span, false});
    entry->set({"name", Value::string(own.name), own.span, own.span, false});
    entry->set({"relations", own.relations, own.span, own.span, false});
    result->set({own.name, Value::object(entry), own.span, own.span, false});
  }
  return Value::object(result);
}

Value call_define(Call& call) { return define(call, false); }
Value call_define_part(Call& call) { return define(call, true); }

}  // namespace

Value define_relations(Interpreter& in, Environment&, bool part) {
  return part ? in.make_native("defineRelationsPart", call_define_part) : in.make_native("defineRelations", call_define);
}

}  // namespace drizzle_audit::schema
