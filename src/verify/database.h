// What is asked of a database, whichever it is. Drivers open it read-only and hold one transaction from connecting to the end.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "verify/catalogue.h"
#include "verify/url.h"

namespace drizzle_audit::verify {

/// Why a database could not be asked; never holds a password.
struct DatabaseError {
  std::string message;
  std::string help;
};

struct Rows {
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<std::string>>> rows;  ///< as text; none is NULL
};

class Database {
 public:
  virtual ~Database() = default;
  virtual std::variant<Rows, DatabaseError> query(const std::string& sql) = 0;
  /// The tables of these schemas; an empty name is the default one.
  virtual std::variant<Catalogue, DatabaseError> catalogue(const std::vector<std::string>& schemas) = 0;
  /// The database's own spelling of a column type, for comparing; none when it cannot say.
  virtual std::optional<std::string> canonical_type(const std::string& type) = 0;
};

using OpenResult = std::variant<std::unique_ptr<Database>, DatabaseError>;

/// Connects with the driver for the URL. `timeout`: seconds a statement may take.
OpenResult open_database(const Url& url, unsigned timeout);

// The drivers; those whose library was missing when this was built are not there.
OpenResult open_postgres(const Url& url, unsigned timeout);
OpenResult open_mysql(const Url& url, unsigned timeout);
OpenResult open_sqlite(const Url& url, unsigned timeout);

}  // namespace drizzle_audit::verify
