// The model as a whole: which exports count, in which order, and what stays hidden from drizzle-kit.
#include <algorithm>
#include <set>

#include "schema/model_builder.h"
#include "schema/relations.h"
#include "schema/views.h"

namespace drizzle_audit::schema {
namespace {

/// The dialect of a table, view, schema or enum; nothing for anything else.
std::optional<Dialect> dialect_of(const Value& value) {
  if (const auto* table = value.host_as<TableHost>()) return table->dialect;
  if (const auto* view = value.host_as<ViewHost>()) return view->finished ? std::optional(view->dialect) : std::nullopt;
  if (const auto* schema = value.host_as<SchemaHost>()) return schema->dialect;
  if (const auto* enumeration = value.host_as<EnumHost>()) return enumeration->dialect;
  return std::nullopt;
}

template <class T>
std::string sort_key(std::string_view schema, const T& item) {
  std::string key(schema);
  key += '\0';
  key += item.name.value_or(std::string_view());
  key += '\0';
  key += item.export_name;
  return key;
}

template <class T>
std::span<T> sorted(text::Arena& arena, std::vector<std::pair<std::string, T>>& items) {
  std::ranges::stable_sort(items, {}, &std::pair<std::string, T>::first);
  std::vector<T> plain;
  plain.reserve(items.size());
  for (auto& item : items) plain.push_back(std::move(item.second));
  return text::copy(arena, plain);
}

/// Two passes: first all tables with their columns, so that everything can point at them, then what refers to columns.
class Build {
 public:
  Build(ModelBuilder& builder, const Exports& exports, const std::vector<Span>& binding_spans, const Exports& outside, Model& model)
      : builder_(builder), exports_(exports), binding_spans_(binding_spans), outside_(outside), model_(model) {}

  void run() {
    enums();
    tables();
    entities();
    relations();
    standalone_builders();
    model_.hidden_objects = text::copy(builder_.arena, build_hidden(builder_, exports_));
    finish();
  }

 private:
  void enums();
  void tables();
  void entities();
  void relations();
  void standalone_builders();
  void finish();
  std::span<Table> make_tables(std::vector<TableHost*>& hosts);
  bool ours(const TableHost& table) const { return table.dialect == builder_.dialect && !table.is_alias; }

