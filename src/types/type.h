// Structural TypeScript types, as the compiler sees them under --strict.
//
// Made by TypeProgram (type_program.h) in its TypeArena; immutable for everybody else, and alive as long as the program. A graph may have
// cycles (`interface Category { parent: Category }`), so a walk needs a bound or a set of what it has seen. What could not be read is a
// type of kind kUnreadable with its reason, never `any`.
#pragma once

#include <cstdint>
#include <map>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "drizzle_audit/model.h"
#include "text/arena.h"

namespace drizzle_audit::types {

struct Lazy;
struct Type;

/// Each kind says what `text`, `members` and `properties` hold.
enum class TypeKind : std::uint8_t {
  kAny,
  kUnknown,
  kNever,
  kVoid,
  kUndefined,
  kNull,
  kString,
  kNumber,
  kBigInt,
  kBoolean,
  kSymbol,
  kAnyObject,       // `object`
  kStringLiteral,   // text: the value
  kNumberLiteral,   // text: as JavaScript prints it
  kBigIntLiteral,   // text: the digits
  kBooleanLiteral,  // text: "true", "false"
  kEnumMember,      // text: the member's name; owner: its enum; members: [the value's literal], none when it is computed
  kTemplate,        // members: literals and what stands between `${` and `}`, in order
  kArray,           // properties: [the element]; is_readonly
  kTuple,           // properties: the elements; is_readonly
  kObject,          // properties, string_index, number_index
  kFunction,        // properties: the parameters, then the result
  kUnion,           // members: two or more, no unions; flattened, without what others swallow
  kIntersection,    // members: two or more; properties: those of all members together
  kNominal,         // text: a class of JavaScript or Node: Date, Buffer, Map; members: its type arguments
  kParameter,       // text: a type parameter that nobody has given a type
  kUnreadable,      // text: why, one lower-case clause; span
};

/// A property of an object, an element of an array or tuple, a parameter of a function.
struct Property {
  std::string_view name = {};
  bool optional = false;  ///< `undefined` is then not part of `type`
  bool readonly = false;
  bool method = false;             ///< written as one: `save(): void`
  bool rest = false;               ///< tuple elements and parameters: `...T`
  const Type* type = nullptr;      ///< never null once the program has handed it out
  const Column* column = nullptr;  ///< taken over from a row type without a change of its type: it cannot disagree with it
  Span span = {};                  ///< as declared: `status?: string`; nowhere when it has no place of its own
  Span type_span = {};             ///< its type as written
  const Lazy* lazy = nullptr;      ///< how to make `type`; the program's own
};

/// An enum of TypeScript.
struct EnumType {
  std::string_view name;
  std::span<const Type*> members;  ///< kEnumMember
  const Type* whole = nullptr;     ///< the union of all members; the member when there is but one
  Span span;
};

struct Type {
  TypeKind kind = TypeKind::kUnreadable;
  bool is_readonly = false;   ///< arrays and tuples
  bool is_interface = false;  ///< an object declared as interface: it has no implicit index signature
  bool is_chosen = false;     ///< a union that Extract or Exclude has left: which members it has is a choice on purpose
  std::string_view text = {};
  std::span<const Type*> members = {};
  std::span<Property> properties = {};
  const Property* string_index = nullptr;  ///< `[key: string]: T`; its type is T
  const Property* number_index = nullptr;
  const EnumType* owner = nullptr;      ///< kEnumMember; a union that is a whole enum
  const Unknown* incomplete = nullptr;  ///< objects and intersections: why there may be more properties than these
  const Table* table = nullptr;         ///< it is the row type of this table
  std::span<const Type*> origin = {};   ///< unions: the members as written, named unions in one piece; empty: like `members`
  /// The name it was declared under, which the compiler prints in its place inside other types; empty when it has none.
  std::string_view name = {};
  std::span<const Type*> name_arguments = {};  ///< `Pick<Order, "id">`
  Span span = {};                              ///< where it is written; nowhere for built-in ones

  [[nodiscard]] bool is(TypeKind wanted) const { return kind == wanted; }
  [[nodiscard]] bool is_literal() const {
    return kind == TypeKind::kStringLiteral || kind == TypeKind::kNumberLiteral || kind == TypeKind::kBigIntLiteral ||
           kind == TypeKind::kBooleanLiteral;
  }
};

/// The property called `name` of an object or intersection, or null.
[[nodiscard]] const Property* find_property(const Type& type, std::string_view name);
/// The members of a union; the type itself when it is none.
[[nodiscard]] std::vector<const Type*> union_members(const Type& type);
/// Whether `kind` is a member, or the type itself.
[[nodiscard]] bool has_member(const Type& type, TypeKind kind);

/// Makes types and owns them. Literals and keywords exist once each, so that equal ones are the same pointer.
class TypeArena {
 public:
  TypeArena();
  TypeArena(const TypeArena&) = delete;
  TypeArena& operator=(const TypeArena&) = delete;

  /// One of the keyword types, kAny to kAnyObject.
  const Type& keyword(TypeKind kind) const { return keywords_[static_cast<std::size_t>(kind)]; }
  const Type& literal(TypeKind kind, std::string_view text);
  const Type& string_literal(std::string_view text) { return literal(TypeKind::kStringLiteral, text); }
  const Type& unreadable(std::string_view reason, Span span);
  const Type& nominal(std::string_view name, const std::vector<const Type*>& arguments = {});
  const Type& array(const Type& element, bool is_readonly = false);
  /// The union of these, as the compiler reduces it: flattened; literals swallowed by their keyword; `never` dropped; `unknown` and `any`
  /// swallow all. Unreadable when it has an unreadable member, or grows beyond kMaxUnion.
  const Type& union_of(const std::vector<const Type*>& members, Span span = {});
  /// `type` and `undefined` (`null`).
  const Type& with(const Type& type, TypeKind nothing) { return union_of({&type, &keyword(nothing)}); }
  /// `type` without null and undefined.
  const Type& non_nullable(const Type& type);
  /// A property's type as code reads it: with `undefined` when it is optional.
  const Type& read_type(const Property& property);

  Type* make(TypeKind kind);
  std::string_view keep(std::string_view text) { return text::copy(arena_, text); }
  template <class T>
  std::span<T> keep(const std::vector<T>& items) {
    return text::copy(arena_, items);
  }
  text::Arena& memory() { return arena_; }

 private:
  text::Arena arena_;
  std::vector<Type> keywords_;
  std::map<std::pair<TypeKind, std::string_view>, const Type*> literals_;
};

/// More members than this and a union is unreadable.
inline constexpr std::size_t kMaxUnion = 20'000;

}  // namespace drizzle_audit::types
