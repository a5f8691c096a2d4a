// Source text and places in it.
//
// Every file the tool reads is owned by one `Sources`; everything else (syntax trees, values, the model, findings) points into
// that text with `Span`s and `std::string_view`s, so `Sources` outlives them all. A `Span` is two byte offsets; lines and UTF-16
// columns are computed only when somebody prints a `Location`.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit {

using FileId = std::uint32_t;
inline constexpr FileId kNoFile = UINT32_MAX;

/// A half-open range of bytes in one file. The default one is nowhere.
struct Span {
  FileId file = kNoFile;
  std::uint32_t start = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr bool somewhere() const { return file != kNoFile; }
  friend constexpr bool operator==(const Span&, const Span&) = default;
  friend constexpr auto operator<=>(const Span&, const Span&) = default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 reads it so
};

/// A place for people and editors: lines and columns are 1-based, columns count UTF-16 units, the end is exclusive.
struct Location {
  std::string_view path;  ///< relative to the project root, with `/`
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
};

/// Owns the text of every file read. Adding is safe from several threads at once; a file's text and path never move or change.
class Sources {
 public:
  /// `path` is relative to the project root. The text is taken as it is on disk (BOM and CRLF included): offsets are file offsets.
  FileId add(std::string path, std::string text);

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::string_view path(FileId file) const;
  [[nodiscard]] std::string_view text(FileId file) const;
  [[nodiscard]] std::string_view text(Span span) const;

  /// Where `span` is. Offsets past the end of the file count as its end. Builds the file's line table on first use.
  [[nodiscard]] Location location(Span span) const;

  /// The text of 1-based `line`, without its line ending; empty when there is no such line.
  [[nodiscard]] std::string_view line(FileId file, std::uint32_t line) const;

 private:
  struct File {
    std::string path;
    std::string text;
    mutable std::once_flag lines_once;
    mutable std::vector<std::uint32_t> line_starts;
  };
  const File& file(FileId id) const;
  static const std::vector<std::uint32_t>& line_starts(const File& file);

  mutable std::mutex mutex_;
  std::deque<File> files_;  // a deque: files never move
};

}  // namespace drizzle_audit
