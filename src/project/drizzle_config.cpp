// See drizzle_config.h.
#include "project/drizzle_config.h"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include "program/interpreter.h"
#include "program/node_builtins.h"
#include "project/suggest.h"
#include "text/closest.h"
#include "workspace/jsonc.h"
#include "workspace/paths.h"

namespace drizzle_audit::project {
namespace {

using program::Tag;
using program::Value;

constexpr std::string_view kSchemaHelp = "name the files on the command line: --schema 'src/db/schema/*.ts'";

/// drizzle-kit: `defineConfig` returns its argument; nothing else of it matters to a config.
class DrizzleKit final : public program::Host {
 public:
  [[nodiscard]] std::string_view class_name() const override { return "Module"; }
  Value get(program::Interpreter& in, std::string_view key, Span at) override {
    if (key == "default") return Value::host(this);
    if (key == "defineConfig") return in.make_native("defineConfig", [](program::Call& call) { return call.argument(0); });
    return in.unknown_copy("'" + std::string(key) + "' of drizzle-kit is not evaluated", at);
  }
};

class ConfigModules final : public program::NativeModules {
 public:
  explicit ConfigModules(std::string working_folder) : working_folder_(std::move(working_folder)) {}
  program::Host* find(program::Interpreter& in, std::string_view specifier) override {
    if (specifier == "drizzle-kit") return in.make<DrizzleKit>();
    return program::find_node_builtin(in, specifier, working_folder_);
  }
  [[nodiscard]] std::string_view working_folder() const override { return working_folder_; }

 private:
  std::string working_folder_;
};

struct DialectName {
  std::string_view name;
  std::optional<Dialect> dialect;  ///< none: known to drizzle-kit, not to us
};
constexpr std::array<DialectName, 9> kDialects{{{"postgresql", Dialect::kPostgresql},
                                                {"mysql", Dialect::kMysql},
                                                {"sqlite", Dialect::kSqlite},
                                                {"turso", Dialect::kSqlite},
                                                {"singlestore", Dialect::kSinglestore},
                                                {"mssql", Dialect::kMssql},
                                                {"cockroach", Dialect::kCockroach},
                                                {"gel", std::nullopt},
                                                {"duckdb", std::nullopt}}};

/// What drizzle-kit before 0.21 had instead of `dialect`; later the same field only chooses the client.
constexpr std::array<std::pair<std::string_view, Dialect>, 13> kDrivers{{{"pg", Dialect::kPostgresql},
                                                                         {"postgres", Dialect::kPostgresql},
                                                                         {"pglite", Dialect::kPostgresql},
                                                                         {"aws-data-api", Dialect::kPostgresql},
                                                                         {"mysql2", Dialect::kMysql},
                                                                         {"better-sqlite", Dialect::kSqlite},
                                                                         {"libsql", Dialect::kSqlite},
                                                                         {"turso", Dialect::kSqlite},
                                                                         {"d1", Dialect::kSqlite},
                                                                         {"d1-http", Dialect::kSqlite},
                                                                         {"expo", Dialect::kSqlite},
                                                                         {"durable-sqlite", Dialect::kSqlite},
                                                                         {"sqlite-cloud", Dialect::kSqlite}}};

/// Names that people write for a dialect because everything else around it is called so.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kMistaken{{{"postgres", "postgresql"},
                                                                                  {"pg", "postgresql"},
                                                                                  {"psql", "postgresql"},
                                                                                  {"mysql2", "mysql"},
                                                                                  {"mariadb", "mysql"},
                                                                                  {"libsql", "turso"},
                                                                                  {"better-sqlite3", "sqlite"},
                                                                                  {"cockroachdb", "cockroach"}}};

/// What a value is, for "`schema` must be a text or a list of texts, not …".
std::string_view describe(const Value& value) {
  switch (value.tag()) {
    case Tag::kUndefined: return "undefined";
    case Tag::kNull: return "null";
    case Tag::kBoolean: return "a boolean";
    case Tag::kNumber:
    case Tag::kBigInt: return "a number";
    case Tag::kString: return "a text";
    case Tag::kArray: return "a list";
    case Tag::kFunction:
    case Tag::kNative: return "a function";
    case Tag::kObject:
    case Tag::kHost:
    case Tag::kUnknown: break;
  }
  return "an object";
}

class Reader {
 public:
  Reader(const workspace::FileSystem& files, const workspace::Resolver& resolver, const ConfigRequest& request)
      : request_(request),
        shown_(workspace::relative_path(request.path, request.root)),
        name_(workspace::basename(request.path)),
        modules_(request.working_folder),
        store_(files, resolver, sources_, request.root, 1),
        interpreter_(store_, modules_) {}

