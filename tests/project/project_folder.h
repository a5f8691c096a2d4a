// A project in a temporary folder, and what find_entries says of it. What the tests of this folder start from.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "harness/files.h"
#include "project/entries.h"
#include "workspace/disk_file_system.h"
#include "workspace/paths.h"

namespace drizzle_audit::project {

inline constexpr const char* kTable =
    "import { pgTable, text } from 'drizzle-orm/pg-core';\nexport const users = pgTable('users', { name: text() });\n";

class ProjectFolder {
 public:
  ProjectFolder(std::initializer_list<std::pair<std::string, std::string>> list) {
    add(".git/HEAD", "");
    for (const auto& [path, content] : list) add(path, content);
    options.root = folder_.path().string();
    options.threads = 1;
  }

  void add(const std::string& path, const std::string& content) const { harness::write_file(folder_.path() / path, content); }
  [[nodiscard]] std::filesystem::path at(const std::string& path) const { return folder_.path() / path; }

  [[nodiscard]] std::variant<Entries, EntryError> find() const {
    const workspace::DiskFileSystem files;
    const workspace::Resolver resolver(files, options.root);
    return find_entries(files, resolver, options);
  }
  /// All entries; none and a failed test when there was an error.
  [[nodiscard]] Entries entries() const {
    auto found = find();
    if (auto* error = std::get_if<EntryError>(&found)) {
      ADD_FAILURE() << error->path << ":" << error->line << ":" << error->column << ": " << error->message << " | " << error->help;
      return {};
    }
    return std::move(std::get<Entries>(found));
  }
  /// The only entry.
  [[nodiscard]] Entry entry() const {
    Entries all = entries();
    EXPECT_EQ(all.entries.size(), 1U);
    return all.entries.size() == 1 ? std::move(all.entries.front()) : Entry{};
  }
  [[nodiscard]] EntryError error() const {
    auto found = find();
    if (auto* error = std::get_if<EntryError>(&found)) return std::move(*error);
    ADD_FAILURE() << "no error; files: " << ::testing::PrintToString(files_of(std::get<Entries>(found)));
    return {};
  }
  /// The files of all entries, relative to the root.
  [[nodiscard]] std::vector<std::string> files_of(const Entries& entries) const {
    std::vector<std::string> result;
    for (const Entry& item : entries.entries) {
      for (const std::string& file : item.files) result.push_back(workspace::relative_path(file, options.root));
    }
    return result;
  }
  [[nodiscard]] std::vector<std::string> files() const { return files_of(entries()); }
  /// `path:line:column: message`
  [[nodiscard]] std::string error_line() const {
    const EntryError found = error();
    std::string line = found.path;
    if (found.line != 0) line += ":" + std::to_string(found.line) + ":" + std::to_string(found.column);
    return line + ": " + found.message;
  }
  [[nodiscard]] std::string hints() const {
    std::string all;
    for (const std::string& hint : entries().hints) all += hint + "\n";
    return all;
  }

  EntryOptions options;

 private:
  harness::TemporaryFolder folder_;
};

using Paths = std::vector<std::string>;

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace drizzle_audit::project
