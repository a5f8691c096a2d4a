// See table_names.h.
#include "types/table_names.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "platform/search.h"
#include "types/type_scan.h"

namespace drizzle_audit::types {
namespace {

template <std::size_t n>
bool among(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What people put behind the name of a row.
constexpr auto kSuffixes =
    std::to_array<std::string_view>({"data",     "summary", "row",        "record",   "entity", "model", "dto",        "response", "result",
                                     "type",     "info",    "details",    "detail",   "item",   "view",  "interface",  "base",     "full",
                                     "public",   "select",  "node",       "profile",  "object", "doc",   "document",   "raw",      "dao",
                                     "json",     "preview", "basic",      "minimal",  "lite",   "safe",  "db",         "selected", "schema",
                                     "overview", "output",  "serialized", "extended", "t",      "shape", "attributes", "instance"});
/// What people put before it.
constexpr auto kPrefixes = std::to_array<std::string_view>(
    {"i",         "t",          "db",       "raw",      "base",     "full",     "public",   "safe",     "basic",  "minimal",
     "simple",    "serialized", "extended", "detailed", "enriched", "api",      "admin",    "existing", "saved",  "stored",
     "persisted", "populated",  "domain",   "app",      "select",   "selected", "database", "drizzle",  "server", "client"});
/// Types of what is inserted or updated: held against the insert type.
constexpr auto kInsertWords =
    std::to_array<std::string_view>({"create", "new", "insert", "add", "update", "patch", "upsert", "input", "edit", "partial"});
/// Types of other things that code is given. They are about a table, but no row of it.
constexpr auto kInputWords = std::to_array<std::string_view>(
    {"filter", "filters", "query", "search",  "params",    "param", "request",  "form",  "args", "arguments", "options",
     "values", "payload", "body",  "command", "variables", "props", "criteria", "where", "sort", "fields",    "inputs"});
/// Before the name of what only resembles a row: TestUser, ImportProduct.
constexpr auto kUnlikeRows = std::to_array<std::string_view>({"test", "mock", "fake", "stub", "dummy", "import", "imported", "csv"});
/// Types of what somebody chooses from.
constexpr auto kChoiceWords = std::to_array<std::string_view>({"selection", "option", "choice", "tab", "preset"});

/// "v2": a public interface of this version is kept as it is, whatever the table becomes.
bool is_version(std::string_view word) {
  return word.size() > 1 && word[0] == 'v' && word.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

/// Where "with" or "without" stands, or the end: the items of OrderWithItems are no part of its name.
std::size_t end_of_noun(const Words& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "with" || words[i] == "without" || words[i] == "including" || words[i] == "by") return i;
  }
  return words.size();
}

bool ends_like(const Words& words, const Words& ending) {
  if (ending.empty() || ending.size() > words.size()) return false;
  const auto offset = static_cast<std::ptrdiff_t>(words.size() - ending.size());
  return same_name(Words(words.begin() + offset, words.end()), ending);
}

/// The first word that most of the tables share: the prefix of pgTableCreator, "app_".
std::string common_prefix(const Model& model) {
  std::map<std::string, std::size_t> counts;
  std::size_t tables = 0;
  for (const Table& table : model.tables) {
    const Words words = split_words(table.name.value_or(""));
    if (words.empty()) continue;
    ++tables;
    if (words.size() > 1) ++counts[words.front()];
  }
  for (const auto& [word, count] : counts) {
    if (tables >= 3 && count * 10 >= tables * 8) return word;
  }
  return {};
}

/// The words of `type` as written, from the word at `from` on: "OrderSummary" of CustomerOrderSummary.
std::string written(std::string_view type, const Words& words, std::size_t from) {
  std::size_t skipped = 0;
  for (std::size_t i = 0; i < from; ++i) skipped += words[i].size();
  std::size_t at = 0;
  while (at < type.size() && skipped > 0) {
    if (type[at] != '_' && type[at] != '-' && type[at] != '$') --skipped;
    ++at;
  }
  while (at < type.size() && type[at] == '_') ++at;
  return std::string(type.substr(at));
}

struct Reading {
  Words words;
  std::size_t first = 0;  ///< how many words at the front are left out
  bool input = false;     ///< "create", "new" … or "input" was taken off
  bool writes = false;    ///< "create", "new" … was
  bool whole = true;      ///< nothing was taken off
};

/// The name with ever more of what people add taken off, the whole one first.
std::vector<Reading> readings(std::string_view type) {
  std::vector<Reading> found;
  const Words all = split_words(type);
  if (all.empty()) return found;
  std::size_t begin = 0;
  std::size_t end = all.size();
  Reading state;
  // CreateOrderResponse is what comes back.
  const bool is_answer = all.back() == "result" || all.back() == "response" || all.back() == "output";
  const auto add = [&] {
    state.words.assign(all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end));
    state.first = begin;
    found.push_back(state);
    state.whole = false;
  };
  add();
  if (const std::size_t noun = end_of_noun(all); noun < end) {
    end = noun;
    add();
  }
  while (begin + 1 < end) {
    const std::string& last = all[end - 1];
    const std::string& first = all[begin];
    if (among(kPrefixes, first)) {
      ++begin;
    } else if (among(kInsertWords, first)) {
      state.input = state.input || !is_answer;
      state.writes = state.input;
      ++begin;
    } else if (among(kSuffixes, last)) {
      --end;
    } else if (among(kInsertWords, last)) {
      state.input = !is_answer;
      state.writes = state.input && (state.writes || last != "input");
      --end;
    } else {
      break;
    }
    add();
  }
  return found;
}

std::string joined(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += word;
  return text;
}

}  // namespace

