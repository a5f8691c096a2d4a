// See plan.h.
#include "cli/plan.h"

#include <algorithm>
#include <map>
#include <memory>

#include "audit/audit.h"
#include "cli/baseline.h"
#include "cli/config.h"
#include "cli/project.h"
#include "config/resolve.h"
#include "drizzle_audit/rule.h"
#include "migrate/collect.h"
#include "schema/read_project.h"
#include "workspace/disk_file_system.h"
#include "workspace/overlay_file_system.h"
#include "workspace/paths.h"

namespace drizzle_audit::cli {
namespace {

/// Where a change that is source text applies: `from` inside the table's extras or the column.
std::optional<Edit> edit_of(const Model& model, const TableRef& ref, Span within, const std::string& from, const std::string& to) {
  if (migrate::find_table(model, ref) == nullptr || !within.somewhere() || from.empty()) return std::nullopt;
  const std::size_t at = model.sources->text(within).find(from);
  if (at == std::string_view::npos) return std::nullopt;
  const auto start = within.start + static_cast<std::uint32_t>(at);
  return Edit{{within.file, start, start + static_cast<std::uint32_t>(from.size())}, to};
}

/// The edits of findings whose change is text: what it means to the database only a second reading can tell.
std::vector<Edit> text_edits(const Finding& finding) {
  const bool is_text =
      finding.change && (std::holds_alternative<ReplaceExtra>(*finding.change) || std::holds_alternative<ReplaceColumn>(*finding.change) ||
                         std::holds_alternative<ExportObject>(*finding.change));
  if (!is_text) return {};
  if (finding.fix) return finding.fix->edits;
  std::optional<Edit> edit;
  if (const auto* extra = std::get_if<ReplaceExtra>(&*finding.change)) {
    if (const Table* table = migrate::find_table(*finding.model, extra->table))
      edit = edit_of(*finding.model, extra->table, table->extras_span, extra->from, extra->to);
  } else if (const auto* replaced = std::get_if<ReplaceColumn>(&*finding.change)) {
    const Table* table = migrate::find_table(*finding.model, replaced->table);
    const Column* column = table == nullptr ? nullptr : find_column(*table, replaced->column);
    if (column != nullptr) edit = edit_of(*finding.model, replaced->table, column->span, replaced->from, replaced->to);
  }
  return edit ? std::vector<Edit>{std::move(*edit)} : std::vector<Edit>();
}

/// The sources with all edits that do not overlap, by absolute path.
workspace::OverlayFiles edited_sources(const std::string& root, const Sources& sources, const std::vector<const Finding*>& findings) {
  std::vector<Edit> edits;
  for (const Finding* finding : findings) {
    for (Edit& edit : text_edits(*finding)) edits.push_back(std::move(edit));
  }
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.span < b.span; });
  workspace::OverlayFiles texts;
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    const bool overlaps = edit + 1 != edits.rend() && (edit + 1)->span.file == edit->span.file && (edit + 1)->span.end > edit->span.start;
    if (overlaps) continue;
    const std::string path = workspace::join(root, std::string(sources.path(edit->span.file)));
    const auto [found, added] = texts.try_emplace(path, std::string(sources.text(edit->span.file)));
    found->second->replace(edit->span.start, edit->span.end - edit->span.start, edit->text);
  }
  return texts;
}

Error several_schemas(const std::vector<const Model*>& models) {
  Error error;
  error.message = "the project has " + std::to_string(models.size()) + " schemas, and a plan is for one database";
  error.help = "choose one with --drizzle-config:";
  for (const Model* model : models) {
    if (!model->config_path.empty()) error.help += " " + std::string(model->config_path);
  }
  return error;
}

}  // namespace

std::variant<ProjectPlan, Error> plan_project(const PlanRequest& request) {
  const std::variant<std::string, Error> root = find_root(workspace::DiskFileSystem(), request.project);
  if (const Error* error = std::get_if<Error>(&root)) return *error;
  const std::optional<config::Config> config = read_config(workspace::DiskFileSystem(), std::get<std::string>(root), request.config);
  if (!config) return Error{.message = "the config cannot be used"};
  std::variant<LoadedProject, Error> loaded = load_project(request.project, Purpose::kAuditWithCode);
  if (const Error* error = std::get_if<Error>(&loaded)) return *error;
  LoadedProject& project = std::get<LoadedProject>(loaded);
  if (project.is_empty()) return nothing_found(project, request.project);
  const std::vector<const Model*> models = project.models();
  if (models.size() > 1) return several_schemas(models);
  const config::Selection selection{.preset = std::nullopt, .only = request.only, .skip = request.skip};
  const config::Settings settings = config::resolve(*config, project.root, all_rules(), selection);
  prepare_audit(project, request.project, *config, Purpose::kAuditWithCode);  // no type changes a database
  std::optional<BaselineFile> baseline;
  if (!request.baseline.none) {
    std::variant<BaselineFile, Error> read = read_baseline(project, request.baseline, *config);
    if (const Error* error = std::get_if<Error>(&read)) return *error;
    baseline = std::get<BaselineFile>(std::move(read));
  }
  audit::AuditResult result = audit::run(project.rule_inputs(), settings, baseline ? &baseline->baseline : nullptr);
  audit::narrow(result, [&](std::string_view path) { return project.wants(path) && !config::is_ignored(*config, project.root, path); });

  const Model& model = *models.front();
  for (const Problem& problem : model.problems) {
    // What could not be read would be missing from the plan without a word.
    if (problem.kind != ProblemKind::kUnresolvedImport) print_problems(model);
    if (problem.kind != ProblemKind::kUnresolvedImport) break;
  }
  std::vector<const Finding*> findings;
  for (const Finding& finding : result.findings) {
    if (!finding.suppressed && finding.model == &model) findings.push_back(&finding);
  }
  const workspace::OverlayFileSystem edited(std::make_unique<workspace::DiskFileSystem>(),
                                            edited_sources(project.root, *model.sources, findings));
  schema::ReadOptions read;
  read.root = project.root;
  read.drizzle_config = model.config_path.empty() ? std::string() : workspace::join(project.root, std::string(model.config_path));
  read.schema_globs = request.project.schema_globs;
  read.dialect = request.project.dialect;
  read.threads = request.project.threads;
  std::variant<schema::Project, schema::ReadError> fixed = schema::read_project(edited, read);
  const auto* fixed_project = std::get_if<schema::Project>(&fixed);
  const Model* fixed_model = fixed_project != nullptr && fixed_project->models.size() == 1 ? &fixed_project->models.front().model : nullptr;
  migrate::PlanOptions options = request.plan;
  options.drops_redundant_indexes = std::any_of(settings.rules.begin(), settings.rules.end(), [](const config::RuleSetting& one) {
    return one.rule->id == "redundant-index" && one.level;
  });
  std::variant<migrate::Plan, migrate::PlanError> plan = migrate::make_plan(model, findings, fixed_model, options);
  if (auto* error = std::get_if<migrate::PlanError>(&plan))
    return Error{.message = std::move(error->message), .help = std::move(error->help)};
  ProjectPlan made;
  made.plan = std::get<migrate::Plan>(std::move(plan));
  for (const migrate::PlanFile& file : made.plan.files) {
    if (file.name == "plan.json") made.json = file.text;
  }
  made.root = project.root;
  made.out_folder = std::string(model.out_folder);
  made.orm_v1 = model.orm_v1;
  return made;
}

}  // namespace drizzle_audit::cli
