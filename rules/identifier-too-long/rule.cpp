// Names that the database cuts off or refuses. Source of truth: PostgreSQL's NAMEDATALEN (63 bytes and a NOTICE), MySQL's limit of 64
// characters (an error). What drizzle-kit makes of it was seen with 0.31.11 and 1.0.0-rc.4: 0.31 compares the whole name with the one cut
// off and makes the object anew at every push; 1.0 shortens and ignores names that it derives, and asks about written ones at every push.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "_shared/constraint_names.h"
#include "_shared/database_names.h"
#include "_shared/foreign_keys.h"
#include "_shared/keys.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::identifier_too_long {
namespace {

constexpr std::size_t kPostgresqlBytes = 63;
constexpr std::size_t kMysqlCharacters = 64;
/// What is left of a name that was cut off: no character is cut in two, and the longest have four bytes.
constexpr std::size_t kShortestCut = kPostgresqlBytes - 3;

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1 : 0;
  return count;
}

bool is_too_long(Dialect dialect, std::string_view name) {
  if (dialect == Dialect::kPostgresql) return name.size() > kPostgresqlBytes;
  return dialect == Dialect::kMysql && characters(name) > kMysqlCharacters;
}

/// As PostgreSQL does it: at most 63 bytes, no character in two.
std::string truncated(const std::string& name) {
  if (name.size() <= kPostgresqlBytes) return name;
  std::size_t end = kPostgresqlBytes;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0U) == 0x80U) --end;
  return name.substr(0, end);
}

bool is_relation(NameKind kind) {
  return kind == NameKind::kTable || kind == NameKind::kView || kind == NameKind::kSequence || kind == NameKind::kIndex ||
         kind == NameKind::kUnique || kind == NameKind::kPrimaryKey;
}

/// Where names are compared after PostgreSQL has cut them off: the schema for relations, the table for its constraints and columns.
std::vector<std::string> scopes_of(const DatabaseName& name) {
  const std::string schema = name.schema.value_or("") + "/";
  const std::string table = schema + (name.table == nullptr ? "" : table_ref(*name.table).table) + "/";
  const std::string text = truncated(name.name);
  std::vector<std::string> scopes;
  if (is_relation(name.kind)) scopes.push_back("relation/" + schema + text);
  if (name.kind == NameKind::kColumn) scopes.push_back("column/" + table + text);
  if (name.kind == NameKind::kPolicy) scopes.push_back("policy/" + table + text);
  if (name.kind == NameKind::kEnum) scopes.push_back("type/" + schema + text);
  if (name.kind == NameKind::kPrimaryKey || name.kind == NameKind::kUnique || name.kind == NameKind::kForeignKey ||
      name.kind == NameKind::kCheck)
    scopes.push_back("constraint/" + table + text);
  return scopes;
}

std::string kind_of(const DatabaseName& name) { return std::string(to_string(name.kind)); }

