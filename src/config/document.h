// A config file as written: every key and value with its place, so that an error can point at it.
//
// JSON with comments, trailing commas and a byte order mark (workspace/jsonc.h). Private to this layer; a document lives while the config
// is read. Places are spans in `Sources`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "drizzle_audit/source.h"

namespace drizzle_audit::config {

enum class NodeKind : std::uint8_t { kNull, kBoolean, kInteger, kNumber, kString, kList, kObject };

struct Member;

struct Node {
  NodeKind kind = NodeKind::kNull;
  Span span;  ///< where the value begins; only the start is meant
  bool boolean = false;
  std::int64_t integer = 0;
  std::string text;
  std::vector<Node> items;
  std::vector<Member> members;  ///< as written, each key once

  /// The value at `key`, or null.
  [[nodiscard]] const Node* find(std::string_view key) const;
};

struct Member {
  std::string key;
  Span span;  ///< of the key
  Node value;
};

struct DocumentError {
  Span span;
  std::string message;
  std::string help;
};

/// Reads the text of `file`. Errors: no JSON, a key twice in an object, nesting deeper than any config needs.
[[nodiscard]] std::variant<Node, DocumentError> parse_document(const Sources& sources, FileId file);

}  // namespace drizzle_audit::config
