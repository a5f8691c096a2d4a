// Configs that cannot be used: what people are told, and where.
#include <algorithm>

#include "project_folder.h"

namespace drizzle_audit::project {
namespace {

struct Bad {
  std::string name;
  std::string text;
  std::string error;  ///< begins so: path:line:column: message
  std::string help;   ///< part of it
};

void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.name; }

class BadConfig : public ::testing::TestWithParam<Bad> {};

TEST_P(BadConfig, IsAnError) {
  const Bad& bad = GetParam();
  const ProjectFolder project{{"src/schema.ts", kTable}, {"drizzle.config.ts", bad.text}};
  EXPECT_EQ(project.error_line().substr(0, bad.error.size()), bad.error);
  EXPECT_TRUE(contains(project.error().help, bad.help)) << project.error().help;
}

INSTANTIATE_TEST_SUITE_P(
    All, BadConfig,
    ::testing::Values(
        Bad{"empty_file", "", "drizzle.config.ts: drizzle.config.ts exports no config", "export default defineConfig("},
        Bad{"no_default", "export const config = { schema: 'x' };", "drizzle.config.ts: drizzle.config.ts exports no config",
            "export default"},
        Bad{"does_not_parse", "export default {\n  schema: ,,\n  dialect ((\n", "drizzle.config.ts:", ""},
        Bad{"throws", "function config() { throw new Error('boom'); }\nexport default config();", "drizzle.config.ts:", "--schema"},
        Bad{"exports_a_function", "export default () => ({ schema: './src/schema.ts' });",
            "drizzle.config.ts: drizzle.config.ts must export an object, not a function", ""},
        Bad{"exports_a_text", "export default './src/schema.ts';", "drizzle.config.ts: drizzle.config.ts must export an object, not a text",
            ""},
        Bad{"from_a_package", "import { config } from '@acme/presets';\nexport default config({ schema: './src/schema.ts' });",
            "drizzle.config.ts:1:10: what drizzle.config.ts exports cannot be told without running the config: the package '@acme/presets' "
            "is not read",
            "--schema"},
        Bad{"no_schema", "export default { dialect: 'sqlite' };", "drizzle.config.ts: drizzle.config.ts has no `schema`", "--schema"},
        Bad{"schema_undefined", "export default { schema: undefined };", "drizzle.config.ts: drizzle.config.ts has no `schema`",
            "--schema"},
        Bad{"schema_is_no_text", "export default {\n  schema: 42,\n};",
            "drizzle.config.ts:2:11: `schema` must be a text or a list of texts, not a number", ""},
        Bad{"schema_is_an_object", "export default {\n  schema: {},\n};",
            "drizzle.config.ts:2:11: `schema` must be a text or a list of texts, not an object", ""},
        Bad{"schema_list_is_empty", "export default {\n  schema: [],\n};",
            "drizzle.config.ts:2:11: `schema` names no file: the list is empty", ""},
        Bad{"schema_text_is_empty", "export default { schema: '' };", "drizzle.config.ts:1:26: `schema` names no file: the text is empty",
            ""},
        Bad{"schema_list_with_null", "export default { schema: ['./src/schema.ts',\n null] };",
            "drizzle.config.ts:2:2: `schema` must be a text or a list of texts, not a list with null", ""},
        Bad{"schema_by_environment", "export default {\n  schema: process.env.TEST ? './a.ts' : './src/schema.ts',\n};",
            "drizzle.config.ts:2:11: `schema` cannot be told without running the config: process.env.TEST is only known at run time",
            "--schema 'src/db/schema/*.ts'"},
        Bad{"schema_in_unknown_spread", "import base from '@acme/base';\nexport default { ...base };",
            "drizzle.config.ts:1:8: `schema` cannot be told without running the config: the package '@acme/base' is not read", "--schema"},
        Bad{"schema_names_no_file", "export default {\n  dialect: 'sqlite',\n  out: 'x',\n  schema: './src/shema.ts',\n};",
            "drizzle.config.ts:4:11: `schema` names no file: ./src/shema.ts", "did you mean ./src/schema.ts?"},
        Bad{"dialect_slip", "export default {\n  schema: './src/schema.ts',\n  dialect: 'postgressql',\n};",
            "drizzle.config.ts:3:12: there is no dialect 'postgressql'", "did you mean postgresql?"},
        Bad{"dialect_by_habit", "export default { schema: './src/schema.ts', dialect: 'pg' };",
            "drizzle.config.ts:1:54: there is no dialect 'pg'", "did you mean postgresql?"},
        Bad{"dialect_of_nobody", "export default { schema: './src/schema.ts', dialect: 'oracle-database' };",
            "drizzle.config.ts:1:54: there is no dialect 'oracle-database'", "dialects are postgresql, mysql"},
        Bad{"dialect_gel", "export default { schema: './src/schema.ts', dialect: 'gel' };",
            "drizzle.config.ts:1:54: the dialect gel is not supported", "postgresql"},
        Bad{"dialect_is_no_text", "export default { schema: './src/schema.ts', dialect: 1 };",
            "drizzle.config.ts:1:54: `dialect` must be a text, not a number", ""},
        Bad{"casing", "export default { schema: './src/schema.ts', casing: 'snake' };",
            "drizzle.config.ts:1:53: `casing` must be 'snake_case' or 'camelCase'", ""},
        Bad{"recursion", "const f = (): any => f();\nexport default f();", "drizzle.config.ts:", "--schema"}),
    [](const ::testing::TestParamInfo<Bad>& item) { return item.param.name; });

TEST(ConfigErrors, SyntaxErrorNamesItsPlace) {
  const ProjectFolder project{{"drizzle.config.ts", "export default {\n  schema: './a.ts'\n  dialect ((\n"}};
  EXPECT_TRUE(contains(project.error().message, "does not parse")) << project.error_line();
  EXPECT_NE(project.error().line, 0U);
}

TEST(ConfigErrors, JsonNamesItsLine) {
  const ProjectFolder project{{"drizzle.config.json", "{\n  \"schema\": \"./a.ts\",\n  \"dialect\" \"mysql\"\n}\n"}};
  EXPECT_TRUE(contains(project.error_line(), "drizzle.config.json:3:")) << project.error_line();
  EXPECT_TRUE(contains(project.error_line(), "is not JSON")) << project.error_line();
}

TEST(ConfigErrors, JsonWithAMissingFileNamesTheKey) {
  const ProjectFolder project{{"drizzle.config.json", "{\n  \"schema\": \"./a.ts\"\n}\n"}};
  EXPECT_EQ(project.error_line(), "drizzle.config.json:2:3: `schema` names no file: ./a.ts");
  EXPECT_EQ(project.error().help, "no file here defines tables");
}

TEST(ConfigErrors, EmptyJson) {
  const ProjectFolder project{{"drizzle.config.json", ""}};
  EXPECT_TRUE(contains(project.error_line(), "drizzle.config.json")) << project.error_line();
}

TEST(ConfigErrors, ConfigIsAFolder) {
  ProjectFolder project{{"drizzle.config.ts/index.ts", "export default {};"}};
  project.options.drizzle_config = project.at("drizzle.config.ts").string();
  EXPECT_EQ(project.error_line(), "drizzle.config.ts: drizzle.config.ts is a folder, not a file");
}

TEST(ConfigErrors, ConfigDoesNotExist) {
  ProjectFolder project{{"s.ts", kTable}};
  project.options.drizzle_config = project.at("drizzle.config.ts").string();
  EXPECT_TRUE(contains(project.error_line(), "drizzle.config.ts: drizzle.config.ts cannot be read: ")) << project.error_line();
}

TEST(ConfigErrors, ConfigIsBinary) {
  const ProjectFolder project{{"drizzle.config.ts", std::string("export default\0{}", 17)}};
  EXPECT_EQ(project.error_line(), "drizzle.config.ts: drizzle.config.ts cannot be read: it is a binary file");
}

TEST(ConfigErrors, ConfigIsUnreadable) {
  const ProjectFolder project{{"drizzle.config.ts", "export default {};"}};
  std::filesystem::permissions(project.at("drizzle.config.ts"), std::filesystem::perms::none);
  const auto content = workspace::DiskFileSystem().read(project.at("drizzle.config.ts").string(), 100);
  if (std::holds_alternative<std::string>(content)) GTEST_SKIP() << "this user may read everything";
  EXPECT_TRUE(contains(project.error_line(), "cannot be read")) << project.error_line();
}

TEST(ConfigErrors, ImportCycleEnds) {
  const ProjectFolder project{{"a.ts", "import { b } from './b';\nexport const a = b;"},
                              {"b.ts", "import { a } from './a';\nexport const b = a;"},
                              {"drizzle.config.ts", "import { a } from './a';\nexport default { schema: a };"}};
  EXPECT_TRUE(contains(project.error_line(), "drizzle.config.ts:2:26: `schema` cannot be told")) << project.error_line();
}

TEST(ConfigErrors, ConfigImportsItself) {
  const ProjectFolder project{{"drizzle.config.ts", "import me from './drizzle.config';\nexport default { schema: me.schema };"}};
  EXPECT_TRUE(contains(project.error_line(), "drizzle.config.ts")) << project.error_line();
}

TEST(ConfigErrors, OneOfSeveralIsAHint) {
  const ProjectFolder project{{"s.ts", kTable},
                              {"drizzle.config.ts", "export default { schema: './s.ts' };"},
                              {"drizzle.config.prod.ts", "export default {\n  schema: './gone.ts' };"}};
  EXPECT_EQ(project.files(), Paths{"s.ts"});
  EXPECT_TRUE(contains(project.hints(), "drizzle.config.prod.ts:2:11: `schema` names no file: ./gone.ts")) << project.hints();
}

TEST(ConfigErrors, AllOfSeveralAreAnError) {
  const ProjectFolder project{{"drizzle.config.ts", ""}, {"drizzle.config.prod.ts", ""}};
  EXPECT_TRUE(contains(project.error_line(), "exports no config")) << project.error_line();
}

TEST(ConfigErrors, AtMostThreeSuggestions) {
  const ProjectFolder project{{"a/one.ts", kTable},
                              {"a/two.ts", kTable},
                              {"a/users.ts", kTable},
                              {"a/four.ts", kTable},
                              {"drizzle.config.ts", "export default { schema: './b/users.ts' };"}};
  const std::string help = project.error().help;
  EXPECT_TRUE(help.starts_with("did you mean ./a/users.ts, ")) << help;
  EXPECT_EQ(std::count(help.begin(), help.end(), '/'), 6) << help;
}

}  // namespace
}  // namespace drizzle_audit::project
