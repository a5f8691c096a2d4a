// The builders of a table's third argument: index().on(…), unique().on(…), foreignKey({…}) and their chain methods.
#include "program/operators.h"
#include "schema/hosts.h"

namespace drizzle_audit::schema {
namespace {

/// `index(…).on(…columns)` in pg copies each column's sort order and resets it; what `desc()` left on a column that no index read stays
/// there for the next one.
void take_index_columns(Call& call, ConstraintBuilder& builder, std::size_t first, bool indexed) {
  for (std::size_t i = first; i < call.arguments.size(); ++i) {
    const Value& value = call.arguments[i];
    ConstraintBuilder::IndexedColumn part{.value = value, .column = value.host_as<ColumnHost>(), .op_class = {}};
    if (value.is(Tag::kUnknown) && builder.unread == nullptr) builder.unread = &value.as_unknown();
    if (part.column != nullptr && indexed) {
      if (part.column->tainted != nullptr && builder.unread == nullptr) builder.unread = part.column->tainted;
      if (part.column->extra) {
        part.order = part.column->order;
        part.nulls = part.column->nulls;
        part.op_class = part.column->op_class;
        part.column->order = "asc";
        part.column->nulls = "last";
        part.column->op_class.reset();
      } else if (builder.dialect == Dialect::kPostgresql && !builder.environment.v1) {
        // `it.defaultConfig` of an ordinary column is undefined: JSON.parse(undefined).
        call.in.throw_error("\"undefined\" is not valid JSON", call.site);
      }
    }
    builder.columns.push_back(part);
  }
}

ConstraintBuilder* next_builder(Call& call, ConstraintBuilder& from, BuilderKind kind) {
  auto* made = call.in.make<ConstraintBuilder>(&call.in.memory(), from.environment, from.dialect, kind);
  made->span = call.site;
  made->builder = from.builder;
  made->name = from.name;
  made->unique = from.unique;
  made->unread = from.unread;
  from.consumed = true;
  from.environment.loose_builders.push_back(made);
  return made;
}

}  // namespace

std::string_view ConstraintBuilder::class_name() const {
  switch (kind) {
    case BuilderKind::kIndexOn: return "IndexBuilderOn";
    case BuilderKind::kIndex: return "IndexBuilder";
    case BuilderKind::kUniqueOn: return "UniqueOnConstraintBuilder";
    case BuilderKind::kUnique: return "UniqueConstraintBuilder";
    case BuilderKind::kPrimaryKey: return "PrimaryKeyBuilder";
    case BuilderKind::kForeignKey: return "ForeignKeyBuilder";
    case BuilderKind::kCheck: return "CheckBuilder";
  }
  return {};
}

Value ConstraintBuilder::get(Interpreter& in, std::string_view, Span at) {
  return in.unknown("a constraint builder's property is not evaluated", at);
}

Value ConstraintBuilder::call_method(Call& call, std::string_view called) {
  Interpreter& in = call.in;
  const bool pg = dialect == Dialect::kPostgresql || dialect == Dialect::kCockroach;
  const auto chained = [&] {
    span = call.site;
    return call.self;
  };
  const auto text = [&](const Value& value) -> std::optional<std::string_view> {
    if (value.is(Tag::kString)) return value.text();
    if (value.is(Tag::kUnknown) && unread == nullptr) unread = &value.as_unknown();
    return std::nullopt;
  };
  switch (kind) {
    case BuilderKind::kIndexOn:
      if (called == "on" || called == "onOnly") {
        ConstraintBuilder* index = next_builder(call, *this, BuilderKind::kIndex);
        take_index_columns(call, *index, 0, pg);
        if (pg) index->method = "btree";
        return Value::host(index);
      }
      if (called == "using" && pg) {
        ConstraintBuilder* index = next_builder(call, *this, BuilderKind::kIndex);
        take_index_columns(call, *index, 1, true);
        index->method = text(call.argument(0));
        if (call.argument(0).is(Tag::kUnknown)) index->unread = &call.argument(0).as_unknown();
        return Value::host(index);
      }
      break;
    case BuilderKind::kIndex:
      if (called == "where") {
        where = call.argument(0);
        return chained();
      }
      if (called == "with") {
        with = call.argument(0);
        return chained();
      }
      if (called == "concurrently") {
        concurrently = true;
        return chained();
      }
      if (called == "using" && !pg) {
        method = text(call.argument(0));
        return chained();
      }
      if (called == "algorithm" || called == "lock") return chained();
      break;
    case BuilderKind::kUniqueOn:
      if (called == "on") {
        ConstraintBuilder* made = next_builder(call, *this, BuilderKind::kUnique);
        take_index_columns(call, *made, 0, false);
        return Value::host(made);
      }
      break;
    case BuilderKind::kUnique:
      if (called == "nullsNotDistinct") {
        nulls_not_distinct = true;
        return chained();
      }
      break;
    case BuilderKind::kForeignKey:
      if (called == "onDelete" || called == "onUpdate") {
        (called == "onDelete" ? on_delete : on_update) = text(call.argument(0));
        return chained();
      }
      break;
    case BuilderKind::kPrimaryKey:
    case BuilderKind::kCheck: break;
  }
  in.throw_error(std::string(builder) + "(…)." + std::string(called) + " is not a function", call.site);
}

}  // namespace drizzle_audit::schema
