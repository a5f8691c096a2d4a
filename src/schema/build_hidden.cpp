// What drizzle-kit cannot see: it looks at what the schema files export by name, and at nothing else (prepareFromExports in drizzle-kit).
#include <algorithm>
#include <set>
#include <unordered_map>

#include "schema/model_builder.h"

namespace drizzle_audit::schema {
namespace {

using Identity = const void*;

/// A name at the top of a file.
struct Place {
  const program::Module* module = nullptr;
  const program::Binding* binding = nullptr;
};

/// Names of values, over all files that were read; a name in the file that makes the object wins.
class Places {
 public:
  explicit Places(Interpreter& in) {
    for (const program::Module* module : in.modules().parsed()) {
      for (const auto& [name, binding] : module->bindings) {
        if (binding.kind != program::Binding::Kind::kVariable || binding.state != program::BindingState::kDone) continue;
        if (binding.value.is(Tag::kHost)) places_.emplace(binding.value.identity(), Place{module, &binding});
      }
    }
  }

  [[nodiscard]] Place find(Identity identity, Span made) const {
    const auto [begin, end] = places_.equal_range(identity);
    Place best;
    for (auto it = begin; it != end; ++it) {
      if (best.binding == nullptr || better(it->second, best, made)) best = it->second;
    }
    return best;
  }

 private:
  /// The file of the object, then the first name of the first file: `bindings` has no order of its own.
  static bool better(const Place& a, const Place& b, Span made) {
    const bool a_own = a.module->file == made.file;
    const bool b_own = b.module->file == made.file;
    if (a_own != b_own) return a_own;
    if (a.module != b.module) return a.module->path < b.module->path;
    return std::pair(a.binding->node->start, a.binding->name) < std::pair(b.binding->node->start, b.binding->name);
  }

  std::unordered_multimap<Identity, Place> places_;
};

bool is_exported(const Place& place) {
  return std::ranges::any_of(place.module->exports, [&](const auto& entry) {
    return entry.second.specifier.empty() && !entry.second.type_only && entry.second.local == place.binding->name;
  });
}

/// "schema.users" for what is a property of an exported object.
std::unordered_map<Identity, std::string> holders(const Exports& exports) {
  std::unordered_map<Identity, std::string> found;
  for (const auto& [name, value] : exports) {
    if (!value.is(Tag::kObject)) continue;
    for (const Property& property : value.as_object().properties) {
      if (property.value.is(Tag::kHost)) found.emplace(property.value.identity(), std::string(name) + "." + std::string(property.key));
    }
  }
  return found;
}

class Hidden {
 public:
  Hidden(ModelBuilder& builder, const Exports& exports) : builder_(builder), places_(builder.in), holders_(holders(exports)) {
    for (const auto& [name, value] : exports) visible_.insert(value.identity());
  }

  std::vector<HiddenObject> run() {
    for (const TableHost* host : builder_.environment.tables) {
      if (host->is_alias || host->dialect != builder_.dialect || host->built == nullptr || !host->span.somewhere()) continue;
      if (HiddenObject* made = add(HiddenKind::kTable, *host)) {
        made->name = host->built->name;
        made->schema = host->built->schema;
        made->table = host->built;
      }
    }
    for (const EnumHost* host : builder_.environment.enums) {
      if (host->dialect != builder_.dialect || host->built == nullptr) continue;
      if (HiddenObject* made = add(HiddenKind::kEnum, *host)) {
        made->name = host->built->name;
        made->schema = host->built->schema;
        made->enumeration = host->built;
      }
    }
    for (const Host* host : builder_.environment.entities) entity(*host);
    std::ranges::stable_sort(made_, {}, &HiddenObject::span);
    return std::move(made_);
  }

 private:
  HiddenObject* add(HiddenKind kind, const Host& host) {
    const Identity identity = Value::host(const_cast<Host*>(&host)).identity();  // a Value points at what it may change; nothing does
    if (visible_.contains(identity) || !host.span.somewhere()) return nullptr;
    HiddenObject& object = made_.emplace_back();
    object.kind = kind;
    object.span = host.span;
    if (const auto holder = holders_.find(identity); holder != holders_.end()) object.holder = builder_.keep(holder->second);
    if (const Place place = places_.find(identity, host.span); place.binding != nullptr) {
      object.binding = builder_.keep(place.binding->name);
      object.exported = is_exported(place);
      const syntax::Node* declared = place.binding->node->child(0);
      object.binding_span = {place.module->file, declared->start, declared->end};
    }
    return &object;
  }

  void name(HiddenObject* object, const Fact<std::string_view>& name, const std::optional<std::string_view>& schema) {
    if (object == nullptr) return;
    object->name = name.known() ? Fact<std::string_view>(builder_.keep(name.value())) : builder_.keep(name.unknown());
    if (schema) object->schema = std::optional(builder_.keep(*schema));
  }

  void entity(const Host& host) {
    const bool pg = builder_.dialect == Dialect::kPostgresql || builder_.dialect == Dialect::kCockroach;
    if (const auto* schema = dynamic_cast<const SchemaHost*>(&host)) {
      if (schema->dialect != builder_.dialect) return;
      HiddenObject* made = add(HiddenKind::kSchema, host);
      name(made, schema->name, std::nullopt);
      if (made != nullptr) made->existing = schema->existing;
    } else if (const auto* view = dynamic_cast<const ViewHost*>(&host)) {
      if (view->dialect != builder_.dialect) return;
      HiddenObject* made = add(HiddenKind::kView, host);
      name(made, view->name, view->schema);
      if (made != nullptr) made->existing = view->existing;
    } else if (const auto* sequence = dynamic_cast<const SequenceHost*>(&host)) {
      if (pg) name(add(HiddenKind::kSequence, host), sequence->name, sequence->schema);
    } else if (const auto* role = dynamic_cast<const RoleHost*>(&host)) {
      HiddenObject* made = pg ? add(HiddenKind::kRole, host) : nullptr;
      name(made, role->name, std::nullopt);
      if (made != nullptr) made->existing = role->is_existing;
    } else if (const auto* policy = dynamic_cast<const PolicyHost*>(&host)) {
      if (pg && !policy->consumed) name(add(HiddenKind::kPolicy, host), policy->name, std::nullopt);
    }
  }

  ModelBuilder& builder_;
  Places places_;
  std::unordered_map<Identity, std::string> holders_;
  std::set<Identity> visible_;
  std::vector<HiddenObject> made_;
};

}  // namespace

std::vector<HiddenObject> build_hidden(ModelBuilder& builder, const Exports& exports) { return Hidden(builder, exports).run(); }

}  // namespace drizzle_audit::schema
