// How the code uses the tables: which columns are filtered together, joined, sorted by, what inserts name as a conflict target, and which
// texts it puts into a column.
//
// Made once for a model by src/queries from the files that import the schema; rules take it as evidence. Every use is bound to its column
// through imports, never by a bare name; what cannot be bound is left out. Points into the model and the sources, which outlive it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "drizzle_audit/model.h"

namespace drizzle_audit {

enum class QueryKind : std::uint8_t {
  kFindFirst,
  kFindMany,
  kSelect,
  kInsert,
  kUpdate,
  kDelete,
  kExpression /* operators outside a statement we know */
};

enum class FilterKind : std::uint8_t {
  kEqual,  ///< eq, a v2 `where: { slug: x }`
  kIn,     ///< inArray
  kRange,  ///< gt, gte, lt, lte, between
  kNull,   ///< isNull, isNotNull
  kOther,  ///< like, ne, not …
};

struct ColumnFilter {
  const Column* column = nullptr;
  FilterKind kind = FilterKind::kOther;
  Span span;
};

/// `eq(a.x, b.id)`: two columns of different tables, or of two aliases of one.
struct ColumnJoin {
  const Column* left = nullptr;
  const Column* right = nullptr;
  Span span;
};

struct ColumnSort {
  const Column* column = nullptr;
  bool descending = false;
  Span span;
};

/// One statement or relational query.
struct Query {
  const Table* table = nullptr;  ///< what it reads or writes; null for kExpression
  QueryKind kind = QueryKind::kExpression;
  bool expects_one = false;           ///< findFirst, or limit(1)
  std::vector<ColumnFilter> filters;  ///< conditions that all must hold; those under or() and not() are kOther
  std::vector<ColumnJoin> joins;
  std::vector<ColumnSort> sorts;  ///< in order
  std::vector<const Column*> conflict_target;
  Span span;
};

enum class TextUse : std::uint8_t {
  kWritten,   ///< `.values({ parentId: "" })`, also one side of a conditional
  kCompared,  ///< `eq(t.parentId, "")`
  kFallback,  ///< `.set({ parentId: parent?.id ?? "" })`
  kPassed,    ///< `deploy({ actorId: "admin-api" })` of a function of the project, where `.values({ createdBy: actorId })` occurs
};

/// A literal that the code puts into a column or looks for in it: the empty text, a number 0 or a text without digits, which is more
/// likely a word that people chose than a key that a database or a generator made.
struct ColumnText {
  const Column* column = nullptr;
  std::string text;
  bool is_number = false;
  TextUse use = TextUse::kWritten;
  Span span;
};

struct Queries {
  std::vector<Query> queries;          ///< sorted by path and offset
  bool uses_relations = false;         ///< `db.query.…` occurs: relational queries need relations
  Span relations_use;                  ///< the first place of that
  bool may_ask_for_relations = false;  ///< a relational query has `with`, or options that cannot be seen
  std::vector<ColumnText> texts;       ///< sorted like `queries`
  std::vector<Span>
      unique_violations;    ///< places that handle a unique violation (`code === "23505"`, ER_DUP_ENTRY, SQLITE_CONSTRAINT_UNIQUE)
  std::uint32_t files = 0;  ///< files that import the schema and were read for this
  std::vector<std::string> parsed_files;  ///< those of which statements were parsed, relative to the project root, sorted
};

}  // namespace drizzle_audit
