// See migrations.h. A lexer that knows comments, strings and quoted names, and a handful of word sequences; the SQL in between is skipped.
// `ALTER TABLE … DROP` has no name to match when it was quoted into a string, so keys that blocks make are only ever added.
#include "project/migrations.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <mutex>
#include <set>
#include <utility>
#include <variant>

#include "workspace/paths.h"

namespace drizzle_audit::project {
namespace {

/// Migrations are small; data that somebody dumped into one is not worth the time.
constexpr std::uint64_t kLargestMigration = 8U << 20U;

struct Token {
  enum class Kind : std::uint8_t { kWord, kName /* quoted */, kString, kMark, kEnd };
  Kind kind = Kind::kEnd;
  std::string_view text = {};  // without quotes
  std::size_t at = 0;
};

bool is_letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

std::vector<Token> tokens_of(std::string_view sql) {
  std::vector<Token> tokens;
  const auto quoted = [&](std::size_t at, char quote) {
    const std::size_t end = std::min(sql.find(quote, at + 1), sql.size());
    return sql.substr(at + 1, end - at - 1);
  };
  for (std::size_t i = 0; i < sql.size();) {
    const char c = sql[i];
    if (sql.substr(i).starts_with("--")) {
      i = std::min(sql.find('\n', i), sql.size());
    } else if (sql.substr(i).starts_with("/*")) {
      i = sql.find("*/", i);
      i = i == std::string_view::npos ? sql.size() : i + 2;
    } else if (c == '"' || c == '`' || c == '\'') {
      const std::string_view text = quoted(i, c);
      tokens.push_back({c == '\'' ? Token::Kind::kString : Token::Kind::kName, text, i});
      i += text.size() + 2;
    } else if (is_letter(c)) {
      const std::size_t begin = i;
      while (i < sql.size() && is_letter(sql[i])) ++i;
      tokens.push_back({Token::Kind::kWord, sql.substr(begin, i - begin), begin});
    } else {
      if (c == '(' || c == ')' || c == ',' || c == ';' || c == '.' || c == '$') tokens.push_back({Token::Kind::kMark, sql.substr(i, 1), i});
      ++i;
    }
  }
  return tokens;
}

bool same_word(std::string_view a, std::string_view upper) {
  return a.size() == upper.size() && std::equal(a.begin(), a.end(), upper.begin(), [](char left, char right) {
           return std::toupper(static_cast<unsigned char>(left)) == right;
         });
}

class Migration {
 public:
  Migration(std::string_view sql, const std::string& path, std::vector<MigratedKey>& keys)
      : sql_(sql), path_(path), keys_(keys), tokens_(tokens_of(sql)) {}

  void run() {
    for (place_ = 0; place_ < tokens_.size(); ++place_) {
      if (is_mark(';')) table_.clear();
      else if (is("TABLE")) table();
      else if (is("FOREIGN") && is("KEY", 1)) foreign_key();
      else if (is("DROP") && (is("CONSTRAINT", 1) || (is("FOREIGN", 1) && is("KEY", 2)))) drop();
      else if (is("RENAME") && is("TO", 1)) rename();
      else if (is("EXECUTE") && made_in_block()) block();
    }
  }

 private:
  [[nodiscard]] const Token& token(std::size_t ahead = 0) const {
    static const Token kEnd;
    return place_ + ahead < tokens_.size() ? tokens_[place_ + ahead] : kEnd;
  }
  [[nodiscard]] bool is(std::string_view word, std::size_t ahead = 0) const {
    return token(ahead).kind == Token::Kind::kWord && same_word(token(ahead).text, word);
  }
  [[nodiscard]] bool is_mark(char mark, std::size_t ahead = 0) const {
    return token(ahead).kind == Token::Kind::kMark && token(ahead).text[0] == mark;
  }
  [[nodiscard]] bool is_name(std::size_t ahead = 0) const {
    return token(ahead).kind == Token::Kind::kWord || token(ahead).kind == Token::Kind::kName;
  }

  /// `ahead` of a name, `schema.name` too: the name's last part.
  [[nodiscard]] std::string name_at(std::size_t ahead) const {
    while (is_name(ahead) && is_mark('.', ahead + 1)) ahead += 2;
    return is_name(ahead) ? std::string(token(ahead).text) : std::string();
  }

  void table() {
    std::size_t ahead = 1;
    while (is("IF", ahead) || is("NOT", ahead) || is("EXISTS", ahead) || is("ONLY", ahead)) ++ahead;
    table_ = name_at(ahead);
    if (place_ > 0 && same_word(tokens_[place_ - 1].text, "DROP")) {
      std::erase_if(keys_, [&](const MigratedKey& key) { return key.table == table_; });
    }
  }

  /// [CONSTRAINT name] FOREIGN KEY [name] (column, …) REFERENCES
  void foreign_key() {
    MigratedKey key;
    key.table = table_;
    if (place_ >= 2 && same_word(tokens_[place_ - 2].text, "CONSTRAINT")) key.name = tokens_[place_ - 1].text;
    std::size_t ahead = 2;
    if (is_name(ahead)) ++ahead;
    if (!is_mark('(', ahead)) return;
    for (++ahead; is_name(ahead); ahead += is_mark(',', ahead + 1) ? 2U : 1U) key.columns.emplace_back(token(ahead).text);
    if (!is_mark(')', ahead) || !is("REFERENCES", ahead + 1) || key.table.empty()) return;
    add(std::move(key), token().at);
  }

