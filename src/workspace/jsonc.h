// JSON with comments, trailing commas and a byte order mark, as tsconfig.json and our own config are written. Objects keep their order:
// in package.json `exports` the first matching condition wins.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <variant>

#include "workspace/file_system.h"

namespace drizzle_audit::workspace {

using Json = nlohmann::ordered_json;

/// Where and why a file is not JSON, or could not be read (then line is 0).
struct JsonError {
  std::string message;       ///< a clause: "expected ',' or '}'"
  std::uint32_t line = 0;    ///< 1-based
  std::uint32_t column = 0;  ///< 1-based, in bytes
};

[[nodiscard]] std::variant<Json, JsonError> parse_jsonc(std::string_view text);

/// Blanks out comments, trailing commas and the byte order mark; everything else stays at its offset.
[[nodiscard]] std::string to_plain_json(std::string_view text);

/// Reads and parses; refuses what is larger than 1 MB.
[[nodiscard]] std::variant<Json, JsonError> read_jsonc(const FileSystem& files, const std::string& path);

/// The string at `key` of an object; empty when there is none.
[[nodiscard]] std::string string_at(const Json& object, const char* key);

/// A file of the project's set-up that could not be used. Callers report it.
struct ConfigProblem {
  std::string path;
  JsonError error;
};

}  // namespace drizzle_audit::workspace
