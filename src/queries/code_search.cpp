// See code_search.h.
#include "queries/code_search.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <iterator>
#include <set>
#include <utility>
#include <variant>

#include "platform/platform.h"
#include "queries/bytes.h"
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

/// Nobody writes larger files by hand; a parser may need minutes for what is no source at all.
constexpr std::size_t kLargestFile = 1U << 20U;

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

/// The code below a folder, tests left out.
void add_code(const workspace::FileSystem& files, const std::string& folder, unsigned threads, std::vector<std::string>& paths) {
  std::vector<std::string> found = workspace::walk(files, folder, threads).sources;
  std::erase_if(found, [&](const std::string& path) { return is_test(path, folder); });
  std::ranges::move(found, std::back_inserter(paths));
}

/// What the file at hand is read into: most are dropped after a glance.
std::string& buffer() {
  thread_local std::string text;
  return text;
}

/// How many files a thread takes at a time.
constexpr std::size_t kBatch = 8;

}  // namespace

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

CodeSearch::CodeSearch(const workspace::FileSystem& files, std::string root) : files_(files), root_(std::move(root)), code_(files, root_) {}

CodeSearch::~CodeSearch() {
  if (!worker_.joinable()) return;
  next_ = SIZE_MAX / 2;  // nobody asked: whatever is left need not be read
  worker_.join();
}

void CodeSearch::start(Excerpt excerpt) {
  excerpt_ = std::move(excerpt);
  worker_ = std::thread([this] {
    add_code(files_, root_, 1, below_root_);
    seen_.resize(below_root_.size());
    walked_.count_down();
    work();
  });
}

void CodeSearch::work() {
  for (std::size_t begin = next_.fetch_add(kBatch); begin < below_root_.size(); begin = next_.fetch_add(kBatch)) {
    for (std::size_t i = begin; i < std::min(begin + kBatch, below_root_.size()); ++i) look_ahead(below_root_[i], seen_[i]);
  }
}

void CodeSearch::finish_ahead() {
  if (!worker_.joinable()) return;
  walked_.wait();
  work();
  worker_.join();
}

void CodeSearch::look_ahead(const std::string& path, Seen& seen) {
  std::string& text = buffer();
  if (files_.read_into(text, path, kLargestFile) || workspace::is_binary(text)) return;
  if (excerpt_) seen.excerpt = excerpt_(path, text);
  if (calls_query_word(text) || may_name_unique_violation(text)) seen.file = code_.add(path, text, kNoFile);
}

std::vector<CodeFile*> CodeSearch::candidates(const std::vector<const Model*>& models, const Sources& sources, unsigned threads,
                                              const OtherReader& other, std::vector<std::string>* wanted) {
  const bool started = worker_.joinable();
  finish_ahead();
  code_.enter(sources);
  if (!started) add_code(files_, root_, threads, below_root_);
  const std::vector<std::string> others = paths_elsewhere(models, sources, threads);
  const std::size_t count = below_root_.size() + others.size();
  const auto path = [&](std::size_t i) -> const std::string& {
    return i < below_root_.size() ? below_root_[i] : others[i - below_root_.size()];
  };
  std::vector<CodeFile*> found(count, nullptr);
  std::deque<bool> is_wanted(count);  // no vector<bool>: threads write to neighbours
  text::in_parallel(platform::thread_count(threads, 8U), count, kBatch, [&](std::size_t i) {
    if (i >= seen_.size()) {
      found[i] = look_at(path(i), other, is_wanted[i]);
    } else {
      found[i] = seen_[i].file;
      is_wanted[i] = other.wants && !seen_[i].excerpt.empty() && other.wants(path(i), seen_[i].excerpt);
    }
  });
  for (std::size_t i = 0; wanted != nullptr && i < count; ++i) {
    if (is_wanted[i]) wanted->push_back(path(i));
  }
  if (wanted != nullptr) std::ranges::sort(*wanted);
  std::erase(found, nullptr);
  std::ranges::sort(found, {}, &CodeFile::path);
  return found;
}

/// Code that may use the schema and is not below the root: in the packages that the root and the tables' files are part of, and in the
/// packages of the workspace that depend on one of these. Nothing else of a workspace: it could not import the schema.
std::vector<std::string> CodeSearch::paths_elsewhere(const std::vector<const Model*>& models, const Sources& sources,
                                                     unsigned threads) const {
  const workspace::Packages& packages = code_.resolver().packages();
  std::set<std::string> folders{root_};
  std::set<const workspace::Package*> owners;
  const auto enter_owner = [&](const std::string& folder) {
    const workspace::Package* package = packages.nearest(folder);
    // The package at the top of a workspace has all the others below it: as an owner it would stand for everything.
    if (package == nullptr) return;
    const bool is_top = package->folder == packages.workspace_root() && package->folder != root_;
    if (is_top && packages.workspace_packages().size() > 1) return;
    folders.insert(package->folder);
    if (!package->name.empty()) owners.insert(package);
  };
  enter_owner(root_);
  std::set<std::string> table_folders;
  for (const Model* model : models) {
    for (const Table& table : model->tables) {
      table_folders.emplace(workspace::dirname(workspace::join(root_, sources.path(table.span.file))));
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
    if (folder != root_) add_code(files_, folder, threads, paths);
  }
  std::erase_if(paths, [this](const std::string& path) { return workspace::is_within(path, root_); });
  return paths;
}

/// The file when it may matter; null otherwise.
CodeFile* CodeSearch::look_at(const std::string& path, const OtherReader& other, bool& wanted) {
  const FileId known = code_.known(path);
  if (known == kNoFile && files_.read_into(buffer(), path, kLargestFile)) return nullptr;
  const std::string_view text = known == kNoFile ? std::string_view(buffer()) : code_.text(known);
  if (text.size() > kLargestFile) return nullptr;
  if (workspace::is_binary(text)) return nullptr;
  if (other.excerpt) {
    const std::string excerpt = other.excerpt(path, text);
    wanted = !excerpt.empty() && other.wants(path, excerpt);
  }
  if (!calls_query_word(text) && !may_name_unique_violation(text)) return nullptr;
  return code_.add(path, known == kNoFile ? std::string(text) : std::string(), known);
}

}  // namespace drizzle_audit::queries
