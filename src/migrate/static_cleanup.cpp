// See static_cleanup.h.
#include "migrate/static_cleanup.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

#include "migrate/collect.h"
#include "migrate/parity.h"
#include "migrate/sql_text.h"

namespace drizzle_audit::migrate {
namespace {

using Names = std::vector<std::string>;

constexpr std::size_t kMaxName = 64;  // characters of a MySQL identifier
constexpr int kSelfReferences = 8;    // how deep a table that refers to itself is followed before the cleanup gives up

/// A foreign key, planned or declared, with what happens to a row whose parent goes.
struct Edge {
  const Table* child = nullptr;
  const Table* parent = nullptr;
  Names columns;
  Names parent_columns;
  std::string name;
  bool planned = false;
  Choice choice = Choice::kAbort;  ///< planned
  std::string action;              ///< declared: what ON DELETE says; "follow" when its rows may go, too
};

class Cleanup {
 public:
  Cleanup(const Model& model, const Plan& plan) : model_(model), plan_(plan), dialect_(model.dialect) {
    collect_edges();
    find_touched();
    sort_tables();
  }
  std::string cleanup();
  std::string restore();

 private:
  void collect_edges();
  void find_touched();
  void sort_tables();
  [[nodiscard]] std::string name(const Table& table) const { return qualified(dialect_, table_ref(table)); }
  [[nodiscard]] std::string shelf(const Table& table) const;
  [[nodiscard]] Names key(const Table& table) const;
  [[nodiscard]] Names all_columns(const Table& table, bool generated) const;
  [[nodiscard]] std::string batch() const {
    return dialect_ == Dialect::kSqlite ? "(SELECT id FROM temp.drizzle_audit_batch)" : "@drizzle_audit_batch";
  }
  [[nodiscard]] std::string pairs(const Names& left, std::string_view l, const Names& right, std::string_view r) const;
  [[nodiscard]] std::string filled(const Names& names) const;
  /// The row `alias` of `table` is already in the quarantine by this run and goes.
  [[nodiscard]] std::string doomed(const Table& table, std::string_view alias) const;
  [[nodiscard]] std::string parent_doomed(const Edge& edge) const;
  [[nodiscard]] std::string orphaned(const Edge& edge) const;
  std::string put(const Table& table, const std::string& cause, std::string_view action, const Names& emptied,
                  const std::string& condition) const;
  std::string stop(const std::string& count, const std::string& message) { return stop_unless_none(dialect_, ++guards_, count, message); }
  void fill_shelf(const Table& table, std::string& out);
  void remaining_guards(std::string& out);

