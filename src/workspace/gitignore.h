// Ignore rules as gitignore(5) has them. `walk` asks; `IgnoreRules` is one file, `IgnoreChain` is the files that apply in a folder.
// The user's global excludes (core.excludesFile) are left out: results must not differ between machines.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "workspace/file_system.h"

namespace drizzle_audit::workspace {

/// Nobody writes a larger ignore file by hand; what is beyond is not read.
constexpr std::uint64_t kMaxIgnoreBytes = 4U << 20U;

enum class IgnoreVerdict : std::uint8_t { kNone, kIgnored, kKept /* by a `!` rule */ };

/// The rules of one `.gitignore` or `.git/info/exclude`. Immutable.
class IgnoreRules {
 public:
  explicit IgnoreRules(std::string_view text);

  /// What the last rule that matches says. `path` is relative to the folder of the file.
  [[nodiscard]] IgnoreVerdict check(std::string_view path, bool is_folder) const;
  [[nodiscard]] bool empty() const { return rules_.empty(); }

 private:
  enum class Shape : std::uint8_t { kLiteral, kSuffix /* `*.log` */, kWild };
  struct Rule {
    std::string text;                   // kLiteral and kSuffix: what to compare with
    std::vector<std::string> segments;  // kWild: pattern split at `/`; "**" spans folders
    Shape shape = Shape::kWild;
    bool negated = false;
    bool folders_only = false;
    bool anywhere = false;  // no slash inside: compared with the name only
  };
  std::vector<Rule> rules_;
};

/// The ignore files that apply below a folder, nearest first. Chains share their outer parts.
class IgnoreChain {
 public:
  /// The chain for `folder` and what is above it, up to the git work tree's top, `.git/info/exclude` included.
  static std::shared_ptr<const IgnoreChain> above(const FileSystem& files, const std::string& folder);
  /// `outer` with the rules of `folder`'s own `.gitignore` in front.
  static std::shared_ptr<const IgnoreChain> inside(std::shared_ptr<const IgnoreChain> outer, std::string folder,
                                                   std::string_view gitignore_text);

  IgnoreChain(std::shared_ptr<const IgnoreChain> outer, std::string folder, IgnoreRules rules);

  /// Whether `path` (absolute, below the chain's folder) is ignored, its parents taken as not ignored.
  [[nodiscard]] bool ignores(std::string_view path, bool is_folder) const;

 private:
  std::shared_ptr<const IgnoreChain> outer_;
  std::string folder_;
  IgnoreRules rules_;
};

}  // namespace drizzle_audit::workspace
