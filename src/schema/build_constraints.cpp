// Keys, indexes, unique constraints, checks and policies of a table: what getTableConfig() makes of `.references()` and of the builders
// in the third argument (extras.h).
#include <algorithm>

#include "schema/extras.h"
#include "schema/model_builder.h"
#include "schema/sql.h"

namespace drizzle_audit::schema {
namespace {

using Name = std::optional<std::string_view>;

/// The kinds of thing a builder adds.
void mark(Incomplete& incomplete, const ConstraintBuilder& builder) {
  switch (builder.kind) {
    case BuilderKind::kIndexOn:
    case BuilderKind::kIndex: incomplete.indexes = true; return;
    case BuilderKind::kUniqueOn:
    case BuilderKind::kUnique: incomplete.uniques = true; return;
    case BuilderKind::kPrimaryKey: incomplete.primary_keys = true; return;
    case BuilderKind::kForeignKey: incomplete.foreign_keys = true; return;
    case BuilderKind::kCheck: incomplete.checks = true; return;
  }
}

/// Builds the constraints of one table.
class TableConstraints {
 public:
  TableConstraints(ModelBuilder& builder, const TableHost& host, Table& table)
      : builder_(builder), in_(builder.in), host_(host), table_(table) {}

  void run();

 private:
  void inline_keys();
  void add(const ConstraintBuilder& constraint);
  void add_index(const ConstraintBuilder& constraint);
  void add_unique(const ConstraintBuilder& constraint);
  void add_primary_key(const ConstraintBuilder& constraint);
  void add_foreign_key(const ConstraintBuilder& constraint);
  void add_check(const ConstraintBuilder& constraint);
  void reference(const TableHost::InlineForeignKey& inline_key);
  std::optional<std::vector<ColumnHost*>> column_list(const Value& value, const Unknown*& why);
  /// The columns as the model has them; nothing when one is no column of a table that was built.
  std::optional<std::span<const Column* const>> built(const std::vector<ColumnHost*>& hosts);
  /// `{table}_{part}_{part}{suffix}` over the columns' own names, each then replaced by its cased form, as drizzle-kit does.
  Fact<Name> derived(const std::vector<ColumnHost*>& columns, const std::vector<std::string_view>& middle, std::string_view suffix,
                     std::size_t middle_at);
  Fact<Name> explicit_or(const std::optional<Fact<std::string_view>>& name, const Fact<Name>& fallback);
  void not_read(const Unknown& why) { builder_.not_read(why); }

