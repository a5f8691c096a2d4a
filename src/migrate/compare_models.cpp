// What a schema has after its source was edited and did not have before: the database's side of changes that are source text.
#include <algorithm>
#include <set>
#include <utility>

#include "migrate/collect.h"
#include "migrate/sql_text.h"
#include "report/sql_spelling.h"

namespace drizzle_audit::migrate {
namespace {

using Names = std::vector<std::string>;

template <class List>
std::set<std::string> names_in(const List& list) {
  std::set<std::string> names;
  for (const auto& one : list) names.insert(name_of(one.name));
  return names;
}

class Comparison {
 public:
  Comparison(const Model& before, const Model& after, Changes& changes) : before_(before), after_(after), changes_(changes) {}
  void run() {
    for (const Table& table : after_.tables) {
      if (!table.name.known() || !table.schema.known()) continue;
      ref_ = table_ref(table);
      if (const Table* old = find_table(before_, ref_)) {
        compare(*old, table);
      } else {
        leave_out("create table " + label(ref_), "a new table needs no plan: drizzle-kit generate writes it");
      }
    }
    for (const Enum& one : after_.enums) {
      if (!one.name.known()) continue;
      const bool known =
          std::any_of(before_.enums.begin(), before_.enums.end(), [&](const Enum& old) { return old.name.is(one.name.value()); });
      if (!known) leave_out("create enum " + std::string(one.name.value()), "a new enum needs no plan: drizzle-kit generate writes it");
    }
  }

 private:
  void leave_out(std::string what, std::string why) { changes_.left_out.push_back({std::move(what), std::move(why)}); }
  void gone(const std::set<std::string>& old, const std::set<std::string>& now, const std::string& what) {
    for (const std::string& name : old) {
      if (!name.empty() && !now.contains(name))
        leave_out("drop " + what + ' ' + name + " of " + label(ref_),
                  "drizzle-kit generate writes it: it takes a short lock and reads no rows");
    }
  }
  void compare(const Table& old, const Table& now);
  void compare_columns(const Table& old, const Table& now);
  void compare_indexes(const Table& old, const Table& now);