/// What somebody can do about it, and a change where a name can simply be written into the builder.
void propose(const RuleContext& context, ConstraintNames& names, const DatabaseName& name, Finding& finding) {
  const Model& model = context.model();
  if (name.kind == NameKind::kTable || name.kind == NameKind::kColumn || name.is_explicit || name.columns.empty()) {
    finding.help = "choose a shorter name";
    return;
  }
  std::string proposed;
  std::string from;
  std::string to;
  const std::string source(model.sources->text(name.span));
  if (name.kind == NameKind::kIndex || (name.kind == NameKind::kUnique && !name.is_inline)) {
    proposed = name.kind == NameKind::kIndex ? names.index(*name.table, name.columns) : names.unique(*name.table, name.columns);
    const std::size_t call = source.find("()");
    const std::size_t dot = source.find(".on");
    if (call != std::string::npos && call < dot) {
      from = source;
      to = source.substr(0, call) + "(\"" + proposed + "\")" + source.substr(call + 2);
    }
  } else if (name.kind == NameKind::kUnique) {
    proposed = names.unique(*name.table, name.columns);
    const std::string column(model.sources->text(name.columns.front()->span));
    if (column.find(".unique()") != std::string::npos && !is_too_long(model.dialect, proposed)) {
      finding.change =
          ReplaceColumn{table_ref(*name.table), column_name(*name.columns.front()), ".unique()", ".unique(\"" + proposed + "\")"};
    }
  } else if (name.kind == NameKind::kPrimaryKey || name.kind == NameKind::kForeignKey) {
    for (const ForeignKey& key : name.table->foreign_keys) {
      if (name.kind == NameKind::kForeignKey && key.span == name.span && is_readable(*name.table, key))
        proposed = names.foreign_key(*name.table, key.columns, *key.foreign_table, key.foreign_columns);
    }
    if (name.kind == NameKind::kPrimaryKey) proposed = names.primary_key(*name.table, name.columns);
    const std::size_t brace = source.find("({");
    if (!name.is_inline && brace != std::string::npos && source.find('(') == brace) {
      from = source;
      to = source.substr(0, brace + 2) + " name: \"" + proposed + "\"," + source.substr(brace + 2);
    }
  }
  if (proposed.empty() || is_too_long(model.dialect, proposed)) {
    finding.help = "give it a short name";
    return;
  }
  finding.help = "call it \"" + proposed + "\"";
  if (name.kind == NameKind::kForeignKey && name.is_inline)
    finding.help += ", with foreignKey({ name, columns, foreignColumns }) among the table's extras instead of .references()";
  if (!from.empty()) finding.change = ReplaceExtra{table_ref(*name.table), from, to};
}

Finding& report(const RuleContext& context, ConstraintNames& names, const DatabaseName& name, const std::string& what) {
  const bool is_mysql = context.model().dialect == Dialect::kMysql;
  const std::string length = is_mysql ? std::to_string(characters(name.name)) + " characters" : std::to_string(name.name.size()) + " bytes";
  std::string message = "the name of " + label(name) + " is " + length + " long, " + what;
  Finding& finding = context.report(place_of(name), subject_of(name), std::move(message));
  finding.evidence.push_back({"declaration", name.is_explicit ? "the name is written down" : "drizzle-orm derives the name", name.span});
  propose(context, names, name, finding);
  return finding;
}

void check_mysql(const RuleContext& context, ConstraintNames& names, const std::vector<DatabaseName>& all) {
  for (const DatabaseName& name : all) {
    if (!is_too_long(Dialect::kMysql, name.name)) continue;
    Finding& finding = report(context, names, name, "more than the 64 that MySQL takes");
    finding.note = "MySQL refuses the statement (ER_TOO_LONG_IDENT); drizzle-kit generates it and exits with 0";
  }
}

bool is_asked_about(const Model& model, const DatabaseName& name) {
  return model.orm_v1 || name.kind == NameKind::kTable || name.kind == NameKind::kColumn || name.kind == NameKind::kEnum ||
         name.kind == NameKind::kPolicy;
}

std::string note_for(const Model& model, const DatabaseName& name) {
  const std::string cut = "PostgreSQL cuts it to \"" + truncated(name.name) + "\"; ";
  if (is_asked_about(model, name)) {
    return cut + "drizzle-kit push does not find the long name in the database, and asks at every run whether to create the " +
           kind_of(name) + " or to rename another";
  }
  return cut + "every drizzle-kit push drops the " + kind_of(name) + " and creates it again";
}

void report_truncated(const RuleContext& context, ConstraintNames& names, const DatabaseName& name) {
  Finding& finding = report(context, names, name, "more than the 63 that PostgreSQL keeps");
  finding.severity = Severity::kWarning;
  finding.note = note_for(context.model(), name);
}

