// MySQL and MariaDB through libmariadb. TLS: ?ssl-mode=DISABLED, PREFERRED (the default), REQUIRED, VERIFY_CA or VERIFY_IDENTITY,
// ?ssl-ca=FILE, as MySQL's own clients call them; ?socket=PATH for a unix socket.
#include <mysql.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "verify/database.h"

namespace drizzle_audit::verify {
namespace {

struct Close {
  void operator()(MYSQL* connection) const { mysql_close(connection); }
  void operator()(MYSQL_RES* result) const { mysql_free_result(result); }
};
using Connection = std::unique_ptr<MYSQL, Close>;
using Result = std::unique_ptr<MYSQL_RES, Close>;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string quoted_name(const std::string& name) {
  std::string out = "`";
  for (const char c : name) out += c == '`' ? std::string("``") : std::string(1, c);
  return out + '`';
}

/// The names in backticks up to `end`, and where reading stopped: "(`a`,`b`)" or "`schema`.`table`".
std::vector<std::string> names_until(const std::string& line, std::size_t& at, std::string_view end) {
  std::vector<std::string> names;
  while (at < line.size() && line.compare(at, end.size(), end) != 0) {
    if (line[at++] != '`') continue;
    std::string name;
    for (; at < line.size(); ++at) {
      if (line[at] == '`' && (at + 1 == line.size() || line[++at] != '`')) break;
      name += line[at];
    }
    names.push_back(std::move(name));
  }
  at = std::min(line.size(), at + end.size());
  return names;
}

/// "ON DELETE SET NULL ON UPDATE CASCADE": the action behind `word`, "restrict" without one, which is what MySQL does then.
std::string action_in(const std::string& rest, const std::string& word) {
  const std::size_t at = rest.find(word);
  if (at == std::string::npos) return "restrict";
  for (const char* action : {"CASCADE", "SET NULL", "NO ACTION", "RESTRICT", "SET DEFAULT"}) {
    if (rest.compare(at + word.size(), std::char_traits<char>::length(action), action) == 0) return lower(action);
  }
  return "restrict";
}

/// The foreign keys in what SHOW CREATE TABLE prints: each on a line of its own,
/// CONSTRAINT `name` FOREIGN KEY (`a`) REFERENCES `t` (`b`) ON DELETE CASCADE.
std::vector<CatalogueConstraint> foreign_keys_in(const std::string& text) {
  std::vector<CatalogueConstraint> keys;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.size(), text.find('\n', start));
    const std::string line = text.substr(start, end - start);
    start = end + 1;
    if (!line.starts_with("  CONSTRAINT `")) continue;
    std::size_t at = 0;
    std::vector<std::string> name = names_until(line, at, " FOREIGN KEY (");
    if (at >= line.size() || name.size() != 1) continue;
    CatalogueConstraint key;
    key.kind = ConstraintKind::kForeignKey;
    key.name = std::move(name.front());
    key.columns = names_until(line, at, ") REFERENCES ");
    const std::vector<std::string> target = names_until(line, at, " (");
    if (target.empty()) continue;
    if (target.size() > 1) key.foreign_schema = target.front();
    key.foreign_table = target.back();
    key.foreign_columns = names_until(line, at, ")");
    const std::string rest = line.substr(at);
    key.on_delete = action_in(rest, "ON DELETE ");
    key.on_update = action_in(rest, "ON UPDATE ");
    keys.push_back(std::move(key));
  }
  return keys;
}

constexpr unsigned kTlsFailed = 2026;
constexpr unsigned kLostConnection[] = {2006, 2013, 2055};

class MysqlDatabase final : public Database {
 public:
  MysqlDatabase(Connection connection, const Url& url) : connection_(std::move(connection)), url_(url) {}

  std::variant<Rows, DatabaseError> query(const std::string& sql) override {
    if (mysql_real_query(connection_.get(), sql.data(), static_cast<unsigned long>(sql.size())) != 0) return error();
    const Result result(mysql_store_result(connection_.get()));
    Rows rows;
    if (result == nullptr) return mysql_errno(connection_.get()) == 0 ? std::variant<Rows, DatabaseError>(rows) : error();
    const unsigned width = mysql_num_fields(result.get());
    const MYSQL_FIELD* fields = mysql_fetch_fields(result.get());
    for (unsigned i = 0; i < width; ++i) rows.columns.emplace_back(fields[i].name);
    while (MYSQL_ROW row = mysql_fetch_row(result.get())) {
      const unsigned long* lengths = mysql_fetch_lengths(result.get());
      auto& values = rows.rows.emplace_back();
      for (unsigned i = 0; i < width; ++i) {
        if (row[i] == nullptr) {
          values.emplace_back(std::nullopt);
        } else {
          values.emplace_back(std::string(row[i], lengths[i]));
        }
      }
    }
    return rows;
  }

