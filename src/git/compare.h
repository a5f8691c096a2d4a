// Two states of a project: the one to report on, and the one before.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "git/diff_text.h"
#include "git/repository.h"
#include "workspace/overlay_file_system.h"

namespace drizzle_audit::git {

enum class Scope {
  kStaged,   ///< what `git commit` would commit: the index against the last commit
  kChanged,  ///< the work tree with what is staged and what is new, against the last commit
  kSince,    ///< the work tree against where the branch left a commit
};

/// Paths are absolute.
struct Comparison {
  workspace::OverlayFiles now;     ///< over the disk: what is reported on; empty unless kStaged
  workspace::OverlayFiles before;  ///< over the disk: what it is compared with
  ChangedLines lines;              ///< of now
};

/// `folder` (absolute) is in the project. `ref`: what kSince compares with, as the user gives it.
std::variant<Comparison, Error> compare(const workspace::FileSystem& disk, const std::string& folder, Scope scope, const std::string& ref);

}  // namespace drizzle_audit::git
