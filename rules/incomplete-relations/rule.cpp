// Tables and foreign keys that the project's relations leave out. One finding for the schema when much is missing, one for each table when
// little is; a foreign key beside others that have relations is information only, and so is everything when no query asks for relations.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "_shared/keys.h"
#include "_shared/relations.h"
#include "drizzle_audit/relation_names.h"
#include "drizzle_audit/rule.h"
#include "incomplete-relations/coverage.h"

namespace drizzle_audit::rules::incomplete_relations {
namespace {

constexpr std::size_t kMostSingleTables = 3;
constexpr std::size_t kMostNames = 12;
constexpr std::string_view kNote =
    "a relational query can only reach what relations connect: `with` a missing one does not compile, and is an error at run time in "
    "JavaScript";

std::string names_of(const std::vector<const Table*>& tables) {
  std::string text;
  for (std::size_t i = 0; i < tables.size() && i < kMostNames; ++i) text += (i > 0 ? ", " : "") + display_name(*tables[i]);
  if (tables.size() > kMostNames) text += " and " + std::to_string(tables.size() - kMostNames) + " more";
  return text;
}

/// From this many files on, code that has no relational query at all says that the project does without them.
constexpr std::uint32_t kEnoughFiles = 10;

/// The code was read, and none of it asks for relations: what is missing is missed by nobody so far.
void consider_queries(const RuleContext& context, Finding& finding) {
  const Queries& queries = context.queries();
  if (queries.may_ask_for_relations || (!queries.uses_relations && queries.files < kEnoughFiles)) return;
  finding.severity = Severity::kInfo;
  finding.evidence.push_back({"query",
                              "no relational query asks for relations (`with`) in " + std::to_string(queries.files) +
                                  (queries.files == 1 ? " file that uses the schema" : " files that use the schema"),
                              {}});
}

/// The file that should hold them: the one with the most relations.
const RelationFile* main_file(const Model& model) {
  const RelationFile* best = nullptr;
  for (const RelationFile& file : model.relation_files) {
    if (best == nullptr || file.relations.size() > best->relations.size()) best = &file;
  }
  return best;
}

Span first_place(const Model& model) {
  Span first;
  std::string_view path;
  for (const Relation& relation : model.relations) {
    const std::string_view its_path = model.sources->path(relation.span.file);
    if (first.somewhere() && std::pair(path, first.start) <= std::pair(its_path, relation.span.start)) continue;
    first = relation.span;
    path = its_path;
  }
  return first;
}

/// The foreign keys that connect the tables with each other and with the rest.
std::vector<MissingRelation> missing_relations(const Model& model, const std::vector<const Table*>& tables) {
  const auto is_missing = [&](const Table* table) { return std::find(tables.begin(), tables.end(), table) != tables.end(); };
  std::vector<MissingRelation> missing;
  for (const Table& table : model.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (can_be_related(model, key) && (is_missing(&table) || is_missing(key.foreign_table))) missing.push_back({&table, &key});
    }
  }
  return missing;
}

/// drizzle-kit pull writes both files at once: when the tables are out of date, so are the relations.
void add_stale_schema(const Model& model, const RelationFile& file, Finding& finding) {
  if (file.schema_path.empty()) return;
  std::vector<const Table*> lacking;
  for (const Table& table : model.tables) {
    const bool known = std::any_of(file.tables.begin(), file.tables.end(), [&](const Table& other) {
      return other.name.value_or("") == table.name.value_or("") &&
             other.schema.value_or(std::nullopt) == table.schema.value_or(std::nullopt);
    });
    if (!known) lacking.push_back(&table);
  }
  if (lacking.empty()) return;
  finding.evidence.push_back({"introspection",
                              std::string(file.schema_path) + ", whose tables it joins, lacks " + std::to_string(lacking.size()) +
                                  " of the schema's " + std::to_string(model.tables.size()) + " tables: " + names_of(lacking),
                              lacking.front()->span});
}

void report_schema(const RuleContext& context, const Coverage& coverage) {
  const Model& model = context.model();
  const RelationFile* file = main_file(model);
  const std::size_t covered = coverage.connected.size() - coverage.missing.size();
  Subject subject;
  subject.kind = SubjectKind::kFile;
  Span span = first_place(model);
  std::string who = "the relations cover ";
  if (file != nullptr) {
    const bool all = std::all_of(model.relations.begin(), model.relations.end(), [](const Relation& relation) { return relation.outside; });
    span = file->span;
    const std::size_t files = model.relation_files.size();
    who = files == 1 ? std::string(file->path) : std::string(file->path) + " and " + std::to_string(files - 1) + " more";
    if (!all) who = "the schema's relations and " + who;
    who += files == 1 && all ? " covers " : " cover ";
    subject.name = file->path;
  } else {
    subject.name = model.sources->path(span.file);
  }
  Finding& finding = context.report(span, std::move(subject),
                                    who + std::to_string(covered) + " of " + std::to_string(coverage.connected.size()) +
                                        " tables that foreign keys connect; missing: " + names_of(coverage.missing));
  // A few relations in a large schema are there because one query needed them.
  if (file == nullptr && covered * 2 < coverage.connected.size()) finding.severity = Severity::kInfo;
  finding.confidence = Confidence::kHigh;
  finding.note = kNote;
  finding.help = "declare both sides of every foreign key of these tables";
  for (const Table* table : coverage.missing) {
    if (finding.evidence.size() >= kMostNames) break;
    finding.evidence.push_back({"declaration", display_name(*table) + " has no relation", table->binding_span});
  }
  if (file != nullptr) add_stale_schema(model, *file, finding);
  if (context.queries().uses_relations) {
    finding.evidence.push_back({"query", "the code uses relational queries", context.queries().relations_use});
  }
  consider_queries(context, finding);
  if (auto change = declare_relations(model, missing_relations(model, coverage.missing))) finding.change = std::move(*change);
}

void report_table(const RuleContext& context, const Table& table, const Coverage& coverage) {
  const Model& model = context.model();
  const std::vector<MissingRelation> missing = missing_relations(model, {&table});
  std::string others;
  for (const MissingRelation& each : missing) {
    const Table* other = each.table == &table ? each.key->foreign_table : each.table;
    const std::string name = display_name(*other);
    if (other != &table && (", " + others + ",").find(", " + name + ",") == std::string::npos)
      others += (others.empty() ? "" : ", ") + name;
  }
  Finding& finding =
      context.report(table.binding_span.somewhere() ? table.binding_span : table.span, table_subject(SubjectKind::kTable, table),
                     display_name(table) + " has no relations, though foreign keys connect it with " + others);
  finding.confidence = Confidence::kHigh;
  finding.note = kNote;
  finding.help = "declare both sides of its foreign keys";
  finding.evidence.push_back({"sibling",
                              std::to_string(coverage.connected.size() - coverage.missing.size()) + " of the " +
                                  std::to_string(coverage.connected.size()) + " tables that foreign keys connect have relations",
                              first_place(model)});
  for (const MissingRelation& each : missing) {
    finding.evidence.push_back({"declaration",
                                display_name(*each.table) + "." + column_list(each.key->columns) + " references " +
                                    display_name(*each.key->foreign_table) + "." + column_list(each.key->foreign_columns),
                                each.key->span});
  }
  consider_queries(context, finding);
  if (auto change = declare_relations(model, missing)) finding.change = std::move(*change);
}

/// Foreign keys to one table, of tables that have relations.
struct Siblings {
  std::vector<MissingRelation> related;
  std::vector<MissingRelation> unrelated;
};

/// A foreign key without a relation where most foreign keys to the same table have one.
void check_foreign_keys(const RuleContext& context, const Coverage& coverage) {
  const Model& model = context.model();
  const RelationsByTable relations = relations_by_table(model);
  std::map<const Table*, Siblings> by_target;
  for (const Table* table : coverage.connected) {
    if (std::find(coverage.missing.begin(), coverage.missing.end(), table) != coverage.missing.end()) continue;
    for (const ForeignKey& key : table->foreign_keys) {
      if (!can_be_related(model, key)) continue;
      Siblings& siblings = by_target[key.foreign_table];
      (is_related(relations, *table, key) ? siblings.related : siblings.unrelated).push_back({table, &key});
    }
  }
  for (const Table* table : coverage.connected) {
    std::vector<MissingRelation> missing;
    std::string text;
    std::vector<Evidence> evidence;
    for (const auto& [target, siblings] : by_target) {
      if (siblings.related.size() < 3 * siblings.unrelated.size()) continue;
      for (const MissingRelation& each : siblings.unrelated) {
        if (each.table == table) missing.push_back(each);
      }
    }
    if (missing.empty()) continue;
    std::sort(missing.begin(), missing.end(), [](const MissingRelation& a, const MissingRelation& b) { return a.key->span < b.key->span; });
    for (const MissingRelation& each : missing) {
      const Siblings& siblings = by_target[each.key->foreign_table];
      text += (text.empty() ? "" : ", ") + column_list(each.key->columns) + " → " + display_name(*each.key->foreign_table);
      evidence.push_back({"sibling",
                          std::to_string(siblings.related.size()) + " other foreign keys to " + display_name(*each.key->foreign_table) +
                              " have a relation",
                          siblings.related.front().key->span});
    }
    Finding& finding =
        context.report(missing.front().key->span, table_subject(SubjectKind::kTable, *table),
                       "no relation joins " + display_name(*table) + " by its foreign key" + (missing.size() > 1 ? "s " : " ") + text);
    finding.severity = Severity::kInfo;
    finding.confidence = Confidence::kMedium;
    finding.note = kNote;
    finding.help = "declare it if queries will want it";
    finding.evidence = std::move(evidence);
    if (auto change = declare_relations(model, missing)) finding.change = std::move(*change);
  }
}

void check(const RuleContext& context) {
  const Model& model = context.model();
  if (model.incomplete.relations) return;
  const bool unread =
      std::any_of(model.relation_files.begin(), model.relation_files.end(), [](const RelationFile& file) { return file.incomplete; });
  const bool any = !model.relations.empty() || std::any_of(model.relation_files.begin(), model.relation_files.end(),
                                                           [](const RelationFile& file) { return !file.relations.empty(); });
  if (unread || !any) return;
  const Coverage coverage = coverage_of(model);
  if (coverage.missing.size() > kMostSingleTables || coverage.missing.size() * 3 >= coverage.connected.size()) {
    if (!coverage.missing.empty()) report_schema(context, coverage);
  } else {
    for (const Table* table : coverage.missing) report_table(context, *table, coverage);
  }
  if (!model.relations.empty()) check_foreign_keys(context, coverage);
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "incomplete-relations",
    .summary = "The relations leave out tables and foreign keys of the schema.",
    .category = "relations",
    .severity = Severity::kWarning,
    .reads_code = true,
    .check = check,
};

}  // namespace drizzle_audit::rules::incomplete_relations
