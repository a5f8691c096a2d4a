// Configs as people write them: what is read from each.
#include "project_folder.h"

namespace drizzle_audit::project {
namespace {

struct Form {
  std::string name;
  std::string file;
  std::string text;
};

void PrintTo(const Form& form, std::ostream* out) { *out << form.name; }

/// Every one means ./src/schema.ts, mysql, out ./db and snake_case.
class ConfigForm : public ::testing::TestWithParam<Form> {};

TEST_P(ConfigForm, IsRead) {
  const Form& form = GetParam();
  const ProjectFolder project{{"src/schema.ts", kTable}, {form.file, form.text}};
  const Entry entry = project.entry();
  EXPECT_EQ(entry.files, Paths{project.at("src/schema.ts").string()});
  EXPECT_EQ(entry.dialect, Dialect::kMysql);
  EXPECT_EQ(entry.out_folder, project.at("db").string());
  EXPECT_EQ(entry.casing, Casing::kSnakeCase);
  EXPECT_EQ(entry.config_path, project.at(form.file).string());
}

const std::string kRest = "dialect: 'mysql', out: './db', casing: 'snake_case'";

INSTANTIATE_TEST_SUITE_P(
    All, ConfigForm,
    ::testing::Values(
        Form{"satisfies", "drizzle.config.ts",
             "import type { Config } from 'drizzle-kit';\nexport default { schema: './src/schema.ts', " + kRest + " } satisfies Config;"},
        Form{"define_config", "drizzle.config.ts",
             "import 'dotenv/config';\nimport { defineConfig, type Config } from 'drizzle-kit';\n"
             "export default defineConfig({ schema: './src/schema.ts', " +
                 kRest + ", dbCredentials: { url: process.env.URL! } } as Config);"},
        Form{"default_import", "drizzle.config.mts",
             "import kit from 'drizzle-kit';\nexport default kit.defineConfig({ schema: './src/schema.ts', " + kRest + " });"},
        Form{"variable", "drizzle.config.js", "const config = { schema: './src/schema.ts', " + kRest + " };\nexport default config;"},
        Form{"export_as_default", "drizzle.config.ts",
             "const config = { schema: './src/schema.ts', " + kRest + " };\nexport { config as default };"},
        Form{"changed_later", "drizzle.config.ts",
             "const config: any = { schema: 'x.ts', " + kRest + " };\nconfig.schema = './src/schema.ts';\nexport default config;"},
        Form{"common_js", "drizzle.config.cjs",
             "const { defineConfig } = require('drizzle-kit');\nmodule.exports = defineConfig({ schema: './src/schema.ts', " + kRest +
                 " });"},
        Form{"common_js_object", "drizzle.config.js",
             "require('dotenv').config();\nmodule.exports = { schema: './src/schema.ts', " + kRest + " };"},
        Form{"compiled_typescript", "drizzle.config.js",
             "\"use strict\";\nObject.defineProperty(exports, '__esModule', { value: true });\nvar kit_1 = require('drizzle-kit');\n"
             "exports.default = (0, kit_1.defineConfig)({ schema: './src/schema.ts', " +
                 kRest + " });"},
        Form{"cts", "drizzle.config.cts",
             "import { defineConfig } from 'drizzle-kit';\nexport = defineConfig({ schema: './src/schema.ts', " + kRest + " });"},
        Form{"json", "drizzle.config.json",
             R"({ "schema": "./src/schema.ts", "dialect": "mysql", "out": "./db", "casing": "snake_case" })"},
        Form{"spread", "drizzle.config.ts", "const base = { " + kRest + " };\nexport default { ...base, schema: './src/schema.ts' };"},
        Form{"unknown_spread", "drizzle.config.ts",
             "export default { schema: './src/schema.ts', " + kRest + ", ...(process.env.CI ? { driver: 'x' } : { dbCredentials: {} }) };"},
        Form{"function", "drizzle.config.ts",
             "function make(dir: string) { return { schema: `${dir}/schema.ts`, " + kRest + " }; }\nexport default make('./src');"},
        Form{"throwing_branch", "drizzle.config.ts",
             "const url = process.env.URL;\nif (!url) throw new Error('URL is missing');\n"
             "const make = () => { if (!process.env.X) { throw new Error('X'); } return { schema: './src/schema.ts', " +
                 kRest + ", url }; };\nexport default make();"},
        Form{"process_exit", "drizzle.config.ts",
             "import process from 'node:process';\nif (!process.env.URL) process.exit(1);\nexport default { schema: './src/schema.ts', " +
                 kRest + " };"},
        Form{"getter", "drizzle.config.ts", "export default { get schema() { return './src/schema.ts'; }, " + kRest + " };"},
        Form{"path_join", "drizzle.config.ts",
             "import path from 'path';\nexport default { schema: path.join(__dirname, 'src', 'schema.ts'), " + kRest + " };"},
        Form{"path_resolve_cwd", "drizzle.config.ts",
             "import { resolve } from 'node:path';\nexport default { schema: resolve(process.cwd(), 'src/schema.ts'), " + kRest + " };"},
        Form{"path_resolve", "drizzle.config.ts",
             "import * as path from 'path';\nexport default { schema: path.resolve('src/schema.ts'), " + kRest + " };"},
        Form{"file_url", "drizzle.config.ts",
             "import { relative } from 'node:path';\nimport { fileURLToPath } from 'node:url';\n"
             "export default { schema: relative(process.cwd(), fileURLToPath(new URL('./src/schema.ts', import.meta.url))), " +
                 kRest + " };"},
        Form{"import_meta", "drizzle.config.mjs", "export default { schema: `${import.meta.dirname}/src/schema.ts`, " + kRest + " };"},
        Form{"byte_order_mark", "drizzle.config.ts",
             "\xEF\xBB\xBF"
             "export default { schema: './src/schema.ts', " +
                 kRest + " };\r\n"},
        Form{"named_config", "drizzle.config.prod.ts", "export default { schema: ['./src/schema.ts'], " + kRest + " };"}),
    [](const ::testing::TestParamInfo<Form>& item) { return item.param.name; });

TEST(ConfigValues, ImportedFromAnotherFile) {
  const ProjectFolder project{
      {"src/schema.ts", kTable},
      {"config/db.ts", "export const schema = './src/schema.ts' as const;\nexport const options = { dialect: 'sqlite' };"},
      {"drizzle.config.ts", "import { options, schema } from './config/db';\nexport default { ...options, schema };"}};
  EXPECT_EQ(project.entry().dialect, Dialect::kSqlite);
  EXPECT_EQ(project.files(), Paths{"src/schema.ts"});
}

TEST(ConfigValues, ImportedCommonJs) {
  const ProjectFolder project{
      {"src/schema.ts", kTable},
      {"base.cjs", "const schema = './src/schema.ts';\nmodule.exports = { schema, dialect: 'mysql' };"},
      {"drizzle.config.ts", "import base, { dialect } from './base.cjs';\nexport default { schema: base.schema, dialect };"},
      {"sub/drizzle.config.js", "const base = require('../base.cjs');\nmodule.exports = { ...base };"}};
  EXPECT_EQ(project.entry().dialect, Dialect::kMysql);
  EXPECT_EQ(project.files(), Paths{"src/schema.ts"});
}

TEST(ConfigValues, RequiresAnotherConfig) {
  ProjectFolder project{{"src/schema.ts", kTable},
                        {"base.js", "module.exports = { schema: './src/schema.ts', dialect: 'sqlite' };"},
                        {"drizzle.config.js", "const base = require('./base');\nmodule.exports = { ...base, out: 'x' };"}};
  EXPECT_EQ(project.entry().dialect, Dialect::kSqlite);
  EXPECT_EQ(project.entry().out_folder, project.at("x").string());
}

TEST(ConfigValues, OutIsDrizzleByDefault) {
  const ProjectFolder project{{"s.ts", kTable}, {"drizzle.config.ts", "export default { schema: './s.ts', dialect: 'postgresql' };"}};
  EXPECT_EQ(project.entry().out_folder, project.at("drizzle").string());
  EXPECT_EQ(project.entry().casing, Casing::kNone);
}

TEST(ConfigValues, Dialects) {
  const std::vector<std::pair<std::string, std::optional<Dialect>>> cases{{"dialect: 'postgresql'", Dialect::kPostgresql},
                                                                          {"dialect: 'turso'", Dialect::kSqlite},
                                                                          {"dialect: 'singlestore'", Dialect::kSinglestore},
                                                                          {"dialect: 'mssql'", Dialect::kMssql},
                                                                          {"dialect: 'cockroach'", Dialect::kCockroach},
                                                                          {"driver: 'pg'", Dialect::kPostgresql},
                                                                          {"driver: 'mysql2'", Dialect::kMysql},
                                                                          {"driver: 'better-sqlite'", Dialect::kSqlite},
                                                                          {"driver: 'libsql'", Dialect::kSqlite},
                                                                          {"driver: 'turso'", Dialect::kSqlite},
                                                                          {"driver: 'd1'", Dialect::kSqlite},
                                                                          {"driver: 'expo'", Dialect::kSqlite},
                                                                          {"driver: 'durable-sqlite'", Dialect::kSqlite},
                                                                          {"dialect: process.env.DIALECT", std::nullopt},
                                                                          {"breakpoints: true", std::nullopt},
                                                                          {"dialect: 'sqlite', driver: 'pg'", Dialect::kSqlite}};
  for (const auto& [text, dialect] : cases) {
    const ProjectFolder project{{"s.ts", kTable}, {"drizzle.config.ts", "export default { schema: './s.ts', " + text + " };"}};
    EXPECT_EQ(project.entry().dialect, dialect) << text;
  }
}

TEST(ConfigValues, DialectOfTheCommandLineWins) {
  ProjectFolder project{{"s.ts", kTable}, {"drizzle.config.ts", "export default { schema: './s.ts', dialect: 'gel' };"}};
  project.options.dialect = Dialect::kPostgresql;
  EXPECT_EQ(project.entry().dialect, Dialect::kPostgresql);
}

TEST(ConfigValues, UnknownCasingIsAHint) {
  const ProjectFolder project{{"s.ts", kTable}, {"drizzle.config.ts", "export default { schema: './s.ts', casing: process.env.CASING };"}};
  EXPECT_EQ(project.entry().casing, Casing::kNone);
  EXPECT_TRUE(contains(project.hints(), "drizzle.config.ts: `casing` cannot be told (process.env.CASING is only known at run time)"))
      << project.hints();
}

}  // namespace
}  // namespace drizzle_audit::project
