// relations() of drizzle-orm 0.x: extractTablesRelationalConfig() and normalizeRelation() of drizzle-orm/relations.ts.
#include "schema/relations.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>

#include "program/operators.h"
#include "schema/select.h"

namespace drizzle_audit::schema {
namespace {

/// What `one(…)` and `many(…)` make.
struct RelationHost final : Host {
  explicit RelationHost(std::pmr::memory_resource* memory) : fields(memory), references(memory) {}
  [[nodiscard]] std::string_view class_name() const override { return kind == RelationKind::kOne ? "One" : "Many"; }
  Value get(Interpreter& in, std::string_view key, Span at) override {
    if (key == "withFieldName") return in.unknown("this part of a relation is not evaluated", at);
    return in.unknown("this part of a relation is not evaluated", at);
  }

  RelationKind kind = RelationKind::kOne;
  const TableHost* source = nullptr;
  const TableHost* target = nullptr;
  bool has_config = false;
  bool is_explicit = false;
  bool all_not_null = false;
  std::optional<std::string_view> relation_name;
  std::pmr::vector<const ColumnHost*> fields, references;
};

/// The columns of an option, or Unknown.
const Unknown* read_columns(Interpreter& in, const Value& list, std::pmr::vector<const ColumnHost*>& out, Span at) {
  if (list.is(Tag::kUndefined)) return nullptr;
  std::vector<Value> values;
  if (const Unknown* why = in.elements(list, values, at)) return why;
  for (const Value& value : values) {
    const auto* column = value.host_as<ColumnHost>();
    if (column == nullptr) return &(value.is(Tag::kUnknown) ? value : in.unknown("a column of a relation is not known", at)).as_unknown();
    out.push_back(column);
  }
  return nullptr;
}

Value make_relation(Call& call, RelationKind kind) {
  Interpreter& in = call.in;
  const auto* source = static_cast<const TableHost*>(in.current_native().data);
  const Value table = call.argument(0);
  const Value config = call.argument(1);
  if (table.is(Tag::kUnknown)) return table;
  const auto* target = table.host_as<TableHost>();
  if (table.is_nullish()) in.throw_error("Cannot read properties of undefined (reading 'Symbol(drizzle:Name)')", call.site);
  if (target == nullptr) return in.unknown("the relation's table is not known", call.site);
  auto* made = in.make<RelationHost>(&in.memory());
  made->span = call.site;
  made->kind = kind;
  made->source = source;
  made->target = target;
  if (config.is(Tag::kUnknown)) return config;
  if (config.is_nullish()) return Value::host(made);
  made->has_config = true;
  const Value name = in.get(config, "relationName", call.site);
  if (name.is(Tag::kString)) made->relation_name = name.text();
  else if (!name.is_nullish()) return name.is(Tag::kUnknown) ? name : in.unknown("the relation's name is not known", call.site);
  const Value fields = in.get(config, "fields", call.site);
  made->is_explicit = !fields.is(Tag::kUndefined);
  if (kind == RelationKind::kMany) return Value::host(made);
  if (fields.is_nullish()) in.throw_error("Cannot read properties of undefined (reading 'reduce')", call.site);
  if (const Unknown* why = read_columns(in, fields, made->fields, call.site)) return Value::unknown(why);
  if (const Unknown* why = read_columns(in, in.get(config, "references", call.site), made->references, call.site))
    return Value::unknown(why);
  made->all_not_null = std::ranges::all_of(made->fields, [](const ColumnHost* column) { return column->not_null; });
  return Value::host(made);
}

Value call_one(Call& call) { return make_relation(call, RelationKind::kOne); }
Value call_many(Call& call) { return make_relation(call, RelationKind::kMany); }

/// One relation with its field name: `withFieldName` makes a new object.
struct NamedRelation {
  std::string_view key;
  const RelationHost* relation = nullptr;
  Span span;
};
/// The relations of one table by key, in order; two exports of one table may share them.
using RelationMap = std::vector<NamedRelation>;

struct TableConfig {
  std::string_view export_name;
  const TableHost* table = nullptr;
  std::shared_ptr<RelationMap> relations;
};

class Resolver {
 public:
  Resolver(Interpreter& in, text::Arena& arena, std::vector<Unknown>& unknowns, bool& incomplete)
      : in_(in), arena_(arena), unknowns_(unknowns), incomplete_(incomplete) {}

  void extract(const std::vector<std::pair<std::string_view, Value>>& exports) {  // extractTablesRelationalConfig
    for (const auto& [name, value] : exports) {
      if (const auto* table = value.host_as<TableHost>()) {
        const auto key = unique_name(*table);
        if (!key) continue;
        table_names_[*key] = name;
        TableConfig& config = config_of(name);
        config.table = table;
        const auto buffered = buffer_.find(*key);
        config.relations = buffered != buffer_.end() ? buffered->second : std::make_shared<RelationMap>();
      } else if (const auto* relations = value.host_as<RelationsHost>()) {
        read(*relations);
      }
    }
  }

