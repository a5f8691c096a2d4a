// See walk.h. Folders are a shared stack; each thread takes one, lists it and puts its subfolders back.
#include "workspace/walk.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "platform/platform.h"
#include "workspace/gitignore.h"
#include "workspace/paths.h"

namespace drizzle_audit::workspace {
namespace {

constexpr std::size_t kMaxPathLength = 4096;  // what the system can open; also ends a loop that a file system without links could show

/// Never the project's own code, ignored by git or not: stores of packages, version control, caches and outputs of frameworks.
bool is_tool_folder(std::string_view name) {
  if (name == "node_modules") return true;
  if (name.empty() || name.front() != '.') return false;
  static constexpr std::array<std::string_view, 19> kNames{
      ".git",    ".hg",         ".svn",      ".jj",    ".yarn",  ".pnpm-store", ".next",  ".nuxt",    ".output",    ".turbo",
      ".vercel", ".svelte-kit", ".wrangler", ".cache", ".astro", ".expo",       ".nitro", ".angular", ".docusaurus"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

struct Task {
  std::string folder;
  std::shared_ptr<const IgnoreChain> ignore;
};

class Walker {
 public:
  Walker(const FileSystem& files, const std::string& root) : files_(files), real_root_(files.real_path(root)) {
    tasks_.push_back({root, IgnoreChain::above(files, root)});
  }

  WalkResult run(unsigned threads) {
    std::vector<WalkResult> parts(threads);
    std::vector<std::thread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back([this, &part = parts[i]] { work(part); });
    work(parts[0]);
    for (std::thread& other : others) other.join();
    WalkResult all = std::move(parts[0]);
    for (unsigned i = 1; i < threads; ++i) {
      append(all.sources, parts[i].sources);
      append(all.drizzle_configs, parts[i].drizzle_configs);
    }
    std::sort(all.sources.begin(), all.sources.end());
    std::sort(all.drizzle_configs.begin(), all.drizzle_configs.end());
    return all;
  }

 private:
  static void append(std::vector<std::string>& to, std::vector<std::string>& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  }

  void work(WalkResult& result) {
    std::vector<Task> subfolders;
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return !tasks_.empty() || busy_ == 0; });
      if (tasks_.empty()) break;
      const Task task = std::move(tasks_.back());
      tasks_.pop_back();
      ++busy_;
      lock.unlock();
      visit(task, result, subfolders);
      lock.lock();
      --busy_;
      append_tasks(subfolders);
      if (tasks_.size() > 1 || busy_ == 0) changed_.notify_all();
    }
    changed_.notify_all();
  }

  void append_tasks(std::vector<Task>& subfolders) {
    tasks_.insert(tasks_.end(), std::make_move_iterator(subfolders.begin()), std::make_move_iterator(subfolders.end()));
    subfolders.clear();
  }

  void visit(const Task& task, WalkResult& result, std::vector<Task>& subfolders) const {
    const std::vector<Entry> entries = files_.list(task.folder);
    const auto ignore = chain_of(task, entries);
    for (const Entry& entry : entries) {
      const bool is_folder = entry.kind == EntryKind::kFolder;
      if (is_folder && (entry.is_link || is_tool_folder(entry.name))) continue;
      if (entry.kind == EntryKind::kOther) continue;
      const bool is_source = !is_folder && is_source_name(entry.name);
      const bool is_config = !is_folder && is_drizzle_config_name(entry.name);
      if (!is_folder && !is_source && !is_config) continue;
      std::string path = child(task.folder, entry.name);
      if (path.size() > kMaxPathLength || (ignore && ignore->ignores(path, is_folder))) continue;
      if (is_folder) {
        subfolders.push_back({std::move(path), ignore});
        continue;
      }
      if (entry.is_link && is_within(files_.real_path(path), real_root_)) continue;
      if (is_config) result.drizzle_configs.push_back(path);
      if (is_source) result.sources.push_back(std::move(path));
    }
  }

  std::shared_ptr<const IgnoreChain> chain_of(const Task& task, const std::vector<Entry>& entries) const {
    constexpr std::string_view kName = ".gitignore";
    const auto at = std::lower_bound(entries.begin(), entries.end(), kName,
                                     [](const Entry& entry, std::string_view wanted) { return entry.name < wanted; });
    // git does not follow a .gitignore that is a link (gitignore(5), NOTES).
    if (at == entries.end() || at->name != kName || at->kind != EntryKind::kFile || at->is_link) return task.ignore;
    auto text = files_.read(child(task.folder, kName), kMaxIgnoreBytes);
    const auto* rules = std::get_if<std::string>(&text);
    return rules == nullptr ? task.ignore : IgnoreChain::inside(task.ignore, task.folder, *rules);
  }

  static std::string child(const std::string& folder, std::string_view name) {
    std::string path;
    path.reserve(folder.size() + 1 + name.size());
    path += folder;
    if (path.back() != '/') path += '/';
    path += name;
    return path;
  }

  const FileSystem& files_;
  std::string real_root_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Task> tasks_;
  unsigned busy_ = 0;
};

}  // namespace

WalkResult walk(const FileSystem& files, const std::string& root, unsigned threads) {
  return Walker(files, root).run(platform::thread_count(threads, 4U));
}

bool is_drizzle_config_name(std::string_view name) {
  constexpr std::string_view kPrefix = "drizzle";
  if (name.substr(0, kPrefix.size()) != kPrefix) return false;
  if (!is_source_name(name) && extension(name) != ".json") return false;
  const std::string_view last = extension(name);
  if (last == ".tsx" || last == ".jsx") return false;
  const std::string_view middle =
      without_extension(name).substr(kPrefix.size());  // ".config", ".prod.config", ".config.prod", "-prod.config"
  if (middle == ".config" || middle.substr(0, 8) == ".config.") return true;
  constexpr std::string_view kSuffix = ".config";
  const bool ends = middle.size() > kSuffix.size() && middle.substr(middle.size() - kSuffix.size()) == kSuffix;
  return ends && (middle.front() == '.' || middle.front() == '-');
}

}  // namespace drizzle_audit::workspace
