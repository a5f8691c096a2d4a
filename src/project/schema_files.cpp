// See schema_files.h.
#include "project/schema_files.h"

#include <algorithm>
#include <array>
#include <set>

#include "workspace/entry_points.h"
#include "workspace/glob.h"
#include "workspace/paths.h"

namespace drizzle_audit::project {
namespace {

using workspace::EntryKind;
using workspace::FolderCache;

/// Files that `pattern` matches as it stands, before anything is left out.
struct Matches {
  std::vector<std::string> files;
  std::vector<std::string> others;  ///< no TypeScript or JavaScript: drizzle-kit would run them all the same
};

Matches match(const FolderCache& folders, const std::string& base, const std::string& pattern) {
  std::set<std::string> paths;
  for (const workspace::GlobMatch& found : workspace::expand(folders, base, pattern)) {
    if (found.kind == EntryKind::kFile) paths.insert(found.path);
    if (found.kind != EntryKind::kFolder) continue;
    for (const workspace::Entry& entry : folders.list(found.path)) {
      if (entry.kind == EntryKind::kFile) paths.insert(workspace::join(found.path, entry.name));
    }
  }
  Matches matches;
  for (const std::string& path : paths) {
    (workspace::is_source_name(workspace::basename(path)) ? matches.files : matches.others).push_back(path);
  }
  return matches;
}

/// Removes JavaScript that lies beside the TypeScript it was compiled from.
void drop_compiled_twins(std::vector<std::string>& files) {
  std::set<std::string_view> sources;
  for (const std::string& file : files) {
    if (workspace::is_typescript_name(workspace::basename(file))) sources.insert(workspace::without_extension(file));
  }
  std::vector<std::string> kept;
  for (const std::string& file : files) {
    const bool is_typescript = workspace::is_typescript_name(workspace::basename(file));
    if (is_typescript || !sources.contains(workspace::without_extension(file))) kept.push_back(file);
  }
  files = std::move(kept);
}

/// Removes tests, unless nothing else is there. Says how many.
std::size_t drop_tests(std::vector<std::string>& files) {
  const auto is_test = [](const std::string& file) { return is_test_name(workspace::basename(file)); };
  const auto tests = static_cast<std::size_t>(std::ranges::count_if(files, is_test));
  if (tests == files.size()) return 0;
  std::erase_if(files, is_test);
  return tests;
}

bool has_typescript(const std::vector<std::string>& files) {
  return std::ranges::any_of(files, [](const std::string& file) { return workspace::is_typescript_name(workspace::basename(file)); });
}

/// The sources behind build output. `instead` is the pattern that found them, relative to `base`.
std::vector<std::string> sources_of_output(const workspace::Resolver& resolver, const std::string& base, const std::string& pattern,
                                           std::string& instead) {
  const workspace::Package* package = resolver.packages().nearest(base);
  const std::string folder = package != nullptr ? package->folder : base;
  const std::string target = workspace::join(base, pattern);
  if (!workspace::is_within(target, folder)) return {};
  for (const std::string& candidate : workspace::source_candidates(folder, workspace::relative_path(target, folder))) {
    Matches found = match(resolver.folders(), base, candidate);
    if (found.files.empty()) continue;
    instead = workspace::relative_path(candidate, base);
    return std::move(found.files);
  }
  return {};
}

}  // namespace

bool is_test_name(std::string_view name) {
  const std::string_view stem = workspace::without_extension(name);
  return stem.ends_with(".test") || stem.ends_with(".spec") || stem.ends_with(".e2e-spec") || stem.ends_with(".bench");
}

bool is_test_path(std::string_view path) {
  static constexpr auto kFolders = std::to_array<std::string_view>(
      {"test", "tests", "__tests__", "__mocks__", "mocks", "fixtures", "__fixtures__", "fixture", "e2e", "spec", "testing", "test-utils"});
  if (is_test_name(workspace::basename(path))) return true;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
    if (std::ranges::find(kFolders, path.substr(0, slash)) != kFolders.end()) return true;
    path.remove_prefix(slash + 1);
  }
  return false;
}

std::vector<std::string> base_folders(const workspace::Resolver& resolver, const std::string& root, const std::string& config_folder) {
  std::vector<std::string> folders{config_folder};
  const auto add = [&folders](const std::string& folder) {
    if (std::ranges::find(folders, folder) == folders.end()) folders.push_back(folder);
  };
  if (const workspace::Package* package = resolver.packages().nearest(config_folder)) add(package->folder);
  // A repository's scripts often start drizzle-kit at its top, above the root that was asked for.
  const std::string& top = resolver.packages().workspace_root();
  const std::string& last = workspace::is_within(config_folder, top) ? top : root;
  for (std::string folder = config_folder; workspace::is_within(folder, last); folder = workspace::dirname(folder)) {
    add(folder);
    if (folder == last) break;
  }
  return folders;
}

PatternFiles find_schema_files(const workspace::Resolver& resolver, const std::string& base, const std::string& pattern) {
  PatternFiles result;
  const FolderCache& folders = resolver.folders();
  Matches found = match(folders, base, pattern);
  if (!has_typescript(found.files)) {
    std::string instead;
    if (std::vector<std::string> sources = sources_of_output(resolver, base, pattern, instead); !sources.empty()) {
      result.notes.push_back("names " + pattern + "; reading " + instead + " instead");
      found = {std::move(sources), {}};
    }
  }
  if (found.files.empty() && found.others.empty() && !workspace::is_glob(pattern)) {
    const std::string path = workspace::join(base, pattern);
    const std::string file = workspace::file_for(folders, path);
    if (!file.empty() && workspace::is_source_name(workspace::basename(file))) {
      const bool is_extension_missing = file.starts_with(path);
      result.notes.push_back("names " + pattern + (is_extension_missing ? " without an extension, which drizzle-kit rejects" : "") +
                             "; reading " + workspace::relative_path(file, base) + (is_extension_missing ? "" : " instead"));
      found.files.push_back(file);
    }
  }
  if (found.files.empty()) return result;
  if (!found.others.empty()) {
    result.notes.push_back("names " + pattern + ", which holds " + std::string(workspace::basename(found.others.front())) +
                           (found.others.size() > 1 ? " and others" : "") + ": no source, left out here; drizzle-kit runs it and fails");
  }
  drop_compiled_twins(found.files);
  if (const std::size_t tests = drop_tests(found.files); tests != 0) {
    result.notes.push_back("names " + pattern + ", which holds " + std::to_string(tests) + (tests == 1 ? " test" : " tests") +
                           ": left out here; drizzle-kit runs them");
  }
  // Imports lead to real paths; a schema file must be the same module whichever way it is reached.
  const std::string real_top = folders.real_path(resolver.packages().workspace_root());
  for (const std::string& file : found.files) {
    std::string real = folders.real_path(file);
    result.files.push_back(workspace::is_within(real, real_top) ? real : file);
  }
  std::ranges::sort(result.files);
  result.files.erase(std::unique(result.files.begin(), result.files.end()), result.files.end());
  return result;
}

}  // namespace drizzle_audit::project
