#include "migrate/plan_page.h"

#include "migrate/postgres.h"
#include "migrate/sql_text.h"

namespace drizzle_audit::migrate {
namespace {

std::string bullet_list(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += "- " + line + '\n';
  return out;
}

std::string choices_table(const Plan& plan) {
  std::string out;
  const bool postgres = plan.changes.dialect == Dialect::kPostgresql;
  const auto row = [&](const std::string& name, const std::string& kind, const std::string& possible, Choice choice) {
    out += "| " + (postgres ? '`' + postgres::variable(name) + '`' : '`' + name + '`') + " | " + kind + " | " + possible + " | " +
           std::string(to_string(choice)) + " |\n";
  };
  for (const ForeignKeyChange& change : plan.changes.foreign_keys)
    row(change.key.name, "orphans of " + label(change.key.table, change.key.columns),
        change.nullable ? "abort, delete, set-null" : "abort, delete", change.choice);
  for (const UniqueChange& change : plan.changes.uniques)
    row(change.name,
        "duplicates of " + label(change.table, change.columns) + "; newest by " +
            (change.newest.empty() ? "place in the table" : joined(change.newest, ", ")),
        "abort, keep-newest", change.choice);
  for (const DropColumnChange& change : plan.changes.dropped_columns)
    row(difference_name(change),
        std::string("differences from ") + label(change.drop.parity_table) + ", by " +
            (change.parity == ParityKind::kIds ? "ids" : "numbers of rows"),
        "abort, accept", change.choice);
  if (out.empty()) return {};
  return "| name | rows | choices | now |\n|---|---|---|---|\n" + out;
}

std::string checklist(const Plan& plan) {
  std::string out;
  for (const DataCheck& check : plan.checks)
    out += "- [ ] " + std::string(to_string(check.kind)) + ": " + check.what + " (`" + check.name + "`)\n";
  return out.empty() ? "Nothing in the data can be in the way of this plan.\n" : out;
}

std::string left_out(const Changes& changes) {
  if (changes.left_out.empty()) return {};
  std::string out = "\n## Not in this plan\n\n";
  for (const LeftOut& one : changes.left_out) out += "- " + one.what + ": " + one.why + '\n';
  return out;
}

constexpr std::string_view kPostgresSteps =
    R"(## What runs when

Run the files with psql, one after the other, as the owner of the tables. Every file can be run again; after an interruption run the same
file again.

    psql -X -f 0_preflight.sql "$DATABASE_URL"

| file | does | locks | how long |
|---|---|---|---|
| `0_preflight.sql` | counts the rows that are in the way; fails while there are any | none | reads each table named below |
| `1_cleanup.sql` | moves these rows to the quarantine, as chosen | writers of the tables it cleans wait (`SHARE ROW)"
    R"( EXCLUSIVE`) | one transaction: finding, copying and deleting the rows |
| `2_expand.sql` | adds foreign keys and checks `NOT VALID`, and views | writers of both tables of a foreign key, for)"
    R"( an instant | waits at most {{lock_timeout}} for a lock, then lets others through and tries again |
| `3_concurrent.sql` | builds indexes `CONCURRENTLY`; drops invalid ones of an earlier try | none that a reader or)"
    R"( writer notices | minutes on large tables; waits for long transactions to end |
| `4_validate.sql` | validates; makes constraints of unique indexes | none for validation; everybody for an instant)"
    R"( (`ACCESS EXCLUSIVE`) for `ADD … USING INDEX`, at most {{lock_timeout}} waiting | validation reads the table once |
| deploy | the fixed schema; code that does not use what `5_contract.sql` takes away | | |
| `5_contract.sql` | makes redundant columns read-only, or drops them; drops needless indexes | everybody for an)"
    R"( instant, at most {{lock_timeout}} waiting | a backup of a dropped column copies it |
| `verify.sql` | fails unless all constraints and indexes are there, valid, and as planned | none | reads each table once |

Never put these files into drizzle-kit's folder: its migrator runs all pending files in one transaction, where `CONCURRENTLY` fails and
every lock is held to the end. `drizzle-audit plan --drizzle` writes what one transaction can do. Names agree with drizzle-kit's: after
the same changes in the schema, `drizzle-kit generate` finds what is in the database.

)";

constexpr std::string_view kPostgresCleaning =
    R"(`abort` is the default: `1_cleanup.sql` then lists what needs a choice and changes nothing. Choose for each name:

    psql -X -v NAME=delete -v OTHER_NAME=keep-newest -f 1_cleanup.sql "$DATABASE_URL"

Everything that is deleted or emptied is copied into the schema `{{quarantine}}` first, one table for each table, with cause, action and
time; so are the rows that existing foreign keys delete or empty along with them. Where an existing foreign key forbids a deletion, the
cleanup stops and names it; `-v follow=NAME,NAME` lets these rows go too.

)";

constexpr std::string_view kPostgresRollback = R"(## Going back

    psql -X -f rollback.sql "$DATABASE_URL"

undoes what the plan did, from any point: it reads `{{quarantine}}.steps`, so it never touches what was there before. The rows of the
quarantine go back to their tables and the quarantine is removed; where a row has a successor by now, it stops and says so. The catalogue is
then what it was, with one exception: a column that `5_contract.sql` dropped comes back with its values, but as the last one of its table.
Once you are sure, and only then: `DROP SCHEMA {{quarantine}} CASCADE`.
)";

