// defineRelations() and defineRelationsPart() of drizzle-orm 1.0: drizzle-orm/relations.ts.
//
// They are evaluated when they are called. The result is a plain object of { table, name, relations } by table, so that spreading parts
// together works by itself; build_relations_v2() reads it back from the exports.
#include <algorithm>
#include <array>
#include <string>

#include "program/operators.h"
#include "schema/relations.h"

namespace drizzle_audit::schema {
namespace {

constexpr std::string_view kRelationPartNotRead = "this part of a relation is not evaluated";

/// `r.table.column`, with `.through(…)`.
struct RelationColumn final : Host {
  [[nodiscard]] std::string_view class_name() const override {
    return through == nullptr ? "RelationsBuilderColumn" : "RelationsBuilderJunctionColumn";
  }
  Value get(Interpreter& in, std::string_view, Span at) override { return in.unknown(kRelationPartNotRead, at); }
  Value call_method(Call& call, std::string_view name) override {
    Interpreter& in = call.in;
    if (name != "through") return in.unknown(kRelationPartNotRead, call.site);
    if (call.argument(0).is(Tag::kUnknown)) return call.argument(0);
    auto* made = in.make<RelationColumn>();
    made->span = call.site;
    made->column = column;
    made->table_name = table_name;
    made->through = call.argument(0).host_as<RelationColumn>();
    if (made->through == nullptr && !call.argument(0).is(Tag::kUndefined)) return in.unknown(kRelationPartNotRead, call.site);
    return Value::host(made);
  }

  const ColumnHost* column = nullptr;
  std::string_view table_name;
  const RelationColumn* through = nullptr;
};

/// The tables of one schema, by key.
struct Tables {
  struct Entry {
    std::string_view key;
    Value table;  ///< a table or a view
    Span span;
  };
  explicit Tables(std::pmr::memory_resource* memory) : entries(memory) {}
  [[nodiscard]] const Entry* find(std::string_view key) const {
    const auto found = std::ranges::find(entries, key, &Entry::key);
    return found == entries.end() ? nullptr : &*found;
  }
  std::pmr::vector<Entry> entries;
  const Unknown* incomplete = nullptr;
};

/// What `r.one.x(…)` and `r.many.x(…)` make.
struct RelationV2 final : Host {
  explicit RelationV2(std::pmr::memory_resource* memory)
      : source_columns(memory), target_columns(memory), through_source(memory), through_target(memory) {}
  [[nodiscard]] std::string_view class_name() const override { return kind == RelationKind::kOne ? "One" : "Many"; }
  Value get(Interpreter& in, std::string_view, Span at) override { return in.unknown(kRelationPartNotRead, at); }

  RelationKind kind = RelationKind::kOne;
  std::string_view target_name;
  Value target;
  std::optional<std::string_view> alias;
  bool has_source = false, has_target = false;
  std::pmr::vector<const RelationColumn*> source_columns, target_columns;
  bool has_through = false;
  std::pmr::vector<const RelationColumn*> through_source, through_target;
  Value through_table;
  bool optional = true;
  bool filtered = false;
  bool reversed = false;
  Value source;
  std::string_view field_name;
};

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

/// The columns or selected fields of a table or view, by key.
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

// ---- processRelations() ------------------------------------------------------------------

/// One entry of the result: a table with its relations.
struct Config {
  std::string_view name;
  Value table;
  Span span;
  Value relations;
  std::vector<std::pair<std::string_view, RelationV2*>> entries;
  bool incomplete = false;
};

std::string text(std::string_view view) { return std::string(view); }

class Processor {
 public:
  Processor(Interpreter& in, const Tables& tables, std::vector<Config>& configs, Span at)
      : in_(in), tables_(tables), configs_(configs), at_(at) {}

  void run() {
    for (Config& config : configs_) {
      for (const auto& [key, relation] : config.entries) {
        relation->source = config.table;
        relation->field_name = key;
      }
    }
    for (Config& config : configs_) {
      for (const auto& [key, relation] : config.entries) check(config, key, *relation);
    }
  }

 private:
  [[noreturn]] void fail(const std::string& print_name, const std::string& message, const RelationV2& relation) {
    in_.throw_error(print_name + ": " + message, relation.span.somewhere() ? relation.span : at_);
  }

