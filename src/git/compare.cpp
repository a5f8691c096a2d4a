// See compare.h.
#include "git/compare.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

#include "workspace/paths.h"

namespace drizzle_audit::git {
namespace {

constexpr std::uint32_t kLastLine = UINT32_MAX;

/// Whether the analysis may read the file: sources, and the files that describe a project.
bool may_matter(std::string_view path) {
  const std::string_view extension = workspace::extension(path);
  return workspace::is_source_name(path) || workspace::is_declaration_name(path) || workspace::basename(path) == ".gitignore" ||
         extension == ".json" || extension == ".jsonc" || extension == ".yaml" || extension == ".yml" || extension == ".lock" ||
         extension == ".sql";
}

bool is_file(std::string_view mode) { return mode.starts_with("100"); }
bool is_gitlink(std::string_view mode) { return mode.starts_with("16"); }

/// Blobs to be fetched, and where their texts go.
class Fetch {
 public:
  void add(workspace::OverlayFiles& files, const std::string& path, const std::string& id) { wanted_.push_back({&files, path, id}); }

  std::optional<Error> run(const Repository& repository) const {
    std::set<std::string> ids;
    for (const Wanted& wanted : wanted_) ids.insert(wanted.id);
    if (ids.empty()) return std::nullopt;
    std::string input;
    for (const std::string& id : ids) input += id + "\n";
    const platform::ProcessResult result = git::run(repository, {"cat-file", "--batch"}, input);
    if (!result.failure.empty() || result.status != 0) return failed("what changed cannot be read", result);
    std::map<std::string, std::string> texts;
    // "<id> blob <size>\n<text>\n", or "<id> missing\n"
    std::string_view rest = result.out;
    while (!rest.empty()) {
      const std::string_view head = rest.substr(0, std::min(rest.find('\n'), rest.size()));
      rest.remove_prefix(std::min(head.size() + 1, rest.size()));
      const std::size_t space = head.rfind(' ');
      std::size_t size = 0;
      if (space == std::string_view::npos || std::from_chars(head.data() + space + 1, head.data() + head.size(), size).ec != std::errc()) {
        return Error{.message = "what changed cannot be read: git has no object " + std::string(head), .help = "git fsck says more"};
      }
      texts.emplace(head.substr(0, head.find(' ')), rest.substr(0, size));
      rest.remove_prefix(std::min(size + 1, rest.size()));
    }
    for (const Wanted& wanted : wanted_) (*wanted.files)[wanted.path] = texts[wanted.id];
    return std::nullopt;
  }

