// The types that the project's files declare, worked out when asked for.
//
// A file is outlined first (queries/outline.h); only the statements that a question needs are parsed. Imports lead on through the
// resolver; the tables and enums of the models are known by the place that makes them. Bounded in depth, steps and size: past that a
// type is Unreadable with the reason. One program serves all models of a run, on one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/model.h"
#include "types/type.h"
#include "workspace/file_system.h"
#include "workspace/resolver.h"

namespace drizzle_audit::types {

enum class DeclarationKind : std::uint8_t { kInterface, kAlias, kEnum, kClass };

/// A type declared at the top of a file. An interface that is declared in several pieces has an entry for each.
struct DeclaredType {
  std::string_view name;
  DeclarationKind kind = DeclarationKind::kAlias;
  bool exported = false;  ///< where it is declared; `export { Order }` elsewhere in the file counts as well
  bool generic = false;   ///< has type parameters without defaults: there is no type of this name alone
  Span span;              ///< the declaration, from `export` or `interface` on
  Span name_span;
};

class Evaluation;
struct TypeFile;

class TypeProgram {
 public:
  /// All outlive the program. `root` is what the paths in `sources` are relative to; files that are in `sources` are not read again, others
  /// are added when they are used. No model need be given.
  TypeProgram(const workspace::FileSystem& files, const workspace::Resolver& resolver, std::string root, Sources& sources,
              const std::vector<const Model*>& models);
  ~TypeProgram();
  TypeProgram(const TypeProgram&) = delete;
  TypeProgram& operator=(const TypeProgram&) = delete;

  /// Reads and outlines files that will be asked for, on several threads.
  void prepare(const std::vector<std::string>& paths, unsigned threads);
  /// The types declared at the top of the file at an absolute path, in source order. Without parsing it where that is possible.
  [[nodiscard]] std::vector<DeclaredType> declared_types(const std::string& path);
  /// Parses what `name` is declared as there, so that it need not be done when the type is asked for. Threads may do so at once for
  /// different files, all of them prepared.
  void parse_ahead(const std::string& path, std::string_view name);
  /// The type called `name` in the file at an absolute path: declared there, exported, or imported. Unreadable when there is none. Of a
  /// value (`const x`), its type.
  [[nodiscard]] const Type& type_named(const std::string& path, std::string_view name);
  /// The type written at a place in a file: the T of `$type<T>()`.
  [[nodiscard]] const Type& type_at(Span span);

  /// Files of which something was parsed so far: their paths in the sources, sorted.
  [[nodiscard]] std::vector<std::string> parsed_files() const;
  [[nodiscard]] TypeArena& arena();
  [[nodiscard]] Sources& sources();
  /// Makes everything that can be reached from `type`, so that it can be walked without the program.
  const Type& finish(const Type& type);

  /// For the other files of this layer.
  [[nodiscard]] Evaluation& evaluation() { return *evaluation_; }

 private:
  std::unique_ptr<Evaluation> evaluation_;
};

}  // namespace drizzle_audit::types