  const Model& model_;
  const Plan& plan_;
  Dialect dialect_;
  std::vector<Edge> edges_;
  std::set<const Table*> touched_;
  std::set<const Table*> losing_;
  std::vector<const Table*> order_;  ///< all tables, parents first
  int guards_ = 0;
};

void Cleanup::collect_edges() {
  for (const ForeignKeyChange& change : plan_.changes.foreign_keys) {
    Edge edge;
    edge.child = find_table(model_, change.key.table);
    edge.parent = find_table(model_, change.key.foreign_table);
    edge.columns = change.key.columns;
    edge.parent_columns = change.key.foreign_columns;
    edge.name = change.key.name;
    edge.planned = true;
    edge.choice = change.choice;
    edges_.push_back(std::move(edge));
  }
  for (const Table& table : model_.tables) {
    for (const ForeignKey& declared : table.foreign_keys) {
      if (declared.error || declared.foreign_table == nullptr || !table.name.known()) continue;
      Edge edge;
      edge.child = &table;
      edge.parent = declared.foreign_table;
      edge.columns = column_names(declared.columns);
      edge.parent_columns = column_names(declared.foreign_columns);
      if (declared.name.known()) edge.name = std::string(declared.name.value().value_or(""));
      if (edge.name.empty()) edge.name = label(table_ref(table)) + '.' + joined(edge.columns, "_");
      edge.action = std::string(declared.on_delete);
      const Names& follow = plan_.options.follow;
      if (std::find(follow.begin(), follow.end(), edge.name) != follow.end()) edge.action = "follow";
      edges_.push_back(std::move(edge));
    }
  }
}

void Cleanup::find_touched() {
  for (const Edge& edge : edges_) {
    if (!edge.planned || edge.choice == Choice::kAbort) continue;
    touched_.insert(edge.child);
    if (edge.choice == Choice::kDelete) losing_.insert(edge.child);
  }
  for (const UniqueChange& change : plan_.changes.uniques) {
    if (change.choice != Choice::kKeepNewest) continue;
    touched_.insert(find_table(model_, change.table));
    losing_.insert(find_table(model_, change.table));
  }
  for (const DropColumnChange& change : plan_.changes.dropped_columns) {
    if (change.choice == Choice::kAccept) touched_.insert(find_table(model_, change.drop.table));
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const Edge& edge : edges_) {
      if (edge.planned || !losing_.contains(edge.parent)) continue;
      const bool goes = edge.action == "cascade" || edge.action == "follow";
      const bool empties = edge.action == "set null" || edge.action == "set default";
      if (goes) changed = losing_.insert(edge.child).second || changed;
      if (goes || empties) touched_.insert(edge.child);
    }
  }
}

void Cleanup::sort_tables() {
  std::vector<const Table*> left;
  for (const Table& table : model_.tables) left.push_back(&table);
  while (!left.empty()) {
    // The first one that refers to nothing still left; in a circle simply the first.
    auto next = std::find_if(left.begin(), left.end(), [&](const Table* table) {
      return std::none_of(edges_.begin(), edges_.end(), [&](const Edge& edge) {
        return edge.child == table && edge.parent != table && std::find(left.begin(), left.end(), edge.parent) != left.end();
      });
    });
    if (next == left.end()) next = left.begin();
    order_.push_back(*next);
    left.erase(next);
  }
}

std::string Cleanup::shelf(const Table& table) const {
  const TableRef ref = table_ref(table);
  std::string full = plan_.options.quarantine + '_' + (ref.schema ? *ref.schema + '_' : std::string()) + ref.table;
  if (full.size() > kMaxName) {
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const char c : full) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    const std::string tail = '_' + std::to_string(hash);
    full = full.substr(0, kMaxName - tail.size()) + tail;
  }
  return quoted(dialect_, full);
}

Names Cleanup::key(const Table& table) const {
  return table.primary_keys.empty() ? Names() : column_names(table.primary_keys.front().columns);
}

Names Cleanup::all_columns(const Table& table, bool generated) const {
  Names names;
  for (const Column& column : table.columns) {
    if (column.name.known() && (generated || !column.generated)) names.emplace_back(column.name.value());
  }
  return names;
}

std::string Cleanup::pairs(const Names& left, std::string_view l, const Names& right, std::string_view r) const {
  std::string out;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (i > 0) out += " AND ";
    out += std::string(l) + '.' + quoted(dialect_, left[i]) + " = " + std::string(r) + '.' + quoted(dialect_, right[i]);
  }
  return out;
}

std::string Cleanup::filled(const Names& names) const {
  std::string out;
  for (const std::string& one : names) out += (out.empty() ? "t." : " AND t.") + quoted(dialect_, one) + " IS NOT NULL";
  return out;
}

std::string Cleanup::doomed(const Table& table, std::string_view alias) const {
  return "EXISTS (SELECT 1 FROM " + shelf(table) + " d WHERE d.quarantine_batch = " + batch() +
         " AND d.quarantine_action IN ('delete', 'cascade') AND " + pairs(key(table), "d", key(table), alias) + ')';
}

std::string Cleanup::parent_doomed(const Edge& edge) const {
  return "EXISTS (SELECT 1 FROM " + shelf(*edge.parent) + " q WHERE q.quarantine_batch = " + batch() +
         " AND q.quarantine_action IN ('delete', 'cascade') AND " + pairs(edge.parent_columns, "q", edge.columns, "t") + ')';
}

std::string Cleanup::orphaned(const Edge& edge) const {
  std::string gone =
      "NOT EXISTS (SELECT 1 FROM " + name(*edge.parent) + " p WHERE " + pairs(edge.parent_columns, "p", edge.columns, "t") + ')';
  if (losing_.contains(edge.parent)) gone = '(' + gone + " OR " + parent_doomed(edge) + ')';
  return filled(edge.columns) + " AND " + gone;
}

std::string Cleanup::put(const Table& table, const std::string& cause, std::string_view action, const Names& emptied,
                         const std::string& condition) const {
  const Names names = all_columns(table, true);
  return "INSERT INTO " + shelf(table) + " (quarantine_batch, quarantine_cause, quarantine_action, quarantine_columns, quarantined_at, " +
         columns(dialect_, names) + ")\n  SELECT " + batch() + ", " + literal(dialect_, cause) + ", " + literal(dialect_, action) + ", " +
         literal(dialect_, joined(emptied, ",")) + ", CURRENT_TIMESTAMP, " + columns(dialect_, names, "t") + " FROM " + name(table) +
         " t WHERE " + condition + (action == "difference" ? "" : " AND NOT " + doomed(table, "t")) + ";\n";
}

