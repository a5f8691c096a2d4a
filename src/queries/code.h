// The project's files as this layer sees them: text and outline, read when asked for. Shared by all models of a run.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "drizzle_audit/source.h"
#include "queries/outline.h"
#include "workspace/resolver.h"

namespace drizzle_audit::queries {

struct CodeFile {
  std::string path;       ///< absolute
  FileId file = kNoFile;  ///< when `Sources` has it already
  std::string owned;      ///< the text otherwise
  std::string_view text;
  Outline outline;
  std::unordered_map<std::string_view, const ImportedName*> imports;  ///< by local name
  std::unordered_map<std::string_view, const DeclaredName*> declared;
  std::unordered_map<std::string_view, const ExportedName*> exports;  ///< by outer name
};

/// Safe from several threads. Files never move and live as long as this.
class Code {
 public:
  /// `root` is what paths in the sources are relative to.
  Code(const workspace::FileSystem& files, const std::string& root);

  /// Once, before `get` and not beside other calls: files that are in `sources` now have their number there and are not read again.
  void enter(const Sources& sources);

  /// The file at an absolute path, read and outlined now if it has not been; null when it cannot be read.
  CodeFile* get(const std::string& path);
  /// Enters a file whose text is already at hand (empty when `file` names it in `sources`).
  CodeFile* add(const std::string& path, std::string text, FileId file);
  /// The file's number in the sources entered, and their text by number.
  [[nodiscard]] FileId known(const std::string& path) const;
  [[nodiscard]] std::string_view text(FileId file) const { return sources_->text(file); }
  [[nodiscard]] const workspace::Resolver& resolver() const { return resolver_; }
  [[nodiscard]] const workspace::FileSystem& files() const { return files_; }

 private:
  const workspace::FileSystem& files_;
  std::string root_;
  const Sources* sources_ = nullptr;
  workspace::Resolver resolver_;
  std::map<std::string, FileId, std::less<>> known_;  // by absolute path
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<CodeFile>, std::less<>> by_path_;  // null: unreadable
};

}  // namespace drizzle_audit::queries
