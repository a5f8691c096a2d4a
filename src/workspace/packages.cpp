// See packages.h.
#include "workspace/packages.h"

#include <algorithm>
#include <utility>

#include "workspace/glob.h"
#include "workspace/paths.h"
#include "workspace/pnpm_workspace.h"
#include "workspace/root.h"

namespace drizzle_audit::workspace {
namespace {

constexpr std::uint64_t kMaxYamlBytes = 1U << 20U;
constexpr const char* kPnpmFile = "pnpm-workspace.yaml";

/// The globs that name the workspace's packages: `workspaces` is a list (npm, yarn, bun) or an object that holds one.
std::vector<std::string> workspace_globs(const Json& manifest) {
  std::vector<std::string> globs;
  if (!manifest.is_object()) return globs;
  const auto found = manifest.find("workspaces");
  if (found == manifest.end()) return globs;
  const Json* list = &*found;
  if (list->is_object()) {
    const auto packages = list->find("packages");
    if (packages == list->end()) return globs;
    list = &*packages;
  }
  if (!list->is_array()) return globs;
  for (const Json& item : *list) {
    if (item.is_string()) globs.push_back(item.get<std::string>());
  }
  return globs;
}

void read_catalog(const Json& versions, const std::string& catalog, std::map<std::string, std::string, std::less<>>& catalogs) {
  if (!versions.is_object()) return;
  const std::string prefix = catalog + "\n";
  for (const auto& [package, version] : versions.items()) {
    if (version.is_string()) catalogs.emplace(prefix + package, version.get<std::string>());
  }
}

/// bun: `catalog` and `catalogs` in package.json, at the top or inside `workspaces`.
void read_bun_catalogs(const Json& holder, std::map<std::string, std::string, std::less<>>& catalogs) {
  if (!holder.is_object()) return;
  if (const auto one = holder.find("catalog"); one != holder.end()) read_catalog(*one, "", catalogs);
  if (const auto many = holder.find("catalogs"); many != holder.end() && many->is_object()) {
    for (const auto& [name, versions] : many->items()) read_catalog(versions, name, catalogs);
  }
  if (const auto inner = holder.find("workspaces"); inner != holder.end()) read_bun_catalogs(*inner, catalogs);
}

PnpmWorkspace read_pnpm(const FolderCache& folders, const std::string& folder) {
  const std::string path = join(folder, kPnpmFile);
  if (!folders.is_file(path)) return {};
  const auto text = folders.files().read(path, kMaxYamlBytes);
  const auto* content = std::get_if<std::string>(&text);
  return content == nullptr ? PnpmWorkspace{} : parse_pnpm_workspace(*content);
}

std::vector<std::string> globs_of(const FolderCache& folders, const std::string& folder) {
  std::vector<std::string> globs = read_pnpm(folders, folder).packages;
  if (!globs.empty()) return globs;
  const std::string path = join(folder, "package.json");
  if (!folders.is_file(path)) return {};
  const auto manifest = read_jsonc(folders.files(), path);
  const auto* json = std::get_if<Json>(&manifest);
  return json == nullptr ? globs : workspace_globs(*json);
}

bool is_member(const std::vector<std::string>& globs, std::string_view folder) {
  bool member = false;
  for (const std::string& glob : globs) {
    if (!glob.empty() && glob.front() == '!') {
      if (matches(std::string_view(glob).substr(1), folder)) member = false;
    } else if (matches(glob, folder)) {
      member = true;
    }
  }
  return member;
}

}  // namespace

std::string find_workspace_root(const FolderCache& folders, const std::string& root) {
  const std::string git_root = find_git_root(folders.files(), root);
  for (std::string folder = root;; folder = dirname(folder)) {
    const auto globs = globs_of(folders, folder);
    // A workspace above that does not list this package (or a folder in one of its packages) is somebody else's.
    if (!globs.empty()) {
      if (folder == root) return folder;
      for (std::string_view below = root; below != folder; below = dirname(below)) {
        if (is_member(globs, relative_path(below, folder))) return folder;
      }
    }
    if (folder == git_root || folder == "/") break;
  }
  return git_root.empty() ? root : git_root;
}

Packages::Packages(const FolderCache& folders, std::string workspace_root) : folders_(folders), root_(std::move(workspace_root)) {}

const Package* Packages::in_folder(std::string_view folder) const {
  const std::lock_guard lock(mutex_);
  if (const auto known = by_folder_.find(folder); known != by_folder_.end()) return known->second.get();
  std::unique_ptr<Package>& place = by_folder_[std::string(folder)];
  const std::string path = join(folder, "package.json");
  if (!folders_.is_file(path)) return nullptr;
  auto manifest = read_jsonc(folders_.files(), path);
  if (auto* error = std::get_if<JsonError>(&manifest)) {
    problems_.push_back({path, std::move(*error)});
    return nullptr;
  }
  place = std::make_unique<Package>();
  place->folder = folder;
  place->manifest = std::move(std::get<Json>(manifest));
  place->name = string_at(place->manifest, "name");
  return place.get();
}

const Package* Packages::nearest(std::string_view folder) const {
  for (;; folder = dirname(folder)) {
    if (const Package* package = in_folder(folder)) return package;
    if (folder == root_ || folder == "/" || folder == ".") return nullptr;
  }
}

const Packages::Workspace& Packages::workspace() const {
  const std::lock_guard lock(mutex_);
  if (workspace_) return *workspace_;
  auto workspace = std::make_unique<Workspace>();
  std::vector<std::string> folders{root_};
  const PnpmWorkspace pnpm = read_pnpm(folders_, root_);
  const Package* top = in_folder(root_);
  std::vector<std::string> globs = pnpm.packages;
  if (globs.empty() && top != nullptr) globs = workspace_globs(top->manifest);
  for (const std::string& glob : globs) {
    if (glob.empty() || glob.front() == '!') continue;
    for (const GlobMatch& match : expand(folders_, root_, glob)) {
      if (match.kind != EntryKind::kFolder || !folders_.is_file(join(match.path, "package.json"))) continue;
      if (is_member(globs, relative_path(match.path, root_))) folders.push_back(match.path);
    }
  }
  std::sort(folders.begin(), folders.end());
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  for (const std::string& folder : folders) {
    const Package* package = in_folder(folder);
    if (package == nullptr) continue;
    workspace->packages.push_back(package);
    if (!package->name.empty()) workspace->by_name.emplace(package->name, package);
  }
  for (const auto& [key, version] : pnpm.catalogs) workspace->catalogs.emplace(key.first + "\n" + key.second, version);
  if (top != nullptr) read_bun_catalogs(top->manifest, workspace->catalogs);
  workspace_ = std::move(workspace);
  return *workspace_;
}

const Package* Packages::by_name(std::string_view name) const {
  const auto& names = workspace().by_name;
  const auto found = names.find(name);
  return found == names.end() ? nullptr : found->second;
}

std::vector<const Package*> Packages::workspace_packages() const { return workspace().packages; }

std::string Packages::catalog_version(std::string_view catalog, std::string_view package) const {
  // pnpm: the default catalog is `catalog:` at the top or one called "default".
  const auto& catalogs = workspace().catalogs;
  for (const std::string_view name : {catalog, std::string_view(catalog.empty() ? "default" : catalog == "default" ? "" : catalog)}) {
    const auto found = catalogs.find(std::string(name).append("\n").append(package));
    if (found != catalogs.end()) return found->second;
  }
  return {};
}

std::vector<ConfigProblem> Packages::problems() const {
  const std::lock_guard lock(mutex_);
  std::vector<ConfigProblem> result = problems_;
  std::sort(result.begin(), result.end(), [](const ConfigProblem& a, const ConfigProblem& b) { return a.path < b.path; });
  return result;
}

}  // namespace drizzle_audit::workspace
