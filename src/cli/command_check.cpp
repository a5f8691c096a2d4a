// `drizzle-audit check`: audit a project and report.
#include <algorithm>

#include "audit/audit.h"
#include "audit/gate.h"
#include "cli/baseline.h"
#include "cli/changes.h"
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/fixing.h"
#include "cli/formats.h"
#include "cli/output.h"
#include "cli/project.h"
#include "cli/suggest.h"
#include "cli/terminal.h"
#include "config/resolve.h"
#include "drizzle_audit/rule.h"
#include "platform/platform.h"
#include "report/pretty.h"
#include "report/report.h"
#include "workspace/disk_file_system.h"
#include "workspace/paths.h"
#include "workspace/root.h"

namespace drizzle_audit::cli {
namespace {

std::optional<Error> check_names(const char* flag, const std::vector<std::string>& list) {
  std::vector<std::string> known;
  for (const RegisteredRule& registered : all_rules()) {
    known.emplace_back(registered.rule->id);
    known.emplace_back(registered.rule->category);
  }
  for (const std::string& name : list) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    Error error;
    error.message = std::string(flag) + ": there is no rule or category " + name;
    error.help = did_you_mean(name, known, "drizzle-audit rules lists them");
    return error;
  }
  return std::nullopt;
}

/// Seen from `folder`, for those who read paths there. Far apart (nothing but the file system's top in common), it is the absolute path.
std::string root_from(const std::string& root, const std::string& folder) {
  if (folder.empty()) return {};
  std::string path = workspace::relative_path(root, folder);
  if (path == ".") return {};
  std::string common = folder;
  while (!workspace::is_within(root, common)) common = workspace::dirname(common);
  return common == "/" ? root : path;
}

/// Where CI servers say that the commit can be read in a browser: GitHub Actions and GitLab CI.
std::string source_url() {
  using platform::variable;
  const std::string server = variable("GITHUB_SERVER_URL");
  const std::string repository = variable("GITHUB_REPOSITORY");
  const std::string commit = variable("GITHUB_SHA");
  if (!server.empty() && !repository.empty() && !commit.empty()) return server + "/" + repository + "/blob/" + commit + "/";
  const std::string project = variable("CI_PROJECT_URL");
  const std::string revision = variable("CI_COMMIT_SHA");
  return project.empty() || revision.empty() ? std::string() : project + "/-/blob/" + revision + "/";
}

/// All reports, files before standard output. Each is attempted, whatever became of the others.
int write_reports(const report::Report& finished, const std::vector<ReportTarget>& targets, const CheckOptions& options, int status) {
  int result = status;
  std::string written;
  bool has_stdout = false;
  for (const bool to_stdout : {false, true}) {
    for (const ReportTarget& target : targets) {
      if (target.file.empty() != to_stdout) continue;
      const OutputOptions output{.format = {}, .file = target.file, .color = options.output.color};
      report::Report own = finished;
      own.pretty.color = use_color(output);
      own.pretty.width = terminal_width(output);
      if (write_report(target.format->write(own), target.file, status) != status) result = kExitFailure;
      else if (!to_stdout) written += (written.empty() ? "" : ", ") + target.file;
      has_stdout = has_stdout || to_stdout;
    }
  }
  // A run that says nothing on standard output and fails would be a riddle in a log.
  if (!has_stdout && !written.empty()) print_hint(report::counts_text(finished.result.summary) + "; written to " + written);
  return result;
}

/// Formats that print nothing when there is nothing to report.
bool is_silent_when_clean(const ReportTarget& target) {
  return target.file.empty() && (target.format->name == "concise" || target.format->name == "agent" || target.format->name == "github");
}

/// Leaves what the change brought. The state before is audited as well: what a change breaks is often somewhere else.
void narrow_to_change(Audited& audited, const git::Comparison& changes, const CheckOptions& options, const config::Config& config) {
  if (audited.result.findings.empty()) return;
  ProjectOptions where = options.project;
  where.root = audited.project.root;
  where.paths.clear();
  where.hints = false;
  const std::variant<Audited, Error> before = audit_project(files_before(changes), where, options, config);
  if (const Error* error = std::get_if<Error>(&before)) {
    print_hint("all findings count as new; the state before: " + error->message);
    return;
  }
  keep_changed(audited.result, changes, audited.project.root, std::get<Audited>(before).result);
}

std::optional<Error> check_fix_flags(const CheckOptions& options) {
  const bool fixes = options.fix || options.diff;
  if (options.unsafe_fixes && !fixes)
    return Error{.message = "--unsafe-fixes goes with --fix or --diff", .help = "drizzle-audit check --fix --unsafe-fixes"};
  if (fixes && (options.change.staged || options.change.changed || options.change.since))
    return Error{.message = "--fix and --diff look at the whole schema: not with --staged, --changed or --since"};
  return std::nullopt;
}

}  // namespace

