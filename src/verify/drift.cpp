// See drift.h. Constraints are matched by name where both sides have one, else by their columns.
#include "verify/drift.h"

#include <algorithm>
#include <set>

namespace drizzle_audit::verify {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + (name.empty() ? std::string("…") : name);
  return out;
}

std::string label(const TableKey& key) { return key.first.empty() ? key.second : key.first + '.' + key.second; }

std::string describe(const CatalogueConstraint& constraint) {
  std::string text = '(' + joined(constraint.columns) + ')';
  if (constraint.kind == ConstraintKind::kForeignKey) {
    text += " → " + label({constraint.foreign_schema, constraint.foreign_table}) + " (" + joined(constraint.foreign_columns) + ")";
    if (!constraint.on_delete.empty()) text += ", on delete " + constraint.on_delete;
    if (!constraint.on_update.empty() && constraint.on_update != "no action") text += ", on update " + constraint.on_update;
  }
  return text;
}

class Comparison {
 public:
  Comparison(const Document& document, Database& database) : document_(document), database_(database) {}

  std::vector<Drift> run(const Catalogue& expected, const Catalogue& known, const Catalogue& actual) {
    for (const auto& [key, table] : expected) {
      const auto found = actual.find(key);
      table_ = label(key);
      if (found == actual.end()) {
        add("missing", "table", key.second, "");
        continue;
      }
      const auto also = known.find(key);
      compare(table, also == known.end() ? table : also->second, found->second);
    }
    if (!document_.incomplete) {
      for (const auto& [key, table] : actual) {
        table_ = label(key);
        if (!expected.contains(key) && !is_own(key.second)) add("unexpected", "table", key.second, "");
      }
    }
    return std::move(drift_);
  }

 private:
  void add(std::string kind, std::string object, std::string name, std::string detail) {
    drift_.push_back({std::move(kind), std::move(object), table_, std::move(name), std::move(detail)});
  }
  /// Tables of migrators and of plans.
  [[nodiscard]] bool is_own(const std::string& name) const {
    return name == "__drizzle_migrations" || (!document_.quarantine.empty() && name.starts_with(document_.quarantine + '_'));
  }
  [[nodiscard]] bool named_constraints() const { return document_.dialect != "sqlite"; }

  void compare(const CatalogueTable& expected, const CatalogueTable& known, const CatalogueTable& actual) {
    columns(expected, known, actual);
    constraints(expected, known, actual);
    indexes(expected, known, actual);
  }
  void columns(const CatalogueTable& expected, const CatalogueTable& known, const CatalogueTable& actual);
  void constraints(const CatalogueTable& expected, const CatalogueTable& known, const CatalogueTable& actual);
  void indexes(const CatalogueTable& expected, const CatalogueTable& known, const CatalogueTable& actual);

  /// Whether the two stand for the same thing, so that they are worth comparing.
  [[nodiscard]] bool same(const CatalogueConstraint& a, const CatalogueConstraint& b) const {
    if (a.kind != b.kind) return false;
    if (a.kind == ConstraintKind::kPrimaryKey) return true;
    if (named_constraints() && !a.name.empty() && !b.name.empty()) return a.name == b.name;
    return a.columns == b.columns && a.foreign_table == b.foreign_table;
  }
  [[nodiscard]] bool matches(const CatalogueConstraint& a, const CatalogueConstraint& b) const {
    if (a.kind == ConstraintKind::kCheck) return true;
    const bool actions = a.on_delete == b.on_delete && a.on_update == b.on_update;
    // InnoDB does not tell restrict from no action.
    const auto plain = [](const std::string& action) { return action == "restrict" ? std::string("no action") : action; };
    const bool like_mysql =
        document_.dialect == "mysql" && plain(a.on_delete) == plain(b.on_delete) && plain(a.on_update) == plain(b.on_update);
    return a.columns == b.columns && a.foreign_schema == b.foreign_schema && a.foreign_table == b.foreign_table &&
           a.foreign_columns == b.foreign_columns && (actions || like_mysql);
  }

  const Document& document_;
  Database& database_;
  std::string table_;
  std::vector<Drift> drift_;
};

