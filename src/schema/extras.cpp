// See extras.h.
#include "schema/extras.h"

#include <array>

#include "schema/sql.h"

namespace drizzle_audit::schema {
namespace {

void mark_all(Incomplete& incomplete) {
  incomplete.foreign_keys = incomplete.indexes = incomplete.uniques = incomplete.checks = incomplete.primary_keys = incomplete.policies =
      true;
}

std::string_view constructor_name(const Value& value) {
  switch (value.tag()) {
    case Tag::kUndefined: return "undefined";
    case Tag::kNull: return "null";
    case Tag::kBoolean: return "Boolean";
    case Tag::kNumber: return "Number";
    case Tag::kBigInt: return "BigInt";
    case Tag::kString: return "String";
    case Tag::kObject: return value.as_object().class_name;
    case Tag::kArray: return "Array";
    case Tag::kFunction:
    case Tag::kNative: return "Function";
    case Tag::kHost: return value.as_host().class_name();
    case Tag::kUnknown: break;
  }
  return {};
}

/// Reads the third argument of one table.
class ExtrasReader {
 public:
  ExtrasReader(ModelBuilder& builder, const TableHost& host, Table& table)
      : builder_(builder), in_(builder.in), host_(host), table_(table) {}

  Extras read() {
    extras();
    return std::move(out_);
  }

 private:
  struct Element {
    Value value;
    Span span;
  };

  void extras();
  void element(const Element& element);
  void add(ConstraintBuilder& constraint) {
    constraint.consumed = true;
    out_.constraints.push_back(&constraint);
  }
  void ignore(const Element& element, IgnoredReason reason);
  IgnoredExtra describe(const Element& element, IgnoredReason reason, int depth);
  void problem(const program::Thrown& thrown);
  void not_read(const Unknown& why) { builder_.not_read(why); }
  bool same_dialect(const ConstraintBuilder& constraint) const { return constraint.dialect == builder_.dialect; }

