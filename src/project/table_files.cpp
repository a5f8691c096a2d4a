// See table_files.h.
#include "project/table_files.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "project/schema_files.h"
#include "workspace/paths.h"
#include "workspace/scan.h"

namespace drizzle_audit::project {
namespace {

/// Examples, templates, and what drizzle-kit wrote: `migrations`, or a folder with drizzle-kit's journal in it.
bool is_side_path(const workspace::FolderCache& folders, const std::string& root, std::string_view path) {
  static constexpr auto kFolders =
      std::to_array<std::string_view>({"example", "examples", "template", "templates", "playground", "demo", "benchmarks", "migrations"});
  if (is_test_path(path)) return true;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
    const std::string_view folder = path.substr(0, slash);
    if (std::ranges::find(kFolders, workspace::basename(folder)) != kFolders.end()) return true;
    if (folders.is_file(workspace::join(workspace::join(root, folder), "meta/_journal.json"))) return true;
  }
  return false;
}

}  // namespace

TableFileGroups group_table_files(const workspace::Resolver& resolver, const std::string& root, const std::vector<std::string>& sources,
                                  unsigned threads) {
  const workspace::FolderCache& folders = resolver.folders();
  workspace::TableFiles found = workspace::scan_files(folders.files(), sources, threads);
  TableFileGroups result;
  for (const workspace::UnreadableFile& file : found.unreadable) {
    result.hints.push_back(workspace::relative_path(file.path, root) + " cannot be read: " + file.reason);
  }
  std::vector<std::string> main_files;
  std::ranges::copy_if(found.files, std::back_inserter(main_files),
                       [&](const std::string& path) { return !is_side_path(folders, root, workspace::relative_path(path, root)); });
  if (!main_files.empty() && main_files.size() < found.files.size()) {
    const std::size_t left_out = found.files.size() - main_files.size();
    result.hints.push_back(std::to_string(left_out) + (left_out == 1 ? " file" : " files") +
                           " with tables in tests, examples or migrations left out; --schema names them if they count");
    found.files = std::move(main_files);
  }
  // JavaScript beside the TypeScript that it was compiled from.
  const std::set<std::string> all(found.files.begin(), found.files.end());
  std::map<std::string, std::vector<std::string>> by_package;
  for (const std::string& path : found.files) {
    const std::string stem(workspace::without_extension(path));
    const bool is_typescript = workspace::is_typescript_name(workspace::basename(path));
    if (!is_typescript && (all.contains(stem + ".ts") || all.contains(stem + ".tsx") || all.contains(stem + ".mts"))) continue;
    const workspace::Package* package = resolver.packages().nearest(workspace::dirname(path));
    by_package[package != nullptr ? package->folder : root].push_back(path);
  }
  for (auto& [folder, files] : by_package) result.groups.push_back(std::move(files));
  return result;
}

}  // namespace drizzle_audit::project