  std::variant<Catalogue, DatabaseError> catalogue(const std::vector<std::string>& schemas) override;
  std::optional<std::string> canonical_type(const std::string&) override { return std::nullopt; }

 private:
  DatabaseError error() const {
    const unsigned number = mysql_errno(connection_.get());
    if (std::find(std::begin(kLostConnection), std::end(kLostConnection), number) != std::end(kLostConnection))
      return {"the connection to the database was lost", "nothing was changed; run it again"};
    DatabaseError error{without_password(mysql_error(connection_.get()), url_), ""};
    if (number == 1142 || number == 1044 || number == 1143) error.help = "the user needs SELECT on the tables";
    if (number == 1969 || number == 3024) error.help = "--timeout SECONDS allows statements more time";
    if (number == 1146 || number == 1054) error.help = "the database is not what the schema says: run its migrations first";
    return error;
  }

  Connection connection_;
  Url url_;
};

std::variant<Catalogue, DatabaseError> MysqlDatabase::catalogue(const std::vector<std::string>& schemas) {
  std::string list = "DATABASE()";
  for (const std::string& schema : schemas) {
    if (!schema.empty()) list += ", '" + schema + "'";
  }
  const std::string database = "IF(t.table_schema = DATABASE(), '', t.table_schema)";
  Catalogue catalogue;
  const auto table = [&](const auto& row) -> CatalogueTable& {
    const TableKey key{row[0].value_or(""), row[1].value_or("")};
    CatalogueTable& found = catalogue[key];
    found.schema = key.first;
    found.name = key.second;
    return found;
  };
  std::variant<Rows, DatabaseError> result =
      query("SELECT " + database +
            ", t.table_name, c.column_name, c.is_nullable FROM information_schema.tables t JOIN information_schema.columns c ON "
            "c.table_schema = t.table_schema AND c.table_name = t.table_name WHERE t.table_type = 'BASE TABLE' AND t.table_schema IN (" +
            list + ") ORDER BY t.table_schema, t.table_name, c.ordinal_position");
  if (auto* failed = std::get_if<DatabaseError>(&result)) return std::move(*failed);
  for (const auto& row : std::get<Rows>(result).rows) table(row).columns.push_back({row[2].value_or(""), std::nullopt, row[3] == "NO"});

  result =
      query("SELECT " + database +
            ", t.table_name, t.index_name, t.column_name, t.non_unique FROM information_schema.statistics t WHERE t.table_schema IN (" +
            list + ") ORDER BY t.table_schema, t.table_name, t.index_name, t.seq_in_index");
  if (auto* failed = std::get_if<DatabaseError>(&result)) return std::move(*failed);
  for (const auto& row : std::get<Rows>(result).rows) {
    CatalogueTable& found = table(row);
    const std::string name = row[2].value_or("");
    if (name == "PRIMARY") {
      if (found.constraints.empty() || found.constraints.back().kind != ConstraintKind::kPrimaryKey)
        found.constraints.push_back({ConstraintKind::kPrimaryKey, "", {}, "", "", {}, "", "", true});
      found.constraints.back().columns.push_back(row[3].value_or(""));
      continue;
    }
    if (found.indexes.empty() || found.indexes.back().name != name) found.indexes.push_back({name, {}, row[4] == "0", true});
    found.indexes.back().columns.push_back(row[3].value_or(""));
  }

  // information_schema shows foreign keys to those only who may do more than read; a table's own text shows them to everybody who may.
  for (auto& entry : catalogue) {
    CatalogueTable& owner = entry.second;
    result = query("SHOW CREATE TABLE " + (owner.schema.empty() ? "" : quoted_name(owner.schema) + '.') + quoted_name(owner.name));
    if (auto* failed = std::get_if<DatabaseError>(&result)) return std::move(*failed);
    const Rows& made = std::get<Rows>(result);
    if (made.rows.empty() || made.rows.front().size() < 2) continue;
    for (CatalogueConstraint& key : foreign_keys_in(made.rows.front()[1].value_or(""))) owner.constraints.push_back(std::move(key));
  }
  // The index that comes with a foreign key by itself bears its name.
  for (auto& entry : catalogue) {
    CatalogueTable& owner = entry.second;
    std::erase_if(owner.indexes, [&](const CatalogueIndex& index) {
      return std::any_of(owner.constraints.begin(), owner.constraints.end(), [&](const CatalogueConstraint& constraint) {
        return constraint.kind == ConstraintKind::kForeignKey && constraint.name == index.name && constraint.columns == index.columns;
      });
    });
  }
  return catalogue;
}

}  // namespace

