// `drizzle-audit check`: audit a project and report.
#include <algorithm>
#include <cstdlib>

#include "audit/audit.h"
#include "audit/gate.h"
#include "cli/baseline.h"
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/output.h"
#include "cli/project.h"
#include "cli/suggest.h"
#include "cli/terminal.h"
#include "config/resolve.h"
#include "drizzle_audit/rule.h"
#include "report/concise.h"
#include "report/findings_json.h"
#include "report/pretty.h"

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

std::string render(const audit::AuditResult& result, const CheckOptions& options) {
  if (options.output.format == "json") return report::findings_json(result);
  if (options.output.format == "concise") return report::concise(result);
  return report::pretty(result, {.color = use_color(options.output),
                                 .width = terminal_width(options.output),
                                 .max_diagnostics = options.max_diagnostics,
                                 .verbose = options.project.verbose});
}

}  // namespace

int check(const CheckOptions& options) {
  for (const std::optional<Error>& error : {check_names("--only", options.only), check_names("--skip", options.skip)}) {
    if (!error) continue;
    print_error(*error);
    return kExitFailure;
  }
  const std::variant<std::string, Error> root = find_root(options.project);
  if (const Error* error = std::get_if<Error>(&root)) {
    print_error(*error);
    return kExitFailure;
  }
  const std::optional<config::Config> config = read_config(std::get<std::string>(root), options.config);
  if (!config) return kExitFailure;
  std::variant<LoadedProject, Error> loaded = load_project(options.project);
  if (const Error* error = std::get_if<Error>(&loaded)) {
    print_error(*error);
    return kExitFailure;
  }
  LoadedProject& project = std::get<LoadedProject>(loaded);
  prepare_audit(project, options.project, *config);
  const config::Selection selection{.preset = options.preset, .only = options.only, .skip = options.skip};
  std::optional<BaselineFile> baseline;
  if (!options.baseline.none) {
    std::variant<BaselineFile, Error> read = read_baseline(project, options.baseline, *config);
    if (const Error* error = std::get_if<Error>(&read)) {
      print_error(*error);
      return kExitFailure;
    }
    baseline = std::get<BaselineFile>(std::move(read));
  }
  audit::AuditResult result = audit::run(project.rule_inputs(), config::resolve(*config, project.root, all_rules(), selection),
                                         baseline ? &baseline->baseline : nullptr);
  if (project.is_empty() && result.findings.empty()) {
    print_error(nothing_found(project, options.project));
    return kExitFailure;
  }
  audit::narrow(result, [&](std::string_view path) { return project.wants(path) && !config::is_ignored(*config, project.root, path); });

  const bool failed =
      !options.exit_zero && audit::fails(result.summary, {options.fail_on.value_or(config->fail_on.value), options.max_warnings});
  if (options.quiet) audit::keep_severity(result, Severity::kError);
  const std::string text = render(result, options);
  if (project.is_empty()) {
    // The findings say why: the files do not parse, or throw.
    const int status = write_report(text, options.output.file, kExitFailure);
    print_error(nothing_found(project, options.project));
    return status;
  }
  if (options.output.format == "concise" && result.summary.total() == 0)
    print_hint("found nothing to report in " + report::coverage_text(result.coverage));
  return write_report(text, options.output.file, failed ? kExitFindings : kExitClean);
}

}  // namespace drizzle_audit::cli
