// See paths.h.
#include "workspace/paths.h"

#include <array>
#include <vector>

namespace drizzle_audit::workspace {

bool is_absolute(std::string_view path) { return !path.empty() && path.front() == '/'; }

std::string normalize(std::string_view path) {
  const bool absolute = is_absolute(path);
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  while (begin <= path.size()) {
    std::size_t end = path.find('/', begin);
    if (end == std::string_view::npos) end = path.size();
    const std::string_view part = path.substr(begin, end - begin);
    begin = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      if (!parts.empty() && parts.back() != "..") {
        parts.pop_back();
      } else if (!absolute) {
        parts.push_back(part);
      }
      continue;
    }
    parts.push_back(part);
  }
  std::string result;
  result.reserve(path.size() + 1);
  for (const std::string_view part : parts) {
    if (absolute || !result.empty()) result += '/';
    result += part;
  }
  if (result.empty()) result = absolute ? "/" : ".";
  return result;
}

std::string join(std::string_view base, std::string_view path) {
  if (is_absolute(path)) return normalize(path);
  std::string both;
  both.reserve(base.size() + path.size() + 1);
  both += base;
  both += '/';
  both += path;
  return normalize(both);
}

std::string_view dirname(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return slash == 0 ? path.substr(0, 1) : path.substr(0, slash);
}

std::string_view basename(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view extension(std::string_view path) {
  const std::string_view name = basename(path);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  return name.substr(dot);
}

std::string_view without_extension(std::string_view path) { return path.substr(0, path.size() - extension(path).size()); }

bool is_within(std::string_view path, std::string_view folder) {
  if (folder == "/") return is_absolute(path);
  return path.substr(0, folder.size()) == folder && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string relative_path(std::string_view path, std::string_view folder) {
  if (path == folder) return ".";
  std::string up;
  while (!is_within(path, folder)) {
    up += up.empty() ? ".." : "/..";
    folder = dirname(folder);
  }
  std::string_view rest = path.substr(folder == "/" ? 0 : folder.size());
  if (!rest.empty() && rest.front() == '/') rest.remove_prefix(1);
  if (up.empty()) return std::string(rest);
  if (!rest.empty()) {
    up += '/';
    up += rest;
  }
  return up;
}

bool is_declaration_name(std::string_view name) {
  const std::string_view last = extension(name);
  if (last != ".ts" && last != ".mts" && last != ".cts") return false;
  const std::string_view stem = name.substr(0, name.size() - last.size());
  const std::string_view inner = extension(stem);
  if (inner == ".d") return true;
  // `x.d.css.ts` declares what `x.css` gives (TypeScript's allowArbitraryExtensions).
  return last == ".ts" && !inner.empty() && extension(stem.substr(0, stem.size() - inner.size())) == ".d";
}

bool is_typescript_name(std::string_view name) {
  const std::string_view last = extension(name);
  return (last == ".ts" || last == ".tsx" || last == ".mts" || last == ".cts") && !is_declaration_name(name);
}

bool is_source_name(std::string_view name) {
  // Called for every file of the tree: most names are told apart by their last letter.
  if (name.size() < 4 || (name.back() != 's' && name.back() != 'x')) return false;
  const std::string_view last = extension(name);
  if (last == ".js" || last == ".mjs" || last == ".cjs" || last == ".jsx") return true;
  return is_typescript_name(name);
}

}  // namespace drizzle_audit::workspace
