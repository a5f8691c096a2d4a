// What a rule says: a finding, its evidence, and the change that would cure it.
//
// A rule creates findings through `RuleContext::report` (rule.h); the audit engine adds severity, fingerprint, suppression and order.
// JSON shape: README.md, "Machine-readable output". Names in changes are those drizzle-kit derives.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "drizzle_audit/source.h"

namespace drizzle_audit {

struct Model;
struct Table;

enum class Severity : std::uint8_t { kInfo, kWarning, kError };
enum class Confidence : std::uint8_t { kMedium, kHigh, kCertain };

std::string_view to_string(Severity severity);      // "info" …
std::string_view to_string(Confidence confidence);  // "medium" …

enum class SubjectKind : std::uint8_t { kTable, kColumn, kIndex, kUnique, kForeignKey, kRelation, kEnum, kType, kProperty, kFile, kExtra };
std::string_view to_string(SubjectKind kind);  // "table", "column", …, "foreignKey"

/// The object a finding is about; the fingerprint is made of it, so it never holds a line number.
struct Subject {
  SubjectKind kind = SubjectKind::kTable;
  std::optional<std::string> schema;
  std::string table;
  std::vector<std::string> columns;
  std::string name;  ///< index, constraint, relation, enum, file, property; whatever the kind needs beyond table and columns
  std::string type = {};  ///< kType, kProperty: the domain type
};

/// One sign a finding rests on. `kind` is one word ("relation", "sibling", "name", "declaration"), `text` a clause for people.
struct Evidence {
  std::string kind;
  std::string text;
  Span span;
};

struct Related {
  std::string message;
  Span span;
};

struct TableRef {
  std::optional<std::string> schema;
  std::string table;
};

/// The name as it stands in the database; of a table whose name is known.
[[nodiscard]] TableRef table_ref(const Table& table);

struct AddForeignKey {
  TableRef table;
  std::vector<std::string> columns;
  TableRef foreign_table;
  std::vector<std::string> foreign_columns;
  std::string on_delete = "no action";
  std::string on_update = "no action";
  std::string name;
};
struct AddUnique {
  TableRef table;
  std::vector<std::string> columns;
  std::string name;
};
struct AddIndex {
  TableRef table;
  std::vector<std::string> columns;
  std::string name;
};
struct AddPrimaryKey {
  TableRef table;
  std::vector<std::string> columns;
  std::string name;
};
struct DropIndex {
  TableRef table;
  std::vector<std::string> columns;
  std::string name;
};
/// A column that repeats what another table owns. `parity_table` holds the rows that must agree before it goes.
struct DropColumn {
  TableRef table;
  std::string column;
  TableRef parity_table;
  std::vector<std::string> parity_columns;  ///< of parity_table: what references `table`
};
/// Replace a part of a column's definition: source text inside `Column::span`, exactly as it stands and as it should be.
struct ReplaceColumn {
  TableRef table;
  std::string column;
  std::string from;
  std::string to;
};
/// Replace an entry of a table's third argument, or a part of one: source text, exactly as it stands and as it should be.
struct ReplaceExtra {
  TableRef table;
  std::string from;
  std::string to;
};
/// Export what drizzle-kit cannot see otherwise.
struct ExportObject {
  std::string kind;  ///< "enum", "table", "schema", "sequence", "role", "view", "policy"
  std::optional<std::string> schema;
  std::string name;     ///< in the database
  std::string binding;  ///< the TypeScript name that needs `export`; empty when the object has none
};
/// One side of a relation as it should be declared.
struct RelationDeclaration {
  std::string key;
  std::string kind;  ///< "one" or "many"
  TableRef target;
  std::vector<std::string> columns;          ///< the foreign key's columns in the table that holds it; on a `many` side those of `target`
  std::vector<std::string> foreign_columns;  ///< what they reference
  std::string relation_name;                 ///< empty unless several relations join the same tables
};
struct AddRelations {
  TableRef table;
  std::vector<RelationDeclaration> relations;
  std::vector<AddRelations> others = {};  ///< further tables of the same change: a `many` side needs its `one`
};
/// Replace a relation, or a part of one: source text inside `Relation::span`, exactly as it stands and as it should be.
struct ReplaceRelation {
  TableRef table;
  std::string relation;
  std::string from;
  std::string to;
};

/// Something that a piece of source needs to import: `name` as `file` exports it, or as a package does (then `file` is kNoFile).
struct NeededImport {
  std::string name;
  FileId file = kNoFile;
  std::string package;  ///< "drizzle-orm/pg-core"; empty when `file` exports it
  bool type_only = false;
};
/// Replace the type of a domain type's property.
struct ReplaceDomainProperty {
  std::string type;      ///< the domain type's name
  std::string property;  ///< its property's name
  std::string from;      ///< source text at `span`
  std::string to;
  Span span;  ///< the property's type as written, without the colon
  std::vector<NeededImport> imports;
};

/// The typed change that would cure a finding. Names are those drizzle-kit derives, or the project's own style where it has one.
using SchemaChange = std::variant<AddForeignKey, AddUnique, AddIndex, AddPrimaryKey, DropIndex, DropColumn, ReplaceColumn, ReplaceExtra,
                                  ExportObject, AddRelations, ReplaceRelation, ReplaceDomainProperty>;

enum class SuppressionKind : std::uint8_t { kInline, kBaseline };
/// Why a finding does not count.
struct Suppression {
  SuppressionKind kind = SuppressionKind::kInline;
  std::string reason;  ///< as the comment gives it; empty for the baseline
};

/// Replace the bytes of `span` by `text`; an empty span inserts.
struct Edit {
  Span span;
  std::string text;
};
/// Whether a fix may be applied without a person looking at it.
enum class Applicability : std::uint8_t {
  kSafe,    ///< says in the schema what the code already relies on
  kUnsafe,  ///< changes behaviour, or drops something: only with --unsafe-fixes
};
std::string_view to_string(Applicability applicability);  // "safe", "unsafe"
/// The edits of the TypeScript source that carry out a finding's change. They do not overlap and are sorted by place.
struct Fix {
  Applicability applicability = Applicability::kSafe;
  std::vector<Edit> edits;
};

struct Finding {
  std::string_view rule;
  Severity severity = Severity::kWarning;
  Confidence confidence = Confidence::kCertain;
  Subject subject;
  std::string message;  ///< what is wrong, one sentence without a full stop
  std::string note;     ///< why it matters, one or two sentences
  std::string help;     ///< what to do
  std::vector<Evidence> evidence;
  Span span;
  std::vector<Related> related;
  std::optional<SchemaChange> change;
  std::optional<Fix> fix;                 ///< what `change` makes of the source; set by the layer `fix`, none where it cannot be edited
  const Model* model = nullptr;           ///< the schema it was found in; set by the engine
  std::string fingerprint;                ///< rule + object: "missing-foreign-key public.products(store_id)"; set by the engine
  std::optional<Suppression> suppressed;  ///< set by the engine
};

}  // namespace drizzle_audit
