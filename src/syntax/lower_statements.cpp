// Statements, functions, classes, enums and patterns.
#include "syntax/lowering.h"

namespace drizzle_audit::syntax {

const Node* Lowering::module(TSNode root) {
  List items;
  each_child(root, [&](TSNode child, Symbol symbol, Field) {
    if (symbol == Symbol::kImportStatement) items.push_back(import_statement(child));
    else if (symbol == Symbol::kExportStatement) items.push_back(export_statement(child));
    else if (ts_node_is_named(child) && symbol != Symbol::kHashBangLine) items.push_back(statement(child));
  });
  return make(NodeKind::kModule, root, items);
}

const Node* Lowering::statement(TSNode node) {
  if (depth_ >= kMaxNesting) return unsupported(node, "it is nested too deeply");
  ++depth_;
  const Node* result = statement_inside(node, grammar_.symbol(node));
  --depth_;
  return result;
}

const Node* Lowering::statement_inside(TSNode node, Symbol symbol) {
  /// All named children as expressions: `return x`, `throw x`, an expression statement.
  const auto expressions = [&](NodeKind kind) {
    List children;
    each_child(node, [&](TSNode child, Symbol, Field) {
      if (ts_node_is_named(child)) children.push_back(expression(child));
    });
    return make(kind, node, children);
  };
  const auto named = [&](NodeKind kind) {
    Node* made = make(kind, node);
    const TSNode name = field(node, Field::kName);
    if (!ts_node_is_null(name)) made->text = source(name);
    return made;
  };
  switch (symbol) {
    case Symbol::kExpressionStatement: {
      TSNode inner{};
      each_child(node, [&](TSNode child, Symbol, Field) {
        if (ts_node_is_named(child)) inner = child;
      });
      // The grammar takes `namespace X {…}` for an expression.
      if (!ts_node_is_null(inner) && grammar_.symbol(inner) == Symbol::kInternalModule) return statement(inner);
      return expressions(NodeKind::kExpressionStatement);
    }
    case Symbol::kReturnStatement: return expressions(NodeKind::kReturn);
    case Symbol::kThrowStatement: return expressions(NodeKind::kThrow);
    case Symbol::kLexicalDeclaration:
    case Symbol::kVariableDeclaration: return variables(node);
    case Symbol::kFunctionDeclaration:
    case Symbol::kGeneratorFunctionDeclaration: return function(node);
    case Symbol::kClassDeclaration:
    case Symbol::kAbstractClassDeclaration: return class_like(node);
    case Symbol::kEnumDeclaration: return enumeration(node);
    case Symbol::kStatementBlock: return block(node);
    case Symbol::kForStatement: return for_statement(node);
    case Symbol::kForInStatement: return for_in_statement(node);
    case Symbol::kSwitchStatement: return switch_statement(node);
    case Symbol::kTryStatement: return try_statement(node);
    case Symbol::kEmptyStatement: return make(NodeKind::kEmpty, node);
    case Symbol::kIfStatement: {
      List children{nullptr, nullptr, nullptr};
      each_child(node, [&](TSNode child, Symbol, Field field) {
        if (field == Field::kCondition) children[0] = expression(child);
        else if (field == Field::kConsequence) children[1] = statement(child);
        else if (field == Field::kAlternative) {
          each_child(child, [&](TSNode inner, Symbol, Field) {
            if (ts_node_is_named(inner)) children[2] = statement(inner);
          });
        }
      });
      if (children[0] == nullptr || children[1] == nullptr) return unsupported(node, "it does not parse");
      return make(NodeKind::kIf, node, children);
    }
    case Symbol::kWhileStatement:
    case Symbol::kDoStatement: {
      const TSNode test = field(node, Field::kCondition);
      const TSNode body = field(node, Field::kBody);
      if (ts_node_is_null(test) || ts_node_is_null(body)) return unsupported(node, "it does not parse");
      if (symbol == Symbol::kWhileStatement) return make(NodeKind::kWhile, node, {expression(test), statement(body)});
      return make(NodeKind::kDoWhile, node, {statement(body), expression(test)});
    }
    case Symbol::kBreakStatement:
    case Symbol::kContinueStatement: {
      Node* made = make(symbol == Symbol::kBreakStatement ? NodeKind::kBreak : NodeKind::kContinue, node);
      const TSNode label = field(node, Field::kLabel);
      if (!ts_node_is_null(label)) made->text = source(label);
      return made;
    }
    case Symbol::kLabeledStatement: {
      const TSNode body = field(node, Field::kBody);
      if (ts_node_is_null(body)) return unsupported(node, "it does not parse");
      Node* made = make(NodeKind::kLabeled, node, {statement(body)});
      made->text = source(field(node, Field::kLabel));
      return made;
    }
    case Symbol::kInternalModule:
    case Symbol::kModule: {
      Node* made = named(NodeKind::kNamespace);
      const TSNode body = field(node, Field::kBody);
      if (!ts_node_is_null(body)) made->children = text::copy(arena_, List{block(body)});
      return made;
    }
    case Symbol::kInterfaceDeclaration:
    case Symbol::kTypeAliasDeclaration:
    case Symbol::kFunctionSignature: return named(NodeKind::kTypeDeclaration);
    case Symbol::kAmbientDeclaration:
    case Symbol::kImportAlias: return make(NodeKind::kTypeDeclaration, node);
    case Symbol::kExportStatement: return export_statement(node);  // inside a namespace
    case Symbol::kError: return unsupported(node, "it does not parse");
    default: return unsupported_code(node, "this kind of statement is not evaluated");
  }
}

const Node* Lowering::block(TSNode node) {
  List statements;
  each_child(node, [&](TSNode child, Symbol, Field) {
    if (ts_node_is_named(child)) statements.push_back(statement(child));
  });
  return make(NodeKind::kBlock, node, statements);
}

const Node* Lowering::variables(TSNode node) {
  List declarators;
  Operator kind = Operator::kVar;
  each_child(node, [&](TSNode child, Symbol symbol, Field) {
    if (is_token(child, "const")) kind = Operator::kConst;
    if (is_token(child, "let")) kind = Operator::kLet;
    if (symbol != Symbol::kVariableDeclarator) return;
    const TSNode name = field(child, Field::kName);
    const TSNode value = field(child, Field::kValue);
    if (ts_node_is_null(name)) return;
    const Node* target = pattern(name);
    declarators.push_back(make(NodeKind::kDeclarator, child, {target, ts_node_is_null(value) ? nullptr : expression(value)}));
  });
  Node* made = make(NodeKind::kVariables, node, declarators);
  made->op = kind;
  return made;
}

const Node* Lowering::function(TSNode node) {
  Node* made = make(NodeKind::kFunction, node);
  const Symbol symbol = grammar_.symbol(node);
  if (symbol == Symbol::kArrowFunction) made->flags |= kArrow;
  if (symbol == Symbol::kGeneratorFunction || symbol == Symbol::kGeneratorFunctionDeclaration) made->flags |= kAsync;
  List children;
  const Node* body = nullptr;
  each_child(node, [&](TSNode child, Symbol kind, Field field) {
    if (is_token(child, "async") || is_token(child, "*")) made->flags |= kAsync;
    else if (field == Field::kName && kind == Symbol::kIdentifier) made->text = source(child);
    else if (field == Field::kParameter) children.push_back(pattern(child));
    else if (field == Field::kParameters) parameters(child, children);
    else if (field == Field::kBody) {
      if (kind == Symbol::kStatementBlock) {
        body = block(child);
      } else {
        made->flags |= kExpressionBody;
        body = expression(child);
      }
    }
  });
  children.push_back(body != nullptr ? body : unsupported(node, "the function has no body"));
  made->children = text::copy(arena_, children);
  return made;
}

void Lowering::parameters(TSNode node, List& out) {
  each_child(node, [&](TSNode child, Symbol symbol, Field) {
    if (symbol != Symbol::kRequiredParameter && symbol != Symbol::kOptionalParameter) return;
    const TSNode target = field(child, Field::kPattern);
    if (ts_node_is_null(target)) {
      out.push_back(unsupported(child, "it does not parse"));
      return;
    }
    if (grammar_.symbol(target) == Symbol::kThis) return;  // `this: T` is no parameter
    const TSNode value = field(child, Field::kValue);
    const Node* parameter = pattern(target);
    out.push_back(ts_node_is_null(value) ? parameter : make(NodeKind::kDefault, child, {parameter, expression(value)}));
  });
}

const Node* Lowering::class_like(TSNode node) {
  Node* made = make(NodeKind::kClass, node);
  List fields;
  each_child(node, [&](TSNode child, Symbol symbol, Field where) {
    if (where == Field::kName) made->text = source(child);
    if (symbol != Symbol::kClassBody) return;
    each_child(child, [&](TSNode member, Symbol kind, Field) {
      if (kind != Symbol::kPublicFieldDefinition && kind != Symbol::kMethodDefinition) {
        if (all_code_) code_inside(member, fields);
        return;
      }
      bool is_static = false;
      bool getter = false;
      bool setter = false;
      each_child(member, [&](TSNode token, Symbol, Field) {
        is_static = is_static || is_token(token, "static");
        getter = getter || is_token(token, "get");
        setter = setter || is_token(token, "set");
      });
      const TSNode name = field(member, Field::kName);
      if (ts_node_is_null(name) || (!all_code_ && (!is_static || setter))) return;
      std::uint8_t flags = 0;
      const Node* key = property_name(name, flags);
      const Node* value = nullptr;
      if (kind == Symbol::kMethodDefinition) {
        value = function(member);
      } else {
        const TSNode initialiser = field(member, Field::kValue);
        if (!ts_node_is_null(initialiser)) value = expression(initialiser);
      }
      if (value == nullptr) return;
      Node* property = make(getter ? NodeKind::kGetter : NodeKind::kProperty, member, {key, value});
      property->flags = flags;
      fields.push_back(property);
    });
  });
  made->children = text::copy(arena_, fields);
  return made;
}

const Node* Lowering::enumeration(TSNode node) {
  Node* made = make(NodeKind::kEnum, node);
  List members;
  each_child(node, [&](TSNode child, Symbol symbol, Field field_of) {
    if (field_of == Field::kName) made->text = source(child);
    if (symbol != Symbol::kEnumBody) return;
    each_child(child, [&](TSNode member, Symbol kind, Field) {
      if (!ts_node_is_named(member)) return;
      const bool assigned = kind == Symbol::kEnumAssignment;
      const TSNode name = assigned ? field(member, Field::kName) : member;
      if (ts_node_is_null(name)) return;
      std::uint8_t flags = 0;
      const Node* key = property_name(name, flags);
      List children;
      if (assigned) {
        const TSNode value = field(member, Field::kValue);
        if (!ts_node_is_null(value)) children.push_back(expression(value));
      }
      Node* entry = make(NodeKind::kEnumMember, member, children);
      entry->text = key->text;
      members.push_back(entry);
    });
  });
  made->children = text::copy(arena_, members);
  return made;
}

const Node* Lowering::for_statement(TSNode node) {
  List children{nullptr, nullptr, nullptr, nullptr};
  /// The grammar gives conditions as expression statements or bare expressions.
  const auto head = [&](TSNode child, Symbol symbol) -> const Node* {
    if (symbol == Symbol::kEmptyStatement || !ts_node_is_named(child)) return nullptr;
    if (symbol == Symbol::kExpressionStatement) {
      const Node* inner = statement(child);
      return inner->child_or_null(0);
    }
    return expression(child);
  };
  each_child(node, [&](TSNode child, Symbol symbol, Field field) {
    if (field == Field::kInitializer) {
      const bool declares = symbol == Symbol::kLexicalDeclaration || symbol == Symbol::kVariableDeclaration;
      children[0] = declares ? variables(child) : head(child, symbol);
    } else if (field == Field::kCondition) {
      if (children[1] == nullptr) children[1] = head(child, symbol);
    } else if (field == Field::kIncrement) {
      children[2] = expression(child);
    } else if (field == Field::kBody) {
      children[3] = statement(child);
    }
  });
  if (children[3] == nullptr) return unsupported(node, "it does not parse");
  return make(NodeKind::kFor, node, children);
}

const Node* Lowering::for_in_statement(TSNode node) {
  const Node* target = nullptr;
  const Node* iterable = nullptr;
  const Node* body = nullptr;
  bool in = false;
  Operator kind = Operator::kNone;
  each_child(node, [&](TSNode child, Symbol, Field field) {
    if (is_token(child, "const")) kind = Operator::kConst;
    else if (is_token(child, "let")) kind = Operator::kLet;
    else if (is_token(child, "var")) kind = Operator::kVar;
    else if (field == Field::kLeft) target = pattern(child);
    else if (field == Field::kOperator) in = source(child) == "in";
    else if (field == Field::kRight) iterable = expression(child);
    else if (field == Field::kBody) body = statement(child);
  });
  if (target == nullptr || iterable == nullptr || body == nullptr) return unsupported(node, "it does not parse");
  if (kind != Operator::kNone) {
    Node* declarator = text::make<Node>(arena_, Node{.kind = NodeKind::kDeclarator, .start = target->start, .end = target->end});
    declarator->children = text::copy(arena_, List{target, nullptr});
    Node* declaration =
        text::make<Node>(arena_, Node{.kind = NodeKind::kVariables, .op = kind, .start = target->start, .end = target->end});
    declaration->children = text::copy(arena_, List{declarator});
    target = declaration;
  }
  Node* made = make(NodeKind::kForOf, node, {target, iterable, body});
  if (in) made->flags |= kForIn;
  return made;
}

const Node* Lowering::switch_statement(TSNode node) {
  List children{nullptr};
  each_child(node, [&](TSNode child, Symbol symbol, Field field) {
    if (field == Field::kValue) children[0] = expression(child);
    if (symbol != Symbol::kSwitchBody) return;
    each_child(child, [&](TSNode entry, Symbol kind, Field) {
      if (kind != Symbol::kSwitchCase && kind != Symbol::kSwitchDefault) return;
      List inside{nullptr};
      each_child(entry, [&](TSNode part, Symbol, Field where) {
        if (!ts_node_is_named(part)) return;
        if (where == Field::kValue) inside[0] = expression(part);
        else inside.push_back(statement(part));
      });
      children.push_back(make(NodeKind::kCase, entry, inside));
    });
  });
  if (children[0] == nullptr) return unsupported(node, "it does not parse");
  return make(NodeKind::kSwitch, node, children);
}

const Node* Lowering::try_statement(TSNode node) {
  List children{nullptr, nullptr, nullptr, nullptr};
  each_child(node, [&](TSNode child, Symbol symbol, Field where) {
    if (where == Field::kBody) {
      children[0] = block(child);
    } else if (symbol == Symbol::kCatchClause) {
      const TSNode parameter = field(child, Field::kParameter);
      if (!ts_node_is_null(parameter)) children[1] = pattern(parameter);
      const TSNode body = field(child, Field::kBody);
      if (!ts_node_is_null(body)) children[2] = block(body);
    } else if (symbol == Symbol::kFinallyClause) {
      const TSNode body = field(child, Field::kBody);
      if (!ts_node_is_null(body)) children[3] = block(body);
    }
  });
  if (children[0] == nullptr) return unsupported(node, "it does not parse");
  return make(NodeKind::kTry, node, children);
}

const Node* Lowering::pattern(TSNode node) {
  switch (grammar_.symbol(node)) {
    case Symbol::kObjectPattern: return object_pattern(node);
    case Symbol::kArrayPattern: return array_pattern(node);
    case Symbol::kAssignmentPattern:
    case Symbol::kObjectAssignmentPattern: {
      const TSNode left = field(node, Field::kLeft);
      const TSNode right = field(node, Field::kRight);
      if (ts_node_is_null(left) || ts_node_is_null(right)) return unsupported(node, "it does not parse");
      return make(NodeKind::kDefault, node, {pattern(left), expression(right)});
    }
    case Symbol::kRestPattern: {
      const Node* inner = nullptr;
      each_child(node, [&](TSNode child, Symbol, Field) {
        if (ts_node_is_named(child)) inner = pattern(child);
      });
      return inner != nullptr ? make(NodeKind::kRest, node, {inner}) : unsupported(node, "it does not parse");
    }
    case Symbol::kShorthandPropertyIdentifierPattern: {
      Node* made = make(NodeKind::kIdentifier, node);
      made->text = source(node);
      return made;
    }
    default: return expression(node);  // identifier, or the target of an assignment
  }
}

const Node* Lowering::object_pattern(TSNode node) {
  List properties;
  each_child(node, [&](TSNode child, Symbol symbol, Field) {
    std::uint8_t flags = 0;
    switch (symbol) {
      case Symbol::kShorthandPropertyIdentifierPattern:
        properties.push_back(make(NodeKind::kPatternProperty, child, {text_node(child, source(child)), pattern(child)}));
        return;
      case Symbol::kObjectAssignmentPattern: {
        const TSNode left = field(child, Field::kLeft);
        properties.push_back(make(NodeKind::kPatternProperty, child, {text_node(left, source(left)), pattern(child)}));
        return;
      }
      case Symbol::kPairPattern: {
        const TSNode key = field(child, Field::kKey);
        const TSNode value = field(child, Field::kValue);
        if (ts_node_is_null(key) || ts_node_is_null(value)) return;
        const Node* name = property_name(key, flags);
        Node* made = make(NodeKind::kPatternProperty, child, {name, pattern(value)});
        made->flags = flags;
        properties.push_back(made);
        return;
      }
      case Symbol::kRestPattern: properties.push_back(pattern(child)); return;
      default: return;
    }
  });
  return make(NodeKind::kObjectPattern, node, properties);
}

const Node* Lowering::array_pattern(TSNode node) {
  List elements;
  bool expecting = true;
  each_child(node, [&](TSNode child, Symbol, Field) {
    if (ts_node_is_named(child)) {
      elements.push_back(pattern(child));
      expecting = false;
    } else if (is_token(child, ",")) {
      if (expecting) elements.push_back(nullptr);
      expecting = true;
    }
  });
  return make(NodeKind::kArrayPattern, node, elements);
}

}  // namespace drizzle_audit::syntax
