#include "fix/complete_relations.h"

#include <algorithm>
#include <optional>
#include <set>

#include "drizzle_audit/relation_names.h"
#include "fix/imports.h"
#include "fix/names.h"
#include "fix/relations_source.h"
#include "text/edits.h"
#include "workspace/paths.h"

namespace drizzle_audit::fix {
namespace {

bool is_visible(const Model& model, const Table* table) {
  return std::any_of(model.tables.begin(), model.tables.end(), [&](const Table& other) { return &other == table; });
}

std::vector<MissingRelation> all_keys(const Model& model) {
  std::vector<MissingRelation> keys;
  for (const Table& table : model.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.error || !is_visible(model, key.foreign_table)) continue;
      const bool to_itself = std::equal(key.columns.begin(), key.columns.end(), key.foreign_columns.begin(), key.foreign_columns.end());
      if (!to_itself) keys.push_back({&table, &key});
    }
  }
  // In the order of the source: relations are read beside it.
  std::stable_sort(keys.begin(), keys.end(), [&](const MissingRelation& a, const MissingRelation& b) {
    return a.table != b.table ? a.table < b.table : a.key->span.start < b.key->span.start;
  });
  return keys;
}

/// A table that is nothing but a link between two others: two foreign keys of one column each, which together are its key.
bool is_link(const Table& table) {
  if (table.foreign_keys.size() != 2 || table.incomplete.any()) return false;
  for (const ForeignKey& key : table.foreign_keys) {
    if (key.error || key.columns.size() != 1) return false;
  }
  const Column* a = table.foreign_keys[0].columns.front();
  const Column* b = table.foreign_keys[1].columns.front();
  const auto is_pair = [&](std::span<const Column* const> columns) {
    return a != b && columns.size() == 2 && std::find(columns.begin(), columns.end(), a) != columns.end() &&
           std::find(columns.begin(), columns.end(), b) != columns.end();
  };
  return std::any_of(table.primary_keys.begin(), table.primary_keys.end(), [&](const PrimaryKey& key) { return is_pair(key.columns); }) ||
         std::any_of(table.uniques.begin(), table.uniques.end(), [&](const Unique& unique) { return is_pair(unique.columns); });
}

TableRelations& entry_of(std::vector<TableRelations>& tables, const Table* table) {
  const auto found = std::find_if(tables.begin(), tables.end(), [&](const TableRelations& each) { return each.table == table; });
  return found != tables.end() ? *found : tables.emplace_back(TableRelations{table, {}, {}});
}

bool is_free(const Model& model, const TableRelations& entry, const std::string& key) {
  if (find_column_by_key(*entry.table, key) != nullptr) return false;
  const bool declared = std::any_of(model.relations.begin(), model.relations.end(),
                                    [&](const Relation& relation) { return relation.table == entry.table && relation.key == key; });
  return !declared &&
         std::none_of(entry.relations.begin(), entry.relations.end(), [&](const RelationDeclaration& other) { return other.key == key; }) &&
         std::none_of(entry.through.begin(), entry.through.end(), [&](const ThroughRelation& other) { return other.key == key; });
}

/// Both directions through every link table that no relation leads through yet.
void add_through(const Model& model, std::vector<TableRelations>& tables) {
  for (const Table& link : model.tables) {
    if (!is_link(link)) continue;
    const auto leads_through = [&](const Relation& relation) { return relation.through == &link; };
    if (std::any_of(model.relations.begin(), model.relations.end(), leads_through)) continue;
    for (const std::size_t side : {0U, 1U}) {
      const ForeignKey& near = link.foreign_keys[side];
      const ForeignKey& far = link.foreign_keys[1 - side];
      if (!is_visible(model, near.foreign_table) || !is_visible(model, far.foreign_table)) continue;
      TableRelations& entry = entry_of(tables, near.foreign_table);
      ThroughRelation through{near.foreign_table, &link, far.foreign_table, &near, &far, {}, {}};
      const std::string target(far.foreign_table->export_name);
      const std::string by_link = target + "Through" +
                                  static_cast<char>(std::toupper(static_cast<unsigned char>(link.export_name.front()))) +
                                  std::string(link.export_name.substr(1));
      through.key = is_free(model, entry, target) && near.foreign_table != far.foreign_table ? target : by_link;
      for (int number = 2; !is_free(model, entry, through.key); ++number) through.key = by_link + std::to_string(number);
      // Where other relations join the two, one without columns of its own would find this one, too.
      through.alias = std::string(link.name.value_or("")) + "_" + std::string(near.columns.front()->key);
      entry.through.push_back(std::move(through));
    }
  }
}

