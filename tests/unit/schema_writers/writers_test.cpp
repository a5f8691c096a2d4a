// The writers of src/report/schema_*.cpp on models of real schemas (models/*.json) and on a few made by hand for what those lack:
// unknown facts, names that need escaping, invalid UTF-8.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "model_from_json.h"
#include "report/schema_dbml.h"
#include "report/schema_dot.h"
#include "report/schema_json.h"
#include "report/schema_mermaid.h"
#include "report/schema_sql.h"

namespace drizzle_audit {
namespace {

using Json = nlohmann::ordered_json;
using namespace std::string_view_literals;

Json read_json(const std::filesystem::path& path) {
  std::ifstream in(path);
  return Json::parse(in);
}

std::vector<std::filesystem::path> model_files() {
  const std::filesystem::directory_iterator folder(std::filesystem::path(DRZ_SOURCE_DIR) / "tests/unit/schema_writers/models");
  std::vector<std::filesystem::path> files;
  for (const auto& entry : folder) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// Without what only one side has: places and what was not understood here, what needs execution there.
Json comparable(const Json& json) {
  if (json.is_array()) {
    Json out = Json::array();
    for (const Json& item : json) out.push_back(comparable(item));
    return out;
  }
  if (!json.is_object()) return json;
  Json out = Json::object();
  for (const auto& [key, value] : json.items()) {
    if (key == "location" || key == "config" || key == "incomplete" || key == "unknowns") continue;
    if (key == "drizzleOrm" || key == "stubbed" || key == "dataType" || key == "hasDefault") continue;
    out[key] = comparable(value);
  }
  return out;
}

/// With every list that the writer sorts turned round. Namesakes keep their order: it is that of the source.
Json turned_round(Json json) {
  const auto turn = [](Json& list) {
    std::reverse(list.begin(), list.end());
    for (auto first = list.begin(); first != list.end();) {
      const auto other = [&](const Json& item) { return item.value("name", Json()) != first->value("name", Json()); };
      const auto last = std::find_if(first, list.end(), other);
      std::reverse(first, last);
      first = last;
    }
  };
  for (const char* key : {"tables", "enums", "schemas", "sequences", "roles", "policies", "views", "relations"}) turn(json.at(key));
  for (Json& table : json.at("tables")) {
    for (const char* key : {"foreignKeys", "indexes", "uniques", "checks", "policies"}) turn(table.at(key));
  }
  return json;
}

class WritersOnModel : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(WritersOnModel, JsonIsWhatDrizzleOrmSays) {
  const Json expected = read_json(GetParam());
  std::pmr::monotonic_buffer_resource arena;
  const Sources sources;
  const Model model = tests::model_from_json(turned_round(expected), arena, sources);
  EXPECT_EQ(comparable(Json::parse(report::schema_json(model))).dump(2), comparable(expected).dump(2));
}

TEST_P(WritersOnModel, SqlNamesEveryTableOnce) {
  const Json json = read_json(GetParam());
  std::pmr::monotonic_buffer_resource arena;
  const Sources sources;
  const Model model = tests::model_from_json(json, arena, sources);
  const std::string sql = report::schema_sql(model);
  std::size_t found = 0;
  for (std::size_t at = sql.find("CREATE TABLE "); at != std::string::npos; at = sql.find("CREATE TABLE ", at + 1)) ++found;
  EXPECT_EQ(found, model.tables.size());
  EXPECT_EQ(sql.find("unknown"), std::string::npos) << sql;
}

INSTANTIATE_TEST_SUITE_P(Models, WritersOnModel, testing::ValuesIn(model_files()), [](const auto& test) {
  std::string name = test.param.stem().string();
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});

/// One table with one column, to be changed by each test.
struct SmallModel {
  SmallModel() {
    column.key = "storeId";
    column.name = "store_id"sv;
    column.column_type = "PgUUID";
    column.sql_type = "uuid"sv;
    column.table = &table;
    table.export_name = "products";
    table.name = "products"sv;
    finish();
  }
  void finish() {
    table.columns = {&column, 1};
    model.tables = {&table, 1};
    model.sources = &sources;
  }
  Sources sources;
  Column column;
  Table table;
  Model model;
};

TEST(SchemaJson, UnknownFactsCarryTheirReasonAndPlace) {
  SmallModel small;
  const FileId file = small.sources.add("src/a.ts", "const x = process.env.X;\n");
  small.table.name = Unknown{"process.env.X is only known at run time", Span{file, 10, 23}};
  small.table.incomplete.indexes = true;
  small.table.span = Span{file, 0, 24};
  const Json json = Json::parse(report::schema_json(small.model));
  const Json& table = json.at("tables").at(0);
  EXPECT_EQ(table.at("name").dump(), R"({"unknown":"process.env.X is only known at run time",)"
                                     R"("location":{"path":"src/a.ts","line":1,"column":11,"endLine":1,"endColumn":24}})");
  EXPECT_EQ(table.at("incomplete").dump(), R"(["indexes"])");
  EXPECT_EQ(table.at("location").at("endColumn"), 25);
  EXPECT_TRUE(table.at("columns").at(0).at("location").is_null());
}

TEST(SchemaJson, InvalidUtf8IsReplaced) {
  SmallModel small;
  small.column.key = "a\xFF\xC3\xA9\xE2\x82\"\x01\n";  // a lone byte, é, a cut-off €, a quote, controls
  const std::string json = report::schema_json(small.model);
  EXPECT_NE(json.find("a\xEF\xBF\xBD\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD\\\"\\u0001\\n"), std::string::npos) << json;
  EXPECT_TRUE(Json::accept(json));
}

TEST(SchemaJson, SeveralModelsAreAList) {
  const SmallModel small;
  const Model* const two[] = {&small.model, &small.model};
  EXPECT_EQ(Json::parse(report::schema_json(two)).at("schemas").size(), 2U);
  const Model* const one[] = {&small.model};
  EXPECT_EQ(report::schema_json(one), report::schema_json(small.model));
}

TEST(SchemaJson, HiddenTablesAndForgottenReturnsAreNotDrizzles) {
  SmallModel small;
  IgnoredExtra nothing;
  nothing.kind = "undefined";
  nothing.reason = IgnoredReason::kReturnsNothing;
  small.table.ignored_extras = {&nothing, 1};
  EXPECT_TRUE(Json::parse(report::schema_json(small.model)).at("tables").at(0).at("ignoredExtras").empty());
  small.model.hidden_tables = small.model.tables;
  small.model.tables = {};
  EXPECT_TRUE(Json::parse(report::schema_json(small.model)).at("tables").empty());
}

TEST(SchemaSql, UnknownFactsAreComments) {
  SmallModel small;
  small.column.sql_type = Unknown{"a sneaky */ reason", {}};
  const std::string sql = report::schema_sql(small.model);
  EXPECT_NE(sql.find("\"store_id\" /* unknown: a sneaky * / reason */"), std::string::npos) << sql;
}

TEST(SchemaSql, BoundValuesAreWrittenOut) {
  SmallModel small;
  const std::string_view params[] = {"10", R"("it's $1")"};
  Check check;
  check.name = "c"sv;
  check.value = SqlText{"a > $1 and b <> $2 and c <> '$1'", params};
  small.table.checks = {&check, 1};
  const std::string sql = report::schema_sql(small.model);
  EXPECT_NE(sql.find("CHECK (a > 10 and b <> 'it''s $1' and c <> '$1')"), std::string::npos) << sql;
}

TEST(SchemaSql, ForeignKeyToATableThatIsNotCreatedIsAComment) {
  SmallModel small;
  Table stores;
  stores.name = "stores"sv;
  const Column* const columns[] = {&small.column};
  ForeignKey key;
  key.name = std::optional<std::string_view>("fk");
  key.columns = columns;
  key.foreign_table = &stores;
  key.foreign_columns = columns;
  small.table.foreign_keys = {&key, 1};
  const std::string sql = report::schema_sql(small.model);
  EXPECT_NE(sql.find("/* the referenced table is not exported"), std::string::npos) << sql;
  EXPECT_EQ(report::schema_mermaid(small.model).find("--"), std::string::npos);
  EXPECT_EQ(report::schema_dbml(small.model).find("Ref:"), std::string::npos);
  EXPECT_EQ(report::schema_dot(small.model).find("->"), std::string::npos);
}

TEST(SchemaMermaid, NamesAreMadeLexable) {
  SmallModel small;
  small.table.name = "we\"ird 100% \\table"sv;
  small.column.name = "1st column"sv;
  small.column.sql_type = "timestamp (3) with time zone"sv;
  EXPECT_EQ(report::schema_mermaid(small.model),
            "erDiagram\n  \"we_ird 100_ _table\" {\n    timestamp(3)_with_time_zone _1st_column \"1st column\"\n  }\n");
}

}  // namespace
}  // namespace drizzle_audit