  const Model& before_;
  const Model& after_;
  Changes& changes_;
  TableRef ref_;
};

void Comparison::compare_columns(const Table& old, const Table& now) {
  for (const Column& column : now.columns) {
    if (!column.name.known()) continue;
    const std::string what = label(ref_) + '.' + std::string(column.name.value());
    const Column* was = find_column(old, column.name.value());
    if (was == nullptr) {
      leave_out("add column " + what, "drizzle-kit generate writes it");
      continue;
    }
    if (column.sql_type.known() && was->sql_type.known() && column.sql_type.value() != was->sql_type.value())
      leave_out("change the type of " + what + " to " + std::string(column.sql_type.value()),
                "drizzle-kit generate writes it; a new type may rewrite the whole table under an exclusive lock");
    if (column.not_null != was->not_null)
      leave_out((column.not_null ? "set " : "drop ") + std::string("NOT NULL of ") + what, "drizzle-kit generate writes it");
    if (column.default_text.known() && was->default_text.known() && column.default_text.value() != was->default_text.value())
      leave_out("change the default of " + what, "drizzle-kit generate writes it: it touches no row");
  }
  for (const Column& column : old.columns) {
    const bool planned = std::any_of(changes_.dropped_columns.begin(), changes_.dropped_columns.end(), [&](const DropColumnChange& change) {
      return label(change.drop.table) == label(ref_) && column.name.is(change.drop.column);
    });
    if (column.name.known() && find_column(now, column.name.value()) == nullptr && !planned)
      leave_out("drop column " + label(ref_) + '.' + std::string(column.name.value()), "drizzle-kit generate writes it");
  }
}

void Comparison::compare_indexes(const Table& old, const Table& now) {
  const std::set<std::string> known = names_in(old.indexes);
  for (const Index& index : now.indexes) {
    const std::string name = name_of(index.name);
    if (name.empty() || known.contains(name)) continue;
    Names names;
    bool plain = !index.where && index.with.empty() && (!index.method || *index.method == "btree");
    for (const IndexColumn& part : index.columns) {
      plain =
          plain && part.column != nullptr && part.column->name.known() && !part.op_class && part.order != "desc" && part.nulls != "first";
      if (plain) names.emplace_back(part.column->name.value());
    }
    if (!plain) {
      leave_out("create index " + name + " on " + label(ref_),
                "drizzle-kit generate writes it; add CONCURRENTLY by hand where the table is large");
    } else if (index.unique) {
      UniqueChange change;
      change.kind = UniqueChange::Kind::kIndex;
      change.table = ref_;
      change.columns = std::move(names);
      change.name = name;
      changes_.uniques.push_back(std::move(change));
    } else {
      changes_.indexes.push_back({ref_, std::move(names), name});
    }
  }
}

void Comparison::compare(const Table& old, const Table& now) {
  compare_columns(old, now);
  compare_indexes(old, now);
  const std::set<std::string> keys = names_in(old.foreign_keys);
  for (const ForeignKey& key : now.foreign_keys) {
    const std::string name = name_of(key.name);
    for (const ForeignKey& was : old.foreign_keys) {
      if (!name.empty() && name_of(was.name) == name && (was.on_delete != key.on_delete || was.on_update != key.on_update))
        leave_out("change the actions of foreign key " + name,
                  "drizzle-kit generate writes it: it drops the key and adds it again, which reads the table");
    }
    if (name.empty() || keys.contains(name) || key.error || key.foreign_table == nullptr) continue;
    ForeignKeyChange change;
    change.key.table = ref_;
    change.key.columns = column_names(key.columns);
    change.key.foreign_table = table_ref(*key.foreign_table);
    change.key.foreign_columns = column_names(key.foreign_columns);
    change.key.on_delete = std::string(key.on_delete);
    change.key.on_update = std::string(key.on_update);
    change.key.name = name;
    changes_.foreign_keys.push_back(std::move(change));
  }
  const std::set<std::string> uniques = names_in(old.uniques);
  for (const Unique& unique : now.uniques) {
    const std::string name = name_of(unique.name);
    if (name.empty() || uniques.contains(name)) continue;
    if (unique.nulls_not_distinct) {
      leave_out("add unique constraint " + name + " to " + label(ref_), "NULLS NOT DISTINCT: drizzle-kit generate writes it");
      continue;
    }
    UniqueChange change;
    change.table = ref_;
    change.columns = column_names(unique.columns);
    change.name = name;
    changes_.uniques.push_back(std::move(change));
  }
  std::set<std::string> checks;
  for (const Check& check : old.checks) checks.emplace(check.name.value_or(""));
  std::set<std::string> checks_now;
  for (const Check& check : now.checks) {
    checks_now.emplace(check.name.value_or(""));
    if (!check.name.known() || checks.contains(std::string(check.name.value())) || !check.value.known()) continue;
    changes_.checks.push_back(
        {ref_, std::string(check.name.value()), report::with_values(check.value.value(), before_.dialect == Dialect::kPostgresql), {}});
  }
  gone(keys, names_in(now.foreign_keys), "foreign key");
  gone(uniques, names_in(now.uniques), "unique constraint");
  gone(checks, checks_now, "check");
  std::set<std::string> planned;
  for (const DropIndexChange& change : changes_.dropped_indexes) planned.insert(change.index.name);
  std::set<std::string> indexes = names_in(now.indexes);
  indexes.insert(planned.begin(), planned.end());
  gone(names_in(old.indexes), indexes, "index");
}

}  // namespace

void compare_models(const Model& model, const Model& fixed, Changes& changes) { Comparison(model, fixed, changes).run(); }

}  // namespace drizzle_audit::migrate
