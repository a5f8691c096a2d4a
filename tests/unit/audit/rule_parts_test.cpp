// The parts rules are made of: reading SQL, comparing names, naming constraints.
#include <gtest/gtest.h>

#include "drizzle_audit/names.h"
#include "ineffective-table-extra/sql_constraint.h"

namespace drizzle_audit::rules {
namespace {

using ineffective_table_extra::ConstraintKind;
using ineffective_table_extra::parse_constraint;
using ineffective_table_extra::SqlConstraint;

std::string columns_of(const SqlConstraint& constraint) {
  std::string text;
  for (const auto& column : constraint.columns) text += (text.empty() ? "" : ",") + column.name + (column.descending ? "-" : "");
  return text;
}

TEST(SqlConstraint, ReadsWhatPeopleWrite) {
  const auto unique = parse_constraint("UNIQUE(store_id, slug)");
  ASSERT_TRUE(unique);
  EXPECT_EQ(unique->kind, ConstraintKind::kUnique);
  EXPECT_EQ(columns_of(*unique), "store_id,slug");

  const auto named = parse_constraint("constraint tags_key unique nulls not distinct (\"tags\".\"store_id\", \"tags\".\"slug\")");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->name, "tags_key");
  EXPECT_TRUE(named->nulls_not_distinct);
  EXPECT_EQ(columns_of(*named), "store_id,slug");

  const auto index = parse_constraint("CREATE INDEX IF NOT EXISTS a_idx ON public.a USING gin (body, b DESC);");
  ASSERT_TRUE(index);
  EXPECT_EQ(index->kind, ConstraintKind::kIndex);
  EXPECT_EQ(index->name, "a_idx");
  EXPECT_EQ(index->method, "gin");
  EXPECT_EQ(columns_of(*index), "body,b-");

  const auto check = parse_constraint("CHECK ((price > 0) AND note <> ')')");
  ASSERT_TRUE(check);
  EXPECT_EQ(check->expression, "(price > 0) AND note <> ')'");

  const auto key = parse_constraint("FOREIGN KEY (store_id) REFERENCES stores(id) ON DELETE CASCADE ON UPDATE set null");
  ASSERT_TRUE(key);
  EXPECT_EQ(key->foreign_table, "stores");
  EXPECT_EQ(key->on_delete, "cascade");
  EXPECT_EQ(key->on_update, "set null");

  EXPECT_EQ(parse_constraint("PRIMARY KEY (a, b)").value().kind, ConstraintKind::kPrimaryKey);
  EXPECT_EQ(parse_constraint("UNIQUE INDEX u (a)").value().kind, ConstraintKind::kUniqueIndex);
  EXPECT_EQ(parse_constraint("INDEX (a)").value().name, "");
  EXPECT_EQ(parse_constraint("ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)").value().name, "u");
}

TEST(SqlConstraint, LeavesAloneWhatItCannotSay) {
  for (const char* text : {"", "UNIQUE", "UNIQUE (lower(email))", "CREATE INDEX i ON t (a) WHERE b", "EXCLUDE USING gist (a WITH =)",
                           "CHECK (a", "UNIQUE (a) (b)", "CREATE TABLE t (a)", "FOREIGN KEY (a)", "UNIQUE (\"a)", "comment on table t"}) {
    EXPECT_FALSE(parse_constraint(text)) << text;
  }
}

TEST(Names, SplitAndCompare) {
  EXPECT_EQ(split_words("ownerUserID"), (Words{"owner", "user", "id"}));
  EXPECT_EQ(split_words("HTTPServer_log"), (Words{"http", "server", "log"}));
  EXPECT_TRUE(same_noun("category", "categories"));
  EXPECT_TRUE(same_noun("people", "person"));
  EXPECT_TRUE(same_noun("status", "statuses"));
  EXPECT_FALSE(same_noun("new", "news "));
  EXPECT_FALSE(same_noun("user", "usage"));
  EXPECT_TRUE(same_name({"order", "item"}, {"orderitems"}));
  EXPECT_FALSE(same_name({"item"}, {"order", "items"}));
}

}  // namespace
}  // namespace drizzle_audit::rules
