// From a folder to frozen models: entries, modules, evaluation, model.
#include "schema/read_project.h"

#include <algorithm>
#include <set>

#include "program/interpreter.h"
#include "project/entries.h"
#include "schema/drizzle_modules.h"
#include "schema/model_builder.h"
#include "schema/relation_files.h"
#include "schema/unread_export.h"
#include "workspace/paths.h"

namespace drizzle_audit::schema {
namespace {

/// What reading every entry of a project shares.
struct Reading {
  const workspace::FileSystem& files;
  const workspace::Resolver& resolver;
  Sources& sources;
  const ReadOptions& options;
  syntax::Trees* trees = nullptr;  ///< where the trees are kept; null: they are not
};

/// An export that is Unknown.
struct UnreadExport {
  program::Module* module;
  std::string_view name;
  Value value;
};

/// What a module exports, without what it merely passes on from others that were seen before.
struct Exported {
  Exports values;
  std::vector<Span> binding_spans;
  std::vector<UnreadExport> unread;
};

void collect_exports(program::Interpreter& in, program::Module& module, std::set<const void*>& seen, Exported& out) {
  for (const std::string_view name : in.export_names(module)) {
    const Value value = in.export_value(module, name);
    if (value.is(Tag::kUnknown)) out.unread.push_back({&module, name, value});
    if (value.identity() == nullptr || value.is(Tag::kUnknown) || !seen.insert(value.identity()).second) continue;
    out.values.emplace_back(name, value);
    out.binding_spans.push_back(in.export_span(module, name));
  }
}

void mark_unread(const std::vector<UnreadExport>& unread, ModelBuilder& builder, Model& model) {
  for (const UnreadExport& each : unread) {
    const IncompleteModel missing = unread_export(builder.in, *each.module, each.name);
    model.incomplete.tables = model.incomplete.tables || missing.tables;
    model.incomplete.views = model.incomplete.views || missing.views;
    model.incomplete.enums = model.incomplete.enums || missing.enums;
    model.incomplete.relations = model.incomplete.relations || missing.relations;
    if (missing.tables || missing.views || missing.enums || missing.relations) builder.not_read(each.value.as_unknown());
  }
}

Span first_statement(const program::Module& module) {
  if (module.tree.root == nullptr || module.tree.root->children.empty()) return {module.file, 0, 0};
  const syntax::Node* node = module.tree.root->children.front();
  return {module.file, node->start, node->end};
}

void read_entry(const Reading& reading, const project::Entry& entry, bool with_relation_files, text::Arena& arena, Model& model);

/// A relation file with a schema of its own, as `drizzle-kit pull` writes them: read as a second model, whose names it is compared by.
void read_own_schema(const Reading& reading, const project::Entry& entry, const std::string& path, std::vector<std::string> schema_files,
                     text::Arena& arena, RelationFile& relation_file, std::vector<Comment>& comments) {
  project::Entry own = entry;
  own.files = std::move(schema_files);
  relation_file.schema_path = text::copy(arena, workspace::relative_path(own.files.front(), reading.options.root));
  own.files.push_back(path);
  Model model;
  read_entry(reading, own, false, arena, model);
  relation_file.tables = model.tables;
  relation_file.relations = model.relations;
  relation_file.incomplete = model.incomplete.tables || model.incomplete.relations || model.tables.empty();
  for (const Comment& comment : model.comments) {
    if (reading.sources.path(comment.span.file) == relation_file.path) comments.push_back(comment);
  }
  relation_file.span = {};
  for (const Relation& relation : model.relations) {
    const bool here = relation.span.somewhere() && reading.sources.path(relation.span.file) == relation_file.path;
    if (here && (!relation_file.span.somewhere() || relation.span.file < relation_file.span.file))
      relation_file.span = {relation.span.file, 0, 0};
  }
}

/// Reads one entry. All text goes to `sources`, everything else to `arena`; the evaluator is dropped at the end.
void read_entry(const Reading& reading, const project::Entry& entry, bool with_relation_files, text::Arena& arena, Model& model) {
  const auto& [files, resolver, sources, options, trees] = reading;
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

  Exported exported;
  std::set<const void*> seen;
  for (program::Module* module : loaded) collect_exports(in, *module, seen, exported);
  const Exports& exports = exported.values;

  const std::vector<Dialect> found = dialects_of(exports);
  const std::optional<Dialect> wanted = options.dialect ? options.dialect : entry.dialect;
  model.dialect = wanted ? *wanted : found.empty() ? Dialect::kPostgresql : found.front();
  std::vector<Dialect> others = found;
  std::erase(others, model.dialect);
  model.other_dialects = text::copy(arena, others);

  ModelBuilder builder(in, environment, arena, model.dialect);
  mark_unread(exported.unread, builder, model);

  std::vector<Comment> comments;
  std::vector<RelationFile> relation_files;
  Exported outside;
  if (with_relation_files) {
    std::set<std::string> known;
    std::set<FileId> known_files;
    for (const program::Module* module : modules.parsed()) {
      known.insert(module->path);
      known_files.insert(module->file);
    }
    const std::size_t tables = environment.tables.size();
    const std::size_t enums = environment.enums.size();
    const std::size_t entities = environment.entities.size();
    const std::size_t loose_builders = environment.loose_builders.size();
    for (const std::string& path : find_relation_files(resolver.folders(), options.root, entry)) {
      // What the schema reads itself and does not export is hidden, here as well.
      if (known.contains(path)) continue;
      RelationFile file;
      file.path = builder.keep(workspace::relative_path(path, options.root));
      Sources scratch;
      program::ModuleStore probe(files, resolver, scratch, options.root, 1);
      if (imports_one_of(probe, path, known)) {
        program::Module& module = modules.get(path);
        in.run(module);
        const std::size_t unread = outside.unread.size();
        collect_exports(in, module, seen, outside);
        file.incomplete = outside.unread.size() > unread;
        file.span = first_statement(module);
      } else {
        std::vector<std::string> schema_files = imported_table_files(probe, path);
        if (schema_files.empty()) continue;
        read_own_schema(reading, entry, path, std::move(schema_files), arena, file, comments);
      }
      relation_files.push_back(file);
    }
    // What they brought in beside relations is not part of the schema.
    for (std::size_t i = tables; i < environment.tables.size(); ++i) environment.tables[i]->outside = true;
    environment.tables.resize(tables);
    environment.enums.resize(enums);
    environment.entities.resize(entities);
    environment.loose_builders.resize(loose_builders);
    builder.schema_files = std::move(known_files);
    mark_unread(outside.unread, builder, model);
  }
  build_model(builder, exports, exported.binding_spans, outside.values, model);
  for (RelationFile& file : relation_files) {
    if (!file.schema_path.empty()) continue;
    std::vector<Relation> own;
    for (const Relation& relation : model.relations) {
      if (relation.outside && relation.span.somewhere() && sources.path(relation.span.file) == file.path) own.push_back(relation);
    }
    file.relations = text::copy(arena, own);
  }
  model.relation_files = text::copy(arena, relation_files);

  std::vector<std::string_view> parsed;
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
  model.comments = text::copy(arena, comments);
  std::ranges::stable_sort(builder.problems, {}, [](const Problem& problem) { return std::pair(problem.span, problem.kind); });
  model.problems = text::copy(arena, builder.problems);

  model.orm_v1 = entry.orm_v1;
  model.orm_version = builder.keep(entry.orm_version);
  model.casing = environment.casing;
  if (!entry.config_path.empty()) model.config_path = builder.keep(workspace::relative_path(entry.config_path, options.root));
  if (!entry.out_folder.empty()) model.out_folder = builder.keep(workspace::relative_path(entry.out_folder, options.root));
  std::vector<std::string_view> names;
  for (const std::string& path : entry.files) names.push_back(builder.keep(workspace::relative_path(path, options.root)));
  model.files = text::copy(arena, names);
  std::ranges::sort(parsed);
  model.parsed_files = text::copy(arena, parsed);
  model.sources = &sources;
  if (trees != nullptr) modules.release(*trees);
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
    OwnedModel owned{std::make_unique<text::Arena>(1U << 16U), {}};
    read_entry({files, resolver, *project.sources, options, options.keep_trees ? &project.trees : nullptr}, entry, true, *owned.arena,
               owned.model);
    project.models.push_back(std::move(owned));
  }
  return project;
}

}  // namespace drizzle_audit::schema