/// One finding for all the names that drizzle-orm derives in a table: nobody wrote them.
void report_derived(const RuleContext& context, const std::vector<const DatabaseName*>& derived) {
  const Table& table = *derived.front()->table;
  Subject subject = table_subject(SubjectKind::kTable, table);
  subject.name = "derived names";
  Finding& finding = context.report(place_of(*derived.front()), std::move(subject),
                                    "drizzle-orm derives " + std::to_string(derived.size()) + " names for constraints of " +
                                        display_name(table) + " that are longer than the 63 bytes that PostgreSQL keeps");
  finding.severity = Severity::kWarning;
  finding.note = "PostgreSQL cuts them off, and every drizzle-kit push drops the constraints and creates them again";
  finding.help = "name them: foreignKey({ name, columns, foreignColumns }), primaryKey({ name, columns }), unique(name), index(name)";
  for (const DatabaseName* name : derived) {
    finding.evidence.push_back({"declaration", label(*name) + ", " + std::to_string(name->name.size()) + " bytes", name->span});
  }
}

void check_postgresql(const RuleContext& context, ConstraintNames& names, const std::vector<DatabaseName>& all) {
  const Model& model = context.model();
  std::map<std::string, std::vector<const DatabaseName*>> by_scope;
  for (const DatabaseName& name : all) {
    if (name.name.size() < kShortestCut) continue;  // no name that is cut off can look like it
    // drizzle-kit 1.0 leaves derived names of constraints to PostgreSQL, or shortens them.
    if (model.orm_v1 && !name.is_explicit && name.kind != NameKind::kIndex) continue;
    for (std::string& scope : scopes_of(name)) by_scope[std::move(scope)].push_back(&name);
  }
  const auto rival_of = [&](const DatabaseName& name) -> const DatabaseName* {
    if (name.name.size() < kShortestCut) return nullptr;
    for (const std::string& scope : scopes_of(name)) {
      for (const DatabaseName* other : by_scope[scope]) {
        // The same name in full is duplicate-name's; without a drizzle.config two files may be two databases.
        const bool together = !model.config_path.empty() || place_of(*other).file == place_of(name).file;
        if (other->name != name.name && other->span < name.span && together) return other;
      }
    }
    return nullptr;
  };
  std::map<const Table*, std::vector<const DatabaseName*>> derived;
  for (const DatabaseName& name : all) {
    const bool is_kits_own = model.orm_v1 && !name.is_explicit && name.kind != NameKind::kIndex;
    const DatabaseName* rival = is_kits_own ? nullptr : rival_of(name);
    if (!is_too_long(Dialect::kPostgresql, name.name) && rival == nullptr) continue;
    if (rival != nullptr) {
      Finding& finding = report(context, names, name, "and PostgreSQL's 63 cannot tell it from that of " + label(*rival));
      finding.note = "both are cut to \"" + truncated(name.name) + "\", and PostgreSQL refuses the second (already exists)";
      finding.related.push_back({label(*rival), rival->span});
      continue;
    }
    // drizzle-kit 1.0 shortens the names it derives, or compares them as PostgreSQL keeps them.
    if (model.orm_v1 && !name.is_explicit) continue;
    if (name.is_explicit) {
      report_truncated(context, names, name);
    } else {
      derived[name.table].push_back(&name);
    }
  }
  for (const Table& table : model.tables) {
    const auto found = derived.find(&table);
    if (found == derived.end()) continue;
    std::sort(found->second.begin(), found->second.end(), [](const DatabaseName* a, const DatabaseName* b) { return a->span < b->span; });
    if (found->second.size() == 1) {
      report_truncated(context, names, *found->second.front());
    } else {
      report_derived(context, found->second);
    }
  }
}

void check(const RuleContext& context) {
  const Model& model = context.model();
  if (model.dialect != Dialect::kMysql && model.dialect != Dialect::kPostgresql) return;
  ConstraintNames names(model);
  const std::vector<DatabaseName> all = database_names(model);
  if (model.dialect == Dialect::kMysql) return check_mysql(context, names, all);
  check_postgresql(context, names, all);
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "identifier-too-long",
    .summary = "A name is longer than the database keeps.",
    .category = "integrity",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::identifier_too_long