  void drop() {
    std::size_t ahead = is("CONSTRAINT", 1) ? 2 : 3;
    while (is("IF", ahead) || is("EXISTS", ahead)) ++ahead;
    if (!is_name(ahead)) return;
    const std::string_view name = token(ahead).text;
    // A name longer than PostgreSQL keeps was cut off when the constraint was made.
    std::erase_if(keys_, [&](const MigratedKey& key) {
      return key.table == table_ && !key.name.empty() && (key.name == name || (name.size() == 63 && key.name.starts_with(name)));
    });
  }

  /// SQLite's way to alter a table: a new one under the old name.
  void rename() {
    const std::string name = name_at(2);
    for (MigratedKey& key : keys_) {
      if (key.table == table_) key.table = name;
    }
  }

  [[nodiscard]] bool made_in_block() const {
    std::size_t ahead = 1;
    while (is("FORMAT", ahead) || is_mark('(', ahead)) ++ahead;
    return token(ahead).kind == Token::Kind::kString && token(ahead).text.find("FOREIGN KEY") != std::string_view::npos &&
           token(ahead).text.find("%I") != std::string_view::npos;
  }

  /// A loop over a list: the rows ('table', 'column', …) since the block's beginning, `DO $$`.
  void block() {
    std::size_t begin = place_;
    while (begin > 0 && !(tokens_[begin].kind == Token::Kind::kMark && tokens_[begin].text == "$")) --begin;
    for (std::size_t i = begin; i + 3 < place_; ++i) {
      const bool row = tokens_[i].text == "(" && tokens_[i + 1].kind == Token::Kind::kString && tokens_[i + 2].text == "," &&
                       tokens_[i + 3].kind == Token::Kind::kString;
      if (!row) continue;
      MigratedKey key;
      key.table = tokens_[i + 1].text;
      key.columns = {std::string(tokens_[i + 3].text)};
      key.in_block = true;
      add(std::move(key), tokens_[i].at);
    }
  }

  void add(MigratedKey key, std::size_t at) {
    key.path = path_;
    if (at < counted_) {  // a row of a block stands before the statement that uses it
      counted_ = 0;
      line_ = 1;
    }
    const std::string_view passed = sql_.substr(counted_, at - counted_);
    line_ += static_cast<std::uint32_t>(std::ranges::count(passed, '\n'));
    counted_ = at;
    key.line = line_;
    keys_.push_back(std::move(key));
  }

  std::string_view sql_;
  const std::string& path_;
  std::vector<MigratedKey>& keys_;
  std::vector<Token> tokens_;
  std::size_t place_ = 0;
  std::string table_;
  std::size_t counted_ = 0;  // newlines before it are in line_
  std::uint32_t line_ = 1;
};

/// The files in the order in which drizzle-kit applies them, which is that of their names.
std::vector<std::string> migration_files(const workspace::FileSystem& files, const std::string& folder, std::string& snapshot) {
  std::vector<std::string> paths;
  for (const workspace::Entry& entry : files.list(folder)) {
    const std::string path = workspace::join(folder, entry.name);
    if (entry.kind == workspace::EntryKind::kFile && entry.name.ends_with(".sql")) paths.push_back(path);
    if (entry.kind != workspace::EntryKind::kFolder) continue;
    for (const workspace::Entry& inner : files.list(path)) {
      if (inner.kind != workspace::EntryKind::kFile) continue;
      if (inner.name == "migration.sql") paths.push_back(workspace::join(path, inner.name));
      if (inner.name.ends_with("snapshot.json")) snapshot = workspace::join(path, inner.name);  // the last one stays
    }
  }
  return paths;
}

/// Every `"name": "…"` of a snapshot.
std::set<std::string_view> names_in(std::string_view json) {
  constexpr std::string_view kField = "\"name\": \"";
  std::set<std::string_view> names;
  for (std::size_t at = json.find(kField); at != std::string_view::npos; at = json.find(kField, at)) {
    at += kField.size();
    names.insert(json.substr(at, json.find('"', at) - at));
  }
  return names;
}

}  // namespace

void apply_migration(std::string_view sql, const std::string& path, std::vector<MigratedKey>& keys) { Migration(sql, path, keys).run(); }

std::vector<MigratedKey> read_migrated_keys(const workspace::FileSystem& files, const std::string& folder, const std::string& root) {
  std::vector<MigratedKey> keys;
  std::string snapshot;
  for (const std::string& path : migration_files(files, folder, snapshot)) {
    const auto content = files.read(path, kLargestMigration);
    if (const auto* sql = std::get_if<std::string>(&content)) apply_migration(*sql, workspace::relative_path(path, root), keys);
  }
  if (keys.empty() || snapshot.empty()) return keys;
  const auto content = files.read(snapshot, workspace::kMaxSourceBytes);
  const auto* text = std::get_if<std::string>(&content);
  const std::set<std::string_view> known = names_in(text == nullptr ? std::string_view() : *text);
  for (MigratedKey& key : keys) key.in_snapshot = known.contains(key.name);
  return keys;
}

MigratedKeys migrated_keys_of(const workspace::FileSystem& files, std::string folder, std::string root) {
  struct Lazy {
    std::once_flag once;
    std::vector<MigratedKey> keys;
  };
  return
      [&files, folder = std::move(folder), root = std::move(root), lazy = std::make_shared<Lazy>()]() -> const std::vector<MigratedKey>& {
        std::call_once(lazy->once, [&] { lazy->keys = read_migrated_keys(files, folder, root); });
        return lazy->keys;
      };
}

}  // namespace drizzle_audit::project
