// The columns a relation joins, held against their tables, types and foreign keys.
//
// drizzle-orm 0.45 checks none of it at run time: PgDialect.buildRelationalQueryWithoutPK pairs `fields[i]` with `references[i]`, each
// under its table's alias. 1.0 checks tables and lengths when the module is loaded. What PostgreSQL compares was tried on a server.
#include "_shared/relation_defects.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <vector>

#include "_shared/keys.h"
#include "_shared/relations.h"

namespace drizzle_audit::rules {
namespace {

/// Types that the database compares with each other as they are; empty for those we do not know.
std::string comparable_family(const Column& column) {
  std::string type(column.sql_type.value());
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (column.dimensions > 0 || type.find('[') != std::string::npos) return {};
  if (column.enum_name) return "enum " + std::string(*column.enum_name);
  type = type.substr(0, type.find_first_of("( "));  // varchar(10), bigint unsigned, double precision
  const auto is = [&](std::initializer_list<std::string_view> names) { return std::find(names.begin(), names.end(), type) != names.end(); };
  if (is({"smallint", "integer", "bigint", "smallserial", "serial", "bigserial", "numeric", "real", "double", "int", "tinyint", "mediumint",
          "decimal", "float"})) {
    return "number";
  }
  if (is({"text", "varchar", "char"})) return "text";
  if (is({"uuid", "boolean", "bytea"})) return type;
  return {};
}

std::string typed(const Column& column) {
  return display_name(*column.table) + "." + column_name(column) + " (" + std::string(column.sql_type.value()) + ")";
}

std::string joined(const Relation& relation) {
  return display_name(*relation.table) + "." + column_list(relation.fields) + " to " + display_name(*relation.target) + "." +
         column_list(relation.references);
}

std::optional<RelationDefect> foreign_columns(const Relation& relation, std::span<const Column* const> columns, const Table& table) {
  for (const Column* column : columns) {
    if (column->table == &table || column->table == nullptr) continue;
    RelationDefect defect;
    defect.message =
        "joins " + display_name(*column->table) + "." + column_name(*column) + " where a column of " + display_name(table) + " belongs";
    defect.note = "drizzle-orm takes only the column's name and looks for it in " + display_name(table) +
                  ": the query fails, or joins whatever column is called that there";
    if (relation.relation_name && !relation.is_explicit) {
      defect.help = "its other side is looked up by the name \"" + std::string(*relation.relation_name) +
                    "\" alone and joins other tables; give the two sides of one relation a name that nothing else has";
    } else {
      defect.help = "name a column of " + display_name(table);
    }
    return defect;
  }
  return std::nullopt;
}

bool only_own_key(const Table& table, std::span<const Column* const> columns) {
  const std::vector<const Column*> key = primary_key(table);
  return key.size() == 1 && columns.size() == 1 && key.front() == columns.front();
}

const ForeignKey* foreign_key_of(const Table& table, std::span<const Column* const> columns) {
  const auto found = std::find_if(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) {
    return !key.error && same_pairs(key.columns, key.columns, columns, columns);
  });
  return found == table.foreign_keys.end() ? nullptr : &*found;
}

std::string lower_case(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c != '_') result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

/// `parent: one(folders, { fields: [folders.id], references: [folders.parentId] })`: reads a child.
std::optional<RelationDefect> swapped_in_tree(const Relation& relation) {
  if (relation.kind != RelationKind::kOne || relation.table != relation.target || !only_own_key(*relation.table, relation.fields))
    return {};
  if (relation.references.size() != 1 || relation.references.front() == relation.fields.front()) return {};
  const ForeignKey* key = foreign_key_of(*relation.table, relation.references);
  if (key == nullptr || key->foreign_table != relation.table || lower_case(relation.key) != role_of(*relation.references.front()))
    return {};
  RelationDefect defect;
  defect.message = "is the wrong way round: it reads a row whose " + column_name(*relation.references.front()) + " is this row's " +
                   column_name(*relation.fields.front());
  defect.note = "the foreign key says that " + column_name(*relation.references.front()) + " holds the " + std::string(relation.key) +
                "'s " + column_name(*relation.fields.front());
  defect.help = "swap the two sides";
  defect.confidence = Confidence::kHigh;
  defect.evidence = Evidence{"declaration", "the foreign key of " + column_name(*relation.references.front()), key->span};
  return defect;
}

/// `author: one(users, { fields: [posts.id], references: [users.id] })` beside a foreign key posts.author_id → users.id.
std::optional<RelationDefect> unrelated_keys(const Relation& relation) {
  if (!only_own_key(*relation.table, relation.fields) || !only_own_key(*relation.target, relation.references)) return {};
  const Column& from = *relation.fields.front();
  const Column& to = *relation.references.front();
  if (relation.table == relation.target || !from.has_default || !to.has_default || hold_the_same(from, to)) return {};
  for (const auto& [table, other] : {std::pair(relation.table, relation.target), std::pair(relation.target, relation.table)}) {
    for (const ForeignKey& key : table->foreign_keys) {
      if (key.error || key.foreign_table != other) continue;
      RelationDefect defect;
      defect.message = "joins the two primary keys " + joined(relation) + ", which are generated on their own and have nothing in common";
      defect.note = "rows meet by chance or not at all; the foreign key is " + display_name(*table) + "." + column_list(key.columns) +
                    " → " + display_name(*other) + "." + column_list(key.foreign_columns);
      defect.help = "join what the foreign key joins";
      defect.confidence = Confidence::kHigh;
      defect.evidence = Evidence{"declaration", "the foreign key between the two tables", key.span};
      return defect;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<RelationDefect> column_defect(const Relation& relation) {
  if (relation.fields.empty() && relation.references.empty()) {
    if (!relation.is_explicit) return std::nullopt;
    return RelationDefect{
        .message = "names no columns: fields and references are empty",
        .note = "drizzle-orm joins without a condition, so every row gets the same row of " + display_name(*relation.target),
        .help = "name the columns to join",
        .confidence = Confidence::kCertain,
        .evidence = std::nullopt};
  }
  if (relation.through != nullptr) return std::nullopt;
  if (relation.fields.size() != relation.references.size()) {
    return RelationDefect{
        .message = "joins " + std::to_string(relation.fields.size()) + " columns to " + std::to_string(relation.references.size()),
        .note = relation.fields.size() > relation.references.size()
                    ? "drizzle-orm throws when a query asks for it"
                    : "drizzle-orm leaves out what has no partner, so the join finds rows that do not belong together",
        .help = "pair every column of fields with one of references",
        .confidence = Confidence::kCertain,
        .evidence = std::nullopt};
  }
  if (auto defect = foreign_columns(relation, relation.fields, *relation.table)) return defect;
  if (auto defect = foreign_columns(relation, relation.references, *relation.target)) return defect;
  const Dialect dialect = relation.table->dialect;
  if (dialect != Dialect::kPostgresql && dialect != Dialect::kMysql) return std::nullopt;
  for (std::size_t i = 0; i < relation.fields.size(); ++i) {
    const Column& from = *relation.fields[i];
    const Column& to = *relation.references[i];
    if (!from.sql_type.known() || !to.sql_type.known() || from.unread_chain || to.unread_chain) continue;
    const std::string family = comparable_family(from);
    const std::string other = comparable_family(to);
    if (family.empty() || other.empty() || family == other) continue;
    const bool mysql = dialect == Dialect::kMysql;
    return RelationDefect{.message = "joins " + typed(from) + " to " + typed(to) +
                                     (mysql ? ", which MySQL compares as floating-point numbers" : ", which PostgreSQL cannot compare"),
                          .note = mysql ? "a text that does not begin with a number counts as 0, long ids lose digits, and no index is used"
                                        : "a query that asks for it fails: operator does not exist",
                          .help = "give both columns the same type, or join another column",
                          .confidence = Confidence::kCertain,
                          .evidence = std::nullopt};
  }
  return std::nullopt;
}

std::optional<RelationDefect> foreign_key_defect(const Model& model, const Relation& relation) {
  if (is_inferred(model, relation) || relation.through != nullptr || relation.fields.empty()) return std::nullopt;
  if (relation.table->incomplete.foreign_keys || relation.target->incomplete.foreign_keys) return std::nullopt;
  if (auto defect = swapped_in_tree(relation)) return defect;
  if (auto defect = unrelated_keys(relation)) return defect;
  const ForeignKey* other = nullptr;
  for (const ForeignKey& key : relation.table->foreign_keys) {
    if (key.error || !same_pairs(key.columns, key.columns, relation.fields, relation.fields)) continue;
    // What drizzle-kit pull makes of a foreign key to a table of the same name in another schema: users.id → users.id.
    if (same_pairs(key.columns, key.foreign_columns, key.columns, key.columns)) continue;
    if (same_pairs(key.columns, key.foreign_columns, relation.fields, relation.references)) return std::nullopt;
    other = &key;
  }
  if (other == nullptr) return std::nullopt;
  bool same = true;
  for (std::size_t i = 0; i < relation.fields.size(); ++i) same = same && hold_the_same(*relation.fields[i], *relation.references[i]);
  if (same) return std::nullopt;
  RelationDefect defect;
  defect.message = "joins " + joined(relation) + ", but the foreign key of " + column_list(relation.fields) + " references " +
                   display_name(*other->foreign_table) + "." + column_list(other->foreign_columns);
  defect.note =
      "the columns hold keys of " + display_name(*other->foreign_table) + ", so the join finds nothing or rows that do not belong";
  defect.help = "join what the foreign key references, or correct the foreign key";
  defect.confidence = Confidence::kHigh;
  defect.evidence = Evidence{"declaration", "the foreign key", other->span};
  return defect;
}

}  // namespace drizzle_audit::rules
