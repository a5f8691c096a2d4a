// PostgreSQL through libpq, which also honours sslmode and its relatives, PG* variables and ~/.pgpass. One transaction, READ ONLY and
// REPEATABLE READ, so that all counts are of one moment.
#include <libpq-fe.h>

#include <regex>

#include "verify/postgres_catalogue.h"

namespace drizzle_audit::verify {
namespace {

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Result = std::unique_ptr<PGresult, Clear>;
using Connection = std::unique_ptr<PGconn, Clear>;

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(Connection connection, const Url& url) : connection_(std::move(connection)), url_(url) {}

  std::variant<Rows, DatabaseError> query(const std::string& sql) override {
    // The extended protocol takes one statement only: none that ends the transaction can come along.
    const Result result(PQexecParams(connection_.get(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) return error_of(result.get());
    Rows rows;
    const int width = PQnfields(result.get());
    for (int column = 0; column < width; ++column) rows.columns.emplace_back(PQfname(result.get(), column));
    for (int row = 0; row < PQntuples(result.get()); ++row) {
      auto& values = rows.rows.emplace_back();
      for (int column = 0; column < width; ++column) {
        if (PQgetisnull(result.get(), row, column) != 0) {
          values.emplace_back(std::nullopt);
        } else {
          values.emplace_back(
              std::string(PQgetvalue(result.get(), row, column), static_cast<std::size_t>(PQgetlength(result.get(), row, column))));
        }
      }
    }
    return rows;
  }

  std::variant<Catalogue, DatabaseError> catalogue(const std::vector<std::string>& schemas) override {
    return postgres_catalogue(*this, schemas);
  }

  std::optional<std::string> canonical_type(const std::string& type) override {
    // Only what cannot be a syntax error: an error would end the transaction.
    static const std::regex kPlain("[a-z_][a-z0-9_ ]*( *\\([0-9, ]+\\))?( with(out)? time zone)?(\\[\\])*", std::regex::optimize);
    if (!std::regex_match(type, kPlain)) return std::nullopt;
    const char* values[] = {type.c_str()};
    const Result result(
        PQexecParams(connection_.get(), "SELECT format_type(to_regtype($1), NULL)", 1, nullptr, values, nullptr, nullptr, 0));
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK || PQgetisnull(result.get(), 0, 0) != 0) return std::nullopt;
    return std::string(PQgetvalue(result.get(), 0, 0));
  }

 private:
  DatabaseError error_of(const PGresult* result) const {
    if (PQstatus(connection_.get()) == CONNECTION_BAD)
      return {"the connection to the database was lost", "nothing was changed; run it again"};
    const char* field = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char* code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string state = code == nullptr ? "" : code;
    DatabaseError error{without_password(field == nullptr ? PQerrorMessage(connection_.get()) : field, url_), ""};
    if (state == "57014") error.help = "--timeout SECONDS allows statements more time";
    if (state == "42501") error.help = "the user needs SELECT on the tables and USAGE on their schemas";
    if (state == "42P01" || state == "42703") error.help = "the database is not what the schema says: run its migrations first";
    if (state == "57P01") error = {"the server is shutting down", "nothing was changed; run it again"};
    return error;
  }

  Connection connection_;
  Url url_;
};

}  // namespace

OpenResult open_postgres(const Url& url, unsigned timeout) {
  // Later entries win, so the URL may set its own connect_timeout.
  const char* const keys[] = {"connect_timeout", "application_name", "dbname", nullptr};
  const char* const values[] = {"10", "drizzle-audit-verify", url.text.c_str(), nullptr};
  Connection connection(PQconnectdbParams(keys, values, 1));
  if (connection == nullptr) return DatabaseError{"out of memory", ""};
  if (PQstatus(connection.get()) != CONNECTION_OK)
    return DatabaseError{"cannot connect to the database: " + without_password(PQerrorMessage(connection.get()), url), ""};
  PQsetNoticeProcessor(
      connection.get(), [](void*, const char*) {}, nullptr);
  auto database = std::make_unique<PostgresDatabase>(std::move(connection), url);
  const std::string limit = std::to_string(timeout) + "s'";
  for (const std::string& sql :
       {std::string("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"), "SET LOCAL statement_timeout = '" + limit,
        std::string("SET LOCAL lock_timeout = '10s'"), std::string("SET LOCAL search_path = pg_catalog, public")}) {
    std::variant<Rows, DatabaseError> result = database->query(sql);
    if (auto* error = std::get_if<DatabaseError>(&result)) return std::move(*error);
  }
  return database;
}

}  // namespace drizzle_audit::verify
