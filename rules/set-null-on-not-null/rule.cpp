// Foreign keys that set a column to NULL which must not be NULL. Source of truth: PostgreSQL 15 and SQLite 3.40 accept the constraint and
// refuse the delete; MariaDB and MySQL refuse the constraint (ER_FK_COLUMN_NOT_NULL).
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "_shared/foreign_keys.h"
#include "_shared/keys.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::set_null_on_not_null {
namespace {

/// Whether the database has the column NOT NULL. SQLite alone lets the columns of a table-level primary key be NULL.
bool is_not_null(const Table& table, const Column& column) {
  if (column.not_null || column.primary_key) return true;
  if (table.dialect == Dialect::kSqlite) return false;
  return std::any_of(table.primary_keys.begin(), table.primary_keys.end(), [&](const PrimaryKey& key) {
    return std::find(key.columns.begin(), key.columns.end(), &column) != key.columns.end();
  });
}

const Column* first_not_null(const Table& table, const ForeignKey& key) {
  const auto found =
      std::find_if(key.columns.begin(), key.columns.end(), [&](const Column* column) { return is_not_null(table, *column); });
  return found == key.columns.end() ? nullptr : *found;
}

bool writes_null(const ForeignKey& key, std::string_view action) {
  if (action == "set null") return true;
  // Without a DEFAULT the default is NULL.
  return action == "set default" && std::any_of(key.columns.begin(), key.columns.end(), [](const Column* column) {
           return column->not_null && !column->has_default && !column->generated && !column->identity && column->default_text.known() &&
                  !column->default_text.value();
         });
}

std::string note_for(const Table& table, bool on_delete) {
  const std::string parent = on_delete ? "deleting a row that is referenced" : "changing a key that is referenced";
  if (table.dialect == Dialect::kMysql) return "MySQL refuses to create such a foreign key; drizzle-kit generates it and exits with 0";
  return "the constraint is created without complaint, and then " + parent + " fails with a NOT NULL violation";
}

/// `onDelete: "set null"` or `.onDelete("set null")` as "restrict"; none when it is not written out like that.
std::optional<SchemaChange> refuse_instead(const Model& model, const Table& table, const ForeignKey& key, const std::string& method,
                                           std::string_view action) {
  const Span place = key.is_inline ? key.columns.front()->span : key.span;
  if (!place.somewhere()) return std::nullopt;
  const std::string_view source = model.sources->text(place);
  for (const std::string_view between : {": ", "(", ":"}) {
    for (const char quote : {'"', '\''}) {
      const std::string from = method + std::string(between) + quote + std::string(action) + quote;
      const std::size_t at = source.find(from);
      if (at == std::string_view::npos || source.find(from, at + 1) != std::string_view::npos) continue;
      const std::string to = method + std::string(between) + quote + "restrict" + quote;
      if (key.is_inline) return ReplaceColumn{table_ref(table), column_name(*key.columns.front()), from, to};
      return ReplaceExtra{table_ref(table), from, to};
    }
  }
  return std::nullopt;
}

void report(const RuleContext& context, const Table& table, const ForeignKey& key, bool on_delete) {
  const std::string_view action = on_delete ? key.on_delete : key.on_update;
  const Column* column = first_not_null(table, key);
  if (column == nullptr || !writes_null(key, action)) return;
  Subject subject = foreign_key_subject(table, key);
  subject.name += on_delete ? " on delete" : " on update";
  const std::string method = on_delete ? "onDelete" : "onUpdate";
  Finding& finding = context.report(key.span, std::move(subject),
                                    qualified(table, std::span(&column, 1)) + " is NOT NULL, but its foreign key to " +
                                        display_name(*key.foreign_table) + " says " + method + ": \"" + std::string(action) + "\"" +
                                        (action == "set default" ? " and it has no default" : ""));
  finding.note = note_for(table, on_delete);
  finding.help = key.columns.size() > 1
                     ? "drizzle cannot write SET NULL for some of the columns only: choose another action, or write the constraint in SQL"
                     : "let the column be null, or say what is to happen to the rows: \"cascade\", \"restrict\" or \"no action\"";
  finding.evidence.push_back({"declaration", method + ": \"" + std::string(action) + "\"", key.span});
  // What the database does today: the delete fails. Anything else changes which rows there are, or the row's type.
  if (std::optional<SchemaChange> change = refuse_instead(context.model(), table, key, method, action)) finding.change = std::move(*change);
  finding.evidence.push_back(
      {"declaration", column_name(*column) + (column->not_null && !column->primary_key ? " is NOT NULL" : " is part of the primary key"),
       column->span});
}

void check(const RuleContext& context) {
  for (const Table& table : context.model().tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (!is_readable(table, key)) continue;
      report(context, table, key, true);
      report(context, table, key, false);
    }
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "set-null-on-not-null",
    .summary = "A foreign key sets a column to NULL that must not be NULL.",
    .category = "integrity",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::set_null_on_not_null
