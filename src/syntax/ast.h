// The syntax tree of a TypeScript file, as small as the evaluator needs it.
//
// Made by parse.h from a tree-sitter tree, which is dropped at once: it takes ten times the memory and is slower to walk. Nodes live in
// the arena of their `SyntaxTree`; text points into the source file or, where escapes had to be resolved, into the arena.
// What only the type checker cares about (annotations, `as`, `satisfies`, `!`) is not in the tree.
#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>

#include "drizzle_audit/source.h"

namespace drizzle_audit::syntax {

/// Each kind says what `children` and `text` hold. "?" marks a child that may be null.
enum class NodeKind : std::uint8_t {
  // Expressions
  kUnsupported,  // text: why it cannot be evaluated; children: code inside it, only with ParseOptions::all_code
  kNull,
  kTrue,
  kFalse,
  kThis,
  kSuper,
  kNumber,          // text: as written
  kBigInt,          // text: digits without the n
  kString,          // text: the value
  kRegex,           // text: pattern; children: [kString flags]
  kIdentifier,      // text: name (also `undefined`)
  kTemplate,        // children: kString, expression, kString, … (odd number)
  kTaggedTemplate,  // children: tag, then as kTemplate
  kArray,           // children: elements, kSpread, null for a hole
  kObject,          // children: kProperty, kSpread, kGetter
  kProperty,        // children: key (kString, kNumber or computed expression), value
  kGetter,          // children: key, function
  kSpread,          // children: expression
  kMember,          // text: property; children: object
  kSubscript,       // children: object, index
  kCall,            // children: callee, kTypeArguments?, arguments…
  kNew,             // children: callee, kTypeArguments?, arguments…
  kImportCall,      // children: specifier; import("…")
  kFunction,        // text: own name or empty; children: parameters (patterns)…, body (kBlock, or expression if kExpressionBody)
  kClass,           // text: name; children: kProperty, kGetter: static members only; all, and static blocks, with ParseOptions::all_code
  kConditional,     // children: test, then, else
  kBinary,          // op; children: left, right
  kLogical,         // op; children: left, right
  kUnary,           // op; children: operand
  kUpdate,          // op, kPrefix; children: operand
  kAssign,          // op (kNone for =); children: target (pattern or expression), value
  kSequence,        // children: expressions
  kAwait,           // children: expression
  kTypeArguments,   // only its span counts
  // Patterns
  kObjectPattern,    // children: kPatternProperty, kRest
  kPatternProperty,  // children: key, pattern
  kArrayPattern,     // children: pattern, kRest, null for a hole
  kDefault,          // children: pattern, default expression
  kRest,             // children: pattern
  // Statements
  kBlock,                // children: statements
  kVariables,            // op: kConst, kLet, kVar; children: kDeclarator
  kDeclarator,           // children: pattern, initialiser?
  kExpressionStatement,  // children: expression
  kReturn,               // children: expression?
  kThrow,                // children: expression
  kIf,                   // children: test, then, else?
  kFor,                  // children: init?, test?, update?, body
  kForOf,                // children: pattern (kIdentifier… or kVariables with one declarator), iterable, body; kForIn: for … in
  kWhile,                // children: test, body
  kDoWhile,              // children: body, test
  kSwitch,               // children: value, kCase…
  kCase,                 // children: test? (null: default), statements…
  kBreak,
  kContinue,  // text: label or empty
  kLabeled,   // text: label; children: statement
  kTry,       // children: block, catch parameter?, catch block?, finally block?
  kEmpty,
  kEnum,             // text: name; children: kEnumMember
  kEnumMember,       // text: name; children: value?
  kNamespace,        // text: name; children: kBlock?
  kTypeDeclaration,  // text: name; interface, type alias, declare …
  // Module items
  kImport,         // text: specifier; children: kImportBinding…; kTypeOnly
  kImportBinding,  // text: local name; children: [kString imported name] ("default", "*" for a namespace); kTypeOnly
  kExport,         // children: declaration, or kExportDefault's expression
  kExportDefault,  // children: expression or declaration
  kExportNames,    // text: specifier or empty; children: kExportName…; kTypeOnly
  kExportName,     // text: exported name; children: [kString local name]; kTypeOnly
  kExportAll,      // text: specifier; children: [kString namespace name]?; kTypeOnly
  kModule,         // children: statements and module items
};

enum class Operator : std::uint8_t {
  kNone,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kModulo,
  kPower,
  kEqual,
  kNotEqual,
  kStrictEqual,
  kStrictNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kIn,
  kInstanceof,
  kBitAnd,
  kBitOr,
  kBitXor,
  kShiftLeft,
  kShiftRight,
  kShiftRightUnsigned,
  kAnd,
  kOr,
  kNullish,
  kNot,
  kBitNot,
  kPlus,
  kMinus,
  kTypeof,
  kVoid,
  kDelete,
  kIncrement,
  kDecrement,
  kConst,
  kLet,
  kVar,
};

/// Node::flags
inline constexpr std::uint8_t kOptional = 1U << 0U;        // kMember, kSubscript, kCall: `?.` stands before it
inline constexpr std::uint8_t kArrow = 1U << 1U;           // kFunction
inline constexpr std::uint8_t kExpressionBody = 1U << 2U;  // kFunction: `=> expression`
inline constexpr std::uint8_t kAsync = 1U << 3U;           // kFunction: async or generator
inline constexpr std::uint8_t kForIn = 1U << 4U;           // kForOf
inline constexpr std::uint8_t kPrefix = 1U << 5U;          // kUpdate
inline constexpr std::uint8_t kTypeOnly = 1U << 6U;        // imports and exports
inline constexpr std::uint8_t kComputed = 1U << 7U;        // kProperty, kGetter, kPatternProperty: `[key]`

struct Node {
  NodeKind kind = NodeKind::kUnsupported;
  Operator op = Operator::kNone;
  std::uint8_t flags = 0;
  std::uint32_t start = 0;  ///< byte offsets in the file
  std::uint32_t end = 0;
  std::string_view text = {};
  std::span<const Node* const> children = {};

  [[nodiscard]] bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
  /// Requires that there is one; may still be null where the kind says "?".
  [[nodiscard]] const Node* child(std::size_t i) const {
    assert(i < children.size());
    return children[i];
  }
  [[nodiscard]] const Node* child_or_null(std::size_t i) const { return i < children.size() ? children[i] : nullptr; }
};

}  // namespace drizzle_audit::syntax