  void check(const Config& config, std::string_view key, RelationV2& relation) {
    const std::string target = text(relation.target_name);
    const std::string name = "relations -> " + text(config.name) + ": { " + text(key) + ": r." +
                             (relation.kind == RelationKind::kOne ? "one." : "many.") + target + "(...) }";
    const Unknown* incomplete = nullptr;
    for (const auto& [column_key, column] : columns_of(config.table, incomplete)) {
      if (column_key == key)
        fail(name, "relation name collides with column \"" + text(key) + "\" of table \"" + text(config.name) + "\"", relation);
    }
    if (relation.alias && relation.alias->empty())
      fail(name, "\"alias\" cannot be an empty string - omit it if you don't need it", relation);
    if (relation.has_source && relation.source_columns.empty()) fail(name, "\"from\" cannot be empty", relation);
    if (relation.has_target && relation.target_columns.empty()) fail(name, "\"to\" cannot be empty", relation);
    if (relation.has_source && relation.has_target) {
      check_columns(config, name, relation);
      return;
    }
    if (relation.has_source || relation.has_target) {
      fail(name, "relation must have either both \"from\" and \"to\" defined, or none of them", relation);
    }
    const std::string start = "not enough data provided to build the relation - \"from\"/\"to\" are not defined, and ";
    const auto found = std::ranges::find(configs_, relation.target_name, &Config::name);
    if (found == configs_.end()) fail(name, start + "no reverse relations of table \"" + target + "\" were found", relation);
    RelationV2* reverse = find_reverse(config, *found, name, start, relation);
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

  void check_columns(const Config& config, const std::string& name, const RelationV2& relation) {
    const std::string target = text(relation.target_name);
    if (relation.source_columns.size() != relation.target_columns.size() && relation.through_table.is(Tag::kUndefined)) {
      fail(name, "\"from\" and \"to\" fields without \"through\" must have the same length", relation);
    }
    for (const RelationColumn* column : relation.source_columns) {
      if (column->table_name != config.name) {
        fail(name,
             "all \"from\" columns must belong to table \"" + text(config.name) + "\", found column of table \"" +
                 text(column->table_name) + "\"",
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
  RelationV2* find_reverse(const Config& config, const Config& target, const std::string& name, const std::string& start,
                           const RelationV2& relation) {
    const std::string target_name = text(relation.target_name);
    std::vector<RelationV2*> found;
    for (const auto& [key, other] : target.entries) {
      const bool fits =
          relation.alias ? other->alias == relation.alias : other->target.identity() == config.table.identity() && !other->alias;
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
           start + "multiple relations between \"" + target_name + "\" and \"" + text(config.name) +
               "\" were found.\nHint: you can specify \"alias\" on both sides of the relation with the same value",
           relation);
    }
    if (found.empty()) {
      fail(name, start + "no reverse relation of table \"" + target_name + "\" with target table \"" + text(config.name) + "\" was found",
           relation);
    }
    return found.front();
  }

  Interpreter& in_;
  const Tables& tables_;
  std::vector<Config>& configs_;
  Span at_;
};

/// The relations of one table as the callback gave them.
void read_entries(Interpreter& in, Config& config, Span at) {
  std::vector<Property> properties;
  config.incomplete = in.own_properties(config.relations, properties, at) != nullptr;
  for (const Property& property : properties) {
    if (auto* relation = property.value.host_as<RelationV2>()) config.entries.emplace_back(property.key, relation);
    else if (property.value.is(Tag::kUnknown)) config.incomplete = true;
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
  std::vector<Config> configs;
  const auto relations_of = [&](std::string_view key) {
    const auto found = std::ranges::find(properties, key, &Property::key);
    return found == properties.end() ? Value() : found->value;
  };
  if (!part || !has_callback) {
    for (const Tables::Entry& entry : tables->entries) {
      Config config{entry.key, entry.table, entry.span, relations_of(entry.key), {}, false};
      if (config.relations.is_nullish()) {
        config.relations = Value::object(in.make_object());
        config.relations.as_object().incomplete = unread;
      }
      configs.push_back(std::move(config));
    }
  } else {
    for (const Property& property : properties) {
      const Tables::Entry* entry = tables->find(property.key);
      if (entry == nullptr || property.value.is_nullish()) continue;
      configs.push_back({property.key, entry->table, property.span, property.value, {}, false});
    }
  }
  for (Config& config : configs) read_entries(in, config, at);
  Processor(in, *tables, configs, at).run();
  program::Object* result = in.make_object();
  result->incomplete = unread != nullptr ? unread : tables->incomplete;
  for (const Config& config : configs) {
    program::Object* entry = in.make_object();
    entry->set({"table", config.table, config.span, config.span, false});
    entry->set({"name", Value::string(config.name), config.span, config.span, false});
    entry->set({"relations", config.relations, config.span, config.span, false});
    result->set({config.name, Value::object(entry), config.span, config.span, false});
  }
  return Value::object(result);
}

Value call_define(Call& call) { return define(call, false); }
Value call_define_part(Call& call) { return define(call, true); }

// ---- the model -----------------------------------------------------------------------------

class Reader {
 public:
  Reader(Interpreter& in, text::Arena& arena, std::vector<Unknown>& unknowns, bool& incomplete)
      : in_(in), arena_(arena), unknowns_(unknowns), incomplete_(incomplete) {}

  /// An exported object whose values are all { table, name, relations }.
  void read(const Value& exported) {
    if (!exported.is(Tag::kObject)) return;
    const program::Object& object = exported.as_object();
    bool parts = !object.properties.empty();
    for (const Property& property : object.properties) parts = parts && is_part(property.value);
    if (!parts) return;
    if (object.incomplete != nullptr) not_read(*object.incomplete);
    for (const Property& property : object.properties) read_part(property.value.as_object());
  }

  std::vector<Relation> out;

 private:
  static bool is_part(const Value& value) {
    if (!value.is(Tag::kObject)) return false;
    const program::Object& part = value.as_object();
    const Property* table = part.find("table");
    const Property* relations = part.find("relations");
    const Property* name = part.find("name");
    return table != nullptr && !table->value.is(Tag::kUndefined) && relations != nullptr && !relations->value.is(Tag::kUndefined) &&
           name != nullptr && name->value.is(Tag::kString);
  }

  void not_read(const Unknown& why) {
    incomplete_ = true;
    unknowns_.push_back({text::copy(arena_, why.reason), why.span});
  }

  static const Table* built(const Value& value) {
    const auto* host = value.host_as<TableHost>();
    if (host == nullptr) return nullptr;
    return host->original != nullptr ? host->original->built : host->built;
  }

  std::optional<std::span<const Column* const>> built(const std::pmr::vector<const RelationColumn*>& columns) {
    std::vector<const Column*> found;
    for (const RelationColumn* column : columns) {
      const Column* made = column->column == nullptr ? nullptr : column->column->ordinary().built;
      if (made == nullptr) return std::nullopt;
      found.push_back(made);
    }
    return text::copy(arena_, found);
  }

  void read_part(const program::Object& part) {
    std::vector<Property> properties;
    const Value table = part.find("table")->value;
    if (const Unknown* why = in_.own_properties(part.find("relations")->value, properties, {})) not_read(*why);
    for (const Property& property : properties) {
      const auto* host = property.value.host_as<RelationV2>();
      if (host == nullptr) {
        if (property.value.is(Tag::kUnknown)) not_read(property.value.as_unknown());
        continue;
      }
      Relation relation;
      relation.table = built(table);
      relation.target = built(host->target);
      relation.key = text::copy(arena_, property.key);
      relation.kind = host->kind;
      if (host->alias) relation.relation_name = text::copy(arena_, *host->alias);
      relation.optional = host->kind == RelationKind::kOne && host->optional;
      relation.inferred = host->reversed;
      relation.filtered = host->filtered;
      relation.span = property.span.somewhere() ? property.span : host->span;
      const auto from = built(host->source_columns);
      const auto to = built(host->target_columns);
      const bool through = !host->through_table.is(Tag::kUndefined);
      if (through) relation.through = built(host->through_table);
      if (relation.table == nullptr || relation.target == nullptr || !from || !to || !host->has_source ||
          (through && relation.through == nullptr)) {
        not_read({"the relation's table or columns are not read", relation.span});
        continue;
      }
      relation.fields = *from;
      relation.references = *to;
      out.push_back(relation);
    }
  }

  Interpreter& in_;
  text::Arena& arena_;
  std::vector<Unknown>& unknowns_;
  bool& incomplete_;
};

}  // namespace

Value define_relations(Interpreter& in, Environment&, bool part) {
  return part ? in.make_native("defineRelationsPart", call_define_part) : in.make_native("defineRelations", call_define);
}

std::vector<Relation> build_relations_v2(Interpreter& in, const std::vector<std::pair<std::string_view, Value>>& exports,
                                         text::Arena& arena, std::vector<Unknown>& unknowns, bool& incomplete) {
  Reader reader(in, arena, unknowns, incomplete);
  for (const auto& [name, value] : exports) {
    // The oracle looks at own values of every export; only plain objects can be parts.
    reader.read(value);
  }
  std::ranges::stable_sort(reader.out, [](const Relation& a, const Relation& b) {
    const auto key = [](const Relation& relation) { return std::pair(relation.table->name.value_or(std::string_view()), relation.key); };
    return key(a) < key(b);
  });
  return std::move(reader.out);
}

}  // namespace drizzle_audit::schema