constexpr std::string_view kMysqlSteps = R"(## What runs when

    mysql --show-warnings DATABASE < 0_preflight.sql

one file after the other; never with `--force`. Every file can be run again.

| file | does | locks |
|---|---|---|
| `0_preflight.sql` | counts the rows that are in the way; stops with an error that says so while there are any | none |
| `1_cleanup.sql` | moves these rows to tables called `{{quarantine}}_…`, as chosen when the plan was made | the rows)"
                                         R"( it moves, until the end of its transaction |
| `2_apply.sql` | indexes and unique constraints first (`ALGORITHM=INPLACE, LOCK=NONE`: writers go on), then foreign)"
                                         R"( keys | MySQL copies the table to check a new foreign key: writers wait as long as that takes |
| `verify.sql` | stops with an error unless all of it is there | none |

MySQL commits each statement that changes the catalogue by itself: after an interruption run the file again.

)";

constexpr std::string_view kSqliteSteps = R"(## What runs when

    sqlite3 app.db < 0_preflight.sql

one file after the other, while nothing else writes. Every file can be run again. Not through drizzle-kit migrate and not on D1: there
`PRAGMA foreign_keys=OFF` has no effect inside the transaction, and rebuilding a table then deletes the rows of tables that refer to it with
ON DELETE CASCADE. `2_apply.sql` refuses to start in that case.

| file | does |
|---|---|
| `0_preflight.sql` | counts the rows that are in the way; fails while there are any |
| `1_cleanup.sql` | moves these rows to tables called `{{quarantine}}_…`, as chosen when the plan was made |
| `2_apply.sql` | indexes; rebuilds a table for each new foreign key, in one transaction, and checks all foreign keys before it commits |
| `verify.sql` | fails unless all of it is there |

)";

constexpr std::string_view kOtherCleaning =
    R"(`abort` is the default: `1_cleanup.sql` then changes nothing while there are such rows. Make the plan again with other choices:
`--on-orphans delete`, `--on-duplicates keep-newest`, or for one of them `--choose NAME=delete`. Everything that is deleted or emptied is
copied first, with cause, action and time; so are the rows that existing foreign keys delete or empty along with them.

)";

constexpr std::string_view kOtherRollback = R"(## Going back

`rollback.sql` removes what the plan added, puts the rows of the quarantine back and removes the quarantine.
)";

}  // namespace

std::vector<std::string> change_lines(const Changes& changes) {
  std::vector<std::string> lines;
  for (const ForeignKeyChange& change : changes.foreign_keys) {
    const AddForeignKey& key = change.key;
    std::string line =
        "foreign key " + key.name + ": " + label(key.table, key.columns) + " refers to " + label(key.foreign_table, key.foreign_columns);
    if (key.on_delete != "no action") line += ", on delete " + key.on_delete;
    if (key.on_update != "no action") line += ", on update " + key.on_update;
    lines.push_back(std::move(line));
  }
  for (const UniqueChange& change : changes.uniques) {
    const char* what = change.kind == UniqueChange::Kind::kPrimaryKey ? "primary key "
                       : change.kind == UniqueChange::Kind::kIndex    ? "unique index "
                                                                      : "unique constraint ";
    lines.push_back(what + change.name + ": " + label(change.table, change.columns));
  }
  for (const IndexChange& change : changes.indexes) lines.push_back("index " + change.name + ": " + label(change.table, change.columns));
  for (const CheckChange& change : changes.checks)
    lines.push_back("check " + change.name + " of " + label(change.table) + ": " + change.expression);
  for (const DropIndexChange& change : changes.dropped_indexes)
    lines.push_back("drop index " + change.index.name + ": " + label(change.index.table, change.index.columns));
  for (const DropColumnChange& change : changes.dropped_columns) {
    lines.push_back("redundant column " + difference_name(change) + ", which repeats " + label(change.drop.parity_table) + ": " +
                    (change.fate == ColumnFate::kKeep ? "kept, read-only" : "dropped"));
  }
  return lines;
}

std::string plan_page(const Plan& plan) {
  const Dialect dialect = plan.changes.dialect;
  const bool postgres = dialect == Dialect::kPostgresql;
  const std::string_view steps = postgres ? kPostgresSteps : dialect == Dialect::kSqlite ? kSqliteSteps : kMysqlSteps;
  std::string page = "# Migration plan (" + std::string(to_string(dialect)) +
                     ")\n\nMade by drizzle-audit from the findings of the schema:\n\n" + bullet_list(change_lines(plan.changes)) + '\n' +
                     std::string(steps) + "## Cleaning up\n\n" + checklist(plan) + '\n';
  const std::string choices = choices_table(plan);
  if (!choices.empty()) page += std::string(postgres ? kPostgresCleaning : kOtherCleaning) + choices + '\n';
  if (postgres && !plan.changes.dropped_columns.empty()) {
    page += "Views for readers that still want a redundant column, made of the rows it repeats; read-only:\n\n";
    for (const DropColumnChange& change : plan.changes.dropped_columns) page += "- `" + label(postgres::view_name(change)) + "`\n";
    page += '\n';
  }
  page += postgres ? kPostgresRollback : kOtherRollback;
  page += left_out(plan.changes);
  return fill(page, {{"quarantine", plan.options.quarantine}, {"lock_timeout", plan.options.lock_timeout}});
}

}  // namespace drizzle_audit::migrate
