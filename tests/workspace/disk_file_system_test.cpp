// The real file system: what it reads, and what it refuses and why.
#include "workspace/disk_file_system.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "workspace/folder_cache.h"
#include "workspace/tree.h"

namespace drizzle_audit::workspace {
namespace {

std::string reason(const Tree& tree, const std::string& path, std::uint64_t limit = 1000) {
  const auto result = tree.files.read(tree.at(path), limit);
  const auto* error = std::get_if<FileError>(&result);
  return error == nullptr ? "read" : error->reason;
}

TEST(DiskFileSystem, Reads) {
  const std::string bytes("a\0b\xFF\n", 5);
  const Tree tree({{"a.ts", bytes}, {"empty.ts", ""}});
  EXPECT_EQ(std::get<std::string>(tree.files.read(tree.at("a.ts"), 100)), bytes);
  EXPECT_EQ(std::get<std::string>(tree.files.read(tree.at("empty.ts"), 100)), "");
  EXPECT_EQ(std::get<std::string>(tree.files.read(tree.at("a.ts"), 5)), bytes);
}

TEST(DiskFileSystem, ReadsFilesWhoseSizeIsNotKnown) {
  const DiskFileSystem files;
  const auto text = files.read("/proc/self/status", 1U << 20U);
  ASSERT_TRUE(std::holds_alternative<std::string>(text));
  EXPECT_NE(std::get<std::string>(text).find("Threads:"), std::string::npos);
}

TEST(DiskFileSystem, RefusesWithAReason) {
  const Tree tree({{"a.ts", "12345"}, {"folder/x", ""}});
  tree.link("loop", "loop");
  tree.link("broken", "nowhere");
  ASSERT_EQ(::mkfifo(tree.at("pipe").c_str(), 0600), 0);
  EXPECT_EQ(reason(tree, "a.ts", 4), "is larger than 4 bytes");
  EXPECT_EQ(reason(tree, "folder"), "is a folder");
  EXPECT_EQ(reason(tree, "pipe"), "is a pipe");
  EXPECT_EQ(reason(tree, "loop"), "is a loop of symbolic links");
  EXPECT_EQ(reason(tree, "broken"), "no such file");
  EXPECT_EQ(reason(tree, std::string(300, 'x')), "its name is too long");
  EXPECT_EQ(reason(tree, "a.ts/x"), "no such file");
}

TEST(DiskFileSystem, RefusesHugeFilesWithoutReadingThem) {
  const Tree tree({{"huge.ts", ""}});
  ASSERT_EQ(::truncate(tree.at("huge.ts").c_str(), 100LL << 20U), 0);
  EXPECT_EQ(reason(tree, "huge.ts", kMaxSourceBytes), "is larger than 16 MB");
}

TEST(DiskFileSystem, RefusesWhatItMayNotRead) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const Tree tree({{"a.ts", "x"}});
  ::chmod(tree.at("a.ts").c_str(), 0);
  EXPECT_EQ(reason(tree, "a.ts"), "permission denied");
}

TEST(DiskFileSystem, Lists) {
  const Tree tree({{"b.ts", ""}, {"a\nb.ts", ""}, {"\xFF.ts", ""}, {"folder/x", ""}});
  tree.link("to_file", "b.ts");
  tree.link("to_folder", "folder");
  tree.link("broken", "nowhere");
  Paths seen;
  for (const Entry& entry : tree.files.list(tree.root())) {
    const char* kind = entry.kind == EntryKind::kFile ? "file" : entry.kind == EntryKind::kFolder ? "folder" : "other";
    seen.push_back(entry.name + " " + kind + (entry.is_link ? " link" : ""));
  }
  EXPECT_EQ(seen, (Paths{"a\nb.ts file", "b.ts file", "broken other link", "folder folder", "to_file file link", "to_folder folder link",
                         "\xFF.ts file"}));
  EXPECT_TRUE(tree.files.list(tree.at("nothing")).empty());
  EXPECT_TRUE(tree.files.list(tree.at("b.ts")).empty());
}

TEST(DiskFileSystem, KindsAndRealPaths) {
  const Tree tree({{"folder/x", ""}});
  tree.link("l", "folder");
  tree.link("broken", "nowhere");
  EXPECT_EQ(tree.files.kind(tree.at("l")), EntryKind::kFolder);
  EXPECT_EQ(tree.files.kind(tree.at("l/x")), EntryKind::kFile);
  EXPECT_EQ(tree.files.kind(tree.at("broken")), EntryKind::kOther);
  EXPECT_EQ(tree.files.kind(tree.at("no")), std::nullopt);
  EXPECT_EQ(tree.files.real_path(tree.at("l/x")), tree.at("folder/x"));
  EXPECT_EQ(tree.files.real_path(tree.at("no")), tree.at("no"));
}

TEST(FolderCache, AsksOncePerFolder) {
  const Tree tree({{"a/x.ts", ""}});
  tree.link("l", "a");
  const FolderCache folders(tree.files);
  EXPECT_TRUE(folders.is_file(tree.at("a/x.ts")));
  EXPECT_FALSE(folders.is_file(tree.at("a/y.ts")));
  tree.add("a/y.ts");
  EXPECT_FALSE(folders.is_file(tree.at("a/y.ts"))) << "the listing is remembered";
  EXPECT_TRUE(folders.is_folder(tree.at("a")));
  EXPECT_EQ(folders.real_path(tree.at("l/x.ts")), tree.at("a/x.ts"));
  EXPECT_EQ(folders.find("/"), nullptr);
}

}  // namespace
}  // namespace drizzle_audit::workspace
