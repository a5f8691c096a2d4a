// Which files may use the tables at all: all code of the project is read, and most of it dropped at a glance.
//
// Nothing of that needs a model, so it can begin while the schema is being read (`start`), on a core that has nothing else to do then.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <latch>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "drizzle_audit/model.h"
#include "queries/code.h"
#include "workspace/file_system.h"

namespace drizzle_audit::queries {

/// Whether the text calls a word of queries: `eq(…)`, `.from(…)`, `.findMany(…)`. One pass, from parenthesis to parenthesis.
[[nodiscard]] bool calls_query_word(std::string_view text);

/// The part of a file that somebody else needs to say whether he wants it, by its absolute path and text; empty when he never will.
using Excerpt = std::function<std::string(std::string_view path, std::string_view text)>;

/// Somebody else who wants some of the files that are read here anyway. Asked from several threads.
struct OtherReader {
  Excerpt excerpt = nullptr;
  std::function<bool(std::string_view path, std::string_view excerpt)> wants = nullptr;
};

class CodeSearch {
 public:
  /// `root`: of the project, absolute. `files` outlives this.
  CodeSearch(const workspace::FileSystem& files, std::string root);
  CodeSearch(const CodeSearch&) = delete;
  CodeSearch& operator=(const CodeSearch&) = delete;
  ~CodeSearch();

  /// Begins to look at the files below the root, on one thread of its own. `excerpt` may be null: nobody else will ask.
  void start(Excerpt excerpt);

  /// The files that may matter to one of the models, sorted by path; once. `sources` is what the models were read from. `wanted`, when it
  /// is not null, is given the paths of all code that `other` wants.
  [[nodiscard]] std::vector<CodeFile*> candidates(const std::vector<const Model*>& models, const Sources& sources, unsigned threads,
                                                  const OtherReader& other, std::vector<std::string>* wanted);

  Code& code() { return code_; }

 private:
  /// A file that was looked at before the models were there.
  struct Seen {
    CodeFile* file = nullptr;  // null when it uses no table
    std::string excerpt;
  };

  void work();
  void look_ahead(const std::string& path, Seen& seen);
  void finish_ahead();
  CodeFile* look_at(const std::string& path, const OtherReader& other, bool& wanted);
  [[nodiscard]] std::vector<std::string> paths_elsewhere(const std::vector<const Model*>& models, const Sources& sources,
                                                         unsigned threads) const;

  const workspace::FileSystem& files_;
  std::string root_;
  Code code_;
  std::vector<std::string> below_root_;
  std::vector<Seen> seen_;  // of every path below the root, when started
  Excerpt excerpt_;
  std::atomic<std::size_t> next_ = 0;
  std::latch walked_{1};
  std::thread worker_;
};

}  // namespace drizzle_audit::queries
