// `drizzle-audit baseline create|update|prune|show`: adopt the audit on an old project, so that only new findings count.
#include <algorithm>
#include <map>
#include <set>

#include "audit/audit.h"
#include "audit/baseline.h"
#include "cli/baseline.h"
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/output.h"
#include "cli/project.h"
#include "config/resolve.h"
#include "report/terminal_text.h"
#include "workspace/disk_file_system.h"

namespace drizzle_audit::cli {
namespace {

using Key = std::pair<std::string, std::string>;

Key key_of(const audit::BaselineEntry& entry) { return {entry.rule, entry.object}; }

std::string counted(std::size_t count, std::string_view noun, std::string_view plural) {
  return std::to_string(count) + " " + std::string(count == 1 ? noun : plural);
}

/// What a baseline of the project as it is would hold.
std::vector<audit::BaselineEntry> current_entries(const audit::AuditResult& result, const config::Settings& settings) {
  std::vector<audit::BaselineEntry> entries;
  for (const Finding& finding : result.findings) {
    const bool inline_suppressed = finding.suppressed && finding.suppressed->kind == SuppressionKind::kInline;
    if (!inline_suppressed && audit::may_be_baselined(finding.rule, settings.known)) entries.push_back(audit::baseline_entry(finding));
  }
  return entries;
}

int write_baseline(const BaselineFile& file, const std::vector<audit::BaselineEntry>& entries, const std::string& summary) {
  const int status = write_report(audit::baseline_text(entries), file.path, kExitClean);
  if (status == kExitClean) print_hint(summary);
  return status;
}

int create(const BaselineFile& file, const std::vector<audit::BaselineEntry>& current, bool force) {
  if (file.exists && !force) {
    print_error({.message = "there is a baseline already",
                 .help = "drizzle-audit baseline update adds what is new and drops what is gone; --force writes it anew",
                 .path = file.shown});
    return kExitFailure;
  }
  std::set<std::string> rules;
  for (const audit::BaselineEntry& entry : current) rules.insert(entry.rule);
  return write_baseline(
      file, current,
      "wrote " + counted(current.size(), "finding", "findings") + " of " + counted(rules.size(), "rule", "rules") + " to " + file.shown);
}

int update(const BaselineFile& file, const std::vector<audit::BaselineEntry>& current) {
  std::set<Key> before;
  std::set<Key> after;
  for (const audit::BaselineEntry& entry : file.baseline.entries) before.insert(key_of(entry));
  for (const audit::BaselineEntry& entry : current) after.insert(key_of(entry));
  const auto missing_in = [](const std::set<Key>& a, const std::set<Key>& b) {
    return static_cast<std::size_t>(std::count_if(a.begin(), a.end(), [&](const Key& key) { return !b.contains(key); }));
  };
  return write_baseline(file, current,
                        file.shown + ": " + std::to_string(missing_in(after, before)) + " added, " +
                            std::to_string(missing_in(before, after)) + " removed, " + counted(after.size(), "entry", "entries") +
                            " in all");
}

int prune(const BaselineFile& file, const std::vector<audit::BaselineEntry>& current) {
  std::set<Key> known;
  for (const audit::BaselineEntry& entry : current) known.insert(key_of(entry));
  std::vector<audit::BaselineEntry> kept = file.baseline.entries;
  const std::size_t removed = std::erase_if(kept, [&](const audit::BaselineEntry& entry) { return !known.contains(key_of(entry)); });
  if (removed == 0) {
    print_hint(file.shown + ": no stale entry");
    return kExitClean;
  }
  return write_baseline(file, kept,
                        file.shown + ": " + std::to_string(removed) + " removed, " + counted(kept.size(), "entry", "entries") + " left");
}

int show(const BaselineFile& file, const std::vector<audit::BaselineEntry>& current, const OutputOptions& output) {
  std::set<Key> known;
  for (const audit::BaselineEntry& entry : current) known.insert(key_of(entry));
  std::map<std::string, std::set<std::string>> by_rule;
  for (const audit::BaselineEntry& entry : file.baseline.entries) by_rule[entry.rule].insert(entry.object);
  std::string text;
  for (const auto& [rule, objects] : by_rule) {
    text += report::printable(rule) + " (" + std::to_string(objects.size()) + ")\n";
    for (const std::string& object : objects) {
      text += "  " + report::printable(object) + (known.contains({rule, object}) ? "" : "  stale: nothing is found there") + "\n";
    }
  }
  return write_report(text.empty() ? "the baseline is empty\n" : text, output.file, kExitClean);
}

}  // namespace

int baseline(const BaselineCommandOptions& options) {
  const std::variant<std::string, Error> root = find_root(workspace::DiskFileSystem(), options.project);
  if (const Error* error = std::get_if<Error>(&root)) {
    print_error(*error);
    return kExitFailure;
  }
  const std::optional<config::Config> config = read_config(workspace::DiskFileSystem(), std::get<std::string>(root), options.config);
  if (!config) return kExitFailure;
  std::optional<LoadedProject> loaded = load_tables(options.project);
  if (!loaded) return kExitFailure;
  LoadedProject& project = *loaded;
  BaselineFile file = locate_baseline(project, options.baseline, *config);
  const bool anew = options.action == "create" && (options.force || !file.exists);
  if (!anew && !file.exists) {
    print_error({.message = "there is no baseline", .help = "drizzle-audit baseline create writes one", .path = file.shown});
    return kExitFailure;
  }
  if (!anew) {
    std::variant<BaselineFile, Error> read = read_baseline(project, options.baseline, *config);
    if (const Error* error = std::get_if<Error>(&read)) {
      print_error(*error);
      return kExitFailure;
    }
    file = std::get<BaselineFile>(std::move(read));
  }
  const config::Settings settings = config::resolve(*config, project.root, all_rules(), {});
  prepare_audit(project, options.project, *config, purpose_of(settings));
  audit::AuditResult result = audit::run(project.rule_inputs(), settings);
  audit::narrow(result, [&](std::string_view path) { return !config::is_ignored(*config, project.root, path); });
  const std::vector<audit::BaselineEntry> current = current_entries(result, settings);
  if (options.action == "create") return create(file, current, options.force);
  if (options.action == "update") return update(file, current);
  if (options.action == "prune") return prune(file, current);
  return show(file, current, options.output);
}

}  // namespace drizzle_audit::cli