void Cleanup::fill_shelf(const Table& table, std::string& out) {
  out += '\n' + comment_line(label(table_ref(table)));
  std::string again;  // what a table that refers to itself needs once more
  for (const Edge& edge : edges_) {
    if (edge.child != &table) continue;
    const bool own = edge.parent == &table;
    if (edge.planned && edge.choice == Choice::kDelete) (own ? again : out) += put(table, edge.name, "delete", {}, orphaned(edge));
    if (edge.planned && edge.choice == Choice::kDelete && own) out += put(table, edge.name, "delete", {}, orphaned(edge));
    if (!edge.planned && losing_.contains(edge.parent) && (edge.action == "cascade" || edge.action == "follow"))
      (own ? again : out) += put(table, edge.name, "cascade", {}, parent_doomed(edge));
  }
  for (const UniqueChange& change : plan_.changes.uniques) {
    if (find_table(model_, change.table) != &table || change.choice != Choice::kKeepNewest) continue;
    std::string order;
    for (const std::string& one : change.newest) order += (order.empty() ? "u." : ", u.") + quoted(dialect_, one) + " DESC";
    std::string not_null;
    for (const std::string& one : change.columns) not_null += "u." + quoted(dialect_, one) + " IS NOT NULL AND ";
    out += put(table, change.name, "delete", {},
               "EXISTS (SELECT 1 FROM (SELECT " + columns(dialect_, key(table), "u") + ", row_number() OVER (PARTITION BY " +
                   columns(dialect_, change.columns, "u") + " ORDER BY " + order + ") AS quarantine_place FROM " + name(table) +
                   " u WHERE " + not_null + "NOT " + doomed(table, "u") + ") r WHERE r.quarantine_place > 1 AND " +
                   pairs(key(table), "r", key(table), "t") + ')');
  }
  for (int i = 0; !again.empty() && i < kSelfReferences; ++i) out += again;
  for (const Edge& edge : edges_) {
    if (edge.child != &table) continue;
    if (edge.planned && edge.choice == Choice::kSetNull) out += put(table, edge.name, "set null", edge.columns, orphaned(edge));
    if (!edge.planned && losing_.contains(edge.parent) && (edge.action == "set null" || edge.action == "set default"))
      out += put(table, edge.name, "set null", edge.columns, parent_doomed(edge));
  }
  for (const DropColumnChange& change : plan_.changes.dropped_columns) {
    if (find_table(model_, change.drop.table) == &table && change.choice == Choice::kAccept)
      out += put(table, difference_name(change), "difference", {}, differs(dialect_, change));
  }
}

/// Before anything is deleted: rows that nobody has chosen for.
void Cleanup::remaining_guards(std::string& out) {
  out += "\n-- Rows that nobody has chosen for: stop, and change nothing.\n";
  for (const Edge& edge : edges_) {
    const std::string not_doomed = losing_.contains(edge.child) ? " AND NOT " + doomed(*edge.child, "t") : "";
    const std::string from = "SELECT count(*) FROM " + name(*edge.child) + " t WHERE ";
    if (edge.planned && edge.choice == Choice::kAbort) {
      out += stop(from + orphaned(edge) + not_doomed, "orphans " + edge.name + " need a choice");
    } else if (!edge.planned && losing_.contains(edge.parent) && edge.action != "set null" && edge.action != "set default") {
      out += stop(from + parent_doomed(edge) + not_doomed, "rows refer by " + edge.name + " to rows that would go");
    }
  }
  for (const DataCheck& check : plan_.checks) {
    for (const UniqueChange& change : plan_.changes.uniques) {
      if (check.kind == CheckKind::kDuplicates && check.name == change.name && change.choice == Choice::kAbort)
        out += stop(check.count, "duplicates " + check.name + " need a choice");
    }
    for (const DropColumnChange& change : plan_.changes.dropped_columns) {
      if (check.kind == CheckKind::kDifferences && check.name == difference_name(change) && change.choice == Choice::kAbort)
        out += stop(check.count, "differences " + check.name + " need a choice");
    }
  }
}

