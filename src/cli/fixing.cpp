#include "cli/fixing.h"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/resolve.h"
#include "platform/platform.h"
#include "text/unified_diff.h"
#include "workspace/disk_file_system.h"
#include "workspace/ignored_files.h"
#include "workspace/paths.h"

namespace drizzle_audit::cli {
namespace {

/// Passes over one project. Each re-reads it; a fix that needs another one first waits for the next pass.
constexpr int kMostPasses = 200;

/// A fingerprint without the number that tells equal ones apart: after a fix the numbers of the others change.
std::string base_of(const std::string& fingerprint) {
  const std::size_t hash = fingerprint.rfind(" #");
  const bool numbered = hash != std::string::npos && hash + 2 < fingerprint.size() &&
                        fingerprint.find_first_not_of("0123456789", hash + 2) == std::string::npos;
  return numbered ? fingerprint.substr(0, hash) : fingerprint;
}

std::map<std::string, std::size_t> counted(const audit::AuditResult& result) {
  std::map<std::string, std::size_t> counts;
  for (const Finding& finding : result.findings) {
    if (!finding.suppressed) ++counts[base_of(finding.fingerprint)];
  }
  return counts;
}

/// What must not come into being through a fix: files that do not parse, schemas that throw, imports that lead nowhere.
std::size_t problems_of(const Audited& audited) {
  std::size_t count = 0;
  for (const schema::OwnedModel& owned : audited.project.project.models) count += owned.model.problems.size();
  return count;
}

/// Of the fixes applied between the two audits, those that did not do what they promised; all of them when something broke.
std::vector<std::string> failures(const Audited& before, const Audited& after, const fix::Applied& applied) {
  const audit::Coverage& old = before.result.coverage;
  const audit::Coverage& now = after.result.coverage;
  if (!applied.parses || now.tables < old.tables || now.unknowns > old.unknowns || problems_of(after) > problems_of(before))
    return applied.fingerprints;
  std::map<std::string, std::size_t> counts = counted(before.result);
  const std::map<std::string, std::size_t> left = counted(after.result);
  std::map<std::string, std::size_t> cured;
  for (const std::string& fingerprint : applied.fingerprints) ++cured[base_of(fingerprint)];
  std::vector<std::string> failed;
  for (const std::string& fingerprint : applied.fingerprints) {
    const std::string base = base_of(fingerprint);
    const auto found = left.find(base);
    if (found != left.end() && found->second + cured[base] > counts[base]) failed.push_back(fingerprint);
  }
  return failed;
}

std::string list_of_paths(const std::vector<std::string>& paths) {
  std::string text;
  for (const std::string& path : paths) text += (text.empty() ? "" : ", ") + path;
  return text;
}

}  // namespace

std::variant<Audited, Error> audit_project(std::unique_ptr<workspace::FileSystem> files, const ProjectOptions& where,
                                           const CheckOptions& options, const config::Config& config) {
  if (files == nullptr) files = std::make_unique<workspace::DiskFileSystem>();
  std::variant<std::string, Error> root = find_root(*files, where);
  if (Error* error = std::get_if<Error>(&root)) return std::move(*error);
  const config::Selection selection{.preset = options.preset, .only = options.only, .skip = options.skip};
  const config::Settings settings = config::resolve(config, std::get<std::string>(root), all_rules(), selection);
  const Purpose purpose = purpose_of(settings);
  std::variant<LoadedProject, Error> loaded = load_project(where, purpose, std::move(files));
  if (Error* error = std::get_if<Error>(&loaded)) return std::move(*error);
  Audited audited{.project = std::get<LoadedProject>(std::move(loaded)), .baseline = {}, .result = {}};
  prepare_audit(audited.project, where, config, purpose);
  if (!options.baseline.none) {
    std::variant<BaselineFile, Error> read = read_baseline(audited.project, options.baseline, config);
    if (Error* error = std::get_if<Error>(&read)) return std::move(*error);
    audited.baseline = std::get<BaselineFile>(std::move(read));
  }
  audited.result =
      audit::run(audited.project.rule_inputs(), settings, audited.baseline ? &audited.baseline->baseline : nullptr, where.threads);
  return audited;
}

void narrow_to_paths(Audited& audited, const config::Config& config) {
  const LoadedProject& project = audited.project;
  audit::narrow(audited.result,
                [&](std::string_view path) { return project.wants(path) && !config::is_ignored(config, project.root, path); });
}

fix::Surroundings surroundings_of(const LoadedProject& project, const config::Config& config) {
  // What git ignores was made by a program, and the next run of it would undo the edit.
  const auto may_edit = [ignored = std::make_shared<workspace::IgnoredFiles>(*project.files, project.root), root = project.root,
                         &config](std::string_view path) { return !config::is_ignored(config, root, path) && !ignored->contain(path); };
  return {.files = *project.files, .root = project.root, .may_edit = may_edit, .trees = project.project.trees};
}

void propose_fixes(Audited& audited, const config::Config& config, unsigned threads) {
  fix::Surroundings surroundings = surroundings_of(audited.project, config);
  surroundings.threads = threads;
  fix::propose(audited.result, surroundings);
}

std::variant<Fixed, Error> apply_fixes(const CheckOptions& options, const config::Config& config, Audited first) {
  const std::string root = first.project.root;
  std::set<std::string> blocked;  // what did not help when it was tried
  workspace::OverlayFiles texts;
  ProjectOptions again = options.project;
  again.hints = false;
  Fixed fixed;
  std::optional<Audited> later;
  bool settled = false;
  for (int pass = 0, rank = 0, idle = 0; pass < kMostPasses && !settled; ++pass) {
    const Audited& now = later ? *later : first;
    const auto wants = [&](const Finding& finding) { return !blocked.contains(finding.fingerprint); };
    fix::Applied applied =
        fix::apply(now.result, surroundings_of(now.project, config), {.unsafe = options.unsafe_fixes, .rank = rank, .wants = wants});
    if (applied.texts.empty()) {
      rank = (rank + 1) % fix::kRanks;
      settled = ++idle == fix::kRanks;
      continue;
    }
    idle = 0;
    workspace::OverlayFiles next = texts;
    for (auto& [path, text] : applied.texts) next[workspace::join(root, path)] = std::move(text);
    auto overlaid = std::make_unique<workspace::OverlayFileSystem>(std::make_unique<workspace::DiskFileSystem>(), next);
    std::variant<Audited, Error> audit = audit_project(std::move(overlaid), again, options, config);
    Audited* after = std::get_if<Audited>(&audit);
    if (after != nullptr) narrow_to_paths(*after, config);
    const std::vector<std::string> failed = after == nullptr ? applied.fingerprints : failures(now, *after, applied);
    if (!failed.empty()) {
      // As if this pass had not been; the next one goes without them.
      blocked.insert(failed.begin(), failed.end());
      continue;
    }
    texts = std::move(next);
    fixed.applied += applied.fingerprints.size();
    later = std::move(*after);
  }
  if (!settled) {
    return Error{.message = "the fixes do not settle; nothing was changed",
                 .help = "apply them rule by rule: --only RULE --fix; drizzle-audit doctor prints what a report about it needs"};
  }
  const Sources& sources = *first.project.project.sources;
  for (const auto& [path, text] : texts) {
    FixedFile file{.path = workspace::relative_path(path, root), .before = {}, .after = text.value_or("")};
    // What was read first, not what is there now: write_sources() compares.
    for (FileId id = 0; id < sources.size(); ++id) {
      if (sources.path(id) == file.path) file.before = sources.text(id);
    }
    if (file.before == file.after) continue;
    fixed.patch += text::unified_diff(file.path, file.before, file.after);
    fixed.files.push_back(std::move(file));
  }
  fixed.audited = later ? std::move(*later) : std::move(first);
  return fixed;
}

std::optional<Error> write_sources(const Fixed& fixed) { return write_sources(fixed.audited.project.root, fixed.files); }

std::optional<Error> write_sources(const std::string& root, const std::vector<FixedFile>& files) {
  const workspace::DiskFileSystem disk;
  for (const FixedFile& file : files) {
    const std::string path = workspace::join(root, file.path);
    if (file.created) {
      if (disk.kind(path))
        return Error{.message = "it was created meanwhile; nothing was written", .help = "run it again", .path = file.path};
      continue;
    }
    const auto now = disk.read(path, workspace::kMaxSourceBytes);
    const std::string* text = std::get_if<std::string>(&now);
    if (text == nullptr || *text != file.before)
      return Error{.message = "it has changed since it was read; nothing was written", .help = "run it again", .path = file.path};
  }
  std::vector<std::string> written;
  for (const FixedFile& file : files) {
    const std::string path = workspace::join(root, file.path);
    // Once more, right before: an editor may have saved it while the others were written.
    const auto now =
        file.created ? std::variant<std::string, workspace::FileError>(std::string()) : disk.read(path, workspace::kMaxSourceBytes);
    const std::string* text = std::get_if<std::string>(&now);
    std::string why;
    if (text == nullptr || *text != file.before) why = "it has changed since it was read";
    else why = file.created ? platform::write_file(path, file.after) : platform::update_file(path, file.after);
    if (why.empty()) {
      written.push_back(file.path);
      continue;
    }
    Error error{.message = "cannot write it: " + why, .path = file.path};
    error.help =
        written.empty() ? "nothing was written" : "written before that: " + list_of_paths(written) + "; the others are as they were";
    return error;
  }
  return std::nullopt;
}

std::string fixed_text(const Fixed& fixed) {
  if (fixed.files.empty()) return "nothing to fix";
  std::vector<std::string> paths;
  for (const FixedFile& file : fixed.files) paths.push_back(file.path);
  return "applied " + std::to_string(fixed.applied) + (fixed.applied == 1 ? " fix" : " fixes") + " in " + std::to_string(paths.size()) +
         (paths.size() == 1 ? " file: " : " files: ") + list_of_paths(paths);
}

}  // namespace drizzle_audit::cli
