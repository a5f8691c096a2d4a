// See repository.h.
#include "git/repository.h"

#include <utility>

#include "platform/platform.h"
#include "workspace/paths.h"

namespace drizzle_audit::git {
namespace {

/// What a hook's environment, or a user's, may hold that would point git elsewhere or change what it prints.
platform::EnvironmentChanges quiet_environment() {
  platform::EnvironmentChanges changes;
  for (const char* name : {"GIT_PREFIX", "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS",
                           "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_TRACE", "GIT_TRACE2", "LANGUAGE"})
    changes.emplace_back(name, std::nullopt);
  changes.emplace_back("GIT_OPTIONAL_LOCKS", "0");
  changes.emplace_back("GIT_TERMINAL_PROMPT", "0");
  changes.emplace_back("LC_ALL", "C");
  return changes;
}

/// One line of output, without its end. A path may hold line ends itself.
std::string without_line_end(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

/// A path that git printed, or that a variable for git holds.
std::string path_from(const std::string& base, const std::string& text) { return workspace::join(base, platform::from_native(text)); }

/// Whether GIT_DIR of the environment is the repository's own. A hook sets it, sometimes relative to a folder that was left since; of
/// another repository it is when a hook of one is at work in another.
bool is_own_git_dir(const workspace::FileSystem& disk, const Repository& repository) {
  const std::string given = platform::variable("GIT_DIR");
  if (given.empty()) return true;
  const std::string path = path_from(platform::current_folder(), given);
  if (!disk.kind(path)) return true;
  const platform::ProcessResult own = run(repository, {"rev-parse", "--absolute-git-dir"});
  return own.status == 0 && disk.real_path(path) == disk.real_path(path_from("/", without_line_end(own.out)));
}

}  // namespace

platform::ProcessResult run(const Repository& repository, const std::vector<std::string>& words, std::string_view input) {
  // core.fsmonitor may name a program; core.quotePath decides how diff_text.cpp finds names.
  std::vector<std::string> arguments = {
      "git", "-C", platform::to_native(repository.top), "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotePath=true"};
  arguments.insert(arguments.end(), words.begin(), words.end());
  return platform::run_process(arguments, repository.environment, input);
}

Error failed(const std::string& what, const platform::ProcessResult& result) {
  if (!result.failure.empty()) {
    return {.message = what + ": git cannot be started: " + result.failure, .help = "install git, or leave the flag out"};
  }
  std::string said = result.err.substr(0, result.err.find_first_of("\r\n"));
  for (const std::string_view prefix : {"fatal: ", "error: "}) {
    if (said.starts_with(prefix)) said.erase(0, prefix.size());
  }
  return {.message = what + ": git says: " + (said.empty() ? "exit status " + std::to_string(result.status) : said), .help = {}};
}

std::variant<Repository, Error> find_repository(const workspace::FileSystem& disk, const std::string& folder) {
  // What the folders say comes first: in a hook GIT_DIR makes git take the working folder for the top. Only where they say nothing is it a
  // repository kept apart from its work tree, which the environment names.
  Repository repository{.top = folder, .environment = quiet_environment()};
  const platform::EnvironmentChanges as_given = repository.environment;
  for (const char* name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE"})
    repository.environment.emplace_back(name, std::nullopt);
  platform::ProcessResult top = run(repository, {"rev-parse", "--show-toplevel"});
  const bool by_environment = top.status != 0 && top.failure.empty() && !platform::variable("GIT_DIR").empty();
  if (by_environment) {
    repository.environment = as_given;
    top = run(repository, {"rev-parse", "--show-toplevel"});
  }
  if (top.status != 0) {
    Error error = failed("what changed is unknown", top);
    if (top.err.find("not a git repository") != std::string::npos) {
      error = {.message = "what changed is unknown: " + platform::to_native(folder) + " is in no git repository",
               .help = "run it in one, or leave --staged, --changed or --since out"};
    }
    return error;
  }
  repository.top = disk.real_path(path_from("/", without_line_end(top.out)));
  if (by_environment) return repository;
  // The index of a commit in progress (git commit FILE, git commit -a) is a file of its own.
  const std::string index = platform::variable("GIT_INDEX_FILE");
  if (!index.empty() && is_own_git_dir(disk, repository)) {
    repository.environment.emplace_back("GIT_INDEX_FILE", platform::to_native(path_from(repository.top, index)));
    std::erase_if(repository.environment, [](const auto& change) { return change.first == "GIT_INDEX_FILE" && !change.second; });
  }
  return repository;
}

}  // namespace drizzle_audit::git
