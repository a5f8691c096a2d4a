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
  std::string name;  ///< index, constraint, relation, enum, file; whatever the kind needs beyond table and columns
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
/// Replace an entry of a table's third argument: source text, exactly as it stands and as it should be.
struct ReplaceExtra {
  TableRef table;
  std::string from;
  std::string to;
};

/// The typed change that `fix` renders into source and `migrate` into SQL.
using SchemaChange = std::variant<AddForeignKey, AddUnique, AddIndex, AddPrimaryKey, ReplaceExtra>;

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
  std::string fingerprint;  ///< rule + object: "missing-foreign-key public.products(store_id)"; set by the engine
};

}  // namespace drizzle_audit
