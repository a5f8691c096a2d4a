// The names of tree-sitter-typescript's node types and fields, as small integers that a switch can use.
//
// The two grammars (typescript, tsx) number their symbols differently, so each gets a table from its numbers to ours, filled once.
#pragma once

#include <cstdint>
#include <vector>

#include <tree_sitter/api.h>

namespace drizzle_audit::syntax {

/// Node types that the lowering tells apart, under tree-sitter-typescript's names. kOther is everything else.
enum class Symbol : std::uint8_t {
  kOther,
  kError,
  kComment,
  // expressions
  kArray,
  kArrowFunction,
  kAsExpression,
  kAssignmentExpression,
  kAugmentedAssignmentExpression,
  kAwaitExpression,
  kBinaryExpression,
  kCallExpression,
  kClass,
  kFalse,
  kFunctionExpression,
  kGeneratorFunction,
  kIdentifier,
  kImport,
  kInstantiationExpression,
  kMemberExpression,
  kMetaProperty,
  kNewExpression,
  kNonNullExpression,
  kNull,
  kNumber,
  kObject,
  kParenthesizedExpression,
  kRegex,
  kSatisfiesExpression,
  kSequenceExpression,
  kString,
  kSubscriptExpression,
  kSuper,
  kTemplateString,
  kTernaryExpression,
  kThis,
  kTrue,
  kTypeAssertion,
  kUnaryExpression,
  kUndefined,
  kUpdateExpression,
  // parts of expressions
  kArguments,
  kClassBody,
  kComputedPropertyName,
  kEscapeSequence,
  kFormalParameters,
  kMethodDefinition,
  kOptionalChain,
  kOptionalParameter,
  kPair,
  kPrivatePropertyIdentifier,
  kPropertyIdentifier,
  kPublicFieldDefinition,
  kRegexFlags,
  kRegexPattern,
  kRequiredParameter,
  kShorthandPropertyIdentifier,
  kSpreadElement,
  kStringFragment,
  kTemplateSubstitution,
  kTypeAnnotation,
  kTypeArguments,
  kTypeParameters,
  // patterns
  kArrayPattern,
  kAssignmentPattern,
  kObjectAssignmentPattern,
  kObjectPattern,
  kPairPattern,
  kRestPattern,
  kShorthandPropertyIdentifierPattern,
  // statements and declarations
  kAbstractClassDeclaration,
  kAmbientDeclaration,
  kBreakStatement,
  kCatchClause,
  kClassDeclaration,
  kContinueStatement,
  kDoStatement,
  kElseClause,
  kEmptyStatement,
  kEnumAssignment,
  kEnumBody,
  kEnumDeclaration,
  kExpressionStatement,
  kFinallyClause,
  kForInStatement,
  kForStatement,
  kFunctionDeclaration,
  kFunctionSignature,
  kGeneratorFunctionDeclaration,
  kHashBangLine,
  kIfStatement,
  kInterfaceDeclaration,
  kInternalModule,
  kLabeledStatement,
  kLexicalDeclaration,
  kModule,
  kReturnStatement,
  kStatementBlock,
  kStatementIdentifier,
  kSwitchBody,
  kSwitchCase,
  kSwitchDefault,
  kSwitchStatement,
  kThrowStatement,
  kTryStatement,
  kTypeAliasDeclaration,
  kVariableDeclaration,
  kVariableDeclarator,
  kWhileStatement,
  // module items
  kExportClause,
  kExportSpecifier,
  kExportStatement,
  kImportClause,
  kImportRequireClause,
  kImportSpecifier,
  kImportStatement,
  kNamedImports,
  kNamespaceExport,
  kNamespaceImport,
  kImportAlias,
};

enum class Field : std::uint8_t {
  kNone,
  kAlias,
  kAlternative,
  kArguments,
  kBody,
  kCondition,
  kConsequence,
  kConstructor,
  kDeclaration,
  kFinalizer,
  kFlags,
  kFunction,
  kHandler,
  kIncrement,
  kIndex,
  kInitializer,
  kKey,
  kKind,
  kLabel,
  kLeft,
  kName,
  kObject,
  kOperator,
  kParameter,
  kParameters,
  kPattern,
  kProperty,
  kRight,
  kSource,
  kArgument,
  kTypeArguments,
  kValue,
};

/// One grammar with its tables. Lives for ever; made once per grammar.
struct Grammar {
  const TSLanguage* language = nullptr;
  std::vector<Symbol> symbols;  ///< by TSSymbol
  std::vector<Field> fields;    ///< by TSFieldId

  [[nodiscard]] Symbol symbol(TSNode node) const {
    const TSSymbol number = ts_node_symbol(node);
    return number < symbols.size() ? symbols[number] : Symbol::kError;  // tree-sitter's ERROR is 65535
  }
};

const Grammar& typescript_grammar();
const Grammar& tsx_grammar();

}  // namespace drizzle_audit::syntax
