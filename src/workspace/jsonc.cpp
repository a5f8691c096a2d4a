// See jsonc.h.
#include "workspace/jsonc.h"

#include <algorithm>
#include <cstddef>

namespace drizzle_audit::workspace {
namespace {

constexpr std::uint64_t kMaxJsonBytes = 1U << 20U;

std::size_t end_of_comment(std::string_view text, std::size_t at) {
  if (text[at + 1] == '/') return std::min(text.find('\n', at), text.size());
  const std::size_t close = text.find("*/", at + 2);
  return close == std::string_view::npos ? text.size() : close + 2;
}

std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"' || text[i] == '\n') {
      return i + 1;
    }
  }
  return text.size();
}

}  // namespace

std::string to_plain_json(std::string_view text) {
  std::string plain(text);
  const auto blank = [&plain](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (plain[i] != '\n' && plain[i] != '\r') plain[i] = ' ';
    }
  };
  std::size_t comma = std::string::npos;  // the last comma, when only blanks and comments came after it
  std::size_t i = 0;
  if (text.substr(0, 3) == "\xEF\xBB\xBF") {
    blank(0, 3);
    i = 3;
  }
  while (i < text.size()) {
    const char c = text[i];
    if (c == '"') {
      i = end_of_string(text, i);
      comma = std::string::npos;
    } else if (c == '/' && i + 1 < text.size() && (text[i + 1] == '/' || text[i + 1] == '*')) {
      const std::size_t end = end_of_comment(text, i);
      blank(i, end);
      i = end;
    } else {
      if (c == ',') {
        comma = comma == std::string::npos ? i : std::string::npos;  // only a single comma may be too many
      } else if ((c == '}' || c == ']') && comma != std::string::npos) {
        plain[comma] = ' ';
        comma = std::string::npos;
      } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        comma = std::string::npos;
      }
      ++i;
    }
  }
  return plain;
}

namespace {

/// nlohmann's text is "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while …; expected …".
std::string clause_of(std::string_view what) {
  const std::size_t colon = what.find(": ");
  if (colon != std::string_view::npos) what.remove_prefix(colon + 2);
  return std::string(what);
}

JsonError error_at(std::string_view text, std::size_t byte, std::string message) {
  JsonError error{std::move(message), 1, 1};
  const std::size_t end = std::min(byte == 0 ? 0 : byte - 1, text.size());
  for (std::size_t i = 0; i < end; ++i) {
    if (text[i] == '\n') {
      ++error.line;
      error.column = 1;
    } else {
      ++error.column;
    }
  }
  return error;
}

}  // namespace

std::variant<Json, JsonError> parse_jsonc(std::string_view text) {
  const std::string plain = to_plain_json(text);
  try {
    return Json::parse(plain);
  } catch (const Json::parse_error& error) {
    return error_at(plain, error.byte, clause_of(error.what()));
  } catch (const std::exception& error) {
    return JsonError{clause_of(error.what()), 1, 1};
  }
}

std::variant<Json, JsonError> read_jsonc(const FileSystem& files, const std::string& path) {
  auto text = files.read(path, kMaxJsonBytes);
  if (const auto* error = std::get_if<FileError>(&text)) return JsonError{error->reason, 0, 0};
  return parse_jsonc(std::get<std::string>(text));
}

std::string string_at(const Json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return {};
  return found->get<std::string>();
}

}  // namespace drizzle_audit::workspace
