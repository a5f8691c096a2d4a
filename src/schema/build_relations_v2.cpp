// The relations of drizzle-orm 1.0 in the model: found again among the exports, because parts are spread together as plain objects.
#include <algorithm>

#include "schema/relations.h"
#include "schema/relations_v2.h"

namespace drizzle_audit::schema {
namespace {

class Reader {
 public:
  Reader(Interpreter& in, text::Arena& arena, std::vector<Unknown>& unknowns, bool& incomplete)
      : in_(in), arena_(arena), unknowns_(unknowns), incomplete_(incomplete) {}

  /// An exported object whose values are all { table, name, relations }.
  void read(const Value& exported) {
    if (!exported.is(Tag::kObject)) return;
    const program::Object& object = exported.as_object();
    bool parts = !object.properties.empty();
    for (const Property& property : object.properties) parts = parts && is_part(property.value);
    if (!parts) return;
    if (object.incomplete != nullptr) not_read(*object.incomplete);
    for (const Property& property : object.properties) read_part(property.value.as_object());
  }

  std::vector<Relation> out;

 private:
  static bool is_part(const Value& value) {
    if (!value.is(Tag::kObject)) return false;
    const program::Object& part = value.as_object();
    const Property* table = part.find("table");
    const Property* relations = part.find("relations");
    const Property* name = part.find("name");
    return table != nullptr && !table->value.is(Tag::kUndefined) && relations != nullptr && !relations->value.is(Tag::kUndefined) &&
           name != nullptr && name->value.is(Tag::kString);
  }

  void not_read(const Unknown& why) {
    incomplete_ = true;
    unknowns_.push_back({text::copy(arena_, why.reason), why.span});
  }

  /// A table that only relation files know: of another schema.
  static bool is_outside(const Value& value) {
    const auto* host = value.host_as<TableHost>();
    return host != nullptr && host->outside;
  }

  static const Table* built(const Value& value) {
    const auto* host = value.host_as<TableHost>();
    if (host == nullptr) return nullptr;
    return host->original != nullptr ? host->original->built : host->built;
  }

  std::optional<std::span<const Column* const>> built(const std::pmr::vector<const RelationColumn*>& columns) {
    std::vector<const Column*> found;
    for (const RelationColumn* column : columns) {
      const Column* made = column->column == nullptr ? nullptr : column->column->ordinary().built;
      if (made == nullptr) return std::nullopt;
      found.push_back(made);
    }
    return text::copy(arena_, found);
  }

  void read_part(const program::Object& part) {
    std::vector<Property> properties;
    const Value table = part.find("table")->value;
    if (is_outside(table)) return;
    if (const Unknown* why = in_.own_properties(part.find("relations")->value, properties, {})) not_read(*why);
    for (const Property& property : properties) {
      const auto* host = property.value.host_as<RelationV2>();
      if (host == nullptr) {
        if (property.value.is(Tag::kUnknown)) not_read(property.value.as_unknown());
        continue;
      }
      if (is_outside(host->target)) continue;
      Relation relation;
      relation.table = built(table);
      relation.target = built(host->target);
      relation.key = text::copy(arena_, property.key);
      relation.kind = host->kind;
      if (host->alias) relation.relation_name = text::copy(arena_, *host->alias);
      relation.optional = host->kind == RelationKind::kOne && host->optional;
      relation.inferred = host->reversed;
      relation.filtered = host->filtered;
      relation.span = property.span.somewhere() ? property.span : host->span;
      const auto from = built(host->source_columns);
      const auto to = built(host->target_columns);
      const bool through = !host->through_table.is(Tag::kUndefined);
      if (through) relation.through = built(host->through_table);
      if (relation.table == nullptr || relation.target == nullptr || !from || !to || !host->has_source ||
          (through && relation.through == nullptr)) {
        not_read({"the relation's table or columns are not read", relation.span});
        continue;
      }
      relation.fields = *from;
      relation.references = *to;
      out.push_back(relation);
    }
  }

  Interpreter& in_;
  text::Arena& arena_;
  std::vector<Unknown>& unknowns_;
  bool& incomplete_;
};

}  // namespace

std::vector<Relation> build_relations_v2(Interpreter& in, const std::vector<std::pair<std::string_view, Value>>& exports,
                                         text::Arena& arena, std::vector<Unknown>& unknowns, bool& incomplete) {
  Reader reader(in, arena, unknowns, incomplete);
  for (const auto& [name, value] : exports) {
    // The oracle looks at own values of every export; only plain objects can be parts.
    reader.read(value);
  }
  std::ranges::stable_sort(reader.out, [](const Relation& a, const Relation& b) {
    const auto key = [](const Relation& relation) { return std::pair(relation.table->name.value_or(std::string_view()), relation.key); };
    return key(a) < key(b);
  });
  return std::move(reader.out);
}

}  // namespace drizzle_audit::schema
