// See row_type.h. Source of truth: the declarations of drizzle-orm 0.45.4 and 1.0.0-rc.4 (<dialect>-core/columns/*.d.ts), as the
// TypeScript compiler reads them; tests/types holds every builder against it.
#include "types/row_type.h"

#include <algorithm>
#include <array>
#include <optional>

#include "queries/bytes.h"
#include "syntax/parse_types.h"
#include "types/evaluation.h"
#include "types/type_program.h"

namespace drizzle_audit::types {

using syntax::TypeNode;
using syntax::TypeNodeKind;

namespace {

/// What a builder's class makes of a value.
enum class Data : std::uint8_t {
  kText,  // string, or the union of its `enum`
  kNumber,
  kBigInt,
  kBoolean,
  kDate,
  kBuffer,
  kJson,
  kNumbers,  // number[]
  kPair,     // [number, number]
  kTriple,
  kPoint,  // { x, y }
  kLine,   // { a, b, c }
  kEnum,
  kCustom,
  kMssqlTime,  // string or Date by its mode
  kBlob,       // string or Buffer by its mode
  kUnread,
};

struct ClassData {
  std::string_view name;  // without the dialect's prefix
  Data data;
};

constexpr auto kClasses = std::to_array<ClassData>({
    {"BigInt53", Data::kNumber},
    {"BigInt64", Data::kBigInt},
    {"BigIntNumber", Data::kNumber},
    {"BigInt", Data::kBigInt},
    {"BigSerial53", Data::kNumber},
    {"BigSerial64", Data::kBigInt},
    {"Boolean", Data::kBoolean},
    {"Bytea", Data::kBuffer},
    {"Date", Data::kDate},
    {"DateTime", Data::kDate},
    {"DateTime2", Data::kDate},
    {"DateTimeOffset", Data::kDate},
    {"DecimalNumber", Data::kNumber},
    {"DecimalBigInt", Data::kBigInt},
    {"Double", Data::kNumber},
    {"DoublePrecision", Data::kNumber},
    {"EnumColumn", Data::kEnum},
    {"EnumObjectColumn", Data::kEnum},
    {"CustomColumn", Data::kCustom},
    {"Float", Data::kNumber},
    {"Geometry", Data::kPair},
    {"GeometryObject", Data::kPoint},
    {"HalfVector", Data::kNumbers},
    {"Int", Data::kNumber},
    {"Integer", Data::kNumber},
    {"Json", Data::kJson},
    {"Jsonb", Data::kJson},
    {"TextJson", Data::kJson},
    {"BlobJson", Data::kJson},
    {"BlobBuffer", Data::kBuffer},
    {"NVarCharJson", Data::kJson},
    {"Line", Data::kTriple},
    {"LineABC", Data::kLine},
    {"MediumInt", Data::kNumber},
    {"NumericNumber", Data::kNumber},
    {"NumericBigInt", Data::kBigInt},
    {"PointTuple", Data::kPair},
    {"PointObject", Data::kPoint},
    {"Real", Data::kNumber},
    {"Serial", Data::kNumber},
    {"SmallInt", Data::kNumber},
    {"SmallSerial", Data::kNumber},
    {"TinyInt", Data::kNumber},
    {"Vector", Data::kNumbers},
    {"Year", Data::kNumber},
});

constexpr auto kTextClasses = std::to_array<std::string_view>({"BigIntString",
                                                               "BigSerialString",
                                                               "Binary",
                                                               "BinaryVector",
                                                               "Bit",
                                                               "Char",
                                                               "Cidr",
                                                               "DateString",
                                                               "DateTimeString",
                                                               "DateTime2String",
                                                               "DateTimeOffsetString",
                                                               "Decimal",
                                                               "Inet",
                                                               "Interval",
                                                               "Macaddr",
                                                               "Macaddr8",
                                                               "Numeric",
                                                               "SparseVector",
                                                               "String",
                                                               "Text",
                                                               "Time",
                                                               "TimeString",
                                                               "TimestampString",
                                                               "UUID",
                                                               "VarBinary",
                                                               "VarChar",
                                                               "Varbit",
                                                               "Varchar"});

std::string_view without_prefix(std::string_view column_type) {
  for (const std::string_view prefix : {"SingleStore", "Cockroach", "SQLite", "MySql", "MsSql", "Pg"}) {
    if (column_type.starts_with(prefix)) return column_type.substr(prefix.size());
  }
  return column_type;
}

Data data_of(const Column& column, Dialect dialect) {
  const std::string_view name = without_prefix(column.element_type);
  if (dialect == Dialect::kMssql) {
    if (name == "Bit") return Data::kBoolean;
    if (name == "Binary" || name == "VarBinary") return Data::kBuffer;
    if (name == "Time") return Data::kMssqlTime;
  }
  if (dialect == Dialect::kSqlite && name == "Timestamp") return Data::kDate;
  if (name == "Timestamp") return Data::kDate;
  if (name == "Blob") return Data::kBlob;
  const auto found = std::ranges::find(kClasses, name, &ClassData::name);
  if (found != kClasses.end()) return found->data;
  return std::ranges::find(kTextClasses, name) == kTextClasses.end() ? Data::kUnread : Data::kText;
}

/// Reads the call that makes a column.
class ColumnReader {
 public:
  ColumnReader(Evaluation& evaluation, const Model& model, const Column& column) : in_(evaluation), model_(model), column_(column) {}