  std::variant<DrizzleConfig, EntryError> run(const workspace::FileSystem& files) {
    config_.path = request_.path;
    if (files.kind(request_.path) == workspace::EntryKind::kFolder)
      return EntryError{name_ + " is a folder, not a file", kExportHelp, shown_};
    if (request_.path.ends_with(".json")) {
      const auto json = workspace::read_jsonc(files, request_.path);
      if (const auto* error = std::get_if<workspace::JsonError>(&json); error != nullptr && error->line != 0) {
        return EntryError{name_ + " is not JSON: " + error->message, "", shown_, error->line, error->column};
      }
    }
    module_ = &store_.get(request_.path);
    if (!module_->unreadable.empty()) return EntryError{name_ + " cannot be read: " + module_->unreadable, "", shown_};
    config_.uses_working_folder =
        module_->text.find("cwd") != std::string_view::npos || module_->text.find("resolve(") != std::string_view::npos;

    const Value exported = interpreter_.export_value(*module_, "default");
    if (auto error = read_fields(exported)) {
      // A file that does not parse fails for that reason, whatever else follows from it.
      if (!module_->tree.errors.empty()) {
        const syntax::SyntaxError& first = module_->tree.errors.front();
        return at(first.span, name_ + " does not parse: " + first.message, "");
      }
      return *error;
    }
    return std::move(config_);
  }

 private:
  static constexpr const char* kExportHelp =
      "a config ends in: export default defineConfig({ schema: './src/schema.ts', dialect: 'postgresql' })";

  EntryError at(Span span, std::string message, std::string help) const {
    EntryError error{std::move(message), std::move(help), shown_};
    if (span.somewhere()) {
      const Location location = sources_.location(span);
      error.path = location.path;
      error.line = location.line;
      error.column = location.column;
    }
    return error;
  }

  /// Where the value of a property stands; in JSON, where its key does.
  Span value_span(const program::Property& property) const {
    if (module_->is_json) {
      const std::size_t key = module_->text.find("\"" + std::string(property.key) + "\"");
      const auto start = static_cast<std::uint32_t>(key == std::string_view::npos ? 0 : key);
      return {module_->file, start, start};
    }
    const Span key = property.key_span;
    if (!key.somewhere()) return property.span;
    const std::string_view text = sources_.text(key.file);
    std::size_t start = text.find_first_not_of(" \t\r\n", key.end);
    if (start == std::string_view::npos || text[start] != ':') return key;  // { schema }
    start = text.find_first_not_of(" \t\r\n", start + 1);
    if (start == std::string_view::npos) return key;
    return {key.file, static_cast<std::uint32_t>(start), std::max(property.span.end, static_cast<std::uint32_t>(start))};
  }

  EntryError unknown(Span span, const std::string& what, const Unknown& why, std::string help) const {
    std::string message = what + " cannot be told without running the config: " + std::string(why.reason);
    if (why.span.somewhere() && why.span.file != module_->file) {
      const Location location = sources_.location(why.span);
      message += " (" + std::string(location.path) + ":" + std::to_string(location.line) + ")";
    }
    return at(span.somewhere() ? span : why.span, std::move(message), std::move(help));
  }

  std::optional<EntryError> read_fields(const Value& exported) {
    if (exported.is(Tag::kUndefined)) return EntryError{name_ + " exports no config", kExportHelp, shown_};
    if (exported.is(Tag::kUnknown)) return unknown({}, "what " + name_ + " exports", exported.as_unknown(), std::string(kSchemaHelp));
    if (!exported.is(Tag::kObject)) {
      return EntryError{name_ + " must export an object, not " + std::string(describe(exported)), kExportHelp, shown_};
    }
    object_ = &exported.as_object();
    if (request_.needs_schema) {
      if (auto error = read_schema()) return error;
    }
    if (request_.needs_dialect) {
      if (auto error = read_dialect()) return error;
    }
    if (auto error = read_casing()) return error;
    const program::Property* out = find("out");
    if (out != nullptr && out->value.is(Tag::kString) && !out->value.text().empty()) config_.out = out->value.text();
    return std::nullopt;
  }

  /// The property, unless it is undefined.
  const program::Property* find(std::string_view key) {
    const program::Property* found = object_->find(key);
    if (found == nullptr) return nullptr;
    if (found->getter) {
      program::Property& copy = getters_.emplace_back(*found);
      copy.value = interpreter_.get(Value::object(const_cast<program::Object*>(object_)), key, found->span);
      found = &copy;
    }
    return found->value.is(Tag::kUndefined) ? nullptr : found;
  }

