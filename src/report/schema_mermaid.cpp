// Writes a model as a Mermaid entity-relationship diagram. Mermaid's lexer (erDiagram.jison of mermaid 11) is narrow: entity names
// may be quoted, but not hold `"`, `%` or `\`; a type or an attribute is one word.
#include "report/schema_mermaid.h"

#include <cctype>

#include "report/schema_text.h"

namespace drizzle_audit::report {
namespace {

/// The table's name in quotes, with what Mermaid cannot lex replaced by `_`.
std::string entity(const Table& table) {
  std::string out = "\"";
  if (const auto schema = schema_of(table)) (out += *schema) += '.';
  out += label(table);
  for (std::size_t i = 1; i < out.size(); ++i) {
    const auto byte = static_cast<unsigned char>(out[i]);
    if (byte < 0x20 || byte == '"' || byte == '%' || byte == '\\') out[i] = '_';
  }
  return out + '"';
}

/// `text` as one word: letters, digits, `_`, and in types brackets; bytes of non-ASCII characters become `_` too.
std::string word(std::string_view text, bool brackets) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool bracket = c == '(' || c == ')' || c == '[' || c == ']';
    const bool kept = byte < 0x80 && (std::isalnum(byte) != 0 || c == '_' || (brackets && bracket));
    if (kept) {
      out += c;
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  if (out.empty() || (std::isalpha(static_cast<unsigned char>(out.front())) == 0 && out.front() != '_')) out.insert(0, "_");
  return out;
}

/// "numeric(10, 2)" as numeric(10_2), "timestamp (3) with time zone" as timestamp(3)_with_time_zone.
std::string type_word(const Column& column) {
  if (!column.sql_type.known()) return "unknown";
  std::string text(column.sql_type.value());
  if (const std::size_t at = text.find(" ("); at != std::string::npos) text.erase(at, 1);
  return word(text, true);
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? '\'' : (static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
  return out + '"';
}

bool in_foreign_key(const Table& table, const Column& column) {
  return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) {
    return std::find(key.columns.begin(), key.columns.end(), &column) != key.columns.end();
  });
}

void write_table(std::string& out, const Table& table) {
  out += "  " + entity(table) + " {\n";
  for (const Column& column : table.columns) {
    const std::string name = word(label(column), false);
    out += "    " + type_word(column) + ' ' + name;
    std::string keys;
    const auto add = [&](std::string_view key) { (keys += keys.empty() ? " " : ", ") += key; };
    const Column* const self[] = {&column};
    if (in_primary_key(column)) add("PK");
    if (in_foreign_key(table, column)) add("FK");
    if (!in_primary_key(column) && is_unique(table, self)) add("UK");
    out += keys;
    if (name != label(column)) out += ' ' + quoted(label(column));
    out += '\n';
  }
  out += "  }\n";
}

void write_foreign_key(std::string& out, const Model& model, const Table& table, const ForeignKey& key) {
  if (key.error || !is_created(model, key.foreign_table)) return;
  out += "  " + entity(table);
  out += is_unique(table, key.columns) ? " |o--" : " }o--";
  out += is_nullable(key.columns) ? "o| " : "|| ";
  std::string columns;
  for (const Column* column : key.columns) (columns += columns.empty() ? "" : ", ") += label(*column);
  out += entity(*key.foreign_table) + " : " + quoted(columns) + '\n';
}

}  // namespace

std::string schema_mermaid(const Model& model) {
  std::string out = "erDiagram\n";
  for (const Table& table : model.tables) write_table(out, table);
  for (const Table& table : model.tables) {
    for (const ForeignKey& key : table.foreign_keys) write_foreign_key(out, model, table, key);
  }
  return out;
}

}  // namespace drizzle_audit::report
