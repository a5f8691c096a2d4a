// A temporary folder filled from a list of files; what the tests of this folder start from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/files.h"
#include "workspace/disk_file_system.h"

namespace drizzle_audit::workspace {

struct TreeFile {
  std::string path;
  std::string content;
};

class Tree {
 public:
  Tree() = default;
  template <std::size_t N>
  explicit Tree(const TreeFile (&list)[N]) {
    for (const TreeFile& file : list) add(file.path, file.content);
  }

  void add(const std::string& path, std::string_view content = "") const { harness::write_file(folder_.path() / path, content); }
  void link(const std::string& path, const std::string& target) const {
    std::filesystem::create_directories((folder_.path() / path).parent_path());
    std::filesystem::create_symlink(target, folder_.path() / path);
  }
  [[nodiscard]] std::string root() const { return folder_.path().string(); }
  /// Absolute path of a file in the tree.
  [[nodiscard]] std::string at(const std::string& path) const { return root() + "/" + path; }
  /// Paths relative to the tree.
  [[nodiscard]] std::vector<std::string> inside(std::vector<std::string> paths) const {
    for (std::string& path : paths) path = path.compare(0, root().size() + 1, root() + "/") == 0 ? path.substr(root().size() + 1) : path;
    return paths;
  }

  DiskFileSystem files;

 private:
  harness::TemporaryFolder folder_;
};

using Paths = std::vector<std::string>;

}  // namespace drizzle_audit::workspace
