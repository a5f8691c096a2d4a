// The glob dialect of drizzle.config's `schema`: npm glob 8 with minimatch 5, which drizzle-kit bundles. `*`, `**`, `?`, `[…]`,
// `{a,b}`, `{1..3}`, `!(…)`, `?(…)`, `*(…)`, `+(…)`, `@(…)`, `\` escapes; a name that starts with a dot matches only a pattern
// that does.
// Matching works on sets of positions: its time is polynomial in the lengths for every pattern.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "workspace/file_system.h"

namespace drizzle_audit::workspace {

class FolderCache;

namespace glob_internal {
struct Alternative;
}  // namespace glob_internal

/// A compiled pattern. Cheap to move, immutable, safe from several threads.
class Glob {
 public:
  explicit Glob(std::string_view pattern);
  Glob(Glob&&) noexcept;
  Glob& operator=(Glob&&) noexcept;
  ~Glob();

  /// Whether the whole of `path` matches. A leading `./` means nothing on either side.
  [[nodiscard]] bool matches(std::string_view path) const;

  /// The brace-expanded pattern, each ready to match.
  [[nodiscard]] const std::vector<glob_internal::Alternative>& alternatives() const { return alternatives_; }

 private:
  std::vector<glob_internal::Alternative> alternatives_;
};

[[nodiscard]] bool matches(std::string_view pattern, std::string_view path);

/// Whether the pattern has anything to expand; otherwise it is a plain path.
[[nodiscard]] bool is_glob(std::string_view pattern);

struct GlobMatch {
  std::string path;  ///< absolute
  EntryKind kind = EntryKind::kFile;
  friend bool operator==(const GlobMatch&, const GlobMatch&) = default;
};

/// What `pattern` matches on disk, files and folders, sorted by path, each once. Relative patterns start at `root`; `..` may leave it.
/// Lists no folder outside the pattern's literal prefix. `**` enters no link below the first level, as glob 8, and no `node_modules`
/// (ours).
[[nodiscard]] std::vector<GlobMatch> expand(const FileSystem& files, std::string_view root, std::string_view pattern);
[[nodiscard]] std::vector<GlobMatch> expand(const FolderCache& folders, std::string_view root, std::string_view pattern);

/// The files a drizzle.config `schema` entry stands for, sorted: a matched folder gives the files directly in it, whatever they are
/// called, as drizzle-kit's prepareFilenames does (drizzle-kit 0.31, src/serializer/index.ts).
[[nodiscard]] std::vector<std::string> expand_schema_files(const FileSystem& files, std::string_view root, std::string_view pattern);

}  // namespace drizzle_audit::workspace
