// Writes a model as DBML (dbml.dbdiagram.io/docs). The parser refuses a second reference between the same columns, a table without
// columns, and a table or column defined twice, all of which Drizzle accepts: those become comments. Index methods other than btree
// and hash, conditions and checks become notes.
#include "report/schema_dbml.h"

#include <cctype>
#include <set>
#include <utility>
#include <vector>

#include "report/schema_text.h"

namespace drizzle_audit::report {
namespace {

std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  return out;
}

/// A name. DBML has no escape for a quote inside one.
std::string quoted(std::string_view name) {
  std::string out = "\"";
  for (const char c : on_one_line(name)) out += c == '"' ? '\'' : c == '\\' ? '/' : c;
  return out + '"';
}

std::string string_literal(std::string_view text) { return '\'' + replaced(replaced(on_one_line(text), '\\', "\\\\"), '\'', "\\'") + '\''; }

/// An expression stands between backticks, so it cannot hold any.
std::string expression(std::string_view text) { return '`' + replaced(on_one_line(text), '`', "\"") + '`'; }

std::string name_of(const Table& table) {
  const auto schema = schema_of(table);
  return (schema ? quoted(*schema) + '.' : std::string()) + quoted(label(table));
}

std::string type_of(const Column& column) {
  if (!column.sql_type.known()) return "\"unknown\"";
  const std::string_view type = column.sql_type.value();
  if (column.enumeration != nullptr && column.enumeration->schema) return quoted(*column.enumeration->schema) + '.' + quoted(type);
  return quoted(type);
}

std::string comma_separated(std::span<const Column* const> columns) {
  std::string out;
  for (const Column* column : columns) (out += out.empty() ? "" : ", ") += quoted(label(*column));
  return out;
}

std::string in_brackets(const std::vector<std::string>& settings) {
  std::string out;
  for (const std::string& setting : settings) (out += out.empty() ? " [" : ", ") += setting;
  return out.empty() ? out : out + ']';
}

std::string default_setting(std::string_view text) {
  const bool is_string = text.size() >= 2 && text.front() == '\'' && text.find('\'', 1) == text.size() - 1;
  if (is_string) return "default: " + string_literal(text.substr(1, text.size() - 2));
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (plain || text == "true" || text == "false" || text == "null") return "default: " + std::string(text);
  return "default: " + expression(text);
}

std::string column_line(const Column& column, bool inline_key) {
  std::vector<std::string> settings;
  if (inline_key && column.primary_key) settings.emplace_back("pk");
  if (column.auto_increment || column.identity) settings.emplace_back("increment");
  if (column.not_null) settings.emplace_back("not null");
  if (column.unique) settings.emplace_back("unique");
  if (!column.default_text.known()) {
    settings.push_back("note: " + string_literal("default unknown: " + std::string(column.default_text.unknown().reason)));
  } else if (column.default_text.value()) {
    settings.push_back(default_setting(*column.default_text.value()));
  } else if (column.generated) {
    const Fact<std::string_view>& as = column.generated->as;
    settings.push_back("note: " + string_literal("generated as " + std::string(as.known() ? as.value() : as.unknown().reason)));
  }
  return "  " + quoted(label(column)) + ' ' + type_of(column) + in_brackets(settings) + '\n';
}

void add_name(std::vector<std::string>& settings, const Fact<std::optional<std::string_view>>& name) {
  if (name.known() && name.value()) settings.push_back("name: " + string_literal(*name.value()));
}

std::string index_line(const Index& index) {
  std::string parts;
  for (const IndexColumn& part : index.columns) {
    parts += parts.empty() ? "" : ", ";
    if (part.column != nullptr) {
      parts += quoted(label(*part.column));
    } else {
      parts += expression(part.expression.known() ? part.expression.value() : part.expression.unknown().reason);
    }
  }
  std::vector<std::string> settings;
  add_name(settings, index.name);
  if (index.unique) settings.emplace_back("unique");
  std::string note;
  if (index.method && (*index.method == "btree" || *index.method == "hash")) {
    settings.push_back("type: " + std::string(*index.method));
  } else if (index.method) {
    note = "using " + std::string(*index.method);
  }
  if (index.where) {
    (note += note.empty() ? "" : ", ") += "where ";
    note += index.where->known() ? index.where->value().text : index.where->unknown().reason;
  }
  if (!note.empty()) settings.push_back("note: " + string_literal(note));
  return parts.empty() ? std::string() : "    (" + parts + ')' + in_brackets(settings) + '\n';
}

std::string indexes_block(const Table& table, bool inline_key) {
  std::string out;
  std::vector<std::string> settings;
  for (const PrimaryKey& key : table.primary_keys) {
    if (inline_key || key.columns.empty()) continue;
    settings.assign(1, "pk");
    add_name(settings, key.name);
    out += "    (" + comma_separated(key.columns) + ')' + in_brackets(settings) + '\n';
  }
  for (const Unique& unique : table.uniques) {
    if (unique.is_inline || unique.columns.empty()) continue;
    settings.assign(1, "unique");
    add_name(settings, unique.name);
    out += "    (" + comma_separated(unique.columns) + ')' + in_brackets(settings) + '\n';
  }
  for (const Index& index : table.indexes) out += index_line(index);
  return out.empty() ? out : "\n  indexes {\n" + out + "  }\n";
}

std::string note_of(const Table& table) {
  std::string note;
  for (const Check& check : table.checks) {
    if (!check.value.known()) continue;
    note += (note.empty() ? "check " : "; check ") + std::string(check.value.value().text);
  }
  if (table.incomplete.any()) note += note.empty() ? "parts of this table could not be read" : "; parts of this table could not be read";
  return note.empty() ? note : "\n  Note: " + string_literal(note) + '\n';
}

void write_table(std::string& out, const Table& table) {
  const bool inline_key = table.primary_keys.size() == 1 && table.primary_keys.front().is_inline;
  out += "Table " + name_of(table) + " {\n";
  std::set<std::string_view> seen;
  for (const Column& column : table.columns) {
    if (!seen.insert(label(column)).second) out += "  // declared twice:";
    out += column_line(column, inline_key);
  }
  out += indexes_block(table, inline_key) + note_of(table) + "}\n\n";
}

void write_enum(std::string& out, const Enum& enumeration) {
  if (!enumeration.name.known() || !enumeration.values.known() || enumeration.values.value().empty()) return;
  out += "Enum " + (enumeration.schema ? quoted(*enumeration.schema) + '.' : std::string()) + quoted(enumeration.name.value()) + " {\n";
  for (const std::string_view value : enumeration.values.value()) out += "  " + quoted(value) + '\n';
  out += "}\n\n";
}

/// One side of a reference: `"orders"."store_id"` or `"orders".("store_id", "id")`.
std::string endpoint(const Table& table, std::span<const Column* const> columns) {
  const std::string list = comma_separated(columns);
  return name_of(table) + '.' + (columns.size() == 1 ? list : '(' + list + ')');
}

void write_foreign_key(std::string& out, std::set<std::string>& seen, const Table& table, const ForeignKey& key) {
  const std::string from = endpoint(table, key.columns);
  const std::string to = endpoint(*key.foreign_table, key.foreign_columns);
  // The same pair of columns twice is one reference, whichever way round.
  const bool first = seen.insert(std::min(from, to) + '\n' + std::max(from, to)).second;
  out += !first ? "// declared twice: " : from == to ? "// to itself: " : "";
  std::vector<std::string> settings;
  if (key.on_delete != "no action") settings.push_back("delete: " + std::string(key.on_delete));
  if (key.on_update != "no action") settings.push_back("update: " + std::string(key.on_update));
  out += "Ref: " + from + (is_unique(table, key.columns) ? " - " : " > ") + to + in_brackets(settings) + '\n';
}

}  // namespace

std::string schema_dbml(const Model& model) {
  std::string out;
  for (const Enum& enumeration : model.enums) write_enum(out, enumeration);
  std::set<std::string> tables;
  std::vector<const Table*> written;
  for (const Table& table : model.tables) {
    const bool first = tables.insert(name_of(table)).second;
    if (!first || table.columns.empty()) {
      out += (first ? "// without columns: " : "// declared twice: ") + name_of(table) + "\n\n";
      continue;
    }
    write_table(out, table);
    written.push_back(&table);
  }
  std::set<std::string> references;
  for (const Table* table : written) {
    for (const ForeignKey& key : table->foreign_keys) {
      if (key.error || key.columns.empty() || key.columns.size() != key.foreign_columns.size()) continue;
      if (is_created(model, key.foreign_table)) write_foreign_key(out, references, *table, key);
    }
  }
  return out;
}

}  // namespace drizzle_audit::report
