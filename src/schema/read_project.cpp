// From a folder to frozen models: entries, modules, evaluation, model.
#include "schema/read_project.h"

#include <algorithm>
#include <set>

#include "program/interpreter.h"
#include "project/entries.h"
#include "schema/drizzle_modules.h"
#include "schema/model_builder.h"
#include "schema/unread_export.h"
#include "workspace/paths.h"

namespace drizzle_audit::schema {
namespace {

/// An export that is Unknown.
struct UnreadExport {
  program::Module* module;
  std::string_view name;
  Value value;
};

/// Reads one entry. All text goes to `sources`, everything else to the returned model's arena; the evaluator is dropped at the end.
OwnedModel read_entry(const workspace::FileSystem& files, const workspace::Resolver& resolver, Sources& sources, const ReadOptions& options,
                      const project::Entry& entry) {
  OwnedModel owned{std::make_unique<text::Arena>(1U << 16U), {}};
  Model& model = owned.model;
  Environment environment;
  environment.v1 = entry.orm_v1;
  environment.casing = entry.orm_v1 ? Casing::kNone : entry.casing;

  program::ModuleStore modules(files, resolver, sources, options.root, options.threads);
  modules.load(entry.files);
  DrizzleModules natives(environment, entry.config_path.empty() ? options.root : std::string(workspace::dirname(entry.config_path)));
  program::Interpreter in(modules, natives);

  std::vector<program::Module*> loaded;
  for (const std::string& path : entry.files) loaded.push_back(&modules.get(path));
  for (program::Module* module : loaded) in.run(*module);

  Exports exports;
  std::vector<Span> binding_spans;
  std::set<const void*> seen;
  std::vector<UnreadExport> unread;
  for (program::Module* module : loaded) {
    for (const std::string_view name : in.export_names(*module)) {
      const Value value = in.export_value(*module, name);
      if (value.is(Tag::kUnknown)) unread.push_back({module, name, value});
      if (value.identity() == nullptr || value.is(Tag::kUnknown) || !seen.insert(value.identity()).second) continue;
      exports.emplace_back(name, value);
      binding_spans.push_back(in.export_span(*module, name));
    }
  }

  const std::vector<Dialect> found = dialects_of(exports);
  const std::optional<Dialect> wanted = options.dialect ? options.dialect : entry.dialect;
  model.dialect = wanted ? *wanted : found.empty() ? Dialect::kPostgresql : found.front();
  std::vector<Dialect> others = found;
  std::erase(others, model.dialect);
  model.other_dialects = text::copy(*owned.arena, others);

  ModelBuilder builder(in, environment, *owned.arena, model.dialect);
  for (const UnreadExport& each : unread) {
    const IncompleteModel missing = unread_export(in, *each.module, each.name);
    model.incomplete.tables = model.incomplete.tables || missing.tables;
    model.incomplete.views = model.incomplete.views || missing.views;
    model.incomplete.enums = model.incomplete.enums || missing.enums;
    model.incomplete.relations = model.incomplete.relations || missing.relations;
    if (missing.tables || missing.views || missing.enums || missing.relations) builder.not_read(each.value.as_unknown());
  }
  build_model(builder, exports, binding_spans, model);

  std::vector<std::string_view> parsed;
  std::vector<Comment> comments;
  for (const program::Module* module : modules.parsed()) {
    parsed.push_back(builder.keep(sources.path(module->file)));
    for (const syntax::SyntaxError& error : module->tree.errors) {
      builder.problems.push_back({ProblemKind::kSyntaxError, builder.keep("the file does not parse here: " + error.message),
                                  "what parses was read; fix the syntax and run again", error.span});
    }
    for (const Span span : module->tree.comments) comments.push_back({sources.text(span), span});
    if (!module->unreadable.empty()) {
      builder.problems.push_back({ProblemKind::kUnreadableFile,
                                  builder.keep("the file cannot be read: " + module->unreadable),
                                  "make it readable, or take it out of the schema",
                                  {module->file, 0, 0}});
    }
    ++model.coverage.files;
  }
  std::ranges::sort(comments, {}, &Comment::span);
  model.comments = text::copy(*owned.arena, comments);
  std::ranges::stable_sort(builder.problems, {}, [](const Problem& problem) { return std::pair(problem.span, problem.kind); });
  model.problems = text::copy(*owned.arena, builder.problems);

  model.orm_v1 = entry.orm_v1;
  model.orm_version = builder.keep(entry.orm_version);
  model.casing = environment.casing;
  if (!entry.config_path.empty()) model.config_path = builder.keep(workspace::relative_path(entry.config_path, options.root));
  if (!entry.out_folder.empty()) model.out_folder = builder.keep(workspace::relative_path(entry.out_folder, options.root));
  std::vector<std::string_view> names;
  for (const std::string& path : entry.files) names.push_back(builder.keep(workspace::relative_path(path, options.root)));
  model.files = text::copy(*owned.arena, names);
  std::ranges::sort(parsed);
  model.parsed_files = text::copy(*owned.arena, parsed);
  model.sources = &sources;
  return owned;
}

}  // namespace

std::variant<Project, ReadError> read_project(const workspace::FileSystem& files, const ReadOptions& options) {
  const workspace::Resolver resolver(files, options.root);
  auto entries = project::find_entries(files, resolver,
                                       {.root = options.root,
                                        .drizzle_config = options.drizzle_config,
                                        .schema_globs = options.schema_globs,
                                        .dialect = options.dialect,
                                        .threads = options.threads});
  if (auto* error = std::get_if<project::EntryError>(&entries)) {
    return ReadError{std::move(error->message), std::move(error->help), std::move(error->path), error->line, error->column};
  }
  auto& found = std::get<project::Entries>(entries);
  Project project;
  project.sources = std::make_unique<Sources>();
  project.hints = std::move(found.hints);
  for (const project::Entry& entry : found.entries) {
    project.models.push_back(read_entry(files, resolver, *project.sources, options, entry));
  }
  return project;
}

}  // namespace drizzle_audit::schema
