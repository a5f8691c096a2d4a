// drizzle-orm/supabase and drizzle-orm/neon: roles, tables, policies and SQL that come with drizzle-orm. The sources of truth are
// drizzle-orm/supabase/rls.ts, drizzle-orm/neon/rls.ts and drizzle-orm/neon/neon-auth.ts.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "program/operators.h"
#include "schema/sql.h"
#include "schema/tables.h"

namespace drizzle_audit::schema {
namespace {

/// One column as those modules write it: `uuid("name", options).notNull().primaryKey()`.
struct ColumnText {
  std::string_view key, function, name;
  std::vector<Property> options;
  std::vector<std::string_view> methods;
};

Property option(std::string_view key, const Value& value) { return {key, value, {}, {}, false}; }

Value make_column(Interpreter& in, Environment& environment, const ColumnText& column, Span at) {
  std::vector<Value> arguments;
  if (!column.name.empty()) arguments.push_back(Value::string(column.name));
  if (!column.options.empty()) {
    program::Object* options = in.make_object();
    for (const Property& each : column.options) options->set(each);
    arguments.push_back(Value::object(options));
  }
  Value made = in.call(column_builder_function(in, environment, Dialect::kPostgresql, column.function), arguments, at);
  for (const std::string_view method : column.methods) {
    if (!made.is(Tag::kHost)) return made;
    Call call{in, made, {}, nullptr, at};
    made = made.as_host().call_method(call, method);
  }
  return made;
}

/// The table, made when it is first asked for. It stands nowhere in the project.
Value package_table(Interpreter& in, Environment& environment, std::string_view schema, std::string_view name,
                    const std::vector<ColumnText>& columns, Span at) {
  for (TableHost* table : environment.tables) {
    if (!table->columns_span.somewhere() && table->name.is(name) && table->schema.is(std::optional(schema))) return Value::host(table);
  }
  program::Object* map = in.make_object();
  for (const ColumnText& column : columns) map->set(option(column.key, make_column(in, environment, column, at)));
  TableArguments arguments;
  arguments.name = name;
  arguments.columns = Value::object(map);
  arguments.schema = std::optional(schema);
  return Value::host(make_table(in, environment, Dialect::kPostgresql, arguments));
}

Value existing_role(Interpreter& in, std::string_view name, Span at) {
  RoleHost* role = make_role(in, Value::string(name), {}, at);
  role->is_existing = true;
  return Value::host(role);
}

// ---- neon: crudPolicy --------------------------------------------------------------------

/// `read` or `modify`: SQL; undefined when there is none.
Value policy_condition(Interpreter& in, const Value& given, Span at) {
  if (given.is(Tag::kBoolean)) return make_sql(in, given.as_boolean() ? "true" : "false", at);
  return given.is(Tag::kNull) ? Value() : given;
}

std::optional<std::string> role_text(Interpreter& in, const Value& role) {
  if (const auto* host = role.host_as<RoleHost>())
    return host->name.known() ? std::optional(std::string(host->name.value())) : std::nullopt;
  return program::to_text(in, role);
}

Value crud_policy(Call& call) {
  Interpreter& in = call.in;
  const Span at = call.site;
  const Value options = call.argument(0);
  if (options.is(Tag::kUnknown)) return options;
  const Value given_read = in.get(options, "read", at);
  const Value given_modify = in.get(options, "modify", at);
  if (given_read.is(Tag::kUndefined)) in.throw_error("crudPolicy requires a read policy", at);
  if (given_modify.is(Tag::kUndefined)) in.throw_error("crudPolicy requires a modify policy", at);
  const Value read = policy_condition(in, given_read, at);
  const Value modify = policy_condition(in, given_modify, at);
  const auto wanted_read = program::truthy(read);
  const auto wanted_modify = program::truthy(modify);
  if (!wanted_read) return read;
  if (!wanted_modify) return modify;
  const Value role = in.get(options, "role", at);
  std::string roles;
  std::vector<Value> each{role};
  if (role.is(Tag::kArray)) {
    each.clear();
    if (const Unknown* why = in.elements(role, each, at)) return Value::unknown(why);
  }
  for (std::size_t i = 0; i < each.size(); ++i) {
    const auto text = role_text(in, each[i]);
    if (!text) return in.unknown("the role is not known", at);
    roles += (i > 0 ? "-" : "") + *text;
  }
  program::Array* policies = in.make_array();
  const auto add = [&](std::string_view command, bool uses, bool checks) {
    program::Object* policy = in.make_object();
    policy->set({"for", Value::string(command), at, at, false});
    policy->set({"to", role, at, at, false});
    if (uses) policy->set({"using", command == "select" ? read : modify, at, at, false});
    if (checks) policy->set({"withCheck", modify, at, at, false});
    const Value name = in.make_string("crud-" + roles + "-policy-" + std::string(command));
    policies->items.push_back(Value::host(make_policy(in, name, Value::object(policy), at)));
    policies->spans.push_back(at);
  };
  if (*wanted_read) add("select", true, false);
  if (*wanted_modify) {
    add("insert", false, true);
    add("update", true, true);
    add("delete", true, false);
  }
  return Value::array(policies);
}

Value neon_auth_uid(Call& call) {
  return SqlBuilder(call.in, call.site).text("(select auth.user_id() = ").value(call.argument(0)).text(")").done();
}

}  // namespace

Value supabase_export(Interpreter& in, Environment& environment, std::string_view name, Span at) {
  static constexpr std::array<std::array<std::string_view, 2>, 5> kRoles{{{"anonRole", "anon"},
                                                                          {"authenticatedRole", "authenticated"},
                                                                          {"serviceRole", "service_role"},
                                                                          {"postgresRole", "postgres_role"},
                                                                          {"supabaseAuthAdminRole", "supabase_auth_admin"}}};
  for (const auto& [key, role] : kRoles) {
    if (key == name) return existing_role(in, role, at);
  }
  if (name == "authUid") return make_sql(in, "(select auth.uid())", at);
  if (name == "realtimeTopic") return make_sql(in, "realtime.topic()", at);
  if (name == "authUsers") {
    const Property zone = option("withTimezone", Value::boolean(true));
    return package_table(in, environment, "auth", "users",
                         {{"id", "uuid", "", {}, {"primaryKey", "notNull"}},
                          {"email", "varchar", "", {option("length", Value::number(255))}, {}},
                          {"phone", "text", "", {}, {"unique"}},
                          {"emailConfirmedAt", "timestamp", "email_confirmed_at", {zone}, {}},
                          {"phoneConfirmedAt", "timestamp", "phone_confirmed_at", {zone}, {}},
                          {"lastSignInAt", "timestamp", "last_sign_in_at", {zone}, {}},
                          {"createdAt", "timestamp", "created_at", {zone}, {}},
                          {"updatedAt", "timestamp", "updated_at", {zone}, {}}},
                         at);
  }
  if (name == "realtimeMessages") {
    program::Array* extensions = in.make_array();
    extensions->items = {Value::string("presence"), Value::string("broadcast"), Value::string("postgres_changes")};
    return package_table(in, environment, "realtime", "messages",
                         {{"id", "bigserial", "", {option("mode", Value::string("bigint"))}, {"primaryKey"}},
                          {"topic", "text", "", {}, {"notNull"}},
                          {"extension", "text", "", {option("enum", Value::array(extensions))}, {"notNull"}}},
                         at);
  }
  return {};
}

Value neon_export(Interpreter& in, Environment& environment, std::string_view name, Span at) {
  if (name == "crudPolicy") return in.make_native("crudPolicy", crud_policy);
  if (name == "authUid") return in.make_native("authUid", neon_auth_uid);
  if (name == "authenticatedRole") return existing_role(in, "authenticated", at);
  if (name == "anonymousRole") return existing_role(in, "anonymous", at);
  if (name == "usersSync") {
    const std::vector<Property> time{option("withTimezone", Value::boolean(true)), option("mode", Value::string("string"))};
    return package_table(in, environment, "neon_auth", "users_sync",
                         {{"rawJson", "jsonb", "raw_json", {}, {"notNull"}},
                          {"id", "text", "", {}, {"primaryKey", "notNull"}},
                          {"name", "text", "", {}, {}},
                          {"email", "text", "", {}, {}},
                          {"createdAt", "timestamp", "created_at", time, {}},
                          {"deletedAt", "timestamp", "deleted_at", time, {}},
                          {"updatedAt", "timestamp", "updated_at", time, {}}},
                         at);
  }
  return {};
}

}  // namespace drizzle_audit::schema
