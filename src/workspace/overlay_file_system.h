// A file system with some files replaced, added or hidden: the index or an older commit of git over the work tree.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "workspace/file_system.h"

namespace drizzle_audit::workspace {

/// Absolute real paths and the text that stands there; none hides what is there, a folder with everything in it. Where a hidden folder or a
/// file holds the path of a text, the text wins.
using OverlayFiles = std::map<std::string, std::optional<std::string>>;

class OverlayFileSystem final : public FileSystem {
 public:
  OverlayFileSystem(std::unique_ptr<const FileSystem> below, OverlayFiles files) : below_(std::move(below)), files_(std::move(files)) {}

  [[nodiscard]] std::optional<EntryKind> kind(const std::string& path) const override;
  [[nodiscard]] std::optional<FileError> read_into(std::string& text, const std::string& path, std::uint64_t limit) const override;
  [[nodiscard]] std::vector<Entry> list(const std::string& path) const override;
  [[nodiscard]] std::string real_path(const std::string& path) const override;

 private:
  [[nodiscard]] std::string key(const std::string& path) const;
  [[nodiscard]] bool holds_text_below(const std::string& key) const;
  [[nodiscard]] bool is_hidden(const std::string& key) const;

  std::unique_ptr<const FileSystem> below_;
  OverlayFiles files_;
};

}  // namespace drizzle_audit::workspace
