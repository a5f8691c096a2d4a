// See orm_version.h.
#include "workspace/orm_version.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "workspace/lock_files.h"
#include "workspace/paths.h"

namespace drizzle_audit::workspace {
namespace {

constexpr std::string_view kPackage = "drizzle-orm";
constexpr std::uint64_t kMaxLockBytes = 64U << 20U;

std::string declared_version(const Json& manifest) {
  for (const char* section : {"dependencies", "devDependencies", "peerDependencies", "optionalDependencies"}) {
    if (!manifest.is_object()) break;
    const auto list = manifest.find(section);
    if (list == manifest.end()) continue;
    std::string version = string_at(*list, "drizzle-orm");
    if (!version.empty()) return version;
  }
  return {};
}

std::string from_lock_files(const FolderCache& folders, const std::string& lock_folder, std::string_view importer, std::string_view range) {
  const auto text_of = [&](const char* name) -> std::string {
    const std::string path = join(lock_folder, name);
    if (!folders.is_file(path)) return {};
    auto text = folders.files().read(path, kMaxLockBytes);
    auto* content = std::get_if<std::string>(&text);
    return content == nullptr ? std::string() : std::move(*content);
  };
  std::string version = locked_in_pnpm(text_of("pnpm-lock.yaml"), kPackage, importer);
  if (version.empty()) version = locked_in_bun(text_of("bun.lock"), kPackage);
  if (version.empty()) version = locked_in_yarn(text_of("yarn.lock"), kPackage, range);
  if (version.empty()) version = locked_in_npm(text_of("package-lock.json"), kPackage, importer);
  return version;
}

/// Lock files and installed packages, from `folder` up to the workspace root.
std::string installed_version(const Packages& packages, const std::string& folder, std::string_view range) {
  const FolderCache& folders = packages.folders();
  for (std::string at = folder;; at = dirname(at)) {
    std::string version = from_lock_files(folders, at, relative_path(folder, at), range);
    if (!version.empty()) return version;
    const std::string installed = join(at, "node_modules/drizzle-orm/package.json");
    if (folders.is_file(installed)) {
      const auto json = read_jsonc(folders.files(), installed);
      if (const auto* manifest = std::get_if<Json>(&json)) return string_at(*manifest, "version");
    }
    if (at == packages.workspace_root() || at == "/") return {};
  }
}

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

OrmVersion judge(const Packages& packages, const std::string& folder, std::string text, std::string path) {
  OrmVersion result;
  result.text = std::move(text);
  result.path = std::move(path);
  std::string range = result.text;
  if (starts_with(range, "catalog:")) {
    range = packages.catalog_version(std::string_view(range).substr(8), kPackage);
    result.resolved = range;
  }
  if (const auto known = range_is_v1(range)) {
    result.is_v1 = *known;
    return result;
  }
  const std::string installed = installed_version(packages, folder, range);
  if (!installed.empty()) {
    result.resolved = installed;
    result.is_v1 = range_is_v1(installed).value_or(false);
    return result;
  }
  // npm's tags: `latest` is 0.45, `beta` and `rc` are 1.0. A tag with a suffix (`beta-abc123`) is a build of the same line.
  result.is_v1 = starts_with(range, "beta") || starts_with(range, "rc") || starts_with(range, "next");
  return result;
}

}  // namespace

std::optional<bool> range_is_v1(std::string_view range) {
  for (const std::string_view prefix : {std::string_view("npm:"), std::string_view("workspace:")}) {
    if (starts_with(range, prefix)) range.remove_prefix(prefix.size());
  }
  if (starts_with(range, "drizzle-orm@")) range.remove_prefix(12);
  if (range.find(':') != std::string_view::npos || range.find('/') != std::string_view::npos)
    return std::nullopt;  // link:, file:, git, URL
  // "^0.45.0 || ^1.0.0-beta" does not tell; neither does ">=0.30".
  std::optional<bool> answer;
  while (!range.empty()) {
    std::size_t end = range.find("||");
    if (end == std::string_view::npos) end = range.size();
    std::string_view part = range.substr(0, end);
    range.remove_prefix(std::min(end + 2, range.size()));
    part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
    const bool is_open = starts_with(part, ">") && part.find('<') == std::string_view::npos;
    part.remove_prefix(std::min(part.find_first_not_of("^~>=<v "), part.size()));
    unsigned major = 0;
    if (std::from_chars(part.data(), part.data() + part.size(), major).ec != std::errc()) return std::nullopt;
    const bool is_v1 = major >= 1;
    if ((is_open && !is_v1) || (answer && *answer != is_v1)) return std::nullopt;
    answer = is_v1;
  }
  return answer;
}

std::optional<OrmVersion> find_orm_version(const Packages& packages, const std::string& folder) {
  for (std::string at = folder;; at = dirname(at)) {
    if (const Package* package = packages.in_folder(at)) {
      std::string version = declared_version(package->manifest);
      if (!version.empty()) return judge(packages, at, std::move(version), join(at, "package.json"));
    }
    if (at == packages.workspace_root() || at == "/" || at == ".") break;
  }
  // Not listed (a hoisted or generated package.json), but perhaps locked or installed.
  std::string installed = installed_version(packages, folder, "");
  if (installed.empty()) return std::nullopt;
  OrmVersion result;
  result.text = installed;
  result.is_v1 = range_is_v1(installed).value_or(false);
  result.resolved = std::move(installed);
  return result;
}

}  // namespace drizzle_audit::workspace
