// See entry_points.h.
#include "workspace/entry_points.h"

#include <algorithm>
#include <array>
#include <utility>

#include "workspace/paths.h"
#include "workspace/tsconfig.h"

namespace drizzle_audit::workspace {
namespace {

constexpr unsigned kMaxNesting = 16;
constexpr std::array<const char*, 9> kExtensions{".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx", ".json"};

/// What a written extension may stand for; TypeScript writes the extension of the output in its imports.
struct Twin {
  std::string_view written;
  std::array<const char*, 2> sources;
};
constexpr std::array<Twin, 4> kTwins{
    {{".js", {".ts", ".tsx"}}, {".mjs", {".mts", nullptr}}, {".cjs", {".cts", nullptr}}, {".jsx", {".tsx", nullptr}}}};

constexpr std::array<std::string_view, 9> kBuildFolders{"dist", "build", "out", "output", "lib", "esm", "cjs", "es", ".output"};
constexpr std::array<std::string_view, 5> kInnerBuildFolders{"esm", "cjs", "es", "types", "src"};

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void collect_targets(const Json& value, std::string_view star, unsigned depth, std::vector<std::string>& targets) {
  if (depth > kMaxNesting) return;
  if (value.is_string()) {
    std::string target = value.get<std::string>();
    for (std::size_t at = target.find('*'); at != std::string::npos; at = target.find('*', at + star.size())) target.replace(at, 1, star);
    if (std::find(targets.begin(), targets.end(), target) == targets.end()) targets.push_back(std::move(target));
  } else if (value.is_array() || value.is_object()) {
    for (const Json& item : value) collect_targets(item, star, depth + 1, targets);
  }
}

/// Whether the object maps subpaths (its keys start with `.` or `#`) and not conditions.
bool maps_subpaths(const Json& map) {
  return map.is_object() && !map.empty() && !map.begin().key().empty() && (map.begin().key()[0] == '.' || map.begin().key()[0] == '#');
}

std::string existing_index(const FolderCache& folders, const std::string& folder) {
  for (const char* extension : kExtensions) {
    std::string path = folder + "/index" + extension;
    if (folders.is_file(path)) return path;
  }
  return {};
}

/// The part of a name before `.d.ts`, `.js`, ….
std::string_view stem_of(std::string_view path) {
  std::string_view stem = is_source_name(basename(path)) || is_declaration_name(basename(path)) ? without_extension(path) : path;
  if (is_declaration_name(basename(path)) && stem.size() > 2 && stem.substr(stem.size() - 2) == ".d") stem.remove_suffix(2);
  return stem;
}

std::string_view after_first_part(std::string_view path) {
  const std::size_t slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
}

}  // namespace

std::string file_for(const FolderCache& folders, const std::string& path) {
  const std::string_view written = extension(path);
  const auto twin = std::find_if(kTwins.begin(), kTwins.end(), [written](const Twin& item) { return item.written == written; });
  // The source wins over its build output beside it: both define the same tables and the source is what people edit.
  if (twin != kTwins.end()) {
    const std::string stem(without_extension(path));
    for (const char* source : twin->sources) {
      if (source != nullptr && folders.is_file(stem + source)) return stem + source;
    }
  }
  if (folders.is_file(path)) return path;
  for (const char* extension : kExtensions) {
    if (folders.is_file(path + extension)) return path + extension;
  }
  return folders.is_folder(path) ? existing_index(folders, path) : std::string();
}

std::vector<std::string> conditional_targets(const Json& map, std::string_view key) {
  std::vector<std::string> targets;
  if (!maps_subpaths(map)) {
    if (key == ".") collect_targets(map, "", 0, targets);
    return targets;
  }
  const Json* best = nullptr;
  std::string_view best_star;
  std::size_t best_prefix = 0;
  for (const auto& item : map.items()) {
    const std::string& pattern = item.key();
    if (pattern == key) {
      best = &item.value();
      best_star = {};
      break;
    }
    // "./dir/" is the old way to write "./dir/*".
    const bool is_old = !pattern.empty() && pattern.back() == '/';
    const auto star = is_old                                   ? match_alias(pattern + "*", key)
                      : pattern.find('*') != std::string::npos ? match_alias(pattern, key)
                                                               : std::nullopt;
    if (!star || star->empty()) continue;
    const std::size_t prefix = is_old ? pattern.size() : pattern.find('*');
    if (best == nullptr || prefix > best_prefix) {
      best = &item.value();
      best_star = *star;
      best_prefix = prefix;
    }
  }
  if (best != nullptr) collect_targets(*best, best_star, 0, targets);
  for (std::string& target : targets) {
    if (!target.empty() && target.back() == '/' && !best_star.empty()) target += best_star;
  }
  return targets;
}

std::vector<std::string> source_candidates(std::string_view package_folder, std::string_view target) {
  std::string inside = normalize(target);
  if (is_absolute(inside)) {
    if (!is_within(inside, package_folder)) return {};
    inside = relative_path(inside, package_folder);
  }
  const std::string_view first = std::string_view(inside).substr(0, inside.find('/'));
  if (!is_one_of(first, kBuildFolders)) return {};
  std::vector<std::string_view> rests{after_first_part(inside)};
  if (const std::string_view inner = rests[0].substr(0, rests[0].find('/')); is_one_of(inner, kInnerBuildFolders)) {
    rests.push_back(after_first_part(rests[0]));
  }
  static constexpr std::array<std::string_view, 4> kSourceFolders{"src", "source", "lib", ""};
  static constexpr std::array<std::string_view, 4> kSourceExtensions{".ts", ".tsx", ".mts", ".cts"};
  std::vector<std::string> candidates;
  for (const std::string_view folder : kSourceFolders) {
    if (folder == first) continue;
    for (const std::string_view rest : rests) {
      if (rest.empty()) {
        candidates.push_back(join(package_folder, folder));
        continue;
      }
      const std::string stem = join(join(package_folder, folder), stem_of(rest));
      const bool is_file_name = stem_of(rest) != rest;
      if (!is_file_name) candidates.push_back(stem);
      if (is_file_name) {
        for (const std::string_view extension : kSourceExtensions) candidates.push_back(stem + std::string(extension));
      }
    }
  }
  return candidates;
}

std::string target_file(const FolderCache& folders, std::string_view package_folder, std::string_view target) {
  const std::string path = join(package_folder, target);
  const bool is_declaration = is_declaration_name(basename(path));
  std::string direct = is_declaration ? std::string() : file_for(folders, path);
  if (is_typescript_name(basename(direct))) return direct;
  if (is_declaration) {
    // `./src/x.d.ts` beside `./src/x.ts`, or beside the JavaScript that it describes.
    direct = file_for(folders, std::string(stem_of(path)));
    if (is_typescript_name(basename(direct))) return direct;
  }
  for (const std::string& candidate : source_candidates(package_folder, target)) {
    if (folders.is_file(candidate)) return candidate;
  }
  return direct;
}

namespace {

/// The best of several targets: TypeScript first, else the first that exists.
std::string best_file(const FolderCache& folders, const Package& package, const std::vector<std::string>& targets) {
  std::string fallback;
  for (const std::string& target : targets) {
    if (target.empty() || target.front() != '.') continue;
    std::string file = target_file(folders, package.folder, target);
    if (is_typescript_name(basename(file))) return file;
    if (fallback.empty()) fallback = std::move(file);
  }
  return fallback;
}

/// What `exports` names for a subpath; nothing when there is no `exports`.
std::vector<std::string> exported_targets(const Json& manifest, std::string_view subpath) {
  if (!manifest.is_object()) return {};
  const auto exports = manifest.find("exports");
  if (exports == manifest.end() || exports->is_null()) return {};
  const std::string key = subpath.empty() ? "." : "./" + std::string(subpath);
  std::vector<std::string> targets = conditional_targets(*exports, key);
  // `import "x/schema.js"` of a package that exports "./schema".
  if (targets.empty() && !subpath.empty()) targets = conditional_targets(*exports, stem_of(key));
  return targets;
}

/// What the fields that are older than `exports` name for the package itself.
std::vector<std::string> main_targets(const Json& manifest) {
  std::vector<std::string> targets;
  for (const char* field : {"source", "types", "typings", "module", "main"}) {
    const std::string value = string_at(manifest, field);
    if (!value.empty()) targets.push_back(value.front() == '.' ? value : "./" + value);
  }
  return targets;
}

}  // namespace

std::string entry_file(const FolderCache& folders, const Package& package, std::string_view subpath) {
  std::string exported = best_file(folders, package, exported_targets(package.manifest, subpath));
  if (!exported.empty()) return exported;
  if (!subpath.empty()) {
    std::string file = file_for(folders, join(package.folder, subpath));
    if (file.empty()) file = file_for(folders, join(join(package.folder, "src"), subpath));
    return file;
  }
  std::string file = best_file(folders, package, main_targets(package.manifest));
  if (file.empty()) file = existing_index(folders, package.folder);
  if (file.empty()) file = existing_index(folders, package.folder + "/src");
  return file;
}

std::string named_entry(const Package& package, std::string_view subpath) {
  std::vector<std::string> targets = exported_targets(package.manifest, subpath);
  if (targets.empty() && subpath.empty()) targets = main_targets(package.manifest);
  return targets.empty() ? std::string() : std::move(targets.front());
}

}  // namespace drizzle_audit::workspace
