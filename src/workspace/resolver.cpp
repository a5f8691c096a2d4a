// See resolver.h.
#include "workspace/resolver.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "workspace/entry_points.h"
#include "workspace/paths.h"

namespace drizzle_audit::workspace {
namespace {

constexpr unsigned kMaxRedirects = 8;

bool is_path(std::string_view specifier) {
  return specifier == "." || specifier == ".." || specifier.substr(0, 2) == "./" || specifier.substr(0, 3) == "../" ||
         is_absolute(specifier);
}

/// "drizzle-orm/pg-core" -> "drizzle-orm"; "@acme/db/schema" -> "@acme/db".
std::string_view package_name(std::string_view specifier) {
  std::size_t slash = specifier.find('/');
  if (!specifier.empty() && specifier.front() == '@' && slash != std::string_view::npos) slash = specifier.find('/', slash + 1);
  return specifier.substr(0, slash);
}

/// Node's built-in modules carry a scheme; so do data: and https:. `?raw` and the like are bundler suffixes.
bool has_scheme(std::string_view specifier) {
  const std::size_t colon = specifier.find(':');
  return colon != std::string_view::npos && colon > 1 && specifier.find('/') > colon;
}

}  // namespace

Resolver::Resolver(const FileSystem& files, const std::string& root)
    : folders_(files),
      workspace_root_(find_workspace_root(folders_, root)),
      real_workspace_root_(files.real_path(workspace_root_)),
      packages_(folders_, workspace_root_),
      tsconfigs_(packages_) {}

Resolution Resolver::resolve(std::string_view specifier, std::string_view from_file) const {
  const std::string_view folder = dirname(from_file);
  std::string key;
  key.reserve(folder.size() + specifier.size() + 1);
  key.append(folder).append("\n").append(specifier);
  {
    const std::shared_lock lock(mutex_);
    if (const auto known = cache_.find(key); known != cache_.end()) return known->second;
  }
  Resolution result = resolve_uncached(specifier, from_file, 0);
  const std::unique_lock lock(mutex_);
  return cache_.try_emplace(std::move(key), std::move(result)).first->second;
}

Resolution Resolver::found(const std::string& path) const {
  std::string real = folders_.real_path(path);
  // Two names of one file are one module. A link that leaves the project keeps its own name, by which people know it.
  if (is_within(real, real_workspace_root_)) {
    real = join(workspace_root_, relative_path(real, real_workspace_root_));
  } else {
    real = path;
  }
  return {.kind = Resolution::Kind::kFile, .path = std::move(real), .missing = {}};
}

Resolution Resolver::resolve_uncached(std::string_view specifier, std::string_view from_file, unsigned depth) const {
  Resolution not_found;
  Resolution external{.kind = Resolution::Kind::kPackage, .path = {}, .missing = {}};
  if (specifier.empty() || specifier.find('\0') != std::string_view::npos || depth > kMaxRedirects) return not_found;
  if (package_name(specifier) == "drizzle-orm") return external;
  if (is_path(specifier)) {
    const std::string target = join(dirname(from_file), specifier);
    // `./x/` means the folder, even beside an `x.ts`.
    const std::string file = specifier.back() == '/' || basename(specifier) == "." || basename(specifier) == ".."
                                 ? file_for(folders_, join(target, "index"))
                                 : file_for(folders_, target);
    return file.empty() ? not_found : found(file);
  }
  bool is_alias = false;
  for (const TsConfig* config : tsconfigs_.for_file(from_file)) {
    for (const PathAlias& alias : config->paths) {
      const auto star = match_alias(alias.pattern, specifier);
      if (!star) continue;
      // A lone "*" only redirects what it finds (often to hand-written declarations); everything else stays a package.
      is_alias = is_alias || alias.pattern != "*";
      for (std::string target : alias.targets) {
        if (const std::size_t at = target.find('*'); at != std::string::npos) target.replace(at, 1, *star);
        target = normalize(target);
        const Package* owner = packages_.nearest(dirname(target));
        const std::string file = target_file(folders_, owner == nullptr ? workspace_root_ : owner->folder, target);
        if (!file.empty() && file.find("/node_modules/") == std::string::npos) return found(file);
        // The alias may lead to a package's folder.
        if (const Package* package = folders_.is_folder(target) ? packages_.in_folder(target) : nullptr) {
          const std::string entry = entry_file(folders_, *package, "");
          if (!entry.empty() && entry.find("/node_modules/") == std::string::npos) return found(entry);
        }
        if (target.find("/node_modules/") != std::string::npos) return external;
      }
      break;
    }
    if (!config->base_url.empty()) {
      const std::string file = file_for(folders_, join(config->base_url, specifier));
      if (!file.empty() && file.find("/node_modules/") == std::string::npos) return found(file);
    }
  }
  if (specifier.front() == '#') return resolve_private_import(specifier, from_file, depth);
  if (has_scheme(specifier)) return external;
  Resolution in_workspace = resolve_package(specifier, from_file);
  return in_workspace.kind == Resolution::Kind::kPackage && is_alias ? not_found : in_workspace;
}

Resolution Resolver::resolve_private_import(std::string_view specifier, std::string_view from_file, unsigned depth) const {
  const Package* package = packages_.nearest(dirname(from_file));
  if (package == nullptr || !package->manifest.is_object()) return {};
  const auto imports = package->manifest.find("imports");
  if (imports == package->manifest.end()) return {};
  for (const std::string& target : conditional_targets(*imports, specifier)) {
    if (target.empty()) continue;
    if (target.front() == '.') {
      const std::string file = target_file(folders_, package->folder, target);
      if (!file.empty()) return found(file);
    } else if (target.front() != '#') {
      return resolve_uncached(target, join(package->folder, "package.json"), depth + 1);
    }
  }
  return {};
}

Resolution Resolver::resolve_package(std::string_view specifier, std::string_view from_file) const {
  const std::string_view name = package_name(specifier);
  const Package* package = packages_.by_name(name);
  if (package == nullptr) {
    // A package may import itself by its own name, member of a workspace or not.
    const Package* own = packages_.nearest(dirname(from_file));
    package = own != nullptr && own->name == name ? own : linked_package(name, from_file);
  }
  if (package == nullptr) return {.kind = Resolution::Kind::kPackage, .path = {}, .missing = {}};
  const std::string_view rest = specifier.size() > name.size() ? specifier.substr(name.size() + 1) : std::string_view();
  const std::string file = entry_file(folders_, *package, rest);
  if (!file.empty()) return found(file);
  Resolution missing;
  missing.missing = named_entry(*package, rest);
  missing.missing_is_built = !source_candidates(package->folder, missing.missing).empty();
  return missing;
}

const Package* Resolver::linked_package(std::string_view name, std::string_view from_file) const {
  for (std::string_view folder = dirname(from_file);; folder = dirname(folder)) {
    const std::string path = join(folder, std::string("node_modules/").append(name));
    if (const Entry* entry = folders_.find(path)) {
      if (!entry->is_link || entry->kind != EntryKind::kFolder) return nullptr;
      const std::string real = folders_.real_path(path);
      if (!is_within(real, real_workspace_root_)) return nullptr;
      const std::string inside = join(workspace_root_, relative_path(real, real_workspace_root_));
      return inside.find("/node_modules/", workspace_root_.size()) == std::string::npos ? packages_.in_folder(inside) : nullptr;
    }
    if (folder == workspace_root_ || folder == "/" || folder == ".") return nullptr;
  }
}

std::vector<ConfigProblem> Resolver::problems() const {
  std::vector<ConfigProblem> all = tsconfigs_.problems();
  std::vector<ConfigProblem> more = packages_.problems();
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  std::sort(all.begin(), all.end(), [](const ConfigProblem& a, const ConfigProblem& b) { return a.path < b.path; });
  return all;
}

}  // namespace drizzle_audit::workspace
