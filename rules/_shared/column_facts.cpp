#include "_shared/column_facts.h"

#include <algorithm>

#include "_shared/keys.h"

namespace drizzle_audit::rules {

std::string plain_type(const Column& column) {
  if (!column.sql_type.known() || column.dimensions > 0) return {};
  std::string type(column.sql_type.value());
  if (type.find('[') != std::string::npos) return {};
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const std::size_t open = type.find('(');
  const std::size_t close = open == std::string::npos ? std::string::npos : type.find(')', open);
  if (close != std::string::npos) {
    const std::size_t begin = open > 0 && type[open - 1] == ' ' ? open - 1 : open;
    type.erase(begin, close + 1 - begin);
  }
  return type;
}

std::string display_name(const Table& table, const Column& column) { return display_name(table) + "." + column_name(column); }

Subject column_subject(const Column& column) {
  Subject subject = table_subject(SubjectKind::kColumn, *column.table);
  subject.columns = {column_name(column)};
  return subject;
}

Evidence type_evidence(const Table& table, const Column& column) {
  return {"declaration", display_name(table, column) + " is " + std::string(column.sql_type.value_or("of an unknown type")), column.span};
}

std::optional<SchemaChange> replace_in_column(const Model& model, const Column& column, std::string_view from, std::string_view to) {
  if (from.empty() || column.table == nullptr || !column.table->name.known() || !column.span.somewhere()) return std::nullopt;
  const std::string_view source = model.sources->text(column.span);
  const std::size_t at = source.find(from);
  if (at == std::string_view::npos || source.find(from, at + 1) != std::string_view::npos) return std::nullopt;
  return ReplaceColumn{table_ref(*column.table), column_name(column), std::string(from), std::string(to)};
}

char quote_of(std::string_view source) {
  const std::size_t at = source.find_first_of("'\"");
  return at == std::string_view::npos ? '"' : source[at];
}

}  // namespace drizzle_audit::rules
