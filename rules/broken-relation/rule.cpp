// Relations that throw or join the wrong rows once a query asks for them. drizzle-orm says nothing before: 0.x resolves a relation at the
// first query that uses it (normalizeRelation in drizzle-orm/relations.ts), 1.0 throws when the module is loaded.
#include <algorithm>
#include <string>

#include "_shared/keys.h"
#include "_shared/problems.h"
#include "_shared/relation_defects.h"
#include "_shared/relations.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::broken_relation {
namespace {

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

/// Foreign keys from the relation's target to its table: what the missing side would join.
std::vector<const ForeignKey*> foreign_keys_back(const Relation& relation) {
  std::vector<const ForeignKey*> found;
  for (const ForeignKey& key : relation.target->foreign_keys) {
    if (!key.error && key.foreign_table == relation.table) found.push_back(&key);
  }
  return found;
}

std::string missing_side_help(const Model& model, const Relation& relation) {
  const std::string table = display_name(*relation.table);
  const std::string target = display_name(*relation.target);
  for (const HiddenRelations& hidden : model.hidden_relations) {
    if (hidden.table == relation.target) return "the relations of " + target + " are declared but not exported: export them";
  }
  const Relation* unnamed = nullptr;
  for (const Relation& other : model.relations) {
    if (&other == &relation || other.table != relation.target || other.target != relation.table || !other.is_explicit) continue;
    if (other.relation_name != relation.relation_name) unnamed = &other;
  }
  if (unnamed != nullptr && relation.relation_name) {
    return "its other side may be " + relation_label(*unnamed) + ": give both the same relationName";
  }
  const std::vector<const ForeignKey*> keys = foreign_keys_back(relation);
  if (keys.size() == 1) {
    return "declare the other side in the relations of " + target + ": a one(…) with fields " + column_list(keys.front()->columns) +
           " and references " + column_list(keys.front()->foreign_columns);
  }
  if (relation.kind == RelationKind::kMany) {
    return "declare a one(…) with fields and references in the relations of " + target +
           (keys.empty() ? "; for many to many, relate both tables to the link table instead"
                         : ", for each of its foreign keys to " + table);
  }
  return "name fields and references here, or in a one(…) of " + target;
}

void report_error(const RuleContext& context, const Relation& relation) {
  const std::string_view error = *relation.error;
  const IncompleteModel& incomplete = context.model().incomplete;
  const bool missing = starts_with(error, "There is not enough");
  const bool unknown_table = starts_with(error, "Table ");
  if ((missing && incomplete.relations) || (unknown_table && incomplete.tables)) return;
  Finding& finding = context.report(relation.span, relation_subject(relation),
                                    "relation " + relation_label(relation) + " throws when a query asks for it: " + std::string(error));
  finding.confidence = unknown_table ? Confidence::kHigh : Confidence::kCertain;
  finding.note =
      "drizzle-orm resolves relations at run time: TypeScript compiles, drizzle-kit exits with 0, and the first query with `with` fails";
  finding.evidence.push_back({"declaration", "what drizzle-orm throws", relation.span});
  if (missing) {
    finding.help = missing_side_help(context.model(), relation);
  } else if (unknown_table) {
    finding.help = "export " + display_name(*relation.target) + " from the schema";
  } else if (relation.relation_name) {
    finding.help = "use each relationName for one relation only, on both of its sides";
  } else {
    finding.help = "give every relation between the two tables a relationName of its own, the same on both sides";
  }
  for (const HiddenRelations& hidden : context.model().hidden_relations) {
    if (missing && hidden.table == relation.target) finding.related.push_back({"these relations are not exported", hidden.span});
  }
  for (const Relation& other : context.model().relations) {
    if (missing || unknown_table || &other == &relation || other.table != relation.target) continue;
    const bool meant = relation.relation_name ? other.relation_name == relation.relation_name : other.target == relation.table;
    if (meant) finding.related.push_back({relation_label(other) + " could be its other side", other.span});
  }
}

Finding& report_defect(const RuleContext& context, const Relation& relation, const RelationDefect& defect) {
  Finding& finding =
      context.report(relation.span, relation_subject(relation), "relation " + relation_label(relation) + " " + defect.message);
  finding.confidence = defect.confidence;
  finding.note = defect.note;
  finding.help = defect.help;
  if (defect.evidence) finding.evidence.push_back(*defect.evidence);
  return finding;
}

/// 0.x: the schema object that drizzle() gets holds exported tables only, and a relation to any other is `undefined.columns` at run time.
bool target_is_hidden(const RuleContext& context, const Relation& relation) {
  const Model& model = context.model();
  if (model.orm_v1 || model.incomplete.tables) return false;
  return std::none_of(model.tables.begin(), model.tables.end(), [&](const Table& table) { return &table == relation.target; });
}

void check_relation(const RuleContext& context, const Relation& relation) {
  if (relation.error) return report_error(context, relation);
  if (target_is_hidden(context, relation)) {
    report_defect(context, relation,
                  {.message = "leads to " + display_name(*relation.target) + ", which the schema does not export",
                   .note = "drizzle() does not know that table: a query that asks for the relation throws \"Cannot read properties of "
                           "undefined (reading 'columns')\"",
                   .help = "export the table",
                   .confidence = Confidence::kHigh,
                   .evidence = Evidence{"declaration", "the table", relation.target->span}});
    return;
  }
  if (const Column* column = find_column_by_key(*relation.table, relation.key)) {
    Finding& finding = report_defect(
        context, relation,
        {.message = "has the name of a column",
         .note = "drizzle-orm writes both into the same property: a query that asks for the relation loses the column's value, "
                 "and drizzle-orm 1.0 refuses to load it",
         .help = "call the relation something else",
         .confidence = Confidence::kCertain,
         .evidence = Evidence{"declaration", "the column", column->span}});
    // It reads what was asked for; only the column is lost.
    finding.severity = Severity::kWarning;
    return;
  }
  std::optional<RelationDefect> defect = column_defect(relation);
  if (!defect) defect = foreign_key_defect(context.model(), relation);
  if (defect) report_defect(context, relation, *defect);
}

/// drizzle-orm 1.0 throws while the module is loaded; the model holds its words.
void check_throwing(const RuleContext& context) {
  for (const Problem& problem : context.model().problems) {
    if (problem.kind != ProblemKind::kRelationThrows) continue;
    // "relations -> posts: { author: r.one.users(...) }: what is wrong"
    std::string_view text = problem.message;
    text.remove_prefix(std::min(text.size(), text.find("-> ") + 3));
    Subject subject = file_subject(context.model(), problem.span);
    subject.kind = SubjectKind::kRelation;
    subject.table = text.substr(0, text.find(':'));
    if (const std::size_t open = text.find("{ "); open != std::string_view::npos) {
      subject.name = text.substr(open + 2, text.find(':', open) - open - 2);
    }
    std::string_view why = text;
    if (const std::size_t end = text.find(" }: "); end != std::string_view::npos) why.remove_prefix(end + 4);
    Finding& finding = context.report(problem.span, subject,
                                      "relation " + subject.table + "." + subject.name +
                                          " throws when the module is loaded: " + std::string(why.substr(0, why.find('\n'))));
    finding.confidence = Confidence::kCertain;
    finding.note = "drizzle-orm 1.0 checks all relations inside defineRelations(), so nothing that imports this file starts";
    finding.help = why.find("multiple relations") != std::string_view::npos
                       ? "give each relation between the two tables an alias of its own, the same on both sides"
                   : why.find("not enough data") != std::string_view::npos ? "name from and to here or on the other side"
                                                                           : "correct the declaration";
    finding.evidence.push_back({"declaration", "what drizzle-orm throws", problem.span});
  }
}

void check(const RuleContext& context) {
  check_throwing(context);
  for (const Relation& relation : context.model().relations) check_relation(context, relation);
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "broken-relation",
    .summary = "A relation throws or joins the wrong rows when a query asks for it.",
    .category = "relations",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::broken_relation
