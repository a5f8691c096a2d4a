// See read_queries.h. Three steps: all files are read and most are dropped at a glance (code_search.h); the others are outlined (outline.h)
// and dropped unless their imports lead to a table; of the rest, the top-level statements that use one are parsed and read (extract.h).
#include "queries/read_queries.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "platform/platform.h"
#include "queries/binder.h"
#include "queries/bytes.h"
#include "queries/code.h"
#include "queries/code_search.h"
#include "queries/extract.h"
#include "queries/values.h"
#include "syntax/parse.h"
#include "text/parallel.h"
#include "workspace/paths.h"

namespace drizzle_audit::queries {
namespace {

/// What a file gave for one model.
struct Found {
  FileQueries queries;
  bool imports_schema = false;
  bool parsed = false;
};

/// The statements of `file` that use one of `names`, and hold a word of a query. Empty: none, or, when `whole` is set, all.
std::vector<syntax::Piece> statements_with(const CodeFile& file, const std::set<std::string_view>& names, bool& whole) {
  const std::vector<syntax::Piece>& statements = file.outline.statements;
  std::vector<bool> uses(statements.size(), false);
  for (const std::string_view name : names) {
    for (std::size_t at = find_word(file.text, name); at != std::string_view::npos; at = find_word(file.text, name, at + 1)) {
      const auto after = std::ranges::upper_bound(statements, at, {}, &syntax::Piece::start);
      if (after == statements.begin()) continue;
      const auto place = static_cast<std::size_t>(after - statements.begin()) - 1;
      uses[place] = true;
      at = std::max<std::size_t>(at, statements[place].end - 1);  // on to the next statement
    }
  }
  std::vector<syntax::Piece> pieces;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (!uses[i]) continue;
    const std::string_view text = file.text.substr(statements[i].start, statements[i].end - statements[i].start);
    if (text.starts_with("import")) continue;
    if (calls_query_word(text)) pieces.push_back(statements[i]);
  }
  whole = !pieces.empty() && !file.outline.reliable;
  if (whole) pieces.clear();
  return pieces;
}

/// The names at the top of `file` through which tables can be reached; `imported`: whether any of them is imported.
std::set<std::string_view> schema_names(Binder& binder, CodeFile& file, bool& imported) {
  std::set<std::string_view> names;
  const auto enter = [&](std::string_view name) {
    const Entity entity = binder.top_level(file, name);
    if (entity.is(Entity::Kind::kModule) ? binder.reaches_tables(*entity.module) : entity.leads_to_tables()) names.insert(name);
  };
  for (const ImportedName& entry : file.outline.imports) enter(entry.local);
  imported = !names.empty();
  if (imported || binder.has_tables(file.file)) {
    for (const DeclaredName& entry : file.outline.declared) enter(entry.name);
  }
  return names;
}

Found read_file(Binder& binder, CodeFile& file) {
  Found found;
  binder.prepare(file);
  std::set<std::string_view> names = schema_names(binder, file, found.imports_schema);
  if (contains(file.text, "findFirst") || contains(file.text, "findMany")) names.insert({"findFirst", "findMany"});
  for (const std::string_view specifier : file.outline.dynamic_imports) {
    const Entity module = is_drizzle(specifier) ? Entity{} : binder.module_of(file, specifier);
    if (!module.is(Entity::Kind::kModule) || !binder.reaches_tables(*module.module)) continue;
    found.imports_schema = true;
    names.insert({"import", "require"});
  }
  if (names.empty()) return found;
  bool whole = false;
  const std::vector<syntax::Piece> pieces = statements_with(file, names, whole);
  if (pieces.empty() && !whole) return found;
  found.parsed = true;
  syntax::SyntaxTree tree = syntax::parse(file.text, file.path, kNoFile, {.pieces = pieces, .all_code = true});
  // A statement that does not parse on its own may have been cut in the wrong place.
  if (!tree.errors.empty() && !whole) tree = syntax::parse(file.text, file.path, kNoFile, {.pieces = {}, .all_code = true});
  found.queries = extract(binder, file, *tree.root);
  return found;
}

void set_file(Query& query, FileId file) {
  query.span.file = file;
  for (ColumnFilter& filter : query.filters) filter.span.file = file;
  for (ColumnJoin& join : query.joins) join.span.file = file;
  for (ColumnSort& sort : query.sorts) sort.span.file = file;
}

}  // namespace

std::vector<Queries> read_queries(const workspace::FileSystem& files, const ReadOptions& options, const std::vector<const Model*>& models,
                                  Sources& sources, std::vector<std::string>* wanted, CodeSearch* search) {
  const unsigned threads = platform::thread_count(options.threads, 8U);
  std::vector<Queries> results(models.size());
  if (std::ranges::all_of(models, [](const Model* model) { return model->tables.empty(); })) return results;
  std::optional<CodeSearch> own;
  if (search == nullptr) search = &own.emplace(files, options.root);
  const std::vector<CodeFile*> candidates = search->candidates(models, sources, options.threads, options.other, wanted);

  std::vector<std::vector<Found>> found(models.size());
  for (std::size_t m = 0; m < models.size(); ++m) {
    found[m].resize(candidates.size());
    Binder binder(search->code(), *models[m]);
    text::in_parallel(threads, candidates.size(), 8, [&](std::size_t i) { found[m][i] = read_file(binder, *candidates[i]); });
  }
  std::vector<ColumnsByName> named(models.size());
  for (std::size_t m = 0; m < models.size(); ++m) {
    for (const Found& from : found[m]) named[m].enter(from.queries.values);
    named[m].finish();
  }
  // Files get their numbers in the order of their paths, so that a run is like the next.
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    CodeFile& file = *candidates[i];
    const auto number = [&] {
      if (file.file == kNoFile) file.file = sources.add(workspace::relative_path(file.path, options.root), std::move(file.owned));
      return file.file;
    };
    for (std::size_t m = 0; m < models.size(); ++m) {
      Found& from = found[m][i];
      Queries& to = results[m];
      if (from.imports_schema || !from.queries.queries.empty()) ++to.files;
      if (from.parsed) to.parsed_files.push_back(workspace::relative_path(file.path, options.root));
      for (Query& query : from.queries.queries) {
        set_file(query, number());
        to.queries.push_back(std::move(query));
      }
      to.may_ask_for_relations = to.may_ask_for_relations || from.queries.may_ask_for_relations;
      const auto before = static_cast<std::ptrdiff_t>(to.texts.size());
      for (const ColumnText& text : from.queries.values.texts) to.texts.push_back(text);
      for (const PassedText& passed : from.queries.values.passed) {
        for (const Column* column : named[m].columns(passed.name)) {
          to.texts.push_back({column, passed.text, false, TextUse::kPassed, passed.span});
        }
      }
      std::stable_sort(to.texts.begin() + before, to.texts.end(),
                       [](const ColumnText& a, const ColumnText& b) { return a.span.start < b.span.start; });
      std::for_each(to.texts.begin() + before, to.texts.end(), [&](ColumnText& text) { text.span.file = number(); });
      if (!from.queries.relational_uses.empty() && !to.uses_relations) {
        to.uses_relations = true;
        to.relations_use = from.queries.relational_uses.front();
        to.relations_use.file = number();
      }
      for (const syntax::Piece& piece : file.outline.unique_violations) to.unique_violations.push_back({number(), piece.start, piece.end});
    }
  }
  for (Queries& result : results) std::ranges::sort(result.parsed_files);
  return results;
}

}  // namespace drizzle_audit::queries
