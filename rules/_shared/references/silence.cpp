// When a column must be left alone. Guessing from names is the worst source of false alarms in this field, so most of what looks like a
// reference has to pass through here first. Every reason has its example under "Valid" in missing-foreign-key/rule.md.
#include <algorithm>
#include <array>

#include "_shared/references/link.h"

namespace drizzle_audit::rules::references {
namespace {

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Words that say the id was given out by somebody else.
constexpr std::array<std::string_view, 60> kForeignOrigins = {
    "external", "ext",      "provider", "remote",     "public",   "foreign", "upstream", "vendor",       "legacy",     "old",
    "original", "previous", "stripe",   "clerk",      "paypal",   "auth0",   "google",   "github",       "gitlab",     "facebook",
    "apple",    "shopify",  "hubspot",  "twilio",     "sendgrid", "polar",   "lemon",    "lemonsqueezy", "square",     "paddle",
    "razorpay", "plaid",    "xero",     "quickbooks", "slack",    "discord", "telegram", "twitter",      "linkedin",   "firebase",
    "cognito",  "supabase", "workos",   "okta",       "azure",    "aws",     "openai",   "anthropic",    "salesforce", "mailchimp",
    "intercom", "zendesk",  "notion",   "microsoft",  "spotify",  "resend",  "mollie",   "adyen",        "bot",        "global"};

/// Tables that keep the ids of rows that may be gone, on purpose; views and projections are copies that code rebuilds.
constexpr std::array<std::string_view, 14> kRecordNouns = {"execution", "history",   "audit", "archive",   "log",
                                                           "snapshot",  "event",     "trail", "backup",    "revision",
                                                           "outbox",    "tombstone", "view",  "projection"};
constexpr std::array<std::string_view, 4> kRecordPrefixes = {"audit", "archived", "deleted", "history"};

constexpr std::array<std::string_view, 6> kKindWords = {"type", "kind", "class", "model", "table", "entity"};

/// Words for "whatever it is": an id under such a name belongs to the kind that a sibling column spells.
constexpr std::array<std::string_view, 18> kAnythingWords = {"entity", "resource", "target",    "subject",    "owner",     "parent",
                                                             "object", "item",     "reference", "ref",        "record",    "related",
                                                             "source", "model",    "actor",     "subscriber", "notifiable"};

/// Words for where something came from: the rest of such a name says what kind of thing it was.
constexpr std::array<std::string_view, 2> kComesFrom = {"source", "origin"};

bool is_session_table(const Table& table) {
  const Words words = split_words(table.name.value_or(""));
  return !words.empty() && same_noun(words.back(), "session");
}

bool is_record_table(const Table& table) {
  const Words words = split_words(table.name.value_or(""));
  if (words.empty()) return false;
  return contains(kRecordPrefixes, words.front()) ||
         std::any_of(kRecordNouns.begin(), kRecordNouns.end(), [&](std::string_view noun) { return same_noun(words.back(), noun); });
}

bool has_word(const Words& words, bool (*accepts)(std::string_view)) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return accepts(word); });
}

/// x_id beside x_type, or entity_id beside any …_type that names entities.
bool is_polymorphic(const Table& table, const Column& column, const Words& words) {
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& other) {
    if (&other == &column) return false;
    Words kind = split_words(other.name.value_or(other.key));
    if (kind.size() < 2 || !contains(kKindWords, kind.back())) return false;
    kind.pop_back();
    if (kind == words) return true;
    return words.size() == 1 && contains(kAnythingWords, words.front()) && kind.size() == 1 && contains(kAnythingWords, kind.front());
  });
}

/// The accounts table of an authentication library: account_id and provider_id are what the provider calls them.
bool is_login_account(const Table& table, const Words& words) {
  const Words table_words = split_words(table.name.value_or(""));
  if (table_words.empty() || !same_noun(table_words.back(), "account")) return false;
  const bool has_provider = std::any_of(table.columns.begin(), table.columns.end(), [](const Column& column) {
    return has_word(split_words(column.name.value_or(column.key)), [](std::string_view word) { return word == "provider"; });
  });
  return has_provider && (words.back() == "account" || words.back() == "provider");
}

/// A default that stands for nobody: no row has that key.
bool has_sentinel_default(const Column& column) {
  const std::optional<std::string_view>* text = column.default_text.get();
  if (text == nullptr || !text->has_value()) return false;
  return **text == "''" || **text == "0" || **text == "-1" || **text == "'0'";
}

bool has_provider(const Table& table) {
  return std::any_of(table.columns.begin(), table.columns.end(), [](const Column& column) {
    const Words words = split_words(column.name.value_or(column.key));
    return words == Words{"provider"} || words == Words{"provider", "id"};
  });
}

