// The engine: severity, order, duplicates, fingerprints, gate; and missing-foreign-key over models made by hand.
#include "audit/audit.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "audit/gate.h"
#include "unit/audit/model_builder.h"

namespace drizzle_audit::audit_tests {
namespace {

const Rule* rule(std::string_view id) {
  for (const RegisteredRule& registered : all_rules()) {
    if (registered.rule->id == id) return registered.rule;
  }
  return nullptr;
}

audit::AuditResult run(const Model& model, const std::vector<const Rule*>& rules) {
  const TenantModel tenants;
  const Queries queries;
  const std::vector<RuleInput> inputs = {{.model = &model, .tenants = &tenants, .queries = &queries}};
  return audit::run(inputs, config::default_settings(rules));
}

audit::AuditResult missing_keys(const Model& model) { return run(model, {rule("missing-foreign-key")}); }

const Column& column(const Model& model, std::string_view table, std::string_view name) {
  const auto at = std::find_if(model.tables.begin(), model.tables.end(), [&](const Table& t) { return t.name.is(table); });
  return *find_column(*at, name);
}

/// The same, as the code's joins and the config's policy would have it.
audit::AuditResult missing_keys(const Model& model, const std::vector<ColumnJoin>& joins,
                                ForeignKeyPolicy policy = ForeignKeyPolicy::kAutomatic) {
  const TenantModel tenants;
  Queries queries;
  Query& query = queries.queries.emplace_back();
  query.kind = QueryKind::kSelect;
  query.joins = joins;
  const std::vector<RuleInput> inputs = {{.model = &model, .tenants = &tenants, .queries = &queries, .foreign_keys = policy}};
  const std::vector<const Rule*> rules = {rule("missing-foreign-key")};
  return audit::run(inputs, config::default_settings(rules));
}

void report_columns(const RuleContext& context) {
  for (const Table& table : context.model().tables) {
    for (const Column& column : table.columns) {
      Subject subject;
      subject.table = std::string(table.name.value());
      context.report(column.span, subject, "column").confidence = Confidence::kMedium;
    }
  }
}
constexpr Rule kReportColumns = {.id = "zz-columns", .summary = "", .category = "", .severity = Severity::kError, .check = report_columns};
constexpr Rule kReportColumnsToo = {
    .id = "aa-columns", .summary = "", .category = "", .severity = Severity::kInfo, .check = report_columns};

TEST(Audit, SortsByPlaceThenRule) {
  ModelBuilder builder;
  const audit::AuditResult result = run(builder.table("a", {"id uuid", "x text"}).build(), {&kReportColumns, &kReportColumnsToo});
  std::vector<std::string> order;
  for (const Finding& finding : result.findings) order.push_back(std::string(finding.rule) + std::to_string(finding.span.start));
  EXPECT_EQ(order, (std::vector<std::string>{"aa-columns4", "zz-columns4", "aa-columns14", "zz-columns14"}));
}

TEST(Audit, MediumConfidenceNeverStaysAnError) {
  ModelBuilder builder;
  const audit::AuditResult result = run(builder.table("a", {"id uuid"}).build(), {&kReportColumns});
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].severity, Severity::kWarning);
  EXPECT_EQ(result.summary.warnings, 1U);
}

constexpr Rule kLowers = {
    .id = "lowers", .summary = "", .category = "", .severity = Severity::kWarning, .check = [](const RuleContext& context) {
      for (const Table& table : context.model().tables) {
        Subject subject;
        subject.table = std::string(table.name.value());
        context.report(table.columns.front().span, subject, "as usual");
        context.report(table.columns.front().span, subject, "lowered").severity = Severity::kInfo;
      }
    }};