std::string Cleanup::cleanup() {
  const bool sqlite = dialect_ == Dialect::kSqlite;
  std::string out = guard_head(dialect_);
  for (const Table* table : order_) {
    if (!touched_.contains(table)) continue;
    if (key(*table).empty()) {
      out += stop("SELECT 1", label(table_ref(*table)) + " has no primary key: clean it up by hand");
      continue;
    }
    const std::string text = sqlite ? "NULL" : "CAST(NULL AS CHAR(255))";
    out += "CREATE TABLE IF NOT EXISTS " + shelf(*table) + " AS SELECT " + text + " AS quarantine_batch, " + text +
           " AS quarantine_cause, " + text + " AS quarantine_action, " + text + " AS quarantine_columns, " + text + " AS quarantined_at, " +
           columns(dialect_, all_columns(*table, true), "t") + " FROM " + name(*table) + " t WHERE 1 = 0;\n";
  }
  if (sqlite) {
    // The statements below do what the database would do, and copy it first; with checks off there is one order that always works.
    out = "PRAGMA foreign_keys = OFF;\n" + out;
    out += "BEGIN IMMEDIATE;\nCREATE TEMP TABLE drizzle_audit_batch AS SELECT lower(hex(randomblob(16))) AS id;\n";
  } else {
    out += "SET @drizzle_audit_batch = CONCAT(UUID(), '');\nSTART TRANSACTION;\n";
  }
  for (const Table* table : order_) {
    if (touched_.contains(table)) fill_shelf(*table, out);
  }
  remaining_guards(out);
  out += "\n-- All is copied. Children first.\n";
  for (auto table = order_.rbegin(); table != order_.rend(); ++table) {
    if (!losing_.contains(*table)) continue;
    out += "DELETE FROM " + name(**table) + " WHERE EXISTS (SELECT 1 FROM " + shelf(**table) + " d WHERE d.quarantine_batch = " + batch() +
           " AND d.quarantine_action IN ('delete', 'cascade') AND " + pairs(key(**table), "d", key(**table), name(**table)) + ");\n";
  }
  for (const Edge& edge : edges_) {
    const bool by_database = !edge.planned && losing_.contains(edge.parent) && edge.action == "set null" && sqlite;
    if (!(edge.planned && edge.choice == Choice::kSetNull) && !by_database) continue;
    std::string set;
    for (const std::string& column : edge.columns) set += (set.empty() ? "" : ", ") + quoted(dialect_, column) + " = NULL";
    out += "UPDATE " + name(*edge.child) + " SET " + set + " WHERE EXISTS (SELECT 1 FROM " + shelf(*edge.child) +
           " d WHERE d.quarantine_batch = " + batch() +
           " AND d.quarantine_action = 'set null' AND d.quarantine_cause = " + literal(dialect_, edge.name) + " AND " +
           pairs(key(*edge.child), "d", key(*edge.child), name(*edge.child)) + ");\n";
  }
  out += '\n';
  for (const DataCheck& check : plan_.checks) {
    if (check.kind == CheckKind::kOrphans || check.kind == CheckKind::kDuplicates)
      out += stop(check.count, "rows still violate " + check.name);
  }
  out += "COMMIT;\n";
  for (const Table* table : order_) {
    if (touched_.contains(table) && !key(*table).empty())
      out += "SELECT " + literal(dialect_, label(table_ref(*table))) + " AS " + quoted(dialect_, "table") +
             ", quarantine_cause, quarantine_action, count(*) FROM " + shelf(*table) + " GROUP BY quarantine_cause, quarantine_action;\n";
  }
  return out;
}