  /// The data type, without null; `not_null` and `has_default` are set where a custom type says so.
  const Type& data(bool& not_null, bool& has_default);
  /// Whether the chain that is written for the column has this method.
  bool has_method(std::string_view name);

 private:
  const TypeNode* chain();
  bool mode_is_hidden();
  const Type& single(bool& not_null, bool& has_default);
  const Type& numbers(std::size_t how_many);
  const Type& fields(const std::vector<std::string_view>& names);
  const Type& enum_values();
  const Type& custom(bool& not_null, bool& has_default);
  const Type& custom_data(TypeFile& file, const TypeNode& made, bool& not_null, bool& has_default, int depth);
  const Type& unread(const std::string& why) { return in_.unreadable(why, column_.span); }
  /// Where the chain is written: what stands after the colon of `status: text("status")`. Sets `file_`. None when it cannot be seen.
  std::optional<syntax::Piece> chain_piece();
  /// The first call of the column's chain, `text("status", { … })`; null when it cannot be seen.
  const TypeNode* call();
  /// Whether that call is of a builder of drizzle-orm's, and not of a function of the project.
  bool is_builder(const TypeNode& call);
  bool is_builder(std::string_view callee, bool is_member);
  /// The same, seen without parsing: the chain begins with `text(` or `t.text(`.
  bool begins_with_builder();
  /// `mode` as written in the call's options; none when there are no options, empty when it cannot be seen.
  std::optional<std::string_view> mode();