/// "table message severity" of what `kLowers` reports on the tables a and b.
std::vector<std::string> levels_with(const config::Settings& settings) {
  ModelBuilder builder;
  const Model& model = builder.table("a", {"id uuid"}).table("b", {"id uuid"}).build();
  const TenantModel tenants;
  const Queries queries;
  const std::vector<RuleInput> inputs = {{.model = &model, .tenants = &tenants, .queries = &queries}};
  std::vector<std::string> found;
  for (const Finding& finding : audit::run(inputs, settings).findings) {
    found.push_back(finding.subject.table + " " + finding.message + " " + std::string(to_string(finding.severity)));
  }
  std::sort(found.begin(), found.end());
  return found;
}

config::Settings lowers_at(config::Level level) { return {.rules = {{.rule = &kLowers, .level = level, .options = {}}}, .overrides = {}}; }

config::OverrideSetting tables_at(const char* pattern, config::Level level) {
  config::OverrideSetting part;
  part.tables.emplace_back(pattern);
  part.levels["lowers"] = level;
  return part;
}

TEST(Audit, ALevelLeavesLoweredFindingsLow) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(levels_with(lowers_at(Severity::kError)), (Texts{"a as usual error", "a lowered info", "b as usual error", "b lowered info"}));
  EXPECT_EQ(levels_with(lowers_at(Severity::kInfo)), (Texts{"a as usual info", "a lowered info", "b as usual info", "b lowered info"}));
  EXPECT_EQ(levels_with(lowers_at(std::nullopt)), Texts{});
}

TEST(Audit, TheLastOverrideThatMatchesWins) {
  using Texts = std::vector<std::string>;
  config::Settings settings = lowers_at(Severity::kWarning);
  settings.overrides.push_back(tables_at("*", std::nullopt));
  settings.overrides.push_back(tables_at("public.a", Severity::kError));
  EXPECT_EQ(levels_with(settings), (Texts{"a as usual error", "a lowered info"}));

  config::Settings other = lowers_at(std::nullopt);
  other.overrides.push_back(tables_at("b", Severity::kWarning));
  EXPECT_EQ(levels_with(other), (Texts{"b as usual warning", "b lowered info"})) << "off, and on for one table";
}

TEST(Audit, OverridesMatchPathsFromTheirFolder) {
  config::Settings settings = lowers_at(Severity::kWarning);
  settings.root = "/top/app";
  config::OverrideSetting& part = settings.overrides.emplace_back();
  part.folder = "/top";
  part.files.emplace_back("app/*.ts");
  part.levels["lowers"] = std::nullopt;
  EXPECT_TRUE(levels_with(settings).empty());
  settings.overrides[0].schemas.emplace_back("other");
  EXPECT_EQ(levels_with(settings).size(), 4U) << "every list must match";
}

TEST(Audit, FingerprintsAreUniqueAndHoldNoLine) {
  ModelBuilder builder;
  const audit::AuditResult result = run(builder.table("a", {"id uuid", "x text"}).build(), {&kReportColumns});
  ASSERT_EQ(result.findings.size(), 2U);
  EXPECT_EQ(result.findings[0].fingerprint, "zz-columns public.a");
  EXPECT_EQ(result.findings[1].fingerprint, "zz-columns public.a #2");
}

TEST(Audit, OnlyPostgresqlHasASchemaByDefault) {
  ModelBuilder builder(Dialect::kMysql);
  EXPECT_EQ(run(builder.table("a", {"id int"}).build(), {&kReportColumns}).findings.at(0).fingerprint, "zz-columns a");
}

TEST(Audit, AFileOfTwoSchemasIsReportedOnce) {
  ModelBuilder builder;
  const Model& model = builder.table("a", {"id uuid"}).build();
  const TenantModel tenants;
  const Queries queries;
  const std::vector<RuleInput> inputs(2, {.model = &model, .tenants = &tenants, .queries = &queries});
  const std::vector<const Rule*> rules = {&kReportColumns};
  const audit::AuditResult result = audit::run(inputs, config::default_settings(rules));
  EXPECT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.coverage.schemas, 2U);
  EXPECT_EQ(result.coverage.files, 1U);
}