void Comparison::columns(const CatalogueTable& expected, const CatalogueTable& known, const CatalogueTable& actual) {
  const auto find = [](const CatalogueTable& table, const std::string& name) -> const CatalogueColumn* {
    const auto found =
        std::find_if(table.columns.begin(), table.columns.end(), [&](const CatalogueColumn& column) { return column.name == name; });
    return found == table.columns.end() ? nullptr : &*found;
  };
  for (const CatalogueColumn& column : expected.columns) {
    const CatalogueColumn* found = find(actual, column.name);
    if (found == nullptr) {
      add("missing", "column", column.name, "");
      continue;
    }
    if (column.not_null && found->not_null && *column.not_null != *found->not_null)
      add("different", "column", column.name,
          *found->not_null ? "NOT NULL in the database, not in the schema" : "NOT NULL in the schema, not in the database");
    if (!column.type || !found->type) continue;
    const std::optional<std::string> type = database_.canonical_type(*column.type);
    if (type && *type != *found->type)
      add("different", "column", column.name, *found->type + " in the database, " + *column.type + " in the schema");
  }
  if (expected.incomplete) return;
  for (const CatalogueColumn& column : actual.columns) {
    if (find(expected, column.name) == nullptr && find(known, column.name) == nullptr) add("unexpected", "column", column.name, "");
  }
}

void Comparison::constraints(const CatalogueTable& expected, const CatalogueTable& known, const CatalogueTable& actual) {
  // SQLite and MySQL keep unique constraints as indexes, and only PostgreSQL's checks are read.
  const bool postgres = document_.dialect == "postgresql";
  for (const CatalogueConstraint& constraint : expected.constraints) {
    const std::string object(to_string(constraint.kind));
    if (!postgres && (constraint.kind == ConstraintKind::kUnique || constraint.kind == ConstraintKind::kCheck)) continue;
    const auto found =
        std::find_if(actual.constraints.begin(), actual.constraints.end(), [&](const auto& one) { return same(constraint, one); });
    if (found == actual.constraints.end()) {
      add("missing", object, constraint.name, constraint.kind == ConstraintKind::kCheck ? "" : describe(constraint));
    } else if (!found->valid) {
      add("invalid", object, constraint.name, "it is NOT VALID: old rows have not been checked");
    } else if (!matches(constraint, *found)) {
      add("different", object, constraint.name, describe(*found) + " in the database, " + describe(constraint) + " in the schema");
    }
  }
  if (expected.incomplete) return;
  for (const CatalogueConstraint& constraint : actual.constraints) {
    const auto is_same = [&](const CatalogueConstraint& one) { return same(constraint, one); };
    if (std::any_of(expected.constraints.begin(), expected.constraints.end(), is_same)) continue;
    if (std::any_of(known.constraints.begin(), known.constraints.end(), is_same)) continue;
    add("unexpected", std::string(to_string(constraint.kind)), constraint.name,
        constraint.kind == ConstraintKind::kCheck ? "" : describe(constraint));
  }
}

void Comparison::indexes(const CatalogueTable& expected, const CatalogueTable& known, const CatalogueTable& actual) {
  // Unique constraints that the database keeps as indexes.
  const auto all = [&](const CatalogueTable& table) {
    std::vector<CatalogueIndex> list = table.indexes;
    if (document_.dialect == "postgresql") return list;
    for (const CatalogueConstraint& one : table.constraints) {
      if (one.kind == ConstraintKind::kUnique) list.push_back({one.name, one.columns, true, true});
    }
    return list;
  };
  const std::vector<CatalogueIndex> wanted = all(expected);
  const std::vector<CatalogueIndex> allowed = all(known);
  const auto same_index = [&](const CatalogueIndex& a, const CatalogueIndex& b) {
    // SQLite names the index of an inline UNIQUE itself.
    return a.name == b.name || (b.name.starts_with("sqlite_autoindex_") && a.unique && a.columns == b.columns);
  };
  for (const CatalogueIndex& index : wanted) {
    const auto found =
        std::find_if(actual.indexes.begin(), actual.indexes.end(), [&](const CatalogueIndex& one) { return same_index(index, one); });
    if (found == actual.indexes.end()) {
      add("missing", "index", index.name, '(' + joined(index.columns) + ')');
    } else if (!found->valid) {
      add("invalid", "index", index.name, "an interrupted CREATE INDEX CONCURRENTLY left it behind");
    } else if (found->columns != index.columns || found->unique != index.unique) {
      add("different", "index", index.name,
          '(' + joined(found->columns) + (found->unique ? "), unique" : ")") + " in the database, (" + joined(index.columns) +
              (index.unique ? "), unique" : ")") + " in the schema");
    }
  }
  if (expected.incomplete) return;
  for (const CatalogueIndex& index : actual.indexes) {
    const auto is_same = [&](const CatalogueIndex& one) { return same_index(one, index); };
    if (std::any_of(wanted.begin(), wanted.end(), is_same) || std::any_of(allowed.begin(), allowed.end(), is_same)) continue;
    add("unexpected", "index", index.name, '(' + joined(index.columns) + (index.unique ? "), unique" : ")"));
  }
}

}  // namespace

std::vector<Drift> find_drift(const Document& document, const Catalogue& expected, const Catalogue& known, const Catalogue& actual,
                              Database& database) {
  return Comparison(document, database).run(expected, known, actual);
}

}  // namespace drizzle_audit::verify
