#include "slug-not-unique/natural_key.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <string_view>

#include "drizzle_audit/names.h"

namespace drizzle_audit::rules::slug_not_unique {
namespace {

using List = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view word, List list) { return std::find(list.begin(), list.end(), word) != list.end(); }

/// Number aside: users is user.
bool has_noun(const Words& words, List nouns) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::any_of(nouns.begin(), nouns.end(), [&](std::string_view noun) { return same_noun(word, noun); });
  });
}

Words table_words(const Table& table) { return split_words(table.name.value_or("")); }

/// Tables that keep what was: a row a version of a thing, so the thing's key repeats in them.
bool is_record(const Words& table) {
  if (has_noun({table.back()},
               {"history", "revision",   "version",  "audit", "log",    "snapshot", "archive", "backup", "event",       "trail",
                "view",    "projection", "redirect", "draft", "outbox", "staging",  "import",  "export", "translation", "tombstone"})) {
    return true;
  }
  return is_one_of(table.front(), {"audit", "archived", "deleted", "history", "unmatched", "pending", "staged", "raw", "tmp", "temp"});
}

/// Tables of lines, requests and messages: a number, a code or an address in them is another table's.
bool is_copy_or_request(const Words& table) {
  return has_noun({table.back()},
                  {"item", "line", "detail", "entry", "request", "redemption", "recipient", "usage", "attempt", "result"}) ||
         has_noun(table,
                  {"verification", "otp", "token", "challenge", "reset", "mfa", "session", "login", "recovery", "invite", "invitation"});
}

bool is_whole_number(const Column& column) {
  const std::string_view type = column.sql_type.value_or("");
  return column.dimensions == 0 && (type.starts_with("int") || type.starts_with("bigint") || type.starts_with("smallint"));
}

/// The N of varchar(N); 0 without one.
int length_of(const Column& column) {
  const std::string_view type = column.sql_type.value_or("");
  const std::size_t open = type.find('(');
  if (open == std::string_view::npos) return 0;
  int length = 0;
  std::from_chars(type.data() + open + 1, type.data() + type.size(), length);
  return length;
}

/// Whether every word before the last one is a noun of the table: order_number of orders, ticket_code of service_tickets.
bool is_own(const Words& column, const Words& table) {
  return column.size() > 1 && std::all_of(column.begin(), column.end() - 1, [&](const std::string& word) {
           return std::any_of(table.begin(), table.end(), [&](const std::string& noun) { return same_noun(word, noun); });
         });
}

std::optional<KeyKind> kind_by_name(const Words& column, const Words& table) {
  const std::string_view last = column.back();
  const bool bare = column.size() == 1;
  const bool own = is_own(column, table);
  if (is_one_of(last, {"slug", "handle", "subdomain", "permalink"})) return bare || own ? std::optional(KeyKind::kSlug) : std::nullopt;
  // account_number of bank_accounts is the bank's.
  if (last == "number" && (bare || (own && column.front() != "account"))) return KeyKind::kNumber;
  if (last == "code" && own) return KeyKind::kNumber;
  if (last == "code" && bare) return KeyKind::kCode;
  if (last == "sku" && bare) return KeyKind::kSku;
  if (bare && (last == "email" || last == "username") && table.size() == 1 && has_noun(table, {"user", "account", "admin", "member"})) {
    return KeyKind::kAccount;
  }
  if (bare && last == "email" && has_noun({table.back()}, {"customer", "employee", "subscriber", "user"})) return KeyKind::kEmail;
  return std::nullopt;
}

}  // namespace

bool is_text(const Column& column) {
  const std::string_view type = column.sql_type.value_or("");
  return column.dimensions == 0 && !column.has_enum_values && column.enum_name == std::nullopt &&
         (type.starts_with("text") || type.starts_with("varchar") || type.starts_with("char") || type.starts_with("citext") ||
          type.starts_with("nvarchar") || type.starts_with("string"));
}

std::optional<KeyKind> natural_key(const Table& table, const Column& column) {
  if (!column.name.known() || !column.sql_type.known() || column.generated || column.unread_chain) return std::nullopt;
  const Words column_words = split_words(column.name.value());
  const Words words = table_words(table);
  if (column_words.empty() || words.empty() || is_record(words)) return std::nullopt;
  const std::optional<KeyKind> kind = kind_by_name(column_words, words);
  if (!kind) return std::nullopt;
  if (!is_text(column) && !(*kind == KeyKind::kNumber && is_whole_number(column))) return std::nullopt;
  if (*kind != KeyKind::kSlug && is_copy_or_request(words)) return std::nullopt;
  return kind;
}

bool needs_second_sign(KeyKind kind, const Column& column) {
  constexpr int kLongestCode = 64;
  if (!column.not_null || kind == KeyKind::kEmail) return true;
  return kind == KeyKind::kCode && (length_of(column) == 0 || length_of(column) > kLongestCode);
}

SchemaIndex::SchemaIndex(const Model& model) {
  for (const Relation& relation : model.relations) {
    if (relation.kind == RelationKind::kOne) referring_.insert(relation.fields.begin(), relation.fields.end());
  }
  for (const Table& table : model.tables) {
    // A row's own key does not refer, even if a one-to-one relation starts at it.
    for (const PrimaryKey& key : table.primary_keys) {
      if (key.columns.size() == 1) referring_.erase(key.columns.front());
    }
    for (const ForeignKey& key : table.foreign_keys) referring_.insert(key.columns.begin(), key.columns.end());
    for (const Column& column : table.columns) {
      if (column.name.known()) by_name_[column.name.value()].push_back(&column);
    }
  }
}

bool SchemaIndex::is_reference(const Column& column) const {
  if (column.unread_reference || referring_.contains(&column)) return true;
  const Words words = split_words(column.name.value_or(column.key));
  if (words.size() < 2 || (words.back() != "id" && words.back() != "uuid")) return false;
  const auto& keys = column.table->primary_keys;
  return std::none_of(keys.begin(), keys.end(),
                      [&](const PrimaryKey& key) { return key.columns.size() == 1 && key.columns.front() == &column; });
}

const std::vector<const Column*>& SchemaIndex::columns_called(std::string_view name) const {
  static const std::vector<const Column*> kNone;
  const auto at = by_name_.find(name);
  return at == by_name_.end() ? kNone : at->second;
}

const Column* deletion_mark(const Table& table) {
  const auto at = std::find_if(table.columns.begin(), table.columns.end(), [](const Column& column) {
    const Words words = split_words(column.name.value_or(column.key));
    return !column.not_null && words.size() >= 2 && is_one_of(words[words.size() - 2], {"deleted", "archived", "removed"}) &&
           words.back() == "at";
  });
  return at == table.columns.end() ? nullptr : &*at;
}

}  // namespace drizzle_audit::rules::slug_not_unique