  Evaluation& in_;
  const Model& model_;
  const Column& column_;
  TypeFile* file_ = nullptr;
  std::optional<const TypeNode*> chain_;  // what chain() said
};

const TypeNode* first_call(const TypeNode& chain) {
  const TypeNode* node = &chain;
  while (node->kind == TypeNodeKind::kCall) {
    const TypeNode* callee = node->child(0);
    if (callee->kind != TypeNodeKind::kAccess || callee->child(0)->kind != TypeNodeKind::kCall) return node;
    node = callee->child(0);
  }
  return nullptr;
}

std::optional<syntax::Piece> ColumnReader::chain_piece() {
  if (!column_.span.somewhere() || column_.key_span.file != column_.span.file) return std::nullopt;
  file_ = in_.files.by_id(column_.span.file);
  if (file_ == nullptr) return std::nullopt;
  std::uint32_t start = column_.key_span == column_.span ? column_.span.start : column_.key_span.end;
  const std::string_view text = file_->text;
  const auto skip_space = [&] {
    while (start < column_.span.end && (text[start] == ' ' || text[start] == '\n' || text[start] == '\r' || text[start] == '\t')) ++start;
  };
  skip_space();
  if (start < column_.span.end && text[start] == ':') ++start;
  skip_space();
  if (start >= column_.span.end) return std::nullopt;
  return syntax::Piece{start, column_.span.end};
}

const TypeNode* ColumnReader::chain() {
  if (chain_) return *chain_;
  const std::optional<syntax::Piece> piece = chain_piece();
  chain_ = piece ? &syntax::parse_value(file_->text, file_->path, *piece, in_.files.memory()) : nullptr;
  return *chain_;
}

const TypeNode* ColumnReader::call() {
  const TypeNode* whole = chain();
  return whole == nullptr ? nullptr : first_call(*whole);
}

bool ColumnReader::has_method(std::string_view name) {
  const TypeNode* node = chain();
  while (node != nullptr && node->kind == TypeNodeKind::kCall && node->child(0)->kind == TypeNodeKind::kAccess) {
    if (node->child(0)->text == name) return true;
    node = node->child(0)->child(0);
  }
  return false;
}

/// A function of the project that is given options makes a column whose type depends on what it makes of them.
bool ColumnReader::mode_is_hidden() {
  static constexpr auto kByMode = std::to_array<std::string_view>({"bigint", "bigserial", "numeric", "decimal", "date", "datetime",
                                                                   "datetime2", "datetimeoffset", "timestamp", "time", "point", "line",
                                                                   "geometry", "blob", "integer", "int", "int8", "text", "nvarchar"});
  if (std::ranges::find(kByMode, column_.builder) == kByMode.end() || begins_with_builder()) return false;
  const TypeNode* made = call();
  if (made == nullptr || is_builder(*made)) return false;
  for (std::size_t i = 2; i < made->children.size(); ++i) {
    const TypeNodeKind kind = made->child(i)->kind;
    if (kind != TypeNodeKind::kString && kind != TypeNodeKind::kTemplate && kind != TypeNodeKind::kNumber) return true;
  }
  return false;
}

bool ColumnReader::is_builder(const TypeNode& call) {
  const TypeNode& callee = *call.child(0);
  const bool is_member = callee.kind == TypeNodeKind::kAccess;
  return (is_member || callee.kind == TypeNodeKind::kIdentifier) && is_builder(callee.text, is_member);
}

bool ColumnReader::is_builder(std::string_view callee, bool is_member) {
  if (is_member) return callee == column_.builder;
  const auto from = in_.package_of(*file_, callee);
  if (from) return from->first.starts_with("drizzle-orm");
  // A parameter that is taken apart: `({ text }) => …`
  return callee == column_.builder && in_.files.find(*file_, callee).kind == Place::Kind::kNowhere;
}

bool ColumnReader::begins_with_builder() {
  const std::optional<syntax::Piece> piece = chain_piece();
  if (!piece) return false;
  const std::string_view text = file_->text.substr(piece->start, piece->end - piece->start);
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos) return false;
  const std::string_view callee = text.substr(0, open);
  if (!std::ranges::all_of(callee, [](char c) { return c == '.' || queries::is_word(c); })) return false;
  const std::size_t dot = callee.rfind('.');
  return dot == std::string_view::npos ? is_builder(callee, false) : is_builder(callee.substr(dot + 1), true);
}

std::optional<std::string_view> ColumnReader::mode() {
  const TypeNode* made = call();
  if (made == nullptr || !is_builder(*made)) return "";
  for (std::size_t i = 2; i < made->children.size(); ++i) {
    const TypeNode& argument = *made->child(i);
    if (argument.kind == TypeNodeKind::kString || argument.kind == TypeNodeKind::kTemplate) continue;
    if (argument.kind != TypeNodeKind::kObjectLiteral) return "";
    for (const TypeNode* child : argument.children) {
      if (child->kind != TypeNodeKind::kProperty) return "";
      if (child->text == "mode") return child->child(0)->kind == TypeNodeKind::kString ? child->child(0)->text : std::string_view();
    }
  }
  return std::nullopt;
}

const Type& ColumnReader::numbers(std::size_t how_many) {
  Type* made = in_.types.make(TypeKind::kTuple);
  made->properties = in_.types.keep(std::vector<Property>(how_many, Property{.type = &in_.keyword(TypeKind::kNumber)}));
  return *made;
}

const Type& ColumnReader::fields(const std::vector<std::string_view>& names) {
  std::vector<Property> properties;
  for (const std::string_view name : names) properties.push_back(Property{.name = name, .type = &in_.keyword(TypeKind::kNumber)});
  return *in_.object(properties, {});
}

const Type& ColumnReader::enum_values() {
  if (column_.enumeration != nullptr) return in_.enum_type(*column_.enumeration);
  const TypeNode* made = call();
  if (made == nullptr || !is_builder(*made)) return unread("the values of its enum are not written where the column is");
  const Scope& scope = *text::make<Scope>(in_.types.memory(), Scope{.file = file_});
  for (std::size_t i = made->children.size(); i-- > 2;) {
    const TypeNode& argument = *made->child(i);
    if (argument.kind == TypeNodeKind::kString || argument.kind == TypeNodeKind::kTemplate) continue;
    if (column_.builder.ends_with("Enum")) return in_.enum_texts(argument, scope);
    if (argument.kind != TypeNodeKind::kObjectLiteral) break;
    for (const TypeNode* child : argument.children) {
      if (child->kind == TypeNodeKind::kProperty && child->text == "enum") return in_.enum_texts(*child->child(0), scope);
    }
  }
  return unread("the values of its enum are not written where the column is");
}

const Type& ColumnReader::custom_data(TypeFile& file, const TypeNode& made, bool& not_null, bool& has_default, int depth) {
  const auto lost = [&]() -> const Type& { return unread("the types of its custom type cannot be read"); };
  if (depth > 4) return lost();
  const Scope& scope = *text::make<Scope>(in_.types.memory(), Scope{.file = &file});
  const TypeNode* callee = made.kind == TypeNodeKind::kCall ? made.child(0) : nullptr;
  if (callee == nullptr) return lost();
  if (callee->kind == TypeNodeKind::kCall) return custom_data(file, *callee, not_null, has_default, depth + 1);  // customType<…>(…)()
  const bool is_custom_type =
      (callee->kind == TypeNodeKind::kIdentifier || callee->kind == TypeNodeKind::kAccess) && callee->text == "customType";
  if (is_custom_type) {
    const TypeNode* arguments = made.child(1);
    if (arguments == nullptr || arguments->children.empty()) return lost();
    const Type& config = in_.settled(in_.type(*arguments->child(0), scope));
    const auto says = [&](std::string_view key) {
      const Property* property = find_property(config, key);
      return property != nullptr && in_.of(*property).is(TypeKind::kBooleanLiteral) && in_.of(*property).text == "true";
    };
    const Property* data = find_property(config, "data");
    if (data == nullptr || config.incomplete != nullptr) return lost();
    not_null = not_null || says("notNull");
    has_default = has_default || says("default");
    return in_.of(*data);
  }
  if (callee->kind != TypeNodeKind::kIdentifier) return lost();
  const Place place = in_.files.find(file, callee->text);
  if (place.kind != Place::Kind::kDeclared) return lost();
  for (const TypeNode* node : in_.files.declared(*place.file, place.name)) {
    if (node->kind != TypeNodeKind::kVariable || node->child(1) == nullptr || node->child(0) != nullptr) continue;
    const TypeNode* given = node->child(1);
    if (given->kind == TypeNodeKind::kLambda && given->child(0) == nullptr && given->child(1) != nullptr) {
      const TypeNode* inner = first_call(*given->child(1));
      // What is said further on in the chain (.notNull(), .$type()) is in the model.
      return inner == nullptr ? lost() : custom_data(*place.file, *inner, not_null, has_default, depth + 1);
    }
    return custom_data(*place.file, *given, not_null, has_default, depth + 1);
  }
  return lost();
}

const Type& ColumnReader::custom(bool& not_null, bool& has_default) {
  const TypeNode* made = call();
  if (made == nullptr) return unread("the types of its custom type cannot be read");
  return custom_data(*file_, *made, not_null, has_default, 0);
}

const Type& ColumnReader::single(bool& not_null, bool& has_default) {
  const auto keyword = [this](TypeKind kind) -> const Type& { return in_.keyword(kind); };
  const Dialect dialect = column_.table != nullptr ? column_.table->dialect : model_.dialect;
  if (mode_is_hidden()) return unread("a function of the project makes it of options that decide its type");
  switch (data_of(column_, dialect)) {
    case Data::kText: return column_.has_enum_values ? enum_values() : keyword(TypeKind::kString);
    case Data::kNumber: return keyword(TypeKind::kNumber);
    case Data::kBigInt: return keyword(TypeKind::kBigInt);
    case Data::kBoolean: return keyword(TypeKind::kBoolean);
    case Data::kDate: return in_.types.nominal("Date");
    case Data::kBuffer:
      // sqlite's blob() without options is typed as if it were JSON.
      if (dialect == Dialect::kSqlite) {
        const std::optional<std::string_view> given = mode();
        if (given && given->empty()) return unread("the mode of its blob is not written where the column is");
        if (!given) return keyword(TypeKind::kUnknown);
      }
      return in_.types.nominal("Buffer");
    case Data::kJson: return keyword(TypeKind::kUnknown);
    case Data::kNumbers: return in_.types.array(keyword(TypeKind::kNumber));
    case Data::kPair: return numbers(2);
    case Data::kTriple: return numbers(3);
    case Data::kPoint: return fields({"x", "y"});
    case Data::kLine: return fields({"a", "b", "c"});
    case Data::kEnum: return enum_values();
    case Data::kCustom: return custom(not_null, has_default);
    case Data::kMssqlTime:
    case Data::kBlob: break;
    case Data::kUnread: return unread("the type of " + std::string(column_.builder) + "() is not worked out");
  }
  const std::optional<std::string_view> given = mode();
  if (given && given->empty()) return unread("the mode of the column is not written where it is made");
  if (given && *given == "string") return keyword(TypeKind::kString);
  return in_.types.nominal(data_of(column_, dialect) == Data::kBlob ? "Buffer" : "Date");
}

const Type& ColumnReader::data(bool& not_null, bool& has_default) {
  if (column_.unread_chain) return unread("a method in its chain could not be read");
  const bool wraps = column_.dimensions > 0;
  const Type* made = nullptr;
  if (column_.type_argument) {
    TypeFile* file = in_.files.by_id(column_.type_argument->file);
    if (file == nullptr) return unread("its $type cannot be read");
    const TypeNode& node = syntax::parse_type(file->text, {column_.type_argument->start, column_.type_argument->end}, in_.files.memory());
    const Scope& scope = *text::make<Scope>(in_.types.memory(), Scope{.file = file});
    made = &in_.settled(in_.type(node, scope));
    if (wraps && !model_.orm_v1) return *made;  // 0.45: an array is a builder of its own, and $type replaces all of it
    if (column_.builder == "customType") custom(not_null, has_default);
  } else {
    made = &single(not_null, has_default);
  }
  if (made->is(TypeKind::kUnreadable)) return *made;
  for (std::uint32_t i = 0; i < column_.dimensions && i < 8; ++i) made = &in_.types.array(*made);
  return *made;
}

Property property_of(Evaluation& evaluation, const Model& model, const Column& column, RowKind kind) {
  Property property;
  property.name = column.key;
  property.column = &column;
  property.span = column.span;
  const std::string_view name = without_prefix(column.element_type);
  // Typed as NotNull, whatever the DDL says: bigserial, and MySQL's serial.
  bool not_null = column.not_null || name == "BigSerial64" || (name == "Serial" && column.builder == "serial");
  bool has_default = column.has_default || column.auto_increment || column.on_update_now || column.runtime_default ||
                     column.runtime_on_update || column.default_kind != DefaultKind::kNone;
  const bool by_default = column.identity && column.identity->type == "byDefault";
  const bool mssql = column.table != nullptr && column.table->dialect == Dialect::kMssql;
  ColumnReader reader(evaluation, model, column);
  const bool always = (column.identity && !by_default) || (mssql && reader.has_method("identity"));
  if (kind == RowKind::kInsert && (column.generated || always)) {
    property.optional = true;
    property.type = &evaluation.keyword(TypeKind::kNever);
    return property;
  }
  const Type& data = reader.data(not_null, has_default);
  property.type = not_null ? &data : &evaluation.types.with(data, TypeKind::kNull);
  property.optional = kind == RowKind::kInsert && (!not_null || has_default || by_default);
  if (column.type_argument) property.type_span = *column.type_argument;
  return property;
}

}  // namespace

