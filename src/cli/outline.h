// The commands and flags as data, taken from the one list of them in app.cpp: what shell completions and the man page are made of.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace drizzle_audit::cli {

struct FlagOutline {
  std::vector<std::string> names;  ///< "-f", "--format"; empty for an argument without a flag
  std::string argument;            ///< "PATH", "ACTION"; empty for a flag
  std::string type;                ///< what its value is: "FILE", "DIR", "NAME", …; empty for a flag without one
  std::string description;
  std::vector<std::string> values;  ///< all there are, or the known ones; empty when it may be anything
  bool is_list = false;             ///< values are separated by commas
  bool repeats = false;
};

struct CommandOutline {
  std::string name;
  std::string description;
  std::vector<FlagOutline> flags;  ///< arguments first
};

struct ProgramOutline {
  std::string description;
  std::vector<CommandOutline> commands;  ///< the default command first
};

/// Ids and categories of rules are values, too.
ProgramOutline outline(CLI::App& app);

/// A validator's name that holds the values: "error|warning|info".
std::string values_name(const std::vector<std::string>& values);

/// The script for "bash", "zsh" or "fish".
std::string completion_script(const ProgramOutline& program, const std::string& shell);

/// In the language of man(7).
std::string man_page(const ProgramOutline& program);

}  // namespace drizzle_audit::cli
