// The model: what drizzle-orm itself would say of a schema, read without running it.
//
// Built once by src/schema, then frozen: everybody else (rules, reporters, writers) gets `const Model&`. All objects and all text
// live in the model's arena or in `Sources`; pointers between them stay valid as long as the model does.
//
// A fact is either what drizzle-orm 0.45 / 1.0 would report (`getTableConfig`, `getTableColumns`, drizzle-kit's DEFAULT text) or an
// `Unknown` with the reason and the place. A rule must treat Unknown as "cannot tell" and stay silent. Field names follow
// drizzle-orm; `schema --format json` prints them under the same names in camelCase.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "drizzle_audit/source.h"

namespace drizzle_audit {

/// Why a value could not be read, and where. `reason` is one lower-case clause: "process.env.PREFIX is only known at run time".
struct Unknown {
  std::string_view reason;
  Span span;
};

/// A value that was read, or why it was not.
template <class T>
class Fact {
 public:
  Fact() : state_(T{}) {}
  Fact(T value) : state_(std::move(value)) {}            // NOLINT(google-explicit-constructor): a value is a fact
  Fact(Unknown unknown) : state_(std::move(unknown)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool known() const { return std::holds_alternative<T>(state_); }
  /// Null when unknown.
  [[nodiscard]] const T* get() const { return std::get_if<T>(&state_); }
  /// Requires known().
  [[nodiscard]] const T& value() const { return std::get<T>(state_); }
  [[nodiscard]] const T& value_or(const T& other) const { return known() ? value() : other; }
  /// Requires !known().
  [[nodiscard]] const Unknown& unknown() const { return std::get<Unknown>(state_); }
  /// Known and equal.
  [[nodiscard]] bool is(const T& other) const { return known() && value() == other; }

 private:
  std::variant<T, Unknown> state_;
};

enum class Dialect : std::uint8_t { kPostgresql, kMysql, kSqlite, kSinglestore, kMssql, kCockroach };
/// "postgresql", "mysql", … as drizzle.config spells them.
std::string_view to_string(Dialect dialect);

enum class Casing : std::uint8_t { kNone, kSnakeCase, kCamelCase };

/// A piece of SQL as the dialect prints it; `params` are bound values, which drizzle-kit 0.31 turns into `$1` in DDL.
struct SqlText {
  std::string_view text;
  std::span<const std::string_view> params;  ///< each as JSON
};

/// One `name: value` of an options object; `json` is the value as JSON text.
struct Option {
  std::string_view name;
  std::string_view json;
};

struct Table;
struct Enum;

struct ColumnUnique {
  std::string_view name;
  bool nulls_not_distinct = false;
};

struct Generated {
  Fact<std::string_view> as;
  std::string_view mode;                          ///< stored, virtual, persisted
  std::span<const std::string_view> params = {};  ///< bound values in `as`, each as JSON
};

struct Identity {
  std::string_view type;  ///< always, byDefault
  std::string_view sequence;
  std::span<const Option> options;
};

/// What kind of expression a `.default()` was given. Rules need it because the text alone hides it.
enum class DefaultKind : std::uint8_t { kNone, kLiteral, kSql, kFrozenAtRuntime /* new Date(), randomUUID(): a new value every run */ };

struct Column {
  std::string_view key;          ///< the TypeScript property
  Fact<std::string_view> name;   ///< the database column, after casing
  bool explicit_name = false;    ///< the name was written down, not taken from the key
  std::string_view builder;      ///< the function that made it: "integer", "varchar", "customType", an enum's is "pgEnum"
  std::string_view column_type;  ///< drizzle's class: "PgTimestampString"; tells modes apart
  /// The class of what an array of 0.x holds, however deep; otherwise `column_type`.
  std::string_view element_type;
  Fact<std::string_view> sql_type;
  bool has_enum_values = false;
  Fact<std::span<const std::string_view>> enum_values;  ///< meaningful when has_enum_values
  std::optional<std::string_view> enum_name;            ///< pgEnum columns
  const Enum* enumeration = nullptr;                    ///< the pgEnum, exported or not
  bool not_null = false;                                ///< as the row type and the ORM see it: a table-level primary key does not set it
  bool primary_key = false;                             ///< `.primaryKey()` on the column
  std::optional<ColumnUnique> unique;                   ///< `.unique()` on the column
  Fact<std::optional<std::string_view>> default_text;   ///< the DEFAULT clause as drizzle-kit writes it
  DefaultKind default_kind = DefaultKind::kNone;
  std::span<const std::string_view> default_params;  ///< bound values in an SQL default, each as JSON
  Span default_span;                                 ///< what `.default(…)` was given; nowhere without one
  bool has_default = false;                          ///< optional on insert
  bool runtime_default = false;                      ///< `$defaultFn`
  bool runtime_on_update = false;                    ///< `$onUpdate`
  bool auto_increment = false;
  bool on_update_now = false;
  std::optional<Generated> generated;
  std::optional<Identity> identity;
  std::uint32_t dimensions = 0;   ///< array dimensions
  bool unread_reference = false;  ///< has a `.references()` whose target could not be read
  bool unread_chain = false;      ///< a method in its chain could not be read: its facts may be incomplete
  const Table* table = nullptr;
  std::optional<Span> type_argument;  ///< the T of `.$type<T>()`
  Span span;                          ///< the property in the column map: `storeId: uuid("store_id").notNull()`
  Span key_span;
};

struct PrimaryKey {
  Fact<std::optional<std::string_view>> name;  ///< none for inline ones, and for unnamed ones of drizzle-orm 1.0
  std::span<const Column* const> columns;
  bool is_inline = false;
  Span span;
};

struct ForeignKey {
  Fact<std::optional<std::string_view>> name;  ///< as given or derived (0.45)
  bool explicit_name = false;
  std::span<const Column* const> columns;
  const Table* foreign_table = nullptr;  ///< null only when `error` is set; may be a table that is not exported
  std::span<const Column* const> foreign_columns;
  std::string_view on_delete = "no action";
  std::string_view on_update = "no action";
  bool is_inline = false;                 ///< `.references()`, not `foreignKey()`
  std::optional<std::string_view> error;  ///< what drizzle-orm throws when it evaluates the reference
  Span span;
};

struct IndexColumn {
  const Column* column = nullptr;                 ///< null for an expression
  Fact<std::string_view> expression;              ///< meaningful when column is null
  std::span<const std::string_view> params = {};  ///< bound values in it, each as JSON
  std::string_view order;                         ///< asc, desc; empty where the dialect has none
  std::string_view nulls;                         ///< first, last; empty where the dialect has none
  std::optional<std::string_view> op_class;
};

struct Index {
  Fact<std::optional<std::string_view>> name;
  bool explicit_name = false;
  std::span<const IndexColumn> columns;
  bool unique = false;
  std::optional<std::string_view> method;  ///< btree, gin, …; none where the dialect has none
  std::optional<Fact<SqlText>> where;
  bool concurrently = false;
  std::span<const Option> with;
  Span span;
};

/// A unique constraint, of a column (`.unique()`, is_inline) or of the table (`unique().on()`).
struct Unique {
  Fact<std::optional<std::string_view>> name;
  bool explicit_name = false;
  std::span<const Column* const> columns;
  bool nulls_not_distinct = false;
  bool is_inline = false;
  Span span;
};

struct Check {
  Fact<std::string_view> name;
  Fact<SqlText> value;
  Span span;
};

struct Policy {
  std::string_view export_name;  ///< only for policies exported on their own
  Fact<std::string_view> name;
  std::optional<std::string_view> table;  ///< database name of the table it is linked to
  bool linked = false;
  std::string_view as = "permissive";
  std::string_view for_command = "all";
  Fact<std::span<const std::string_view>> to;  ///< role names, sorted
  std::optional<Fact<SqlText>> using_;
  std::optional<Fact<SqlText>> with_check;
  Span span;
};

/// Why drizzle-orm skips an entry of a table's third argument without a word.
enum class IgnoredReason : std::uint8_t {
  kRawSql,          ///< sql`UNIQUE (…)`
  kWithoutOn,       ///< index("x"), unique("x") without .on()
  kObjectInArray,   ///< [{ pk: primaryKey(…) }]
  kNestedTooDeep,   ///< [[[index().on()]]]
  kOtherDialect,    ///< a builder of another dialect's module
  kReturnsNothing,  ///< the callback has no return
  kNotABuilder,     ///< null, strings, columns, …
};

/// What the table's third argument returned that drizzle-orm silently skips.
struct IgnoredExtra {
  std::string_view kind;  ///< the value's constructor: "SQL", "IndexBuilderOn", "Object", "Array", "null", …
  IgnoredReason reason = IgnoredReason::kNotABuilder;
  std::optional<Fact<SqlText>> sql;        ///< for raw SQL
  std::string_view builder;                ///< "index", "uniqueIndex", "unique", "primaryKey", "foreignKey", "check", "pgPolicy", or empty
  std::optional<std::string_view> name;    ///< the builder's own name
  std::optional<Dialect> dialect;          ///< the builder's dialect
  std::span<const Column* const> columns;  ///< columns the author named, as far as known
  std::span<const IgnoredExtra> inner;     ///< the builders inside an object or array
  Span span;
};

/// Parts of a table that an unreadable piece of source could add to.
struct Incomplete {
  bool columns = false, foreign_keys = false, indexes = false, uniques = false, checks = false, primary_keys = false, policies = false;
  [[nodiscard]] bool any() const { return columns || foreign_keys || indexes || uniques || checks || primary_keys || policies; }
};

struct Table {
  std::string_view export_name;  ///< empty for tables that drizzle-kit does not see
  Fact<std::string_view> name;
  Fact<std::optional<std::string_view>> schema;
  Dialect dialect = Dialect::kPostgresql;
  std::span<const Column> columns;  ///< in database order
  std::span<const PrimaryKey> primary_keys;
  std::span<const ForeignKey> foreign_keys;  ///< sorted by name, like the three below
  std::span<const Index> indexes;
  std::span<const Unique> uniques;
  std::span<const Check> checks;
  std::span<const Policy> policies;
  bool rls = false;
  std::span<const IgnoredExtra> ignored_extras;
  Incomplete incomplete;
  Span span;                          ///< the call that makes it: pgTable("products", …)
  Span name_span;                     ///< the name argument
  Span binding_span;                  ///< the exported identifier, where there is one
  Span columns_span;                  ///< the second argument
  Span extras_span;                   ///< the third argument; nowhere when there is none
  std::string_view extras_parameter;  ///< its parameter's name as written: `t` in `(t) => […]`; empty without one or when destructured
};

struct Enum {
  std::string_view export_name;  ///< empty when not exported
  Fact<std::string_view> name;
  std::optional<std::string_view> schema;
  Fact<std::span<const std::string_view>> values;
  bool from_object = false;  ///< pgEnum("x", SomeEnum)
  Span span;
};

struct SchemaObject {  ///< pgSchema, mysqlSchema
  std::string_view export_name;
  Fact<std::string_view> name;
  bool existing = false;
  Span span;
};

struct Sequence {
  std::string_view export_name;
  Fact<std::string_view> name;
  std::optional<std::string_view> schema;
  std::span<const Option> options;
  Span span;
};

struct Role {
  std::string_view export_name;
  Fact<std::string_view> name;
  bool existing = false;
  std::optional<bool> create_db, create_role, inherit;
  Span span;
};

struct ViewColumn {
  std::string_view key;
  Fact<std::string_view> name;
  Fact<std::optional<std::string_view>> sql_type;  ///< none for an expression
  std::optional<bool> not_null;
};

struct View {
  std::string_view export_name;
  Fact<std::string_view> name;
  std::optional<std::string_view> schema;
  bool materialized = false;
  bool existing = false;
  Fact<std::optional<std::string_view>> query;  ///< none for existing views
  std::span<const ViewColumn> columns;
  bool columns_incomplete = false;
  std::span<const Option> options;
  Span span;
};

enum class RelationKind : std::uint8_t { kOne, kMany };

/// One entry of relations() (0.x) or defineRelations() (1.0).
struct Relation {
  const Table* table = nullptr;
  std::string_view key;
  RelationKind kind = RelationKind::kOne;
  const Table* target = nullptr;
  std::optional<std::string_view> relation_name;  ///< `relationName` (0.x), `alias` (1.0)
  bool is_explicit = false;                       ///< names its fields (0.x)
  bool optional = false;                          ///< one: whether the row type has `| null`
  std::span<const Column* const> fields;
  std::span<const Column* const> references;
  std::optional<std::string_view> error;  ///< why drizzle cannot resolve it, in drizzle's words
  const Table* through = nullptr;         ///< 1.0 many-to-many
  bool inferred = false;                  ///< 1.0: taken from the reverse side
  bool filtered = false;                  ///< 1.0: has `where`
  bool outside = false;                   ///< declared in a file that is not part of the schema, see RelationFile
  Span span;
};

/// A file of relations that drizzle.config's `schema` does not name: `relations.ts` beside the schema, or the one that `drizzle-kit pull`
/// writes to the out folder together with a schema.ts of its own.
struct RelationFile {
  std::string_view path;         ///< relative to the root
  std::string_view schema_path;  ///< the schema.ts of its own that it imports; empty when it imports the schema's tables
  /// What it declares. Without `schema_path` these are among Model::relations; else they join `tables`, which are to be compared with the
  /// schema's by their names in the database.
  std::span<const Relation> relations;
  std::span<const Table> tables;  ///< exported by `schema_path`; empty without one
  bool incomplete = false;        ///< holds what could not be read
  Span span;                      ///< its first statement
};

/// A relations() call of 0.x whose result no file of the schema exports, so that drizzle() never gets it.
struct HiddenRelations {
  const Table* table = nullptr;
  Span span;
};

/// A table builder (`index("x").on(…)`) exported or left standing outside any table: it does nothing.
struct StandaloneBuilder {
  std::string_view export_name;
  std::string_view builder;  ///< "index", "unique", "foreignKey", …
  std::optional<std::string_view> name;
  std::span<const Column* const> columns;
  Span span;
};

enum class HiddenKind : std::uint8_t { kTable, kEnum, kSchema, kSequence, kRole, kView, kPolicy };

/// An object that drizzle-kit cannot see: made by the schema's files or by what they import, but not exported by a schema file.
struct HiddenObject {
  HiddenKind kind = HiddenKind::kTable;
  Fact<std::string_view> name;
  Fact<std::optional<std::string_view>> schema;
  std::string_view binding;           ///< its name at the top of a file; empty when it has none
  bool exported = false;              ///< the file that binds it exports it, but is no schema file
  std::string_view holder;            ///< the exported object it is a property of: "schema.users"; empty without one
  bool existing = false;              ///< `.existing()`: not drizzle-kit's to create
  const Table* table = nullptr;       ///< kTable: the one in `hidden_tables`
  const Enum* enumeration = nullptr;  ///< kEnum: the one in `hidden_enums`
  Span span;                          ///< the call that makes it
  Span binding_span;                  ///< the declared name, or nowhere
};

enum class ProblemKind : std::uint8_t {
  kSyntaxError,       ///< the file does not parse; what parses was read
  kUnresolvedImport,  ///< an import of the project's own that leads nowhere
  kSchemaThrows,      ///< evaluating the schema would throw
  kRelationThrows,    ///< 1.0: defineRelations() would throw because of one relation
  kImportCycle,       ///< a value is used before the cycle has initialised it
  kBudget,            ///< evaluation was cut off: recursion or too many steps
  kUnreadableFile,    ///< a file that is listed but cannot be read, is binary or too large
};

/// Something wrong with the project itself that reading came across.
struct Problem {
  ProblemKind kind = ProblemKind::kSyntaxError;
  std::string_view message;
  std::string_view help;
  Span span;
};

/// A comment of a parsed file, marks included. Authors say in them what a rule must not overrule; suppressions are comments too.
struct Comment {
  std::string_view text;  ///< as written: `// …` or `/* … */`
  Span span;
};

/// Top-level collections that an unreadable piece of source could add to.
struct IncompleteModel {
  bool tables = false, enums = false, views = false, relations = false;
};

struct Coverage {
  std::uint32_t files = 0;  ///< parsed
  std::uint32_t tables = 0;
  std::uint32_t columns = 0;
  std::uint32_t unknowns = 0;
};

/// One schema: what one drizzle.config (or the project without one) leads to.
struct Model {
  Dialect dialect = Dialect::kPostgresql;
  std::span<const Dialect> other_dialects;  ///< tables of these were found, and are not part of the model
  bool orm_v1 = false;                      ///< drizzle-orm 1.0 (beta, rc) instead of 0.x
  std::string_view orm_version;             ///< as the project pins it; empty when it says nothing
  Casing casing = Casing::kNone;
  std::string_view config_path;                    ///< drizzle.config.ts relative to the root; empty without one
  std::string_view out_folder;                     ///< drizzle-kit's `out`, relative to the root; empty without a config
  std::span<const std::string_view> files;         ///< the schema files, relative to the root
  std::span<const std::string_view> parsed_files;  ///< these and what had to be parsed to understand them, sorted

