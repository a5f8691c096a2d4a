// The files of a program: reading, parsing and linking them. No evaluation here.
//
// A ModuleStore reads and parses on several threads when it is given many files at once, and one file at a time when the evaluator
// finds that it needs one. Modules never move and live as long as the store.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "drizzle_audit/source.h"
#include "program/value.h"
#include "syntax/parse.h"
#include "workspace/file_system.h"
#include "workspace/resolver.h"

namespace drizzle_audit::program {

struct Module;

enum class BindingState : std::uint8_t { kUntouched, kEvaluating, kDone };

/// A name at the top of a module.
struct Binding {
  enum class Kind : std::uint8_t { kVariable, kFunction, kClass, kEnum, kNamespace, kImport, kType };
  std::string_view name;
  Kind kind = Kind::kVariable;
  const syntax::Node* node = nullptr;       ///< declarator, function, …; the import binding for imports
  const syntax::Node* statement = nullptr;  ///< the whole declaration or import statement
  std::string_view specifier;               ///< imports
  std::string_view imported;                ///< imports: "default", "*" or a name
  bool type_only = false;
  BindingState state = BindingState::kUntouched;
  Value value;
};

/// One exported name: a binding of this module, an expression (default), or a name of another module.
struct Export {
  std::string_view local;                    ///< binding, or the name in the other module ("*" for its namespace)
  std::string_view specifier;                ///< other module; empty for this one
  const syntax::Node* node = nullptr;        ///< for messages
  const syntax::Node* expression = nullptr;  ///< export default <expression>
  bool type_only = false;
};

/// Where an import leads.
struct Link {
  workspace::Resolution::Kind kind = workspace::Resolution::Kind::kNotFound;
  Module* module = nullptr;       ///< kFile; perhaps not read or parsed yet
  std::string missing;            ///< kNotFound in a package of the workspace: the file that its package.json names
  bool missing_is_built = false;  ///< that file is build output
};

struct Module {
  std::string path;  ///< absolute
  FileId file = kNoFile;
  std::string_view text;
  bool mentions_drizzle = false;
  bool is_json = false;
  std::string unreadable;  ///< why the file could not be read; empty when it was

  bool parsed = false;
  syntax::SyntaxTree tree;
  std::unordered_map<std::string_view, Binding> bindings;
  std::map<std::string_view, Export> exports;   ///< sorted: drizzle-kit's order
  std::vector<const syntax::Node*> export_all;  ///< kExportAll without a name
  std::vector<const syntax::Node*> links;       ///< imports and re-exports that stay at run time, in order
  std::vector<const syntax::Node*> effects;     ///< top-level statements that only have effects
  std::vector<bool> effects_done;
  std::unordered_map<std::string_view, Link> followed;  ///< by specifier: where imports led

  // Owned by the evaluator.
  bool ran = false;
  bool running = false;
  std::uint32_t position = 0;  ///< while running: start of the statement being run; what begins later is not initialised yet
  BindingState default_state = BindingState::kUntouched;
  Value default_value;
  Value module_exports;  ///< CommonJS
  Host* namespace_host = nullptr;
  bool star_known = false;
  std::unordered_map<std::string_view, Module*> star;  ///< by name: the file that an `export *` brings it from
  std::vector<const syntax::Node*> star_other;         ///< `export *` from what is no file of the project
  std::vector<Module*> star_open;                      ///< files that in turn pass on such exports: they can only be asked
};

class ModuleStore {
 public:
  /// All must outlive the store. `root` is what file names in messages are relative to.
  ModuleStore(const workspace::FileSystem& files, const workspace::Resolver& resolver, Sources& sources, std::string root,
              unsigned threads);

  /// Reads and parses `paths`, then everything they lead to that matters for a schema: re-exported files, and imported files
  /// that mention drizzle-orm. In parallel. Afterwards `get` finds them without work.
  void load(const std::vector<std::string>& paths);
  /// The module at an absolute path, read and parsed now if it has not been. Never null.
  Module& get(const std::string& path);
  /// Where `specifier` in `module` leads. `specifier` must live as long as the module's text.
  Link follow(std::string_view specifier, Module& module);
  /// Reads and parses a module that has not been.
  Module& open(Module& module);

  /// All modules that were parsed, sorted by path.
  [[nodiscard]] std::vector<const Module*> parsed() const;
  /// Hands the trees over. No module can be used after it.
  void release(syntax::Trees& trees);
  Sources& sources() { return sources_; }

  /// The module at `path` as it is: perhaps not read or parsed yet.
  Module& slot(const std::string& path);

 private:
  /// The text of a module that has no number yet.
  std::string read(Module& module) const;
  void enter(Module& module, std::string text);
  void parse(Module& module);
  static void link(Module& module);

  const workspace::FileSystem& files_;
  const workspace::Resolver& resolver_;
  Sources& sources_;
  std::string root_;
  unsigned threads_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::unique_ptr<Module>> modules_;
};

}  // namespace drizzle_audit::program
