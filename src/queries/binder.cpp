// See binder.h.
#include "queries/binder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "queries/bytes.h"
#include "syntax/parse.h"
#include "workspace/paths.h"

namespace drizzle_audit::queries {

using syntax::Node;
using syntax::NodeKind;

namespace {

/// drizzle-orm's exports that say something here. https://orm.drizzle.team/docs/operators
constexpr auto kOperatorNames = std::to_array<std::string_view>(
    {"alias",  "aliasedTable", "and",        "arrayContained", "arrayContains", "arrayOverlaps", "asc",     "between", "desc", "eq",
     "exists", "gt",           "gte",        "ilike",          "inArray",       "isNotNull",     "isNull",  "like",    "lt",   "lte",
     "ne",     "not",          "notBetween", "notExists",      "notIlike",      "notInArray",    "notLike", "or",      "sql"});

constexpr std::size_t kLongestValue = 16384;  // bytes of a declaration that is looked into
constexpr std::size_t kMostFiles = 400;       // looked at to see whether a module comes near the schema
constexpr unsigned kDeepest = 60;             // re-exports of re-exports

class FileNames : public Names {
 public:
  FileNames(Binder& binder, CodeFile& file) : binder_(binder), file_(file) {}
  Entity look_up(std::string_view name) override { return binder_.top_level(file_, name); }