  ModelBuilder& builder_;
  Interpreter& in_;
  const TableHost& host_;
  Table& table_;
  std::vector<PrimaryKey> primary_keys_;
  std::vector<ForeignKey> foreign_keys_;
  std::vector<Index> indexes_;
  std::vector<Unique> uniques_;
  std::vector<Check> checks_;
  std::vector<Policy> policies_;
};

std::string sort_key(const Fact<Name>& name) { return name.known() && name.value() ? std::string(*name.value()) : std::string(); }

void replace_first(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at != std::string::npos) text.replace(at, from.size(), to);
}

std::optional<std::span<const Column* const>> TableConstraints::built(const std::vector<ColumnHost*>& hosts) {
  std::vector<const Column*> columns;
  for (const ColumnHost* host : hosts) {
    if (host->ordinary().built == nullptr) return std::nullopt;
    columns.push_back(host->ordinary().built);
  }
  return text::copy(builder_.arena, columns);
}

Fact<Name> TableConstraints::derived(const std::vector<ColumnHost*>& columns, const std::vector<std::string_view>& middle,
                                     std::string_view suffix, std::size_t middle_at) {
  if (!host_.name.known()) return host_.name.unknown();
  std::string text(host_.name.value());
  for (std::size_t i = 0; i <= columns.size(); ++i) {
    if (i == middle_at) {
      for (const std::string_view part : middle) text += "_" + std::string(part);
    }
    if (i == columns.size()) break;
    const Fact<std::string_view>& name = columns[i]->ordinary().name;
    if (!name.known()) return name.unknown();
    text += "_" + std::string(name.value());
  }
  text += suffix;
  for (const ColumnHost* column : columns) {
    const Fact<std::string_view> cased = cased_name(in_, column->ordinary());
    if (cased.known()) replace_first(text, column->ordinary().name.value(), cased.value());
  }
  return Name(builder_.keep(text));
}

Fact<Name> TableConstraints::explicit_or(const std::optional<Fact<std::string_view>>& name, const Fact<Name>& fallback) {
  if (!name) return builder_.environment.v1 ? Fact<Name>(Name()) : fallback;
  if (!name->known()) {
    not_read(name->unknown());
    return builder_.keep(name->unknown());
  }
  return Name(builder_.keep(name->value()));
}

void TableConstraints::inline_keys() {
  for (const ColumnHost* column : host_.columns) {
    const Column* made = column->built;
    if (column->primary_key) {
      primary_keys_.push_back(
          {.name = Name(), .columns = text::copy(builder_.arena, std::vector<const Column*>{made}), .is_inline = true, .span = made->span});
    }
    if (column->is_unique) {
      Fact<Name> name = Name();
      if (column->unique_name && column->unique_name->known()) name = Name(builder_.keep(column->unique_name->value()));
      else if (column->unique_name) name = builder_.keep(column->unique_name->unknown());
      uniques_.push_back({.name = name,
                          .explicit_name = false,
                          .columns = text::copy(builder_.arena, std::vector<const Column*>{made}),
                          .nulls_not_distinct = column->nulls_not_distinct,
                          .is_inline = true,
                          .span = made->span});
    }
  }
  for (const TableHost::InlineForeignKey& key : host_.foreign_keys) reference(key);
}

void TableConstraints::reference(const TableHost::InlineForeignKey& inline_key) {
  const Unknown* why = nullptr;
  Value target;
  std::optional<std::string> error;
  try {
    target = in_.call(inline_key.config.reference, {}, inline_key.config.span);
  } catch (const program::Thrown& thrown) {
    error = thrown.message;
  } catch (const program::OverBudget& over) {
    target = in_.unknown(over.reason, inline_key.config.span);
  }
  ForeignKey key;
  key.is_inline = true;
  key.span = inline_key.config.span;
  key.columns = text::copy(builder_.arena, std::vector<const Column*>{inline_key.column->built});
  auto* column = target.host_as<ColumnHost>();
  if (target.is(Tag::kUnknown)) why = &target.as_unknown();
  else if (!error && column == nullptr) {
    if (target.is_nullish())
      error = "Cannot read properties of " + std::string(target.is(Tag::kNull) ? "null" : "undefined") + " (reading 'table')";
    else why = &in_.unknown("the reference leads to no column", key.span).as_unknown();
  } else if (column != nullptr && column->ordinary().built == nullptr) {
    why = &in_.unknown("the referenced table is not read", key.span).as_unknown();
  }
  if (why != nullptr) {
    not_read(*why);
    table_.incomplete.foreign_keys = true;
    inline_key.column->built->unread_reference = true;
    return;
  }
  if (error) {
    key.name = Name();
    key.error = builder_.keep(*error);
    foreign_keys_.push_back(key);
    return;
  }
  const ColumnHost& foreign = column->ordinary();
  key.foreign_table = foreign.table->built;
  key.foreign_columns = text::copy(builder_.arena, std::vector<const Column*>{foreign.built});
  if (!inline_key.config.actions.is_nullish()) {
    const auto action = [&](std::string_view name) -> std::string_view {
      const auto given = text_option(in_, inline_key.config.actions, name, key.span);
      if (!given || given->is(std::string_view())) return "no action";
      if (given->known()) return builder_.keep(given->value());
      not_read(given->unknown());
      return "no action";
    };
    key.on_delete = action("onDelete");
    key.on_update = action("onUpdate");
  }
  std::optional<Fact<std::string_view>> name;
  if (builder_.environment.v1) name = text_option(in_, inline_key.config.actions, "name", key.span);
  key.explicit_name = name.has_value();
  std::vector<ColumnHost*> both{inline_key.column, column};
  if (!foreign.table->name.known()) key.name = foreign.table->name.unknown();
  else key.name = explicit_or(name, derived(both, {foreign.table->name.value()}, "_fk", 1));
  foreign_keys_.push_back(key);
}

std::optional<std::vector<ColumnHost*>> TableConstraints::column_list(const Value& value, const Unknown*& why) {
  std::vector<Value> values;
  if (value.is_nullish()) {
    why = &in_.unknown("the columns are missing", host_.extras_span).as_unknown();
    return std::nullopt;
  }
  why = in_.elements(value, values, host_.extras_span);
  std::vector<ColumnHost*> columns;
  for (const Value& item : values) {
    auto* column = item.host_as<ColumnHost>();
    if (column == nullptr && why == nullptr) {
      why = item.is(Tag::kUnknown) ? &item.as_unknown() : &in_.unknown("it names no column", host_.extras_span).as_unknown();
    }
    columns.push_back(column);
  }
  if (why != nullptr) return std::nullopt;
  return columns;
}

void TableConstraints::add_index(const ConstraintBuilder& constraint) {
  Index made;
  made.span = constraint.span;
  made.unique = constraint.unique;
  made.explicit_name = constraint.name && !constraint.name->is(std::string_view());
  made.concurrently = constraint.concurrently;
  if (constraint.method) made.method = builder_.keep(*constraint.method);
  const bool pg = builder_.dialect == Dialect::kPostgresql || builder_.dialect == Dialect::kCockroach;
  std::vector<IndexColumn> columns;
  std::string name = std::string(host_.name.value_or(""));
  bool can_be_named = pg;
  const Unknown* unnamed = host_.name.known() ? nullptr : &host_.name.unknown();
  for (const ConstraintBuilder::IndexedColumn& part : constraint.columns) {
    IndexColumn column;
    if (part.column == nullptr) {
      const Fact<SqlText> text = sql_text(in_, builder_.dialect, part.value, SqlPlace::kIndex);
      if (text.known()) {
        const SqlText kept = builder_.keep(text).value();
        column.expression = kept.text;
        column.params = kept.params;
      } else {
        not_read(text.unknown());
        column.expression = builder_.keep(text.unknown());
      }
      can_be_named = false;
    } else {
      column.column = part.column->ordinary().built;
      if (column.column == nullptr) {
        not_read({"the index is on a column of a table that is not read", constraint.span});
        table_.incomplete.indexes = true;
        return;
      }
      if (pg) {
        column.order = builder_.keep(part.order);
        // CockroachDB's columns have no setting for nulls; what the order implies is what the database does.
        const bool cockroach = builder_.dialect == Dialect::kCockroach;
        column.nulls = builder_.keep(!cockroach ? part.nulls : part.order == "desc" ? "first" : "last");
        if (part.op_class) column.op_class = builder_.keep(*part.op_class);
      }
      if (column.column->name.known()) name += "_" + std::string(column.column->name.value());
      else unnamed = &column.column->name.unknown();
    }
    columns.push_back(column);
  }
  made.columns = text::copy(builder_.arena, columns);
  if (made.explicit_name) {
    if (constraint.name->known()) {
      made.name = Name(builder_.keep(constraint.name->value()));
    } else {
      not_read(constraint.name->unknown());
      made.name = builder_.keep(constraint.name->unknown());
    }
  } else if (!can_be_named) {
    made.name = Name();
  } else if (unnamed != nullptr) {
    made.name = builder_.keep(*unnamed);
  } else {
    made.name = Name(builder_.keep(name + "_index"));
  }
  if (!constraint.where.is_nullish()) {
    const Fact<SqlText> where = sql_text(in_, builder_.dialect, constraint.where);
    made.where = builder_.keep(where);
  }
  if (!constraint.with.is_nullish()) made.with = builder_.options(constraint.with, {}, false, constraint.span);
  indexes_.push_back(made);
}

void TableConstraints::add_unique(const ConstraintBuilder& constraint) {
  std::vector<ColumnHost*> hosts;
  for (const auto& part : constraint.columns) {
    if (part.column == nullptr) {
      not_read({"the unique constraint is on something that is no column", constraint.span});
      table_.incomplete.uniques = true;
      return;
    }
    hosts.push_back(part.column);
  }
  Unique made;
  made.span = constraint.span;
  made.nulls_not_distinct = constraint.nulls_not_distinct;
  made.explicit_name = constraint.name.has_value();
  const auto columns = built(hosts);
  if (!columns) {
    table_.incomplete.uniques = true;
    return;
  }
  made.columns = *columns;
  // Sic: drizzle-kit 0.31 does not apply `casing` to the names of unique constraints.
  Fact<Name> name = Name();
  if (!constraint.name) {
    std::string text(host_.name.value_or(""));
    for (const ColumnHost* column : hosts) text += "_" + std::string(column->ordinary().name.value_or(""));
    name = Name(builder_.keep(text + "_unique"));
    if (!host_.name.known()) name = host_.name.unknown();
    for (const ColumnHost* column : hosts) {
      if (!column->ordinary().name.known()) name = column->ordinary().name.unknown();
    }
  }
  made.name = explicit_or(constraint.name, name);
  if (builder_.environment.v1 && constraint.name && constraint.name->is(std::string_view())) made.name = Name();
  uniques_.push_back(made);
}

void TableConstraints::add_primary_key(const ConstraintBuilder& constraint) {
  std::vector<ColumnHost*> hosts;
  for (const auto& part : constraint.columns) {
    if (part.column == nullptr) {
      not_read({"the primary key is on something that is no column", constraint.span});
      table_.incomplete.primary_keys = true;
      return;
    }
    hosts.push_back(part.column);
  }
  const auto columns = built(hosts);
  if (!columns) {
    table_.incomplete.primary_keys = true;
    return;
  }
  primary_keys_.push_back({.name = explicit_or(constraint.name, derived(hosts, {}, "_pk", hosts.size() + 1)),
                           .columns = *columns,
                           .is_inline = false,
                           .span = constraint.span});
}

void TableConstraints::add_foreign_key(const ConstraintBuilder& constraint) {
  ForeignKey key;
  key.span = constraint.span;
  const Unknown* why = nullptr;
  Value config = constraint.config;
  try {
    if (config.is_callable()) config = in_.call(config, {}, constraint.span);  // sqlite's foreignKey(() => ({…}))
    if (config.is(Tag::kUnknown)) {
      why = &config.as_unknown();
    } else {
      const auto columns = column_list(in_.get(config, "columns", constraint.span), why);
      const auto foreign = why == nullptr ? column_list(in_.get(config, "foreignColumns", constraint.span), why) : std::nullopt;
      if (columns && foreign && !foreign->empty()) {
        const auto own = built(*columns);
        const auto theirs = built(*foreign);
        TableHost* target = foreign->front()->ordinary().table;
        if (own && theirs && target->built != nullptr) {
          key.columns = *own;
          key.foreign_columns = *theirs;
          key.foreign_table = target->built;
          const auto name = text_option(in_, config, "name", constraint.span);
          key.explicit_name = name.has_value();
          std::vector<ColumnHost*> both = *columns;
          both.insert(both.end(), foreign->begin(), foreign->end());
          if (!target->name.known()) key.name = target->name.unknown();
          else key.name = explicit_or(name, derived(both, {target->name.value()}, "_fk", columns->size()));
          if (constraint.on_delete) key.on_delete = builder_.keep(*constraint.on_delete);
          if (constraint.on_update) key.on_update = builder_.keep(*constraint.on_update);
          foreign_keys_.push_back(key);
          return;
        }
        why = &in_.unknown("the foreign key names a table that is not read", constraint.span).as_unknown();
      } else if (why == nullptr) {
        why = &in_.unknown("the foreign key names no columns", constraint.span).as_unknown();
      }
    }
  } catch (const program::Thrown& thrown) {
    key.name = Name();
    key.error = builder_.keep(thrown.message);
    foreign_keys_.push_back(key);
    return;
  } catch (const program::OverBudget& over) {
    why = &in_.unknown(over.reason, constraint.span).as_unknown();
  }
  not_read(*why);
  table_.incomplete.foreign_keys = true;
}

void TableConstraints::add_check(const ConstraintBuilder& constraint) {
  Check made;
  made.span = constraint.span;
  made.name = builder_.keep(constraint.name.value_or(Fact<std::string_view>(std::string_view())));
  made.value = builder_.keep(sql_text(in_, builder_.dialect, constraint.config));
  checks_.push_back(made);
}

void TableConstraints::add(const ConstraintBuilder& constraint) {
  if (constraint.unread != nullptr || constraint.tainted != nullptr) {
    not_read(constraint.unread != nullptr ? *constraint.unread : *constraint.tainted);
    mark(table_.incomplete, constraint);
    return;
  }
  switch (constraint.kind) {
    case BuilderKind::kIndex: add_index(constraint); return;
    case BuilderKind::kUnique: add_unique(constraint); return;
    case BuilderKind::kPrimaryKey: add_primary_key(constraint); return;
    case BuilderKind::kForeignKey: add_foreign_key(constraint); return;
    case BuilderKind::kCheck: add_check(constraint); return;
    case BuilderKind::kIndexOn:
    case BuilderKind::kUniqueOn: return;
  }
}

void TableConstraints::run() {
  inline_keys();
  const Extras extras = read_extras(builder_, host_, table_);
  for (const ConstraintBuilder* constraint : extras.constraints) add(*constraint);
  for (const PolicyHost* policy : extras.policies) policies_.push_back(build_policy(builder_, *policy, {}));
  const auto by_name = [](const auto& a, const auto& b) { return sort_key(a.name) < sort_key(b.name); };
  // Unnamed foreign keys come before named ones, by their columns (or error); as the oracle sorts.
  const auto key_of = [](const auto& item) {
    std::string name = sort_key(item.name);
    if (!name.empty()) return name;
    std::string columns(1, '\0');
    for (const Column* column : item.columns) columns += (columns.size() > 1 ? "," : "") + std::string(column->name.value_or(""));
    return columns;
  };
  std::ranges::stable_sort(foreign_keys_, [&](const ForeignKey& a, const ForeignKey& b) { return key_of(a) < key_of(b); });
  std::ranges::stable_sort(uniques_, [&](const Unique& a, const Unique& b) { return key_of(a) < key_of(b); });
  std::ranges::stable_sort(indexes_, by_name);
  std::ranges::stable_sort(checks_, [](const Check& a, const Check& b) { return a.name.value_or("") < b.name.value_or(""); });
  std::ranges::stable_sort(policies_, [](const Policy& a, const Policy& b) { return a.name.value_or("") < b.name.value_or(""); });
  table_.primary_keys = text::copy(builder_.arena, primary_keys_);
  table_.foreign_keys = text::copy(builder_.arena, foreign_keys_);
  table_.indexes = text::copy(builder_.arena, indexes_);
  table_.uniques = text::copy(builder_.arena, uniques_);
  table_.checks = text::copy(builder_.arena, checks_);
  table_.policies = text::copy(builder_.arena, policies_);
  table_.ignored_extras = text::copy(builder_.arena, extras.ignored);
}

}  // namespace

void build_constraints(ModelBuilder& builder, const TableHost& host, Table& table) { TableConstraints(builder, host, table).run(); }

}  // namespace drizzle_audit::schema
