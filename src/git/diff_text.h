// Reading what git's diff commands print.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit::git {

/// 1-based, both ends included.
struct LineRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};
/// By path relative to the top of the work tree; of each file the lines that are new or different, in order.
using ChangedLines = std::map<std::string, std::vector<LineRange>>;

/// A patch of `git diff-index -p -U0` with the prefixes a/ and b/.
ChangedLines read_patch(std::string_view patch);

/// One record of `git diff-index --raw -z --no-renames --no-abbrev`.
struct RawChange {
  std::string old_mode;  ///< six octal digits
  std::string new_mode;
  std::string old_id;  ///< of the blob; zeros when there is none, or git has not worked it out
  std::string new_id;
  char status = ' ';  ///< A, D, M, T, U …
  std::string path;
};
std::vector<RawChange> read_raw(std::string_view text);

/// Pieces that NUL bytes end.
std::vector<std::string> split_nul(std::string_view text);

}  // namespace drizzle_audit::git
