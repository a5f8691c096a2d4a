#include "_shared/domain_types.h"

#include <algorithm>
#include <utility>

#include "_shared/column_facts.h"
#include "_shared/keys.h"

namespace drizzle_audit::rules {
namespace {

void add_reasons(Finding& finding, const DomainType& type) {
  finding.confidence = type.confidence;
  finding.evidence.push_back(
      {"mapping", type.name + " stands for " + display_name(*type.table) + " (" + std::string(to_string(type.mapping)) + "): " + type.why,
       type.name_span});
}

/// An import of what the schema exports, unless the file is that of the schema itself.
std::vector<NeededImport> import_of(std::string_view name, FileId file, FileId used_in) {
  if (file == used_in) return {};
  return {{.name = std::string(name), .file = file, .package = {}, .type_only = true}};
}

/// The file to import `name` from: the one that makes it, when it exports it under that name; else the one that passes it on.
FileId exporting_file(const Model& model, std::string_view name, Span made, Span binding) {
  if (name.empty() || name == "default") return kNoFile;
  if (made.somewhere() && model.sources->text(made.file).find("export const " + std::string(name)) != std::string_view::npos)
    return made.file;
  return binding.somewhere() && model.sources->text(binding.file).find(name) != std::string_view::npos ? binding.file : kNoFile;
}

}  // namespace

Subject type_subject(const DomainType& type) {
  Subject subject = table_subject(SubjectKind::kType, *type.table);
  subject.type = type.name;
  return subject;
}

Subject property_subject(const DomainType& type, const ComparedProperty& property) {
  Subject subject = type_subject(type);
  subject.kind = SubjectKind::kProperty;
  subject.columns = {column_name(*property.column)};
  subject.name = property.property;
  return subject;
}

std::string property_label(const DomainType& type, const ComparedProperty& property) { return type.name + "." + property.property; }

std::string short_type(const std::string& text) {
  constexpr std::size_t kLongest = 72;
  if (text.size() <= kLongest) return text;
  std::size_t end = kLongest - 1;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

bool is_enum(const ComparedProperty& property) { return property.row.kind == ValueKind::kTexts && property.column->has_enum_values; }

bool is_json(const Column& column) {
  return column.builder == "json" || column.builder == "jsonb" || column.column_type == "SQLiteTextJson" ||
         column.column_type == "SQLiteBlobJson";
}

Finding& report_property(const RuleContext& context, const DomainType& type, const ComparedProperty& property, std::string message) {
  const Span place = property.span.somewhere() ? property.span : type.name_span;
  Finding& finding = context.report(place, property_subject(type, property), std::move(message));
  const std::string column = display_name(*type.table, *property.column);
  finding.evidence.push_back({"declaration", column + " is " + short_type(property.row.text) + " in the row", property.column->span});
  add_reasons(finding, type);
  finding.related.push_back({column, property.column->span});
  return finding;
}

Finding& report_type(const RuleContext& context, const DomainType& type, std::string message) {
  Finding& finding = context.report(type.name_span, type_subject(type), std::move(message));
  add_reasons(finding, type);
  finding.related.push_back({display_name(*type.table), type.table->name_span});
  return finding;
}

std::optional<SchemaChange> replace_type(const Model& model, const DomainType& type, const ComparedProperty& property, std::string to,
                                         std::vector<NeededImport> imports) {
  if (!property.type_span.somewhere()) return std::nullopt;
  ReplaceDomainProperty change;
  change.type = type.name;
  change.property = property.property;
  change.from = std::string(model.sources->text(property.type_span));
  change.to = std::move(to);
  change.span = property.type_span;
  change.imports = std::move(imports);
  if (change.from == change.to) return std::nullopt;
  return change;
}

std::optional<DerivedType> row_type_of(const Model& model, const Column& column, FileId used_in, RowKind row) {
  const Table& table = *column.table;
  const FileId file = exporting_file(model, table.export_name, table.span, table.binding_span);
  // Within the table's own file a type may go through the table only where the table does not need the type.
  if (file == kNoFile || file == used_in) return std::nullopt;
  const std::string member = row == RowKind::kInsert ? "$inferInsert" : "$inferSelect";
  return DerivedType{
      "(typeof " + std::string(table.export_name) + "." + member + ")[" + quoted(model, used_in, std::string(column.key)) + "]",
      import_of(table.export_name, file, used_in)};
}

std::optional<DerivedType> enum_type_of(const Model& model, const Column& column, FileId used_in) {
  const Enum* enumeration = column.enumeration;
  const FileId file = enumeration == nullptr ? kNoFile : exporting_file(model, enumeration->export_name, enumeration->span, {});
  if (file != kNoFile) {
    return DerivedType{"(typeof " + std::string(enumeration->export_name) + ".enumValues)[number]",
                       import_of(enumeration->export_name, file, used_in)};
  }
  std::optional<DerivedType> row = row_type_of(model, column, used_in);
  if (row && !column.not_null) row->text = "NonNullable<" + row->text + ">";
  return row;
}

std::string quoted(const Model& model, FileId file, const std::string& text) {
  const char quote = quote_of(model.sources->text(file));
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote || c == '\\') out += '\\';
    out += c;
  }
  return out + quote;
}

}  // namespace drizzle_audit::rules
