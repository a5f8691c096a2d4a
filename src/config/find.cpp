// Which file is the config.
#include <array>
#include <string_view>

#include "config/load.h"
#include "workspace/jsonc.h"
#include "workspace/paths.h"

namespace drizzle_audit::config {
namespace {

constexpr std::array<std::string_view, 3> kNames = {"drizzle-audit.json", "drizzle-audit.jsonc", "package.json"};

/// A package.json that is broken and names us counts: without it the run would silently ignore what the user set.
bool holds_config(const workspace::FileSystem& files, const std::string& path) {
  if (files.kind(path) != workspace::EntryKind::kFile) return false;
  if (workspace::basename(path) != "package.json") return true;
  const auto package = workspace::read_jsonc(files, path);
  if (const auto* json = std::get_if<workspace::Json>(&package)) return json->is_object() && json->contains("drizzle-audit");
  const auto text = files.read(path, workspace::kMaxSourceBytes);
  const auto* content = std::get_if<std::string>(&text);
  return content != nullptr && content->find("\"drizzle-audit\"") != std::string::npos;
}

}  // namespace

std::optional<FoundConfig> find_config(const workspace::FileSystem& files, const std::string& root) {
  for (std::string folder = root;; folder = workspace::dirname(folder)) {
    std::optional<FoundConfig> found;
    for (const std::string_view name : kNames) {
      std::string path = workspace::join(folder, name);
      if (!holds_config(files, path)) continue;
      if (found) {
        found->ignored.push_back(std::move(path));
      } else {
        found = FoundConfig{.path = std::move(path), .ignored = {}};
      }
    }
    if (found || folder == "/" || files.kind(workspace::join(folder, ".git"))) return found;
  }
}

}  // namespace drizzle_audit::config
