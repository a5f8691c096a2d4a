// From drizzle-orm's run-time objects to the frozen model. The steps are in build_*.cpp; all of them write into one arena.
#pragma once

#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/hosts.h"
#include "text/arena.h"

namespace drizzle_audit::schema {

/// What the files of a schema export, in drizzle-kit's order, each object once.
using Exports = std::vector<std::pair<std::string_view, Value>>;

/// State of one build. Short-lived: the model keeps nothing of it but what is in `arena`.
struct ModelBuilder {
  ModelBuilder(Interpreter& interpreter, Environment& its_environment, text::Arena& its_arena, Dialect its_dialect)
      : in(interpreter), environment(its_environment), arena(its_arena), dialect(its_dialect) {}

  Interpreter& in;
  Environment& environment;
  text::Arena& arena;
  Dialect dialect;
  std::vector<Unknown> unknowns;
  std::vector<Problem> problems;
  std::set<FileId> schema_files;  ///< what was parsed before relation files were looked at; empty without any

  // ---- text and facts that outlive the evaluator
  std::string_view keep(std::string_view text) { return text::copy(arena, text); }
  Unknown keep(const Unknown& why) { return {keep(why.reason), why.span}; }
  /// A copy in the model's arena; counts unknowns.
  Fact<std::string_view> keep(const Fact<std::string_view>& fact);
  Fact<SqlText> keep(const Fact<SqlText>& fact);
  void not_read(const Unknown& why) { unknowns.push_back(keep(why)); }
  /// `name: value` pairs of an options object, sorted by name; incomplete ones are counted.
  std::span<const Option> options(const Value& value, std::string_view without, bool sorted, Span at);
  std::span<const std::string_view> strings(const std::vector<std::string_view>& items) { return text::copy(arena, items); }
  Fact<std::span<const std::string_view>> string_values(const Value& values, Span at);
};

// build_columns.cpp
Column build_column(ModelBuilder& builder, const ColumnHost& host, const Table* table);
/// The DEFAULT clause; sets the kind and the bound values of `made`.
Fact<std::optional<std::string_view>> default_text(ModelBuilder& builder, const ColumnHost& column, Column& made);

// build_constraints.cpp: everything of a table that refers to columns. All columns of all tables are built by then.
void build_constraints(ModelBuilder& builder, const TableHost& host, Table& table);

// build_entities.cpp
Enum build_enum(ModelBuilder& builder, const EnumHost& host, std::string_view export_name);
Policy build_policy(ModelBuilder& builder, const PolicyHost& host, std::string_view export_name);
Sequence build_sequence(ModelBuilder& builder, const SequenceHost& host, std::string_view export_name);
Role build_role(ModelBuilder& builder, const RoleHost& host, std::string_view export_name);

// build_hidden.cpp: what drizzle-kit cannot see, and where it is bound. Tables and enums are built by then.
std::vector<HiddenObject> build_hidden(ModelBuilder& builder, const Exports& exports);

// build_model.cpp
/// The dialects that `exports` has tables, views, schemas or enums of, in the enumeration's order.
std::vector<Dialect> dialects_of(const Exports& exports);
/// Builds everything but what read_project.h knows of the project (files, config, version). `binding_spans[i]` belongs to `exports[i]`.
/// `outside` is what relation files export: drizzle() is given it together with the schema.
void build_model(ModelBuilder& builder, const Exports& exports, const std::vector<Span>& binding_spans, const Exports& outside,
                 Model& model);

}  // namespace drizzle_audit::schema
