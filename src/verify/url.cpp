#include "verify/url.h"

#include <algorithm>
#include <cctype>

namespace drizzle_audit::verify {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string decoded(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    if (escape) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

UrlError unreadable() {
  return {"the database URL cannot be read",
          "it is postgres://USER:PASSWORD@HOST:PORT/DATABASE; in user and password write @ as %40, : as %3A, / as %2F, "
          "? as %3F, # as %23, % as %25"};
}

void replace_all(std::string& text, const std::string& from) {
  if (from.empty()) return;
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 3)) text.replace(at, from.size(), "***");
}

std::variant<Url, UrlError> parse_server(const std::string& text, std::size_t scheme_end, UrlKind kind) {
  Url url;
  url.kind = kind;
  url.text = text;
  const std::string rest = text.substr(scheme_end + 3);
  const std::size_t query = rest.find('?');
  std::string before = rest.substr(0, query);
  // Whatever is ambiguous is an error: what looks like a host could be the rest of a password.
  if (before.find('#') != std::string::npos || std::count(rest.begin(), rest.end(), '@') > 1) return unreadable();
  const std::size_t at = before.find('@');
  if (at == std::string::npos && rest.find('@') != std::string::npos) return unreadable();
  if (at != std::string::npos) {
    const std::string login = before.substr(0, at);
    before = before.substr(at + 1);
    if (login.find('/') != std::string::npos || std::count(login.begin(), login.end(), ':') > 1) return unreadable();
    const std::size_t colon = login.find(':');
    url.user = decoded(login.substr(0, colon));
    if (colon != std::string::npos) url.password = decoded(login.substr(colon + 1));
  }
  const std::size_t slash = before.find('/');
  const std::string place = before.substr(0, slash);
  if (slash != std::string::npos) url.database = decoded(before.substr(slash + 1));
  const std::size_t colon = place.rfind(':');
  const bool is_port = colon != std::string::npos && place.find(']', colon) == std::string::npos;
  url.host = decoded(is_port ? place.substr(0, colon) : place);
  if (is_port) url.port = place.substr(colon + 1);
  const bool digits = std::all_of(url.port.begin(), url.port.end(), [](char c) { return (c >= '0' && c <= '9') || c == ','; });
  // Several hosts, each with a port, are libpq's to read.
  if (!digits && place.find(',') == std::string::npos) return unreadable();
  for (std::size_t start = query; start != std::string::npos && start < rest.size();) {
    const std::size_t end = rest.find('&', start + 1);
    const std::string part = rest.substr(start + 1, end == std::string::npos ? end : end - start - 1);
    const std::size_t equals = part.find('=');
    if (equals != std::string::npos) url.parameters[decoded(part.substr(0, equals))] = decoded(part.substr(equals + 1));
    start = end;
  }
  if (const auto password = url.parameters.find("password"); password != url.parameters.end()) url.password = password->second;
  return url;
}

std::string kind_name(UrlKind kind) { return kind == UrlKind::kPostgres ? "postgresql" : kind == UrlKind::kMysql ? "mysql" : "sqlite"; }

}  // namespace

std::variant<Url, UrlError> parse_url(const std::string& text, const std::string& dialect) {
  const std::size_t scheme_end = text.find("://");
  std::string scheme = text.substr(0, scheme_end == std::string::npos ? text.find(':') : scheme_end);
  std::transform(scheme.begin(), scheme.end(), scheme.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::variant<Url, UrlError> result = unreadable();
  if (scheme_end != std::string::npos && (scheme == "postgres" || scheme == "postgresql")) {
    result = parse_server(text, scheme_end, UrlKind::kPostgres);
  } else if (scheme_end != std::string::npos && (scheme == "mysql" || scheme == "mariadb")) {
    result = parse_server(text, scheme_end, UrlKind::kMysql);
  } else if (dialect == "sqlite" && (scheme_end == std::string::npos || scheme == "file" || scheme == "sqlite")) {
    Url url;
    url.kind = UrlKind::kSqlite;
    url.text = text;
    const bool has_scheme = scheme == "file" || scheme == "sqlite";
    url.database = has_scheme ? text.substr(scheme_end == std::string::npos ? scheme.size() + 1 : scheme_end + 3) : text;
    if (url.database.empty()) return UrlError{"the URL names no SQLite file", "it is a path, or file:PATH"};
    result = std::move(url);
  } else if (scheme == "libsql" || scheme == "https" || scheme == "http" || scheme == "wss") {
    return UrlError{"databases behind " + scheme + ":// cannot be reached from here", "verify a copy of it: a SQLite file"};
  }
  if (const Url* url = std::get_if<Url>(&result); url != nullptr && kind_name(url->kind) != dialect)
    return UrlError{"the schema is for " + dialect + ", and the URL is for " + kind_name(url->kind),
                    "--drizzle-config chooses another schema"};
  return result;
}

std::string without_password(std::string message, const Url& url) {
  replace_all(message, url.text);
  replace_all(message, url.password);
  const std::size_t at = url.text.find('@');
  const std::size_t start = url.text.find("://");
  if (at != std::string::npos && start != std::string::npos) {
    const std::size_t colon = url.text.find(':', start + 3);
    if (colon < at) replace_all(message, url.text.substr(colon + 1, at - colon - 1));
  }
  for (std::size_t i = message.find('\n'); i != std::string::npos; i = message.find('\n', i)) {
    const std::size_t end = message.find_first_not_of(" \t\n", i);
    message.replace(i, (end == std::string::npos ? message.size() : end) - i, end == std::string::npos ? "" : " ");
  }
  while (!message.empty() && std::isspace(static_cast<unsigned char>(message.back())) != 0) message.pop_back();
  return message;
}

}  // namespace drizzle_audit::verify