int check(const CheckOptions& options) {
  if (const std::optional<Error> error = check_fix_flags(options)) {
    print_error(*error);
    return kExitFailure;
  }
  const auto planned = report_targets(options.formats, options.output.file, platform::variable(kFormatVariable));
  if (const Error* error = std::get_if<Error>(&planned)) {
    print_error(*error);
    return kExitFailure;
  }
  const auto& targets = std::get<std::vector<ReportTarget>>(planned);
  for (const std::optional<Error>& error : {check_names("--only", options.only), check_names("--skip", options.skip)}) {
    if (!error) continue;
    print_error(*error);
    return kExitFailure;
  }
  const std::variant<std::optional<git::Comparison>, Error> compared = find_changes(options);
  if (const Error* error = std::get_if<Error>(&compared)) {
    print_error(*error);
    return kExitFailure;
  }
  const auto& changes = std::get<std::optional<git::Comparison>>(compared);
  std::unique_ptr<workspace::FileSystem> now = files_now(changes);
  const std::variant<std::string, Error> root = find_root(*now, options.project);
  if (const Error* error = std::get_if<Error>(&root)) {
    print_error(*error);
    return kExitFailure;
  }
  const std::optional<config::Config> config = read_config(*now, std::get<std::string>(root), options.config);
  if (!config) return kExitFailure;
  std::variant<Audited, Error> done = audit_project(std::move(now), options.project, options, *config);
  if (const Error* error = std::get_if<Error>(&done)) {
    print_error(*error);
    if (options.change.staged) print_hint("--staged reads the index of git: files that are not added are not seen");
    return kExitFailure;
  }
  Audited audited = std::get<Audited>(std::move(done));
  if (audited.project.is_empty() && audited.result.findings.empty()) {
    print_error(nothing_found(audited.project, options.project));
    return kExitFailure;
  }
  if (changes) narrow_to_change(audited, *changes, options, *config);
  narrow_to_paths(audited, *config);
  if (options.fix || options.diff) {
    std::variant<Fixed, Error> attempt = apply_fixes(options, *config, std::move(audited));
    if (const Error* error = std::get_if<Error>(&attempt)) {
      print_error(*error);
      return kExitFailure;
    }
    Fixed& fixed = std::get<Fixed>(attempt);
    if (options.diff) return write_report(fixed.patch, options.output.file, fixed.patch.empty() ? kExitClean : kExitFindings);
    if (const std::optional<Error> error = write_sources(fixed)) {
      print_error(*error);
      return kExitFailure;
    }
    print_hint(fixed_text(fixed));
    audited = std::move(fixed.audited);
  }
  propose_fixes(audited, *config, options.project.threads);
  const LoadedProject& project = audited.project;
  audit::AuditResult& result = audited.result;

  const bool failed =
      !options.exit_zero && audit::fails(result.summary, {options.fail_on.value_or(config->fail_on.value), options.max_warnings});
  if (options.quiet) audit::keep_severity(result, Severity::kError);
  const std::vector<const Model*> models = project.models();
  const workspace::DiskFileSystem files;
  const report::Report finished{
      .result = result,
      .rules = all_rules(),
      .models = models,
      .from_working_directory = root_from(project.root, files.real_path(platform::current_folder())),
      .from_repository = root_from(project.root, workspace::find_git_root(files, project.root)),
      .project = std::string(workspace::basename(project.root)),
      .source_url = source_url(),
      .has_baseline = audited.baseline && audited.baseline->exists,
      .threads = platform::thread_count(options.project.threads, 8U),
      .pretty = {.color = false, .width = 0, .max_diagnostics = options.max_diagnostics, .verbose = options.project.verbose}};
  if (project.is_empty()) {
    // The findings say why: the files do not parse, or throw.
    const int status = write_reports(finished, targets, options, kExitFailure);
    print_error(nothing_found(project, options.project));
    return status;
  }
  if (result.summary.total() == 0 && std::any_of(targets.begin(), targets.end(), is_silent_when_clean))
    print_hint("found nothing to report in " + report::coverage_text(result.coverage));
  return write_reports(finished, targets, options, failed ? kExitFindings : kExitClean);
}

}  // namespace drizzle_audit::cli
