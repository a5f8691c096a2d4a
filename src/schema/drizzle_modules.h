// drizzle-orm's modules as the evaluator imports them.
#pragma once

#include <string>

#include "schema/hosts.h"

namespace drizzle_audit::schema {

/// Finds natives by module specifier and export name, so that aliases and namespaces work by themselves. One for every run.
class DrizzleModules final : public program::NativeModules {
 public:
  /// `working_folder`: what Node's path.resolve() starts from.
  DrizzleModules(Environment& environment, std::string working_folder)
      : environment_(environment), working_folder_(std::move(working_folder)) {}
  Host* find(Interpreter& in, std::string_view specifier) override;

 private:
  Environment& environment_;
  std::string working_folder_;
  std::vector<std::pair<std::string, Host*>> found_;
};

}  // namespace drizzle_audit::schema
