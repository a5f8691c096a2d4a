#include "unexported-schema-object/silence.h"

#include <algorithm>
#include <array>
#include <string>

#include "_shared/platform.h"

namespace drizzle_audit::rules::unexported_schema_object {
namespace {

bool in_tests(std::string_view path) {
  static constexpr auto kParts = std::to_array<std::string_view>(
      {".test.", ".spec.", "/test/", "/tests/", "__tests__", "__mocks__", "/fixtures/", "/e2e/", "/mocks/"});
  const std::string rooted = "/" + std::string(path);
  return std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) { return rooted.find(part) != std::string::npos; });
}

bool same_place(const HiddenObject& object, const Fact<std::string_view>& name, const std::optional<std::string_view>& schema) {
  return (!name.known() || name.value() == object.name.value()) && schema == object.schema.value();
}

/// An exported object of that name: the hidden one only stands for it, to break a cycle of imports or to name fewer columns. One whose name
/// could not be read may be it.
bool has_visible_twin(const Model& model, const HiddenObject& object) {
  switch (object.kind) {
    case HiddenKind::kTable:
      return std::any_of(model.tables.begin(), model.tables.end(),
                         [&](const Table& table) { return !table.schema.known() || same_place(object, table.name, table.schema.value()); });
    case HiddenKind::kEnum:
      return std::any_of(model.enums.begin(), model.enums.end(),
                         [&](const Enum& each) { return same_place(object, each.name, each.schema); });
    case HiddenKind::kView:
      return std::any_of(model.views.begin(), model.views.end(),
                         [&](const View& view) { return same_place(object, view.name, view.schema); });
    case HiddenKind::kSchema:
      return std::any_of(model.schemas.begin(), model.schemas.end(),
                         [&](const SchemaObject& schema) { return same_place(object, schema.name, std::nullopt); });
    case HiddenKind::kSequence:
      return std::any_of(model.sequences.begin(), model.sequences.end(),
                         [&](const Sequence& each) { return same_place(object, each.name, each.schema); });
    case HiddenKind::kRole:
      return std::any_of(model.roles.begin(), model.roles.end(),
                         [&](const Role& role) { return same_place(object, role.name, std::nullopt); });
    case HiddenKind::kPolicy: break;
  }
  return false;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

/// What the comments right above the declaration say, in lower case.
std::string comment_above(const Model& model, const HiddenObject& object) {
  if (!object.binding_span.somewhere()) return {};
  const std::string_view file = model.sources->text(object.binding_span.file);
  std::size_t at = object.binding_span.start;
  while (at > 0 && file[at - 1] != '\n') --at;
  std::string text;
  for (auto it = model.comments.rbegin(); it != model.comments.rend(); ++it) {
    if (it->span.file != object.binding_span.file || it->span.end > at) continue;
    if (!is_blank(file.substr(it->span.end, at - it->span.end))) break;
    text = lower(it->text) + " " + text;
    at = it->span.start;
  }
  return text;
}

bool comment_says_so(const Model& model, const HiddenObject& object) {
  static constexpr auto kSigns = std::to_array<std::string_view>(
      {"not export",        "don't export", "do not export",  "unexported",         "not managed", "managed by",
       "managed elsewhere", "owned by",     "external",       "read-only",          "readonly",    "stub",
       "minimal",           "placeholder",  "reference only", "only for reference", "for fk",      "for foreign key",
       "migrated by",       "created by",   "already exists", "existing table",     "legacy",      "shadow",
       "lives in",          "introspect"});
  const std::string text = comment_above(model, object);
  return std::any_of(kSigns.begin(), kSigns.end(), [&](std::string_view sign) { return text.find(sign) != std::string::npos; });
}

bool in_schema_file(const Model& model, const HiddenObject& object) {
  if (!object.binding_span.somewhere()) return false;
  const std::string_view path = model.sources->path(object.binding_span.file);
  return std::find(model.files.begin(), model.files.end(), path) != model.files.end();
}

/// An export that could not be read may be the object.
bool may_be_exported(const Model& model, HiddenKind kind) {
  switch (kind) {
    case HiddenKind::kTable: return model.incomplete.tables;
    case HiddenKind::kEnum: return model.incomplete.enums;
    case HiddenKind::kView: return model.incomplete.views;
    case HiddenKind::kPolicy:
      return std::any_of(model.tables.begin(), model.tables.end(), [](const Table& table) { return table.incomplete.policies; }) ||
             std::any_of(model.hidden_tables.begin(), model.hidden_tables.end(),
                         [](const Table& table) { return table.incomplete.policies; });
    default: return false;
  }
}

}  // namespace

bool is_meant(const Model& model, const HiddenObject& object) {
  if (object.existing || may_be_exported(model, object.kind) || has_visible_twin(model, object)) return true;
  const std::optional<std::string_view>& schema = object.schema.value();
  const bool hidden_schema = schema && std::none_of(model.schemas.begin(), model.schemas.end(), [&](const SchemaObject& each) {
                               return !each.name.known() || each.name.value() == *schema;
                             });
  if (hidden_schema) return true;  // all of it is kept from drizzle-kit; the schema's own finding covers what is not
  if (schema && is_platform_schema(*schema)) return true;
  if (object.kind == HiddenKind::kSchema && is_platform_schema(object.name.value())) return true;
  if (object.kind == HiddenKind::kRole && is_platform_role(object.name.value())) return true;
  if (in_tests(model.sources->path(object.span.file))) return true;
  if (object.table != nullptr && object.table->columns.size() < 2) return true;  // a stand-in to refer to
  return comment_says_so(model, object);
}

bool is_missing(const Model& model, const HiddenObject& object, const std::vector<Use>& uses) {
  switch (object.kind) {
    case HiddenKind::kEnum:
    case HiddenKind::kSchema:
    case HiddenKind::kRole: return !uses.empty();
    case HiddenKind::kTable:
    case HiddenKind::kSequence:
    case HiddenKind::kView:
    case HiddenKind::kPolicy: break;
  }
  return !uses.empty() || !object.holder.empty() || (in_schema_file(model, object) && !object.exported);
}

}  // namespace drizzle_audit::rules::unexported_schema_object
