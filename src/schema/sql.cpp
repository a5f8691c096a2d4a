// drizzle-orm's sql tag and SQL objects: drizzle-orm/sql/sql.ts. sql_text.cpp prints them.
#include "schema/sql.h"

#include <vector>

#include "program/operators.h"
#include "schema/select.h"

namespace drizzle_audit::schema {
namespace {

constexpr std::string_view kMemberReason = "this part of a SQL object is not evaluated";

SqlHost* make_host(Interpreter& in, Span at) {
  auto* sql = in.make<SqlHost>(&in.memory());
  sql->span = at;
  return sql;
}

SqlHost* copy_of(Interpreter& in, const SqlHost& sql) {
  SqlHost* copy = make_host(in, sql.span);
  copy->chunks.assign(sql.chunks.begin(), sql.chunks.end());
  copy->inline_params = sql.inline_params;
  copy->unread = sql.unread;
  copy->taint(sql.tainted);
  return copy;
}

/// A member as a chunk of a list, as `sql.join` and `sql.fromList` take it.
Value from_list(Interpreter& in, const Value& list, const Value& separator, Span at) {
  std::vector<Value> items;
  const Unknown* why = in.elements(list, items, at);
  SqlBuilder sql(in, at);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0 && !separator.is(Tag::kUndefined)) sql.value(separator);
    sql.value(items[i]);
  }
  sql.host().unread = why;
  return sql.done();
}

/// `sql`: callable, with members.
class SqlTag final : public Host {
 public:
  [[nodiscard]] std::string_view class_name() const override { return "Function"; }
  [[nodiscard]] bool is_callable() const override { return true; }

  Value call(Call& call) override {
    Interpreter& in = call.in;
    std::vector<Value> strings;
    const Unknown* why = in.elements(call.argument(0), strings, call.site);
    SqlBuilder sql(in, call.site);
    sql.host().unread = why;
    for (std::size_t i = 0; i < strings.size(); ++i) {
      if (!strings[i].is(Tag::kString))
        sql.value(strings[i].is(Tag::kUnknown) ? strings[i] : in.unknown("the text of SQL is not known", call.site));
      else sql.text(strings[i].text());
      if (i + 1 < strings.size()) sql.value(call.argument(i + 1));
    }
    return sql.done();
  }

  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;
};

Value tag_member(Call& call);

constexpr std::string_view kMembers[] = {"raw", "empty", "fromList", "join", "identifier", "placeholder", "param", "comment"};

Value SqlTag::get(Interpreter& in, std::string_view key, Span) {
  for (const std::string_view& member : kMembers) {
    if (member == key) return in.make_native(member, tag_member, &member);
  }
  return {};
}

Value SqlTag::call_method(Call& call, std::string_view name) {
  Interpreter& in = call.in;
  const Span at = call.site;
  const Value first = call.argument(0);
  if (name == "raw" || name == "identifier") {
    if (first.is(Tag::kUnknown)) return SqlBuilder(in, at).value(first).done();
    const auto text = program::to_text(in, first);
    if (!text || (name == "identifier" && !first.is(Tag::kString))) return in.unknown("the text of SQL is not known", at);
    SqlBuilder sql(in, at);
    const std::string_view kept = in.make_string(*text).text();
    return name == "raw" ? sql.text(kept).done() : sql.name(kept).done();
  }
  if (name == "empty") return Value::host(make_host(in, at));
  if (name == "fromList") return from_list(in, first, {}, at);
  if (name == "join") return from_list(in, first, call.argument(1), at);
  if (name == "param") {
    const Value encoder = call.argument(1);
    if (!encoder.is_nullish() && encoder.host_as<ColumnHost>() == nullptr) return in.unknown("the encoder of a parameter is not read", at);
    return SqlBuilder(in, at).param(first, encoder.host_as<ColumnHost>()).done();
  }
  if (name == "placeholder") {
    auto* placeholder = in.make<PlaceholderHost>();
    placeholder->span = at;
    placeholder->name = first;
    return Value::host(placeholder);
  }
  if (name == "call" || name == "apply" || name == "bind" || name == "comment") return in.unknown(kMemberReason, at);
  in.throw_error(std::string(name) + " is not a function", at);
}

Value tag_member(Call& call) {
  const auto name = *static_cast<const std::string_view*>(call.in.current_native().data);
  SqlTag tag;
  return tag.call_method(call, name);
}

}  // namespace

// ---- building ----------------------------------------------------------------------

SqlBuilder::SqlBuilder(Interpreter& in, Span at) : in_(in), sql_(make_host(in, at)) {}

