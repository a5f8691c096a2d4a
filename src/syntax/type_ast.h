// The syntax tree of what only the type checker cares about: type declarations, types, and the values that `typeof` may ask for.
//
// Apart from ast.h, which the evaluator walks: these are made on demand, from the few statements that declare the types in question.
// Nodes live in the arena they were made in; text points into the source file or that arena.
#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>

namespace drizzle_audit::syntax {

/// Each kind says what `children` and `text` hold. "?" marks a child that may be null.
enum class TypeNodeKind : std::uint8_t {
  kUnsupported,  // text: why
  // Types
  kKeyword,         // text: string, any, …
  kReference,       // text: `Order`, `z.infer`, `import("./types").Order`; children: type arguments
  kTypeof,          // children: [expression]
  kArray,           // children: [element]
  kTuple,           // children: kElement
  kElement,         // children: [type]; text: label or empty; kOptionalNode, kRestNode. Also a parameter
  kReadonly,        // children: [type]
  kKeyof,           // children: [type]
  kIndexed,         // children: object, index
  kUnion,           // children: members
  kIntersection,    // children: members
  kFunction,        // children: kElement parameters…, result
  kObject,          // children: kProperty, kIndexSignature, kMapped
  kProperty,        // text: name; children: [type?]; also of an object literal: children: [value]; kMethodNode
  kIndexSignature,  // text: the name before the colon; children: key, type
  kMapped,          // text: parameter; children: constraint, new name?, type; kOptionalNode, kReadonlyNode, and kRemove… for `-?`
  kConditional,     // children: checked, extends, then, else
  kInfer,           // text: name; children: [constraint]?
  kTemplateType,    // children: kString, type, kString, … (odd number)
  // Values, of which the literals are types as well
  kString,  // text: the value
  kNumber,  // text: as written, with its sign
  kBigInt,  // text: as written, with its sign, without the n
  kTrue,
  kFalse,
  kNull,
  kUndefined,
  kIdentifier,     // text: name
  kAccess,         // text: property; children: [object]
  kElementAccess,  // children: object, index
  kObjectLiteral,  // children: kProperty, kSpread
  kArrayLiteral,   // children: elements, kSpread
  kSpread,         // children: [value]
  kTemplate,       // text: the value when there is nothing to fill in; children: what is filled in
  kConst,          // children: [value]; `as const`
  kAs,             // children: value, type; `as`, `<T>value`
  kSatisfies,      // children: value, type
  kNonNull,        // children: [value]
  kCall,           // children: callee, kArguments?, arguments…
  kNew,            // like kCall
  kArguments,      // children: types
  kLambda,         // children: result type?, body expression?
  // Declarations
  kAlias,          // text: name; children: kTypeParameter…, type
  kInterface,      // text: name; children: kTypeParameter…, kExtends…, kObject
  kEnum,           // text: name; children: kEnumMember
  kEnumMember,     // text: name; children: [value]?
  kClass,          // text: name
  kVariable,       // text: name; children: type?, value?; kConstNode
  kTypeParameter,  // text: name; children: constraint?, default?
  kExtends,        // children: [kReference]
};

/// TypeNode::flags
inline constexpr std::uint8_t kOptionalNode = 1U << 0U;
inline constexpr std::uint8_t kReadonlyNode = 1U << 1U;
inline constexpr std::uint8_t kRestNode = 1U << 2U;
inline constexpr std::uint8_t kMethodNode = 1U << 3U;
inline constexpr std::uint8_t kConstNode = 1U << 4U;
inline constexpr std::uint8_t kRemoveOptional = 1U << 5U;
inline constexpr std::uint8_t kRemoveReadonly = 1U << 6U;

struct TypeNode {
  TypeNodeKind kind = TypeNodeKind::kUnsupported;
  std::uint8_t flags = 0;
  std::uint32_t start = 0;  ///< byte offsets in the file
  std::uint32_t end = 0;
  std::string_view text = {};
  std::span<const TypeNode* const> children = {};

  [[nodiscard]] bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
  /// Requires that there is one; may still be null where the kind says "?".
  [[nodiscard]] const TypeNode* child(std::size_t i) const {
    assert(i < children.size());
    return children[i];
  }
  [[nodiscard]] const TypeNode* last() const { return children.back(); }
};

}  // namespace drizzle_audit::syntax
