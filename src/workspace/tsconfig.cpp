// See tsconfig.h. TypeScript's own reading is in src/compiler/commandLineParser.ts.
#include "workspace/tsconfig.h"

#include <algorithm>
#include <utility>

#include "workspace/glob.h"
#include "workspace/paths.h"

namespace drizzle_audit::workspace {
namespace {

constexpr unsigned kMaxExtends = 32;
constexpr std::string_view kConfigDir = "${configDir}";

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

/// `${configDir}` stays in place until the outermost config is known (TypeScript 5.5).
std::string absolute(std::string_view folder, std::string_view path) {
  if (path.substr(0, kConfigDir.size()) == kConfigDir) return std::string(path);
  return join(folder, path);
}

void fill_in_config_dir(std::string& path, std::string_view folder) {
  if (path.compare(0, kConfigDir.size(), kConfigDir) != 0) return;
  path = normalize(std::string(folder) + "/" + path.substr(kConfigDir.size()));
}

std::optional<std::vector<std::string>> string_list(const Json* value, std::string_view folder) {
  if (value == nullptr || !value->is_array()) return std::nullopt;
  std::vector<std::string> result;
  for (const Json& item : *value) {
    if (item.is_string()) result.push_back(absolute(folder, item.get<std::string>()));
  }
  return result;
}

std::size_t prefix_length(const PathAlias& alias) {
  const std::size_t star = alias.pattern.find('*');
  return star == std::string::npos ? alias.pattern.size() + 1000 : star;
}

std::vector<PathAlias> read_paths(const Json& paths, const std::string& base) {
  std::vector<PathAlias> result;
  for (const auto& [pattern, targets] : paths.items()) {
    if (std::count(pattern.begin(), pattern.end(), '*') > 1 || !targets.is_array()) continue;
    PathAlias alias;
    alias.pattern = pattern;
    for (const Json& target : targets) {
      if (target.is_string()) alias.targets.push_back(absolute(base, target.get<std::string>()));
    }
    if (!alias.targets.empty()) result.push_back(std::move(alias));
  }
  // TypeScript tries an exact pattern first, then the one with the longest text before its `*`.
  std::stable_sort(result.begin(), result.end(),
                   [](const PathAlias& a, const PathAlias& b) { return prefix_length(a) > prefix_length(b); });
  return result;
}

}  // namespace

std::optional<std::string_view> match_alias(std::string_view pattern, std::string_view specifier) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == specifier ? std::optional<std::string_view>("") : std::nullopt;
  const std::string_view before = pattern.substr(0, star);
  const std::string_view after = pattern.substr(star + 1);
  if (specifier.size() < before.size() + after.size() || specifier.substr(0, before.size()) != before) return std::nullopt;
  if (specifier.substr(specifier.size() - after.size()) != after) return std::nullopt;
  return specifier.substr(before.size(), specifier.size() - before.size() - after.size());
}

const TsConfigs::Loaded* TsConfigs::load(const std::string& path, unsigned depth) const {
  // A config that extends itself finds the empty place of the one being read.
  const auto [place, is_new] = by_path_.try_emplace(path);
  if (!is_new) return place->second.get();
  auto json = read_jsonc(folders_.files(), path);
  if (auto* error = std::get_if<JsonError>(&json)) {
    problems_.push_back({path, std::move(*error)});
    return nullptr;
  }
  auto loaded = std::make_unique<Loaded>();
  loaded->inheritable.path = path;
  read_into(*loaded, std::get<Json>(json), depth);
  TsConfig& config = loaded->config = loaded->inheritable;
  for (std::string* text : {&config.base_url, &config.out_dir, &config.root_dir}) fill_in_config_dir(*text, dirname(path));
  for (PathAlias& alias : config.paths) {
    for (std::string& target : alias.targets) fill_in_config_dir(target, dirname(path));
  }
  return (place->second = std::move(loaded)).get();
}

void TsConfigs::read_into(Loaded& loaded, const Json& json, unsigned depth) const {
  const std::string folder(dirname(loaded.inheritable.path));
  if (const Json* extends = member(json, "extends"); extends != nullptr && depth < kMaxExtends) {
    if (extends->is_string()) inherit(loaded, extends->get<std::string>(), depth);
    if (extends->is_array()) {
      for (const Json& item : *extends) {
        if (item.is_string()) inherit(loaded, item.get<std::string>(), depth);
      }
    }
  }
  if (auto files = string_list(member(json, "files"), folder)) loaded.files = std::move(files);
  if (auto include = string_list(member(json, "include"), folder)) loaded.include = std::move(include);
  if (const Json* references = member(json, "references"); references != nullptr && references->is_array()) {
    for (const Json& reference : *references) {
      const std::string target = string_at(reference, "path");
      if (target.empty()) continue;
      const std::string path = join(folder, target);
      loaded.references.push_back(folders_.is_folder(path) ? join(path, "tsconfig.json") : path);
    }
  }
  const Json* options = member(json, "compilerOptions");
  if (options == nullptr) return;
  const auto set_folder = [&](std::string& to, const char* key) {
    const std::string value = string_at(*options, key);
    if (!value.empty()) to = absolute(folder, value);
  };
  set_folder(loaded.inheritable.base_url, "baseUrl");
  set_folder(loaded.inheritable.out_dir, "outDir");
  set_folder(loaded.inheritable.root_dir, "rootDir");
  if (const Json* paths = member(*options, "paths"); paths != nullptr && paths->is_object()) {
    loaded.inheritable.paths = read_paths(*paths, loaded.inheritable.base_url.empty() ? folder : loaded.inheritable.base_url);
  }
}

