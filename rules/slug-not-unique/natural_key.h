// Which columns people find a row by: slugs, order numbers, codes, SKUs, the e-mail address of an account. A name alone proves little, so
// each kind says how much more it needs. Used by rule.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "drizzle_audit/model.h"

namespace drizzle_audit::rules::slug_not_unique {

enum class KeyKind : std::uint8_t {
  kSlug,    ///< slug, handle, subdomain, permalink: a part of an address
  kNumber,  ///< order_number of orders, code of orders
  kSku,
  kCode,     ///< code: may also be source code, so it needs a second sign
  kEmail,    ///< of people who have a record, such as customers: may be shared, so it needs a second sign
  kAccount,  ///< email or username of users: what they sign in with
};

/// What kind of key the column is; nothing when it is none, or when its table only copies or records what another table owns.
std::optional<KeyKind> natural_key(const Table& table, const Column& column);

/// Whether the kind is too weak for a name and a type alone.
bool needs_second_sign(KeyKind kind, const Column& column);

/// What every column is asked about the whole schema, gathered once a run.
class SchemaIndex {
 public:
  /// `model` outlives the index.
  explicit SchemaIndex(const Model& model);

  /// Whether the column holds or may hold another table's key: a foreign key, a relation's field, or a name such as `store_id`.
  [[nodiscard]] bool is_reference(const Column& column) const;
  /// All columns of this name.
  [[nodiscard]] const std::vector<const Column*>& columns_called(std::string_view name) const;

 private:
  std::unordered_set<const Column*> referring_;
  std::unordered_map<std::string_view, std::vector<const Column*>> by_name_;
};

bool is_text(const Column& column);

/// The nullable column that marks rows as deleted, or null.
const Column* deletion_mark(const Table& table);

}  // namespace drizzle_audit::rules::slug_not_unique
