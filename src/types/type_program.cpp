// See type_program.h.
#include "types/type_program.h"

#include <algorithm>

#include "syntax/parse_types.h"
#include "types/evaluation.h"

namespace drizzle_audit::types {

using syntax::TypeNode;
using syntax::TypeNodeKind;

namespace {

DeclarationKind kind_of(std::string_view word) {
  if (word == "interface") return DeclarationKind::kInterface;
  if (word == "enum") return DeclarationKind::kEnum;
  return word == "class" ? DeclarationKind::kClass : DeclarationKind::kAlias;
}

/// Where a statement ends without the blanks and comments after it.
std::uint32_t end_of(std::string_view text, syntax::Piece piece, std::uint32_t name_end) {
  std::size_t end = piece.end;
  const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
  for (;;) {
    while (end > name_end && blank(text[end - 1])) --end;
    const std::string_view body = text.substr(name_end, end - name_end);
    if (body.ends_with("*/")) {
      const std::size_t open = body.rfind("/*");
      if (open == std::string_view::npos) break;
      end = name_end + open;
      continue;
    }
    const std::size_t line = body.rfind('\n');
    if (line == std::string_view::npos) break;
    std::string_view last = body.substr(line + 1);
    last.remove_prefix(std::min(last.find_first_not_of(" \t"), last.size()));
    if (!last.starts_with("//")) break;
    end = name_end + line;
  }
  return static_cast<std::uint32_t>(end);
}

}  // namespace

TypeProgram::TypeProgram(const workspace::FileSystem& files, const workspace::Resolver& resolver, std::string root, Sources& sources,
                         const std::vector<const Model*>& models)
    : evaluation_(std::make_unique<Evaluation>(files, resolver, std::move(root), sources, models)) {}

TypeProgram::~TypeProgram() = default;

void TypeProgram::prepare(const std::vector<std::string>& paths, unsigned threads) { evaluation_->files.prepare(paths, threads); }

std::vector<DeclaredType> TypeProgram::declared_types(const std::string& path) {
  TypeFile& file = evaluation_->files.get(path);
  std::vector<DeclaredType> found;
  const auto is_exported = [&file](std::string_view name) {
    for (const auto* exports : {&file.outline.exports, &file.outline.types.exports}) {
      for (const queries::ExportedName& entry : *exports) {
        if (entry.local == name && entry.specifier.empty()) return true;
      }
    }
    return false;
  };
  for (const queries::DeclaredTypeName& entry : file.outline.types.declared) {
    DeclaredType type;
    type.name = entry.name;
    type.kind = kind_of(entry.word);
    type.exported = entry.exported || is_exported(entry.name);
    const auto start = static_cast<std::uint32_t>(entry.name.data() - file.text.data());
    const auto end = static_cast<std::uint32_t>(start + entry.name.size());
    const syntax::Piece piece = file.outline.statements[entry.statement];
    type.name_span = {file.file, start, end};
    type.span = {file.file, piece.start, end_of(file.text, piece, end)};
    if (file.text.substr(end).starts_with("<")) {
      // Few are generic: their declarations are parsed to see whether all parameters have defaults.
      for (const TypeNode* node : evaluation_->files.declared(file, entry.name)) {
        for (const TypeNode* child : node->children) {
          type.generic = type.generic || (child != nullptr && child->kind == TypeNodeKind::kTypeParameter && child->child(1) == nullptr);
        }
      }
    }
    found.push_back(type);
  }
  return found;
}

void TypeProgram::parse_ahead(const std::string& path, std::string_view name) {
  evaluation_->files.declared(evaluation_->files.get(path), name);
}

const Type& TypeProgram::type_named(const std::string& path, std::string_view name) {
  evaluation_->begin();
  TypeFile& file = evaluation_->files.get(path);
  if (!file.unreadable.empty()) return evaluation_->unreadable("the file cannot be read: " + file.unreadable, {file.file, 0, 0});
  return evaluation_->finish(evaluation_->named(file, name));
}

const Type& TypeProgram::type_at(Span span) {
  evaluation_->begin();
  TypeFile* file = evaluation_->files.by_id(span.file);
  if (file == nullptr) return evaluation_->unreadable("it is nowhere", span);
  const TypeNode& node = syntax::parse_type(file->text, {span.start, span.end}, evaluation_->files.memory());
  const Scope& scope = *text::make<Scope>(evaluation_->types.memory(), Scope{.file = file});
  return evaluation_->finish(evaluation_->type(node, scope));
}

std::vector<std::string> TypeProgram::parsed_files() const { return evaluation_->files.parsed_files(); }

TypeArena& TypeProgram::arena() { return evaluation_->types; }
Sources& TypeProgram::sources() { return evaluation_->files.sources(); }

const Type& TypeProgram::finish(const Type& type) {
  evaluation_->begin();
  return evaluation_->finish(type);
}

}  // namespace drizzle_audit::types