  ModelBuilder& builder_;
  const Exports& exports_;
  const std::vector<Span>& binding_spans_;
  const Exports& outside_;
  Model& model_;
};

void Build::enums() {
  std::vector<std::pair<std::string, Enum>> exported;
  std::vector<std::pair<std::string, EnumHost*>> exported_hosts;
  std::set<const EnumHost*> seen;
  for (const auto& [name, value] : exports_) {
    auto* host = value.host_as<EnumHost>();
    if (host == nullptr || host->dialect != builder_.dialect || !seen.insert(host).second) continue;
    host->export_name = name;
    Enum made = build_enum(builder_, *host, name);
    const std::string key = sort_key(made.schema.value_or(std::string_view()), made);
    exported.emplace_back(key, made);
    exported_hosts.emplace_back(key, host);
  }
  std::ranges::stable_sort(exported_hosts, {}, &std::pair<std::string, EnumHost*>::first);
  const std::span<Enum> all = sorted(builder_.arena, exported);
  for (std::size_t i = 0; i < all.size(); ++i) exported_hosts[i].second->built = &all[i];
  model_.enums = all;

  std::vector<Enum> hidden;
  std::vector<EnumHost*> hidden_hosts;
  for (EnumHost* host : builder_.environment.enums) {
    if (host->dialect != builder_.dialect || seen.contains(host)) continue;
    hidden.push_back(build_enum(builder_, *host, {}));
    hidden_hosts.push_back(host);
  }
  const std::span<Enum> kept = text::copy(builder_.arena, hidden);
  for (std::size_t i = 0; i < kept.size(); ++i) hidden_hosts[i]->built = &kept[i];
  model_.hidden_enums = kept;
}

std::span<Table> Build::make_tables(std::vector<TableHost*>& hosts) {
  std::ranges::stable_sort(hosts, {}, [](const TableHost* host) {
    std::string key(host->schema.known() && host->schema.value() ? *host->schema.value() : std::string_view());
    key += '\0';
    key += host->name.value_or(std::string_view());
    key += '\0';
    key += host->export_name;
    return key;
  });
  const std::span<Table> tables = text::copy(builder_.arena, std::vector<Table>(hosts.size()));
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    TableHost& host = *hosts[i];
    Table& table = tables[i];
    host.built = &table;
    table.export_name = builder_.keep(host.export_name);
    table.name = builder_.keep(host.name);
    if (host.schema.known()) {
      if (host.schema.value()) table.schema = std::optional(builder_.keep(*host.schema.value()));
    } else {
      table.schema = builder_.keep(host.schema.unknown());
    }
    table.dialect = host.dialect;
    table.rls = host.rls;
    table.span = host.span;
    table.name_span = host.name_span;
    table.columns_span = host.columns_span;
    table.extras_span = host.extras_span;
    table.binding_span = host.binding_span;
    if (host.extras.is(Tag::kFunction)) {
      const syntax::Node* function = host.extras.as_function().node;
      if (function->children.size() > 1 && function->child(0)->kind == syntax::NodeKind::kIdentifier) {
        table.extras_parameter = builder_.keep(function->child(0)->text);
      }
    }
    if (host.columns_incomplete != nullptr) {
      builder_.not_read(*host.columns_incomplete);
      table.incomplete = {true, true, true, true, true, true, true};
    }
    if (host.tainted != nullptr) {
      builder_.not_read(*host.tainted);
      table.incomplete = {true, true, true, true, true, true, true};
    }
    std::vector<Column> columns;
    columns.reserve(host.columns.size());
    for (const ColumnHost* column : host.columns) columns.push_back(build_column(builder_, *column, &table));
    const std::span<Column> kept = text::copy(builder_.arena, columns);
    for (std::size_t k = 0; k < kept.size(); ++k) {
      host.columns[k]->built = &kept[k];
      if (kept[k].unread_chain) table.incomplete.foreign_keys = table.incomplete.uniques = table.incomplete.primary_keys = true;
    }
    table.columns = kept;
  }
  return tables;
}

void Build::tables() {
  std::vector<TableHost*> exported;
  std::vector<TableHost*> hidden;
  std::set<const TableHost*> seen;
  for (std::size_t i = 0; i < exports_.size(); ++i) {
    auto* host = exports_[i].second.host_as<TableHost>();
    if (host == nullptr || !ours(*host) || !seen.insert(host).second) continue;
    host->export_name = exports_[i].first;
    host->binding_span = binding_spans_[i];
    exported.push_back(host);
  }
  for (TableHost* host : builder_.environment.tables) {
    if (ours(*host) && seen.insert(host).second) hidden.push_back(host);
  }
  const std::span<Table> visible = make_tables(exported);
  const std::span<Table> invisible = make_tables(hidden);
  for (std::size_t i = 0; i < exported.size(); ++i) build_constraints(builder_, *exported[i], visible[i]);
  for (std::size_t i = 0; i < hidden.size(); ++i) build_constraints(builder_, *hidden[i], invisible[i]);
  model_.tables = visible;
  model_.hidden_tables = invisible;
}

void Build::entities() {
  std::vector<std::pair<std::string, SchemaObject>> schemas;
  std::vector<std::pair<std::string, Sequence>> sequences;
  std::vector<std::pair<std::string, Role>> roles;
  std::vector<std::pair<std::string, Policy>> policies;
  std::vector<std::pair<std::string, View>> views;
  const bool pg = builder_.dialect == Dialect::kPostgresql || builder_.dialect == Dialect::kCockroach;
  for (const auto& [name, value] : exports_) {
    if (const auto* schema = value.host_as<SchemaHost>(); schema != nullptr && schema->dialect == builder_.dialect) {
      SchemaObject made{builder_.keep(name), builder_.keep(schema->name), schema->existing, schema->span};
      schemas.emplace_back(sort_key({}, made), made);
    } else if (const auto* sequence = value.host_as<SequenceHost>(); sequence != nullptr && pg) {
      const Sequence made = build_sequence(builder_, *sequence, name);
      sequences.emplace_back(sort_key(made.schema.value_or(std::string_view()), made), made);
    } else if (const auto* role = value.host_as<RoleHost>(); role != nullptr && pg) {
      const Role made = build_role(builder_, *role, name);
      roles.emplace_back(sort_key({}, made), made);
    } else if (const auto* policy = value.host_as<PolicyHost>(); policy != nullptr && pg) {
      const Policy made = build_policy(builder_, *policy, name);
      policies.emplace_back(sort_key({}, made), made);
    } else if (const auto* view = value.host_as<ViewHost>(); view != nullptr && view->finished && view->dialect == builder_.dialect) {
      const View made = build_view(builder_, *view, name);
      views.emplace_back(sort_key(made.schema.value_or(std::string_view()), made), made);
    }
  }
  model_.schemas = sorted(builder_.arena, schemas);
  model_.sequences = sorted(builder_.arena, sequences);
  model_.roles = sorted(builder_.arena, roles);
  model_.policies = sorted(builder_.arena, policies);
  model_.views = sorted(builder_.arena, views);
}

void Build::relations() {
  bool incomplete = false;
  // Mirrors in other dialects, often with the same export names, are schemas of their own.
  Exports ours_only;
  for (const Exports* exports : {&exports_, &outside_}) {
    for (const auto& [name, value] : *exports) {
      const TableHost* table = value.host_as<TableHost>();
      if (const auto* host = value.host_as<RelationsHost>()) table = host->table.host_as<TableHost>();
      if (table == nullptr || (table->dialect == builder_.dialect && !table->outside)) ours_only.emplace_back(name, value);
    }
  }
  std::set<const void*> exported;
  for (const auto& [name, value] : ours_only) exported.insert(value.identity());
  std::vector<HiddenRelations> hidden;
  for (const RelationsHost* host : builder_.environment.relations) {
    const auto* table = host->table.host_as<TableHost>();
    if (table == nullptr || table->built == nullptr || exported.contains(static_cast<const Host*>(host))) continue;
    hidden.push_back({table->built, host->span});
  }
  model_.hidden_relations = text::copy(builder_.arena, hidden);
  std::vector<Relation> made = build_relations(builder_.in, builder_.environment, ours_only, builder_.arena, builder_.unknowns, incomplete);
  if (!builder_.schema_files.empty()) {
    for (Relation& relation : made) relation.outside = !builder_.schema_files.contains(relation.span.file);
  }
  model_.relations = text::copy(builder_.arena, made);
  model_.incomplete.relations = model_.incomplete.relations || incomplete;
}

void Build::standalone_builders() {
  std::vector<StandaloneBuilder> made;
  for (Host* host : builder_.environment.loose_builders) {
    const auto* constraint = dynamic_cast<const ConstraintBuilder*>(host);
    if (constraint == nullptr || constraint->consumed || constraint->dialect != builder_.dialect || !constraint->span.somewhere()) continue;
    StandaloneBuilder builder;
    builder.builder = builder_.keep(constraint->builder);
    builder.span = constraint->span;
    if (constraint->name && constraint->name->known() && !constraint->name->value().empty())
      builder.name = builder_.keep(constraint->name->value());
    for (const auto& [name, value] : exports_) {
      if (value.identity() == static_cast<const void*>(host)) builder.export_name = builder_.keep(name);
    }
    std::vector<const Column*> columns;
    for (const auto& part : constraint->columns) {
      if (part.column != nullptr && part.column->ordinary().built != nullptr) columns.push_back(part.column->ordinary().built);
    }
    builder.columns = text::copy(builder_.arena, columns);
    made.push_back(builder);
  }
  model_.standalone_builders = text::copy(builder_.arena, made);
}

void Build::finish() {
  for (const Problem& problem : builder_.in.problems()) {
    if (problem.kind == ProblemKind::kBudget) builder_.not_read({problem.message, problem.span});
    // relations_v2.cpp: drizzle-orm 1.0 begins its messages about one relation like this.
    const std::size_t relation = problem.kind == ProblemKind::kSchemaThrows ? problem.message.find("relations -> ") : std::string::npos;
    if (relation == std::string::npos) {
      builder_.problems.push_back({problem.kind, builder_.keep(problem.message), builder_.keep(problem.help), problem.span});
    } else {
      builder_.problems.push_back({ProblemKind::kRelationThrows, builder_.keep(problem.message.substr(relation)),
                                   "drizzle-orm throws when the module is loaded", problem.span});
    }
  }
  std::ranges::stable_sort(builder_.unknowns, {}, &Unknown::span);
  // One unreadable helper can be met many times; each place counts once.
  // Not std::ranges::unique: clang 14 rejects what it returns (libstdc++ 12).
  const auto repeated = [](const Unknown& a, const Unknown& b) { return a.span == b.span && a.reason == b.reason; };
  builder_.unknowns.erase(std::unique(builder_.unknowns.begin(), builder_.unknowns.end(), repeated), builder_.unknowns.end());
  model_.unknowns = text::copy(builder_.arena, builder_.unknowns);
  model_.coverage.tables = static_cast<std::uint32_t>(model_.tables.size());
  for (const Table& table : model_.tables) model_.coverage.columns += static_cast<std::uint32_t>(table.columns.size());
  model_.coverage.unknowns = static_cast<std::uint32_t>(model_.unknowns.size());
}

}  // namespace

std::vector<Dialect> dialects_of(const Exports& exports) {
  std::set<Dialect> found;
  for (const auto& [name, value] : exports) {
    if (const auto dialect = dialect_of(value)) found.insert(*dialect);
  }
  return {found.begin(), found.end()};
}

void build_model(ModelBuilder& builder, const Exports& exports, const std::vector<Span>& binding_spans, const Exports& outside,
                 Model& model) {
  Build(builder, exports, binding_spans, outside, model).run();
}

}  // namespace drizzle_audit::schema
