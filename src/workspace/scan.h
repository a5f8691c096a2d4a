// The cheap look at a file's bytes that decides whether it is worth parsing. Errs on the side of yes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "workspace/file_system.h"

namespace drizzle_audit::workspace {

/// Contains `drizzle-orm`.
[[nodiscard]] bool mentions_drizzle(std::string_view text);

/// Mentions drizzle and holds something that can make a table: `Table(`, `TableCreator`, `.table(`, `.withRLS(`, generics and spaces
/// allowed.
[[nodiscard]] bool defines_tables(std::string_view text);

/// A NUL among the first 8 kB (as git decides). UTF-16 files count: TypeScript in them is not worth supporting.
[[nodiscard]] bool is_binary(std::string_view text);

/// 3 when the text starts with a UTF-8 byte order mark, else 0.
[[nodiscard]] std::size_t bom_length(std::string_view text);

struct UnreadableFile {
  std::string path;
  std::string reason;  ///< see FileError
};

struct TableFiles {
  std::vector<std::string> files;  ///< sorted
  std::vector<UnreadableFile> unreadable;
  std::size_t scanned = 0;
};

/// Walks `root` and reads every source: the files for which `defines_tables` holds.
[[nodiscard]] TableFiles find_table_files(const FileSystem& files, const std::string& root, unsigned threads = 0);

/// The same over a list of files (for instance of an earlier `walk`).
[[nodiscard]] TableFiles scan_files(const FileSystem& files, const std::vector<std::string>& paths, unsigned threads = 0);

}  // namespace drizzle_audit::workspace
