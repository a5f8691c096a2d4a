// See schema_json_facts.h.
#include "report/schema_json_facts.h"

namespace drizzle_audit::report {

void FactWriter::location(Span span) {
  if (!span.somewhere()) {
    json_.null();
    return;
  }
  const Location at = sources_.location(span);
  json_.begin_object();
  json_.key("path");
  json_.string(at.path);
  json_.key("line");
  json_.number(at.line);
  json_.key("column");
  json_.number(at.column);
  json_.key("endLine");
  json_.number(at.end_line);
  json_.key("endColumn");
  json_.number(at.end_column);
  json_.end_object();
}

void FactWriter::unknown(const Unknown& unknown) {
  json_.begin_object();
  member("unknown", unknown.reason);
  place(unknown.span);
  json_.end_object();
}

void FactWriter::sql_members(const SqlText& sql) {
  member("text", sql.text);
  if (sql.params.empty()) return;
  json_.key("params");
  json_.begin_array();
  for (const std::string_view param : sql.params) json_.raw(param);
  json_.end_array();
}

void FactWriter::table_name(std::string_view key, const Table* table) {
  json_.key(key);
  table != nullptr ? value(table->name) : json_.null();
}

void FactWriter::names(std::string_view key, std::initializer_list<std::pair<bool, std::string_view>> flags) {
  json_.key(key);
  json_.begin_array();
  for (const auto& [is_set, name] : flags) {
    if (is_set) json_.string(name);
  }
  json_.end_array();
}

}  // namespace drizzle_audit::report
