// MySQL indexes text and blobs only by a prefix whose length is given (error 1170), and drizzle-orm's index(), unique() and primaryKey()
// have no way to give one. drizzle-kit 0.31 generates the statement all the same; 1.0 refuses the unique ones.
#include <algorithm>
#include <string>
#include <vector>

#include "_shared/column_facts.h"
#include "_shared/keys.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::text_key_without_length {
namespace {

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'; }

bool is_text(const std::string& type) { return type == "text" || type == "tinytext" || type == "mediumtext" || type == "longtext"; }
bool is_blob(const std::string& type) { return type == "blob" || type == "tinyblob" || type == "mediumblob" || type == "longblob"; }

/// One key that a column is part of.
struct Use {
  std::string text;  ///< "the unique constraint tags_slug_unique"
  Span span;
};

std::string named(std::string_view what, const Fact<std::optional<std::string_view>>& name) {
  return std::string(what) + (name.known() && name.value() ? " " + std::string(*name.value()) : "");
}

bool holds(std::span<const Column* const> columns, const Column& column) {
  return std::find(columns.begin(), columns.end(), &column) != columns.end();
}

std::vector<Use> uses_of(const Table& table, const Column& column) {
  std::vector<Use> uses;
  for (const PrimaryKey& key : table.primary_keys) {
    if (holds(key.columns, column)) uses.push_back({"the primary key", key.span});
  }
  for (const Unique& unique : table.uniques) {
    if (holds(unique.columns, column)) uses.push_back({named("the unique constraint", unique.name), unique.span});
  }
  for (const Index& index : table.indexes) {
    // A prefix is written as an expression: sql`${t.slug}(100)`. A full-text index needs none, but drizzle-orm cannot make one.
    const bool part =
        std::any_of(index.columns.begin(), index.columns.end(), [&](const IndexColumn& each) { return each.column == &column; });
    if (part) uses.push_back({named(index.unique ? "the unique index" : "the index", index.name), index.span});
  }
  return uses;
}

/// `text("slug", { enum: […] })` → `varchar("slug", { length: 255, enum: […] })`: the part of the call that changes.
std::optional<SchemaChange> propose(const RuleContext& context, const Column& column, std::string_view builder, std::string_view type) {
  const std::string_view source = context.model().sources->text(column.span);
  const std::string call = std::string(builder) + "(";
  std::size_t at = source.find(call);
  while (at != std::string_view::npos && at > 0 && is_word(source[at - 1])) at = source.find(call, at + 1);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t begin = at + call.size();
  const std::size_t stop = source.find_first_of("{)", begin);
  if (stop == std::string_view::npos) return std::nullopt;
  const std::string name(source.substr(begin, stop - begin));
  if (source[stop] == '{') {
    return replace_in_column(context.model(), column, source.substr(at, stop + 1 - at), std::string(type) + "(" + name + "{ length: 255,");
  }
  const std::string separator = name.empty() ? "" : ", ";
  return replace_in_column(context.model(), column, source.substr(at, stop + 1 - at),
                           std::string(type) + "(" + name + separator + "{ length: 255 })");
}

void report(const RuleContext& context, const Table& table, const Column& column, const std::vector<Use>& uses) {
  const std::string type = plain_type(column);
  Finding& finding = context.report(column.span, column_subject(column),
                                    display_name(table, column) + " is " + type + " and part of " + uses.front().text +
                                        (uses.size() > 1 ? " and " + std::to_string(uses.size() - 1) + " more" : "") +
                                        ", which MySQL refuses without a length");
  finding.note =
      "MySQL stops the migration with error 1170 (BLOB/TEXT column used in key specification without a key length); drizzle-kit " +
      std::string(context.model().orm_v1 ? "refuses unique constraints of this kind and generates the rest"
                                         : "generates the statement and exits with 0");
  for (const Use& use : uses) finding.evidence.push_back({"declaration", use.text + " has " + column_name(column), use.span});
  finding.evidence.push_back(type_evidence(table, column));
  const std::string_view to = is_blob(type) ? "varbinary" : "varchar";
  finding.help = "make it " + std::string(to) + " with a length; where values may be longer, index a prefix: index(\"…\").on(sql`" +
                 column_name(column) + "(191)`)";
  finding.change = propose(context, column, column.builder, to);
}

void check(const RuleContext& context) {
  if (context.model().dialect != Dialect::kMysql) return;
  for (const Table& table : context.model().tables) {
    for (const Column& column : table.columns) {
      const std::string type = plain_type(column);
      if (!is_text(type) && !is_blob(type)) continue;
      const std::vector<Use> uses = uses_of(table, column);
      if (!uses.empty()) report(context, table, column, uses);
    }
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "text-key-without-length",
    .summary = "A MySQL text or blob column is part of a key, unique constraint or index, which needs a length.",
    .category = "silently-dropped",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::text_key_without_length
