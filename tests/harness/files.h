// Files for tests: reading fixtures, and a folder of a test's own that goes away with it. Used by every kind of test.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace drizzle_audit::harness {

/// The whole file; throws std::runtime_error when it cannot be read, which fails the test that asked.
std::string read_file(const std::filesystem::path& path);

/// Writes the file and the folders above it; throws std::runtime_error.
void write_file(const std::filesystem::path& path, std::string_view content);

/// A fresh empty folder below the system's temporary one, removed with everything in it at the end of the scope.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  /// Real path: no symbolic link in it.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace drizzle_audit::harness
