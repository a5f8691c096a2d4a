// Who exports what under which name, and how a file would name another one: what adding an import has to know.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "fix/document.h"
#include "workspace/file_system.h"
#include "workspace/resolver.h"

namespace drizzle_audit::fix {

/// How imports of the project's own files are written.
struct SpecifierManner {
  int aliased = 0, relative = 0, upward = 0;
  std::string alias = {};                      ///< an import by an alias
  std::map<std::string, int> extensions = {};  ///< how many relative imports end in ".js", ".ts" or nothing of that kind
};

/// An import statement that leads to another file of `Sources`.
struct ProjectImport {
  const syntax::Node* statement = nullptr;
  FileId module = kNoFile;
};

class Modules {
 public:
  /// All must outlive this. `root` is absolute.
  Modules(Documents& documents, const workspace::FileSystem& files, std::string root)
      : documents_(documents), root_(std::move(root)), resolver_(files, root_) {}

  /// The file of `Sources` that an import in `from` leads to; kNoFile when it leads to a package or to what was never read.
  [[nodiscard]] FileId resolve(const Document& from, std::string_view specifier);
  /// The imports of a document that lead to other files of `Sources`, in their order.
  [[nodiscard]] const std::vector<ProjectImport>& imports(const Document& document);
  /// The name under which `module` exports what `file` declares as `binding` at its top; none when it does not.
  [[nodiscard]] std::optional<std::string> exported_as(FileId module, FileId file, std::string_view binding);
  /// How `from` would import `target`, in the manner of the imports around: relative or by an alias, with an extension or without. None
  /// when no such way leads there.
  [[nodiscard]] std::optional<std::string> specifier_for(const Document& from, FileId target);

 private:
  [[nodiscard]] FileId resolve(std::string_view from, std::string_view specifier);
  [[nodiscard]] const std::map<std::string, FileId, std::less<>>& by_path();
  /// How a document imports; how a file does of which nobody needs the tree; what one specifier says.
  const SpecifierManner& manner_of(const Document& document);
  void watch_outline(FileId file, SpecifierManner& manner);
  void note(std::string_view from, std::string_view specifier, bool is_import, SpecifierManner& manner);
  [[nodiscard]] std::string absolute(std::string_view path) const;
  [[nodiscard]] std::optional<std::string> by_alias(const Document& from, const std::string& target, const SpecifierManner& manner) const;
  /// Whether a file exports anything that it does not declare.
  [[nodiscard]] bool passes_on(FileId module);
  std::optional<std::string> find_export(FileId module, FileId file, std::string_view binding, std::vector<FileId>& open);

  Documents& documents_;
  std::string root_;
  workspace::Resolver resolver_;
  std::map<std::string, FileId, std::less<>> by_path_;
  std::map<std::pair<FileId, std::string>, FileId> resolved_;
  std::map<FileId, std::vector<ProjectImport>> imports_;
  std::map<FileId, bool> passing_;
  std::map<FileId, SpecifierManner> manners_;
  std::map<std::tuple<FileId, FileId, std::string>, std::optional<std::string>> exports_;
  std::optional<SpecifierManner> common_;  ///< of all files together
};

}  // namespace drizzle_audit::fix
