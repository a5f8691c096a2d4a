// See lock_files.h. The formats are regular enough for a text scan, and these files can be many megabytes.
#include "workspace/lock_files.h"

#include <algorithm>

#include "platform/search.h"

namespace drizzle_audit::workspace {
namespace {

using platform::find;

/// The version that `text` begins with: "0.45.2(pg@8)" -> "0.45.2". Empty when it begins with something else (link:, file:).
std::string version_at(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '"' || text.front() == '\'' || text.front() == ':'))
    text.remove_prefix(1);
  if (text.empty() || text.front() < '0' || text.front() > '9') return {};
  const std::size_t end = text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-+");
  return std::string(text.substr(0, end));
}

std::string_view line_at(std::string_view text, std::size_t at) { return text.substr(at, std::min(text.find('\n', at), text.size()) - at); }

}  // namespace

std::string locked_in_npm(std::string_view text, std::string_view package, std::string_view importer) {
  // "packages/db/node_modules/drizzle-orm": { "version": "0.45.2", … — the importer's own copy before the shared one.
  const std::string shared = std::string("\"node_modules/").append(package).append("\"");
  const std::string own = std::string("\"").append(importer).append("/node_modules/").append(package).append("\"");
  for (const std::string& key : {own, shared}) {
    const std::size_t at = find(text, key);
    if (at == std::string_view::npos) continue;
    const std::size_t end = std::min(find(text, "}", at), text.size());
    const std::size_t version = find(text.substr(0, end), "\"version\":", at);
    if (version != std::string_view::npos) return version_at(text.substr(version + 10));
  }
  return {};
}

std::string locked_in_pnpm(std::string_view text, std::string_view package, std::string_view importer) {
  // importers:\n  packages/db:\n    dependencies:\n      drizzle-orm:\n        specifier: …\n        version: 0.45.2(…)
  for (const std::string& heading :
       {std::string("\n  ").append(importer).append(":\n"), std::string("\n  '").append(importer).append("':\n")}) {
    const std::size_t begin = find(text, heading);
    if (begin == std::string_view::npos) continue;
    std::size_t end = begin + heading.size();
    while (end < text.size() && (line_at(text, end).empty() || line_at(text, end).substr(0, 4) == "    "))
      end += line_at(text, end).size() + 1;
    const std::string_view section = text.substr(begin, std::min(end, text.size()) - begin);
    for (const char* quote : {"", "'"}) {
      const std::size_t entry = find(section, std::string("\n      ").append(quote).append(package).append(quote).append(":"));
      if (entry == std::string_view::npos) continue;
      const std::size_t version = find(section, "version: ", entry);
      if (version == std::string_view::npos) continue;
      if (std::string found = version_at(section.substr(version + 9)); !found.empty()) return found;
    }
  }
  // Older lock files, or an importer that is not listed: the first packages entry, "/drizzle-orm@0.45.2(…)" or "drizzle-orm@0.45.2:".
  for (const char* before : {"\n  ", "\n  /", "\n  '"}) {
    for (const char* separator : {"@", "/"}) {
      const std::string key = std::string(before).append(package).append(separator);
      if (const std::size_t at = find(text, key); at != std::string_view::npos) return version_at(text.substr(at + key.size()));
    }
  }
  return {};
}

std::string locked_in_yarn(std::string_view text, std::string_view package, std::string_view range) {
  // drizzle-orm@^0.45.0, drizzle-orm@^0.45.2:\n  version "0.45.2"      (yarn 2+: "drizzle-orm@npm:^0.45.2":\n  version: 0.45.2)
  std::string first;
  for (const char* before : {"\n", "\n\""}) {
    const std::string key = std::string(before).append(package).append("@");
    for (std::size_t at = find(text, key); at != std::string_view::npos; at = find(text, key, at + 1)) {
      const std::size_t version = find(text, "\n  version", at);
      if (version == std::string_view::npos) break;
      std::string found = version_at(text.substr(version + 10));
      if (!range.empty() && line_at(text, at + 1).find(range) != std::string_view::npos) return found;
      if (first.empty()) first = std::move(found);
    }
  }
  return first;
}

std::string locked_in_bun(std::string_view text, std::string_view package) {
  // "drizzle-orm": ["drizzle-orm@0.45.2", …
  const std::string key = std::string("[\"").append(package).append("@");
  const std::size_t at = find(text, key);
  return at == std::string_view::npos ? std::string() : version_at(text.substr(at + key.size()));
}

}  // namespace drizzle_audit::workspace
