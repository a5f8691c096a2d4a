// Expressions.
#include <algorithm>
#include <array>
#include <utility>

#include "syntax/lowering.h"

namespace drizzle_audit::syntax {
namespace {

constexpr auto kOperators = std::to_array<std::pair<std::string_view, Operator>>({
    {"+", Operator::kAdd},           {"-", Operator::kSubtract},
    {"*", Operator::kMultiply},      {"/", Operator::kDivide},
    {"%", Operator::kModulo},        {"**", Operator::kPower},
    {"==", Operator::kEqual},        {"!=", Operator::kNotEqual},
    {"===", Operator::kStrictEqual}, {"!==", Operator::kStrictNotEqual},
    {"<", Operator::kLess},          {"<=", Operator::kLessEqual},
    {">", Operator::kGreater},       {">=", Operator::kGreaterEqual},
    {"in", Operator::kIn},           {"instanceof", Operator::kInstanceof},
    {"&", Operator::kBitAnd},        {"|", Operator::kBitOr},
    {"^", Operator::kBitXor},        {"<<", Operator::kShiftLeft},
    {">>", Operator::kShiftRight},   {">>>", Operator::kShiftRightUnsigned},
    {"&&", Operator::kAnd},          {"||", Operator::kOr},
    {"??", Operator::kNullish},      {"++", Operator::kIncrement},
    {"--", Operator::kDecrement},
});

Operator binary_operator(std::string_view token) {
  const auto found = std::ranges::find(kOperators, token, [](const auto& entry) { return entry.first; });
  return found == kOperators.end() ? Operator::kNone : found->second;
}

Operator unary_operator(std::string_view token) {
  if (token == "!") return Operator::kNot;
  if (token == "~") return Operator::kBitNot;
  if (token == "+") return Operator::kPlus;
  if (token == "-") return Operator::kMinus;
  if (token == "typeof") return Operator::kTypeof;
  if (token == "void") return Operator::kVoid;
  return Operator::kDelete;
}

bool is_logical(Operator op) { return op == Operator::kAnd || op == Operator::kOr || op == Operator::kNullish; }

}  // namespace

const Node* Lowering::expression(TSNode node) {
  // What has no meaning at run time is stepped over here, without recursion: ten thousand parentheses are no problem.
  Symbol symbol = grammar_.symbol(node);
  for (;;) {
    const bool transparent = symbol == Symbol::kParenthesizedExpression || symbol == Symbol::kAsExpression ||
                             symbol == Symbol::kSatisfiesExpression || symbol == Symbol::kNonNullExpression ||
                             symbol == Symbol::kInstantiationExpression || symbol == Symbol::kTypeAssertion;
    if (!transparent) break;
    TSNode inner{};
    const bool last = symbol == Symbol::kTypeAssertion;  // <T>value
    each_child(node, [&](TSNode child, Symbol, Field) {
      if (ts_node_is_named(child) && (last || ts_node_is_null(inner))) inner = child;
    });
    if (ts_node_is_null(inner)) return unsupported(node, "it does not parse");
    node = inner;
    symbol = grammar_.symbol(node);
  }
  if (depth_ >= kMaxNesting) return unsupported(node, "it is nested too deeply");
  ++depth_;
  const Node* result = expression_inside(node, symbol);
  --depth_;
  return result;
}

const Node* Lowering::expression_inside(TSNode node, Symbol symbol) {
  const auto simple = [&](NodeKind kind) {
    Node* made = make(kind, node);
    made->text = source(node);
    return made;
  };
  if (ts_node_is_missing(node)) return unsupported(node, "it does not parse");
  switch (symbol) {
    case Symbol::kNull: return make(NodeKind::kNull, node);
    case Symbol::kTrue: return make(NodeKind::kTrue, node);
    case Symbol::kFalse: return make(NodeKind::kFalse, node);
    case Symbol::kThis: return make(NodeKind::kThis, node);
    case Symbol::kSuper: return make(NodeKind::kSuper, node);
    case Symbol::kIdentifier:
    case Symbol::kUndefined: return simple(NodeKind::kIdentifier);
    case Symbol::kMetaProperty: return simple(NodeKind::kIdentifier);  // `import.meta`: a name that only the language can bind
    case Symbol::kString: return string(node);
    case Symbol::kNumber: {
      Node* made = simple(NodeKind::kNumber);
      if (made->text.ends_with('n')) {
        made->kind = NodeKind::kBigInt;
        made->text.remove_suffix(1);
      }
      return made;
    }
    case Symbol::kRegex: {
      Node* made = make(NodeKind::kRegex, node);
      List flags;
      each_child(node, [&](TSNode child, Symbol part, Field) {
        if (part == Symbol::kRegexPattern) made->text = source(child);
        if (part == Symbol::kRegexFlags) flags.push_back(text_node(child, source(child)));
      });
      made->children = text::copy(arena_, flags);
      return made;
    }
    case Symbol::kTemplateString: {
      List parts;
      template_parts(node, parts);
      return make(NodeKind::kTemplate, node, parts);
    }
    case Symbol::kArray: return array(node);
    case Symbol::kObject: return object(node);
    case Symbol::kArrowFunction:
    case Symbol::kFunctionExpression:
    case Symbol::kGeneratorFunction: return function(node);
    case Symbol::kClass: return class_like(node);
    case Symbol::kCallExpression: return call(node, NodeKind::kCall);
    case Symbol::kNewExpression: return call(node, NodeKind::kNew);
    case Symbol::kMemberExpression: return member(node);
    case Symbol::kSubscriptExpression: return subscript(node);
    case Symbol::kBinaryExpression:
    case Symbol::kUnaryExpression:
    case Symbol::kUpdateExpression:
    case Symbol::kAssignmentExpression:
    case Symbol::kAugmentedAssignmentExpression:
    case Symbol::kTernaryExpression: return operation(node, symbol);
    case Symbol::kSequenceExpression:
    case Symbol::kAwaitExpression:
    case Symbol::kSpreadElement: {
      List children;
      each_child(node, [&](TSNode child, Symbol, Field) {
        if (ts_node_is_named(child)) children.push_back(expression(child));
      });
      if (children.empty()) return unsupported(node, "it does not parse");
      return make(symbol == Symbol::kSequenceExpression ? NodeKind::kSequence
                  : symbol == Symbol::kAwaitExpression  ? NodeKind::kAwait
                                                        : NodeKind::kSpread,
                  node, children);
    }
    case Symbol::kInternalModule: return statement_inside(node, symbol);
    case Symbol::kError: return unsupported(node, "it does not parse");
    default: return unsupported_code(node, "this kind of expression is not evaluated");
  }
}

const Node* Lowering::string(TSNode node) {
  const std::uint32_t start = ts_node_start_byte(node);
  const std::uint32_t end = ts_node_end_byte(node);
  return text_node(node, end >= start + 2 ? cooked(start + 1, end - 1) : std::string_view());
}

void Lowering::template_parts(TSNode node, List& parts) {
  std::uint32_t from = ts_node_start_byte(node) + 1;
  const auto add_text = [&](std::uint32_t to) {
    Node* made = text::make<Node>(arena_, Node{.kind = NodeKind::kString, .start = from, .end = std::max(from, to)});
    made->text = cooked(from, to);
    parts.push_back(made);
  };
  each_child(node, [&](TSNode child, Symbol symbol, Field) {
    if (symbol != Symbol::kTemplateSubstitution) return;
    add_text(ts_node_start_byte(child));
    from = ts_node_end_byte(child);
    const Node* value = nullptr;
    each_child(child, [&](TSNode inner, Symbol, Field) {
      if (ts_node_is_named(inner) && value == nullptr) value = expression(inner);
    });
    parts.push_back(value != nullptr ? value : unsupported(child, "it does not parse"));
  });
  const std::uint32_t end = ts_node_end_byte(node);
  add_text(end > from ? end - 1 : from);
}

const Node* Lowering::array(TSNode node) {
  List elements;
  bool expecting = true;  // a comma where an element is expected leaves a hole
  each_child(node, [&](TSNode child, Symbol, Field) {
    if (ts_node_is_named(child)) {
      elements.push_back(expression(child));
      expecting = false;
    } else if (is_token(child, ",")) {
      if (expecting) elements.push_back(nullptr);
      expecting = true;
    }
  });
  return make(NodeKind::kArray, node, elements);
}

const Node* Lowering::property_name(TSNode node, std::uint8_t& flags) {
  switch (grammar_.symbol(node)) {
    case Symbol::kString: return string(node);
    case Symbol::kNumber: {
      Node* made = make(NodeKind::kNumber, node);
      made->text = source(node);
      return made;
    }
    case Symbol::kComputedPropertyName: {
      flags = static_cast<std::uint8_t>(flags | kComputed);
      const Node* value = nullptr;
      each_child(node, [&](TSNode child, Symbol, Field) {
        if (ts_node_is_named(child) && value == nullptr) value = expression(child);
      });
      return value != nullptr ? value : unsupported(node, "it does not parse");
    }
    default: return text_node(node, source(node));
  }
}

const Node* Lowering::object(TSNode node) {
  List properties;
  each_child(node, [&](TSNode child, Symbol symbol, Field) {
    std::uint8_t flags = 0;
    switch (symbol) {
      case Symbol::kPair: {
        const TSNode key = field(child, Field::kKey);
        const TSNode value = field(child, Field::kValue);
        if (ts_node_is_null(key) || ts_node_is_null(value)) {
          properties.push_back(unsupported(child, "it does not parse"));
          return;
        }
        const Node* name = property_name(key, flags);
        Node* made = make(NodeKind::kProperty, child, {name, expression(value)});
        made->flags = flags;
        properties.push_back(made);
        return;
      }
      case Symbol::kShorthandPropertyIdentifier: {
        Node* value = make(NodeKind::kIdentifier, child);
        value->text = source(child);
        properties.push_back(make(NodeKind::kProperty, child, {text_node(child, value->text), value}));
        return;
      }
      case Symbol::kMethodDefinition: {
        bool getter = false;
        bool setter = false;
        each_child(child, [&](TSNode token, Symbol, Field) {
          getter = getter || is_token(token, "get");
          setter = setter || is_token(token, "set");
        });
        if (setter) return;
        const Node* name = property_name(field(child, Field::kName), flags);
        Node* made = make(getter ? NodeKind::kGetter : NodeKind::kProperty, child, {name, function(child)});
        made->flags = flags;
        properties.push_back(made);
        return;
      }
      case Symbol::kSpreadElement: properties.push_back(expression(child)); return;
      case Symbol::kError: properties.push_back(unsupported(child, "it does not parse")); return;
      default: return;
    }
  });
  return make(NodeKind::kObject, node, properties);
}

const Node* Lowering::call(TSNode node, NodeKind kind) {
  List children{nullptr, nullptr};
  std::uint8_t flags = 0;
  TSNode tag_template{};
  bool dynamic_import = false;
  each_child(node, [&](TSNode child, Symbol symbol, Field field) {
    if (symbol == Symbol::kOptionalChain || is_token(child, "?.")) {
      flags |= kOptional;
    } else if (field == Field::kFunction || field == Field::kConstructor) {
      dynamic_import = symbol == Symbol::kImport;
      children[0] = expression(child);
    } else if (symbol == Symbol::kTypeArguments) {
      children[1] = make(NodeKind::kTypeArguments, child);
    } else if (symbol == Symbol::kTemplateString) {
      tag_template = child;
    } else if (symbol == Symbol::kArguments) {
      each_child(child, [&](TSNode argument, Symbol, Field) {
        if (ts_node_is_named(argument)) children.push_back(expression(argument));
      });
    }
  });
  if (children[0] == nullptr) return unsupported(node, "it does not parse");
  if (dynamic_import) return make(NodeKind::kImportCall, node, List(children.begin() + 2, children.end()));
  if (!ts_node_is_null(tag_template)) {
    List parts{children[0]};
    template_parts(tag_template, parts);
    return make(NodeKind::kTaggedTemplate, node, parts);
  }
  Node* made = make(kind, node, children);
  made->flags = flags;
  return made;
}

const Node* Lowering::member(TSNode node) {
  Node* made = make(NodeKind::kMember, node);
  const Node* object = nullptr;
  each_child(node, [&](TSNode child, Symbol symbol, Field field) {
    if (symbol == Symbol::kOptionalChain || is_token(child, "?.")) made->flags |= kOptional;
    else if (field == Field::kObject) object = expression(child);
    else if (field == Field::kProperty) made->text = source(child);
  });
  if (object == nullptr) return unsupported(node, "it does not parse");
  made->children = text::copy(arena_, List{object});
  return made;
}

const Node* Lowering::subscript(TSNode node) {
  const Node* object = nullptr;
  const Node* index = nullptr;
  std::uint8_t flags = 0;
  each_child(node, [&](TSNode child, Symbol symbol, Field field) {
    if (symbol == Symbol::kOptionalChain || is_token(child, "?.")) flags |= kOptional;
    else if (field == Field::kObject) object = expression(child);
    else if (field == Field::kIndex) index = expression(child);
  });
  if (object == nullptr || index == nullptr) return unsupported(node, "it does not parse");
  Node* made = make(NodeKind::kSubscript, node, {object, index});
  made->flags = flags;
  return made;
}

const Node* Lowering::operation(TSNode node, Symbol symbol) {
  List operands;
  std::string_view token;
  bool prefix = false;
  const bool assigns = symbol == Symbol::kAssignmentExpression || symbol == Symbol::kAugmentedAssignmentExpression;
  each_child(node, [&](TSNode child, Symbol, Field field) {
    if (field == Field::kOperator) {
      token = source(child);
      prefix = operands.empty();
    } else if (ts_node_is_named(child)) {
      operands.push_back(assigns && field == Field::kLeft ? pattern(child) : expression(child));
    }
  });
  const auto finish = [&](NodeKind kind, std::size_t count, Operator op) -> const Node* {
    if (operands.size() != count) return unsupported(node, "it does not parse");
    Node* made = make(kind, node, operands);
    made->op = op;
    if (prefix) made->flags |= kPrefix;
    return made;
  };
  switch (symbol) {
    case Symbol::kTernaryExpression: return finish(NodeKind::kConditional, 3, Operator::kNone);
    case Symbol::kUnaryExpression: return finish(NodeKind::kUnary, 1, unary_operator(token));
    case Symbol::kUpdateExpression: return finish(NodeKind::kUpdate, 1, binary_operator(token));
    case Symbol::kAssignmentExpression: return finish(NodeKind::kAssign, 2, Operator::kNone);
    case Symbol::kAugmentedAssignmentExpression: return finish(NodeKind::kAssign, 2, binary_operator(token.substr(0, token.size() - 1)));
    default: break;
  }
  const Operator op = binary_operator(token);
  return finish(is_logical(op) ? NodeKind::kLogical : NodeKind::kBinary, 2, op);
}

}  // namespace drizzle_audit::syntax
