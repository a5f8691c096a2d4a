// Connection URLs. They are taken apart here before any library sees them: a slip such as an unescaped @ in a password must not put a
// part of
// the password into a library's message.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>

namespace drizzle_audit::verify {

enum class UrlKind : std::uint8_t { kPostgres, kMysql, kSqlite };

struct Url {
  UrlKind kind = UrlKind::kPostgres;
  std::string text;  ///< as given; holds the password
  std::string user;
  std::string password;
  std::string host;
  std::string port;
  std::string database;  ///< SQLite: the file
  std::map<std::string, std::string> parameters;
};

struct UrlError {
  std::string message;
  std::string help;
};

/// `dialect`: of the plan; a URL of another kind is an error, and a plain path is a SQLite file.
std::variant<Url, UrlError> parse_url(const std::string& text, const std::string& dialect);

/// `message` with every occurrence of the password, as it is and as the URL spells it, replaced by ***.
std::string without_password(std::string message, const Url& url);

}  // namespace drizzle_audit::verify
