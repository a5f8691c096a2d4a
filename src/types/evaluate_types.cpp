// Types as they are written: keywords, objects, tuples, functions, template literal types; what is made only when it is needed.
#include <algorithm>
#include <array>
#include <unordered_set>

#include "types/evaluation.h"

namespace drizzle_audit::types {

using syntax::TypeNode;
using syntax::TypeNodeKind;

namespace {

constexpr std::string_view kCircle = "it refers to itself in a circle";
constexpr std::string_view kTooMuch = "it takes too much to work out";

/// The keyword type that is spelled like this; kParameter when there is none.
TypeKind keyword_kind(std::string_view text) {
  constexpr auto kWords = std::to_array<std::pair<std::string_view, TypeKind>>({{"any", TypeKind::kAny},
                                                                                {"unknown", TypeKind::kUnknown},
                                                                                {"never", TypeKind::kNever},
                                                                                {"void", TypeKind::kVoid},
                                                                                {"undefined", TypeKind::kUndefined},
                                                                                {"null", TypeKind::kNull},
                                                                                {"string", TypeKind::kString},
                                                                                {"number", TypeKind::kNumber},
                                                                                {"bigint", TypeKind::kBigInt},
                                                                                {"boolean", TypeKind::kBoolean},
                                                                                {"symbol", TypeKind::kSymbol},
                                                                                {"object", TypeKind::kAnyObject}});
  const auto found = std::ranges::find(kWords, text, [](const auto& entry) { return entry.first; });
  return found == kWords.end() ? TypeKind::kParameter : found->second;
}

/// A number literal as JavaScript prints it, for the forms people write; empty for others.
std::string number_text(std::string_view written) {
  std::string text;
  for (const char c : written) {
    if (c != '_' && c != '+') text += c;
  }
  const bool plain = text.find_first_not_of("-0123456789.") == std::string::npos;
  if (!plain || text.size() > 15) return {};
  if (text.find('.') != std::string::npos) {
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) text.pop_back();
  }
  const bool negative = text.starts_with('-');
  std::string digits = negative ? text.substr(1) : text;
  while (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') digits.erase(0, 1);
  if (digits.starts_with('.')) digits.insert(0, "0");
  return (negative && digits != "0" ? "-" : "") + digits;
}

}  // namespace

std::optional<std::size_t> index_number(std::string_view text) {
  if (text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  std::size_t number = 0;
  for (const char c : text) number = number * 10 + static_cast<std::size_t>(c - '0');
  return number;
}

const Type& Evaluation::settled(const Type& type) {
  const Type* now = &type;
  for (int i = 0; i < 16; ++i) {
    const auto found = pending_.find(now);
    if (found == pending_.end() || found->second->state == Instance::State::kWorking) return *now;
    now = found->second->type;
  }
  return unreadable(kCircle, type.span);
}

const Type& Evaluation::make(const Lazy& lazy) {
  switch (lazy.kind) {
    case Lazy::Kind::kType: return type(*lazy.node, *lazy.scope);
    case Lazy::Kind::kValue: return value(*lazy.node, *lazy.scope, lazy.constant);
    case Lazy::Kind::kSame: return of(*lazy.from);
    case Lazy::Kind::kRequired: {
      std::vector<const Type*> rest;
      for (const Type* member : union_members(of(*lazy.from))) {
        if (!member->is(TypeKind::kUndefined)) rest.push_back(member);
      }
      return rest.size() == union_members(of(*lazy.from)).size() ? of(*lazy.from) : types.union_of(rest);
    }
    case Lazy::Kind::kIntersection: {
      std::vector<const Type*> all;
      bool optional = true;
      for (const Property* source : lazy.sources) optional = optional && source->optional;
      for (const Property* source : lazy.sources) all.push_back(optional ? &of(*source) : &read(*source));
      return intersection(all, {});
    }
    case Lazy::Kind::kAtIndex: {
      const Scope& inner = bind(*lazy.scope, lazy.node->text, *lazy.index);
      const Type& made = type(*lazy.node->child(2), inner);
      if (!lazy.constant) return made;  // `-?`
      std::vector<const Type*> rest;
      for (const Type* member : union_members(settled(made))) {
        if (!member->is(TypeKind::kUndefined)) rest.push_back(member);
      }
      return types.union_of(rest);
    }
  }
  return keyword(TypeKind::kNever);
}

const Type& Evaluation::of(const Property& property) {
  if (property.type != nullptr) return settled(*property.type);
  if (property.lazy == nullptr) return unreadable("it has no type", property.span);
  Lazy& work = const_cast<Lazy&>(*property.lazy);  // ours alone
  if (work.working) return unreadable(kCircle, property.span);
  work.working = true;
  const Type& made = make(work);
  work.working = false;
  const_cast<Property&>(property).type = &made;
  return settled(made);
}

const Type& Evaluation::read(const Property& property) {
  const Type& made = of(property);
  return property.optional ? types.with(made, TypeKind::kUndefined) : made;
}

Type* Evaluation::object(const std::vector<Property>& properties, Span span) {
  Type* made = types.make(TypeKind::kObject);
  made->properties = types.keep(properties);
  made->span = span;
  return made;
}

const Type& Evaluation::under_name(const Type& type, std::string_view name, const std::vector<const Type*>& arguments) {
  switch (type.kind) {
    case TypeKind::kObject:
    case TypeKind::kIntersection:
    case TypeKind::kArray:
    case TypeKind::kTuple:
    case TypeKind::kFunction:
    case TypeKind::kUnion: break;
    default: return type;
  }
  if (type.is_interface || type.owner != nullptr) return type;
  Type* made = types.make(type.kind);
  *made = type;
  made->name = name;
  made->name_arguments = types.keep(arguments);
  return *made;
}

const Type& Evaluation::type(const TypeNode& node, const Scope& scope) {
  if (!count() || depth_ >= limits_.depth) {
    const bool deep = depth_ >= limits_.depth;
    return unreadable(deep ? std::string_view("it is nested too deeply") : kTooMuch, span_of(node, scope));
  }
  ++depth_;
  const Type& made = type_inside(node, scope);
  --depth_;
  return made;
}

const Type& Evaluation::type_inside(const TypeNode& node, const Scope& scope) {
  const Span span = span_of(node, scope);
  switch (node.kind) {
    case TypeNodeKind::kUnsupported: return unreadable(node.text, span);
    case TypeNodeKind::kKeyword: {
      const TypeKind kind = keyword_kind(node.text);
      return kind == TypeKind::kParameter ? unreadable("this kind of type is not worked out", span) : keyword(kind);
    }
    case TypeNodeKind::kString: return types.string_literal(node.text);
    case TypeNodeKind::kNumber: {
      const std::string text = number_text(node.text);
      return text.empty() ? unreadable("a number written like this is not worked out", span)
                          : types.literal(TypeKind::kNumberLiteral, text);
    }
    case TypeNodeKind::kBigInt: return types.literal(TypeKind::kBigIntLiteral, node.text);
    case TypeNodeKind::kTrue: return types.literal(TypeKind::kBooleanLiteral, "true");
    case TypeNodeKind::kFalse: return types.literal(TypeKind::kBooleanLiteral, "false");
    case TypeNodeKind::kNull: return keyword(TypeKind::kNull);
    case TypeNodeKind::kUndefined: return keyword(TypeKind::kUndefined);
    case TypeNodeKind::kReference: {
      std::vector<const Type*> arguments;
      for (const TypeNode* child : node.children) arguments.push_back(&type(*child, scope));
      return reference(node.text, arguments, scope, span);
    }
    case TypeNodeKind::kTypeof: return settled(value(*node.child(0), scope, false));
    case TypeNodeKind::kArray:
    case TypeNodeKind::kReadonly: {
      const bool readonly = node.kind == TypeNodeKind::kReadonly;
      const TypeNode& array = readonly ? *node.child(0) : node;
      if (array.kind == TypeNodeKind::kTuple) return tuple_type(array, scope, readonly);
      if (array.kind != TypeNodeKind::kArray) return unreadable("`readonly` stands before no array", span);
      Property element;
      element.lazy = lazy({.kind = Lazy::Kind::kType, .node = array.child(0), .scope = &scope});
      element.type_span = span_of(*array.child(0), scope);
      Type* made = types.make(TypeKind::kArray);
      made->is_readonly = readonly;
      made->properties = types.keep(std::vector<Property>{element});
      made->span = span;
      return *made;
    }
    case TypeNodeKind::kTuple: return tuple_type(node, scope, false);
    case TypeNodeKind::kKeyof: return keys(settled(type(*node.child(0), scope)), span);
    case TypeNodeKind::kIndexed: return index(settled(type(*node.child(0), scope)), settled(type(*node.child(1), scope)), span);
    case TypeNodeKind::kUnion: {
      std::vector<const Type*> members;
      for (const TypeNode* child : node.children) members.push_back(&settled(type(*child, scope)));
      return types.union_of(members, span);
    }
    case TypeNodeKind::kIntersection: {
      std::vector<const Type*> members;
      for (const TypeNode* child : node.children) members.push_back(&settled(type(*child, scope)));
      return intersection(members, span);
    }
    case TypeNodeKind::kFunction: return function_type(node, scope);
    case TypeNodeKind::kObject: return object_type(node, scope);
    case TypeNodeKind::kConditional: return conditional(node, scope);
    case TypeNodeKind::kTemplateType: return template_type(node, scope);
    default: return unreadable("this kind of type is not worked out", span);
  }
}

const Type& Evaluation::object_type(const TypeNode& node, const Scope& scope) {
  if (node.children.size() == 1 && node.child(0)->kind == TypeNodeKind::kMapped) return mapped_type(*node.child(0), scope);
  std::vector<Property> properties;
  std::unordered_set<std::string_view> names;
  Type* made = types.make(TypeKind::kObject);
  made->span = span_of(node, scope);
  for (const TypeNode* child : node.children) {
    const Span span = span_of(*child, scope);
    if (child->kind == TypeNodeKind::kProperty) {
      if (!names.insert(child->text).second) {
        const auto first = std::ranges::find(properties, child->text, &Property::name);
        first->type = &unreadable("it is declared more than once", span);
        continue;
      }
      Property property;
      property.name = child->text;
      property.optional = child->has(syntax::kOptionalNode);
      property.readonly = child->has(syntax::kReadonlyNode);
      property.method = child->has(syntax::kMethodNode);
      property.span = span;
      if (child->child(0) == nullptr) {
        property.type = &keyword(TypeKind::kAny);
      } else {
        property.type_span = span_of(*child->child(0), scope);
        property.lazy = lazy({.kind = Lazy::Kind::kType, .node = child->child(0), .scope = &scope});
      }
      properties.push_back(property);
    } else if (child->kind == TypeNodeKind::kIndexSignature) {
      const Type& key = settled(type(*child->child(0), scope));
      auto* entry = text::make<Property>(types.memory(), Property{});
      entry->span = span;
      entry->name = child->text;
      entry->readonly = child->has(syntax::kReadonlyNode);
      entry->lazy = lazy({.kind = Lazy::Kind::kType, .node = child->child(1), .scope = &scope});
      if (key.is(TypeKind::kString)) made->string_index = entry;
      else if (key.is(TypeKind::kNumber)) made->number_index = entry;
      else made->incomplete = text::make<Unknown>(types.memory(), Unknown{"an index signature is not worked out", span});
    } else {
      const std::string_view why = child->kind == TypeNodeKind::kUnsupported ? child->text : "a part of it is not worked out";
      made->incomplete = text::make<Unknown>(types.memory(), Unknown{why, span});
    }
  }
  made->properties = types.keep(properties);
  return *made;
}

const Type& Evaluation::tuple_type(const TypeNode& node, const Scope& scope, bool is_readonly) {
  std::vector<Property> elements;
  for (const TypeNode* child : node.children) {
    Property element;
    element.name = child->text;
    element.optional = child->has(syntax::kOptionalNode);
    element.rest = child->has(syntax::kRestNode);
    element.span = span_of(*child, scope);
    element.lazy = lazy({.kind = Lazy::Kind::kType, .node = child->child(0), .scope = &scope});
    if (element.rest) {  // ...[a, b], ...T[]
      const Type& rest = settled(type(*child->child(0), scope));
      if (rest.is(TypeKind::kTuple)) {
        for (const Property& inner : rest.properties) elements.push_back(inner);
        continue;
      }
      if (!rest.is(TypeKind::kArray)) return unreadable("what a tuple spreads is not worked out", element.span);
      element.lazy = nullptr;
      element.type = &of(rest.properties.front());
    }
    elements.push_back(element);
  }
  Type* made = types.make(TypeKind::kTuple);
  made->is_readonly = is_readonly;
  made->properties = types.keep(elements);
  made->span = span_of(node, scope);
  return *made;
}

const Type& Evaluation::function_type(const TypeNode& node, const Scope& scope) {
  std::vector<Property> parts;
  for (const TypeNode* child : node.children) {
    Property part;
    const bool parameter = child->kind == TypeNodeKind::kElement;
    part.name = parameter ? child->text : std::string_view();
    part.optional = parameter && child->has(syntax::kOptionalNode);
    part.rest = parameter && child->has(syntax::kRestNode);
    part.lazy = lazy({.kind = Lazy::Kind::kType, .node = parameter ? child->child(0) : child, .scope = &scope});
    parts.push_back(part);
  }
  Type* made = types.make(TypeKind::kFunction);
  made->properties = types.keep(parts);
  made->span = span_of(node, scope);
  return *made;
}

const Type& Evaluation::template_type(const TypeNode& node, const Scope& scope) {
  const Span span = span_of(node, scope);
  using Parts = std::vector<const Type*>;
  std::vector<Parts> all{{}};
  const auto append = [this](Parts& parts, const Type& part) {
    if (part.is(TypeKind::kStringLiteral) && !parts.empty() && parts.back()->is(TypeKind::kStringLiteral)) {
      parts.back() = &types.string_literal(std::string(parts.back()->text) + std::string(part.text));
    } else {
      parts.push_back(&part);
    }
  };
  for (const TypeNode* child : node.children) {
    const Type& part = settled(type(*child, scope));
    std::vector<const Type*> choices;
    for (const Type* member : union_members(part)) {
      const Type* text = member->is(TypeKind::kEnumMember) && !member->members.empty() ? member->members.front() : member;
      if (text->is_literal()) choices.push_back(&types.string_literal(text->text));
      else if (text->is(TypeKind::kNull)) choices.push_back(&types.string_literal("null"));
      else if (text->is(TypeKind::kUndefined)) choices.push_back(&types.string_literal("undefined"));
      else if (text->is(TypeKind::kBoolean)) {
        choices.push_back(&types.string_literal("false"));
        choices.push_back(&types.string_literal("true"));
      } else if (text->is(TypeKind::kString) || text->is(TypeKind::kNumber) || text->is(TypeKind::kBigInt)) {
        choices.push_back(text);
      } else if (text->is(TypeKind::kUnreadable)) {
        return *text;
      } else {
        return unreadable("a part of the template is not worked out", span);
      }
    }
    if (!count(all.size() * choices.size())) return unreadable(kTooMuch, span);
    if (all.size() * choices.size() > kMaxUnion) return unreadable("it is a union of too many members", span);
    std::vector<Parts> next;
    for (const Parts& before : all) {
      for (const Type* choice : choices) {
        next.push_back(before);
        append(next.back(), *choice);
      }
    }
    all = std::move(next);
  }
  std::vector<const Type*> members;
  for (Parts& parts : all) {
    std::erase_if(parts, [](const Type* part) { return part->is(TypeKind::kStringLiteral) && part->text.empty(); });
    if (parts.empty()) members.push_back(&types.string_literal(""));
    else if (parts.size() == 1 && (parts[0]->is(TypeKind::kStringLiteral) || parts[0]->is(TypeKind::kString))) members.push_back(parts[0]);
    else {
      Type* made = types.make(TypeKind::kTemplate);
      made->members = types.keep(parts);
      made->span = span;
      members.push_back(made);
    }
  }
  return types.union_of(members, span);
}

const Type& Evaluation::finish(const Type& start) {
  const Type& first = settled(start);
  std::vector<const Type*> todo{&first};
  std::vector<const Type*> seen;
  bool open = false;
  const auto visit = [&](const Type*& slot) {
    slot = &settled(*slot);
    if (pending_.contains(slot)) open = true;
    todo.push_back(slot);
  };
  const auto visit_property = [&](const Property& property) {
    const Type& made = of(property);
    const_cast<Property&>(property).type = &made;
    if (pending_.contains(&made)) open = true;
    todo.push_back(&made);
  };
  while (!todo.empty()) {
    const Type* type = todo.back();
    todo.pop_back();
    if (!finished_.try_emplace(type, true).second) continue;
    seen.push_back(type);
    for (const Type*& member : type->members) visit(member);
    for (const Type*& argument : type->name_arguments) visit(argument);
    for (const Property& property : type->properties) visit_property(property);
    if (type->string_index != nullptr) visit_property(*type->string_index);
    if (type->number_index != nullptr) visit_property(*type->number_index);
  }
  if (open) {  // something is being worked out just now: it is to be looked at again
    for (const Type* type : seen) finished_.erase(type);
  }
  return first;
}

}  // namespace drizzle_audit::types
