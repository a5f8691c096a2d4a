// Names of types: scopes, declarations with their type arguments, imports.
#include <algorithm>
#include <string>

#include "types/evaluation.h"

namespace drizzle_audit::types {

using syntax::TypeNode;
using syntax::TypeNodeKind;

Evaluation::Evaluation(const workspace::FileSystem& file_system, const workspace::Resolver& resolver, std::string root, Sources& sources,
                       const std::vector<const Model*>& its_models)
    : files(file_system, resolver, std::move(root), sources), models(its_models) {
  for (const Model* model : models) {
    for (const std::span<const Table> tables : {model->tables, model->hidden_tables}) {
      for (const Table& table : tables) {
        models_.emplace(&table, model);
        if (table.span.somewhere()) tables_[table.span.file].emplace_back(&table, model);
      }
    }
    for (const std::span<const Enum> all : {model->enums, model->hidden_enums}) {
      for (const Enum& each : all) {
        if (each.span.somewhere()) enum_calls_[each.span.file].push_back(&each);
      }
    }
  }
}

const Table* Evaluation::table_within(Span span) const {
  const auto found = tables_.find(span.file);
  if (found == tables_.end()) return nullptr;
  const Table* only = nullptr;
  for (const auto& [table, model] : found->second) {
    if (table->span.start < span.start || table->span.end > span.end) continue;
    if (only != nullptr && only->span != table->span) return nullptr;
    if (only == nullptr) only = table;
  }
  return only;
}

const Enum* Evaluation::enum_within(Span span) const {
  const auto found = enum_calls_.find(span.file);
  if (found == enum_calls_.end()) return nullptr;
  const Enum* only = nullptr;
  for (const Enum* each : found->second) {
    if (each->span.start < span.start || each->span.end > span.end) continue;
    if (only != nullptr && only->span != each->span) return nullptr;
    only = each;
  }
  return only;
}

const Model* Evaluation::model_of(const Table& table) const {
  const auto found = models_.find(&table);
  return found == models_.end() ? nullptr : found->second;
}

Type* Evaluation::library_value(std::string_view what, Span span) {
  Type* made = types.make(TypeKind::kUnreadable);
  made->text = types.keep("the type of " + std::string(what) + " is not worked out");
  made->span = span;
  return made;
}

const Type& Evaluation::named(TypeFile& file, std::string_view name) {
  const Place place = files.find(file, name);
  if (place.kind == Place::Kind::kDeclared) {
    const bool is_type = std::ranges::any_of(files.declared(*place.file, place.name),
                                             [](const TypeNode* node) { return node->kind != TypeNodeKind::kVariable; });
    if (!is_type) return value_at(place, name, {});
  }
  const Place exported = place.kind == Place::Kind::kNowhere ? files.find_exported(file, name) : place;
  if (exported.kind == Place::Kind::kDeclared) return declared_type(*exported.file, exported.name, {}, {});
  const Scope& scope = *text::make<Scope>(types.memory(), Scope{.file = &file});
  return reference(name, {}, scope, {});
}

const Type& Evaluation::reference(std::string_view name, const std::vector<const Type*>& arguments, const Scope& scope, Span span) {
  if (name == "bigint") return keyword(TypeKind::kBigInt);  // a keyword that the grammar takes for a name
  if (arguments.empty()) {
    for (const Scope* each = &scope; each != nullptr; each = each->outer) {
      if (each->type != nullptr && each->name == name) return settled(*each->type);
    }
  }
  if (name.starts_with("import(")) return imported_type(name, arguments, scope, span);
  if (name.find('.') != std::string_view::npos) return qualified_type(name, arguments, scope, span);
  const Place place = files.find(*scope.file, name);
  switch (place.kind) {
    case Place::Kind::kDeclared: return declared_type(*place.file, place.name, arguments, span);
    case Place::Kind::kPackage: return package_type(place.package, place.name, arguments, span);
    case Place::Kind::kModule: return unreadable("it is a module", span);
    case Place::Kind::kNowhere: break;
  }
  if (!place.reason.empty()) return unreadable(place.reason, span);
  if (const Type* found = library_type(name, arguments, span)) return *found;
  return unreadable("there is no type " + std::string(name) + " at the top of the file", span);
}

const Type& Evaluation::imported_type(std::string_view name, const std::vector<const Type*>& arguments, const Scope& scope, Span span) {
  const std::size_t open = name.find_first_of("'\"");
  const std::size_t close = open == std::string_view::npos ? open : name.find(name[open], open + 1);
  const std::size_t dot = close == std::string_view::npos ? close : name.find('.', name.find(')', close));
  if (dot == std::string_view::npos) return unreadable("it is a module", span);
  const std::string_view wanted = name.substr(dot + 1);
  const Place module = files.module(*scope.file, name.substr(open + 1, close - open - 1));
  if (module.kind == Place::Kind::kPackage) return package_type(module.package, wanted, arguments, span);
  if (module.kind != Place::Kind::kModule) return unreadable(module.reason, span);
  const Place place = files.find_exported(*module.file, wanted);
  if (place.kind == Place::Kind::kDeclared) return declared_type(*place.file, place.name, arguments, span);
  if (place.kind == Place::Kind::kPackage) return package_type(place.package, place.name, arguments, span);
  return unreadable("there is no type " + std::string(wanted) + " in that file", span);
}

const Type& Evaluation::qualified_type(std::string_view name, const std::vector<const Type*>& arguments, const Scope& scope, Span span) {
  const std::size_t dot = name.find('.');
  const std::string_view first = name.substr(0, dot);
  const std::string_view rest = name.substr(dot + 1);
  const Place place = files.find(*scope.file, first);
  if (place.kind == Place::Kind::kPackage) return package_type(place.package, rest, arguments, span);
  if (place.kind == Place::Kind::kModule) {
    const Place inner = files.find_exported(*place.file, rest);
    if (inner.kind == Place::Kind::kDeclared) return declared_type(*inner.file, inner.name, arguments, span);
    if (inner.kind == Place::Kind::kPackage) return package_type(inner.package, inner.name, arguments, span);
  }
  if (place.kind == Place::Kind::kDeclared) {
    for (const TypeNode* node : files.declared(*place.file, place.name)) {
      if (node->kind != TypeNodeKind::kEnum) continue;
      for (const Type* member : enumeration(*place.file, *node).members) {
        if (member->text == rest) return *member;
      }
    }
  }
  if (!place.reason.empty()) return unreadable(place.reason, span);
  return unreadable("there is no type " + std::string(name) + " that can be read", span);
}

const Type& Evaluation::declared_type(TypeFile& file, std::string_view name, const std::vector<const Type*>& arguments, Span span) {
  std::vector<const TypeNode*> interfaces;
  for (const TypeNode* node : files.declared(file, name)) {
    switch (node->kind) {
      case TypeNodeKind::kAlias: return alias(file, *node, arguments, span);
      case TypeNodeKind::kInterface: interfaces.push_back(node); break;
      case TypeNodeKind::kEnum: return *enumeration(file, *node).whole;
      case TypeNodeKind::kClass: return unreadable("the type of a class is not worked out", {file.file, node->start, node->end});
      default: break;
    }
  }
  if (!interfaces.empty()) return interface(file, interfaces, arguments, span);
  return unreadable("there is no type " + std::string(name) + " at the top of the file", span);
}

const Scope* Evaluation::parameters(TypeFile& file, const TypeNode& node, const std::vector<const Type*>& arguments,
                                    std::vector<const Type*>& all) {
  const Scope* scope = text::make<Scope>(types.memory(), Scope{.file = &file});
  std::size_t given = 0;
  for (const TypeNode* child : node.children) {
    if (child->kind != TypeNodeKind::kTypeParameter) continue;
    const Type* argument = nullptr;
    if (given < arguments.size()) argument = arguments[given];
    else if (child->child(1) != nullptr) argument = &type(*child->child(1), *scope);
    if (argument == nullptr) return nullptr;
    ++given;
    all.push_back(argument);
    scope = text::make<Scope>(types.memory(),
                              Scope{.file = &file, .outer = scope, .name = child->text, .type = argument, .constraint = child->child(0)});
  }
  return given < arguments.size() ? nullptr : scope;
}

Instance& Evaluation::instance(const TypeNode& node, const std::vector<const Type*>& arguments, Span span, bool& begun) {
  const auto [entry, added] = instances_.try_emplace({&node, arguments});
  begun = added;
  Instance& found = entry->second;
  if (!added && found.state == Instance::State::kWorking && found.stand_in == nullptr) {
    found.stand_in = &unreadable("it refers to itself in a circle", span);
    pending_.emplace(found.stand_in, &found);
  }
  return found;
}

const Type& Evaluation::alias(TypeFile& file, const TypeNode& node, const std::vector<const Type*>& arguments, Span span) {
  std::vector<const Type*> all;
  const Scope* scope = parameters(file, node, arguments, all);
  const Span declared{file.file, node.start, node.end};
  if (scope == nullptr) return unreadable("its type parameters are not all given", span.somewhere() ? span : declared);
  bool begun = false;
  Instance& made = instance(node, all, span.somewhere() ? span : declared, begun);
  if (!begun) return made.state == Instance::State::kDone ? *made.type : *made.stand_in;
  const TypeNode& body = *node.last();
  const Type* result = &type(body, *scope);
  // The compiler prints the name of the alias for what is first made under it (getAliasSymbolForTypeNode).
  const bool reference_to_generic = body.kind == TypeNodeKind::kReference && !body.children.empty();
  const bool keeps = body.kind == TypeNodeKind::kIndexed || body.kind == TypeNodeKind::kTypeof || body.kind == TypeNodeKind::kKeyof ||
                     body.kind == TypeNodeKind::kTemplateType || (body.kind == TypeNodeKind::kReference && !reference_to_generic);
  // What a condition or zod's infer leads to has a name of its own or none.
  const std::string_view last = body.text.substr(body.text.rfind('.') + 1);
  const bool led_to =
      body.kind == TypeNodeKind::kConditional || (reference_to_generic && (last == "infer" || last == "output" || last == "TypeOf"));
  // What zod yields is looked up by `_output`, and a union that comes of that is the alias's (getIndexedAccessType).
  const bool found_union = result->is(TypeKind::kUnion) && result->name.empty() && led_to && reference_to_generic;
  if (found_union || (!keeps && !led_to && (result->name.empty() || reference_to_generic))) result = &under_name(*result, node.text, all);
  made.type = result;
  made.state = Instance::State::kDone;
  return *result;
}

const Type& Evaluation::interface(TypeFile& file, const std::vector<const TypeNode*>& nodes, const std::vector<const Type*>& arguments,
                                  Span span) {
  const TypeNode& first = *nodes.front();
  const Span declared{file.file, first.start, first.end};
  std::vector<const Type*> all;
  const Scope* scope = parameters(file, first, arguments, all);
  if (scope == nullptr) return unreadable("its type parameters are not all given", span.somewhere() ? span : declared);
  bool begun = false;
  Instance& made = instance(first, all, span.somewhere() ? span : declared, begun);
  if (!begun) return made.state == Instance::State::kDone ? *made.type : *made.stand_in;

  Type* result = types.make(TypeKind::kObject);
  result->is_interface = true;
  result->name = first.text;
  result->name_arguments = types.keep(all);
  result->span = declared;
  std::vector<Property> properties;
  std::unordered_map<std::string_view, std::size_t> places;
  const auto lose = [&](std::string_view why, Span where) {
    if (result->incomplete == nullptr) result->incomplete = text::make<Unknown>(types.memory(), Unknown{why, where});
  };
  std::size_t inherited = 0;
  for (const TypeNode* node : nodes) {
    std::vector<const Type*> own;
    const Scope* own_scope = node == &first ? scope : parameters(file, *node, arguments, own);
    if (own_scope == nullptr) {
      lose("its declarations have different type parameters", declared);
      continue;
    }
    for (const TypeNode* child : node->children) {
      if (child->kind != TypeNodeKind::kExtends) continue;
      const Type& base = settled(type(*child->child(0), *own_scope));
      if (!base.is(TypeKind::kObject) && !base.is(TypeKind::kIntersection)) {
        lose(base.is(TypeKind::kUnreadable) ? base.text : std::string_view("what it extends is no plain object"), base.span);
        continue;
      }
      if (base.incomplete != nullptr) lose(base.incomplete->reason, base.incomplete->span);
      if (base.string_index != nullptr) result->string_index = base.string_index;
      if (base.number_index != nullptr) result->number_index = base.number_index;
      for (const Property& property : base.properties) {
        const auto [place, added] = places.try_emplace(property.name, properties.size());
        if (!added) continue;
        properties.push_back(property);
        if (property.type == nullptr) properties.back().lazy = lazy({.kind = Lazy::Kind::kSame, .from = &property});
      }
    }
  }
  inherited = properties.size();
  for (const TypeNode* node : nodes) {
    std::vector<const Type*> own;
    const Scope* own_scope = node == &first ? scope : parameters(file, *node, arguments, own);
    if (own_scope == nullptr || node->last()->kind != TypeNodeKind::kObject) continue;
    const Type& body = object_type(*node->last(), *own_scope);
    if (body.incomplete != nullptr) lose(body.incomplete->reason, body.incomplete->span);
    if (body.string_index != nullptr) result->string_index = body.string_index;
    if (body.number_index != nullptr) result->number_index = body.number_index;
    for (const Property& property : body.properties) {
      const auto [place, added] = places.try_emplace(property.name, properties.size());
      if (added) {
        properties.push_back(property);
      } else if (place->second < inherited) {
        properties[place->second] = property;
      } else {
        Property& before = properties[place->second];
        const Sources& sources = files.sources();
        if (sources.text(before.type_span) == sources.text(property.type_span) && before.optional == property.optional) continue;
        before.lazy = nullptr;
        before.type = &unreadable("its declarations give it two types", property.span);
      }
    }
  }
  result->properties = types.keep(properties);
  made.type = result;
  made.state = Instance::State::kDone;
  return *result;
}

const EnumType& Evaluation::enumeration(TypeFile& file, const TypeNode& node) {
  const auto [entry, added] = enum_types_.try_emplace(&node, nullptr);
  if (!added) return *entry->second;
  auto* made = text::make<EnumType>(types.memory(), EnumType{});
  entry->second = made;
  made->name = node.text;
  made->span = {file.file, node.start, node.end};
  std::vector<const Type*> members;
  std::optional<long> next = 0;
  for (const TypeNode* child : node.children) {
    Type* member = types.make(TypeKind::kEnumMember);
    member->text = child->text;
    member->owner = made;
    member->span = {file.file, child->start, child->end};
    const TypeNode* given = child->children.empty() ? nullptr : child->child(0);
    const Type* literal = nullptr;
    if (given == nullptr) {
      if (next) literal = &types.literal(TypeKind::kNumberLiteral, std::to_string(*next));
    } else if (given->kind == TypeNodeKind::kString || (given->kind == TypeNodeKind::kTemplate && given->children.empty())) {
      literal = &types.string_literal(given->text);
      next.reset();
    } else if (given->kind == TypeNodeKind::kNumber) {
      const Scope& scope = *text::make<Scope>(types.memory(), Scope{.file = &file});
      literal = &type(*given, scope);
      next.reset();
      if (const std::optional<std::size_t> number = index_number(literal->text)) next = static_cast<long>(*number);
      if (!literal->is_literal()) literal = nullptr;
    } else {
      next.reset();
    }
    if (next) ++*next;
    if (literal != nullptr) member->members = types.keep(std::vector<const Type*>{literal});
    members.push_back(member);
  }
  made->members = types.keep(members);
  if (members.size() == 1) {
    made->whole = members.front();
  } else if (members.empty()) {
    made->whole = &keyword(TypeKind::kNever);
  } else {
    Type* whole = types.make(TypeKind::kUnion);
    whole->members = types.keep(members);
    whole->owner = made;
    whole->name = node.text;
    whole->span = made->span;
    made->whole = whole;
  }
  return *made;
}

}  // namespace drizzle_audit::types
