// The front door: fixes for findings, and texts with fixes applied.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "syntax/parse.h"
#include "workspace/file_system.h"

namespace drizzle_audit::fix {

/// Where the project is, and which of its files may be edited. All must outlive the call.
struct Surroundings {
  const workspace::FileSystem& files;
  std::string root;  ///< absolute
  /// By path relative to the root; what is never edited is refused anyway. Asked from several threads.
  std::function<bool(std::string_view path)> may_edit;
  const syntax::Trees& trees;  ///< of the files that were parsed already
  unsigned threads = 1;        ///< 0: as many as there are cores
};

/// Sets `Finding::fix` of every finding that can be cured in the source, and counts again.
void propose(audit::AuditResult& result, const Surroundings& surroundings);

/// Which fixes to apply.
struct Choice {
  bool unsafe = false;
  int rank = 0;                                            ///< only changes of this rank
  std::function<bool(const Finding& finding)> wants = {};  ///< further conditions; empty: all
};

struct Applied {
  std::map<std::string, std::string> texts;  ///< by path relative to the root: the whole new text of every file that changes
  std::vector<std::string> fingerprints;     ///< of the findings whose fixes were applied
  bool parses = true;                        ///< whether every new text parses as well as the old one did
};

/// In which order changes are made: what is there is put right before something is added, and what is added later sees what was
/// added before. Changes of one rank do not get in each other's way but for their places in the source.
[[nodiscard]] int rank_of(const SchemaChange& change);
inline constexpr int kRanks = 6;

/// Applies as many fixes as can be applied at once: of those that want to change the same place the first in order wins, the others wait
/// for another pass over the new source. Suppressed findings are left alone.
[[nodiscard]] Applied apply(const audit::AuditResult& result, const Surroundings& surroundings, const Choice& choice);

}  // namespace drizzle_audit::fix
