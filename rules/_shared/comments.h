// The comments of a schema by where they stand: above a piece of source, behind it, inside it. Authors say in them what a rule must not
// overrule. Text is without marks, lower case, on one line; `//` lines that follow one another are one comment.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "drizzle_audit/model.h"

namespace drizzle_audit::rules {

class Comments {
 public:
  /// `model` outlives this.
  explicit Comments(const Model& model);

  /// What ends on the line above the span, with everything on the lines above that; empty without one. Comments behind code are not above.
  [[nodiscard]] std::string above(Span span) const;
  /// What stands behind the span on its last line, with nothing but a comma or semicolon between; empty without one.
  [[nodiscard]] std::string behind(Span span) const;
  /// All comments in the span.
  [[nodiscard]] std::vector<std::string> inside(Span span) const;

 private:
  struct Entry {
    Span span;
    std::string text;
    std::uint32_t first_line = 0;
    std::uint32_t last_line = 0;
    bool alone = false;      ///< nothing before it on its line
    bool continues = false;  ///< a `//` line that goes on from the one before
  };
  using Entries = std::vector<Entry>;
  [[nodiscard]] const Entries& entries_of(FileId file) const;

  const Sources& sources_;
  std::map<FileId, Entries> entries_;  ///< by offset
};

}  // namespace drizzle_audit::rules