TableNames::TableNames(const Model& model, const TenantModel& tenants) {
  const std::string common = common_prefix(model);
  Words tenant;
  if (tenants.root != nullptr) {
    tenant = split_words(tenants.root->name.value_or(tenants.root->export_name));
    if (tenant.size() > 1 && tenant.front() == common) tenant.erase(tenant.begin());
  }
  for (const Table& table : model.tables) {
    if (table.name.known()) enter(table, table.name.value(), common, tenant);
    enter(table, table.export_name, common, tenant);
    for (const Column& column : table.columns) {
      columns_.insert(folded(column.key));
      if (column.name.known()) columns_.insert(folded(column.name.value()));
    }
  }
  for (const Relation& relation : model.relations) relations_[relation.table].push_back(relation.key);
  for (std::size_t i = 0; i < names_.size(); ++i) {
    for (const std::string& form : noun_forms(names_[i].words.back())) by_last_[form].push_back(i);
    if (names_[i].words.size() == 1) continue;
    for (const std::string& form : noun_forms(joined(names_[i].words))) by_last_[form].push_back(i);
  }
}

bool TableNames::may_name_column(std::string_view property) const { return columns_.contains(folded(property)); }

bool TableNames::is_relation(const Table& table, std::string_view key) const {
  const auto keys = relations_.find(&table);
  return keys != relations_.end() && std::find(keys->second.begin(), keys->second.end(), key) != keys->second.end();
}

void TableNames::enter(const Table& table, std::string_view name, const std::string& common, const Words& tenant) {
  Words words = split_words(name);
  while (words.size() > 1 && (words.back() == "table" || words.back() == "tables" || words.back() == "tbl" || words.back() == "schema" ||
                              words.back() == "model"))
    words.pop_back();
  while (words.size() > 1 && (words.front() == common || words.front() == "tbl")) words.erase(words.begin());
  if (words.empty()) return;
  for (const std::string& word : words) {
    for (std::string& form : noun_forms(word)) words_.insert(std::move(form));
  }
  // A table's names are entered one after the other.
  if (!names_.empty() && names_.back().table == &table && names_.back().words == words) return;
  Name entry{.table = &table, .words = words, .optional = 0};
  if (words.size() > tenant.size() && std::equal(tenant.begin(), tenant.end(), words.begin(), same_noun)) entry.optional = tenant.size();
  names_.push_back(std::move(entry));
}

bool TableNames::is_project_word(const std::string& word, std::string_view path) const {
  if (word.size() < 2) return false;
  for (const std::string& form : noun_forms(word)) {
    if (words_.contains(form)) return true;
  }
  // The folder or file that the type is in: domains/customers/types.ts.
  const Words parts = split_words([&] {
    std::string text(path.substr(0, path.rfind('.')));
    std::replace(text.begin(), text.end(), '/', '.');
    return text;
  }());
  return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) { return same_noun(part, word); });
}

bool TableNames::may_name_table(std::string_view type) const {
  for (const Reading& reading : readings(type)) {
    if (by_last_.contains(reading.words.back())) return true;
    for (const std::string& form : noun_forms(reading.words.back())) {
      if (by_last_.contains(form)) return true;
    }
    if (reading.words.size() == 1) continue;
    if (by_last_.contains(joined(reading.words))) return true;
  }
  return false;
}

std::vector<std::size_t> TableNames::candidates_for(const Words& words) const {
  std::vector<std::size_t> candidates;
  const auto collect = [&](const std::string& key) {
    for (const std::string& form : noun_forms(key)) {
      if (const auto at = by_last_.find(form); at != by_last_.end())
        candidates.insert(candidates.end(), at->second.begin(), at->second.end());
    }
  };
  collect(words.back());
  if (words.size() > 1) collect(joined(words));
  if (words.size() == 2) collect(words.front());  // RecurringInvoice: the table is called invoice_recurring
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  return candidates;
}