 private:
  struct Wanted {
    workspace::OverlayFiles* files;
    std::string path;
    std::string id;
  };
  std::vector<Wanted> wanted_;
};

std::variant<std::string, Error> output(const Repository& repository, const std::vector<std::string>& words) {
  platform::ProcessResult result = run(repository, words);
  if (!result.failure.empty() || result.status != 0) return failed("what changed is unknown", result);
  return std::move(result.out);
}

/// The first line of what git prints; none when it fails.
std::optional<std::string> answer(const Repository& repository, const std::vector<std::string>& words, std::string_view input = {}) {
  const platform::ProcessResult result = run(repository, words, input);
  if (!result.failure.empty() || result.status != 0) return std::nullopt;
  return result.out.substr(0, result.out.find_first_of("\r\n"));
}

/// The tree to compare with: a commit, or the empty tree before the first one.
std::variant<std::string, Error> base_of(const Repository& repository, Scope scope, const std::string& ref) {
  if (scope == Scope::kSince) {
    std::optional<std::string> commit;
    if (!ref.empty() && !ref.starts_with("-")) commit = answer(repository, {"rev-parse", "--verify", "--quiet", ref + "^{commit}"});
    if (!commit) {
      return Error{
          .message = "--since: git knows no commit " + ref,
          .help =
              "name a branch, a tag or a commit; a shallow clone knows the newest ones only (git fetch --unshallow; fetch-depth: 0 "
              "in GitHub Actions)"};
    }
    // Without a common commit (unrelated, or cut off by a shallow clone) it is the commit itself.
    return answer(repository, {"merge-base", *commit, "HEAD"}).value_or(*commit);
  }
  if (std::optional<std::string> head = answer(repository, {"rev-parse", "--verify", "--quiet", "HEAD^{commit}"})) return *head;
  if (std::optional<std::string> empty = answer(repository, {"hash-object", "-t", "tree", "--stdin"})) return *empty;
  return Error{.message = "what changed is unknown: git names no empty tree", .help = {}};
}

std::vector<std::string> diff_words(Scope scope, const std::string& base, std::vector<std::string> more) {
  std::vector<std::string> words = {"diff-index", "--ignore-submodules=all"};
  if (scope == Scope::kStaged) words.emplace_back("--cached");
  words.insert(words.end(), more.begin(), more.end());
  words.push_back(base);
  words.emplace_back("--");
  return words;
}

/// Files git does not know and does not ignore. Packages are read though nobody ignored them.
std::optional<Error> read_untracked(const Repository& repository, std::vector<std::string>& paths) {
  auto listed = output(repository, {"ls-files", "-z", "--others", "--exclude-standard", "--directory", "--no-empty-directory"});
  if (auto* error = std::get_if<Error>(&listed)) return std::move(*error);
  for (std::string& path : split_nul(std::get<std::string>(listed))) {
    if (("/" + path + "/").find("/node_modules/") == std::string::npos) paths.push_back(std::move(path));
  }
  return std::nullopt;
}

/// In a sparse checkout the index has files that the disk has not.
std::optional<Error> read_sparse(const Repository& repository, Comparison& result, Fetch& fetch) {
  if (answer(repository, {"config", "--type=bool", "core.sparseCheckout"}) != "true") return std::nullopt;
  auto listed = output(repository, {"ls-files", "-z", "-t", "--stage"});
  if (auto* error = std::get_if<Error>(&listed)) return std::move(*error);
  for (const std::string& record : split_nul(std::get<std::string>(listed))) {
    // "S 100644 <id> 0\tpath"
    const std::size_t tab = record.find('\t');
    if (!record.starts_with("S 100") || tab == std::string::npos) continue;
    const std::string path = record.substr(tab + 1);
    if (may_matter(path)) fetch.add(result.now, workspace::join(repository.top, path), record.substr(9, record.find(' ', 9) - 9));
  }
  return std::nullopt;
}

/// The index in place of the work tree.
std::optional<Error> read_index(const Repository& repository, const std::vector<std::string>& untracked, Comparison& result) {
  Fetch fetch;
  for (const std::string& path : untracked) result.now[workspace::join(repository.top, path)] = std::nullopt;
  if (std::optional<Error> error = read_sparse(repository, result, fetch)) return error;
  auto differs = output(repository, {"diff-files", "--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=all"});
  if (auto* error = std::get_if<Error>(&differs)) return std::move(*error);
  // Of a conflict git lists U, and then one side of it. There is nothing to commit yet; the work tree shows it.
  std::set<std::string> conflicts;
  for (const RawChange& change : read_raw(std::get<std::string>(differs))) {
    if (change.status == 'U') conflicts.insert(change.path);
    if (conflicts.contains(change.path) || !may_matter(change.path)) continue;
    const std::string path = workspace::join(repository.top, change.path);
    if (is_file(change.old_mode)) fetch.add(result.now, path, change.old_id);
    else if (change.status == 'A') result.now[path] = std::nullopt;  // git add --intent-to-add
  }
  return fetch.run(repository);
}

/// What the base has otherwise, over what is there now.
std::optional<Error> read_base(const Repository& repository, const std::vector<RawChange>& changes, Scope scope, Comparison& result) {
  Fetch fetch;
  for (const RawChange& change : changes) {
    if (is_gitlink(change.old_mode) || !may_matter(change.path)) continue;
    const std::string path = workspace::join(repository.top, change.path);
    if (is_file(change.old_mode)) fetch.add(result.before, path, change.old_id);
    else result.before[path] = std::nullopt;
    // Taken out of the index, though the file is still there and ignored now.
    if (scope == Scope::kStaged && change.status == 'D') result.now[path] = std::nullopt;
  }
  return fetch.run(repository);
}

}  // namespace

std::variant<Comparison, Error> compare(const workspace::FileSystem& disk, const std::string& folder, Scope scope, const std::string& ref) {
  auto found = find_repository(disk, folder);
  if (auto* error = std::get_if<Error>(&found)) return std::move(*error);
  const Repository& repository = std::get<Repository>(found);
  auto base = base_of(repository, scope, ref);
  if (auto* error = std::get_if<Error>(&base)) return std::move(*error);
  const std::string& tree = std::get<std::string>(base);

  Comparison result;
  std::vector<std::string> untracked;
  if (std::optional<Error> error = read_untracked(repository, untracked)) return std::move(*error);
  if (scope == Scope::kStaged) {
    if (std::optional<Error> error = read_index(repository, untracked, result)) return std::move(*error);
  }
  result.before = result.now;
  for (const std::string& path : untracked) result.before[workspace::join(repository.top, path)] = std::nullopt;

  auto raw = output(repository, diff_words(scope, tree, {"--raw", "-z", "--no-renames", "--no-abbrev"}));
  if (auto* error = std::get_if<Error>(&raw)) return std::move(*error);
  const std::vector<RawChange> changes = read_raw(std::get<std::string>(raw));
  if (std::optional<Error> error = read_base(repository, changes, scope, result)) return std::move(*error);

  // --text: a file may be marked as binary, or look like it, and be a schema all the same. Moved files are new only where they differ.
  auto patch = output(repository, diff_words(scope, tree,
                                             {"--patch", "--unified=0", "--inter-hunk-context=0", "--find-renames", "--text", "--no-color",
                                              "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/"}));
  if (auto* error = std::get_if<Error>(&patch)) return std::move(*error);
  for (auto& [path, lines] : read_patch(std::get<std::string>(patch))) result.lines[workspace::join(repository.top, path)] = lines;
  if (scope != Scope::kStaged) {
    for (const std::string& path : untracked) result.lines[workspace::join(repository.top, path)] = {{1, kLastLine}};
  }
  return result;
}

}  // namespace drizzle_audit::git
