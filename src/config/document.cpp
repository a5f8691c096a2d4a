// nlohmann's parser says what it reads, not where. It reads through an iterator of ours that counts, so a value begins at the first
// character after the previous token that is neither blank nor a separator.
#include "config/document.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <utility>

#include "workspace/jsonc.h"

namespace drizzle_audit::config {
namespace {

constexpr std::size_t kMaxDepth = 32;

/// Reads characters and tells `position` how many were read.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* begin, const char* at, std::size_t* position) : begin_(begin), at_(at), position_(position) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    *position_ = static_cast<std::size_t>(at_ - begin_);
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at_ == b.at_; }

 private:
  const char* begin_;
  const char* at_;
  std::size_t* position_;
};

/// Receives the parser's events. Returning false stops the parser.
class Builder {
 public:
  using Json = workspace::Json;

  Builder(std::string_view text, FileId file, const std::size_t* position) : text_(text), file_(file), position_(position) {}

  bool null() { return add({}); }
  bool boolean(bool value) {
    Node node;
    node.kind = NodeKind::kBoolean;
    node.boolean = value;
    return add(std::move(node));
  }
  bool number_integer(Json::number_integer_t value) {
    Node node;
    node.kind = NodeKind::kInteger;
    node.integer = value;
    return add(std::move(node));
  }
  bool number_unsigned(Json::number_unsigned_t value) {
    // Beyond every range that a setting has, whatever it is exactly.
    return number_integer(static_cast<Json::number_integer_t>(std::min(value, static_cast<Json::number_unsigned_t>(INT64_MAX))));
  }
  bool number_float(Json::number_float_t value, const std::string&) {
    Node node;
    node.kind = NodeKind::kNumber;
    // 3.0 and 1e2 are integers to a JSON Schema.
    if (value > -1e15 && value < 1e15 && static_cast<double>(static_cast<std::int64_t>(value)) == value) {
      node.kind = NodeKind::kInteger;
      node.integer = static_cast<std::int64_t>(value);
    }
    return add(std::move(node));
  }
  bool string(std::string& value) {
    Node node;
    node.kind = NodeKind::kString;
    node.text = std::move(value);
    return add(std::move(node));
  }
  bool binary(Json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(NodeKind::kObject); }
  bool start_array(std::size_t) { return open(NodeKind::kList); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& value) {
    const Span span = place();
    Node& object = *open_.back().node;
    if (!open_.back().keys.insert(value).second) {
      error_ = {span, "the key \"" + value + "\" is here twice", "keep one of the two"};
      return false;
    }
    object.members.push_back({std::move(value), span, {}});
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) { return false; }

  std::variant<Node, DocumentError> take() {
    if (!error_.message.empty()) return std::move(error_);
    return std::move(root_);
  }

 private:
  struct Open {
    Node* node;
    std::set<std::string> keys;
  };

  /// Of the token just read; the next one begins after it.
  Span place() {
    const auto start = static_cast<std::uint32_t>(std::min(text_.find_first_not_of(" \t\r\n,:", end_), text_.size()));
    end_ = *position_;
    return {file_, start, start};
  }

  Node* attach(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return &root_;
    }
    // The parents' lists do not grow while a child is open, so the pointers in `open_` stay good.
    Node& parent = *open_.back().node;
    if (parent.kind == NodeKind::kList) return &parent.items.emplace_back(std::move(node));
    parent.members.back().value = std::move(node);
    return &parent.members.back().value;
  }

  bool add(Node node) {
    node.span = place();
    attach(std::move(node));
    return true;
  }

  bool open(NodeKind kind) {
    Node node;
    node.kind = kind;
    node.span = place();
    if (open_.size() >= kMaxDepth) {
      error_ = {node.span, "nested more than " + std::to_string(kMaxDepth) + " deep", "no setting needs that"};
      return false;
    }
    open_.push_back({attach(std::move(node)), {}});
    return true;
  }

  bool close() {
    place();
    open_.pop_back();
    return true;
  }

  std::string_view text_;
  FileId file_;
  const std::size_t* position_;
  std::size_t end_ = 0;  ///< of the last token
  Node root_;
  std::vector<Open> open_;
  DocumentError error_;
};

std::size_t offset_of(std::string_view text, std::uint32_t line, std::uint32_t column) {
  std::size_t start = 0;
  for (std::uint32_t i = 1; i < line; ++i) start = text.find('\n', start) + 1;
  return std::min(start + column - 1, text.size());
}

bool is_conflict_marker(std::string_view line) {
  return line.starts_with("<<<<<<<") || line.starts_with("=======") || line.starts_with(">>>>>>>") || line.starts_with("|||||||");
}

DocumentError syntax_error(const Sources& sources, FileId file, std::string_view plain, const workspace::JsonError& error) {
  const auto offset = static_cast<std::uint32_t>(offset_of(sources.text(file), error.line, error.column));
  if (plain.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return {{file, 0, 0}, "the file is empty", "write {} for the defaults; drizzle-audit init --force writes a commented config"};
  }
  if (is_conflict_marker(sources.line(file, error.line))) {
    const std::size_t before = sources.text(file).substr(0, offset).rfind('\n');
    const std::uint32_t start = before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before) + 1;
    return {{file, start, start}, "a merge conflict was left here", "resolve it and remove the conflict markers"};
  }
  return {
      {file, offset, offset}, "this is not JSON: " + error.message, "comments and trailing commas are fine, anything else must be JSON"};
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const Member& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

std::variant<Node, DocumentError> parse_document(const Sources& sources, FileId file) {
  const std::string_view text = sources.text(file);
  const std::string plain = workspace::to_plain_json(text);
  // Once for the errors, which workspace knows how to word, and once for the places.
  const auto parsed = workspace::parse_jsonc(text);
  if (const auto* error = std::get_if<workspace::JsonError>(&parsed)) return syntax_error(sources, file, plain, *error);
  std::size_t position = 0;
  Builder builder(plain, file, &position);
  const char* const begin = plain.data();
  const char* const end = begin + plain.size();
  workspace::Json::sax_parse(CountingIterator(begin, begin, &position), CountingIterator(begin, end, &position), &builder);
  return builder.take();
}

}  // namespace drizzle_audit::config
