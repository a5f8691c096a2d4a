// Enums, policies, sequences and roles of the model, and the builder's small helpers.
#include <algorithm>

#include "program/operators.h"
#include "schema/model_builder.h"
#include "schema/sql.h"

namespace drizzle_audit::schema {

Fact<std::string_view> ModelBuilder::keep(const Fact<std::string_view>& fact) {
  if (fact.known()) return keep(fact.value());
  not_read(fact.unknown());
  return keep(fact.unknown());
}

Fact<SqlText> ModelBuilder::keep(const Fact<SqlText>& fact) {
  if (!fact.known()) {
    not_read(fact.unknown());
    return keep(fact.unknown());
  }
  std::vector<std::string_view> params;
  for (const std::string_view param : fact.value().params) params.push_back(keep(param));
  return SqlText{keep(fact.value().text), strings(params)};
}

std::span<const Option> ModelBuilder::options(const Value& value, std::string_view without, bool sorted, Span at) {
  if (value.is_nullish()) return {};
  std::vector<Property> properties;
  if (const Unknown* why = in.own_properties(value, properties, at)) not_read(*why);
  std::vector<Option> made;
  for (const Property& property : properties) {
    if (property.key == without || property.value.is(Tag::kUndefined)) continue;
    const auto json = program::to_json(in, property.value);
    if (json) made.push_back({keep(property.key), keep(*json)});
    else not_read(property.value.is(Tag::kUnknown) ? property.value.as_unknown() : Unknown{"the option's value is not known", at});
  }
  if (sorted) std::ranges::sort(made, {}, &Option::name);
  return text::copy(arena, made);
}

Fact<std::span<const std::string_view>> ModelBuilder::string_values(const Value& values, Span at) {
  std::vector<Value> items;
  const Unknown* why = values.is_nullish() ? nullptr : in.elements(values, items, at);
  std::vector<std::string_view> texts;
  for (const Value& item : items) {
    const auto text = program::to_text(in, item);
    if (text) texts.push_back(keep(*text));
    else if (why == nullptr) why = item.is(Tag::kUnknown) ? &item.as_unknown() : &in.unknown("a value is no text", at).as_unknown();
  }
  if (why != nullptr) {
    not_read(*why);
    return keep(*why);
  }
  return std::span<const std::string_view>(strings(texts));
}

Enum build_enum(ModelBuilder& builder, const EnumHost& host, std::string_view export_name) {
  Enum made;
  made.export_name = builder.keep(export_name);
  made.name = builder.keep(host.name);
  if (host.schema) made.schema = builder.keep(*host.schema);
  made.values = builder.string_values(host.values, host.span);
  made.from_object = host.from_object;
  made.span = host.span;
  return made;
}

Policy build_policy(ModelBuilder& builder, const PolicyHost& host, std::string_view export_name) {
  Policy made;
  made.export_name = builder.keep(export_name);
  made.name = builder.keep(host.name);
  made.span = host.span;
  if (host.linked != nullptr) {
    made.linked = true;
    if (host.linked->name.known()) made.table = builder.keep(host.linked->name.value());
  }
  const auto word = [&](std::string_view key, std::string_view missing) -> std::string_view {
    const auto given = text_option(builder.in, host.options, key, host.span);
    if (!given) return missing;
    if (given->known()) return builder.keep(given->value());
    builder.not_read(given->unknown());
    return missing;
  };
  made.as = word("as", "permissive");
  made.for_command = word("for", "all");
  const auto role_name = [](const Value& role) -> Fact<std::string_view> {
    if (const auto* host_role = role.host_as<RoleHost>()) return host_role->name;
    if (role.is(Tag::kString)) return role.text();
    if (role.is(Tag::kUnknown)) return role.as_unknown();
    return Unknown{"a role is not known", {}};
  };
  std::vector<std::string_view> roles;
  const Unknown* why = nullptr;
  const Value to = host.options.is_nullish() ? Value() : builder.in.get(host.options, "to", host.span);
  if (to.is(Tag::kUndefined)) {
    roles.push_back("public");
  } else {
    std::vector<Value> items{to};
    if (to.is(Tag::kArray)) {
      items.clear();
      why = builder.in.elements(to, items, host.span);
    }
    for (const Value& item : items) {
      const Fact<std::string_view> name = role_name(item);
      if (name.known()) roles.push_back(builder.keep(name.value()));
      else why = builder.in.make<Unknown>(name.unknown());
    }
  }
  if (why != nullptr) {
    builder.not_read(*why);
    made.to = builder.keep(*why);
  } else {
    std::ranges::sort(roles);
    made.to = std::span<const std::string_view>(builder.strings(roles));
  }
  const auto condition = [&](std::string_view key) -> std::optional<Fact<SqlText>> {
    const Value value = host.options.is_nullish() ? Value() : builder.in.get(host.options, key, host.span);
    if (value.is(Tag::kUnknown)) return builder.keep(Fact<SqlText>(value.as_unknown()));
    if (value.host_as<SqlHost>() == nullptr) return std::nullopt;
    return builder.keep(sql_text(builder.in, builder.dialect, value));
  };
  made.using_ = condition("using");
  made.with_check = condition("withCheck");
  return made;
}

Sequence build_sequence(ModelBuilder& builder, const SequenceHost& host, std::string_view export_name) {
  Sequence made;
  made.export_name = builder.keep(export_name);
  made.name = builder.keep(host.name);
  if (host.schema) made.schema = builder.keep(*host.schema);
  made.options = builder.options(host.options, {}, false, host.span);
  made.span = host.span;
  return made;
}

Role build_role(ModelBuilder& builder, const RoleHost& host, std::string_view export_name) {
  Role made;
  made.export_name = builder.keep(export_name);
  made.name = builder.keep(host.name);
  made.existing = host.is_existing;
  made.span = host.span;
  const auto flag = [&](std::string_view key) -> std::optional<bool> {
    if (host.options.is_nullish()) return std::nullopt;
    const Value value = builder.in.get(host.options, key, host.span);
    if (value.is(Tag::kUndefined)) return std::nullopt;
    const auto known = program::truthy(value);
    if (!known) builder.not_read(value.as_unknown());
    return known;
  };
  made.create_db = flag("createDb");
  made.create_role = flag("createRole");
  made.inherit = flag("inherit");
  return made;
}

}  // namespace drizzle_audit::schema
