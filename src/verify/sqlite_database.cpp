// SQLite: the file is opened read-only, and one transaction reads all of it.
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "verify/database.h"

namespace drizzle_audit::verify {
namespace {

using Clock = std::chrono::steady_clock;

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

std::string quoted_text(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(std::unique_ptr<sqlite3, Close> database, unsigned timeout) : database_(std::move(database)), timeout_(timeout) {
    sqlite3_busy_timeout(database_.get(), static_cast<int>(std::min(timeout, 10U) * 1000));
    sqlite3_progress_handler(
        database_.get(), 10000, [](void* self) { return static_cast<SqliteDatabase*>(self)->is_late() ? 1 : 0; }, this);
  }

  std::variant<Rows, DatabaseError> query(const std::string& sql) override {
    deadline_ = Clock::now() + std::chrono::seconds(timeout_);
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) return error();
    const std::unique_ptr<sqlite3_stmt, Close> statement(raw);
    Rows rows;
    const int width = sqlite3_column_count(raw);
    for (int i = 0; i < width; ++i) rows.columns.emplace_back(sqlite3_column_name(raw, i));
    int step = sqlite3_step(raw);
    for (; step == SQLITE_ROW; step = sqlite3_step(raw)) {
      auto& values = rows.rows.emplace_back();
      for (int i = 0; i < width; ++i) {
        if (sqlite3_column_type(raw, i) == SQLITE_NULL) {
          values.emplace_back(std::nullopt);
        } else {
          const void* bytes = sqlite3_column_text(raw, i);
          values.emplace_back(std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(raw, i))));
        }
      }
    }
    if (step != SQLITE_DONE) return error();
    return rows;
  }

  std::variant<Catalogue, DatabaseError> catalogue(const std::vector<std::string>& schemas) override;
  std::optional<std::string> canonical_type(const std::string&) override { return std::nullopt; }

 private:
  [[nodiscard]] bool is_late() const { return Clock::now() > deadline_; }
  DatabaseError error() const {
    const int code = sqlite3_errcode(database_.get());
    DatabaseError failed{sqlite3_errmsg(database_.get()), ""};
    if (code == SQLITE_INTERRUPT)
      failed = {"a statement took longer than " + std::to_string(timeout_) + " seconds", "--timeout SECONDS allows statements more time"};
    if (code == SQLITE_NOTADB) failed.help = "the file is no SQLite database, or it is encrypted";
    if (code == SQLITE_ERROR && failed.message.starts_with("no such "))
      failed.help = "the database is not what the schema says: run its migrations first";
    return failed;
  }

  std::unique_ptr<sqlite3, Close> database_;
  unsigned timeout_;
  Clock::time_point deadline_ = Clock::now();
};

std::variant<Catalogue, DatabaseError> SqliteDatabase::catalogue(const std::vector<std::string>& /*schemas*/) {
  std::variant<Rows, DatabaseError> tables =
      query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
  if (auto* failed = std::get_if<DatabaseError>(&tables)) return std::move(*failed);
  Catalogue catalogue;
  for (const auto& row : std::get<Rows>(tables).rows) {
    const std::string name = row[0].value_or("");
    CatalogueTable& table = catalogue[{"", name}];
    table.name = name;
    const std::string text = quoted_text(name);
    std::variant<Rows, DatabaseError> result = query("SELECT name, \"notnull\", pk FROM pragma_table_xinfo(" + text + ")");
    if (auto* failed = std::get_if<DatabaseError>(&result)) return std::move(*failed);
    std::vector<std::pair<int, std::string>> key;
    for (const auto& column : std::get<Rows>(result).rows) {
      const int place = std::stoi(column[2].value_or("0"));
      // A primary key may be null here unless it says NOT NULL, and drizzle's schema may say either.
      table.columns.push_back({column[0].value_or(""), std::nullopt, place > 0 ? std::nullopt : std::optional<bool>(column[1] == "1")});
      if (place > 0) key.emplace_back(place, column[0].value_or(""));
    }
    std::sort(key.begin(), key.end());
    if (!key.empty()) {
      CatalogueConstraint constraint;
      constraint.kind = ConstraintKind::kPrimaryKey;
      for (const auto& [place, column] : key) constraint.columns.push_back(column);
      table.constraints.push_back(std::move(constraint));
    }
    result =
        query("SELECT id, \"table\", \"from\", \"to\", on_delete, on_update FROM pragma_foreign_key_list(" + text + ") ORDER BY id, seq");
    if (auto* failed = std::get_if<DatabaseError>(&result)) return std::move(*failed);
    std::string id;
    for (const auto& part : std::get<Rows>(result).rows) {
      if (part[0].value_or("") != id) {
        id = part[0].value_or("");
        CatalogueConstraint constraint;
        constraint.kind = ConstraintKind::kForeignKey;
        constraint.foreign_table = part[1].value_or("");
        constraint.on_delete = lower(part[4].value_or(""));
        constraint.on_update = lower(part[5].value_or(""));
        table.constraints.push_back(std::move(constraint));
      }
      table.constraints.back().columns.push_back(part[2].value_or(""));
      table.constraints.back().foreign_columns.push_back(part[3].value_or(""));
    }
    result = query("SELECT l.name, l.\"unique\", i.name FROM pragma_index_list(" + text +
                   ") l JOIN pragma_index_info(l.name) i WHERE l.origin <> 'pk' ORDER BY l.seq, i.seqno");
    if (auto* failed = std::get_if<DatabaseError>(&result)) return std::move(*failed);
    for (const auto& part : std::get<Rows>(result).rows) {
      const std::string index = part[0].value_or("");
      if (table.indexes.empty() || table.indexes.back().name != index) table.indexes.push_back({index, {}, part[1] == "1", true});
      table.indexes.back().columns.push_back(part[2].value_or(""));
    }
  }
  return catalogue;
}

}  // namespace

OpenResult open_sqlite(const Url& url, unsigned timeout) {
  std::error_code ignored;
  if (std::filesystem::is_directory(url.database, ignored)) return DatabaseError{"cannot open " + url.database + ": it is a folder", ""};
  sqlite3* raw = nullptr;
  const int status = sqlite3_open_v2(url.database.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
  std::unique_ptr<sqlite3, Close> handle(raw);
  if (status != SQLITE_OK)
    return DatabaseError{"cannot open " + url.database + ": " + (raw == nullptr ? "out of memory" : sqlite3_errmsg(raw)), ""};
  auto database = std::make_unique<SqliteDatabase>(std::move(handle), timeout);
  for (const char* sql : {"BEGIN", "SELECT count(*) FROM sqlite_schema"}) {
    std::variant<Rows, DatabaseError> result = database->query(sql);
    if (auto* error = std::get_if<DatabaseError>(&result)) return std::move(*error);
  }
  return database;
}

}  // namespace drizzle_audit::verify