TEST(Audit, NarrowsToPaths) {
  ModelBuilder builder;
  audit::AuditResult result = run(builder.table("a", {"id uuid"}).build(), {&kReportColumns});
  audit::narrow(result, [](std::string_view path) { return path == "other.ts"; });
  EXPECT_TRUE(result.findings.empty());
  EXPECT_EQ(result.summary.total(), 0U);
  EXPECT_EQ(result.coverage.tables, 1U) << "what was analysed stays";
}

TEST(Gate, FailsFromTheSeverityOn) {
  audit::Summary warnings;
  warnings.warnings = 2;
  EXPECT_FALSE(audit::fails(warnings, {Severity::kError, std::nullopt}));
  EXPECT_TRUE(audit::fails(warnings, {Severity::kWarning, std::nullopt}));
  EXPECT_TRUE(audit::fails(warnings, {Severity::kInfo, std::nullopt}));
  EXPECT_FALSE(audit::fails(warnings, {std::nullopt, std::nullopt}));
  EXPECT_FALSE(audit::fails(warnings, {Severity::kError, 2U}));
  EXPECT_TRUE(audit::fails(warnings, {Severity::kError, 1U}));
}

TEST(MissingForeignKey, ARelationIsCertain) {
  ModelBuilder builder;
  const auto result = missing_keys(builder.table("stores", {"id uuid"})
                                       .table("products", {"id uuid", "store_id uuid"})
                                       .relation("products", "store_id", "stores")
                                       .build());
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings[0];
  EXPECT_EQ(finding.severity, Severity::kError);
  EXPECT_EQ(finding.confidence, Confidence::kCertain);
  EXPECT_EQ(finding.fingerprint, "missing-foreign-key public.products(store_id)");
  const auto& change = std::get<AddForeignKey>(finding.change.value());
  EXPECT_EQ(change.name, "products_store_id_stores_id_fk");
  EXPECT_EQ(change.on_delete, "no action");
}

TEST(MissingForeignKey, FollowsTheActionsOfSiblings) {
  ModelBuilder builder;
  const auto result = missing_keys(builder.table("stores", {"id uuid"})
                                       .table("orders", {"id uuid", "store_id uuid"})
                                       .table("tags", {"id uuid", "store_id uuid"})
                                       .table("products", {"id uuid", "store_id uuid"})
                                       .foreign_key("orders", "store_id", "stores", "cascade")
                                       .foreign_key("tags", "store_id", "stores", "cascade")
                                       .build());
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].confidence, Confidence::kHigh);
  EXPECT_EQ(result.findings[0].message,
            "products.store_id references stores.id by its name and by 2 sibling tables, but no foreign key says so");
  EXPECT_EQ(std::get<AddForeignKey>(result.findings[0].change.value()).on_delete, "cascade");
}

TEST(MissingForeignKey, NameAndTypeAloneAreAWarning) {
  ModelBuilder builder;
  const auto result =
      missing_keys(builder.table("categories", {"id integer"}).table("products", {"id integer", "category_id integer"}).build());
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].severity, Severity::kWarning);
}

TEST(MissingForeignKey, StaysSilent) {
  const auto silent = [](const std::vector<std::string>& columns) {
    ModelBuilder builder;
    const auto result = missing_keys(builder.table("customers", {"id text"}).table("posts", {"id text"}).table("billing", columns).build());
    return result.findings.empty() ? std::string() : result.findings[0].message;
  };
  EXPECT_EQ(silent({"id text", "stripe_customer_id text"}), "");
  EXPECT_EQ(silent({"id text", "post_id text", "post_type text"}), "");
  EXPECT_EQ(silent({"id text", "session_id text"}), "");
  EXPECT_EQ(silent({"id text", "customer_id uuid"}), "");
  EXPECT_EQ(silent({"customer_id text"}), "");
  EXPECT_NE(silent({"id text", "customer_id text"}), "");
}

