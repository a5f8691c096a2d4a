#include "bound-parameter-in-ddl/inlined.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "drizzle_audit/names.h"

namespace drizzle_audit::rules::bound_parameter_in_ddl {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// drizzle-orm's operators on a column and a value, and what they print (sql/expressions/conditions.ts).
constexpr auto kOperators = std::to_array<std::pair<std::string_view, std::string_view>>({{"eq", "="},
                                                                                          {"ne", "<>"},
                                                                                          {"gt", ">"},
                                                                                          {"gte", ">="},
                                                                                          {"lt", "<"},
                                                                                          {"lte", "<="},
                                                                                          {"inArray", "in"},
                                                                                          {"notInArray", "not in"},
                                                                                          {"like", "like"},
                                                                                          {"ilike", "ilike"}});

/// A value as SQL: 'it''s', 10, true. Nothing for objects, null and text that a template could not hold.
std::optional<std::string> literal(std::string_view json) {
  if (json == "true" || json == "false") return std::string(json);
  if (json.starts_with('"')) {
    if (json.size() < 2 || json.find_first_of("\\`$") != std::string_view::npos) return std::nullopt;
    std::string text = "'";
    for (const char c : json.substr(1, json.size() - 2)) text += c == '\'' ? "''" : std::string(1, c);
    return text + "'";
  }
  const bool number = !json.empty() && json.find_first_not_of("0123456789.-") == std::string_view::npos;
  return number ? std::optional(std::string(json)) : std::nullopt;
}

bool is_literal(std::string_view source) {
  if (source == "true" || source == "false") return true;
  if (source.empty()) return false;
  const char first = source.front();
  if (first == '"' || first == '\'') return source.find(first, 1) == source.size() - 1;
  return source.find_first_not_of("0123456789._-") == std::string_view::npos;
}

bool is_path(std::string_view source) {
  return !source.empty() && !(source.front() >= '0' && source.front() <= '9') &&
         std::all_of(source.begin(), source.end(), [](char c) { return is_name_char(c) || c == '.'; });
}

/// `t.price`, `products.price`.
bool is_column(const Table& table, std::string_view source) {
  const std::size_t dot = source.rfind('.');
  return is_path(source) && dot != std::string_view::npos && find_column_by_key(table, source.substr(dot + 1)) != nullptr;
}

/// How the value of `source` is written inside a template.
std::optional<std::string> value_text(std::string_view source, std::string_view json) {
  if (is_literal(source)) return literal(json);
  if (!is_path(source)) return std::nullopt;
  if (json.starts_with('"')) return "'${sql.raw(" + std::string(source) + ")}'";
  return literal(json) ? std::optional("${sql.raw(String(" + std::string(source) + "))}") : std::nullopt;
}

/// The end of what opens at `at` (a bracket or `${`), strings skipped; npos when it does not close.
std::size_t closing(std::string_view source, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i < source.size(); ++i) {
    const char c = source[i];
    if (c == '"' || c == '\'') {
      i = source.find(c, i + 1);
      if (i == std::string_view::npos) return i;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if ((c == ')' || c == ']' || c == '}') && --depth == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

/// The parts of `a, [b, c]` at the top level.
std::vector<std::string_view> arguments(std::string_view list) {
  std::vector<std::string_view> found;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const char c = list[i];
    if (c == '(' || c == '[' || c == '{') i = closing(list, i);
    else if (c == '"' || c == '\'') i = list.find(c, i + 1);
    if (i == std::string_view::npos) return {};
    if (c != ',') continue;
    found.push_back(trim(list.substr(begin, i - begin)));
    begin = i + 1;
  }
  if (const std::string_view last = trim(list.substr(std::min(begin, list.size()))); !last.empty()) found.push_back(last);
  return found;
}

/// Walks over the source once, in the order in which the values are bound.
class Writer {
 public:
  Writer(const Table& table, std::string_view source, std::span<const std::string_view> params)
      : table_(table), source_(source), params_(params) {}

  std::optional<std::string> run() {
    while (at_ < source_.size()) {
      if (source_[at_] == '`' && (source_.substr(0, at_).ends_with("sql") || source_.substr(0, at_).ends_with('>'))) {
        if (!sql_template()) return std::nullopt;
      } else if (source_[at_] == '`') {  // a name: `${TABLE}_status_idx`
        const std::size_t end = source_.find('`', at_ + 1);
        if (end == std::string_view::npos) return std::nullopt;
        copy_to(end + 1);
      } else if (is_name_char(source_[at_])) {
        if (!word()) return std::nullopt;
      } else if (source_[at_] == '"' || source_[at_] == '\'') {
        const std::size_t end = source_.find(source_[at_], at_ + 1);
        if (end == std::string_view::npos) return std::nullopt;
        copy_to(end + 1);
      } else {
        copy_to(at_ + 1);
      }
    }
    return used_ == params_.size() ? std::optional(out_) : std::nullopt;
  }

 private:
  void copy_to(std::size_t end) {
    out_ += source_.substr(at_, end - at_);
    at_ = end;
  }

  bool take(std::string_view value, std::string& out) {
    const std::optional<std::string> text = used_ < params_.size() ? value_text(value, params_[used_]) : std::nullopt;
    if (!text) return false;
    ++used_;
    out += *text;
    return true;
  }

  /// sql`… ${value} …`
  bool sql_template() {
    copy_to(at_ + 1);
    while (at_ < source_.size() && source_[at_] != '`') {
      if (!source_.substr(at_).starts_with("${")) {
        copy_to(at_ + 1);
        continue;
      }
      const std::size_t end = closing(source_, at_ + 1);
      if (end == std::string_view::npos) return false;
      const std::string_view inner = trim(source_.substr(at_ + 2, end - at_ - 2));
      if (is_column(table_, inner) || inner.starts_with("sql.raw(")) {
        copy_to(end + 1);
        continue;
      }
      if (!take(inner, out_)) return false;
      at_ = end + 1;
    }
    if (at_ < source_.size()) copy_to(at_ + 1);
    return true;
  }

  /// An operator's call, or any other word.
  bool word() {
    std::size_t end = at_;
    while (end < source_.size() && is_name_char(source_[end])) ++end;
    const std::string_view name = source_.substr(at_, end - at_);
    const auto* const found = std::find_if(kOperators.begin(), kOperators.end(), [&](const auto& each) { return each.first == name; });
    const bool member = at_ > 0 && source_[at_ - 1] == '.';
    if (found == kOperators.end() || member || end >= source_.size() || source_[end] != '(') {
      copy_to(end);
      return true;
    }
    const std::size_t close = closing(source_, end);
    if (close == std::string_view::npos) return false;
    const std::vector<std::string_view> parts = arguments(source_.substr(end + 1, close - end - 1));
    if (parts.size() != 2 || !is_column(table_, parts[0])) return false;
    if (is_column(table_, parts[1])) {
      copy_to(close + 1);
      return true;
    }
    out_ += "sql`${" + std::string(parts[0]) + "} " + std::string(found->second) + " ";
    if (name == "inArray" || name == "notInArray") {
      if (!parts[1].starts_with('[') || !parts[1].ends_with(']')) return false;
      out_ += '(';
      bool first = true;
      for (const std::string_view item : arguments(parts[1].substr(1, parts[1].size() - 2))) {
        if (!std::exchange(first, false)) out_ += ", ";
        if (!take(item, out_)) return false;
      }
      out_ += ')';
    } else if (!take(parts[1], out_)) {
      return false;
    }
    out_ += '`';
    at_ = close + 1;
    return true;
  }

  const Table& table_;
  std::string_view source_;
  std::span<const std::string_view> params_;
  std::size_t at_ = 0;
  std::size_t used_ = 0;
  std::string out_;
};

}  // namespace

std::optional<std::string> with_values_written_out(const Table& table, std::string_view source, std::span<const std::string_view> params) {
  return Writer(table, source, params).run();
}

}  // namespace drizzle_audit::rules::bound_parameter_in_ddl
