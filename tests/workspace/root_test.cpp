// Where a project begins.
#include "workspace/root.h"

#include <gtest/gtest.h>

#include "workspace/tree.h"

namespace drizzle_audit::workspace {
namespace {

TEST(Root, NearestMarkedFolder) {
  const Tree tree({{".git/HEAD", ""},
                   {"package.json", "{}"},
                   {"packages/db/drizzle.config.ts", ""},
                   {"packages/db/src/a.ts", ""},
                   {"apps/x/a.ts", ""},
                   {"apps/y/drizzle-audit.jsonc", ""}});
  EXPECT_EQ(find_project_root(tree.files, tree.at("packages/db/src")), tree.at("packages/db"));
  EXPECT_EQ(find_project_root(tree.files, tree.at("packages/db/src/a.ts")), tree.at("packages/db"));
  EXPECT_EQ(find_project_root(tree.files, tree.at("apps/x")), tree.root());
  EXPECT_EQ(find_project_root(tree.files, tree.at("apps/y")), tree.at("apps/y"));
  EXPECT_EQ(find_git_root(tree.files, tree.at("apps/x")), tree.root());
}

TEST(Root, DoesNotLeaveTheWorkTree) {
  const Tree tree({{"package.json", "{}"}, {"repo/.git", "gitdir: elsewhere"}, {"repo/src/a.ts", ""}, {"repo/src/drizzle.config.md", ""}});
  EXPECT_EQ(find_project_root(tree.files, tree.at("repo/src")), tree.at("repo/src"));
  EXPECT_EQ(find_git_root(tree.files, tree.at("repo/src")), tree.at("repo"));
}

}  // namespace
}  // namespace drizzle_audit::workspace
