// What names stand for: tables of the model, modules, drizzle-orm's operators. Only what imports lead to is anything at all; a name that
// merely looks like a table is nothing.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "drizzle_audit/model.h"
#include "queries/code.h"
#include "syntax/ast.h"

namespace drizzle_audit::queries {

struct Entity;
using Members = std::map<std::string_view, Entity>;

/// What an expression stands for.
struct Entity {
  enum class Kind : std::uint8_t {
    kNothing,    // something else, or unknown
    kTable,      // of the model; `alias` tells alias(users, "u") from users
    kColumn,     // of a table
    kModule,     // `import * as schema`
    kMembers,    // an object literal of such things: `export const schema = { users, posts }`
    kOperator,   // something drizzle-orm exports, by its name there
    kOperators,  // all of them: `import * as d from "drizzle-orm"`, a callback's second parameter
  };
  Kind kind = Kind::kNothing;
  std::size_t alias = 0;
  const Table* table = nullptr;
  const Column* column = nullptr;
  CodeFile* module = nullptr;
  std::string_view name = {};
  std::shared_ptr<const Members> members = nullptr;

  [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
  [[nodiscard]] bool is_operator(std::string_view wanted) const { return kind == Kind::kOperator && name == wanted; }
  /// Whether tables can be reached through it.
  [[nodiscard]] bool leads_to_tables() const {
    return kind == Kind::kTable || kind == Kind::kColumn || kind == Kind::kModule || kind == Kind::kMembers;
  }
};

/// Looks names up for an expression; scopes inside a file implement it.
class Names {
 public:
  virtual ~Names() = default;
  virtual Entity look_up(std::string_view name) = 0;
};

/// For one model. Safe from several threads.
class Binder {
 public:
  Binder(Code& code, const Model& model);

  [[nodiscard]] const Model& model() const { return model_; }
  /// The tables that export files of the model, by `export_name`; null when there is none or more than one.
  [[nodiscard]] const Table* by_export_name(std::string_view name) const;
  [[nodiscard]] const Table* relation_target(const Table& table, std::string_view key) const;
  /// Whether bytes of this file belong to the definition of a table.
  [[nodiscard]] bool inside_table(FileId file, std::uint32_t offset) const;
  /// Whether any table of the model is made in this file.
  [[nodiscard]] bool has_tables(FileId file) const { return by_file_.contains(file); }

  /// Finds and reads what a file imports, so that no other thread has to wait for that when names are looked up.
  void prepare(const CodeFile& file);

  /// A name at the top of a file.
  Entity top_level(CodeFile& file, std::string_view name);
  /// `object.key`.
  Entity member(const Entity& object, std::string_view key);
  /// What `specifier` leads to from `file`, as a namespace.
  Entity module_of(CodeFile& file, std::string_view specifier);
  /// The entity of an expression in `file`.
  Entity evaluate(CodeFile& file, Names& names, const syntax::Node* expression);
  /// Whether a module may give access to tables at all.
  bool reaches_tables(CodeFile& module);

  /// Whether `name`, at the top of `file`, is an import that cannot be a database with this schema: of an external package that is not
  /// drizzle's, or of a project file that calls drizzle() and, with all it imports, never comes near the schema.
  bool is_no_database(CodeFile& file, std::string_view name);

 private:
  Entity import(CodeFile& file, std::string_view specifier, std::string_view imported);
  Entity exported(CodeFile& module, std::string_view name);
  Entity exported_uncached(CodeFile& module, std::string_view name);
  Entity declared(CodeFile& file, const DeclaredName& declaration);
  Entity initial_value(CodeFile& file, const DeclaredName& declaration);
  bool near_schema(CodeFile& start);
  /// The module that an import leads to; null when that is none of the project's code.
  CodeFile* target_of(const CodeFile& file, std::string_view specifier);
  /// The same, remembered.
  CodeFile* follow(CodeFile& file, std::string_view specifier);
  /// What a module may export by itself and through `export *`, however many times over.
  struct Surface {
    std::unordered_set<std::string_view> names;
    bool operators = false;  // passes all of drizzle-orm on
  };
  const Surface& surface(CodeFile& module);

  Code& code_;
  const Model& model_;
  std::map<std::string_view, const Table*> by_export_name_;  // null: several
  std::unordered_map<FileId, std::vector<const Table*>> by_file_;
  std::set<FileId> schema_files_;
  std::recursive_mutex mutex_;
  std::map<std::pair<const CodeFile*, std::string>, Entity> exports_;
  std::map<std::pair<const CodeFile*, std::string>, Entity> top_level_;
  std::map<const CodeFile*, bool> reaches_;
  std::map<const CodeFile*, bool> near_;
  std::unordered_map<const CodeFile*, std::unordered_map<std::string_view, CodeFile*>> targets_;  // of specifiers
  std::unordered_map<const CodeFile*, Surface> surfaces_;
  unsigned active_ = 0;  // look-ups being made
  unsigned cycles_ = 0;  // how often one of them met itself
};

/// Whether drizzle-orm exports an operator of that name that this layer knows.
[[nodiscard]] bool is_operator_name(std::string_view name);
[[nodiscard]] bool is_drizzle(std::string_view specifier);

}  // namespace drizzle_audit::queries
