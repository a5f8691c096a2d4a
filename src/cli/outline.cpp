#include "cli/outline.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>

#include "drizzle_audit/rule.h"

namespace drizzle_audit::cli {
namespace {

std::vector<std::string> values_of(CLI::Option& option) {
  std::string name;
  try {
    name = option.get_validator()->get_name();
  } catch (const CLI::OptionNotFound&) {
    return {};
  }
  std::vector<std::string> values;
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find('|', begin), name.size());
    values.push_back(name.substr(begin, end - begin));
    begin = end + 1;
  }
  return values;
}

std::vector<std::string> rule_names(bool with_categories) {
  std::set<std::string> names;
  for (const RegisteredRule& registered : all_rules()) {
    names.emplace(registered.rule->id);
    if (with_categories) names.emplace(registered.rule->category);
  }
  return {names.begin(), names.end()};
}

FlagOutline outline_flag(CLI::Option& option) {
  FlagOutline flag;
  flag.description = option.get_description();
  flag.values = values_of(option);
  flag.repeats = option.get_expected_max() > 1;
  if (option.get_positional()) {
    flag.argument = option.get_single_name();
    flag.type = flag.argument == "PATH" ? "FILE" : flag.argument;
    if (flag.argument == "RULE") flag.values = rule_names(false);
    return flag;
  }
  for (const std::string& name : option.get_snames()) flag.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) flag.names.push_back("--" + name);
  if (option.get_items_expected_max() > 0) flag.type = option.get_type_name();
  flag.is_list = option.get_delimiter() != '\0';
  if (flag.type.starts_with("RULE")) flag.values = rule_names(true);
  return flag;
}

}  // namespace

std::string values_name(const std::vector<std::string>& values) {
  std::string name;
  for (const std::string& value : values) name += (name.empty() ? "" : "|") + value;
  return name;
}

ProgramOutline outline(CLI::App& app) {
  ProgramOutline program{.description = app.get_description(), .commands = {}};
  for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
    CommandOutline& outlined = program.commands.emplace_back();
    outlined.name = command->get_name();
    outlined.description = command->get_description();
    std::vector<FlagOutline> flags;
    for (CLI::Option* option : command->get_options({})) {
      FlagOutline flag = outline_flag(*option);
      (flag.argument.empty() ? flags : outlined.flags).push_back(std::move(flag));
    }
    outlined.flags.insert(outlined.flags.end(), flags.begin(), flags.end());
  }
  return program;
}

}  // namespace drizzle_audit::cli
