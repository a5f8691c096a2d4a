// drizzle-orm's modules by specifier.
#include "schema/drizzle_modules.h"

#include <array>
#include <utility>

#include "program/node_builtins.h"
#include "schema/sql.h"
#include "schema/tables.h"

namespace drizzle_audit::schema {
namespace {

enum class Kind : std::uint8_t { kOrm, kRelations, kCore, kSupabase, kNeon, kOther };

/// One module of drizzle-orm. What was looked up is kept: `import { text }` in fifty files is one native.
struct DrizzleModule final : Host {
  DrizzleModule(std::pmr::memory_resource* memory, Environment& its_environment, Kind its_kind, Dialect its_dialect)
      : environment(its_environment), kind(its_kind), dialect(its_dialect), known(memory) {}
  [[nodiscard]] std::string_view class_name() const override { return "Module"; }
  Value get(Interpreter& in, std::string_view key, Span at) override {
    for (const auto& [name, value] : known) {
      if (name == key) return value;
    }
    const Value value = look_up(in, key, at);
    if (!value.is(Tag::kUnknown)) known.emplace_back(in.make_string(key).text(), value);
    return value;
  }
  void own_properties(Interpreter& in, std::vector<Property>&) override {
    taint(&in.unknown("drizzle-orm's modules are not listed", span).as_unknown());
  }

  Environment& environment;
  Kind kind;
  Dialect dialect;
  std::pmr::vector<std::pair<std::string_view, Value>> known;

 private:
  Value look_up(Interpreter& in, std::string_view key, Span at) {
    switch (kind) {
      case Kind::kOrm: return orm_export(in, environment, key, at);
      case Kind::kRelations: {
        // The old API under its own name, in 1.0 too.
        if (key != "relations") return orm_export(in, environment, key, at);
        const bool v1 = std::exchange(environment.v1, false);
        const Value value = orm_export(in, environment, key, at);
        environment.v1 = v1;
        return value;
      }
      case Kind::kCore: return core_export(in, environment, dialect, key, at);
      case Kind::kSupabase: return supabase_export(in, environment, key, at);
      case Kind::kNeon: return neon_export(in, environment, key, at);
      case Kind::kOther: break;
    }
    return in.unknown_copy("'" + std::string(key) + "' of drizzle-orm is not evaluated", at);
  }
};

constexpr auto kCores = std::to_array<std::pair<std::string_view, Dialect>>({
    {"pg-core", Dialect::kPostgresql},
    {"mysql-core", Dialect::kMysql},
    {"sqlite-core", Dialect::kSqlite},
    {"singlestore-core", Dialect::kSinglestore},
    {"mssql-core", Dialect::kMssql},
    {"cockroach-core", Dialect::kCockroach},
});

}  // namespace

Host* DrizzleModules::find(Interpreter& in, std::string_view specifier) {
  constexpr std::string_view kOrmName = "drizzle-orm";
  if (specifier.starts_with(kOrmName) && (specifier.size() == kOrmName.size() || specifier[kOrmName.size()] == '/')) {
    for (const auto& [name, host] : found_) {
      if (name == specifier) return host;
    }
    std::string_view path = specifier.size() > kOrmName.size() ? specifier.substr(kOrmName.size() + 1) : std::string_view();
    Kind kind = Kind::kOther;
    Dialect dialect = Dialect::kPostgresql;
    if (path.empty() || path == "sql" || path.starts_with("sql/") || path == "index" || path == "expressions") kind = Kind::kOrm;
    else if (path == "relations" || path == "_relations") kind = Kind::kRelations;
    else if (path == "supabase" || path.starts_with("supabase/")) kind = Kind::kSupabase;
    else if (path == "neon" || path.starts_with("neon/")) kind = Kind::kNeon;
    for (const auto& [name, core] : kCores) {
      // "pg-core/columns/uuid" and the like export a part of what "pg-core" does.
      if (path == name || (path.starts_with(name) && path[name.size()] == '/')) {
        kind = Kind::kCore;
        dialect = core;
      }
    }
    Host* made = in.make<DrizzleModule>(&in.memory(), environment_, kind, dialect);
    found_.emplace_back(specifier, made);
    // Their tables are often named in callbacks only, which run when all tables have to be known.
    if (kind == Kind::kSupabase) {
      for (const std::string_view table : {"authUsers", "realtimeMessages"}) made->get(in, table, {});
    } else if (kind == Kind::kNeon) {
      made->get(in, "usersSync", {});
    }
    return made;
  }
  return program::find_node_builtin(in, specifier, working_folder_);
}

}  // namespace drizzle_audit::schema
