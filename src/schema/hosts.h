// drizzle-orm's run-time objects, as far as they decide what ends up in the schema.
//
// Each host mirrors one class of drizzle-orm (0.45 unless said otherwise) and keeps its quirks: builders are mutable and shared, names are
// fixed by first use, sort order leaks between indexes. Natives create hosts while the evaluator runs the schema; model_builder.h reads
// them afterwards. They live in the interpreter's heap.
#pragma once

#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/model.h"
#include "program/interpreter.h"
#include "program/value.h"

namespace drizzle_audit::schema {

using program::Call;
using program::Host;
using program::Interpreter;
using program::Property;
using program::Tag;
using program::Value;

struct ColumnHost;
struct TableHost;
struct EnumHost;
struct ViewHost;
struct RelationsHost;

/// What the natives of one run share. Outlives the interpreter.
struct Environment {
  bool v1 = false;
  Casing casing = Casing::kNone;   ///< drizzle.config's, 0.x only
  std::vector<TableHost*> tables;  ///< all that were made, in order, aliases left out
  std::vector<EnumHost*> enums;
  std::vector<Host*> entities;            ///< schemas, sequences, roles, policies, finished views
  std::vector<RelationsHost*> relations;  ///< relations() of 0.x
  std::vector<Host*> loose_builders;      ///< index(…), unique(…) … in order of creation; those nobody consumed do nothing
};

// ---- columns -------------------------------------------------------------------

struct ForeignKeyConfig {
  Value reference;  ///< the callback
  Value actions;
  Span span;
};

struct GeneratedConfig {
  Value as;
  std::string_view mode;
};

/// ColumnBuilder and its `config`.
struct ColumnBuilder final : Host {
  ColumnBuilder(std::pmr::memory_resource* memory, Environment& its_environment, Dialect its_dialect)
      : environment(its_environment), dialect(its_dialect), foreign_keys(memory) {}
  [[nodiscard]] std::string_view class_name() const override { return builder_class; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;

  Environment& environment;
  Dialect dialect;
  std::string_view builder;        ///< "varchar"
  std::string_view builder_class;  ///< "PgVarcharBuilder"
  std::string_view column_type;    ///< "PgVarchar"
  std::string_view data_type;      ///< "string"
  Fact<std::string_view> sql_type;
  Fact<std::string_view> name;  ///< "" until set
  bool key_as_name = true;
  bool not_null = false;
  bool primary_key = false;
  bool is_unique = false;
  std::optional<Fact<std::string_view>> unique_name;
  bool nulls_not_distinct = false;
  bool has_default = false;
  std::optional<Value> default_value;
  Span default_span;
  bool default_fn = false;
  bool on_update_fn = false;
  bool auto_increment = false;
  bool on_update_now = false;
  bool has_enum_values = false;
  Value enum_values;  ///< array, or Unknown
  EnumHost* enumeration = nullptr;
  std::optional<GeneratedConfig> generated;
  std::optional<std::string_view> identity;  ///< "always", "byDefault"
  Value identity_options;
  ColumnBuilder* base = nullptr;  ///< array(): what it wraps (0.x)
  std::string_view array_size;    ///< array(3): "3" (0.x)
  std::uint32_t dimensions = 0;   ///< 1.0
  std::pmr::vector<ForeignKeyConfig> foreign_keys;
  std::optional<Span> type_argument;
};

/// Column: what a builder became in one table. Also stands for ExtraConfigColumn, whose index settings it carries.
struct ColumnHost final : Host {
  ColumnHost(TableHost& its_table, ColumnBuilder& its_builder) : table(&its_table), builder(&its_builder) {}
  [[nodiscard]] std::string_view class_name() const override { return extra ? "ExtraConfigColumn" : column_type; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;

  TableHost* table;
  ColumnBuilder* builder;  ///< shared with other tables: only for what never changes after building
  std::string_view key;
  Span property_span;
  Span key_span;
  // Copied from the builder when the table was made.
  Fact<std::string_view> name;  ///< before casing
  bool key_as_name = false;
  bool not_null = false;
  bool primary_key = false;
  bool is_unique = false;
  std::optional<Fact<std::string_view>> unique_name;
  bool nulls_not_distinct = false;
  std::string_view column_type;
  Fact<std::string_view> sql_type;
  std::optional<Value> default_value;
  Span default_span;
  bool has_default = false, default_fn = false, on_update_fn = false, auto_increment = false, on_update_now = false;
  std::optional<GeneratedConfig> generated;
  std::optional<std::string_view> identity;
  Value identity_options;
  // ExtraConfigColumn (pg): the parameter of the extras callback.
  bool extra = false;
  ColumnHost* plain = nullptr;  ///< the ordinary column that an extra one stands for
  std::string_view order = "asc";
  std::string_view nulls = "last";
  std::optional<std::string_view> op_class;
  // Set by the model builder.
  Column* built = nullptr;

  [[nodiscard]] const ColumnHost& ordinary() const { return plain != nullptr ? *plain : *this; }
};

// ---- tables --------------------------------------------------------------------

struct TableHost final : Host {
  TableHost(std::pmr::memory_resource* memory, Environment& its_environment, Dialect its_dialect)
      : environment(its_environment), dialect(its_dialect), columns(memory), extra_columns(memory), foreign_keys(memory) {}
  [[nodiscard]] std::string_view class_name() const override;  // "PgTable"
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;
  void own_properties(Interpreter& in, std::vector<Property>& out) override;
  /// The ordinary column of that key, or null.
  [[nodiscard]] ColumnHost* column(std::string_view key) const;

