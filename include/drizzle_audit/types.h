// What the project's own types say about rows: which hand-written type stands for which table, and how each of its properties compares
// with the column's row type, as the TypeScript compiler would judge under --strict.
//
// Made once for a model by src/types from the files that declare such types; rules and the command `types` read it. A verdict is either
// what the compiler would say or unknown with its reason. Texts are its own; spans point into the sources, which outlive it like the
// model.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit {

/// How a domain type came to its table.
enum class MappingKind : std::uint8_t {
  kDeclared,  ///< the config or a `@table orders` comment says so
  kDerived,   ///< it is built from the table's row type; only what it adds or replaces can disagree
  kInferred,  ///< by its name and its properties
};
std::string_view to_string(MappingKind kind);  // "declared", …

/// Which of a table's two types a domain type is held against.
enum class RowKind : std::uint8_t { kSelect, kInsert };

/// Whether a value of one type may stand where the other is expected.
enum class Verdict : std::uint8_t { kNo, kYes, kUnknown };

/// What the values of a type are, null and undefined aside.
enum class ValueKind : std::uint8_t {
  kUnreadable,  ///< the type could not be worked out
  kAnything,    ///< any, unknown
  kNothing,     ///< never, null, undefined
  kText,        ///< string
  kTexts,       ///< string literals only
  kNumber,
  kBigint,
  kBoolean,
  kDate,
  kList,
  kObject,
  kOther,  ///< several of these, template literals, functions …
};

/// One side of a comparison.
struct ComparedType {
  std::string text;  ///< as TypeScript prints it, the members of unions sorted: `"a" | "b" | null`
  ValueKind kind = ValueKind::kUnreadable;
  bool null = false;
  bool undefined = false;          ///< `undefined` is a member, or the property is optional
  std::vector<std::string> texts;  ///< kTexts: the literals' values, sorted
};

/// A place inside two object types where they disagree.
struct ShapeDifference {
  enum class Kind : std::uint8_t {
    kType,          ///< the types at `path` differ
    kOnlyInRow,     ///< the domain type has no such key
    kOnlyInDomain,  ///< the column's type has no such key
    kOptional,      ///< one side may leave it out, the other may not
    kNull,          ///< one side may be null, the other may not
  };
  Kind kind = Kind::kType;
  std::string path;    ///< "theme.logoUrl", "[].id"; empty for the types themselves
  std::string row;     ///< printed; empty when absent
  std::string domain;  ///< printed; empty when absent
};

/// A property of a domain type that is a column of its table.
struct ComparedProperty {
  std::string property;
  const Column* column = nullptr;
  ComparedType row;
  ComparedType domain;
  bool optional = false;  ///< written with `?`
  Verdict row_to_domain = Verdict::kUnknown;
  Verdict domain_to_row = Verdict::kUnknown;
  /// The same with null and undefined taken off both sides.
  Verdict core_row_to_domain = Verdict::kUnknown;
  Verdict core_domain_to_row = Verdict::kUnknown;
  std::string unknown;                       ///< why a verdict is unknown; empty when none is
  std::vector<ShapeDifference> differences;  ///< innermost ones, where both sides are objects or lists; the first few
  bool from_row = false;                     ///< taken over from the row type: it cannot disagree
  bool repeated = false;                     ///< another domain type has it from the same place, and comes first
  Span span;                                 ///< the property as declared; nowhere when it has no place of its own
  Span type_span;                            ///< its type as written, without the colon
};

/// A type of the project that stands for the rows of a table.
struct DomainType {
  std::string name;
  const Table* table = nullptr;
  MappingKind mapping = MappingKind::kInferred;
  std::string why;  ///< clauses for people: "the name ends in OrderSummary; 4 of 7 properties are columns of orders"
  Confidence confidence = Confidence::kHigh;
  RowKind row = RowKind::kSelect;
  bool input = false;                        ///< what code is given (CreateOrderInput, OrderFilter): it may be narrower than the row
  bool transport = false;                    ///< the columns' dates are all strings in it: what JSON makes of a row
  std::vector<ComparedProperty> properties;  ///< as declared
  std::vector<std::string> only_in_domain;   ///< as declared
  std::vector<std::string> only_in_table;    ///< TypeScript keys, in the table's order
  Span span;                                 ///< the declaration
  Span name_span;
};

/// A union of texts that is no part of a mapped type, and the enum column whose name and members it shares.
struct DomainUnion {
  std::string type;                 ///< the declared type
  std::string property;             ///< empty: the type itself is the union
  const Column* column = nullptr;   ///< one column of the enum
  std::string why;                  ///< "the name, and 3 members"
  std::vector<std::string> texts;   ///< its members, sorted
  std::vector<std::string> values;  ///< the column's, in the enum's order
  bool input = false;               ///< see DomainType
  Span span;                        ///< the property or the declaration
  Span type_span;                   ///< the union as written
};

struct DomainTypes {
  std::vector<DomainType> types;    ///< sorted by path and offset
  std::vector<DomainUnion> unions;  ///< sorted by path and offset
  std::vector<Comment> comments;    ///< of the files that these are in, as far as the model has not read them; sorted by file and offset
  std::uint32_t files = 0;          ///< files that were searched for types
  std::uint32_t declarations = 0;   ///< types declared there
  std::vector<std::string> parsed_files;  ///< those of which declarations were parsed, relative to the project root, sorted
};

}  // namespace drizzle_audit
