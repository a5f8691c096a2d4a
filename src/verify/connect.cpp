// Which driver is for which URL.
#include "verify/database.h"

namespace drizzle_audit::verify {
namespace {

[[maybe_unused]] OpenResult not_built(const char* library) {
  return DatabaseError{std::string("this drizzle-audit-verify was built without ") + library,
                       std::string("install ") + library + " and build it again"};
}

}  // namespace

OpenResult open_database(const Url& url, unsigned timeout) {
  switch (url.kind) {
    case UrlKind::kPostgres:
#ifdef DRZ_HAS_POSTGRES
      return open_postgres(url, timeout);
#else
      return not_built("libpq (libpq-dev)");
#endif
    case UrlKind::kMysql:
#ifdef DRZ_HAS_MYSQL
      return open_mysql(url, timeout);
#else
      return not_built("libmariadb (libmariadb-dev)");
#endif
    case UrlKind::kSqlite: break;
  }
#ifdef DRZ_HAS_SQLITE
  return open_sqlite(url, timeout);
#else
  return not_built("SQLite (libsqlite3-dev)");
#endif
}

}  // namespace drizzle_audit::verify
