#include "sample.h"

#include <algorithm>
#include <array>

namespace drizzle_audit::report_tests {
namespace {

constexpr Rule kForeignKeyRule{.id = "missing-foreign-key",
                               .summary = "A column holds a key, but no foreign key says so",
                               .category = "integrity",
                               .severity = Severity::kError};
constexpr Rule kIndexRule{.id = "missing-index",
                          .summary = "A reference that no index leads to",
                          .category = "performance",
                          .severity = Severity::kWarning,
                          .preset = Preset::kStrict};
constexpr Rule kNameRule{
    .id = "odd-name", .summary = "A name with \"quotes\", <tags> & more", .category = "project", .severity = Severity::kInfo};

constexpr std::array<RegisteredRule, 3> kRules = {{
    {&kForeignKeyRule, "# missing-foreign-key\n\nA column holds a key.\n\n## Why\n\nRows that point\nnowhere.\n\nMore.\n"},
    {&kIndexRule, "# missing-index\n\nNo index.\n"},
    {&kNameRule, "# odd-name\n\n`<b>` and | and \"x\".\n\n## Why\n\nBecause.\n"},
}};

constexpr std::string_view kPlainText =
    "import { pgTable, uuid } from \"drizzle-orm/pg-core\";\n"
    "\n"
    "export const stores = pgTable(\"stores\", { id: uuid(\"id\").primaryKey() });\n"
    "export const orders = pgTable(\"orders\", {\n"
    "  /* 𝒳é */ storeId: uuid(\"store_id\"),\n"
    "});\n";
constexpr std::string_view kHostileText =
    "\xEF\xBB\xBF// \xff not UTF-8\r\n"
    "export const t = pgTable(\"<script>alert(1)</script>\", {\r\n"
    "\tid: text(`</script>`),\r\n"
    "});";
// Everything that some format takes for its own: XML, Markdown, workflow commands, terminals, JSON in HTML.
constexpr std::string_view kHostileWords =
    "<script>alert(1)</script> \"q\" 'q' & ]]> | `code` *b* _i_ [l](http://x.test) @user #12 $x$ 50%, a:b\n::error::injected\r\t"
    "\x1b[31mred\x07 \xe2\x80\xae"
    "reversed \xff \xEF\xBF\xBE \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x90\x98 <!-- ${x} {{y}}";

Span find(const Sources& sources, FileId file, std::string_view text) {
  const auto start = static_cast<std::uint32_t>(sources.text(file).find(text));
  return {file, start, start + static_cast<std::uint32_t>(text.size())};
}

Finding make(std::string_view rule, Severity severity, Span span, std::string fingerprint, std::string message) {
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  finding.span = span;
  finding.fingerprint = std::move(fingerprint);
  finding.message = std::move(message);
  return finding;
}

}  // namespace

Sample::Sample() {
  plain_ = sources_.add("src/db/schema.ts", std::string(kPlainText));
  hostile_ = sources_.add("src/we ird/it's \"quoted\", 50% off: <a>&\n[b]/\xc3\xb1\xe6\x97\xa5\x1b[31m.ts", std::string(kHostileText));
  model_.sources = &sources_;
  model_.config_path = "drizzle.config.ts";
  result_.sources = &sources_;
  add_plain_findings();
  add_hostile_findings();
  add_findings_that_do_not_count();
  std::stable_sort(result_.findings.begin(), result_.findings.end(), [&](const Finding& a, const Finding& b) {
    const auto path = [&](const Finding& finding) {
      return finding.span.somewhere() ? sources_.path(finding.span.file) : std::string_view();
    };
    return path(a) < path(b);
  });
  result_.coverage = {.schemas = 1, .files = 2, .tables = 3, .columns = 3, .domain_types = 0, .unknowns = 1};
  result_.summary = {.errors = 2, .warnings = 2, .infos = 1, .suppressed = 1, .baselined = 1, .fixable = 3};
  result_.unknowns.push_back({"process.env.PREFIX is only known at run time", find(sources_, plain_, "uuid(\"id\")")});
  clean_.sources = &sources_;
  clean_.coverage = result_.coverage;
  clean_.coverage.unknowns = 0;
}

void Sample::add_plain_findings() {
  const Span column = find(sources_, plain_, "storeId: uuid(\"store_id\")");
  Finding key = make("missing-foreign-key", Severity::kError, column, "missing-foreign-key public.orders(store_id)",
                     "orders.store_id references stores.id, but no foreign key says so");
  key.confidence = Confidence::kHigh;
  key.subject = {.kind = SubjectKind::kColumn, .schema = std::nullopt, .table = "orders", .columns = {"store_id"}, .name = {}};
  key.note = "the database accepts rows that point nowhere";
  key.help = "add .references(() => stores.id) to storeId";
  key.evidence = {{"type", "both are uuid", find(sources_, plain_, "uuid(\"id\")")}, {"name", "store_id names stores", column}};
  key.related = {{"stores.id", find(sources_, plain_, "id: uuid(\"id\").primaryKey()")}};
  key.change = AddForeignKey{.table = {std::nullopt, "orders"},
                             .columns = {"store_id"},
                             .foreign_table = {std::nullopt, "stores"},
                             .foreign_columns = {"id"},
                             .name = "orders_store_id_stores_id_fk"};
  key.fix = Fix{Applicability::kSafe, {{{plain_, column.end, column.end}, ".references(() => stores.id)"}}};
  key.model = &model_;
  result_.findings.push_back(key);

  // Two edits, the first of which adds an import.
  const Span import_end = find(sources_, plain_, " } from");
  Finding index = make("missing-index", Severity::kWarning, column, "missing-index public.orders(store_id)", "no index on orders.store_id");
  index.confidence = Confidence::kMedium;
  index.subject = key.subject;
  index.change = AddIndex{{std::nullopt, "orders"}, {"store_id"}, "orders_store_id_index"};
  index.fix = Fix{Applicability::kUnsafe,
                  {{{plain_, import_end.start, import_end.start}, ", index"},
                   {find(sources_, plain_, "});\n"), "}, (t) => [index(\"orders_store_id_index\").on(t.storeId)]);\n"}}};
  result_.findings.push_back(index);

  // Over several lines, and a fix in two files.
  const std::uint32_t table = find(sources_, plain_, "pgTable(\"orders\"").start;
  Finding whole = make("odd-name", Severity::kWarning, {plain_, table, static_cast<std::uint32_t>(kPlainText.size()) - 2},
                       "odd-name public.orders", "orders spans lines");
  whole.subject.table = "orders";
  whole.fix = Fix{Applicability::kSafe, {{{plain_, table, table + 7}, "myTable"}, {find(sources_, hostile_, "pgTable"), "myTable"}}};
  result_.findings.push_back(whole);

  Finding nowhere = make("missing-foreign-key", Severity::kError, Span{}, "missing-foreign-key (schema)", "the schema has no foreign keys");
  nowhere.model = &model_;
  result_.findings.push_back(nowhere);
}

void Sample::add_hostile_findings() {
  const std::string words(kHostileWords);
  Finding odd =
      make("odd-name", Severity::kInfo, find(sources_, hostile_, "id: text(`</script>`)"), "odd-name public." + words, "message " + words);
  odd.subject = {.kind = SubjectKind::kColumn, .schema = "a<b", .table = "<script>alert(1)</script>", .columns = {words}, .name = words};
  odd.note = "note " + words;
  odd.help = "help " + words;
  odd.evidence = {{"name", "evidence " + words, find(sources_, hostile_, "pgTable")}};
  odd.related = {{"related " + words, find(sources_, hostile_, "pgTable")}};
  odd.change = ReplaceColumn{{std::nullopt, "<script>"}, words, "from " + words, "to " + words};
  result_.findings.push_back(odd);
}

void Sample::add_findings_that_do_not_count() {
  Finding suppressed =
      make("odd-name", Severity::kError, find(sources_, plain_, "pgTable(\"stores\""), "odd-name public.stores", "stores is suppressed");
  suppressed.suppressed = Suppression{SuppressionKind::kInline, "we <b>like</b> it & \"want\" it"};
  result_.findings.push_back(suppressed);
  Finding known = make("missing-index", Severity::kWarning, find(sources_, plain_, "pgTable(\"stores\""), "missing-index public.stores",
                       "stores is in the baseline");
  known.suppressed = Suppression{SuppressionKind::kBaseline, ""};
  result_.findings.push_back(known);
}

report::Report Sample::report() const { return {.result = result_, .rules = kRules, .models = {}, .has_baseline = true}; }

report::Report Sample::clean_report() const { return {.result = clean_, .rules = kRules, .models = {}}; }

}  // namespace drizzle_audit::report_tests