TEST(MissingForeignKey, AJoinIsASignOfItsOwn) {
  ModelBuilder builder;
  const Model& model = builder.table("categories", {"id integer"}).table("products", {"id integer", "category_id integer"}).build();
  const auto result = missing_keys(model, {{&column(model, "products", "category_id"), &column(model, "categories", "id"), Span{0, 1, 2}}});
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].severity, Severity::kError);
  EXPECT_EQ(result.findings[0].message,
            "products.category_id references categories.id by its name and by a join, but no foreign key says so");
  EXPECT_EQ(result.findings[0].evidence.front().kind, "join");
}

TEST(MissingForeignKey, AJoinOverrulesTheName) {
  ModelBuilder builder;
  const Model& model =
      builder.table("agents", {"id integer"}).table("users", {"id integer"}).table("calls", {"id integer", "agent_id integer"}).build();
  const auto result = missing_keys(model, {{&column(model, "users", "id"), &column(model, "calls", "agent_id"), Span{0, 1, 2}}});
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].message, "calls.agent_id references users.id by a join, but no foreign key says so");
}

TEST(MissingForeignKey, JoinsToTwoTablesProveNothing) {
  ModelBuilder builder;
  const Model& model =
      builder.table("agents", {"id integer"}).table("users", {"id integer"}).table("calls", {"id integer", "actor_id integer"}).build();
  const Column& actor = column(model, "calls", "actor_id");
  const auto result = missing_keys(
      model, {{&actor, &column(model, "users", "id"), Span{0, 1, 2}}, {&actor, &column(model, "agents", "id"), Span{0, 3, 4}}});
  EXPECT_TRUE(result.findings.empty());
}

TEST(MissingForeignKey, ARowIsNotAReferenceToItsOwnKind) {
  ModelBuilder builder;
  const auto result = missing_keys(builder.table("webhooks", {"id text"})
                                       .table("tags", {"id text"})
                                       .table("inbox_webhooks", {"id text", "webhook_id text"})
                                       .table("product_tags", {"id text", "product_id text", "tag_id text"})
                                       .build());
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].fingerprint, "missing-foreign-key public.product_tags(tag_id)");
}

TEST(MissingForeignKey, ARecordOfWhatRanOutlivesIt) {
  ModelBuilder builder;
  const auto result = missing_keys(builder.table("workflows", {"id text"})
                                       .table("row_executions", {"id text", "workflow_id text"})
                                       .table("schedules", {"id text", "workflow_id text"})
                                       .table("chats", {"id text", "workflow_id text"})
                                       .foreign_key("schedules", "workflow_id", "workflows")
                                       .foreign_key("chats", "workflow_id", "workflows")
                                       .build());
  EXPECT_TRUE(result.findings.empty());
}

TEST(MissingForeignKey, TheConfigDecidesWhetherTheyAreWanted) {
  ModelBuilder builder(Dialect::kMysql);
  const Model& model = builder.table("users", {"id bigint"})
                           .table("a", {"id bigint", "user_id bigint"})
                           .table("b", {"id bigint", "user_id bigint"})
                           .table("c", {"id bigint", "user_id bigint"})
                           .build();
  EXPECT_TRUE(missing_keys(model, {}, ForeignKeyPolicy::kNone).findings.empty());
  EXPECT_EQ(missing_keys(model, {}, ForeignKeyPolicy::kRequired).findings.size(), 3U);
}

TEST(MissingForeignKey, AMysqlSchemaWithoutAnyIsOneInfo) {
  ModelBuilder builder(Dialect::kMysql);
  const auto result = missing_keys(builder.table("users", {"id bigint"})
                                       .table("a", {"id bigint", "user_id bigint"})
                                       .table("b", {"id bigint", "user_id bigint"})
                                       .table("c", {"id bigint", "user_id bigint"})
                                       .build());
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].severity, Severity::kInfo);
}

}  // namespace
}  // namespace drizzle_audit::audit_tests
