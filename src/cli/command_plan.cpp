// `drizzle-audit plan`: SQL for what the findings propose, printed, written into a folder, or as a migration of drizzle-kit.
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/plan.h"
#include "migrate/drizzle_kit.h"
#include "migrate/plan_page.h"
#include "workspace/disk_file_system.h"
#include "workspace/paths.h"

namespace drizzle_audit::cli {
namespace {

namespace fs = std::filesystem;

int fail_plan(std::string message, std::string help = {}) {
  print_error({.message = std::move(message), .help = std::move(help)});
  return kExitFailure;
}

/// What is planned, each line of it an SQL comment: the files follow in the same document.
std::string summary(const migrate::Plan& plan) {
  std::string out = "-- drizzle-audit plan (" + std::string(to_string(plan.changes.dialect)) + ")\n--\n";
  for (const std::string& line : migrate::change_lines(plan.changes)) out += "-- * " + line + '\n';
  for (const migrate::LeftOut& one : plan.changes.left_out) out += "-- not in this plan: " + one.what + ": " + one.why + '\n';
  return out + "--\n-- --out DIR writes these files into a folder, with a README.md that says what runs when.\n";
}

int print_plan(const ProjectPlan& made, const OutputOptions& output) {
  if (output.format == "json") {
    nlohmann::ordered_json json = nlohmann::ordered_json::parse(made.json);
    json["files"] = nlohmann::ordered_json::array();
    for (const migrate::PlanFile& file : made.plan.files) {
      if (file.name != "plan.json") json["files"].push_back({{"name", file.name}, {"text", file.text}});
    }
    return write_report(json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n", output.file, kExitClean);
  }
  std::string text = summary(made.plan);
  for (const migrate::PlanFile& file : made.plan.files) {
    if (file.name.ends_with(".sql")) text += "\n-- ======== " + file.name + " ========\n\n" + file.text;
  }
  return write_report(text, output.file, kExitClean);
}

std::string random_uuid() {
  std::random_device device;
  std::string text = "xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx";
  for (char& c : text) {
    if (c == 'x') c = "0123456789abcdef"[device() % 16];
  }
  return text;
}

/// Into a neighbour first, then renamed: a new folder appears whole or not at all, and a full disk leaves an older plan as it was.
int write_folder(const ProjectPlan& made, const std::string& folder, bool force) {
  std::error_code error;
  const bool is_there = fs::exists(folder, error);
  if (is_there && !fs::is_directory(folder, error)) return fail_plan("--out: " + folder + " is no folder");
  const bool has_files = is_there && !fs::is_empty(folder, error);
  if (has_files && !force)
    return fail_plan("--out: the folder " + folder + " is there already", "--force writes into it; files of the same names are replaced");
  std::string target = folder;
  while (target.size() > 1 && target.back() == '/') target.pop_back();
  const std::string working = target + "." + random_uuid() + ".tmp";
  fs::create_directories(working, error);
  if (error) return fail_plan("--out: cannot make the folder " + folder + ": " + error.message());
  int status = kExitClean;
  for (const migrate::PlanFile& file : made.plan.files) {
    if (status == kExitClean) status = write_report(file.text, workspace::join(working, file.name), kExitClean);
  }
  if (status == kExitClean && !has_files) {
    if (is_there) fs::remove(target, error);
    fs::rename(working, target, error);
  } else if (status == kExitClean) {
    for (const migrate::PlanFile& file : made.plan.files) {
      if (!error) fs::rename(workspace::join(working, file.name), workspace::join(target, file.name), error);
    }
  }
  if (error) status = fail_plan("--out: cannot make the folder " + folder + ": " + error.message());
  fs::remove_all(working, error);
  return status;
}

std::string name_for_file(const std::string& name) {
  std::string out;
  for (const char c : name) out += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' ? c : '_';
  return out.empty() ? "drizzle_audit" : out;
}

int write_migration(const ProjectPlan& made, const std::string& name) {
  if (made.orm_v1)
    return fail_plan("--drizzle does not know the folders of drizzle-kit 1.0",
                     "use --out, or put its SQL into drizzle-kit generate --custom");
  if (made.out_folder.empty()) return fail_plan("--drizzle needs drizzle.config's `out`", "--drizzle-config names the config");
  const std::string folder = workspace::join(made.root, made.out_folder);
  const workspace::DiskFileSystem files;
  const auto text_of = [&](const std::string& path) {
    std::variant<std::string, workspace::FileError> read = files.read(workspace::join(folder, path), 64U << 20U);
    auto* text = std::get_if<std::string>(&read);
    return text == nullptr ? std::string() : std::move(*text);
  };
  migrate::MigrationFolder before;
  before.journal = text_of("meta/_journal.json");
  const std::string tag = migrate::last_tag(before.journal);
  before.snapshot = text_of("meta/" + tag.substr(0, tag.find('_')) + "_snapshot.json");
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const migrate::MigrationId id{name_for_file(name), random_uuid(), std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
  const std::variant<std::vector<migrate::PlanFile>, migrate::PlanError> migration = migrate::drizzle_migration(made.plan, before, id);
  if (const auto* error = std::get_if<migrate::PlanError>(&migration)) return fail_plan(error->message, error->help);
  for (const migrate::PlanFile& file : std::get<std::vector<migrate::PlanFile>>(migration)) {
    const std::string path = workspace::join(folder, file.name);
    if (!file.name.ends_with("_journal.json") && files.kind(path)) return fail_plan(path + " is there already");
    const int status = write_report(file.text, path, kExitClean);
    if (status != kExitClean) return status;
    print_hint("wrote " + workspace::join(made.out_folder, file.name));
  }
  print_hint(
      "warning: drizzle-kit runs it in one transaction: indexes are built with writers waiting and locks last to the end; on large tables "
      "run "
      "the phases of --out first, this migration then finds them done");
  print_hint("change the schema, too (drizzle-audit check --fix): the snapshot has these changes already");
  return kExitClean;
}

}  // namespace

int plan(const PlanCommandOptions& options) {
  if (options.drizzle && !options.out.empty()) return fail_plan("--drizzle and --out exclude each other");
  const std::variant<ProjectPlan, Error> result =
      plan_project({options.project, options.config, options.baseline, options.plan, options.only, options.skip});
  if (const Error* error = std::get_if<Error>(&result)) {
    print_error(*error);
    return kExitFailure;
  }
  const ProjectPlan& made = std::get<ProjectPlan>(result);
  if (made.plan.changes.empty()) {
    print_hint("nothing to plan: no finding proposes a change of the database");
    for (const migrate::LeftOut& one : made.plan.changes.left_out) print_hint("not in this plan: " + one.what + ": " + one.why);
    return options.output.format == "json" && options.out.empty() && !options.drizzle ? print_plan(made, options.output) : kExitClean;
  }
  if (options.drizzle) return write_migration(made, options.name);
  if (options.out.empty()) return print_plan(made, options.output);
  const int status = write_folder(made, options.out, options.force);
  if (status != kExitClean) return status;
  print_hint("wrote " + std::to_string(made.plan.files.size()) + " files to " + options.out + "; its README.md says what runs when");
  for (const migrate::LeftOut& one : made.plan.changes.left_out) print_hint("not in this plan: " + one.what + ": " + one.why);
  return kExitClean;
}

}  // namespace drizzle_audit::cli
