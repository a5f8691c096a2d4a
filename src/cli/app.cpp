// All flags of all commands, in one place: this list feeds parsing, help, completions, the man page and the check for unknown flags.
#include "cli/app.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <map>

#include "audit/baseline.h"
#include "cli/commands.h"
#include "cli/formats.h"
#include "cli/outline.h"
#include "cli/output.h"
#include "cli/suggest.h"
#include "config/config.h"

namespace drizzle_audit::cli {
namespace {

constexpr const char* kPlainExitStatusHelp = "Exit status: 0 done; 2 usage, unreadable input, internal error.";
constexpr const char* kExitStatusHelp =
    "Exit status: 0 nothing at or above --fail-on; 1 findings; 2 usage, unreadable input, no table found, internal error.";

const std::map<std::string, Dialect> kDialects = {
    {"postgresql", Dialect::kPostgresql},   {"mysql", Dialect::kMysql}, {"sqlite", Dialect::kSqlite},      {"turso", Dialect::kSqlite},
    {"singlestore", Dialect::kSinglestore}, {"mssql", Dialect::kMssql}, {"cockroach", Dialect::kCockroach}};

/// What flags are parsed into; the chosen command takes its part.
struct Arguments {
  CheckOptions check;
  BaselineCommandOptions baseline;
  SchemaOptions schema;
  TypesOptions types;
  DoctorOptions doctor;
  ConfigCommandOptions config;
  InitOptions init;
  RelationsOptions relations;
  CompletionOptions completions;
  PlanCommandOptions plan;
  VerifyOptions verify;
  RuleOptions rule;
  std::string dialect;
  std::string on_orphans = "abort";
  std::string on_duplicates = "abort";
  std::string on_differences = "abort";
  std::string redundant_columns = "keep";
  std::vector<std::string> choices;
  std::string color = "auto";
  bool no_color = false;
  std::string fail_on;
  std::string preset;
  std::string max_diagnostics = "50";
};

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// A flag with a closed set of values.
CLI::Validator one_of(const std::vector<std::string>& values) {
  return CLI::Validator(
      [values](std::string& value) {
        if (std::find(values.begin(), values.end(), value) != values.end()) return std::string();
        return value + " is none of " + join(values);
      },
      "", values_name(values));
}

/// A flag whose values are checked elsewhere, or begin with these.
CLI::Validator known(const std::vector<std::string>& values) {
  return CLI::Validator([](std::string& /*value*/) { return std::string(); }, "", values_name(values));
}

CLI::Validator thread_count() {
  return CLI::Validator(
      [](std::string& value) {
        const bool digits =
            !value.empty() && value.size() <= 3 && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
        return digits && std::stoul(value) <= 256 ? std::string() : value + " is no number from 0 to 256";
      },
      "");
}

CLI::Validator number_or_none() {
  return CLI::Validator(
      [](std::string& value) {
        const bool digits =
            !value.empty() && value.size() < 10 && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
        return digits || value == "none" ? std::string() : value + " is neither a number nor none";
      },
      "");
}

void add_root_flag(CLI::App& command, ProjectOptions& options) {
  command
      .add_option("--root", options.root,
                  "project root (default: the nearest folder upward with drizzle.config.*, drizzle-audit.json or package.json)")
      ->type_name("DIR");
}

void add_config_flags(CLI::App& command, ConfigOptions& options) {
  command.add_option("-c,--config", options.file, "the config (default: the nearest drizzle-audit.json, .jsonc, or key in package.json)")
      ->type_name("FILE");
  command.add_flag("--no-config", options.none, "use no config");
}

void add_baseline_flag(CLI::App& command, BaselineOptions& options) {
  command
      .add_option("--baseline", options.file, "the baseline (default: the config's, or " + std::string(audit::kDefaultBaselinePath) + ")")
      ->type_name("FILE");
}

void add_project_flags(CLI::App& command, ProjectOptions& options, Arguments& arguments) {
  add_root_flag(command, options);
  command.add_option("--drizzle-config", options.drizzle_config, "the drizzle.config file to read (default: all that are found)")
      ->type_name("FILE");
  command.add_option("--schema", options.schema_globs, "schema files, relative to the root; may be repeated")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  std::vector<std::string> names;
  for (const auto& [name, dialect] : kDialects) names.push_back(name);
  command.add_option("--dialect", arguments.dialect, "instead of drizzle.config's: " + join(names))
      ->type_name("NAME")
      ->check(one_of(names));
  command.add_option("-j,--threads", options.threads, "threads that read files (default: one for each core)")
      ->type_name("N")
      ->check(thread_count());
  command.add_flag("--verbose", options.verbose, "also say what could not be read, and all evidence");
}

void add_file_flag(CLI::App& command, OutputOptions& options) {
  command.add_option("-o,--output-file", options.file, "write there instead of to standard output")->type_name("FILE");
}

void add_output_flags(CLI::App& command, OutputOptions& options, Arguments& arguments, const std::vector<std::string>& formats) {
  if (!formats.empty()) {
    command.add_option("-f,--format", options.format, "output format: " + join(formats) + " (default: " + formats.front() + ")")
        ->type_name("NAME")
        ->check(one_of(formats));
  }
  add_file_flag(command, options);
  command.add_option("--color", arguments.color, "auto, always or never")->type_name("WHEN")->check(one_of({"auto", "always", "never"}));
  command.add_flag("--no-color", arguments.no_color, "the same as --color never");
}

void add_check_flags(CLI::App& command, Arguments& arguments) {
  CheckOptions& options = arguments.check;
  command.add_option("PATH", options.project.paths, "report only on these files and folders; the whole schema is analysed all the same")
      ->type_name("");
  add_project_flags(command, options.project, arguments);
  command.add_flag("--staged", options.change.staged, "report only what the next commit brings: audits the index of git");
  command.add_flag("--changed", options.change.changed, "report only what the work tree brings on top of the last commit");
  command.add_option("--since", options.change.since, "report only what came since the branch left this commit")->type_name("REF");
  add_config_flags(command, options.config);
  add_baseline_flag(command, options.baseline);
  command.add_flag("--no-baseline", options.baseline.none, "findings of the baseline count, too");
  std::vector<std::string> formats;
  for (const report::Format& format : report::formats()) formats.emplace_back(format.name);
  command
      .add_option("-f,--format", options.formats,
                  "output format: " + join(formats) + " (default: " + formats.front() + ", or what " + kFormatVariable +
                      " says); with =FILE written there; may be repeated")
      ->type_name("NAME[=FILE]")
      ->check(known(formats))
      ->allow_extra_args(false);
  add_output_flags(command, options.output, arguments, {});
  command.add_flag("-q,--quiet", options.quiet, "report errors only");
  command.add_option("--fail-on", arguments.fail_on, "exit with 1 from this severity on: error, warning, info, never (default: error)")
      ->type_name("SEVERITY")
      ->check(one_of({"error", "warning", "info", "never"}));
  command.add_flag("--exit-zero", options.exit_zero, "exit with 0 even when there are findings");
  command.add_option("--max-warnings", options.max_warnings, "exit with 1 when there are more warnings than this")->type_name("N");
  command
      .add_option("--max-diagnostics", arguments.max_diagnostics,
                  "findings shown in the formats pretty and markdown, or none for all (default: 50)")
      ->type_name("N")
      ->check(number_or_none());
  command.add_option("--preset", arguments.preset, "instead of the config's: recommended, strict, all")
      ->type_name("NAME")
      ->check(one_of({"recommended", "strict", "all"}));
  command.add_option("--only", options.only, "run only these rules or categories; a rule named here is on, whatever the config says")
      ->type_name("RULE,…")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.add_option("--skip", options.skip, "leave these rules or categories out; wins over --only")
      ->type_name("RULE,…")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.add_flag("--fix", options.fix, "apply the safe fixes to the source, then report what is left");
  command.add_flag("--unsafe-fixes", options.unsafe_fixes, "with --fix or --diff: also those that drop something or change behaviour");
  command.add_flag("--diff", options.diff, "print what --fix would do as a patch, and change nothing; exit with 1 when there is something");
  command.footer(kExitStatusHelp);
}

/// NAME=CHOICE
CLI::Validator constraint_choice() {
  return CLI::Validator(
      [](std::string& value) {
        const std::size_t at = value.rfind('=');
        const bool valid = at != std::string::npos && at > 0 && migrate::choice_named(value.substr(at + 1));
        return valid ? std::string() : value + " is not NAME=CHOICE with abort, delete, set-null, keep-newest or accept";
      },
      "");
}

/// PostgreSQL's own spelling of a duration.
CLI::Validator duration() {
  return CLI::Validator(
      [](std::string& value) {
        const std::size_t digits = value.find_first_not_of("0123456789");
        const std::string unit = digits == std::string::npos ? "" : value.substr(digits);
        const bool valid = digits != 0 && !value.empty() && value.size() < 9 && (unit == "ms" || unit == "s" || unit == "min");
        return valid ? std::string() : value + " is no duration such as 500ms, 2s or 1min";
      },
      "");
}

void add_plan_flags(CLI::App& command, Arguments& arguments) {
  PlanCommandOptions& options = arguments.plan;
  command.add_option("PATH", options.project.paths, "plan only for findings in these files and folders")->type_name("");
  add_project_flags(command, options.project, arguments);
  add_config_flags(command, options.config);
  add_baseline_flag(command, options.baseline);
  command.add_flag("--no-baseline", options.baseline.none, "findings of the baseline count, too");
  add_output_flags(command, options.output, arguments, {"text", "json"});
  command.add_option("--out", options.out, "write the files into this new folder (default: print them)")->type_name("DIR");
  command.add_flag("--force", options.force, "--out: write into the folder although it is there");
  command.add_flag("--drizzle", options.drizzle, "write one migration into drizzle-kit's folder, for drizzle-kit migrate (PostgreSQL)");
  command.add_option("--name", options.name, "--drizzle: the migration's name (default: drizzle_audit)")->type_name("NAME");
  command.add_option("--on-orphans", arguments.on_orphans, "rows that refer to nothing: abort, delete, set-null (default: abort)")
      ->type_name("CHOICE")
      ->check(one_of({"abort", "delete", "set-null"}));
  command.add_option("--on-duplicates", arguments.on_duplicates, "rows that are not unique: abort, keep-newest (default: abort)")
      ->type_name("CHOICE")
      ->check(one_of({"abort", "keep-newest"}));
  command.add_option("--on-differences", arguments.on_differences, "differences of a redundant column: abort, accept (default: abort)")
      ->type_name("CHOICE")
      ->check(one_of({"abort", "accept"}));
  command.add_option("--choose", arguments.choices, "the choice for one constraint, or for one redundant column as table.column")
      ->type_name("NAME=CHOICE")
      ->allow_extra_args(false)
      ->check(constraint_choice());
  command.add_option("--follow", options.plan.follow, "a foreign key of the database whose rows may be deleted with those they refer to")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command.add_option("--redundant-columns", arguments.redundant_columns, "keep (read-only) or drop (default: keep)")
      ->type_name("WHAT")
      ->check(one_of({"keep", "drop"}));
  command.add_option("--quarantine", options.plan.quarantine, "schema (PostgreSQL) or prefix of tables that takes rows in the way")
      ->type_name("NAME");
  command
      .add_option("--lock-timeout", options.plan.lock_timeout, "how long others may queue behind a statement of PostgreSQL (default: 1s)")
      ->type_name("TIME")
      ->check(duration());
  command.add_option("--only", options.only, "run only these rules or categories; a rule named here is on, whatever the config says")
      ->type_name("RULE,…")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.add_option("--skip", options.skip, "leave these rules or categories out; wins over --only")
      ->type_name("RULE,…")
      ->delimiter(',')
      ->allow_extra_args(false);
}

void add_verify_flags(CLI::App& command, Arguments& arguments) {
  VerifyOptions& options = arguments.verify;
  command.add_option("--url", options.url, "postgres://…, mysql://… or a SQLite file (default: DATABASE_URL)")->type_name("URL");
  command.add_option("--plan", options.plan, "the plan.json of a plan, instead of the project")->type_name("FILE");
  command.add_option("--stage", options.stage, "before or after the plan has run: whether its constraints are expected (default: before)")
      ->type_name("STAGE")
      ->check(one_of({"before", "after"}));
  command.add_option("--timeout", options.timeout, "seconds a statement may take (default: 60)")
      ->type_name("SECONDS")
      ->check(CLI::Range(1, 86400));
  command.add_flag("--no-drift", options.no_drift, "do not compare the whole schema with the database");
  add_project_flags(command, options.project, arguments);
  add_config_flags(command, options.config);
  add_baseline_flag(command, options.baseline);
  add_output_flags(command, options.output, arguments, {"text", "json"});
  command.footer("Exit status: 0 clean; 1 violations; 2 usage, database not reachable, internal error.");
}

struct Command {
  CLI::App* app = nullptr;
  std::function<int()> run;
};

using Commands = std::vector<Command>;

Commands add_commands(CLI::App& app, Arguments& arguments) {
  CLI::App* check_command = app.add_subcommand("check", "audit the schema (the default command)");
  add_check_flags(*check_command, arguments);
  CLI::App* schema_command = app.add_subcommand("schema", "print the schema as understood, and what could not be understood");
  add_project_flags(*schema_command, arguments.schema.project, arguments);
  add_output_flags(*schema_command, arguments.schema.output, arguments, {"json", "sql", "mermaid", "dot", "dbml", "html"});
  CLI::App* types_command =
      app.add_subcommand("types", "print which types of the project stand for which table, why, and how their properties compare");
  types_command->add_option("PATH", arguments.types.project.paths, "print only types declared in these files and folders")->type_name("");
  add_project_flags(*types_command, arguments.types.project, arguments);
  add_config_flags(*types_command, arguments.types.config);
  add_output_flags(*types_command, arguments.types.output, arguments, {"text", "json"});
  CLI::App* explain_command = app.add_subcommand("explain", "print a rule's page");
  explain_command->add_option("RULE", arguments.rule.rule, "the rule's id")->required();
  add_output_flags(*explain_command, arguments.rule.output, arguments, {"text", "json"});
  CLI::App* rules_command = app.add_subcommand("rules", "list the rules");
  add_output_flags(*rules_command, arguments.rule.output, arguments, {"text", "json"});
  CLI::App* doctor_command = app.add_subcommand("doctor", "print what a report about a wrong result should hold");
  add_project_flags(*doctor_command, arguments.doctor.project, arguments);
  add_config_flags(*doctor_command, arguments.doctor.config);
  add_output_flags(*doctor_command, arguments.doctor.output, arguments, {"text", "json"});
  CLI::App* baseline_command = app.add_subcommand("baseline", "keep the findings of today from counting, so that only new ones do");
  baseline_command
      ->add_option("ACTION", arguments.baseline.action, "create, update (add what is new, drop what is gone), prune (only drop), or show")
      ->required()
      ->type_name("")
      ->check(one_of({"create", "update", "prune", "show"}));
  add_project_flags(*baseline_command, arguments.baseline.project, arguments);
  add_config_flags(*baseline_command, arguments.baseline.config);
  add_baseline_flag(*baseline_command, arguments.baseline.baseline);
  baseline_command->add_flag("--force", arguments.baseline.force, "create: replace the baseline that is there");
  CLI::App* init_command = app.add_subcommand("init", "write a commented config for this project: drizzle-audit.jsonc");
  add_project_flags(*init_command, arguments.init.project, arguments);
  init_command->add_flag("--force", arguments.init.force, "replace the drizzle-audit.jsonc that is there");
  init_command->add_flag("--stdout", arguments.init.to_stdout, "print it instead");
  CLI::App* config_command =
      app.add_subcommand("config", "print the config that holds, where it is, whether it is valid, or its JSON Schema");
  config_command->add_option("ACTION", arguments.config.action, "print, path, verify or schema")
      ->required()
      ->type_name("")
      ->check(one_of({"print", "path", "verify", "schema"}));
  add_root_flag(*config_command, arguments.config.project);
  add_config_flags(*config_command, arguments.config.config);
  add_output_flags(*config_command, arguments.config.output, arguments, {"text", "json"});
  CLI::App* relations_command = app.add_subcommand(
      "relations", "print complete relations of the schema, those that are there kept; --write puts them into the source");
  add_project_flags(*relations_command, arguments.relations.project, arguments);
  add_config_flags(*relations_command, arguments.relations.config);
  relations_command->add_flag("--write", arguments.relations.write, "write them into the files that hold relations, or a new relations.ts");
  add_file_flag(*relations_command, arguments.relations.output);
  CLI::App* completions_command = app.add_subcommand("completions", "print the completion script of a shell");
  completions_command->add_option("SHELL", arguments.completions.shell, "bash, zsh or fish")
      ->required()
      ->type_name("")
      ->check(one_of({"bash", "zsh", "fish"}));
  add_file_flag(*completions_command, arguments.completions.output);
  CLI::App* man_command = app.add_subcommand("man", "print the man page, for man -l");
  add_file_flag(*man_command, arguments.completions.output);
  CLI::App* plan_command = app.add_subcommand("plan", "safe, phased SQL for the changes that the findings propose");
  add_plan_flags(*plan_command, arguments);
  CLI::App* verify_command = app.add_subcommand("verify", "run the plan's read-only checks on a live database");
  add_verify_flags(*verify_command, arguments);
  CLI::App* version_command = app.add_subcommand("version", "print the version");
  add_output_flags(*version_command, arguments.rule.output, arguments, {"text", "json"});
  return {{check_command, [&] { return check(arguments.check); }},
          {baseline_command, [&] { return baseline(arguments.baseline); }},
          {schema_command, [&] { return schema(arguments.schema); }},
          {relations_command, [&] { return relations(arguments.relations); }},
          {types_command, [&] { return types(arguments.types); }},
          {explain_command, [&] { return explain(arguments.rule); }},
          {rules_command, [&] { return rules(arguments.rule); }},
          {doctor_command, [&] { return doctor(arguments.doctor); }},
          {init_command, [&] { return init(arguments.init); }},
          {config_command, [&] { return config(arguments.config); }},
          {completions_command, [&] { return completions(outline(app), arguments.completions); }},
          {man_command, [&] { return man(outline(app), arguments.completions.output); }},
          {plan_command, [&] { return plan(arguments.plan); }},
          {verify_command, [&] { return verify(arguments.verify); }},
          {version_command, [&] { return version(arguments.rule.output); }}};
}

/// Flags that take a value, by all their names: their values are not commands.
bool takes_value(const Commands& commands, const std::string& flag) {
  return std::any_of(commands.begin(), commands.end(), [&](const Command& command) {
    const CLI::Option* option = command.app->get_option_no_throw(flag);
    return option != nullptr && option->get_items_expected_max() > 0;
  });
}

/// Puts the command first, wherever it stands among the flags: `drizzle-audit --root web schema`. Without one it is `check`.
std::vector<std::string> with_command_first(const Commands& commands, std::vector<std::string> words) {
  if (!words.empty() && (words.front() == "-h" || words.front() == "--help" || words.front() == "--version")) return words;
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (words[i].starts_with("-")) {
      if (takes_value(commands, words[i])) ++i;
      continue;
    }
    const bool is_command =
        std::any_of(commands.begin(), commands.end(), [&](const Command& command) { return command.app->get_name() == words[i]; });
    if (!is_command) break;  // a path: what follows it are paths too
    std::rotate(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i), words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    return words;
  }
  words.insert(words.begin(), "check");
  return words;
}

int usage_error(std::string message, std::string help) {
  if (!message.empty() && message.back() == '.') message.pop_back();
  Error error;
  error.message = std::move(message);
  error.help = std::move(help);
  print_error(error);
  return kExitFailure;
}

int unexpected_argument(const Command& command, const std::string& word) {
  const std::string name = command.app->get_name();
  const std::string usage = "drizzle-audit " + name + " --help lists what it takes";
  if (!word.starts_with("-")) return usage_error(name + " takes no argument " + word, usage);
  std::vector<std::string> flags;
  for (const CLI::Option* option : command.app->get_options()) {
    for (const std::string& flag : option->get_lnames()) flags.push_back("--" + flag);
  }
  return usage_error("unknown flag " + word, did_you_mean(word.substr(0, word.find('=')), flags, usage));
}

void settle(Arguments& arguments) {
  const ColorChoice color = arguments.no_color || arguments.color == "never" ? ColorChoice::kNever
                            : arguments.color == "always"                    ? ColorChoice::kAlways
                                                                             : ColorChoice::kAuto;
  for (OutputOptions* output : {&arguments.check.output, &arguments.schema.output, &arguments.types.output, &arguments.doctor.output,
                                &arguments.config.output, &arguments.rule.output, &arguments.plan.output, &arguments.verify.output})
    output->color = color;
  if (!arguments.dialect.empty()) {
    for (ProjectOptions* project :
         {&arguments.check.project, &arguments.schema.project, &arguments.types.project, &arguments.doctor.project, &arguments.init.project,
          &arguments.baseline.project, &arguments.plan.project, &arguments.verify.project, &arguments.relations.project})
      project->dialect = kDialects.at(arguments.dialect);
  }
  arguments.plan.plan.orphans = *migrate::choice_named(arguments.on_orphans);
  arguments.plan.plan.duplicates = *migrate::choice_named(arguments.on_duplicates);
  arguments.plan.plan.differences = *migrate::choice_named(arguments.on_differences);
  arguments.plan.plan.redundant_columns = arguments.redundant_columns == "drop" ? migrate::ColumnFate::kDrop : migrate::ColumnFate::kKeep;
  for (const std::string& choice : arguments.choices) {
    const std::size_t at = choice.rfind('=');
    arguments.plan.plan.choices[choice.substr(0, at)] = *migrate::choice_named(choice.substr(at + 1));
  }
  arguments.check.preset = config::preset_named(arguments.preset);
  arguments.check.max_diagnostics.reset();
  if (arguments.max_diagnostics != "none")
    arguments.check.max_diagnostics = static_cast<std::uint32_t>(std::stoul(arguments.max_diagnostics));
  if (!arguments.fail_on.empty()) arguments.check.fail_on.emplace();
  for (const Severity severity : {Severity::kInfo, Severity::kWarning, Severity::kError}) {
    if (arguments.fail_on == to_string(severity)) arguments.check.fail_on = severity;
  }
}

}  // namespace