  std::vector<Relation> resolve() {
    std::vector<Relation> out;
    for (const TableConfig& config : tables_) {
      for (const NamedRelation& named : *config.relations) add(config, named, out);
    }
    std::ranges::stable_sort(out, [](const Relation& a, const Relation& b) { return sort_key(a) < sort_key(b); });
    return out;
  }

 private:
  static std::pair<std::string_view, std::string_view> sort_key(const Relation& relation) {
    return {relation.table->name.value_or(std::string_view()), relation.key};
  }

  void not_read(const Unknown& why) {
    incomplete_ = true;
    unknowns_.push_back({text::copy(arena_, why.reason), why.span});
  }

  static std::optional<std::string> unique_name(const TableHost& table) {  // getTableUniqueName
    if (!table.name.known() || !table.schema.known()) return std::nullopt;
    return std::string(table.schema.value().value_or("public")) + "." + std::string(table.name.value());
  }

  TableConfig& config_of(std::string_view name) {
    for (TableConfig& config : tables_) {
      if (config.export_name == name) return config;
    }
    tables_.push_back({name, nullptr, nullptr});
    return tables_.back();
  }

  const TableConfig* find(std::string_view name) const {
    for (const TableConfig& config : tables_) {
      if (config.export_name == name) return &config;
    }
    return nullptr;
  }

  void read(const RelationsHost& host) {
    if (host.tainted != nullptr) return not_read(*host.tainted);
    const auto* table = host.table.host_as<TableHost>();
    if (table == nullptr) {
      return not_read(host.table.is(Tag::kUnknown) ? host.table.as_unknown() : Unknown{"the table of relations() is not known", host.span});
    }
    const auto key = unique_name(*table);
    if (!key) return not_read(table->name.known() ? table->schema.unknown() : table->name.unknown());
    std::vector<Property> properties;
    try {
      program::Object* helpers = in_.make_object();
      helpers->set({"one", in_.make_native("one", call_one, table), host.span, host.span, false});
      helpers->set({"many", in_.make_native("many", call_many, table), host.span, host.span, false});
      const std::array<Value, 1> arguments{Value::object(helpers)};
      const Value made = in_.call(host.callback, arguments, host.span);
      if (const Unknown* why = in_.own_properties(made, properties, host.span)) not_read(*why);
    } catch (const program::Thrown& thrown) {
      return not_read({in_.make_string("drizzle-orm throws: " + thrown.message).text(), thrown.span});
    } catch (const program::OverBudget& over) {
      return not_read({over.reason, host.span});
    }
    if (properties.empty()) return;
    const auto name = table_names_.find(*key);
    std::shared_ptr<RelationMap>& into = name != table_names_.end() ? config_of(name->second).relations : buffer_[*key];
    if (into == nullptr) into = std::make_shared<RelationMap>();
    for (const Property& property : properties) {
      const auto* relation = property.value.host_as<RelationHost>();
      if (relation == nullptr) {
        not_read(property.value.is(Tag::kUnknown) ? property.value.as_unknown() : Unknown{"this is no relation", property.span});
        unread_.push_back(table);
        continue;
      }
      const NamedRelation named{property.key, relation, property.span};
      const auto old = std::ranges::find(*into, property.key, &NamedRelation::key);
      if (old != into->end()) *old = named;
      else into->push_back(named);
    }
  }

  /// A table in the model; null when the model does not have it.
  static const Table* built(const TableHost* host) { return host->original != nullptr ? host->original->built : host->built; }

  std::optional<std::span<const Column* const>> built(const std::pmr::vector<const ColumnHost*>& hosts) {
    std::vector<const Column*> columns;
    for (const ColumnHost* host : hosts) {
      const Column* column = host->built != nullptr ? host->built : host->ordinary().built;
      if (column == nullptr) return std::nullopt;
      columns.push_back(column);
    }
    return text::copy(arena_, columns);
  }