  std::span<const Table> tables;         ///< exported tables, sorted by schema, name, export
  std::span<const Table> hidden_tables;  ///< tables drizzle-kit cannot see: not exported, or only reached by reference
  std::span<const Enum> enums;
  std::span<const Enum> hidden_enums;
  std::span<const HiddenObject> hidden_objects;  ///< these two and schemas, sequences, roles, views, policies; sorted by place
  std::span<const SchemaObject> schemas;
  std::span<const Sequence> sequences;
  std::span<const Role> roles;
  std::span<const Policy> policies;
  std::span<const View> views;
  std::span<const Relation> relations;  ///< sorted by table, key; those of relation files that import the schema's tables among them
  std::span<const HiddenRelations> hidden_relations;
  std::span<const RelationFile> relation_files;  ///< sorted by path
  std::span<const StandaloneBuilder> standalone_builders;

  std::span<const Comment> comments;  ///< of all parsed files, sorted by file and offset

  std::span<const Unknown> unknowns;  ///< everything that could not be read, in source order
  std::span<const Problem> problems;
  IncompleteModel incomplete;
  Coverage coverage;

  const Sources* sources = nullptr;
};

/// The column with this TypeScript key, or null.
const Column* find_column_by_key(const Table& table, std::string_view key);
/// The column with this database name, or null.
const Column* find_column(const Table& table, std::string_view name);
/// Whether both are the same columns, in whatever order.
bool same_columns(std::span<const Column* const> a, std::span<const Column* const> b);
/// Whether these columns together are a primary key, a unique constraint or a whole unique index: what a foreign key may point at.
bool is_key(const Table& table, std::span<const Column* const> columns);
/// The column's name in the database, or its key when that is unknown.
std::string column_name(const Column& column);
std::vector<std::string> column_names(std::span<const Column* const> columns);
/// "public.orders" style label for messages: the schema only when there is one.
std::string display_name(const Table& table);

}  // namespace drizzle_audit
