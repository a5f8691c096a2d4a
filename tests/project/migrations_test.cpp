// Which foreign keys a sequence of migrations leaves behind. Each case: SQL in, `table(columns) name@line` out.
#include "project/migrations.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "project_folder.h"

namespace drizzle_audit::project {
namespace {

std::string keys_of(const std::vector<std::string>& migrations) {
  std::vector<MigratedKey> keys;
  for (const std::string& sql : migrations) apply_migration(sql, "m.sql", keys);
  std::string text;
  for (const MigratedKey& key : keys) {
    text += (text.empty() ? "" : "; ") + key.table + "(";
    for (std::size_t i = 0; i < key.columns.size(); ++i) text += (i > 0 ? "," : "") + key.columns[i];
    text += ") " + key.name + "@" + std::to_string(key.line) + (key.in_block ? " block" : "");
  }
  return text;
}

TEST(Migrations, AlterTable) {
  EXPECT_EQ(keys_of({"-- FOREIGN KEY (x) REFERENCES y\nALTER TABLE \"a\" ADD CONSTRAINT \"a_b\" FOREIGN KEY (\"b_id\", c) REFERENCES "
                     "\"public\".\"b\"(\"id\", c);"}),
            "a(b_id,c) a_b@2");
  EXPECT_EQ(keys_of({"alter table only public.a add foreign key (b) references b(id)"}), "a(b) @1");
  EXPECT_EQ(keys_of({"ALTER TABLE `a` ADD CONSTRAINT `k` FOREIGN KEY (`b`) REFERENCES `b`(`id`) ON DELETE cascade"}), "a(b) k@1");
}

TEST(Migrations, CreateTable) {
  EXPECT_EQ(keys_of({"CREATE TABLE IF NOT EXISTS a (\n b text,\n FOREIGN KEY (b) REFERENCES b(id) ON UPDATE no action\n);"}), "a(b) @3");
  EXPECT_EQ(keys_of({"CREATE TABLE a (b text, CONSTRAINT k FOREIGN KEY i (b) REFERENCES b(id))"}), "a(b) k@1");
}

TEST(Migrations, WhatIsDroppedIsGone) {
  const std::string make = "ALTER TABLE a ADD CONSTRAINT k FOREIGN KEY (b) REFERENCES b(id);";
  EXPECT_EQ(keys_of({make, "ALTER TABLE a DROP CONSTRAINT IF EXISTS k;"}), "");
  EXPECT_EQ(keys_of({make, "ALTER TABLE `a` DROP FOREIGN KEY `k`;"}), "");
  EXPECT_EQ(keys_of({make, "DROP TABLE IF EXISTS a CASCADE;"}), "");
  EXPECT_EQ(keys_of({make, "ALTER TABLE other DROP CONSTRAINT k;"}), "a(b) k@1");
  EXPECT_EQ(keys_of({make, "ALTER TABLE a DROP CONSTRAINT k;", make}), "a(b) k@1");
  const std::string name(70, 'x');
  EXPECT_EQ(keys_of({"ALTER TABLE a ADD CONSTRAINT " + name + " FOREIGN KEY (b) REFERENCES b(id);",
                     "ALTER TABLE a DROP CONSTRAINT " + name.substr(0, 63) + ";"}),
            "");
}

TEST(Migrations, SqliteMakesATableAnew) {
  EXPECT_EQ(keys_of({"CREATE TABLE `__new_a` (`b` text, FOREIGN KEY (`b`) REFERENCES `b`(`id`));\nDROP TABLE `a`;\nALTER TABLE `__new_a` "
                     "RENAME TO `a`;"}),
            "a(b) @1");
  EXPECT_EQ(keys_of({"ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b(id); ALTER INDEX i RENAME TO j; ALTER TABLE a RENAME COLUMN x TO y;"}),
            "a(b) @1");
}

TEST(Migrations, ABlockWithAList) {
  const std::string block =
      "DO $$\nBEGIN\n  FOR r IN SELECT * FROM (VALUES\n    ('photos', 'file_id', 'cascade'),\n    ('notes', 'file_id', 'set null')\n  ) AS "
      "v\n"
      "  LOOP\n    EXECUTE format('ALTER TABLE %I ADD FOREIGN KEY (tenant_id, %I) REFERENCES files (tenant_id, id)', r.t, r.c);\n  END "
      "LOOP;\nEND $$;";
  EXPECT_EQ(keys_of({"INSERT INTO t VALUES ('a', 'b');\n" + block}), "photos(file_id) @5 block; notes(file_id) @6 block");
  EXPECT_EQ(keys_of({"DO $$ BEGIN INSERT INTO t VALUES ('a', 'b'); EXECUTE 'SELECT 1'; END $$;"}), "");
}

TEST(Migrations, BrokenSqlIsNoHarm) {
  for (const char* sql : {"ALTER TABLE a ADD CONSTRAINT k FOREIGN KEY (", "FOREIGN KEY (a) REFERENCES b", "ALTER TABLE", "'", "\"", "/*",
                          "DROP CONSTRAINT", "ALTER TABLE a.b. RENAME TO", "EXECUTE format('", "$", "CREATE TABLE a (FOREIGN KEY k"}) {
    EXPECT_EQ(keys_of({sql}), "") << sql;
  }
}

TEST(Migrations, FolderInOrderWithSnapshot) {
  const ProjectFolder project({{"out/0002_b.sql", "ALTER TABLE a DROP CONSTRAINT k;"},
                               {"out/0001_a.sql", "ALTER TABLE a ADD CONSTRAINT k FOREIGN KEY (b) REFERENCES b(id);"},
                               {"out/20250101_x/migration.sql", "ALTER TABLE a ADD CONSTRAINT l FOREIGN KEY (b) REFERENCES b(id);"},
                               {"out/20250102_y/migration.sql", "ALTER TABLE a ADD CONSTRAINT m FOREIGN KEY (c) REFERENCES b(id);"},
                               {"out/20250102_y/snapshot.json", "{ \"name\": \"m\" }"},
                               {"out/notes.txt", "ALTER TABLE a ADD CONSTRAINT n FOREIGN KEY (b) REFERENCES b(id);"}});
  const workspace::DiskFileSystem files;
  const std::string& root = project.options.root;
  const std::vector<MigratedKey> keys = read_migrated_keys(files, root + "/out", root);
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0].name, "l");
  EXPECT_EQ(keys[0].path, "out/20250101_x/migration.sql");
  EXPECT_FALSE(keys[0].in_snapshot);
  EXPECT_TRUE(keys[1].in_snapshot);
  EXPECT_TRUE(read_migrated_keys(files, root + "/nowhere", root).empty());
}

}  // namespace
}  // namespace drizzle_audit::project
