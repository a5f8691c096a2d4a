// Tables that nothing makes a primary key of. A warning, as logs and events are often kept without one on purpose; an info where a unique
// key on NOT NULL columns does nearly the same. Tables like links are proposed the pair of their foreign keys; those that plainly are links
// belong to link-table-without-key.
#include <algorithm>
#include <cctype>
#include <string>

#include "_shared/constraint_names.h"
#include "_shared/foreign_keys.h"
#include "_shared/keys.h"
#include "_shared/link_table.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::missing_primary_key {
namespace {

using Columns = std::vector<const Column*>;

/// Whether a primary key was written that drizzle skips (ineffective-table-extra reports it), or anything here could not be read.
bool may_have_key(const Table& table) {
  if (table.incomplete.primary_keys || table.incomplete.columns || table.columns.empty() || !table.name.known()) return true;
  const auto is_key = [](const IgnoredExtra& extra) {
    return extra.builder == "primaryKey" || extra.reason == IgnoredReason::kRawSql || extra.reason == IgnoredReason::kReturnsNothing ||
           std::any_of(extra.inner.begin(), extra.inner.end(), [](const IgnoredExtra& inner) { return inner.builder == "primaryKey"; });
  };
  if (std::any_of(table.ignored_extras.begin(), table.ignored_extras.end(), is_key)) return true;
  return std::any_of(table.columns.begin(), table.columns.end(),
                     [](const Column& column) { return column.unread_chain || !column.name.known(); });
}

/// Whether a comment in the table, or right above it, says that it has none on purpose.
bool is_decided_in_comment(const Model& model, const Table& table) {
  static constexpr std::uint32_t kAbove = 400;
  for (const Comment& comment : model.comments) {
    if (comment.span.file != table.span.file || comment.span.start + kAbove < table.span.start || comment.span.start > table.span.end)
      continue;
    std::string text(comment.text);
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const std::string_view says : {"no primary key", "without a primary key", "without primary key", "no pk", "hypertable"}) {
      if (text.find(says) != std::string::npos) return true;
    }
  }
  return false;
}

/// The NOT NULL columns of a unique constraint or whole unique index, the shortest one.
Columns unique_key(const Table& table) {
  Columns best;
  const auto consider = [&](Columns columns) {
    const bool binds =
        std::all_of(columns.begin(), columns.end(), [](const Column* column) { return column != nullptr && column->not_null; });
    if (binds && !columns.empty() && (best.empty() || columns.size() < best.size())) best = std::move(columns);
  };
  for (const Unique& unique : table.uniques) consider({unique.columns.begin(), unique.columns.end()});
  for (const Index& index : table.indexes) {
    if (!index.unique || index.where) continue;
    Columns columns;
    for (const IndexColumn& part : index.columns) columns.push_back(part.column);
    consider(std::move(columns));
  }
  return best;
}

/// What a row of a link table may say beside the two rows it joins: when, and nothing else that would make a third key.
bool is_remark(const Column& column) {
  const std::string_view type = column.sql_type.known() ? column.sql_type.value() : "";
  return type.starts_with("timestamp") || type.starts_with("date") || type.starts_with("boolean") || column.has_default ||
         column.runtime_default || column.default_kind != DefaultKind::kNone ||
         column.column_type.find("Timestamp") != std::string_view::npos;
}

/// Rows that are only marked as deleted may be there again with the same keys.
bool is_soft_deleted(const Column& column) {
  return column_name(column).starts_with("deleted") || column_name(column).starts_with("removed") ||
         column_name(column).starts_with("archived");
}

/// The two foreign keys of a table that holds little else, first as declared.
Columns link_pair(const Table& table) {
  Columns pair;
  for (const Column& column : table.columns) {
    const auto holds = [&](const ForeignKey& key) { return key.columns.size() == 1 && key.columns.front() == &column && !key.error; };
    if (std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), holds)) {
      pair.push_back(&column);
    } else if (!is_remark(column) || is_soft_deleted(column)) {
      return {};
    }
  }
  if (pair.size() != 2 || table.incomplete.foreign_keys) return {};
  return pair;
}

/// A column called id that could be the key as it stands.
const Column* id_column(const Table& table) {
  const Column* column = find_column(table, "id");
  const bool counts = column != nullptr && (column->not_null || column->auto_increment || column->identity.has_value());
  return counts && column->dimensions == 0 && !column->generated ? column : nullptr;
}

std::string note_for(Dialect dialect) {
  switch (dialect) {
    case Dialect::kPostgresql: return "nothing tells two equal rows apart, and logical replication refuses UPDATE and DELETE on the table";
    case Dialect::kMysql:
      return "nothing tells two equal rows apart, InnoDB clusters by a hidden number, and group replication refuses writes to the table";
    default: break;
  }
  return "nothing tells two equal rows apart";
}

void report(const RuleContext& context, ConstraintNames& names, const Table& table) {
  const Columns unique = unique_key(table);
  const Columns pair = link_pair(table);
  const Column* id = id_column(table);
  Finding& finding = context.report(
      table.name_span.somewhere() ? table.name_span : table.span, table_subject(SubjectKind::kTable, table),
      pair.empty() ? display_name(table) + " has no primary key" : display_name(table) + " joins two tables and has no primary key");
  finding.note = note_for(context.model().dialect);
  finding.evidence.push_back({"declaration", "no column says .primaryKey() and no extra is a primaryKey()", table.span});
  Columns proposal;
  if (!unique.empty()) {
    finding.severity = Severity::kInfo;
    finding.note =
        "its unique key on " + qualified(table, unique) + " does nearly the same, but is not what replication and tools look for";
    finding.help = "make that the primary key, with primaryKey({ columns: […] }) or .primaryKey()";
    proposal = unique;
  } else if (!pair.empty()) {
    finding.note = "the same pair may be stored any number of times; " + finding.note;
    finding.help = "make the pair " + qualified(table, pair) + " the primary key";
    for (const Column* column : pair) finding.evidence.push_back({"declaration", column_name(*column) + " is a foreign key", column->span});
    proposal = pair;
  } else if (id != nullptr) {
    finding.help = "add .primaryKey() to " + std::string(id->key);
    finding.evidence.push_back({"declaration", "the column id is NOT NULL", id->span});
    proposal = {id};
  } else {
    finding.help =
        "add .primaryKey() to the column that identifies a row, or primaryKey({ columns: […] }) to the extras; a comment \"no "
        "primary key: …\" in the table says why there is none";
  }
  if (proposal.empty()) return;
  AddPrimaryKey change;
  change.table = table_ref(table);
  for (const Column* column : proposal) change.columns.push_back(column_name(*column));
  change.name = names.primary_key(table, proposal);
  finding.change = std::move(change);
}

void check(const RuleContext& context) {
  const Model& model = context.model();
  ConstraintNames names(model);
  for (const Table& table : model.tables) {
    if (!table.primary_keys.empty() || may_have_key(table) || is_managed_elsewhere(table) || is_decided_in_comment(model, table)) continue;
    if (unbound_link_table(model, context.tenants(), table)) continue;  // link-table-without-key has the word
    report(context, names, table);
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "missing-primary-key",
    .summary = "A table has no primary key.",
    .category = "integrity",
    .severity = Severity::kWarning,
    .check = check,
};

}  // namespace drizzle_audit::rules::missing_primary_key