  void add(const TableConfig& config, const NamedRelation& named, std::vector<Relation>& out) {
    const RelationHost& host = *named.relation;
    Relation relation;
    relation.table = built(config.table);
    relation.target = built(host.target);
    relation.key = text::copy(arena_, named.key);
    relation.kind = host.kind;
    if (host.relation_name) relation.relation_name = text::copy(arena_, *host.relation_name);
    relation.is_explicit = host.is_explicit;
    relation.optional = host.kind == RelationKind::kOne && !host.all_not_null;
    relation.span = named.span.somewhere() ? named.span : host.span;
    if (host.target->outside) return;  // of another schema
    if (relation.table == nullptr || relation.target == nullptr) return not_read({"the relation's table is not read", relation.span});
    const std::pmr::vector<const ColumnHost*>* fields = nullptr;
    const std::pmr::vector<const ColumnHost*>* references = nullptr;
    if (host.kind == RelationKind::kOne && host.has_config) {
      fields = &host.fields;
      references = &host.references;
    } else {
      const auto error = infer(named, fields, references);
      if (error && error->empty()) return not_read({"what it is the inverse of is not known", relation.span});
      if (error) relation.error = text::copy(arena_, *error);
    }
    if (fields != nullptr && references != nullptr) {
      const auto from = built(*fields);
      const auto to = built(*references);
      if (!from || !to) return not_read({"a column of the relation is not read", relation.span});
      relation.fields = *from;
      relation.references = *to;
    }
    out.push_back(relation);
  }

  /// normalizeRelation(): drizzle-orm's message when it throws, an empty one when it cannot be told.
  std::optional<std::string> infer(const NamedRelation& named, const std::pmr::vector<const ColumnHost*>*& fields,
                                   const std::pmr::vector<const ColumnHost*>*& references) const {
    const RelationHost& relation = *named.relation;
    const auto target_key = unique_name(*relation.target);
    const auto source_key = unique_name(*relation.source);
    if (!target_key || !source_key) return "";
    const auto target_name = table_names_.find(*target_key);
    if (target_name == table_names_.end()) return "Table \"" + std::string(relation.target->name.value()) + "\" not found in schema";
    const TableConfig* target = find(target_name->second);
    if (target == nullptr) return "Table \"" + std::string(target_name->second) + "\" not found in schema";
    const auto source_name = table_names_.find(*source_key);
    if (source_name == table_names_.end()) return "Table \"" + std::string(relation.source->name.value()) + "\" not found in schema";
    if (std::ranges::find(unread_, target->table) != unread_.end()) return "";
    std::vector<const RelationHost*> reverse;
    for (const NamedRelation& other : *target->relations) {
      // `withFieldName` copies, so the same object under two keys is two relations.
      const bool same = other.relation == named.relation && other.key == named.key;
      const bool by_name = relation.relation_name && !relation.relation_name->empty();
      if (by_name ? !same && other.relation->relation_name == relation.relation_name : other.relation->target == relation.source) {
        reverse.push_back(other.relation);
      }
    }
    if (reverse.size() > 1) {
      if (relation.relation_name && !relation.relation_name->empty()) {
        return "There are multiple relations with name \"" + std::string(*relation.relation_name) + "\" in table \"" +
               std::string(target_name->second) + "\"";
      }
      return "There are multiple relations between \"" + std::string(target_name->second) + "\" and \"" +
             std::string(relation.source->name.value()) + "\". Please specify relation name";
    }
    if (reverse.size() == 1 && reverse.front()->kind == RelationKind::kOne && reverse.front()->has_config) {
      fields = &reverse.front()->references;
      references = &reverse.front()->fields;
      return std::nullopt;
    }
    return "There is not enough information to infer relation \"" + std::string(source_name->second) + "." + std::string(named.key) + "\"";
  }

  Interpreter& in_;
  text::Arena& arena_;
  std::vector<Unknown>& unknowns_;
  bool& incomplete_;
  std::map<std::string, std::string_view> table_names_;
  std::map<std::string, std::shared_ptr<RelationMap>> buffer_;
  std::vector<TableConfig> tables_;
  std::vector<const TableHost*> unread_;  ///< tables with relations that could not be read
};

}  // namespace

Value RelationsHost::get(Interpreter& in, std::string_view key, Span at) {
  if (key == "table") return table;
  return in.unknown("this part of relations() is not evaluated", at);
}

// Kept for callers that look for them; defineRelations() gives plain objects (relations_v2.cpp).

std::vector<Relation> build_relations(Interpreter& in, Environment& environment,
                                      const std::vector<std::pair<std::string_view, Value>>& exports, text::Arena& arena,
                                      std::vector<Unknown>& unknowns, bool& incomplete) {
  if (environment.v1) return build_relations_v2(in, exports, arena, unknowns, incomplete);
  Resolver resolver(in, arena, unknowns, incomplete);
  std::vector<std::pair<std::string_view, Value>> inner;
  if (exports.size() == 1 && exports.front().first == "default" && exports.front().second.host_as<TableHost>() == nullptr) {
    std::vector<Property> properties;
    if (exports.front().second.is(Tag::kObject) && in.own_properties(exports.front().second, properties, {}) == nullptr) {
      for (const Property& property : properties) inner.emplace_back(property.key, property.value);
    }
    // The oracle looks for Relations among the exports themselves.
    resolver.extract(exports);
    return resolver.resolve();
  }
  resolver.extract(exports);
  return resolver.resolve();
}

}  // namespace drizzle_audit::schema