namespace {

/// How a connection is to be protected.
struct Protection {
  bool wanted = true;  ///< TLS where the server has it
  bool needed = false;
  bool verified = false;  ///< the server's certificate, and that it is for this host: the library knows no half of it
  std::string authority;
};

/// A connection, or why there is none.
std::variant<Connection, DatabaseError> connect(const Url& url, unsigned timeout, const Protection& protection) {
  Connection connection(mysql_init(nullptr));
  if (connection == nullptr) return DatabaseError{"out of memory", ""};
  const my_bool enforce = protection.wanted ? 1 : 0;
  const my_bool verify = protection.verified ? 1 : 0;
  if (!protection.authority.empty()) mysql_ssl_set(connection.get(), nullptr, nullptr, protection.authority.c_str(), nullptr, nullptr);
  mysql_optionsv(connection.get(), MYSQL_OPT_SSL_ENFORCE, &enforce);
  mysql_optionsv(connection.get(), MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
  const unsigned connect_timeout = 10;
  const unsigned read_timeout = timeout + 10;
  mysql_optionsv(connection.get(), MYSQL_OPT_CONNECT_TIMEOUT, &connect_timeout);
  mysql_optionsv(connection.get(), MYSQL_OPT_READ_TIMEOUT, &read_timeout);
  mysql_optionsv(connection.get(), MYSQL_SET_CHARSET_NAME, "utf8mb4");
  const auto socket = url.parameters.find("socket");
  const auto port = url.port.empty() ? 0U : static_cast<unsigned>(std::strtoul(url.port.c_str(), nullptr, 10));
  if (mysql_real_connect(connection.get(), url.host.empty() ? nullptr : url.host.c_str(), url.user.empty() ? nullptr : url.user.c_str(),
                         url.password.empty() ? nullptr : url.password.c_str(), url.database.empty() ? nullptr : url.database.c_str(), port,
                         socket == url.parameters.end() || socket->second.empty() ? nullptr : socket->second.c_str(), 0) == nullptr) {
    // A server whose TLS does not come about: without it, then, unless it has to be.
    if (mysql_errno(connection.get()) == kTlsFailed && protection.wanted && !protection.needed)
      return connect(url, timeout, {false, false, false, {}});
    return DatabaseError{"cannot connect to the database: " + without_password(mysql_error(connection.get()), url), ""};
  }
  // Some versions of the library go on without TLS where the server has none, whatever they were told.
  if (protection.needed && mysql_get_ssl_cipher(connection.get()) == nullptr)
    return DatabaseError{"cannot connect to the database: the server offers no TLS, which the URL's ssl-mode asks for", ""};
  return connection;
}

}  // namespace

OpenResult open_mysql(const Url& url, unsigned timeout) {
  const auto parameter = [&](const char* name) {
    const auto found = url.parameters.find(name);
    return found == url.parameters.end() ? std::string() : found->second;
  };
  const std::string mode = lower(parameter("ssl-mode"));
  Protection protection;
  protection.wanted = mode != "disabled";
  protection.verified = mode == "verify_ca" || mode == "verify_identity";
  protection.needed = protection.verified || mode == "required";
  protection.authority = parameter("ssl-ca");
  if (!mode.empty() && !protection.needed && mode != "disabled" && mode != "preferred")
    return DatabaseError{"ssl-mode=" + mode + " is not known", "it is disabled, preferred, required, verify_ca or verify_identity"};
  std::variant<Connection, DatabaseError> connected = connect(url, timeout, protection);
  if (auto* error = std::get_if<DatabaseError>(&connected)) return std::move(*error);
  if (url.database.empty()) return DatabaseError{"the URL names no database", "mysql://user@host/database"};
  auto database = std::make_unique<MysqlDatabase>(std::get<Connection>(std::move(connected)), url);
  // MariaDB and MySQL call the limit differently; each refuses the other's.
  (void)database->query("SET SESSION max_statement_time = " + std::to_string(timeout));
  (void)database->query("SET SESSION max_execution_time = " + std::to_string(timeout * 1000ULL));
  for (const char* sql :
       {"SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"}) {
    std::variant<Rows, DatabaseError> result = database->query(sql);
    if (auto* error = std::get_if<DatabaseError>(&result)) return std::move(*error);
  }
  return database;
}

}  // namespace drizzle_audit::verify
