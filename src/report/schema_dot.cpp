// Writes a model as a Graphviz digraph: a node per table, an HTML-like label with a port per column, an edge per pair of columns of
// a foreign key (graphviz.org, "Node Shapes: HTML-Like Labels").
#include "report/schema_dot.h"

#include "report/schema_text.h"

namespace drizzle_audit::report {
namespace {

/// Text inside an HTML-like label.
std::string html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

/// A double-quoted ID. Only `"` needs an escape; a backslash before the closing quote would escape that, so it is doubled.
std::string quoted(std::string_view text) { return '"' + replaced(replaced(text, '\\', "\\\\"), '"', "\\\"") + '"'; }

std::string full_name(const Table& table) {
  const auto schema = schema_of(table);
  return (schema ? std::string(*schema) + '.' : std::string()) + std::string(label(table));
}

/// Columns are ports by position: their names may hold anything.
std::string port(const Table& table, const Column* column) {
  const std::size_t position = static_cast<std::size_t>(column - table.columns.data());
  return quoted(full_name(table)) + (position < table.columns.size() ? ":c" + std::to_string(position) : std::string());
}

void write_table(std::string& out, const Table& table) {
  out += "  " + quoted(full_name(table)) + " [label=<\n    <table border=\"0\" cellborder=\"1\" cellspacing=\"0\" cellpadding=\"4\">\n";
  out += "      <tr><td bgcolor=\"lightgrey\"><b>" + html(full_name(table)) + "</b></td></tr>\n";
  std::size_t position = 0;
  for (const Column& column : table.columns) {
    const std::string name = html(label(column));
    const std::string type = html(column.sql_type.known() ? column.sql_type.value() : std::string_view("unknown"));
    out += "      <tr><td align=\"left\" port=\"c" + std::to_string(position++) + "\">";
    out += in_primary_key(column) ? "<u>" + name + "</u>" : name;
    out += ' ' + type + (column.not_null || in_primary_key(column) ? "" : "?") + "</td></tr>\n";
  }
  out += "    </table>>];\n";
}

}  // namespace

std::string schema_dot(const Model& model) {
  std::string out = "digraph schema {\n  rankdir=LR;\n  node [shape=plaintext, fontname=\"Helvetica\", fontsize=11];\n";
  for (const Table& table : model.tables) write_table(out, table);
  for (const Table& table : model.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.error || !is_created(model, key.foreign_table)) continue;
      for (std::size_t i = 0; i < key.columns.size() && i < key.foreign_columns.size(); ++i) {
        out += "  " + port(table, key.columns[i]) + " -> " + port(*key.foreign_table, key.foreign_columns[i]);
        out += is_nullable(key.columns) ? " [style=dashed];\n" : ";\n";
      }
    }
  }
  return out + "}\n";
}

}  // namespace drizzle_audit::report
