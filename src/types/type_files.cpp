// See type_files.h.
#include "types/type_files.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "platform/platform.h"
#include "syntax/parse_types.h"
#include "text/parallel.h"
#include "workspace/paths.h"
#include "workspace/scan.h"

namespace drizzle_audit::types {

using syntax::TypeNode;
using syntax::TypeNodeKind;

namespace {

/// A name is looked for in so many files: a barrel may have hundreds of `export *`.
constexpr std::size_t kMostFiles = 4000;

}  // namespace

TypeFiles::TypeFiles(const workspace::FileSystem& files, const workspace::Resolver& resolver, std::string root, Sources& sources)
    : files_(files), resolver_(resolver), root_(std::move(root)), sources_(sources), arena_(1U << 14U) {
  for (FileId file = 0; file < sources.size(); ++file) known_.emplace(workspace::join(root_, sources.path(file)), file);
}

std::string TypeFiles::read(TypeFile& file) const {
  if (known_.contains(file.path)) return {};
  auto content = files_.read(file.path, workspace::kMaxSourceBytes);
  if (const auto* error = std::get_if<workspace::FileError>(&content)) {
    file.unreadable = error->reason;
    return {};
  }
  std::string text = std::move(std::get<std::string>(content));
  if (!workspace::is_binary(text)) return text;
  file.unreadable = "it is a binary file";
  return {};
}

void TypeFiles::enter(TypeFile& file, std::string text) {
  const auto known = known_.find(file.path);
  file.file = known != known_.end() ? known->second : sources_.add(workspace::relative_path(file.path, root_), std::move(text));
  by_id_.emplace(file.file, &file);
  file.text = sources_.text(file.file);
}

void TypeFiles::outline(TypeFile& file) {
  if (file.path.ends_with(".json")) {
    file.unreadable = "it is JSON";
    return;
  }
  file.outline = queries::outline(file.text);
  const queries::Outline& outline = file.outline;
  file.parsed.assign(outline.statements.size(), false);
  for (const queries::DeclaredName& entry : outline.declared) file.statements[entry.name].push_back(entry.statement);
  for (const queries::DeclaredTypeName& entry : outline.types.declared) file.statements[entry.name].push_back(entry.statement);
  for (const queries::ImportedName& entry : outline.imports) file.imports.try_emplace(entry.local, &entry);
  for (const queries::ImportedName& entry : outline.types.imports) file.imports.try_emplace(entry.local, &entry);
  for (const queries::ExportedName& entry : outline.exports) file.exports.try_emplace(entry.exported, &entry);
  for (const queries::ExportedName& entry : outline.types.exports) file.exports.try_emplace(entry.exported, &entry);
}

TypeFile& TypeFiles::get(const std::string& path) {
  std::unique_ptr<TypeFile>& slot = by_path_[path];
  if (slot != nullptr) return *slot;
  slot = std::make_unique<TypeFile>();
  slot->path = path;
  enter(*slot, read(*slot));
  outline(*slot);
  return *slot;
}

void TypeFiles::prepare(const std::vector<std::string>& paths, unsigned threads) {
  struct Ahead {
    TypeFile* file = nullptr;
    std::string text;
  };
  std::vector<Ahead> ahead;
  for (const std::string& path : paths) {
    std::unique_ptr<TypeFile>& slot = by_path_[path];
    if (slot != nullptr) continue;
    slot = std::make_unique<TypeFile>();
    slot->path = path;
    ahead.push_back({slot.get(), {}});
  }
  const unsigned count = platform::thread_count(threads, 8U);
  text::in_parallel(count, ahead.size(), 8, [&](std::size_t i) { ahead[i].text = read(*ahead[i].file); });
  for (Ahead& one : ahead) enter(*one.file, std::move(one.text));
  text::in_parallel(count, ahead.size(), 8, [&](std::size_t i) { outline(*ahead[i].file); });
}

TypeFile* TypeFiles::by_id(FileId file) {
  if (file >= sources_.size()) return nullptr;
  const auto known = by_id_.find(file);
  if (known != by_id_.end()) return known->second;
  const std::string path = workspace::join(root_, sources_.path(file));
  known_.emplace(path, file);
  return &get(path);
}

std::vector<std::string> TypeFiles::parsed_files() const {
  std::vector<std::string> paths;
  for (const auto& [path, file] : by_path_) {
    if (file->all_parsed || std::ranges::find(file->parsed, true) != file->parsed.end()) paths.emplace_back(sources_.path(file->file));
  }
  std::ranges::sort(paths);
  return paths;
}

void TypeFiles::parse_all(TypeFile& file) {
  file.all_parsed = true;
  for (const TypeNode* node : syntax::parse_declarations(file.text, file.path, {}, file.memory))
    file.declarations[node->text].push_back(node);
}

const std::vector<const TypeNode*>& TypeFiles::declared(TypeFile& file, std::string_view name) {
  static const std::vector<const TypeNode*> kNone;
  if (!file.outline.reliable) {
    if (!file.all_parsed) parse_all(file);
  } else {
    const auto where = file.statements.find(name);
    if (where == file.statements.end()) return kNone;
    std::vector<syntax::Piece> pieces;
    for (const std::uint32_t statement : where->second) {
      if (!file.parsed[statement]) pieces.push_back(file.outline.statements[statement]);
      file.parsed[statement] = true;
    }
    if (!pieces.empty()) {
      for (const TypeNode* node : syntax::parse_declarations(file.text, file.path, pieces, file.memory)) {
        file.declarations[node->text].push_back(node);
      }
    }
  }
  const auto found = file.declarations.find(name);
  return found == file.declarations.end() ? kNone : found->second;
}

bool TypeFiles::declares(TypeFile& file, std::string_view name) {
  if (file.outline.reliable) return file.statements.contains(name);
  return !declared(file, name).empty();
}

Place TypeFiles::module(TypeFile& file, std::string_view specifier) {
  Place place;
  const workspace::Resolution target = resolver_.resolve(specifier, file.path);
  switch (target.kind) {
    case workspace::Resolution::Kind::kPackage:
      place.kind = Place::Kind::kPackage;
      place.package = specifier;
      place.name = "*";
      return place;
    case workspace::Resolution::Kind::kNotFound:
      place.reason = "the import of '" + std::string(specifier) + "' leads nowhere";
      return place;
    case workspace::Resolution::Kind::kFile: break;
  }
  place.kind = Place::Kind::kModule;
  place.file = &get(target.path);
  if (!place.file->unreadable.empty()) {
    place.kind = Place::Kind::kNowhere;
    place.reason = "'" + std::string(specifier) + "' cannot be read: " + place.file->unreadable;
  }
  return place;
}

Place TypeFiles::imported(TypeFile& file, std::string_view specifier, std::string_view name, std::vector<const TypeFile*>& visited) {
  Place place = module(file, specifier);
  if (place.kind == Place::Kind::kPackage) place.name = name;
  if (place.kind != Place::Kind::kModule || name == "*") return place;
  TypeFile& target = *place.file;
  place = find_exported(target, name, visited);
  if (place.kind == Place::Kind::kNowhere && place.reason.empty()) {
    place.reason = "'" + std::string(specifier) + "' exports no " + std::string(name);
  }
  return place;
}

Place TypeFiles::find(TypeFile& file, std::string_view name) {
  if (declares(file, name)) return {.kind = Place::Kind::kDeclared, .file = &file, .name = name, .package = {}, .reason = {}};
  const auto import = file.imports.find(name);
  if (import == file.imports.end()) return {};
  std::vector<const TypeFile*> visited;
  return imported(file, import->second->specifier, import->second->imported, visited);
}

Place TypeFiles::find_exported(TypeFile& file, std::string_view name) {
  std::vector<const TypeFile*> visited;
  return find_exported(file, name, visited);
}

Place TypeFiles::find_exported(TypeFile& file, std::string_view name, std::vector<const TypeFile*>& visited) {
  if (visited.size() > kMostFiles || std::ranges::find(visited, &file) != visited.end()) return {};
  visited.push_back(&file);
  const auto entry = file.exports.find(name);
  if (entry != file.exports.end()) {
    const queries::ExportedName& exported = *entry->second;
    if (!exported.specifier.empty()) return imported(file, exported.specifier, exported.local, visited);
    if (declares(file, exported.local)) {
      return {.kind = Place::Kind::kDeclared, .file = &file, .name = exported.local, .package = {}, .reason = {}};
    }
    const auto import = file.imports.find(exported.local);
    if (import == file.imports.end()) return {};
    return imported(file, import->second->specifier, import->second->imported, visited);
  }
  for (const queries::DeclaredTypeName& type : file.outline.types.declared) {
    const bool wanted = name == "default" ? type.is_default : type.exported && type.name == name;
    if (wanted && declares(file, type.name)) {
      return {.kind = Place::Kind::kDeclared, .file = &file, .name = type.name, .package = {}, .reason = {}};
    }
  }
  if (name == "default") return {};
  std::optional<Place> package;
  for (const std::vector<std::string_view>* stars : {&file.outline.export_stars, &file.outline.types.export_stars}) {
    for (const std::string_view specifier : *stars) {
      Place place = module(file, specifier);
      if (place.kind == Place::Kind::kPackage && !package) package = place;
      if (place.kind != Place::Kind::kModule) continue;
      place = find_exported(*place.file, name, visited);
      if (place.kind != Place::Kind::kNowhere || !place.reason.empty()) return place;
    }
  }
  if (!package) return {};
  package->name = name;
  return *package;
}

}  // namespace drizzle_audit::types
