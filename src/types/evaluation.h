// The work behind TypeProgram: from syntax to types. Private to this layer; split over evaluate_*.cpp, library_types.cpp and zod.cpp.
//
// Like the compiler, it works out what a type is at once but the types of its properties, elements and parameters only when somebody needs
// them (Lazy): that is how types may mention themselves. Every step counts; past the limits what is asked for is Unreadable.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "drizzle_audit/model.h"
#include "syntax/type_ast.h"
#include "types/type.h"
#include "types/type_files.h"

namespace drizzle_audit::types {

/// The names of type parameters that syntax is read under.
struct Scope {
  TypeFile* file = nullptr;
  const Scope* outer = nullptr;
  std::string_view name = {};  ///< empty: none
  const Type* type = nullptr;
  const syntax::TypeNode* constraint = nullptr;  ///< of a type parameter: `keyof T`
};

/// How to make the type of a property when it is needed.
struct Lazy {
  enum class Kind : std::uint8_t {
    kType,          // `node` under `scope`
    kValue,         // the type of the expression `node`; `constant` as in `as const`
    kSame,          // that of `from`
    kRequired,      // that of `from`, without the undefined that `?` brings
    kIntersection,  // of all `sources`
    kAtIndex,       // `index` as the key of the mapped type `node` under `scope`
  };
  Kind kind = Kind::kType;
  bool constant = false;
  bool working = false;
  const syntax::TypeNode* node = nullptr;
  const Scope* scope = nullptr;
  const Property* from = nullptr;
  std::span<const Property* const> sources = {};
  const Type* index = nullptr;
};

/// An alias or interface with its type arguments: made once.
struct Instance {
  enum class State : std::uint8_t { kWorking, kDone };
  State state = State::kWorking;
  const Type* type = nullptr;
  const Type* stand_in = nullptr;  ///< handed out while working
};

struct Limits {
  std::uint64_t question = 300'000;  ///< steps for one type that was asked for
  std::uint64_t total = 6'000'000;   ///< for all of them
  int depth = 120;                   ///< nested types
};

class Evaluation {
 public:
  Evaluation(const workspace::FileSystem& files, const workspace::Resolver& resolver, std::string root, Sources& sources,
             const std::vector<const Model*>& models);

  TypeFiles files;
  TypeArena types;
  const std::vector<const Model*> models;

  // ---- questions -----------------------------------------------------------------
  /// Resets the step count: one question begins.
  void begin() { question_ = 0; }
  const Type& named(TypeFile& file, std::string_view name);
  const Type& finish(const Type& type);

  // ---- types (evaluate_types.cpp) ------------------------------------------------
  const Type& type(const syntax::TypeNode& node, const Scope& scope);
  /// The type of a property; made now if it has not been.
  const Type& of(const Property& property);
  /// With undefined when it is optional.
  const Type& read(const Property& property);
  const Type& index(const Type& object, const Type& key, Span span);
  const Type& keys(const Type& object, Span span);
  const Type& intersection(const std::vector<const Type*>& members, Span span);
  /// An object with these properties.
  Type* object(const std::vector<Property>& properties, Span span);
  /// What is behind a declared type that is being worked out when it mentions itself; `type` itself otherwise.
  const Type& settled(const Type& type);
  /// A copy of an anonymous type under a name; the type itself when it has one or cannot have one.
  const Type& under_name(const Type& type, std::string_view name, const std::vector<const Type*>& arguments = {});

  // ---- declarations (evaluate_names.cpp) -----------------------------------------
  /// A type by its name. `arguments` are what stands between `<` and `>`.
  const Type& reference(std::string_view name, const std::vector<const Type*>& arguments, const Scope& scope, Span span);
  const Type& declared_type(TypeFile& file, std::string_view name, const std::vector<const Type*>& arguments, Span span);
  const EnumType& enumeration(TypeFile& file, const syntax::TypeNode& node);

