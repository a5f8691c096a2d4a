#include "schema/relation_files.h"

#include <algorithm>
#include <string_view>

#include "project/schema_files.h"
#include "workspace/paths.h"
#include "workspace/scan.h"

namespace drizzle_audit::schema {
namespace {

/// More folders than that hold no relation files that anybody would find.
constexpr std::size_t kMostFolders = 64;
/// How far imports are followed to see whose tables a file joins: `relations.ts` → `relations/users.ts` → `schema/users.ts`.
constexpr std::size_t kMostImports = 200;

bool is_relation_stem(std::string_view stem) {
  return stem == "relations" || stem == "relation" || stem.ends_with("-relations") || stem.ends_with(".relations") ||
         stem.ends_with("_relations") || stem.ends_with("Relations");
}

void add_files(const workspace::FolderCache& folders, const std::string& folder, bool any_name, std::set<std::string>& found) {
  for (const workspace::Entry& entry : folders.list(folder)) {
    const std::string path = workspace::join(folder, entry.name);
    if (entry.kind == workspace::EntryKind::kFolder && !any_name && entry.name == "relations") add_files(folders, path, true, found);
    if (entry.kind != workspace::EntryKind::kFile || !workspace::is_source_name(entry.name)) continue;
    if (project::is_test_name(entry.name)) continue;
    if (any_name || is_relation_stem(workspace::without_extension(entry.name))) found.insert(path);
  }
}

}  // namespace

std::vector<std::string> find_relation_files(const workspace::FolderCache& folders, const std::string& root, const project::Entry& entry) {
  std::set<std::string> places;
  if (!entry.out_folder.empty()) places.insert(entry.out_folder);
  for (const std::string& file : entry.files) {
    if (places.size() >= kMostFolders) break;
    const std::string_view folder = workspace::dirname(file);
    places.emplace(folder);
    const std::string_view above = workspace::dirname(folder);
    if (above != root && workspace::is_within(above, root)) places.emplace(above);
  }
  std::set<std::string> found;
  for (const std::string& folder : places) add_files(folders, folder, false, found);
  for (const std::string& file : entry.files) found.erase(file);
  return {found.begin(), found.end()};
}

bool imports_one_of(program::ModuleStore& modules, const std::string& path, const std::set<std::string>& known) {
  std::vector<std::string> wave = {path};
  std::set<std::string> seen = {path};
  for (std::size_t i = 0; i < wave.size() && i < kMostImports; ++i) {
    program::Module& module = modules.get(wave[i]);
    for (const syntax::Node* import : module.links) {
      const program::Link link = modules.follow(import->text, module);
      if (link.module == nullptr || !seen.insert(link.module->path).second) continue;
      if (known.contains(link.module->path)) return true;
      wave.push_back(link.module->path);
    }
  }
  return false;
}

std::vector<std::string> imported_table_files(program::ModuleStore& modules, const std::string& path) {
  std::vector<std::string> found;
  program::Module& module = modules.get(path);
  for (const syntax::Node* import : module.links) {
    const program::Link link = modules.follow(import->text, module);
    if (link.module == nullptr || std::ranges::find(found, link.module->path) != found.end()) continue;
    if (workspace::defines_tables(modules.open(*link.module).text)) found.push_back(link.module->path);
  }
  return found;
}

}  // namespace drizzle_audit::schema