std::vector<NamedTable> TableNames::tables_for(std::string_view type, std::string_view path) const {
  std::vector<NamedTable> found;
  const Words all = split_words(type);
  if (all.empty()) return found;
  const bool is_given = among(kUnlikeRows, all.front()) || is_version(all.front()) || (all.front() == "v" && all.size() > 1) ||
                        std::any_of(all.begin(), all.end(), [](const std::string& word) { return among(kInputWords, word); });
  for (const Reading& reading : readings(type)) {
    // OrderItem is an item of an order where there is a table of them, and no order with an affix.
    if (!found.empty() && found.front().fit == NameFit::kWhole) break;
    const Words& words = reading.words;
    for (const std::size_t index : candidates_for(words)) {
      const Name& name = names_[index];
      std::optional<NamedTable> match;
      if (same_name(words, name.words) || (words.size() == 2 && same_name({words[1], words[0]}, name.words))) {
        match = NamedTable{name.table, NameFit::kWhole,
                           words.size() == all.size() ? "the name is the table's" : "the name is the table's but for its affixes"};
      } else if (ends_like(words, name.words)) {
        const std::size_t before = words.size() - name.words.size();
        const bool known = std::all_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(before),
                                       [&](const std::string& word) { return is_project_word(word, path); });
        // IssueLivenessInput is given to something that looks at issues.
        if (known && reading.input == reading.writes)
          match = NamedTable{name.table, NameFit::kEnding, "the name ends in " + written(type, all, reading.first + before)};
      } else if (ends_like(name.words, words)) {
        const std::size_t left = name.words.size() - words.size();
        const bool by_tenant = left == name.optional;
        const bool by_place = std::all_of(name.words.begin(), name.words.begin() + static_cast<std::ptrdiff_t>(left),
                                          [&](const std::string& word) { return path.find(word) != std::string_view::npos; });
        if (by_tenant || by_place)
          match = NamedTable{name.table, by_tenant ? NameFit::kRest : NameFit::kPlace, "the name is the end of the table's"};
      }
      // EvaluationFormBucket is what a form has of it; but a table may be called query_logs.
      if (match && is_given && !(reading.whole && match->fit == NameFit::kWhole)) match.reset();
      if (!match) continue;
      match->input = reading.input;
      match->row = reading.input ? RowKind::kInsert : RowKind::kSelect;
      const auto known = std::find_if(found.begin(), found.end(), [&](const NamedTable& other) { return other.table == match->table; });
      if (known == found.end()) found.push_back(std::move(*match));
      else if (known->fit < match->fit) *known = std::move(*match);
    }
  }
  return found;
}

bool TableNames::is_table_noun(std::string_view property) const {
  const Words words = split_words(property);
  if (words.empty()) return false;
  const std::vector<std::size_t> candidates = candidates_for(words);
  return std::any_of(candidates.begin(), candidates.end(),
                     [&](std::size_t i) { return same_name(words, names_[i].words) || ends_like(names_[i].words, words); });
}

bool is_foreign_place(std::string_view path) {
  static constexpr auto kPlaces =
      std::to_array<std::string_view>({"providers", "external", "vendor", "vendors", "mock", "mocks", "stories", "storybook", "animations",
                                       "demo", "demos", "fixtures", "seed", "seeds", "testing", "thirdparty"});
  for (std::size_t begin = 0; begin < path.size();) {
    std::size_t end = path.find('/', begin);
    if (end == std::string_view::npos) end = path.size();
    for (const std::string& word : split_words(path.substr(begin, end - begin))) {
      if (among(kPlaces, word)) return true;
    }
    begin = end + 1;
  }
  return false;
}

bool is_input_name(std::string_view type) {
  const Words words = split_words(type);
  if (words.size() < 2) return false;
  const auto is_input = [](std::string_view word) { return among(kInsertWords, word) || among(kInputWords, word); };
  return among(kInsertWords, words.front()) || std::any_of(words.begin() + 1, words.end(), is_input);
}

bool is_choice_name(std::string_view type) {
  const Words words = split_words(type);
  return words.size() > 1 && among(kChoiceWords, words.back());
}

bool is_of_other_database(std::string_view text) {
  static constexpr auto kClients = std::to_array<std::string_view>({"clickhouse", "ClickHouse", "Clickhouse", "bigquery", "BigQuery"});
  return std::any_of(kClients.begin(), kClients.end(),
                     [&](std::string_view client) { return platform::find(text, client) != std::string_view::npos; });
}

bool is_write_name(std::string_view type) {
  const Words words = split_words(type);
  if (words.size() < 2) return false;
  return among(kInsertWords, words.front()) || words.back() == "insert" || words.back() == "update" || words.back() == "input";
}

}  // namespace drizzle_audit::types