const Type& Evaluation::row(const Table& table, bool insert) {
  const auto [entry, added] = rows_.try_emplace({&table, insert}, nullptr);
  if (!added) return entry->second != nullptr ? *entry->second : unreadable("it refers to itself in a circle", table.span);
  const Model* model = model_of(table);
  if (model == nullptr) return unreadable("the table is of no schema", table.span);
  std::vector<Property> properties;
  for (const Column& column : table.columns) {
    Property property = property_of(*this, *model, column, insert ? RowKind::kInsert : RowKind::kSelect);
    if (insert && property.type->is(TypeKind::kNever)) continue;
    properties.push_back(property);
  }
  Type* made = object(properties, table.span);
  made->table = &table;
  if (table.incomplete.columns) {
    made->incomplete = text::make<Unknown>(types.memory(), Unknown{"not all columns of the table could be read", table.span});
  }
  rows_[{&table, insert}] = made;
  return *made;
}

Property row_property(TypeProgram& program, const Model& model, const Column& column, RowKind kind) {
  Evaluation& evaluation = program.evaluation();
  evaluation.begin();
  Property property = property_of(evaluation, model, column, kind);
  property.type = &evaluation.finish(*property.type);
  return property;
}

const Type& row_type(TypeProgram& program, const Model&, const Table& table, RowKind kind) {
  Evaluation& evaluation = program.evaluation();
  evaluation.begin();
  return evaluation.finish(evaluation.row(table, kind == RowKind::kInsert));
}

}  // namespace drizzle_audit::types