  // ---- values (evaluate_values.cpp) ----------------------------------------------
  /// The type of an expression; `constant`: in a place where literals keep their own types.
  const Type& value(const syntax::TypeNode& node, const Scope& scope, bool constant);
  /// The type of what `name` stands for in `file`.
  const Type& value_named(TypeFile& file, std::string_view name, Span span);
  const Type& value_at(const Place& place, std::string_view name, Span span);
  /// The texts a list of enum values is known to have in its type: those of a tuple of literals. Anything else comes back as it is.
  const Type& enum_texts(const syntax::TypeNode& list, const Scope& scope);
  /// `property` of a value of this type.
  const Type& access(const Type& object, std::string_view property, Span span);
  /// The package that the value `name` of a file comes from, and its name there: zod's z. Nothing for what is no import of a package.
  std::optional<std::pair<std::string_view, std::string_view>> package_of(TypeFile& file, std::string_view name);

  // ---- libraries -----------------------------------------------------------------
  /// A type of TypeScript's own libraries (library_types.cpp); null when there is none of that name.
  const Type* library_type(std::string_view name, const std::vector<const Type*>& arguments, Span span);
  /// A type that a package exports: drizzle-orm's InferSelectModel, zod's infer.
  const Type& package_type(std::string_view package, std::string_view name, const std::vector<const Type*>& arguments, Span span);
  /// What a zod schema yields (zod.cpp); null when the expression makes none.
  const Type* zod_value(const syntax::TypeNode& node, const Scope& scope);
  const Type& row(const Table& table, bool insert);
  const Type& enum_type(const Enum& enumeration);

  // ---- making --------------------------------------------------------------------
  const Type& unreadable(const char* reason, Span span) { return types.unreadable(std::string_view(reason), span); }
  const Type& unreadable(std::string_view reason, Span span) { return types.unreadable(reason, span); }
  const Type& unreadable(const std::string& reason, Span span) { return types.unreadable(reason, span); }
  const Type& keyword(TypeKind kind) { return types.keyword(kind); }
  /// A value of a library, which only some questions have an answer for: `what` for messages, `yields` what these lead to.
  Type* library_value(std::string_view what, Span span);
  const Lazy* lazy(const Lazy& lazy) { return text::make<Lazy>(types.memory(), lazy); }
  const Scope& bind(const Scope& outer, std::string_view name, const Type& type) {
    return *text::make<Scope>(types.memory(), Scope{.file = outer.file, .outer = &outer, .name = name, .type = &type});
  }
  [[nodiscard]] static Span span_of(const syntax::TypeNode& node, const Scope& scope) { return {scope.file->file, node.start, node.end}; }
  /// Counts work; false when there was too much of it.
  bool count(std::uint64_t steps = 1) {
    question_ += steps;
    total_ += steps;
    return question_ <= limits_.question && total_ <= limits_.total;
  }

  // What a value of a library is, by the type that stands for it.
  std::unordered_map<const Type*, const Enum*> enums;
  std::unordered_map<const Type*, const Column*> columns;
  std::unordered_map<const Type*, TypeFile*> modules;
  std::unordered_map<const Type*, const Type*> yields;  ///< a zod schema's output
  std::unordered_map<const Type*, const Type*> shapes;  ///< the output of the zod object whose `.shape` it is

  const Table* table_within(Span span) const;
  const Enum* enum_within(Span span) const;
  const Model* model_of(const Table& table) const;