  std::optional<EntryError> read_schema() {
    const program::Property* schema = find("schema");
    if (schema == nullptr) {
      if (object_->incomplete != nullptr) return unknown({}, "`schema`", *object_->incomplete, std::string(kSchemaHelp));
      return EntryError{name_ + " has no `schema`", "add schema: './src/db/schema.ts', or " + std::string(kSchemaHelp), shown_};
    }
    const Span place = value_span(*schema);
    const Value& value = schema->value;
    if (value.is(Tag::kUnknown)) return unknown(place, "`schema`", value.as_unknown(), std::string(kSchemaHelp));
    if (value.is(Tag::kString)) return add_pattern(value, place);
    if (!value.is(Tag::kArray)) {
      return at(place, "`schema` must be a text or a list of texts, not " + std::string(describe(value)), "schema: './src/db/schema.ts'");
    }
    const program::Array& list = value.as_array();
    if (list.incomplete != nullptr) return unknown(place, "`schema`", *list.incomplete, std::string(kSchemaHelp));
    if (list.items.empty()) return at(place, "`schema` names no file: the list is empty", "schema: './src/db/schema.ts'");
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const Span item = !module_->is_json && list.span_of(i).somewhere() ? list.span_of(i) : place;
      if (auto error = add_pattern(list.items[i], item)) return error;
    }
    return std::nullopt;
  }

  std::optional<EntryError> add_pattern(const Value& value, Span place) {
    if (value.is(Tag::kUnknown)) return unknown(place, "`schema`", value.as_unknown(), std::string(kSchemaHelp));
    if (!value.is(Tag::kString)) {
      return at(place, "`schema` must be a text or a list of texts, not a list with " + std::string(describe(value)),
                "schema: './src/db/schema.ts'");
    }
    if (value.text().empty()) return at(place, "`schema` names no file: the text is empty", "schema: './src/db/schema.ts'");
    SchemaPattern pattern{std::string(value.text())};
    if (place.somewhere()) {
      const Location location = sources_.location(place);
      // A constant of another file: the error is still this config's.
      pattern.line = place.file == module_->file ? location.line : 0;
      pattern.column = place.file == module_->file ? location.column : 0;
    }
    config_.schema.push_back(std::move(pattern));
    return std::nullopt;
  }

  std::optional<EntryError> read_dialect() {
    const program::Property* dialect = find("dialect");
    if (dialect == nullptr) {
      const program::Property* driver = find("driver");
      if (driver == nullptr || !driver->value.is(Tag::kString)) return std::nullopt;
      for (const auto& [name, meant] : kDrivers) {
        if (name == driver->value.text()) config_.dialect = meant;
      }
      return std::nullopt;
    }
    const Span place = value_span(*dialect);
    if (dialect->value.is(Tag::kUnknown)) return std::nullopt;
    if (!dialect->value.is(Tag::kString)) {
      return at(place, "`dialect` must be a text, not " + std::string(describe(dialect->value)), "dialect: 'postgresql'");
    }
    const std::string_view name = dialect->value.text();
    for (const DialectName& known : kDialects) {
      if (known.name != name) continue;
      if (!known.dialect) {
        return at(place, "the dialect " + std::string(name) + " is not supported",
                  "supported are postgresql, mysql, sqlite, turso, singlestore, mssql and cockroach");
      }
      config_.dialect = known.dialect;
      return std::nullopt;
    }
    std::vector<std::string> names;
    names.reserve(kDialects.size());
    for (const DialectName& known : kDialects) names.emplace_back(known.name);
    std::string meant = text::closest(name, names);
    for (const auto& [wrong, right] : kMistaken) {
      if (wrong == name) meant = right;
    }
    return at(
        place, "there is no dialect '" + std::string(name) + "'",
        meant.empty() ? "dialects are postgresql, mysql, sqlite, turso, singlestore, mssql and cockroach" : "did you mean " + meant + "?");
  }

  std::optional<EntryError> read_casing() {
    const program::Property* casing = find("casing");
    if (casing == nullptr || casing->value.is(Tag::kNull)) return std::nullopt;
    const Value& value = casing->value;
    if (value.is(Tag::kUnknown)) {
      config_.hints.push_back(shown_ + ": `casing` cannot be told (" + std::string(value.as_unknown().reason) +
                              "); column names are read as if there were none");
    } else if (value.is(Tag::kString) && value.text() == "snake_case") {
      config_.casing = Casing::kSnakeCase;
    } else if (value.is(Tag::kString) && value.text() == "camelCase") {
      config_.casing = Casing::kCamelCase;
    } else {
      return at(value_span(*casing), "`casing` must be 'snake_case' or 'camelCase'", "");
    }
    return std::nullopt;
  }

  const ConfigRequest& request_;
  std::string shown_;  // relative to the root
  std::string name_;
  Sources sources_;
  ConfigModules modules_;
  program::ModuleStore store_;
  program::Interpreter interpreter_;
  program::Module* module_ = nullptr;
  const program::Object* object_ = nullptr;
  std::deque<program::Property> getters_;
  DrizzleConfig config_;
};

}  // namespace

std::variant<DrizzleConfig, EntryError> read_drizzle_config(const workspace::FileSystem& files, const workspace::Resolver& resolver,
                                                            const ConfigRequest& request) {
  return Reader(files, resolver, request).run(files);
}

}  // namespace drizzle_audit::project
