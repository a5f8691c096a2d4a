// The front door of everything below the audit: from a folder to frozen models. Used by the command line, the tests and the benchmarks.
#pragma once

#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "drizzle_audit/model.h"
#include "syntax/parse.h"
#include "workspace/file_system.h"

namespace drizzle_audit::schema {

struct ReadOptions {
  std::string root;                       ///< absolute path of the project root
  std::string drizzle_config;             ///< absolute path of one drizzle.config to read; empty: find them
  std::vector<std::string> schema_globs;  ///< relative to the root; instead of drizzle.config's `schema`
  std::optional<Dialect> dialect;         ///< instead of drizzle.config's `dialect`
  unsigned threads = 0;                   ///< 0: as many as there are cores
  bool keep_trees = false;                ///< for who goes on to edit the files
};

/// Nothing could be analysed. `help` says what to do; `path` is relative to the root and empty when no file is to blame.
struct ReadError {
  std::string message;
  std::string help;
  std::string path;
  std::uint32_t line = 0;  ///< 1-based; 0 when unknown
  std::uint32_t column = 0;
};

/// A model with the arena that its text and objects live in.
struct OwnedModel {
  std::unique_ptr<std::pmr::monotonic_buffer_resource> arena;
  Model model;
};

/// `sources` outlives the models. One model for every drizzle.config; models with no table at all are kept, so that the caller can say so.
struct Project {
  std::unique_ptr<Sources> sources;
  std::vector<OwnedModel> models;
  syntax::Trees trees;  ///< of the files that were parsed, when they were to be kept
  /// Hints for people, for standard error: "drizzle.config.ts names ./dist/schema/*.js; reading src/schema/*.ts instead".
  std::vector<std::string> hints;
};

std::variant<Project, ReadError> read_project(const workspace::FileSystem& files, const ReadOptions& options);

}  // namespace drizzle_audit::schema