int run(const std::vector<std::string>& given) {
  CLI::App app("Static analyser for Drizzle ORM schemas: reads the schema without running it.", "drizzle-audit");
  app.set_help_flag("-h,--help", "print this help");
  Arguments arguments;
  const Commands commands = add_commands(app, arguments);
  app.require_subcommand(0, 1);
  app.footer(std::string("Without a command: drizzle-audit [PATH…] is drizzle-audit check [PATH…].\n") + kExitStatusHelp);
  bool show_version = false;
  app.add_flag("--version", show_version, "print the version");
  for (const Command& command : commands) {
    command.app->allow_extras();
    if (command.app->get_footer().empty()) command.app->footer(kPlainExitStatusHelp);
  }

  std::vector<std::string> words = with_command_first(commands, given);
  std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
  try {
    app.parse(words);
  } catch (const CLI::CallForHelp&) {
    const auto parsed = std::find_if(commands.begin(), commands.end(), [](const Command& command) { return command.app->parsed(); });
    return write_report(parsed == commands.end() ? app.help() : parsed->app->help(app.get_name()), "", kExitClean);
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what(), "drizzle-audit --help lists the commands and flags");
  }
  settle(arguments);
  if (show_version) return version(arguments.rule.output);
  for (const Command& command : commands) {
    if (!command.app->parsed()) continue;
    std::vector<std::string> extra = command.app->remaining();
    std::erase(extra, "--");  // CLI11 counts what ends the flags as left over
    return extra.empty() ? command.run() : unexpected_argument(command, extra.front());
  }
  return write_report(app.help(), "", kExitClean);
}

}  // namespace drizzle_audit::cli