std::string Cleanup::restore() {
  std::string out;
  const bool sqlite = dialect_ == Dialect::kSqlite;
  if (touched_.empty()) return out;
  for (const Table* table : order_) {
    // The plan may be rolled back before its cleanup ran.
    if (touched_.contains(table) && !key(*table).empty()) {
      const std::string text = sqlite ? "NULL" : "CAST(NULL AS CHAR(255))";
      out += "CREATE TABLE IF NOT EXISTS " + shelf(*table) + " AS SELECT " + text + " AS quarantine_batch, " + text +
             " AS quarantine_cause, " + text + " AS quarantine_action, " + text + " AS quarantine_columns, " + text +
             " AS quarantined_at, " + columns(dialect_, all_columns(*table, true), "t") + " FROM " + name(*table) + " t WHERE 1 = 0;\n";
    }
  }
  out += sqlite ? "BEGIN IMMEDIATE;\n" : "START TRANSACTION;\n";
  for (const Table* table : order_) {
    if (!touched_.contains(table) || key(*table).empty()) continue;
    const Names names = all_columns(*table, false);
    out += "INSERT INTO " + name(*table) + " (" + columns(dialect_, names) + ") SELECT " + columns(dialect_, names, "q") + " FROM " +
           shelf(*table) + " q WHERE q.quarantine_action IN ('delete', 'cascade');\n";
    out += "DELETE FROM " + shelf(*table) + " WHERE quarantine_action IN ('delete', 'cascade');\n";
  }
  for (const Edge& edge : edges_) {
    if (!touched_.contains(edge.child) || key(*edge.child).empty()) continue;
    const bool emptied = edge.planned ? edge.choice == Choice::kSetNull : losing_.contains(edge.parent) && edge.action.starts_with("set ");
    if (!emptied) continue;
    const std::string child = name(*edge.child);
    const std::string match = " FROM " + shelf(*edge.child) +
                              " q WHERE q.quarantine_action = 'set null' AND q.quarantine_cause = " + literal(dialect_, edge.name) +
                              " AND " + pairs(key(*edge.child), "q", key(*edge.child), child);
    std::string set;
    std::string empty;
    for (const std::string& column : edge.columns) {
      set += (set.empty() ? "" : ", ") + quoted(dialect_, column) + " = (SELECT max(q." + quoted(dialect_, column) + ')' + match + ')';
      empty += quoted(dialect_, column) + " IS NULL AND ";
    }
    out += "UPDATE " + child + " SET " + set + " WHERE " + empty + "EXISTS (SELECT 1" + match + ");\n";
  }
  out += "COMMIT;\n";
  for (const Table* table : order_) {
    if (touched_.contains(table)) out += "DROP TABLE IF EXISTS " + shelf(*table) + ";\n";
  }
  return out;
}

}  // namespace

std::string guard_head(Dialect dialect) {
  if (dialect != Dialect::kSqlite) return {};
  return "CREATE TEMP TABLE drizzle_audit_guard (id INTEGER, n INTEGER);\n";
}

std::string stop_unless_none(Dialect dialect, int id, const std::string& count, const std::string& message) {
  if (dialect == Dialect::kSqlite) {
    const std::string number = std::to_string(id);
    return "CREATE TEMP TRIGGER drizzle_audit_guard_" + number + " BEFORE INSERT ON drizzle_audit_guard WHEN NEW.id = " + number +
           " AND NEW.n > 0 BEGIN SELECT RAISE(ABORT, " + literal(dialect, message) + "); END;\nINSERT INTO drizzle_audit_guard VALUES (" +
           number + ", (" + count + "));\n";
  }
  // MySQL can only raise an error of its own in stored programs; a column that does not exist carries the words.
  std::string words;
  for (const char c : message) words += c == '`' ? '\'' : c;
  return "SET @drizzle_audit_n = (" + count +
         ");\nSET @drizzle_audit_sql = IF(@drizzle_audit_n > 0, CONCAT('SELECT `', @drizzle_audit_n, " +
         literal(dialect, ": " + words + '`') +
         "), 'DO 0');\nPREPARE drizzle_audit FROM @drizzle_audit_sql;\nEXECUTE drizzle_audit;\nDEALLOCATE PREPARE drizzle_audit;\n";
}

std::string static_preflight(Dialect dialect, const std::vector<DataCheck>& checks) {
  std::string out = guard_head(dialect);
  out += dialect == Dialect::kSqlite ? "BEGIN;\n" : "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY;\n";
  for (const DataCheck& check : checks) {
    out += '\n' + comment_line(std::string(to_string(check.kind)) + ": " + check.what);
    out += "SELECT " + literal(dialect, std::string(to_string(check.kind)) + ' ' + check.name) + " AS " + quoted(dialect, "check") + ", (" +
           check.count + ") AS " + quoted(dialect, "rows") + ";\n";
    out += check.sample + ";\n";
  }
  out += "\n-- Fails while there are any.\n";
  int id = 0;
  for (const DataCheck& check : checks)
    out += stop_unless_none(dialect, ++id, check.count, std::string(to_string(check.kind)) + ' ' + check.name + ": rows are in the way");
  return out + "COMMIT;\n";
}

std::string static_cleanup(const Model& model, const Plan& plan) { return Cleanup(model, plan).cleanup(); }

std::string static_restore(const Model& model, const Plan& plan) { return Cleanup(model, plan).restore(); }

}  // namespace drizzle_audit::migrate
