// The files that types come from: outlined when first asked for, their declarations parsed one statement at a time.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "drizzle_audit/source.h"
#include "queries/outline.h"
#include "syntax/type_ast.h"
#include "text/arena.h"
#include "workspace/file_system.h"
#include "workspace/resolver.h"

namespace drizzle_audit::types {

struct TypeFile {
  std::string path;  ///< absolute
  FileId file = kNoFile;
  std::string_view text;
  std::string unreadable;  ///< why the file could not be read; empty when it was
  queries::Outline outline;

  // Filled when somebody asks.
  text::Arena memory;        ///< of the declarations
  std::vector<bool> parsed;  ///< statements
  bool all_parsed = false;
  std::unordered_map<std::string_view, std::vector<const syntax::TypeNode*>> declarations;  ///< by name: types and values
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> statements;              ///< by name: where it is declared
  std::unordered_map<std::string_view, const queries::ImportedName*> imports;
  std::unordered_map<std::string_view, const queries::ExportedName*> exports;
};

/// Where a name leads: into a file of the project, to a package, or nowhere.
struct Place {
  enum class Kind : std::uint8_t { kDeclared, kModule, kPackage, kNowhere };
  Kind kind = Kind::kNowhere;
  TypeFile* file = nullptr;  ///< kDeclared, kModule
  std::string_view name;     ///< kDeclared: the name there; kPackage: the name in the package ("*": all of it)
  std::string_view package;  ///< kPackage: the specifier
  std::string reason;        ///< kNowhere: why
};

class TypeFiles {
 public:
  TypeFiles(const workspace::FileSystem& files, const workspace::Resolver& resolver, std::string root, Sources& sources);

  /// The file at an absolute path. Never null; `unreadable` says when it could not be read.
  TypeFile& get(const std::string& path);
  /// Reads and outlines many files at once, on several threads.
  void prepare(const std::vector<std::string>& paths, unsigned threads);
  /// The file with this number in the sources; null when there is none.
  TypeFile* by_id(FileId file);

  /// Everything declared under `name` at the top of the file, in source order. Threads may ask at once about different files.
  const std::vector<const syntax::TypeNode*>& declared(TypeFile& file, std::string_view name);
  /// Where `name`, used in `file`, is declared; follows imports.
  Place find(TypeFile& file, std::string_view name);
  /// Where what `file` exports as `name` is declared; follows re-exports.
  Place find_exported(TypeFile& file, std::string_view name);
  /// The module that `specifier` leads to.
  Place module(TypeFile& file, std::string_view specifier);

  /// Paths in the sources of the files of which something was parsed, sorted.
  [[nodiscard]] std::vector<std::string> parsed_files() const;
  Sources& sources() { return sources_; }
  text::Arena& memory() { return arena_; }

 private:
  /// The text of a file that is in no source yet; says in `unreadable` why there is none.
  [[nodiscard]] std::string read(TypeFile& file) const;
  void enter(TypeFile& file, std::string text);
  static void outline(TypeFile& file);
  Place find_exported(TypeFile& file, std::string_view name, std::vector<const TypeFile*>& visited);
  Place imported(TypeFile& file, std::string_view specifier, std::string_view name, std::vector<const TypeFile*>& visited);
  bool declares(TypeFile& file, std::string_view name);
  void parse_all(TypeFile& file);

  const workspace::FileSystem& files_;
  const workspace::Resolver& resolver_;
  std::string root_;
  Sources& sources_;
  text::Arena arena_;  // syntax nodes
  std::map<std::string, FileId> known_;
  std::map<std::string, std::unique_ptr<TypeFile>> by_path_;
  std::unordered_map<FileId, TypeFile*> by_id_;
};

}  // namespace drizzle_audit::types
