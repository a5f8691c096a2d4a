#include "slug-not-unique/scope.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "_shared/keys.h"
#include "drizzle_audit/names.h"

namespace drizzle_audit::rules::slug_not_unique {
namespace {

using Columns = std::vector<const Column*>;

bool holds(std::span<const Column* const> columns, const Column& column) {
  return std::find(columns.begin(), columns.end(), &column) != columns.end();
}

/// A unique of the primary key and more binds nothing that the primary key does not.
bool holds_primary_key(const Table& table, std::span<const Column* const> columns) {
  return std::any_of(table.primary_keys.begin(), table.primary_keys.end(), [&](const PrimaryKey& key) {
    return !key.columns.empty() && key.columns.size() < columns.size() &&
           std::all_of(key.columns.begin(), key.columns.end(), [&](const Column* column) { return holds(columns, *column); });
  });
}

/// Whether the word occurs in the text, not only inside a longer one.
bool mentions(std::string_view text, std::string_view word) {
  const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
  if (word.empty()) return false;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]))) return true;
  }
  return false;
}

bool mentions(std::string_view text, const Column& column) {
  return mentions(text, column.name.value_or("")) || mentions(text, column.key);
}

bool index_binds(const Table& table, const Index& index, const Column& key) {
  if (!index.unique) return false;
  Columns columns;
  bool found = false;
  for (const IndexColumn& part : index.columns) {
    if (part.column != nullptr) columns.push_back(part.column);
    found =
        found || part.column == &key || (part.column == nullptr && (!part.expression.known() || mentions(part.expression.value(), key)));
  }
  return found && (columns.size() < index.columns.size() || !holds_primary_key(table, columns));
}

/// Columns that split a table into parts of their own: the languages of a page, test and live mode.
bool is_partition(const Column& column) {
  static constexpr std::string_view kNames[] = {"locale", "language", "lang", "livemode", "environment", "env", "channel", "region"};
  const Words words = split_words(column.name.value_or(column.key));
  return words.size() == 1 && std::find(std::begin(kNames), std::end(kNames), words.front()) != std::end(kNames);
}

bool can_scope(const SchemaIndex& schema, const Column& column, const TenantModel& tenants) {
  return &column == tenant_column(tenants, *column.table) || schema.is_reference(column) || is_partition(column);
}

/// The thing a reference points at, in one word: store_id → store.
std::string noun_of(const Column& column) {
  Words words = split_words(column.name.value_or(column.key));
  while (words.size() > 1 && (words.back() == "id" || words.back() == "uuid")) words.pop_back();
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string label_of(const Columns& columns, const Column& key) {
  std::string label;
  for (const Column* column : columns) {
    if (column != &key) label += (label.empty() ? "its " : " and ") + noun_of(*column);
  }
  return label;
}

/// attribute_values belong to attributes: a key in them may be unique within one attribute only.
bool is_part_of_parent(const Table& table, const Column* tenant) {
  const Words words = split_words(table.name.value_or(""));
  if (words.size() < 2) return false;
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
    if (&column == tenant || !column.not_null) return false;
    const Words what = split_words(column.name.value_or(column.key));
    if (what.size() < 2 || what.back() != "id") return false;
    return std::any_of(words.begin(), words.end() - 1, [&](const std::string& word) { return same_noun(word, what[what.size() - 2]); });
  });
}

bool has_parent(const SchemaIndex& schema, const Table& table) {
  return std::any_of(table.columns.begin(), table.columns.end(),
                     [&](const Column& column) { return column.not_null && schema.is_reference(column); });
}

/// Customers may be a store's rather than the tenant's, codes may be each type's own: what else the row must have could scope the key.
bool is_ambiguous(const SchemaIndex& schema, const Table& table, KeyKind kind, const Column* tenant) {
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
    if (&column == tenant || !column.not_null) return false;
    if (kind == KeyKind::kEmail) return schema.is_reference(column);
    if (tenant != nullptr || (kind != KeyKind::kCode && kind != KeyKind::kNumber)) return false;
    const Words words = split_words(column.name.value_or(column.key));
    return column.enum_name.has_value() || column.has_enum_values || words.back() == "type" || words.back() == "kind";
  });
}

/// The members in the order a composite unique wants them: what scopes first, the key last.
Columns ordered(Columns columns, const Column& key) {
  std::stable_partition(columns.begin(), columns.end(), [&](const Column* column) { return column != &key; });
  return columns;
}

/// Of the plain indexes that lead to the key, the one with the most to say.
const Index* index_for(const TenantModel& tenants, const SchemaIndex& schema, const Table& table, const Column& key) {
  const Index* best = nullptr;
  for (const Index& index : table.indexes) {
    if (index.unique || index.where) continue;
    const bool fits = std::all_of(index.columns.begin(), index.columns.end(), [&](const IndexColumn& part) {
      return part.column != nullptr && (part.column == &key || (part.column->not_null && can_scope(schema, *part.column, tenants)));
    });
    const bool has_key =
        std::any_of(index.columns.begin(), index.columns.end(), [&](const IndexColumn& part) { return part.column == &key; });
    // Whole numbers in a parent's order are sorted by, not looked up.
    const bool ordinal = index.columns.size() > 1 && !is_text(key) && tenant_column(tenants, table) == nullptr;
    if (fits && has_key && !ordinal && (best == nullptr || index.columns.size() > best->columns.size())) best = &index;
  }
  return best;
}

