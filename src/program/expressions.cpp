// Evaluation of expressions.
#include <array>

#include "program/evaluation.h"
#include "program/operators.h"

namespace drizzle_audit::program {

using syntax::Node;
using syntax::NodeKind;
using syntax::Operator;

Value Evaluation::expression(const Node* node, Scope* scope) {
  in_.count_step();
  if (in_.depth_ >= in_.limits_.depth) throw OverBudget{"it is nested too deeply to evaluate"};
  ++in_.depth_;
  struct Leave {
    std::uint32_t& depth;
    ~Leave() { --depth; }
  } leave{in_.depth_};
  return evaluate(node, scope);
}

Value Evaluation::evaluate(const Node* node, Scope* scope) {
  switch (node->kind) {
    case NodeKind::kUnsupported: return in_.unknown(node->text, span(node));
    case NodeKind::kNull: return Value::null();
    case NodeKind::kTrue: return Value::boolean(true);
    case NodeKind::kFalse: return Value::boolean(false);
    case NodeKind::kNumber: return Value::number(parse_number(node->text));
    case NodeKind::kBigInt: {
      if (node->text.find_first_not_of("0123456789_") == std::string_view::npos) {
        std::string digits;
        for (const char c : node->text) {
          if (c != '_') digits += c;
        }
        return Value::bigint(text::copy(in_.memory(), digits));
      }
      return in_.unknown("bigints in another base are not evaluated", span(node));
    }
    case NodeKind::kString: return Value::string(node->text);
    case NodeKind::kRegex: {
      const std::array<Value, 2> parts{Value::string(node->text),
                                       Value::string(node->children.empty() ? std::string_view() : node->child(0)->text)};
      Call call{in_, {}, parts, nullptr, span(node)};
      return construct_builtin(call, *find_global(in_, "RegExp", module_, span(node)));
    }
    case NodeKind::kIdentifier: return identifier(node, scope);
    case NodeKind::kThis: {
      for (Scope* at = scope; at != nullptr; at = at->parent) {
        if (at->is_function) return at->this_value;
      }
      return {};
    }
    case NodeKind::kTemplate: return template_text(node, scope);
    case NodeKind::kTaggedTemplate: return tagged_template(node, scope);
    case NodeKind::kArray: return array_literal(node, scope);
    case NodeKind::kObject: return object_literal(node, scope);
    case NodeKind::kMember:
    case NodeKind::kSubscript:
    case NodeKind::kCall: {
      bool shorted = false;
      return chain(node, scope, shorted);
    }
    case NodeKind::kNew: return construct(node, scope);
    case NodeKind::kImportCall: {
      const Value specifier = node->children.empty() ? Value() : expression(node->child(0), scope);
      if (!specifier.is(Tag::kString)) return in_.unknown("the imported file is not known", span(node));
      if (Host* natives = in_.natives_.find(in_, specifier.text())) return Value::host(natives);
      const Link target = in_.modules_.follow(specifier.text(), module_);
      if (target.module == nullptr) return in_.unknown("the imported package is not read", span(node));
      return in_.namespace_of(in_.modules_.open(*target.module));
    }
    case NodeKind::kFunction: return make_function(node, scope);
    case NodeKind::kClass: return make_class(node, scope);
    case NodeKind::kConditional: {
      const Value test = expression(node->child(0), scope);
      const auto taken = truthy(test);
      if (taken) return expression(node->child(*taken ? 1 : 2), scope);
      const Value first = expression(node->child(1), scope);
      const Value second = expression(node->child(2), scope);
      if (strictly_equal(first, second).value_or(false)) return first;  // the same either way
      return test;
    }
    case NodeKind::kBinary: {
      const Value left = expression(node->child(0), scope);
      const Value right = expression(node->child(1), scope);
      return binary(in_, node->op, left, right, span(node));
    }
    case NodeKind::kLogical: return logical(node, scope);
    case NodeKind::kUnary: return unary(node, scope);
    case NodeKind::kUpdate: return update(node, scope);
    case NodeKind::kAssign: return assign(node, scope);
    case NodeKind::kSequence: {
      Value last;
      for (const Node* child : node->children) last = expression(child, scope);
      return last;
    }
    case NodeKind::kAwait: return expression(node->child(0), scope);  // awaiting a plain value gives the value
    case NodeKind::kNamespace: return make_namespace(node, scope);
    case NodeKind::kSpread: return expression(node->child(0), scope);
    default: return in_.unknown("this kind of expression is not evaluated", span(node));
  }
}

Value Evaluation::identifier(const Node* node, Scope* scope) {
  for (Scope* at = scope; at != nullptr; at = at->parent) {
    if (Variable* variable = at->find(node->text)) return variable->value;
  }
  const auto binding = module_.bindings.find(node->text);
  if (binding != module_.bindings.end() && binding->second.kind != Binding::Kind::kType) {
    return in_.force(module_, binding->second, span(node));
  }
  if (const auto global = find_global(in_, node->text, module_, span(node))) return *global;
  if (binding != module_.bindings.end()) return in_.unknown("it is only declared, not defined", span(node));
  // A script global, or a mistake that tsc reports.
  return in_.unknown_copy("'" + std::string(node->text) + "' is not defined in the file", span(node));
}

Value Evaluation::template_text(const Node* node, Scope* scope) {
  if (node->children.size() == 1) return Value::string(node->child(0)->text);
  std::string out;
  Value unknown;
  for (std::size_t i = 0; i < node->children.size(); ++i) {
    if (i % 2 == 0) {
      out += node->child(i)->text;
      continue;
    }
    const Value value = expression(node->child(i), scope);
    const auto text = to_text(in_, value);
    if (text) out += *text;
    if (out.size() > kLongestText) return in_.unknown("the text is too long", span(node));
    if (!text && unknown.is(Tag::kUndefined))
      unknown = value.is(Tag::kUnknown) ? value : in_.unknown("the text of a part is not known", span(node->child(i)));
  }
  return unknown.is(Tag::kUndefined) ? in_.make_string(out) : unknown;
}

Value Evaluation::array_literal(const Node* node, Scope* scope) {
  Array* array = in_.make_array();
  array->items.reserve(node->children.size());
  for (const Node* child : node->children) {
    if (child == nullptr) {
      array->items.emplace_back();
      array->spans.emplace_back();
    } else if (child->kind == NodeKind::kSpread) {
      const Value spread = expression(child->child(0), scope);
      std::vector<Value> items;
      const Unknown* why = in_.elements(spread, items, span(child));
      for (std::size_t i = 0; i < items.size(); ++i) {
        array->items.push_back(items[i]);
        array->spans.push_back(spread.is(Tag::kArray) && spread.as_array().span_of(i).somewhere() ? spread.as_array().span_of(i)
                                                                                                  : span(child));
      }
      if (why != nullptr && array->incomplete == nullptr) array->incomplete = why;
    } else {
      array->items.push_back(expression(child, scope));
      array->spans.push_back(span(child));
    }
  }
  return Value::array(array);
}

Value Evaluation::property_key(const Node* node, Scope* scope) {
  switch (node->kind) {
    case NodeKind::kString: return Value::string(node->text);
    case NodeKind::kNumber: return in_.make_string(number_text(parse_number(node->text)));
    default: {
      const Value value = expression(node, scope);
      if (value.is(Tag::kUnknown) || value.is(Tag::kString)) return value;
      const auto key = to_key(in_, value);
      return key ? in_.make_string(*key) : in_.unknown("the key is not known", span(node));
    }
  }
}

Value Evaluation::object_literal(const Node* node, Scope* scope) {
  Object* object = in_.make_object();
  object->properties.reserve(node->children.size());
  for (const Node* child : node->children) {
    switch (child->kind) {
      case NodeKind::kProperty:
      case NodeKind::kGetter: {
        const Value key = property_key(child->child(0), scope);
        const Value value = expression(child->child(1), scope);
        if (!key.is(Tag::kString)) {
          if (object->incomplete == nullptr) object->incomplete = &key.as_unknown();
          break;
        }
        // `__proto__: x` sets the prototype, which is not modelled; `["__proto__"]: x` and the shorthand are ordinary properties.
        if (key.text() == "__proto__" && !child->has(syntax::kComputed) && child->child(0)->start != child->child(1)->start) {
          object->incomplete = &in_.unknown("it sets a prototype", span(child)).as_unknown();
          break;
        }
        object->set({key.text(), value, span(child), span(child->child(0)), child->kind == NodeKind::kGetter});
        break;
      }
      case NodeKind::kSpread: {
        const Value spread = expression(child->child(0), scope);
        std::vector<Property> properties;
        const Unknown* why = in_.own_properties(spread, properties, span(child));
        for (const Property& property : properties) object->set(property);
        if (why != nullptr && object->incomplete == nullptr) object->incomplete = why;
        break;
      }
      default:
        if (object->incomplete == nullptr) object->incomplete = &in_.unknown(child->text, span(child)).as_unknown();
    }
  }
  return Value::object(object);
}

Value Evaluation::logical(const Node* node, Scope* scope) {
  const Value left = expression(node->child(0), scope);
  if (left.is(Tag::kUnknown)) return left;
  bool use_right = false;
  if (node->op == Operator::kNullish) use_right = left.is_nullish();
  else use_right = truthy(left) == (node->op == Operator::kAnd);
  return use_right ? expression(node->child(1), scope) : left;
}

Value Evaluation::unary(const Node* node, Scope* scope) {
  if (node->op == Operator::kDelete) {
    const Node* target = node->child(0);
    if (target->kind == NodeKind::kMember || target->kind == NodeKind::kSubscript) {
      const Value object = expression(target->child(0), scope);
      const Value key = target->kind == NodeKind::kMember ? Value::string(target->text) : property_key(target->child(1), scope);
      if (object.is(Tag::kObject) && key.is(Tag::kString)) object.as_object().remove(key.text());
      else if (key.is(Tag::kUnknown)) Interpreter::taint(object, &key.as_unknown());
    }
    return Value::boolean(true);
  }
  const Value value = expression(node->child(0), scope);
  if (node->op == Operator::kVoid) return {};
  if (value.is(Tag::kUnknown)) return value;
  switch (node->op) {
    case Operator::kNot: return Value::boolean(!*truthy(value));
    case Operator::kTypeof:
      switch (value.tag()) {
        case Tag::kUndefined: return Value::string("undefined");
        case Tag::kBoolean: return Value::string("boolean");
        case Tag::kNumber: return Value::string("number");
        case Tag::kBigInt: return Value::string("bigint");
        case Tag::kString: return Value::string("string");
        case Tag::kFunction:
        case Tag::kNative: return Value::string("function");
        case Tag::kHost: return Value::string(value.as_host().is_callable() ? "function" : "object");
        default: return Value::string("object");
      }
    case Operator::kMinus:
      if (value.is(Tag::kBigInt)) {
        if (value.text() == "0") return value;
        if (value.text().starts_with('-')) return Value::bigint(value.text().substr(1));
        return Value::bigint(text::copy(in_.memory(), "-" + std::string(value.text())));
      }
      [[fallthrough]];
    case Operator::kPlus:
    case Operator::kBitNot: {
      const auto number = to_number(value);
      if (!number) return in_.unknown("the operand is no number", span(node));
      if (node->op == Operator::kMinus) return Value::number(-*number);
      if (node->op == Operator::kPlus) return Value::number(*number);
      return binary(in_, Operator::kBitXor, Value::number(*number), Value::number(-1), span(node));
    }
    default: return in_.unknown("this operator is not evaluated", span(node));
  }
}

Value Evaluation::update(const Node* node, Scope* scope) {
  const Value before = expression(node->child(0), scope);
  const auto number = to_number(before);
  const Value after = number                     ? Value::number(*number + (node->op == Operator::kIncrement ? 1 : -1))
                      : before.is(Tag::kUnknown) ? before
                                                 : in_.unknown("the operand is no number", span(node));
  store(node->child(0), after, scope, false);
  return node->has(syntax::kPrefix) || !number ? after : Value::number(*number);
}

Value Evaluation::assign(const Node* node, Scope* scope) {
  const Node* target = node->child(0);
  if (node->op == Operator::kNone) {
    const Value value = expression(node->child(1), scope);
    store(target, value, scope, false);
    return value;
  }
  const Value before = expression(target, scope);
  const bool is_logical = node->op == Operator::kAnd || node->op == Operator::kOr || node->op == Operator::kNullish;
  if (is_logical) {
    if (before.is(Tag::kUnknown)) return before;
    const bool assigns = node->op == Operator::kNullish ? before.is_nullish() : truthy(before) == (node->op == Operator::kAnd);
    if (!assigns) return before;
    const Value value = expression(node->child(1), scope);
    store(target, value, scope, false);
    return value;
  }
  const Value value = binary(in_, node->op, before, expression(node->child(1), scope), span(node));
  store(target, value, scope, false);
  return value;
}

}  // namespace drizzle_audit::program
