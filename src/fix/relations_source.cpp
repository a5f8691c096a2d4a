#include "fix/relations_source.h"

#include <map>

#include "fix/changes.h"
#include "fix/relation_text.h"

namespace drizzle_audit::fix {

using syntax::Node;

std::optional<std::vector<TableRelations>> tables_of(const Project& project, const AddRelations& change) {
  std::vector<TableRelations> tables;
  const auto add = [&](const AddRelations& one) {
    const Table* table = find_table(project, one.table);
    if (table != nullptr) tables.push_back({table, one.relations, {}});
    return table != nullptr;
  };
  if (!add(change)) return std::nullopt;
  for (const AddRelations& other : change.others) {
    if (!add(other)) return std::nullopt;
  }
  return tables;
}

bool uses_define_relations(const Project& project) {
  if (project.defines_relations) return *project.defines_relations;
  bool any = false;
  for (const Relation& relation : project.model.relations) {
    if (!is_own(relation)) continue;
    const Document& document = project.documents.get(relation.span.file);
    const Node* call = declaring_call(document, relation.span);
    if (call == nullptr) continue;
    any = true;
    if (callee_name(*call).starts_with("defineRelations")) return project.defines_relations.emplace(true);
  }
  return project.defines_relations.emplace(project.model.orm_v1 && !any);
}

FileId home_of_relations(const Project& project) {
  std::map<FileId, int> apart;
  int beside = 0;
  for (const Relation& relation : project.model.relations) {
    if (!is_own(relation)) continue;
    if (relation.span.file == relation.table->span.file) ++beside;
    else ++apart[relation.span.file];
  }
  FileId best = kNoFile;
  int most = beside;
  for (const auto& [file, count] : apart) {
    if (count <= most) continue;
    best = file;
    most = count;
  }
  return best;
}

std::optional<Plan> plan_tables(const Project& project, const std::vector<TableRelations>& tables, FileId home) {
  return uses_define_relations(project) ? plan_second_version(project, tables, home) : plan_first_version(project, tables, home);
}

std::optional<Plan> plan_relations(const Project& project, const AddRelations& change) {
  const std::optional<std::vector<TableRelations>> tables = tables_of(project, change);
  if (!tables || project.model.relations.empty()) return std::nullopt;
  return plan_tables(project, *tables, home_of_relations(project));
}

std::optional<Plan> plan_relation(const Project& project, const Finding& finding, const ReplaceRelation& change) {
  const Table* table = find_table(project, change.table);
  if (table == nullptr || change.from.empty()) return std::nullopt;
  for (const Relation& relation : project.model.relations) {
    if (!is_own(relation) || relation.table != table || relation.key != change.relation) continue;
    if (finding.span.somewhere() && finding.span.file != relation.span.file) continue;
    const Document& document = project.documents.get(relation.span.file);
    const std::string_view text = document.text.substr(relation.span.start, relation.span.end - relation.span.start);
    const std::size_t at = text.find(change.from);
    if (at == std::string_view::npos || text.find(change.from, at + 1) != std::string_view::npos) return std::nullopt;
    const auto start = relation.span.start + static_cast<std::uint32_t>(at);
    return Plan{
        .edits = {{document.span(start, start + static_cast<std::uint32_t>(change.from.size())), change.to}}, .imports = {}, .claims = {}};
  }
  return std::nullopt;
}

}  // namespace drizzle_audit::fix