void TsConfigs::inherit(Loaded& loaded, const std::string& specifier, unsigned depth) const {
  const std::string path = find_extended(specifier, dirname(loaded.inheritable.path));
  const Loaded* base = path.empty() ? nullptr : load(path, depth + 1);
  if (base == nullptr) return;  // a shared config of a package that is not installed says little about paths
  const auto take = [](std::string& to, const std::string& from) {
    if (!from.empty()) to = from;
  };
  take(loaded.inheritable.base_url, base->inheritable.base_url);
  take(loaded.inheritable.out_dir, base->inheritable.out_dir);
  take(loaded.inheritable.root_dir, base->inheritable.root_dir);
  if (!base->inheritable.paths.empty()) loaded.inheritable.paths = base->inheritable.paths;
  if (base->files) loaded.files = base->files;
  if (base->include) loaded.include = base->include;
}

std::string TsConfigs::find_extended(const std::string& specifier, std::string_view from_folder) const {
  const auto existing = [this](const std::string& path) -> std::string {
    if (folders_.is_file(path)) return path;
    if (folders_.is_file(path + ".json")) return path + ".json";
    if (folders_.is_file(path + "/tsconfig.json")) return path + "/tsconfig.json";
    return {};
  };
  if (specifier.empty()) return {};
  if (specifier.front() == '.' || specifier.front() == '/') return existing(join(from_folder, specifier));
  for (std::string folder(from_folder);; folder = dirname(folder)) {
    std::string found = existing(join(folder, "node_modules/" + specifier));
    if (!found.empty()) return found;
    if (folder == root_ || folder == "/") break;
  }
  // A shared config of the same workspace, in a checkout without node_modules.
  const bool is_scoped = specifier.front() == '@';
  const std::size_t slash = specifier.find('/', is_scoped ? std::min(specifier.find('/'), specifier.size() - 1) + 1 : 0);
  const Package* package = packages_.by_name(specifier.substr(0, slash));
  if (package == nullptr) return {};
  return existing(slash == std::string::npos ? package->folder : join(package->folder, specifier.substr(slash + 1)));
}

const TsConfigs::Loaded* TsConfigs::in_folder(const std::string& folder) const {
  const auto [place, is_new] = by_folder_.try_emplace(folder, nullptr);
  if (!is_new) return place->second;
  for (const char* name : {"tsconfig.json", "jsconfig.json"}) {
    const std::string path = join(folder, name);
    if (!folders_.is_file(path)) continue;
    place->second = load(path, 0);
    break;
  }
  return place->second;
}

bool TsConfigs::covers(const Loaded& loaded, std::string_view file) {
  if (loaded.files && std::find(loaded.files->begin(), loaded.files->end(), file) != loaded.files->end()) return true;
  if (!loaded.include) return !loaded.files && is_within(file, dirname(loaded.config.path));
  return std::any_of(loaded.include->begin(), loaded.include->end(), [file, &loaded](std::string pattern) {
    fill_in_config_dir(pattern, dirname(loaded.config.path));
    return is_within(file, pattern) || matches(pattern, file);
  });
}

std::vector<const TsConfig*> TsConfigs::for_file(std::string_view file) const {
  const std::lock_guard lock(mutex_);
  std::vector<const TsConfig*> chain;
  bool depends_on_file = false;
  std::vector<std::pair<std::string, std::size_t>> passed;  // folders without a known chain, and where theirs begins
  for (std::string folder(dirname(file));; folder = dirname(folder)) {
    if (const auto known = chains_.find(folder); known != chains_.end()) {
      chain.insert(chain.end(), known->second.begin(), known->second.end());
      break;
    }
    passed.emplace_back(folder, chain.size());
    if (const Loaded* loaded = in_folder(folder)) {
      const bool is_solution = !loaded->references.empty() && ((loaded->files && loaded->files->empty()) || loaded->config.paths.empty());
      if (is_solution) {
        depends_on_file = true;
        for (const std::string& reference : loaded->references) {
          const Loaded* other = folders_.is_file(reference) ? load(reference, 0) : nullptr;
          if (other != nullptr && covers(*other, file)) chain.push_back(&other->config);
        }
      }
      chain.push_back(&loaded->config);
    }
    if (folder == root_ || folder == "/" || folder == ".") break;
  }
  if (depends_on_file) return chain;
  for (auto& [folder, begin] : passed) {
    chains_.emplace(std::move(folder), std::vector(chain.begin() + static_cast<std::ptrdiff_t>(begin), chain.end()));
  }
  return chain;
}

const TsConfig* TsConfigs::nearest(std::string_view file) const {
  const auto chain = for_file(file);
  return chain.empty() ? nullptr : chain.front();
}

std::vector<ConfigProblem> TsConfigs::problems() const {
  const std::lock_guard lock(mutex_);
  std::vector<ConfigProblem> result = problems_;
  std::sort(result.begin(), result.end(), [](const ConfigProblem& a, const ConfigProblem& b) { return a.path < b.path; });
  return result;
}

}  // namespace drizzle_audit::workspace
