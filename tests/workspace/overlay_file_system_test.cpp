// Texts over a disk: replaced, added, hidden, and what links and folders make of them.
#include "workspace/overlay_file_system.h"

#include <gtest/gtest.h>

#include <memory>

#include "workspace/tree.h"

namespace drizzle_audit::workspace {
namespace {

OverlayFileSystem over(OverlayFiles files) { return {std::make_unique<DiskFileSystem>(), std::move(files)}; }

std::string text_of(const FileSystem& files, const std::string& path) {
  auto text = files.read(path, kMaxSourceBytes);
  const std::string* read = std::get_if<std::string>(&text);
  return read != nullptr ? *read : "(" + std::get<FileError>(text).reason + ")";
}

std::string names_of(const FileSystem& files, const std::string& path) {
  std::string names;
  for (const Entry& entry : files.list(path))
    names += (names.empty() ? "" : " ") + entry.name + (entry.kind == EntryKind::kFolder ? "/" : "");
  return names;
}

TEST(OverlayFileSystem, ReplacesAddsAndHides) {
  const TreeFile list[] = {{"a.ts", "disk"}, {"b.ts", "disk"}, {"c.ts", "disk"}};
  const Tree tree(list);
  const OverlayFileSystem files = over({{tree.at("a.ts"), "text"}, {tree.at("b.ts"), std::nullopt}, {tree.at("new/x.ts"), "added"}});
  EXPECT_EQ(text_of(files, tree.at("a.ts")), "text");
  EXPECT_EQ(text_of(files, tree.at("b.ts")), "(no such file)");
  EXPECT_EQ(text_of(files, tree.at("c.ts")), "disk");
  EXPECT_EQ(text_of(files, tree.at("new/x.ts")), "added");
  EXPECT_EQ(files.kind(tree.at("b.ts")), std::nullopt);
  EXPECT_EQ(files.kind(tree.at("new")), EntryKind::kFolder);
  EXPECT_EQ(files.kind(tree.at("new/x.ts")), EntryKind::kFile);
  EXPECT_EQ(files.kind(tree.at("ne")), std::nullopt);
  EXPECT_EQ(names_of(files, tree.root()), "a.ts c.ts new/");
  EXPECT_EQ(names_of(files, tree.at("new")), "x.ts");
}

TEST(OverlayFileSystem, HidesFoldersButNotTextsInThem) {
  const TreeFile list[] = {{"old/a.ts", "disk"}, {"old/deep/b.ts", "disk"}};
  const Tree tree(list);
  const OverlayFileSystem files = over({{tree.at("old"), std::nullopt}, {tree.at("old/deep/c.ts"), "text"}});
  EXPECT_EQ(text_of(files, tree.at("old/a.ts")), "(no such file)");
  EXPECT_EQ(text_of(files, tree.at("old/deep/c.ts")), "text");
  EXPECT_EQ(files.kind(tree.at("old")), EntryKind::kFolder);
  EXPECT_EQ(names_of(files, tree.at("old")), "deep/");
  EXPECT_EQ(names_of(files, tree.at("old/deep")), "c.ts");
}

TEST(OverlayFileSystem, FileInPlaceOfFolderAndBack) {
  const TreeFile list[] = {{"a/x.ts", "disk"}, {"b", "disk"}};
  const Tree tree(list);
  const OverlayFileSystem files = over({{tree.at("a"), "file"}, {tree.at("b/x.ts"), "text"}});
  EXPECT_EQ(files.kind(tree.at("a")), EntryKind::kFile);
  EXPECT_EQ(files.kind(tree.at("b")), EntryKind::kFolder);
  EXPECT_EQ(names_of(files, tree.root()), "a b/");
}

TEST(OverlayFileSystem, FollowsLinksToTexts) {
  const TreeFile list[] = {{"packages/db/a.ts", "disk"}};
  const Tree tree(list);
  tree.link("node_modules/db", "../packages/db");
  const OverlayFileSystem files = over({{tree.at("packages/db/a.ts"), "text"}, {tree.at("packages/db/b.ts"), "added"}});
  EXPECT_EQ(text_of(files, tree.at("node_modules/db/a.ts")), "text");
  EXPECT_EQ(text_of(files, tree.at("node_modules/db/b.ts")), "added");
  EXPECT_EQ(names_of(files, tree.at("node_modules/db")), "a.ts b.ts");
  EXPECT_EQ(files.real_path(tree.at("node_modules/db/b.ts")), tree.at("packages/db/b.ts"));
}

TEST(OverlayFileSystem, KeepsLimits) {
  const TreeFile list[] = {{"a.ts", ""}};
  const Tree tree(list);
  const OverlayFileSystem files = over({{tree.at("a.ts"), std::string(100, 'x')}});
  EXPECT_TRUE(std::holds_alternative<FileError>(files.read(tree.at("a.ts"), 99)));
  EXPECT_TRUE(std::holds_alternative<std::string>(files.read(tree.at("a.ts"), 100)));
}

}  // namespace
}  // namespace drizzle_audit::workspace
