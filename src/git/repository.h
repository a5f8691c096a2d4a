// The repository around a folder, and running git in it.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/process.h"
#include "workspace/file_system.h"

namespace drizzle_audit::git {

/// Why git could not tell, for people.
struct Error {
  std::string message;
  std::string help;
};

struct Repository {
  std::string top;  ///< of the work tree: absolute, links resolved
  platform::EnvironmentChanges environment;
};

/// The repository whose work tree holds `folder` (absolute).
std::variant<Repository, Error> find_repository(const workspace::FileSystem& disk, const std::string& folder);

/// Runs `git` with these words at the top of the work tree.
platform::ProcessResult run(const Repository& repository, const std::vector<std::string>& words, std::string_view input = {});

/// What git says when it fails, as an Error about `what`.
Error failed(const std::string& what, const platform::ProcessResult& result);

}  // namespace drizzle_audit::git