  struct InlineForeignKey {
    ColumnHost* column = nullptr;
    ForeignKeyConfig config;
  };

  Environment& environment;
  Dialect dialect;
  Fact<std::string_view> name;
  Fact<std::optional<std::string_view>> schema{std::optional<std::string_view>()};
  std::pmr::vector<ColumnHost*> columns;        ///< in JavaScript's order
  std::pmr::vector<ColumnHost*> extra_columns;  ///< pg, cockroach: what the extras callback gets
  std::pmr::vector<InlineForeignKey> foreign_keys;
  Value extras;  ///< the third argument: undefined, function, …
  const Unknown* columns_incomplete = nullptr;
  bool rls = false;
  bool is_alias = false;                ///< alias(table, "x")
  bool outside = false;                 ///< made for a relation file; the schema does not have it
  const TableHost* original = nullptr;  ///< what an alias stands for
  Span name_span, columns_span, extras_span;
  // Set by the model builder.
  std::string_view export_name;
  Span binding_span;
  const Table* built = nullptr;
};

/// pgEnum: a function with members.
struct EnumHost final : Host {
  explicit EnumHost(Environment& its_environment, Dialect its_dialect) : environment(its_environment), dialect(its_dialect) {}
  [[nodiscard]] std::string_view class_name() const override { return "Function"; }
  [[nodiscard]] bool is_callable() const override { return true; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call(Call& call) override;

  Environment& environment;
  Dialect dialect;
  Fact<std::string_view> name;
  std::optional<std::string_view> schema;
  Value values;  ///< array of strings, or Unknown
  bool from_object = false;
  std::string_view export_name;
  const Enum* built = nullptr;
};

/// pgSchema, mysqlSchema.
struct SchemaHost final : Host {
  SchemaHost(Environment& its_environment, Dialect its_dialect) : environment(its_environment), dialect(its_dialect) {}
  [[nodiscard]] std::string_view class_name() const override;  // "PgSchema"
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;

  Environment& environment;
  Dialect dialect;
  Fact<std::string_view> name;
  bool existing = false;
  Casing column_casing = Casing::kNone;  ///< 1.0
};

struct SequenceHost final : Host {
  [[nodiscard]] std::string_view class_name() const override { return "PgSequence"; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Fact<std::string_view> name;
  std::optional<std::string_view> schema;
  Value options;
  Dialect dialect = Dialect::kPostgresql;
};

struct RoleHost final : Host {
  [[nodiscard]] std::string_view class_name() const override { return "PgRole"; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;
  Fact<std::string_view> name;
  bool is_existing = false;
  Value options;
  Dialect dialect = Dialect::kPostgresql;
};

struct PolicyHost final : Host {
  [[nodiscard]] std::string_view class_name() const override { return "PgPolicy"; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;
  Fact<std::string_view> name;
  Value options;
  TableHost* linked = nullptr;
  bool consumed = false;  ///< it became part of a table
  Dialect dialect = Dialect::kPostgresql;
};

// ---- constraints and indexes -----------------------------------------------------

enum class BuilderKind : std::uint8_t { kIndexOn, kIndex, kUniqueOn, kUnique, kPrimaryKey, kForeignKey, kCheck };

/// IndexBuilderOn, IndexBuilder, UniqueOnConstraintBuilder, … of every dialect.
struct ConstraintBuilder final : Host {
  struct IndexedColumn {
    Value value;  ///< the column or SQL as given
    ColumnHost* column = nullptr;
    std::string_view order = "asc", nulls = "last";
    std::optional<std::string_view> op_class;
  };

