// The file system as the tool sees it. Passed in everywhere, so that library code touches no global state and tests can point it
// at any folder. All paths are absolute, with `/`, without `.` or `..` parts. Const member functions are safe from several threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace drizzle_audit::workspace {

enum class EntryKind : std::uint8_t { kFile, kFolder, kOther /* socket, device, broken link */ };

struct Entry {
  std::string name;  ///< without the folder
  EntryKind kind = EntryKind::kOther;
  bool is_link = false;
};

/// Why something could not be read; a clause for people: "permission denied", "is a binary file", "is larger than 32 MB".
struct FileError {
  std::string reason;
};

class FileSystem {
 public:
  virtual ~FileSystem() = default;
  /// What `path` is, links followed; none when nothing is there.
  [[nodiscard]] virtual std::optional<EntryKind> kind(const std::string& path) const = 0;
  /// The whole file, into a text whose memory is used again. Refuses what is larger than `limit` bytes; the text is anything then.
  [[nodiscard]] virtual std::optional<FileError> read_into(std::string& text, const std::string& path, std::uint64_t limit) const = 0;
  /// The same as a new text.
  [[nodiscard]] std::variant<std::string, FileError> read(const std::string& path, std::uint64_t limit) const {
    std::string text;
    if (std::optional<FileError> error = read_into(text, path, limit)) return std::move(*error);
    return text;
  }
  /// The folder's entries, sorted by name; empty when it cannot be listed.
  [[nodiscard]] virtual std::vector<Entry> list(const std::string& path) const = 0;
  /// The path with all links resolved; `path` itself when that fails.
  [[nodiscard]] virtual std::string real_path(const std::string& path) const = 0;
};

/// Larger source files are reported, not read: nobody wrote them by hand.
inline constexpr std::uint64_t kMaxSourceBytes = 16U << 20U;

}  // namespace drizzle_audit::workspace
