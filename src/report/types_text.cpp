#include "report/types_text.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "report/terminal_text.h"

namespace drizzle_audit::report {
namespace {

constexpr std::size_t kLongestType = 48;

std::string place_text(const Sources& sources, Span span) {
  const Location location = sources.location(span);
  return printable(location.path) + ":" + std::to_string(location.line);
}

/// What the two verdicts say in a word.
std::string verdict_text(const ComparedProperty& property) {
  if (property.from_row) return "taken over from the row";
  if (property.row_to_domain == Verdict::kUnknown || property.domain_to_row == Verdict::kUnknown) {
    return "unknown: " + (property.unknown.empty() ? std::string("the types could not be compared") : property.unknown);
  }
  const bool reads = property.row_to_domain == Verdict::kYes;
  const bool writes = property.domain_to_row == Verdict::kYes;
  if (reads && writes) return "the same";
  if (reads) return "wider than the column";
  if (writes) return "narrower than the column";
  return "differs";
}

std::string cut(std::string_view text) {
  std::string out;
  unsigned width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Glyph glyph = first_glyph(text.substr(at));
    if (width + glyph.width > kLongestType - 1 && text.size() - at > glyph.bytes) return out + "…";
    out += glyph.text;
    width += glyph.width;
    at += glyph.bytes;
  }
  return out;
}

std::string list(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + printable(name);
  return text;
}

void pad(std::string& line, std::string_view text, std::size_t width) {
  line += text;
  const std::size_t used = display_width(text);
  line.append(used < width ? width - used : 0, ' ');
}

void write_type(const Sources& sources, const DomainType& type, std::string& out) {
  out += printable(type.name) + "  " + place_text(sources, type.name_span) + "\n";
  out += "  " + std::string(type.row == RowKind::kInsert ? "is inserted into " : "stands for rows of ") +
         printable(display_name(*type.table)) + ", " + std::string(to_string(type.mapping)) + ": " + printable(type.why) + "\n";
  std::size_t name_width = 0;
  std::size_t domain_width = 0;
  std::size_t row_width = 0;
  for (const ComparedProperty& property : type.properties) {
    name_width = std::max<std::size_t>(name_width, display_width(property.property));
    domain_width = std::max<std::size_t>(domain_width, display_width(cut(property.domain.text)));
    row_width = std::max<std::size_t>(row_width, display_width(cut(property.row.text)));
  }
  for (const ComparedProperty& property : type.properties) {
    std::string line = "    ";
    pad(line, printable(property.property), name_width + 2);
    pad(line, cut(property.domain.text), domain_width + 2);
    pad(line, cut(property.row.text), row_width + 2);
    out += line + printable(verdict_text(property)) + "\n";
  }
  if (!type.only_in_domain.empty()) out += "    only in the type: " + list(type.only_in_domain) + "\n";
  if (!type.only_in_table.empty()) out += "    only in the table: " + list(type.only_in_table) + "\n";
}

void write_union(const Sources& sources, const DomainUnion& one, std::string& out) {
  out += printable(one.property.empty() ? one.type : one.type + "." + one.property) + "  " + place_text(sources, one.span) + "\n";
  out += "  is held against " + printable(display_name(*one.column->table)) + "." + printable(one.column->name.value_or(one.column->key)) +
         ": " + printable(one.why) + "\n";
}

}  // namespace

std::string types_text(const Sources& sources, const std::vector<const DomainTypes*>& all) {
  std::string out;
  std::size_t mapped = 0;
  std::size_t properties = 0;
  std::size_t unknown = 0;
  std::uint32_t files = 0;
  std::uint32_t declarations = 0;
  for (const DomainTypes* one : all) {
    files = std::max(files, one->files);
    declarations = std::max(declarations, one->declarations);
    for (const DomainType& type : one->types) {
      write_type(sources, type, out);
      out += "\n";
      ++mapped;
      properties += type.properties.size();
      unknown +=
          static_cast<std::size_t>(std::count_if(type.properties.begin(), type.properties.end(), [](const ComparedProperty& property) {
            return property.row_to_domain == Verdict::kUnknown || property.domain_to_row == Verdict::kUnknown;
          }));
    }
    for (const DomainUnion& one_union : one->unions) {
      write_union(sources, one_union, out);
      out += "\n";
    }
  }
  out += "types looked at: " + std::to_string(declarations) + ", declared in files: " + std::to_string(files) +
         ", that stand for tables: " + std::to_string(mapped) + "; properties that are columns: " + std::to_string(properties) +
         ", that could not be compared: " + std::to_string(unknown) + "\n";
  return out;
}

}  // namespace drizzle_audit::report
