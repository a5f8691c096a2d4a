// Walking a project and the cheap scan of its files.
#include "workspace/walk.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "workspace/scan.h"
#include "workspace/tree.h"

namespace drizzle_audit::workspace {
namespace {

TEST(Walk, FindsSourcesSorted) {
  const Tree tree({{"b.ts", ""},
                   {"a.tsx", ""},
                   {"src/x.mts", ""},
                   {"src/y.cjs", ""},
                   {"src/types.d.ts", ""},
                   {"readme.md", ""},
                   {"a/deep/er/z.ts", ""},
                   {"node_modules/p/index.js", ""},
                   {".git/hooks/x.js", ""},
                   {".next/server.js", ""},
                   {"dist/out.js", ""},
                   {".storybook/main.ts", ""}});
  EXPECT_EQ(tree.inside(walk(tree.files, tree.root(), 1).sources),
            (Paths{".storybook/main.ts", "a.tsx", "a/deep/er/z.ts", "b.ts", "dist/out.js", "src/x.mts", "src/y.cjs"}));
}

TEST(Walk, HonoursGitignore) {
  const Tree tree({{".gitignore", "dist/\n*.gen.ts\n"},
                   {"dist/out.js", ""},
                   {"src/a.gen.ts", ""},
                   {"src/a.ts", ""},
                   {"src/.gitignore", "!b.gen.ts\n/tmp\n"},
                   {"src/b.gen.ts", ""},
                   {"src/tmp/x.ts", ""},
                   {".git/info/exclude", "secret.ts\n"},
                   {"secret.ts", ""}});
  EXPECT_EQ(tree.inside(walk(tree.files, tree.root()).sources), (Paths{"src/a.ts", "src/b.gen.ts"}));
}

TEST(Walk, IsTheSameForAnyNumberOfThreads) {
  const Tree tree;
  for (int i = 0; i < 200; ++i) tree.add("p" + std::to_string(i % 17) + "/q" + std::to_string(i % 5) + "/f" + std::to_string(i) + ".ts");
  const auto one = walk(tree.files, tree.root(), 1).sources;
  EXPECT_EQ(one.size(), 200U);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(walk(tree.files, tree.root(), 4).sources, one);
}

TEST(Walk, DoesNotFollowFolderLinks) {
  const Tree outside({{"o.ts", ""}, {"folder/p.ts", ""}});
  const Tree tree({{"a/x.ts", ""}});
  tree.link("a/loop", "..");
  tree.link("a/self", ".");
  tree.link("out", outside.at("folder"));
  tree.link("o.ts", outside.at("o.ts"));
  tree.link("twin.ts", "a/x.ts");
  tree.link("broken.ts", "nowhere");
  EXPECT_EQ(tree.inside(walk(tree.files, tree.root()).sources), (Paths{"a/x.ts", "o.ts"}))
      << "a linked file counts when it is not in the tree itself";
}

TEST(Walk, SurvivesOddNamesAndFolders) {
  const Tree tree({{"a\nb.ts", ""}, {"\xFF\xFE.ts", ""}, {"closed/x.ts", ""}});
  ::chmod(tree.at("closed").c_str(), 0);
  const auto sources = walk(tree.files, tree.root()).sources;
  ::chmod(tree.at("closed").c_str(), 0700);
  EXPECT_GE(sources.size(), 2U);
  EXPECT_TRUE(walk(tree.files, tree.at("nothing")).sources.empty());
}

TEST(Walk, FindsDrizzleConfigs) {
  const Tree tree({{"drizzle.config.ts", ""},
                   {"packages/db/drizzle.config.prod.ts", ""},
                   {"packages/db/drizzle.prod.config.ts", ""},
                   {"apps/a/drizzle-tenant.config.ts", ""},
                   {"apps/b/drizzle.config.json", ""},
                   {"apps/b/drizzle.json", ""},
                   {"apps/b/drizzle.ts", ""},
                   {"apps/b/drizzle.config.d.ts", ""},
                   {"apps/c/mydrizzle.config.ts", ""},
                   {"node_modules/x/drizzle.config.ts", ""}});
  EXPECT_EQ(tree.inside(walk(tree.files, tree.root()).drizzle_configs),
            (Paths{"apps/a/drizzle-tenant.config.ts", "apps/b/drizzle.config.json", "drizzle.config.ts",
                   "packages/db/drizzle.config.prod.ts", "packages/db/drizzle.prod.config.ts"}));
}

TEST(Scan, TellsWhatCanDefineTables) {
  for (const char* text : {
           "import { pgTable } from 'drizzle-orm/pg-core';\nexport const users = pgTable('users', {});",
           "import * as p from \"drizzle-orm/pg-core\"; export const t = p . pgTable\n('t', {});",
           "import { pgTable as t } from 'drizzle-orm/pg-core'; export const a = t('a', {})",
           "import { pgSchema } from 'drizzle-orm/pg-core'; export const s = pgSchema('s'); s.table('x', {})",
           "import { pgTableCreator } from 'drizzle-orm/pg-core'; const c = pgTableCreator((n) => n)",
           "import { snakeCase } from 'drizzle-orm/pg-core'; snakeCase.table.withRLS('x', {})",
           "import { pgTable } from 'drizzle-orm/pg-core'; pgTable<'users', {}>('users', {})",
       }) {
    EXPECT_TRUE(defines_tables(text)) << text;
  }
  for (const char* text : {
           "pgTable('users', {})",
           "import { eq } from 'drizzle-orm'; db.select().from(users).where(eq(users.id, 1))",
           "import { getTableColumns } from 'drizzle-orm'",
           "import type { PgTable } from 'drizzle-orm/pg-core'; type T = PgTable",
       }) {
    EXPECT_FALSE(defines_tables(text)) << text;
  }
  EXPECT_TRUE(mentions_drizzle("from 'drizzle-orm'"));
  EXPECT_FALSE(mentions_drizzle("from 'drizzle-kit'"));
}

TEST(Scan, TellsBinaryFilesAndBoms) {
  EXPECT_TRUE(is_binary(std::string_view("a\0b", 3)));
  EXPECT_FALSE(is_binary("caf\xE9"));
  EXPECT_EQ(bom_length("\xEF\xBB\xBFx"), 3U);
  EXPECT_EQ(bom_length("x"), 0U);
}

TEST(Scan, FindsTableFiles) {
  const std::string table = "import { pgTable } from 'drizzle-orm/pg-core'; export const a = pgTable('a', {});";
  const Tree tree({{"src/b.ts", table},
                   {"src/a.ts", table},
                   {"src/query.ts", "import { eq } from 'drizzle-orm'"},
                   {"src/other.ts", "x"},
                   {"src/bin.ts", std::string("\0", 1) + table},
                   {"huge.ts", ""}});
  ASSERT_EQ(::truncate(tree.at("huge.ts").c_str(), 100LL << 20U), 0);
  for (unsigned threads : {1U, 3U}) {
    const TableFiles found = find_table_files(tree.files, tree.root(), threads);
    EXPECT_EQ(tree.inside(found.files), (Paths{"src/a.ts", "src/b.ts"}));
    EXPECT_EQ(found.scanned, 6U);
    ASSERT_EQ(found.unreadable.size(), 2U);
    EXPECT_EQ(found.unreadable[0].reason, "is larger than 16 MB");
    EXPECT_EQ(found.unreadable[1].reason, "is a binary file");
  }
}

}  // namespace
}  // namespace drizzle_audit::workspace
