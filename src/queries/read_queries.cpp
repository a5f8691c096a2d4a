// See read_queries.h. Three steps: all files are read and most are dropped at a glance; the others are outlined (outline.h) and dropped
// unless their imports lead to a table; of the rest, the top-level statements that use one are parsed and read (extract.h).
#include "queries/read_queries.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "platform/platform.h"
#include "queries/binder.h"
#include "queries/bytes.h"
#include "queries/code.h"
#include "queries/extract.h"
#include "syntax/parse.h"
#include "text/parallel.h"
#include "workspace/paths.h"
#include "workspace/scan.h"
#include "workspace/walk.h"

namespace drizzle_audit::queries {
namespace {

/// What is called in a statement that we can read, at least one of them. Operators go by their own names nearly always.
constexpr auto kCalled = std::to_array<std::string_view>(
    {"$count",  "and",     "arrayContained", "arrayContains", "arrayOverlaps", "asc",        "between", "delete",
     "desc",    "eq",      "exists",         "findFirst",     "findMany",      "from",       "gt",      "gte",
     "ilike",   "inArray", "insert",         "isNotNull",     "isNull",        "like",       "lt",      "lte",
     "ne",      "not",     "notBetween",     "notExists",     "notIlike",      "notInArray", "notLike", "or",
     "orderBy", "update"});
/// Those of `kCalled` that are methods: they count behind a dot only. `update(…)` alone is anybody's function.
constexpr auto kMethods =
    std::to_array<std::string_view>({"$count", "delete", "findFirst", "findMany", "from", "insert", "orderBy", "update"});

/// Whether what ends at `end` may be a dot; a comment may hide one.
bool dot_before(std::string_view text, std::size_t end) {
  const std::size_t last = text.substr(0, end).find_last_not_of(" \t\r\n");
  return last != std::string_view::npos && (text[last] == '.' || text[last] == '/');
}

/// Bits by length of the first letters of `kCalled`: tells most other words apart without a search.
constexpr std::array<std::uint32_t, 16> kFirstLetters = [] {
  std::array<std::uint32_t, 16> bits{};
  for (const std::string_view word : kCalled) bits[word.size()] |= 1U << (static_cast<unsigned char>(word[0]) & 31U);
  return bits;
}();

/// Whether one of `kCalled` stands before a parenthesis. One pass, from parenthesis to parenthesis.
bool calls_query_word(std::string_view text) {
  for (std::size_t at = text.find('('); at != std::string_view::npos; at = text.find('(', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_word(text[begin - 1])) --begin;
    const std::size_t length = at - begin;
    if (length < 2 || length > 14 || (kFirstLetters[length] >> (static_cast<unsigned char>(text[begin]) & 31U) & 1U) == 0) continue;
    const std::string_view word = text.substr(begin, length);
    if (!std::ranges::binary_search(kCalled, word)) continue;
    if (!std::ranges::binary_search(kMethods, word) || dot_before(text, begin)) return true;
  }
  return false;
}

/// Nobody writes larger files by hand; a parser may need minutes for what is no source at all.
constexpr std::size_t kLargestFile = 1U << 20U;

/// What a file gave for one model.
struct Found {
  FileQueries queries;
  bool imports_schema = false;
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
  syntax::SyntaxTree tree = syntax::parse(file.text, file.path, kNoFile, {.pieces = pieces, .all_code = true});
  // A statement that does not parse on its own may have been cut in the wrong place.
  if (!tree.errors.empty() && !whole) tree = syntax::parse(file.text, file.path, kNoFile, {.pieces = {}, .all_code = true});
  found.queries = extract(binder, file, *tree.root);
  return found;
}

bool depends_on(const workspace::Package& package, const std::string& name) {
  return std::ranges::any_of(std::to_array({"dependencies", "devDependencies", "peerDependencies"}), [&](const char* key) {
    const auto list = package.manifest.find(key);
    return list != package.manifest.end() && list->is_object() && list->contains(name);
  });
}

/// Tests look rows up in ways that the application never does.
bool is_test(std::string_view path, std::string_view root) {
  path.remove_prefix(std::min(root.size(), path.size()));
  for (const std::string_view part : {"/__tests__/", "/__mocks__/", "/test/", "/tests/", "/e2e/", ".test.", ".spec.", ".e2e.", ".bench."}) {
    if (path.find(part) != std::string_view::npos) return true;
  }
  return false;
}

/// All code that may use the schema: below the root; in the packages that the root and the tables' files are part of; and in the packages
/// of the workspace that depend on one of these. Nothing else of a workspace: it could not import the schema.
std::vector<std::string> code_paths(const workspace::FileSystem& files, const Code& code, const ReadOptions& options,
                                    const std::vector<const Model*>& models, const Sources& sources) {
  const workspace::Packages& packages = code.resolver().packages();
  std::set<std::string> folders{options.root};
  std::set<const workspace::Package*> owners;
  const auto enter_owner = [&](const std::string& folder) {
    const workspace::Package* package = packages.nearest(folder);
    // The package at the top of a workspace has all the others below it: as an owner it would stand for everything.
    if (package == nullptr) return;
    const bool is_top = package->folder == packages.workspace_root() && package->folder != options.root;
    if (is_top && packages.workspace_packages().size() > 1) return;
    folders.insert(package->folder);
    if (!package->name.empty()) owners.insert(package);
  };
  enter_owner(options.root);
  std::set<std::string> table_folders;
  for (const Model* model : models) {
    for (const Table& table : model->tables) {
      table_folders.emplace(workspace::dirname(workspace::join(options.root, sources.path(table.span.file))));
    }
  }
  for (const std::string& folder : table_folders) enter_owner(folder);
  for (const workspace::Package* package : packages.workspace_packages()) {
    if (std::ranges::any_of(owners, [&](const workspace::Package* owner) { return depends_on(*package, owner->name); })) {
      folders.insert(package->folder);
    }
  }
  std::vector<std::string> paths;
  for (const std::string& folder : folders) {
    const bool inside_another =
        std::ranges::any_of(folders, [&](const std::string& other) { return other != folder && workspace::is_within(folder, other); });
    if (inside_another) continue;
    const std::vector<std::string> found = workspace::walk(files, folder, options.threads).sources;
    std::ranges::copy_if(found, std::back_inserter(paths), [&](const std::string& path) { return !is_test(path, folder); });
  }
  std::ranges::sort(paths);
  return paths;
}

/// The file when it may matter; null otherwise.
CodeFile* look_at(const workspace::FileSystem& files, Code& code, const ReadOptions& options, const Sources& sources,
                  const std::string& path, bool& keep) {
  const FileId known = code.known(path);
  std::string owned;
  if (known == kNoFile) {
    auto content = files.read(path, kLargestFile);
    if (std::holds_alternative<workspace::FileError>(content)) return nullptr;
    owned = std::move(std::get<std::string>(content));
  }
  const std::string_view text = known == kNoFile ? std::string_view(owned) : sources.text(known);
  if (text.size() > kLargestFile) return nullptr;
  keep = options.keep && options.keep(path, text) && !workspace::is_binary(text);
  if ((!calls_query_word(text) && !may_name_unique_violation(text)) || workspace::is_binary(text)) return nullptr;
  return code.add(path, std::move(owned), known);
}

void set_file(Query& query, FileId file) {
  query.span.file = file;
  for (ColumnFilter& filter : query.filters) filter.span.file = file;
  for (ColumnJoin& join : query.joins) join.span.file = file;
  for (ColumnSort& sort : query.sorts) sort.span.file = file;
}

}  // namespace

std::vector<Queries> read_queries(const workspace::FileSystem& files, const ReadOptions& options, const std::vector<const Model*>& models,
                                  Sources& sources, std::vector<std::string>* kept) {
  const unsigned threads = platform::thread_count(options.threads, 8U);
  std::vector<Queries> results(models.size());
  if (std::ranges::all_of(models, [](const Model* model) { return model->tables.empty(); })) return results;
  Code code(files, options.root, sources);
  const std::vector<std::string> paths = code_paths(files, code, options, models, sources);
  std::vector<CodeFile*> candidates(paths.size(), nullptr);
  std::deque<bool> wanted(paths.size());  // no vector<bool>: threads write to neighbours
  text::in_parallel(threads, paths.size(), 8,
                    [&](std::size_t i) { candidates[i] = look_at(files, code, options, sources, paths[i], wanted[i]); });
  if (kept != nullptr) {
    for (std::size_t i = 0; i < paths.size(); ++i) {
      if (wanted[i]) kept->push_back(paths[i]);
    }
  }
  std::erase(candidates, nullptr);

  std::vector<std::vector<Found>> found(models.size());
  for (std::size_t m = 0; m < models.size(); ++m) {
    found[m].resize(candidates.size());
    Binder binder(code, *models[m]);
    text::in_parallel(threads, candidates.size(), 8, [&](std::size_t i) { found[m][i] = read_file(binder, *candidates[i]); });
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
      for (Query& query : from.queries.queries) {
        set_file(query, number());
        to.queries.push_back(std::move(query));
      }
      if (!from.queries.relational_uses.empty() && !to.uses_relations) {
        to.uses_relations = true;
        to.relations_use = from.queries.relational_uses.front();
        to.relations_use.file = number();
      }
      for (const syntax::Piece& piece : file.outline.unique_violations) to.unique_violations.push_back({number(), piece.start, piece.end});
    }
  }
  return results;
}

}  // namespace drizzle_audit::queries
