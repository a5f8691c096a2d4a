// Files are numbered in the order in which they are reached, whatever thread reads them: everything that sorts by number depends on it.
#include "program/modules.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/files.h"
#include "workspace/disk_file_system.h"
#include "workspace/resolver.h"

namespace drizzle_audit::program {
namespace {

TEST(Modules, FilesAreNumberedInTheOrderInWhichTheyAreReached) {
  constexpr int kFiles = 300;
  const harness::TemporaryFolder folder;
  std::vector<std::string> paths;
  for (int i = 0; i < kFiles; ++i) {
    const std::string name = "table" + std::to_string(i);
    // Early files are long: whoever reads a later one is done before.
    harness::write_file(folder.path() / (name + ".ts"), std::string(static_cast<std::size_t>(i % 7 == 0 ? 200'000 : 1), '\n') +
                                                            "export * from './" + name + ".columns';\n");
    harness::write_file(folder.path() / (name + ".columns.ts"), "export const a = 1;\n");
    paths.push_back((folder.path() / (name + ".ts")).string());
  }
  const workspace::DiskFileSystem disk;
  const workspace::Resolver resolver(disk, folder.path().string());
  Sources sources;
  ModuleStore store(disk, resolver, sources, folder.path().string(), 8);
  store.load(paths);
  ASSERT_EQ(sources.size(), 2U * kFiles);
  for (int i = 0; i < kFiles; ++i) {
    EXPECT_EQ(sources.path(static_cast<FileId>(i)), "table" + std::to_string(i) + ".ts");
    EXPECT_EQ(sources.path(static_cast<FileId>(kFiles + i)), "table" + std::to_string(i) + ".columns.ts");
  }
}

}  // namespace
}  // namespace drizzle_audit::program
