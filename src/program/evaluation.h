// The walk over the syntax tree that computes values. Private to src/program; expressions.cpp, statements.cpp, patterns.cpp.
//
// One Evaluation belongs to one module and one activation: it knows the interpreter, the module and nothing that outlives the call.
#pragma once

#include <vector>

#include "program/interpreter.h"

namespace drizzle_audit::program {

/// How a statement ended.
enum class Flow : std::uint8_t {
  kNormal,
  kReturn,  ///< result() is the value
  kBreak,
  kContinue,
  kUnknownLoop,  ///< nobody knows whether the loop ends here: the loop's effects are given up
};

class Evaluation {
 public:
  Evaluation(Interpreter& interpreter, Module& module) : in_(interpreter), module_(module) {}

  Value expression(const syntax::Node* node, Scope* scope);
  Flow statement(const syntax::Node* node, Scope* scope);
  /// Binds a pattern's names in `scope`; with a null scope in the module.
  void bind(const syntax::Node* pattern, const Value& value, Scope* scope, bool declare);
  Value call_function(Function& function, const Value& self, std::span<const Value> arguments, const Unknown* incomplete, Span site);
  Value make_enum(const syntax::Node* node, Scope* scope);
  Value make_class(const syntax::Node* node, Scope* scope);
  Value make_namespace(const syntax::Node* node, Scope* scope);
  Value make_function(const syntax::Node* node, Scope* scope);
  /// What `return` returned.
  [[nodiscard]] const Value& result() const { return result_; }

 private:
  Value evaluate(const syntax::Node* node, Scope* scope);
  Value chain(const syntax::Node* node, Scope* scope, bool& shorted);
  Value call(const syntax::Node* node, Scope* scope, bool& shorted);
  Value construct(const syntax::Node* node, Scope* scope);
  Value identifier(const syntax::Node* node, Scope* scope);
  Value object_literal(const syntax::Node* node, Scope* scope);
  Value array_literal(const syntax::Node* node, Scope* scope);
  Value template_text(const syntax::Node* node, Scope* scope);
  Value tagged_template(const syntax::Node* node, Scope* scope);
  Value logical(const syntax::Node* node, Scope* scope);
  Value unary(const syntax::Node* node, Scope* scope);
  Value update(const syntax::Node* node, Scope* scope);
  Value assign(const syntax::Node* node, Scope* scope);
  /// Evaluates arguments; says why when a spread leaves open how many there are.
  const Unknown* arguments(const syntax::Node* call, Scope* scope, std::vector<Value>& out);
  Value property_key(const syntax::Node* node, Scope* scope);

  void store(const syntax::Node* target, const Value& value, Scope* scope, bool declare);
  Flow block(const syntax::Node* node, Scope* scope);
  Flow statements(std::span<const syntax::Node* const> nodes, Scope* scope);
  void hoist(std::span<const syntax::Node* const> nodes, Scope* scope);
  Flow if_statement(const syntax::Node* node, Scope* scope);
  Flow for_statement(const syntax::Node* node, Scope* scope);
  Flow for_of_statement(const syntax::Node* node, Scope* scope);
  Flow while_statement(const syntax::Node* node, Scope* scope);
  Flow switch_statement(const syntax::Node* node, Scope* scope);
  Flow try_statement(const syntax::Node* node, Scope* scope);
  Flow variables(const syntax::Node* node, Scope* scope);
  /// A loop body ran; should the loop go on, and with what does the statement end otherwise?
  bool loop_goes_on(Flow& flow, std::string_view label);
  /// Gives up on code whose execution is not known: what it assigns becomes Unknown, what it may change is tainted. Says how control
  /// may leave it.
  Flow give_up(std::initializer_list<const syntax::Node*> nodes, Scope* scope, const Unknown* why);

  [[nodiscard]] Span span(const syntax::Node* node) const { return {module_.file, node->start, node->end}; }

  Interpreter& in_;
  Module& module_;
  Value result_;
  std::string_view label_;          // of the pending break or continue
  std::string_view pending_label_;  // of the labeled statement being entered
};

/// Global objects and functions (`Object`, `parseInt`, `process` …); nothing when there is no such global.
std::optional<Value> find_global(Interpreter& in, std::string_view name, Module& module, Span at);
/// `process`, `URL`, `Buffer`: the same in every module, for Node's modules that export them.
Value node_global(Interpreter& in, std::string_view name, Span at);
/// Methods of primitives, arrays and functions.
Value call_builtin_method(Call& call, std::string_view name);
/// Properties of primitives, arrays and functions.
Value get_builtin(Interpreter& in, const Value& object, std::string_view key, Span at);
/// `new Callee(…)` for JavaScript's own constructors.
Value construct_builtin(Call& call, const Value& callee);

}  // namespace drizzle_audit::program