bool makes_its_own_values(const Column& column) {
  if (column.auto_increment || column.identity || column.runtime_default) return true;
  if (column.builder.find("serial") != std::string_view::npos) return true;
  const std::optional<std::string_view>* text = column.default_text.get();
  if (text == nullptr || !text->has_value()) return false;
  return (*text)->find("uuid") != std::string_view::npos || (*text)->find("nextval") != std::string_view::npos;
}

}  // namespace

bool is_typed_as_either(const Model& model, const Column& column) {
  if (!column.type_argument) return false;
  const std::string_view type = model.sources->text(*column.type_argument);
  const std::size_t at = type.find("Or");
  return at != std::string_view::npos && at > 0 && at + 2 < type.size() && type[at - 1] != '.' && type[at + 2] >= 'A' &&
         type[at + 2] <= 'Z';
}

Words reference_words(const Column& column) {
  Words words = split_words(column.name.value_or(column.key));
  const auto is_marker = [](std::string_view word) {
    return word == "id" || word == "uuid" || word == "guid" || word == "fk" || word == "by";
  };
  if (words.size() >= 2 && (words.front() == "id" || words.front() == "fk")) {
    words.erase(words.begin());  // id_client, fk_user
    if (is_marker(words.back()) && words.size() > 1) words.pop_back();
    return words;
  }
  bool marked = false;
  while (words.size() > 1 && is_marker(words.back())) {
    words.pop_back();
    marked = true;
  }
  return marked ? words : Words{};
}

bool is_settled(const Table& table, const Column& column) {
  if (table.incomplete.foreign_keys || column.unread_reference || column.unread_chain) return true;
  return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) {
    // What throws has a column too, only nobody knows which: schema-throws has the word first.
    if (key.error) return true;
    // Where another column of the key is null, the database does not look at this one (MATCH SIMPLE): (user_id, tag_id) holds no user_id.
    const auto optional = [&](const Column* other) { return other != &column && !other->not_null; };
    return std::find(key.columns.begin(), key.columns.end(), &column) != key.columns.end() &&
           (!column.not_null || std::none_of(key.columns.begin(), key.columns.end(), optional));
  });
}

bool may_be_anything(const Column& column) {
  const Words words = reference_words(column);
  return words.size() == 1 && contains(kAnythingWords, words.front());
}

std::string_view reason_for_silence(const Table& table, const Column& column) {
  if (table.incomplete.columns) return "a column that could not be read may be the type of a polymorphic reference";
  const Words words = reference_words(column);
  if (words.empty()) return "the name does not look like a reference";
  if (column.primary_key || (table.primary_keys.size() == 1 && table.primary_keys.front().columns.size() == 1 &&
                             table.primary_keys.front().columns.front() == &column)) {
    return "it is the table's own key";
  }
  if (column.generated || makes_its_own_values(column)) return "it makes its own values";
  if (column.dimensions > 0) return "no foreign key can hold an array";
  if (has_sentinel_default(column)) return "a default that stands for nobody";
  if (is_polymorphic(table, column, words)) return "polymorphic";
  if (is_login_account(table, words)) return "an authentication provider's id";
  if (words.back() == "session" && is_session_table(table)) return "a session's own number";
  if (is_record_table(table)) return "records outlive what they are about";
  const Words all = split_words(column.name.value_or(column.key));
  if (has_word(all, [](std::string_view word) { return contains(kForeignOrigins, word); })) return "an id of another system";
  return {};
}

/// mothership_inbox_webhook.webhook_id: the row is a webhook itself, and this is what somebody else calls it. A link table such as
/// product_tags holds a tag's key, and the other one beside it.
bool is_its_own_number(const Table& table, const Words& words) {
  const Words table_words = split_words(table.name.value_or(""));
  if (table_words.size() <= words.size()) return false;
  const auto tail = table_words.end() - static_cast<std::ptrdiff_t>(words.size());
  if (!same_name({tail, table_words.end()}, words)) return false;
  return std::none_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
    const Words other = reference_words(column);
    return !other.empty() && std::any_of(table_words.begin(), tail, [&](const std::string& word) { return same_noun(word, other.back()); });
  });
}

std::string_view reason_to_doubt_name(const Model& model, const Column& column, const Table& target) {
  const Table& table = *column.table;
  const Words words = reference_words(column);
  if (words.back() == "session") return "everybody has sessions";
  if (words.size() > 1 && contains(kComesFrom, words.front())) return "where something came from";
  if (words.size() > 1 && is_session_table(table)) return "a session remembers where its user was last";
  const Words table_words = split_words(table.name.value_or(""));
  if (table_words.size() == 1 && contains(kForeignOrigins, table_words.front())) return "a table about another system";
  if (has_provider(table) && has_provider(target)) return "what a provider calls it";
  if (!column.primary_key && is_its_own_number(table, words)) return "the row's own number elsewhere";
  if (is_typed_as_either(model, column)) return "its type says that it is one of two";
  return {};
}

}  // namespace drizzle_audit::rules::references