 private:
  const Type& type_inside(const syntax::TypeNode& node, const Scope& scope);
  const Type& object_type(const syntax::TypeNode& node, const Scope& scope);
  const Type& mapped_type(const syntax::TypeNode& node, const Scope& scope);
  /// A mapped type over the elements of an array or tuple.
  const Type& mapped_list(const syntax::TypeNode& node, const Scope& scope, const Type& source);
  const Type& conditional(const syntax::TypeNode& node, const Scope& scope);
  const Type& conditional_branch(const syntax::TypeNode& node, const Scope& scope, const Type& checked);
  const Type& template_type(const syntax::TypeNode& node, const Scope& scope);
  const Type& tuple_type(const syntax::TypeNode& node, const Scope& scope, bool is_readonly);
  const Type& function_type(const syntax::TypeNode& node, const Scope& scope);
  const Type& alias(TypeFile& file, const syntax::TypeNode& node, const std::vector<const Type*>& arguments, Span span);
  const Type& interface(TypeFile& file, const std::vector<const syntax::TypeNode*>& nodes, const std::vector<const Type*>& arguments,
                        Span span);
  /// The scope in which the type parameters of a declaration stand for `all`: the arguments, then defaults. Null when one has neither.
  const Scope* parameters(TypeFile& file, const syntax::TypeNode& node, const std::vector<const Type*>& arguments,
                          std::vector<const Type*>& all);
  const Type& variable(TypeFile& file, const syntax::TypeNode& node, Span span);
  const Type& object_literal(const syntax::TypeNode& node, const Scope& scope, bool constant);
  /// An object before `satisfies`: its names are certain, while what the other type wants decides which literals keep their types.
  const Type& satisfying_object(const syntax::TypeNode& node, const Scope& scope, bool constant);
  /// The `crypto` of browsers, Node, Deno and Bun, and its randomUUID, which people take the type of a UUID from.
  const Type& web_crypto();
  const Type& random_uuid();
  const Type& array_literal(const syntax::TypeNode& node, const Scope& scope, bool constant);
  const Type& call(const syntax::TypeNode& node, const Scope& scope);
  const Type& make(const Lazy& lazy);
  const Type& zod_schema(const Type& yields_type, Span span);
  /// What the schema that `node` makes yields.
  const Type& zod_output(const syntax::TypeNode& node, const Scope& scope);
  const Type& zod_made(std::string_view function, const syntax::TypeNode& node, const Scope& scope);
  const Type& zod_method(const Type& before, std::string_view method, const syntax::TypeNode& node, const Scope& scope);
  const Type& zod_object(const syntax::TypeNode& fields, const Scope& scope);
  /// A part of the schema that yields `output`: the `.shape` of an object, the `.element` of a list.
  const Type& zod_part(const Type& output, std::string_view name, Span span);
  /// These fields, and any others.
  const Type& open_object(const Type& fields, Span span);
  const Type& zod_refined(const Type& before, std::string_view method, const syntax::TypeNode& node, const Scope& scope);
  const Type& zod_row(std::string_view function, const syntax::TypeNode& node, const Scope& scope);
  const Type& imported_type(std::string_view name, const std::vector<const Type*>& arguments, const Scope& scope, Span span);
  const Type& qualified_type(std::string_view name, const std::vector<const Type*>& arguments, const Scope& scope, Span span);
  /// The instance for these arguments; `begun` says that it is new and to be worked out by the caller.
  Instance& instance(const syntax::TypeNode& node, const std::vector<const Type*>& arguments, Span span, bool& begun);

  Limits limits_;
  std::uint64_t question_ = 0;
  std::uint64_t total_ = 0;
  int depth_ = 0;
  std::map<std::pair<const syntax::TypeNode*, std::vector<const Type*>>, Instance> instances_;
  std::unordered_map<const Type*, const Instance*> pending_;  // what stands for an instance while it is worked out
  std::unordered_map<const syntax::TypeNode*, const EnumType*> enum_types_;
  std::unordered_map<const syntax::TypeNode*, const Type*> variables_;
  std::unordered_map<FileId, std::vector<std::pair<const Table*, const Model*>>> tables_;
  std::unordered_map<FileId, std::vector<const Enum*>> enum_calls_;
  std::unordered_map<const Table*, const Model*> models_;
  std::map<std::pair<const Table*, bool>, const Type*> rows_;
  std::unordered_map<const Enum*, const Type*> enum_values_;
  std::unordered_map<const Type*, bool> finished_;
  const Type* crypto_ = nullptr;
};

/// The number of an array index: "0", "12"; none for anything else.
[[nodiscard]] std::optional<std::size_t> index_number(std::string_view text);

}  // namespace drizzle_audit::types