Columns columns_of(const Index& index) {
  Columns columns;
  for (const IndexColumn& part : index.columns) columns.push_back(part.column);
  return columns;
}

/// What the code compares when it looks for one row: with the tenant where some do, and no more than can scope a key.
std::optional<Columns> by_look_up(const TenantModel& tenants, const SchemaIndex& schema, const Column& key, const CodeUse& use) {
  const Columns* best = nullptr;
  for (const LookUp& look_up : use.look_ups) {
    const bool fits = std::all_of(look_up.columns.begin(), look_up.columns.end(),
                                  [&](const Column* column) { return column == &key || can_scope(schema, *column, tenants); });
    if (fits && (best == nullptr || look_up.columns.size() > best->size())) best = &look_up.columns;
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

}  // namespace

std::optional<Scope> scope_of(const TenantModel& tenants, const SchemaIndex& schema, const Column& key, KeyKind kind, const CodeUse& use) {
  const Table& table = *key.table;
  Scope scope;
  const Column* tenant = tenant_column(tenants, table);
  const auto with = [&](Columns columns) {
    scope.columns = std::move(columns);
    // A parent belongs to one tenant, so what is unique within it needs no tenant beside it.
    const bool has_other =
        std::any_of(scope.columns.begin(), scope.columns.end(), [&](const Column* c) { return schema.is_reference(*c); });
    if (tenant != nullptr && tenant->not_null && !has_other) scope.columns.insert(scope.columns.begin(), tenant);
    scope.columns = ordered(std::move(scope.columns), key);
    scope.label = label_of(scope.columns, key);
    if (const Index* index = index_for(tenants, schema, table, key)) {
      const Columns indexed = columns_of(*index);
      const bool same = indexed.size() == scope.columns.size() &&
                        std::all_of(indexed.begin(), indexed.end(), [&](const Column* column) { return holds(scope.columns, *column); });
      if (same || indexed.size() == 1) scope.index = index;
    }
    return scope;
  };
  if (!use.conflicts.empty()) {
    scope.columns = use.conflicts.front()->conflict_target;
    scope.label = label_of(scope.columns, key);
    return scope;
  }
  const std::optional<Columns> looked_up = by_look_up(tenants, schema, key, use);
  if (looked_up && looked_up->size() > 1) return with(*looked_up);
  const Index* index = index_for(tenants, schema, table, key);
  if (index != nullptr && index->columns.size() > 1) return with(columns_of(*index));
  Columns columns;
  for (const Column& column : table.columns) {
    if (column.not_null && is_partition(column)) columns.push_back(&column);
  }
  columns.push_back(&key);
  if (is_ambiguous(schema, table, kind, tenant)) return std::nullopt;
  if (tenant != nullptr) {
    if (!tenant->not_null || (kind != KeyKind::kSku && is_part_of_parent(table, tenant))) return std::nullopt;
    columns.insert(columns.begin(), tenant);
    return with(columns);
  }
  if (looked_up || !has_parent(schema, table)) return with(columns);
  return std::nullopt;
}

bool is_bound(const Table& table, const Column& key) {
  if (key.unique || key.primary_key) return true;
  const auto binds = [&](std::span<const Column* const> columns) { return holds(columns, key) && !holds_primary_key(table, columns); };
  return std::any_of(table.primary_keys.begin(), table.primary_keys.end(),
                     [&](const PrimaryKey& primary) { return holds(primary.columns, key); }) ||
         std::any_of(table.uniques.begin(), table.uniques.end(), [&](const Unique& unique) { return binds(unique.columns); }) ||
         std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) { return index_binds(table, index, key); });
}

namespace {

bool was_meant(const IgnoredExtra& extra, const Column& key) {
  if ((extra.builder == "unique" || extra.builder == "uniqueIndex" || extra.builder == "primaryKey") && holds(extra.columns, key))
    return true;
  if (extra.sql && extra.sql->known()) {
    const std::string_view text = extra.sql->value().text;
    if ((mentions(text, "UNIQUE") || mentions(text, "unique")) && mentions(text, key)) return true;
  }
  return std::any_of(extra.inner.begin(), extra.inner.end(), [&](const IgnoredExtra& inner) { return was_meant(inner, key); });
}

}  // namespace

bool is_meant_to_be_bound(const Table& table, const Column& key) {
  return std::any_of(table.ignored_extras.begin(), table.ignored_extras.end(),
                     [&](const IgnoredExtra& extra) { return was_meant(extra, key); });
}

}  // namespace drizzle_audit::rules::slug_not_unique
