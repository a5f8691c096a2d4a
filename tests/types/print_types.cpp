// Prints what src/types makes of pairs of a table and a hand-written type, or of all columns, for the comparison with the TypeScript
// compiler (run.mjs): the same JSON as ../oracle/types.mjs, with a reason in place of what could not be told.
//
//     print_types [--insert] ROOT (SCHEMA#TABLE FILE#TYPE)…
//     print_types [--insert] --columns ROOT SCHEMA…
#include <cstdio>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "schema/read_project.h"
#include "types/assignable.h"
#include "types/print_type.h"
#include "types/row_type.h"
#include "types/type_program.h"
#include "workspace/disk_file_system.h"
#include "workspace/paths.h"
#include "workspace/resolver.h"

using namespace drizzle_audit;
using nlohmann::ordered_json;

namespace {

struct Reader {
  const workspace::DiskFileSystem& files;
  std::string root;
  RowKind kind = RowKind::kSelect;
};

/// A schema file's tables, read as a project of its own.
struct Schema {
  schema::Project project;
  std::unique_ptr<workspace::Resolver> resolver;
  std::unique_ptr<types::TypeProgram> program;
};

std::unique_ptr<Schema> read_schema(const Reader& reader, const std::vector<std::string>& globs, std::optional<Dialect> dialect) {
  auto made = std::make_unique<Schema>();
  auto read = schema::read_project(reader.files,
                                   {.root = reader.root, .drizzle_config = {}, .schema_globs = globs, .dialect = dialect, .threads = 1});
  if (auto* error = std::get_if<schema::ReadError>(&read)) {
    std::cerr << error->message << "\n";
    return nullptr;
  }
  made->project = std::move(std::get<schema::Project>(read));
  std::vector<const Model*> models;
  for (const schema::OwnedModel& owned : made->project.models) models.push_back(&owned.model);
  made->resolver = std::make_unique<workspace::Resolver>(reader.files, reader.root);
  made->program = std::make_unique<types::TypeProgram>(reader.files, *made->resolver, reader.root, *made->project.sources, models);
  return made;
}

ordered_json describe(const types::Property& property) {
  ordered_json out{{"type", types::print_type(property)}, {"optional", property.optional}};
  if (property.type->is(types::TypeKind::kUnreadable)) out["unknown"] = property.type->text;
  return out;
}

void put(ordered_json& out, const char* key, const types::Assignability& result) {
  if (result.verdict != Verdict::kUnknown) {
    out[key] = result.verdict == Verdict::kYes;
    if (!result.path.empty()) out[std::string(key) + "At"] = result.path;
  } else {
    out[key] = {{"unknown", result.reason}};
  }
}

ordered_json columns(const Reader& reader, const std::string& file) {
  ordered_json tables = ordered_json::array();
  // A file may hold tables of several dialects: each is a model.
  for (const Dialect dialect :
       {Dialect::kPostgresql, Dialect::kMysql, Dialect::kSqlite, Dialect::kSinglestore, Dialect::kMssql, Dialect::kCockroach}) {
    const std::unique_ptr<Schema> schema = read_schema(reader, {file}, dialect);
    if (schema == nullptr) continue;
    for (const schema::OwnedModel& owned : schema->project.models) {
      for (const Table& table : owned.model.tables) {
        ordered_json entry{{"table", file + "#" + std::string(table.export_name)}, {"properties", ordered_json::array()}};
        for (const types::Property& property : types::row_type(*schema->program, owned.model, table, reader.kind).properties) {
          ordered_json each{{"name", property.name}};
          each.update(describe(property));
          entry["properties"].push_back(each);
        }
        if (table.incomplete.columns) entry["incomplete"] = true;
        tables.push_back(entry);
      }
    }
  }
  return tables;
}

std::pair<std::string, std::string> split(const std::string& reference) {
  const std::size_t at = reference.rfind('#');
  return {reference.substr(0, at), at == std::string::npos ? "" : reference.substr(at + 1)};
}

ordered_json pair(const Reader& reader, Schema& schema, const std::string& table_reference, const std::string& type_reference) {
  ordered_json out{{"table", table_reference}, {"domain", type_reference}};
  const std::string table_name = split(table_reference).second;
  const auto [file, type_name] = split(type_reference);
  const types::Type* row = nullptr;
  for (const schema::OwnedModel& owned : schema.project.models) {
    for (const Table& table : owned.model.tables) {
      if (table.export_name == table_name) row = &types::row_type(*schema.program, owned.model, table, reader.kind);
    }
  }
  if (row == nullptr) {
    out["unknown"] = "there is no such table";
    return out;
  }
  const types::Type& domain = schema.program->type_named(workspace::join(reader.root, file), type_name);
  put(out, "rowToDomain", types::assignable(*row, domain));
  put(out, "domainToRow", types::assignable(domain, *row));
  if (domain.is(types::TypeKind::kUnreadable)) out["unknown"] = domain.text;
  if (domain.incomplete != nullptr) out["incomplete"] = domain.incomplete->reason;
  out["properties"] = ordered_json::array();
  for (const types::Property& property : row->properties) {
    const types::Property* other = types::find_property(domain, property.name);
    if (other == nullptr) continue;
    ordered_json each{{"name", property.name}, {"table", describe(property)}, {"domain", describe(*other)}};
    // What is read from one is written to the other, as getTypeOfSymbol() has it.
    types::Property from = property;
    types::Property to = *other;
    from.type = &schema.program->arena().read_type(property);
    to.type = &schema.program->arena().read_type(*other);
    from.optional = to.optional = false;
    put(each, "tableToDomain", types::assignable(from, to));
    put(each, "domainToTable", types::assignable(to, from));
    out["properties"].push_back(each);
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  const workspace::DiskFileSystem files;
  std::vector<std::string> arguments(argv + 1, argv + argc);
  Reader reader{files, {}, RowKind::kSelect};
  bool all_columns = false;
  while (!arguments.empty() && arguments.front().starts_with("--")) {
    if (arguments.front() == "--insert") reader.kind = RowKind::kInsert;
    else if (arguments.front() == "--columns") all_columns = true;
    else return 1;
    arguments.erase(arguments.begin());
  }
  if (arguments.size() < 2) {
    std::cerr << "usage: print_types [--insert] ROOT (SCHEMA#TABLE FILE#TYPE)…\n       print_types [--insert] --columns ROOT SCHEMA…\n";
    return 1;
  }
  reader.root = files.real_path(arguments.front());
  ordered_json out = ordered_json::array();
  if (all_columns) {
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      for (const ordered_json& table : columns(reader, arguments[i])) out.push_back(table);
    }
  } else {
    std::map<std::string, std::unique_ptr<Schema>> schemas;
    for (std::size_t i = 1; i + 1 < arguments.size(); i += 2) {
      const std::string file = split(arguments[i]).first;
      if (!schemas.contains(file)) schemas[file] = read_schema(reader, {file}, std::nullopt);
      if (schemas[file] == nullptr) return 2;
      out.push_back(pair(reader, *schemas[file], arguments[i], arguments[i + 1]));
    }
  }
  std::cout << out.dump(1) << "\n";
  return 0;
}