 private:
  Binder& binder_;
  CodeFile& file_;
};

std::string_view operator_named(std::string_view name) {
  const auto found = std::ranges::lower_bound(kOperatorNames, name);
  return found != kOperatorNames.end() && *found == name ? *found : std::string_view();
}

Entity operator_entity(std::string_view name) {
  const std::string_view known = operator_named(name);
  if (known.empty()) return {};
  return {.kind = Entity::Kind::kOperator, .name = known};
}

/// Whether the text after a declaration's `=` may be something that leads to tables: an object, a name, `schema.users`, `alias(…)`.
bool worth_evaluating(std::string_view statement) {
  std::size_t at = statement.find('=');
  if (at == std::string_view::npos || at + 1 >= statement.size() || statement[at + 1] == '>') return false;
  at = statement.find_first_not_of(" \t\r\n", at + 1);
  if (at == std::string_view::npos) return false;
  if (statement[at] == '{') return true;
  std::size_t end = at;
  while (end < statement.size() && (is_word(statement[end]) || statement[end] == '.')) ++end;
  const std::string_view word = statement.substr(at, end - at);
  if (word.empty()) return false;
  if (word.ends_with("alias") || word.ends_with("aliasedTable")) return true;
  const std::size_t next = statement.find_first_not_of(" \t", end);
  return next == std::string_view::npos || statement[next] == ';' || statement[next] == '\n' || statement[next] == '\r' ||
         statement.substr(next).starts_with("as ");
}

/// Whether npm could have a package of that name; `$lib/…`, `~/…` and `@/…` are aliases of frameworks that were not resolved.
bool names_a_package(std::string_view specifier) {
  if (specifier.starts_with("@/") || specifier.starts_with("@@/")) return false;
  const char first = specifier.empty() ? '\0' : specifier.front();
  return first == '@' || (first >= 'a' && first <= 'z') || (first >= '0' && first <= '9');
}

}  // namespace

bool is_operator_name(std::string_view name) { return !operator_named(name).empty(); }

bool is_drizzle(std::string_view specifier) { return specifier == "drizzle-orm" || specifier.starts_with("drizzle-orm/"); }

Binder::Binder(Code& code, const Model& model) : code_(code), model_(model) {
  const auto enter = [this](const Table& table) {
    if (table.span.somewhere()) by_file_[table.span.file].push_back(&table);
    if (table.binding_span.somewhere() && table.binding_span.file != table.span.file) by_file_[table.binding_span.file].push_back(&table);
  };
  for (const Table& table : model.tables) {
    enter(table);
    const auto [entry, added] = by_export_name_.try_emplace(table.export_name, &table);
    if (!added) entry->second = nullptr;
  }
  for (const Table& table : model.hidden_tables) enter(table);
  for (const auto& [file, tables] : by_file_) schema_files_.insert(file);
}

const Table* Binder::by_export_name(std::string_view name) const {
  const auto found = name.empty() ? by_export_name_.end() : by_export_name_.find(name);
  return found == by_export_name_.end() ? nullptr : found->second;
}

const Table* Binder::relation_target(const Table& table, std::string_view key) const {
  for (const Relation& relation : model_.relations) {
    if (relation.table == &table && relation.key == key) return relation.target;
  }
  return nullptr;
}

bool Binder::inside_table(FileId file, std::uint32_t offset) const {
  const auto found = by_file_.find(file);
  if (found == by_file_.end()) return false;
  return std::ranges::any_of(found->second, [&](const Table* table) {
    return table->span.file == file && table->span.start <= offset && offset < table->span.end;
  });
}

void Binder::prepare(const CodeFile& file) {
  std::string_view last;  // a statement may bring several names
  for (const ImportedName& entry : file.outline.imports) {
    if (entry.specifier != last && !is_drizzle(entry.specifier)) target_of(file, entry.specifier);
    last = entry.specifier;
  }
}

CodeFile* Binder::target_of(const CodeFile& file, std::string_view specifier) {
  const workspace::Resolution target = code_.resolver().resolve(specifier, file.path);
  const bool is_code = target.kind == workspace::Resolution::Kind::kFile && workspace::is_source_name(workspace::basename(target.path));
  return is_code ? code_.get(target.path) : nullptr;
}

CodeFile* Binder::follow(CodeFile& file, std::string_view specifier) {
  // Keys are specifiers of the outline, or of a tree that does not live as long: those of the latter are not remembered.
  const bool in_text = specifier.data() >= file.text.data() && specifier.data() < file.text.data() + file.text.size();
  auto& known = targets_[&file];
  if (const auto found = known.find(specifier); found != known.end()) return found->second;
  CodeFile* module = target_of(file, specifier);
  if (in_text) known.emplace(specifier, module);
  return module;
}

const Binder::Surface& Binder::surface(CodeFile& module) {
  const auto [entry, added] = surfaces_.try_emplace(&module);
  Surface& all = entry->second;
  if (!added) return all;
  // Barrels of barrels in a circle are common: every module goes over all it passes on, whatever is known of those.
  std::vector<CodeFile*> pending{&module};
  std::unordered_set<const CodeFile*> seen{&module};
  while (!pending.empty()) {
    CodeFile& file = *pending.back();
    pending.pop_back();
    for (const ExportedName& exported : file.outline.exports) all.names.insert(exported.exported);
    for (const std::string_view specifier : file.outline.export_stars) {
      if (is_drizzle(specifier)) {
        all.operators = true;
      } else if (CodeFile* next = follow(file, specifier); next != nullptr && seen.insert(next).second) {
        pending.push_back(next);
      }
    }
  }
  return all;
}

Entity Binder::module_of(CodeFile& file, std::string_view specifier) { return import(file, specifier, "*"); }

Entity Binder::import(CodeFile& file, std::string_view specifier, std::string_view imported) {
  if (is_drizzle(specifier)) {
    if (imported == "*" || imported == "default") return {.kind = Entity::Kind::kOperators};
    return operator_entity(imported);
  }
  const std::lock_guard lock(mutex_);
  CodeFile* target = follow(file, specifier);
  if (target == nullptr) return {};
  if (imported != "*") return exported(*target, imported);
  return {.kind = Entity::Kind::kModule, .module = target};
}

Entity Binder::exported(CodeFile& module, std::string_view name) {
  const std::lock_guard lock(mutex_);
  std::pair<const CodeFile*, std::string> key(&module, name);
  const auto [entry, added] = exports_.try_emplace(key);
  if (!added) {
    // Also a look-up that is still being made; what was found by then is nothing, and must not be remembered for those in between.
    if (entry->second.is(Entity::Kind::kNothing)) ++cycles_;
    return entry->second;
  }
  if (active_ > kDeepest) {
    exports_.erase(key);
    ++cycles_;
    return {};
  }
  const unsigned cycles_before = cycles_;
  ++active_;
  Entity found = exported_uncached(module, name);
  --active_;
  if (found.is(Entity::Kind::kNothing) && cycles_ != cycles_before && active_ != 0) exports_.erase(key);
  else exports_[key] = found;
  return found;
}

Entity Binder::exported_uncached(CodeFile& module, std::string_view name) {
  if (const auto entry = module.exports.find(name); entry != module.exports.end()) {
    const ExportedName& found = *entry->second;
    return found.specifier.empty() ? top_level(module, found.local) : import(module, found.specifier, found.local);
  }
  if (name == "default") return {};
  for (const std::string_view specifier : module.outline.export_stars) {
    // A schema of a thousand tables in hundreds of files behind one barrel: only the way to the right file is gone.
    if (!is_drizzle(specifier)) {
      CodeFile* target = follow(module, specifier);
      if (target == nullptr) continue;
      const Surface& offered = surface(*target);
      if (!offered.names.contains(name) && !(offered.operators && is_operator_name(name))) continue;
    }
    if (Entity found = import(module, specifier, name); !found.is(Entity::Kind::kNothing)) return found;
  }
  return {};
}

Entity Binder::top_level(CodeFile& file, std::string_view name) {
  // Most names are neither, or drizzle's own: nothing has to be locked for them.
  if (const auto entry = file.imports.find(name); entry != file.imports.end()) {
    return import(file, entry->second->specifier, entry->second->imported);
  }
  const auto declaration = file.declared.find(name);
  if (declaration == file.declared.end()) return {};
  const std::lock_guard lock(mutex_);
  const auto [entry, added] = top_level_.try_emplace({&file, std::string(name)});
  if (!added) {
    if (entry->second.is(Entity::Kind::kNothing)) ++cycles_;
    return entry->second;
  }
  const unsigned cycles_before = cycles_;
  ++active_;
  Entity found = active_ > kDeepest ? Entity{} : declared(file, *declaration->second);
  --active_;
  if (found.is(Entity::Kind::kNothing) && cycles_ != cycles_before && active_ != 0) top_level_.erase({&file, std::string(name)});
  else top_level_[{&file, std::string(name)}] = found;
  return found;
}

Entity Binder::declared(CodeFile& file, const DeclaredName& declaration) {
  const syntax::Piece statement = file.outline.statements[declaration.statement];
  const auto tables = file.file == kNoFile ? by_file_.end() : by_file_.find(file.file);
  if (tables != by_file_.end()) {
    for (const Table* table : tables->second) {
      const auto inside = [&](Span span) { return span.file == file.file && statement.start <= span.start && span.end <= statement.end; };
      const auto text = [&](Span span) { return file.text.substr(span.start, span.end - span.start); };
      if (inside(table->binding_span) && text(table->binding_span) == declaration.name)
        return {.kind = Entity::Kind::kTable, .table = table};
      // Without a binding (exported through a barrel, or not at all): `const users = pgTable(…)`, the call right after the `=`.
      if (!inside(table->span)) continue;
      const std::string_view before = file.text.substr(statement.start, table->span.start - statement.start);
      const std::size_t last = before.find_last_not_of(" \t\r\n");
      const bool only_name = std::ranges::count(file.outline.declared, declaration.statement, &DeclaredName::statement) == 1;
      if (only_name && last != std::string_view::npos && before[last] == '=') return {.kind = Entity::Kind::kTable, .table = table};
    }
  }
  if (!declaration.constant) return {};
  const std::string_view text = file.text.substr(statement.start, statement.end - statement.start);
  return text.size() <= kLongestValue && worth_evaluating(text) ? initial_value(file, declaration) : Entity{};
}

Entity Binder::initial_value(CodeFile& file, const DeclaredName& declaration) {
  const syntax::SyntaxTree tree =
      syntax::parse(file.text, file.path, kNoFile, {.pieces = {file.outline.statements[declaration.statement]}, .all_code = true});
  FileNames names(*this, file);
  for (const Node* item : tree.root->children) {
    const Node* variables = item->kind == NodeKind::kExport ? item->child(0) : item;
    if (variables->kind != NodeKind::kVariables) continue;
    for (const Node* declarator : variables->children) {
      const Node* pattern = declarator->child(0);
      const Node* value = declarator->child(1);
      if (value == nullptr) continue;
      if (pattern->kind == NodeKind::kIdentifier && pattern->text == declaration.name) return evaluate(file, names, value);
      if (pattern->kind != NodeKind::kObjectPattern) continue;
      for (const Node* property : pattern->children) {
        if (property->kind != NodeKind::kPatternProperty || property->has(syntax::kComputed)) continue;
        if (property->child(1)->kind != NodeKind::kIdentifier || property->child(1)->text != declaration.name) continue;
        return member(evaluate(file, names, value), property->child(0)->text);
      }
    }
  }
  return {};
}

Entity Binder::member(const Entity& object, std::string_view key) {
  switch (object.kind) {
    case Entity::Kind::kTable: {
      const Column* column = find_column_by_key(*object.table, key);
      if (column == nullptr) return {};
      return {.kind = Entity::Kind::kColumn, .alias = object.alias, .table = object.table, .column = column};
    }
    case Entity::Kind::kModule: return exported(*object.module, key);
    case Entity::Kind::kMembers: {
      if (const auto found = object.members->find(key); found != object.members->end()) return found->second;
      for (const auto& [name, spread] : *object.members) {
        if (!name.starts_with("...")) continue;
        if (Entity found = member(spread, key); !found.is(Entity::Kind::kNothing)) return found;
      }
      return {};
    }
    case Entity::Kind::kOperators: return operator_entity(key);
    default: return {};
  }
}

Entity Binder::evaluate(CodeFile& file, Names& names, const Node* expression) {
  if (expression == nullptr) return {};
  switch (expression->kind) {
    case NodeKind::kIdentifier: return names.look_up(expression->text);
    case NodeKind::kMember: {
      const Entity object = evaluate(file, names, expression->child(0));
      return object.is(Entity::Kind::kNothing) ? object : member(object, expression->text);
    }
    case NodeKind::kSubscript: {
      const Node* index = expression->child(1);
      if (index->kind != NodeKind::kString) return {};
      const Entity object = evaluate(file, names, expression->child(0));
      return object.is(Entity::Kind::kNothing) ? object : member(object, index->text);
    }
    case NodeKind::kAwait:
      return expression->child(0)->kind == NodeKind::kImportCall ? evaluate(file, names, expression->child(0)) : Entity{};
    case NodeKind::kImportCall: {
      const Node* specifier = expression->child_or_null(0);
      return specifier != nullptr && specifier->kind == NodeKind::kString ? module_of(file, specifier->text) : Entity{};
    }
    case NodeKind::kCall: {
      const Node* callee = expression->child(0);
      if (expression->children.size() < 3) return {};
      const Node* first = expression->child(2);
      if (callee->kind == NodeKind::kIdentifier && callee->text == "require" && first->kind == NodeKind::kString) {
        // A `require` of the file's own would be known to the scopes, or declared at its top; neither is worth a look.
        return module_of(file, first->text);
      }
      if (callee->kind != NodeKind::kIdentifier && callee->kind != NodeKind::kMember) return {};
      if (!(callee->text == "alias" || callee->text == "aliasedTable" || callee->kind == NodeKind::kIdentifier)) return {};
      const Entity function = evaluate(file, names, callee);
      if (!function.is_operator("alias") && !function.is_operator("aliasedTable")) return {};
      Entity table = evaluate(file, names, first);
      if (!table.is(Entity::Kind::kTable)) return {};
      table.alias = std::hash<std::string>()(file.path) ^ (expression->start + 1);
      return table;
    }
    case NodeKind::kObject: {
      auto members = std::make_shared<Members>();
      std::size_t spreads = 0;
      const auto keep = [&file](const Node* key) {  // text that outlives the tree: resolved escapes do not
        const bool in_text = key->text.data() >= file.text.data() && key->text.data() < file.text.data() + file.text.size();
        return in_text ? key->text : std::string_view();
      };
      for (const Node* entry : expression->children) {
        Entity value;
        std::string_view key;
        if (entry->kind == NodeKind::kProperty && !entry->has(syntax::kComputed) && entry->child(0)->kind == NodeKind::kString) {
          key = keep(entry->child(0));
          value = evaluate(file, names, entry->child(1));
        } else if (entry->kind == NodeKind::kSpread && spreads < 8) {
          static constexpr auto kSpreads =
              std::to_array<std::string_view>({"...0", "...1", "...2", "...3", "...4", "...5", "...6", "...7"});
          value = evaluate(file, names, entry->child(0));
          key = kSpreads[spreads++];
        }
        if (!key.empty() && value.leads_to_tables()) members->insert_or_assign(key, value);
      }
      if (members->empty()) return {};
      return {.kind = Entity::Kind::kMembers, .members = std::move(members)};
    }
    default: return {};
  }
}

bool Binder::reaches_tables(CodeFile& module) {
  const std::lock_guard lock(mutex_);
  if (const auto known = reaches_.find(&module); known != reaches_.end()) return known->second;
  std::vector<CodeFile*> pending{&module};
  std::set<const CodeFile*> seen{&module};
  bool found = false;
  while (!pending.empty() && !found) {
    CodeFile& file = *pending.back();
    pending.pop_back();
    found = has_tables(file.file) || std::ranges::any_of(file.outline.exports, [&](const ExportedName& entry) {
              return exported(file, entry.exported).leads_to_tables();
            });
    for (const std::string_view specifier : file.outline.export_stars) {
      CodeFile* next = is_drizzle(specifier) ? nullptr : follow(file, specifier);
      if (next != nullptr && seen.insert(next).second) pending.push_back(next);
    }
  }
  return reaches_[&module] = found;
}

bool Binder::near_schema(CodeFile& start) {
  if (const auto known = near_.find(&start); known != near_.end()) return known->second;
  std::vector<CodeFile*> pending{&start};
  std::set<const CodeFile*> seen{&start};
  bool near = false;
  bool makes_database = false;
  while (!pending.empty() && !near) {
    CodeFile& file = *pending.back();
    pending.pop_back();
    if (seen.size() > kMostFiles || (file.file != kNoFile && schema_files_.contains(file.file))) {
      near = true;
      break;
    }
    bool imports_drizzle = false;
    const auto visit = [&](std::string_view specifier) {
      imports_drizzle = imports_drizzle || is_drizzle(specifier);
      CodeFile* next = is_drizzle(specifier) ? nullptr : follow(file, specifier);
      if (next != nullptr && seen.insert(next).second) pending.push_back(next);
    };
    for (const ImportedName& entry : file.outline.imports) visit(entry.specifier);
    for (const ExportedName& entry : file.outline.exports) {
      if (!entry.specifier.empty()) visit(entry.specifier);
    }
    for (const std::string_view specifier : file.outline.export_stars) visit(specifier);
    for (const std::string_view specifier : file.outline.dynamic_imports) visit(specifier);
    makes_database =
        makes_database || (imports_drizzle && find_word(file.text, "drizzle") != std::string_view::npos && contains(file.text, "drizzle("));
  }
  return near_[&start] = near || !makes_database;
}

bool Binder::is_no_database(CodeFile& file, std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto entry = file.imports.find(name);
  if (entry == file.imports.end() || is_drizzle(entry->second->specifier)) return false;
  const std::string_view specifier = entry->second->specifier;
  const workspace::Resolution target = code_.resolver().resolve(specifier, file.path);
  if (target.kind == workspace::Resolution::Kind::kPackage) return names_a_package(specifier);
  CodeFile* module = follow(file, specifier);
  return module != nullptr && !near_schema(*module);
}

}  // namespace drizzle_audit::queries
