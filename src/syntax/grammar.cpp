// The tables from tree-sitter's numbers to ours.
#include "syntax/grammar.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

extern "C" const TSLanguage* tree_sitter_typescript(void);
extern "C" const TSLanguage* tree_sitter_tsx(void);

namespace drizzle_audit::syntax {
namespace {

constexpr auto kSymbols = std::to_array<std::pair<std::string_view, Symbol>>({
    {"comment", Symbol::kComment},
    {"array", Symbol::kArray},
    {"arrow_function", Symbol::kArrowFunction},
    {"as_expression", Symbol::kAsExpression},
    {"assignment_expression", Symbol::kAssignmentExpression},
    {"augmented_assignment_expression", Symbol::kAugmentedAssignmentExpression},
    {"await_expression", Symbol::kAwaitExpression},
    {"binary_expression", Symbol::kBinaryExpression},
    {"call_expression", Symbol::kCallExpression},
    {"class", Symbol::kClass},
    {"false", Symbol::kFalse},
    {"function_expression", Symbol::kFunctionExpression},
    {"generator_function", Symbol::kGeneratorFunction},
    {"identifier", Symbol::kIdentifier},
    {"import", Symbol::kImport},
    {"instantiation_expression", Symbol::kInstantiationExpression},
    {"member_expression", Symbol::kMemberExpression},
    {"meta_property", Symbol::kMetaProperty},
    {"new_expression", Symbol::kNewExpression},
    {"non_null_expression", Symbol::kNonNullExpression},
    {"null", Symbol::kNull},
    {"number", Symbol::kNumber},
    {"object", Symbol::kObject},
    {"parenthesized_expression", Symbol::kParenthesizedExpression},
    {"regex", Symbol::kRegex},
    {"satisfies_expression", Symbol::kSatisfiesExpression},
    {"sequence_expression", Symbol::kSequenceExpression},
    {"string", Symbol::kString},
    {"subscript_expression", Symbol::kSubscriptExpression},
    {"super", Symbol::kSuper},
    {"template_string", Symbol::kTemplateString},
    {"ternary_expression", Symbol::kTernaryExpression},
    {"this", Symbol::kThis},
    {"true", Symbol::kTrue},
    {"type_assertion", Symbol::kTypeAssertion},
    {"unary_expression", Symbol::kUnaryExpression},
    {"undefined", Symbol::kUndefined},
    {"update_expression", Symbol::kUpdateExpression},
    {"arguments", Symbol::kArguments},
    {"class_body", Symbol::kClassBody},
    {"computed_property_name", Symbol::kComputedPropertyName},
    {"escape_sequence", Symbol::kEscapeSequence},
    {"formal_parameters", Symbol::kFormalParameters},
    {"method_definition", Symbol::kMethodDefinition},
    {"optional_chain", Symbol::kOptionalChain},
    {"optional_parameter", Symbol::kOptionalParameter},
    {"pair", Symbol::kPair},
    {"private_property_identifier", Symbol::kPrivatePropertyIdentifier},
    {"property_identifier", Symbol::kPropertyIdentifier},
    {"public_field_definition", Symbol::kPublicFieldDefinition},
    {"regex_flags", Symbol::kRegexFlags},
    {"regex_pattern", Symbol::kRegexPattern},
    {"required_parameter", Symbol::kRequiredParameter},
    {"shorthand_property_identifier", Symbol::kShorthandPropertyIdentifier},
    {"spread_element", Symbol::kSpreadElement},
    {"string_fragment", Symbol::kStringFragment},
    {"template_substitution", Symbol::kTemplateSubstitution},
    {"type_annotation", Symbol::kTypeAnnotation},
    {"type_arguments", Symbol::kTypeArguments},
    {"type_parameters", Symbol::kTypeParameters},
    {"array_pattern", Symbol::kArrayPattern},
    {"assignment_pattern", Symbol::kAssignmentPattern},
    {"object_assignment_pattern", Symbol::kObjectAssignmentPattern},
    {"object_pattern", Symbol::kObjectPattern},
    {"pair_pattern", Symbol::kPairPattern},
    {"rest_pattern", Symbol::kRestPattern},
    {"shorthand_property_identifier_pattern", Symbol::kShorthandPropertyIdentifierPattern},
    {"abstract_class_declaration", Symbol::kAbstractClassDeclaration},
    {"ambient_declaration", Symbol::kAmbientDeclaration},
    {"break_statement", Symbol::kBreakStatement},
    {"catch_clause", Symbol::kCatchClause},
    {"class_declaration", Symbol::kClassDeclaration},
    {"continue_statement", Symbol::kContinueStatement},
    {"do_statement", Symbol::kDoStatement},
    {"else_clause", Symbol::kElseClause},
    {"empty_statement", Symbol::kEmptyStatement},
    {"enum_assignment", Symbol::kEnumAssignment},
    {"enum_body", Symbol::kEnumBody},
    {"enum_declaration", Symbol::kEnumDeclaration},
    {"expression_statement", Symbol::kExpressionStatement},
    {"finally_clause", Symbol::kFinallyClause},
    {"for_in_statement", Symbol::kForInStatement},
    {"for_statement", Symbol::kForStatement},
    {"function_declaration", Symbol::kFunctionDeclaration},
    {"function_signature", Symbol::kFunctionSignature},
    {"generator_function_declaration", Symbol::kGeneratorFunctionDeclaration},
    {"hash_bang_line", Symbol::kHashBangLine},
    {"if_statement", Symbol::kIfStatement},
    {"interface_declaration", Symbol::kInterfaceDeclaration},
    {"internal_module", Symbol::kInternalModule},
    {"labeled_statement", Symbol::kLabeledStatement},
    {"lexical_declaration", Symbol::kLexicalDeclaration},
    {"module", Symbol::kModule},
    {"return_statement", Symbol::kReturnStatement},
    {"statement_block", Symbol::kStatementBlock},
    {"statement_identifier", Symbol::kStatementIdentifier},
    {"switch_body", Symbol::kSwitchBody},
    {"switch_case", Symbol::kSwitchCase},
    {"switch_default", Symbol::kSwitchDefault},
    {"switch_statement", Symbol::kSwitchStatement},
    {"throw_statement", Symbol::kThrowStatement},
    {"try_statement", Symbol::kTryStatement},
    {"type_alias_declaration", Symbol::kTypeAliasDeclaration},
    {"variable_declaration", Symbol::kVariableDeclaration},
    {"variable_declarator", Symbol::kVariableDeclarator},
    {"while_statement", Symbol::kWhileStatement},
    {"export_clause", Symbol::kExportClause},
    {"export_specifier", Symbol::kExportSpecifier},
    {"export_statement", Symbol::kExportStatement},
    {"import_clause", Symbol::kImportClause},
    {"import_require_clause", Symbol::kImportRequireClause},
    {"import_specifier", Symbol::kImportSpecifier},
    {"import_statement", Symbol::kImportStatement},
    {"named_imports", Symbol::kNamedImports},
    {"namespace_export", Symbol::kNamespaceExport},
    {"namespace_import", Symbol::kNamespaceImport},
    {"import_alias", Symbol::kImportAlias},
});

constexpr auto kFields = std::to_array<std::pair<std::string_view, Field>>({
    {"alias", Field::kAlias},
    {"alternative", Field::kAlternative},
    {"arguments", Field::kArguments},
    {"body", Field::kBody},
    {"condition", Field::kCondition},
    {"consequence", Field::kConsequence},
    {"constructor", Field::kConstructor},
    {"declaration", Field::kDeclaration},
    {"finalizer", Field::kFinalizer},
    {"flags", Field::kFlags},
    {"function", Field::kFunction},
    {"handler", Field::kHandler},
    {"increment", Field::kIncrement},
    {"index", Field::kIndex},
    {"initializer", Field::kInitializer},
    {"key", Field::kKey},
    {"kind", Field::kKind},
    {"label", Field::kLabel},
    {"left", Field::kLeft},
    {"name", Field::kName},
    {"object", Field::kObject},
    {"operator", Field::kOperator},
    {"parameter", Field::kParameter},
    {"parameters", Field::kParameters},
    {"pattern", Field::kPattern},
    {"property", Field::kProperty},
    {"right", Field::kRight},
    {"source", Field::kSource},
    {"argument", Field::kArgument},
    {"type_arguments", Field::kTypeArguments},
    {"value", Field::kValue},
});

template <class Table>
auto look_up(const Table& table, std::string_view name) {
  const auto found = std::ranges::find(table, name, [](const auto& entry) { return entry.first; });
  return found == table.end() ? typename Table::value_type::second_type{} : found->second;
}

Grammar make_grammar(const TSLanguage* language) {
  Grammar grammar;
  grammar.language = language;
  grammar.symbols.resize(ts_language_symbol_count(language));
  for (std::size_t i = 0; i < grammar.symbols.size(); ++i) {
    const auto number = static_cast<TSSymbol>(i);
    if (ts_language_symbol_type(language, number) != TSSymbolTypeRegular) continue;  // `this` the keyword is not `this` the node
    grammar.symbols[i] = look_up(kSymbols, ts_language_symbol_name(language, number));
  }
  grammar.fields.resize(ts_language_field_count(language) + 1U);  // field ids start at 1
  for (std::size_t i = 1; i < grammar.fields.size(); ++i) {
    grammar.fields[i] = look_up(kFields, ts_language_field_name_for_id(language, static_cast<TSFieldId>(i)));
  }
  return grammar;
}

}  // namespace

const Grammar& typescript_grammar() {
  static const Grammar kGrammar = make_grammar(tree_sitter_typescript());
  return kGrammar;
}

const Grammar& tsx_grammar() {
  static const Grammar kGrammar = make_grammar(tree_sitter_tsx());
  return kGrammar;
}

}  // namespace drizzle_audit::syntax