  ConstraintBuilder(std::pmr::memory_resource* memory, Environment& its_environment, Dialect its_dialect, BuilderKind its_kind)
      : environment(its_environment), dialect(its_dialect), kind(its_kind), columns(memory) {}
  [[nodiscard]] std::string_view class_name() const override;
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;

  Environment& environment;
  Dialect dialect;
  BuilderKind kind;
  std::string_view builder;  ///< "index", "uniqueIndex", "unique", "primaryKey", "foreignKey", "check"
  std::optional<Fact<std::string_view>> name;
  bool unique = false;
  std::pmr::vector<IndexedColumn> columns;  ///< index, unique, primary key
  std::optional<std::string_view> method;
  Value where;
  Value with;
  bool concurrently = false;
  bool nulls_not_distinct = false;
  Value config;  ///< foreignKey's argument, check's SQL
  std::optional<std::string_view> on_delete, on_update;
  bool consumed = false;            ///< it became part of a table, or of another builder
  const Unknown* unread = nullptr;  ///< a part that could not be read
};

// ---- SQL -----------------------------------------------------------------------

/// One query chunk of drizzle-orm's SQL class.
struct Chunk {
  enum class Kind : std::uint8_t {
    kText,   ///< StringChunk: `text`
    kName,   ///< sql.identifier: `text`
    kValue,  ///< anything interpolated: column, table, SQL, bound value …
    kParam,  ///< Param: `value` goes through `encoder`
  };
  Kind kind = Kind::kText;
  std::string_view text;
  Value value;
  ColumnHost* encoder = nullptr;
};

/// SQL, SQL.Aliased, Name, Param, Placeholder.
struct SqlHost final : Host {
  explicit SqlHost(std::pmr::memory_resource* memory) : chunks(memory) {}
  [[nodiscard]] std::string_view class_name() const override { return alias ? "Aliased" : "SQL"; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;

  std::pmr::vector<Chunk> chunks;
  bool inline_params = false;
  std::optional<std::string_view> alias;  ///< SQL.Aliased
  const Unknown* unread = nullptr;        ///< a part that could not be read
};

/// pgView and its like, before and after `.as()`.
struct ViewHost final : Host {
  ViewHost(std::pmr::memory_resource* memory, Environment& its_environment, Dialect its_dialect)
      : environment(its_environment), dialect(its_dialect), selection(memory) {}
  [[nodiscard]] std::string_view class_name() const override;
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;
  void own_properties(Interpreter& in, std::vector<Property>& out) override;

  struct Field {
    std::string_view key;
    Value value;  ///< column or SQL
  };

  Environment& environment;
  Dialect dialect;
  Fact<std::string_view> name;
  std::optional<std::string_view> schema;
  bool materialized = false;
  bool existing = false;
  bool finished = false;         ///< `.as()` or `.existing()` was called
  TableHost* columns = nullptr;  ///< pgView(name, columns)
  std::pmr::vector<Field> selection;
  const Unknown* selection_incomplete = nullptr;
  Value query;                         ///< SqlHost, or Unknown
  program::Object* options = nullptr;  ///< with, using, tablespace, withNoData, algorithm, sqlSecurity, withCheckOption
  std::string_view export_name;
};

/// relations(table, callback) of 0.x. The callback is evaluated by the model builder, when all tables exist.
struct RelationsHost final : Host {
  [[nodiscard]] std::string_view class_name() const override { return "Relations"; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value table;
  Value callback;
};

// ---- helpers shared by the natives ------------------------------------------------

/// A string argument as a fact: its text, "" when it is missing, Unknown when it is unknown or no string.
[[nodiscard]] Fact<std::string_view> text_fact(Interpreter& in, const Value& value, Span at);
/// The string at `key` of an options object; none when it is missing.
[[nodiscard]] std::optional<Fact<std::string_view>> text_option(Interpreter& in, const Value& options, std::string_view key, Span at);
/// "Pg", "MySql", "SQLite", "SingleStore", "MsSql", "Cockroach".
[[nodiscard]] std::string_view class_prefix(Dialect dialect);
/// The name after drizzle.config's `casing` (0.x).
[[nodiscard]] Fact<std::string_view> cased_name(Interpreter& in, const ColumnHost& column);
/// drizzle-orm's toSnakeCase and toCamelCase (casing.ts).
[[nodiscard]] std::string to_snake_case(std::string_view text);
[[nodiscard]] std::string to_camel_case(std::string_view text);

}  // namespace drizzle_audit::schema