std::string home_folder(const Model& model) {
  if (model.files.empty()) return ".";
  std::string folder(workspace::dirname(model.files.front()));
  for (const std::string_view file : model.files) {
    while (folder != "." && !workspace::is_within(file, folder)) folder = workspace::dirname(folder);
  }
  return folder;
}

}  // namespace

CompleteRelations complete_relations(const Model& model, Sources& sources, const Surroundings& surroundings) {
  CompleteRelations result;
  Documents documents(sources, surroundings.trees);
  Modules modules(documents, surroundings.files, surroundings.root);
  const Project project{documents, modules, model};
  for (const Relation& relation : model.relations) {
    if (!relation.span.somewhere()) continue;
    const std::string_view path = sources.path(relation.span.file);
    result.texts.emplace(path, sources.text(relation.span.file));
  }
  std::vector<MissingRelation> left_out;
  const std::optional<AddRelations> change = declare_relations(model, all_keys(model), &left_out);
  for (const MissingRelation& missing : left_out) {
    result.left_out.push_back(display_name(*missing.table) + "." + std::string(missing.key->columns.front()->key) + " → " +
                              display_name(*missing.key->foreign_table) +
                              ": relations without a name join the two tables already; give them a " +
                              (uses_define_relations(project) ? "alias" : "relationName"));
  }
  std::vector<TableRelations> tables;
  if (change) {
    const std::optional<std::vector<TableRelations>> found = tables_of(project, *change);
    if (found) tables = *found;
  }
  if (uses_define_relations(project)) add_through(model, tables);
  if (tables.empty()) {
    if (result.texts.empty()) result.error = "the schema has no foreign key that a relation could follow";
    return result;
  }
  FileId home = home_of_relations(project);
  if (model.relations.empty()) {
    const std::string folder = home_folder(model);
    result.created = folder == "." ? "relations.ts" : folder + "/relations.ts";
    if (surroundings.files.kind(workspace::join(surroundings.root, result.created))) {
      result.error = result.created + " is there already, and declares no relation that could be read";
      return result;
    }
    home = sources.add(result.created, "");
    documents.imitate(home, model.tables.front().span.file);
  }
  std::optional<Plan> plan = plan_tables(project, tables, home);
  if (!plan) {
    result.error =
        "the relations are written in a way that cannot be completed: tables that nothing exports, or a callback that is no plain one";
    return result;
  }
  std::map<FileId, std::vector<ImportNeed>> needs;
  for (const ImportNeed& need : plan->imports) {
    std::vector<ImportNeed>& own = needs[need.file];
    if (std::find(own.begin(), own.end(), need) == own.end()) own.push_back(need);
  }
  std::vector<Edit> edits;
  for (const auto& [file, own] : needs) {
    const Plan imports = render_imports(documents.get(file), own);
    edits.insert(edits.end(), imports.edits.begin(), imports.edits.end());
  }
  edits.insert(edits.end(), plan->edits.begin(), plan->edits.end());
  text::sort_edits(edits);
  std::map<FileId, std::vector<Edit>> by_file;
  for (Edit& edit : edits) by_file[edit.span.file].push_back(std::move(edit));
  for (const auto& [file, own] : by_file) {
    const Document& document = documents.get(file);
    const std::string path(document.path);
    if (!may_edit(document) || (surroundings.may_edit && !surroundings.may_edit(path))) {
      result.error = path + " is generated, ignored or outside the project, so it is not edited";
      return result;
    }
    std::string text = text::apply_edits(document.text, own);
    // A new file ends with one line break.
    while (text.ends_with(document.style.newline + document.style.newline)) text.resize(text.size() - document.style.newline.size());
    result.texts[path] = text;
    result.changed[path] = std::move(text);
  }
  return result;
}

}  // namespace drizzle_audit::fix