  ModelBuilder& builder_;
  Interpreter& in_;
  const TableHost& host_;
  Table& table_;
  Extras out_;
};

void ExtrasReader::problem(const program::Thrown& thrown) {
  builder_.problems.push_back({ProblemKind::kSchemaThrows, builder_.keep("reading the table's extras throws: " + thrown.message),
                               "drizzle-kit stops at this error", thrown.span});
}

IgnoredExtra ExtrasReader::describe(const Element& element, IgnoredReason reason, int depth) {
  IgnoredExtra made;
  made.kind = builder_.keep(constructor_name(element.value));
  made.reason = reason;
  made.span = element.span;
  if (element.value.host_as<SqlHost>() != nullptr && made.kind == "SQL")
    made.sql = builder_.keep(sql_text(in_, builder_.dialect, element.value));
  if (auto* constraint = element.value.host_as<ConstraintBuilder>()) {
    constraint->consumed = true;
    made.builder = builder_.keep(constraint->builder);
    made.dialect = constraint->dialect;
    if (constraint->name && constraint->name->known() && !constraint->name->value().empty())
      made.name = builder_.keep(constraint->name->value());
    std::vector<const Column*> columns;
    for (const auto& part : constraint->columns) {
      if (part.column != nullptr && part.column->ordinary().built != nullptr) columns.push_back(part.column->ordinary().built);
    }
    made.columns = text::copy(builder_.arena, columns);
    if (constraint->span.somewhere() && depth > 0) made.span = constraint->span;
  }
  if (element.value.host_as<PolicyHost>() != nullptr) made.builder = "pgPolicy";
  constexpr int kMaxDepth = 6;
  if (depth < kMaxDepth && (element.value.is(Tag::kObject) || element.value.is(Tag::kArray))) {
    std::vector<Property> properties;
    in_.own_properties(element.value, properties, element.span);
    std::vector<IgnoredExtra> inner;
    for (const Property& property : properties) {
      IgnoredExtra described = describe({property.value, property.span.somewhere() ? property.span : element.span}, reason, depth + 1);
      if (!described.builder.empty()) inner.push_back(described);
      else inner.insert(inner.end(), described.inner.begin(), described.inner.end());
    }
    made.inner = text::copy(builder_.arena, inner);
  }
  return made;
}

void ExtrasReader::ignore(const Element& element, IgnoredReason reason) { out_.ignored.push_back(describe(element, reason, 0)); }

void ExtrasReader::element(const Element& element) {
  const Value& value = element.value;
  if (value.is(Tag::kUnknown)) {
    not_read(value.as_unknown());
    mark_all(table_.incomplete);
    return;
  }
  if (auto* constraint = value.host_as<ConstraintBuilder>()) {
    if (constraint->kind == BuilderKind::kIndexOn || constraint->kind == BuilderKind::kUniqueOn) ignore(element, IgnoredReason::kWithoutOn);
    else if (!same_dialect(*constraint)) ignore(element, IgnoredReason::kOtherDialect);
    else add(*constraint);
    return;
  }
  if (auto* policy = value.host_as<PolicyHost>()) {
    policy->consumed = true;
    out_.policies.push_back(policy);
    return;
  }
  IgnoredReason reason = IgnoredReason::kNotABuilder;
  if (value.host_as<SqlHost>() != nullptr) reason = IgnoredReason::kRawSql;
  else if (value.is(Tag::kObject)) reason = IgnoredReason::kObjectInArray;
  else if (value.is(Tag::kArray)) reason = IgnoredReason::kNestedTooDeep;
  ignore(element, reason);
}

void ExtrasReader::extras() {
  if (host_.extras.is_nullish()) return;
  Value result = host_.extras;
  const std::size_t loose_before = builder_.environment.loose_builders.size();
  if (host_.extras.is_callable()) {
    program::Object* columns = in_.make_object();
    const auto& parameters = host_.extra_columns.empty() ? host_.columns : host_.extra_columns;
    for (ColumnHost* column : parameters) columns->set({column->key, Value::host(column), column->property_span, column->key_span, false});
    columns->incomplete = host_.columns_incomplete;
    const std::array<Value, 1> arguments{Value::object(columns)};
    try {
      result = in_.call(host_.extras, arguments, host_.extras_span);
    } catch (const program::Thrown& thrown) {
      problem(thrown);
      mark_all(table_.incomplete);
      return;
    } catch (const program::OverBudget& over) {
      not_read({over.reason, host_.extras_span});
      mark_all(table_.incomplete);
      return;
    }
  }
  if (result.is(Tag::kUnknown)) {
    not_read(result.as_unknown());
    mark_all(table_.incomplete);
    return;
  }
  if (result.is_nullish()) {
    IgnoredExtra made;
    made.kind = "undefined";
    made.reason = IgnoredReason::kReturnsNothing;
    made.span = host_.extras_span;
    std::vector<IgnoredExtra> inner;
    const auto& loose = builder_.environment.loose_builders;
    for (std::size_t i = loose_before; i < loose.size(); ++i) {
      auto* constraint = dynamic_cast<ConstraintBuilder*>(loose[i]);
      if (constraint != nullptr && !constraint->consumed)
        inner.push_back(describe({Value::host(constraint), constraint->span}, made.reason, 1));
    }
    made.inner = text::copy(builder_.arena, inner);
    out_.ignored.push_back(made);
    // getTableConfig() throws on it: "Cannot convert undefined or null to object".
    not_read({"the callback returns nothing", host_.extras_span});
    mark_all(table_.incomplete);
    return;
  }
  const Unknown* why = nullptr;
  if (result.is(Tag::kArray)) {  // extra.flat(1)
    const program::Array& array = result.as_array();
    why = array.incomplete;
    for (std::size_t i = 0; i < array.items.size(); ++i) {
      if (!array.items[i].is(Tag::kArray)) {
        element({array.items[i], array.span_of(i)});
        continue;
      }
      const program::Array& inner = array.items[i].as_array();
      if (inner.incomplete != nullptr) why = inner.incomplete;
      for (std::size_t k = 0; k < inner.items.size(); ++k) {
        const Span at = inner.span_of(k).somewhere() ? inner.span_of(k) : array.span_of(i);
        element({inner.items[k], inner.items[k].is(Tag::kArray) ? array.span_of(i) : at});
      }
    }
  } else if (auto* alone = result.host_as<ConstraintBuilder>()) {
    // A builder returned without an array: its fields are taken for the entries. An IndexBuilder has one, `config`, a plain object.
    IgnoredExtra made = describe({result, alone->span}, IgnoredReason::kObjectInArray, 1);
    made.inner = text::copy(builder_.arena, std::vector<IgnoredExtra>{made});
    made.kind = "Object";
    made.builder = {};
    out_.ignored.push_back(made);
    if (alone->kind != BuilderKind::kIndex) mark_all(table_.incomplete);
  } else {
    std::vector<Property> properties;
    why = in_.own_properties(result, properties, host_.extras_span);
    for (const Property& property : properties) element({property.value, property.span});
  }
  if (why != nullptr) {
    not_read(*why);
    mark_all(table_.incomplete);
  }
}

}  // namespace

Extras read_extras(ModelBuilder& builder, const TableHost& host, Table& table) { return ExtrasReader(builder, host, table).read(); }

}  // namespace drizzle_audit::schema