SqlBuilder& SqlBuilder::text(std::string_view text) {
  Chunk chunk;
  chunk.text = text;
  sql_->chunks.push_back(chunk);
  return *this;
}

SqlBuilder& SqlBuilder::name(std::string_view name) {
  Chunk chunk;
  chunk.kind = Chunk::Kind::kName;
  chunk.text = name;
  sql_->chunks.push_back(chunk);
  return *this;
}

SqlBuilder& SqlBuilder::name(const Fact<std::string_view>& name) {
  if (name.known()) return this->name(name.value());
  return value(in_.unknown(name.unknown().reason, name.unknown().span));
}

SqlBuilder& SqlBuilder::value(const Value& value) {
  Chunk chunk;
  chunk.kind = Chunk::Kind::kValue;
  chunk.value = value;
  sql_->chunks.push_back(chunk);
  return *this;
}

SqlBuilder& SqlBuilder::param(const Value& value, ColumnHost* encoder) {
  Chunk chunk;
  chunk.kind = Chunk::Kind::kParam;
  chunk.value = value;
  chunk.encoder = encoder;
  sql_->chunks.push_back(chunk);
  return *this;
}

SqlBuilder& SqlBuilder::operand(const Value& value, const Value& column) {
  auto* encoder = column.host_as<ColumnHost>();
  if (encoder == nullptr || is_sql_wrapper(value) || value.is(Tag::kUnknown)) return this->value(value);
  return param(value, encoder);
}

bool is_sql_wrapper(const Value& value) {
  return value.host_as<ColumnHost>() != nullptr || value.host_as<SqlHost>() != nullptr || value.host_as<TableHost>() != nullptr ||
         value.host_as<FieldReference>() != nullptr || value.host_as<PlaceholderHost>() != nullptr ||
         value.host_as<ViewHost>() != nullptr || value.host_as<SubqueryHost>() != nullptr || value.host_as<SelectHost>() != nullptr;
}

Value without_alias(Interpreter& in, const SqlHost& sql) { return Value::host(copy_of(in, sql)); }

Value make_sql(Interpreter& in, std::string_view text, Span at) { return SqlBuilder(in, at).text(text).done(); }

Value sql_tag(Interpreter& in, Span at) {
  auto* tag = in.make<SqlTag>();
  tag->span = at;
  return Value::host(tag);
}

// ---- SQL objects -------------------------------------------------------------------

Value SqlHost::get(Interpreter& in, std::string_view key, Span at) {
  if (alias) {
    if (key == "fieldAlias") return Value::string(*alias);
    if (key == "sql") return without_alias(in, *this);
  }
  return in.unknown(kMemberReason, at);
}

Value SqlHost::call_method(Call& call, std::string_view name) {
  Interpreter& in = call.in;
  if (name == "getSQL") return alias ? without_alias(in, *this) : call.self;
  if (name == "mapWith" || name == "nullable" || name == "$dynamic") return call.self;
  if (name == "as") {
    const Value wanted = call.argument(0);
    if (wanted.is(Tag::kUndefined)) return call.self;
    if (!wanted.is(Tag::kString)) return wanted.is(Tag::kUnknown) ? wanted : in.unknown("the alias is not known", call.site);
    SqlHost* aliased = copy_of(in, *this);
    aliased->alias = wanted.text();
    aliased->span = call.site;
    return Value::host(aliased);
  }
  if (name == "inlineParams") {
    inline_params = true;
    return call.self;
  }
  if (name == "append") {
    const Value added = call.argument(0);
    if (const auto* other = added.host_as<SqlHost>()) {
      const std::pmr::vector<Chunk> more(other->chunks, &in.memory());  // it may be this one
      chunks.insert(chunks.end(), more.begin(), more.end());
      if (unread == nullptr) unread = other->unread;
    } else if (unread == nullptr) {
      unread = &(added.is(Tag::kUnknown) ? added : in.unknown("what is appended to SQL is not known", call.site)).as_unknown();
    }
    return call.self;
  }
  if (name == "if") {
    const auto taken = program::truthy(call.argument(0));
    if (!taken) return in.unknown("the condition is not known", call.site);
    return *taken ? call.self : Value();
  }
  return in.unknown(kMemberReason, call.site);
}

Value PlaceholderHost::get(Interpreter& in, std::string_view key, Span at) { return key == "name" ? name : in.unknown(kMemberReason, at); }

Value FieldReference::get(Interpreter& in, std::string_view key, Span at) { return aliased->get(in, key, at); }

}  // namespace drizzle_audit::schema
