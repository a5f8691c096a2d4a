#include "cli/changes.h"

#include <algorithm>
#include <set>
#include <utility>

#include "platform/platform.h"
#include "workspace/disk_file_system.h"
#include "workspace/paths.h"

namespace drizzle_audit::cli {
namespace {

std::unique_ptr<workspace::FileSystem> over_disk(const workspace::OverlayFiles& files) {
  return std::make_unique<workspace::OverlayFileSystem>(std::make_unique<workspace::DiskFileSystem>(), files);
}

/// A folder that is in the project, wherever its root may turn out to be.
std::string start_folder(const workspace::FileSystem& disk, const ProjectOptions& options) {
  const std::string& given = !options.root.empty()             ? options.root
                             : !options.paths.empty()          ? options.paths.front()
                             : !options.drizzle_config.empty() ? options.drizzle_config
                                                               : std::string();
  std::string path = disk.real_path(given.empty() ? platform::current_folder() : absolute_path(given));
  // A file, or something that is only in the index.
  while (disk.kind(path) != workspace::EntryKind::kFolder && path != "/") path = workspace::dirname(path);
  return path;
}

bool touches(const git::Comparison& changes, const std::string& path, const Location& location) {
  // A folder stands for all files in it: git lists what is new as briefly as it can.
  for (std::string at = path; at != "/" && at != "."; at = workspace::dirname(at)) {
    const auto found = changes.lines.find(at);
    if (found == changes.lines.end()) continue;
    // An end at the first column of a line is that of the line before.
    const std::uint32_t last = location.end_column <= 1 ? std::max(location.line, location.end_line - 1) : location.end_line;
    return std::any_of(found->second.begin(), found->second.end(),
                       [&](const git::LineRange& range) { return range.first <= last && range.last >= location.line; });
  }
  return false;
}

}  // namespace

std::variant<std::optional<git::Comparison>, Error> find_changes(const CheckOptions& options) {
  const ChangeOptions& change = options.change;
  const int asked = (change.staged ? 1 : 0) + (change.changed ? 1 : 0) + (change.since ? 1 : 0);
  if (asked == 0) return std::nullopt;
  if (asked > 1) return Error{.message = "--staged, --changed and --since exclude each other", .help = "give one of them"};
  const workspace::DiskFileSystem disk;
  const git::Scope scope = change.staged ? git::Scope::kStaged : change.changed ? git::Scope::kChanged : git::Scope::kSince;
  auto compared = git::compare(disk, start_folder(disk, options.project), scope, change.since.value_or(""));
  if (auto* error = std::get_if<git::Error>(&compared)) return Error{.message = std::move(error->message), .help = std::move(error->help)};
  return std::get<git::Comparison>(std::move(compared));
}

std::unique_ptr<workspace::FileSystem> files_now(const std::optional<git::Comparison>& changes) {
  if (!changes || changes->now.empty()) return std::make_unique<workspace::DiskFileSystem>();
  return over_disk(changes->now);
}

std::unique_ptr<workspace::FileSystem> files_before(const git::Comparison& changes) { return over_disk(changes.before); }

void keep_changed(audit::AuditResult& result, const git::Comparison& changes, const std::string& root, const audit::AuditResult& before) {
  std::set<std::string_view> known;
  for (const Finding& finding : before.findings) {
    if (!finding.suppressed || finding.suppressed->kind == SuppressionKind::kBaseline) known.insert(finding.fingerprint);
  }
  audit::keep(result, [&](const Finding& finding) {
    if (!known.contains(finding.fingerprint)) return true;
    if (!finding.span.somewhere()) return false;
    const Location location = result.sources->location(finding.span);
    return touches(changes, workspace::join(root, location.path), location);
  });
}

}  // namespace drizzle_audit::cli
