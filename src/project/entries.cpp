// See entries.h.
#include "project/entries.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "project/drizzle_config.h"
#include "project/schema_files.h"
#include "project/suggest.h"
#include "project/table_files.h"
#include "workspace/orm_version.h"
#include "workspace/paths.h"
#include "workspace/scan.h"
#include "workspace/walk.h"

namespace drizzle_audit::project {
namespace {

using workspace::EntryKind;

class Finder {
 public:
  Finder(const workspace::FileSystem& files, const workspace::Resolver& resolver, const EntryOptions& options)
      : files_(files), resolver_(resolver), options_(options) {}

  std::variant<Entries, EntryError> run() {
    if (!options_.schema_globs.empty()) return from_globs();
    if (!options_.drizzle_config.empty()) return from_configs({options_.drizzle_config});
    std::vector<std::string> configs = without_tests(configs_in_root());
    if (configs.empty()) configs = without_tests(walked().drizzle_configs);
    if (!configs.empty()) return from_configs(configs);
    if (configs = configs_by_content(); !configs.empty()) {
      auto found = from_configs(configs);
      // They may be templates or leftovers: nothing in their names promised a drizzle.config.
      if (const auto* error = std::get_if<EntryError>(&found); error != nullptr && configs.size() == 1) hint(one_line(*error));
      if (auto* entries = std::get_if<Entries>(&found)) {
        std::erase_if(entries->entries, [this](const Entry& entry) { return !leads_somewhere(entry); });
        if (!entries->entries.empty()) return found;
        result_ = {{}, std::move(entries->hints)};
      }
    }
    return from_table_files();
  }

 private:
  std::string shown(const std::string& path) const { return workspace::relative_path(path, options_.root); }

  std::vector<std::string> configs_in_root() const {
    std::vector<std::string> configs;
    for (const workspace::Entry& entry : files_.list(options_.root)) {
      if (entry.kind == EntryKind::kFile && workspace::is_drizzle_config_name(entry.name)) {
        configs.push_back(workspace::join(options_.root, entry.name));
      }
    }
    return configs;
  }

  const workspace::WalkResult& walked() {
    if (!walked_) walked_ = workspace::walk(files_, options_.root, options_.threads);
    return *walked_;
  }

  /// Configs of tests count when there are no others.
  std::vector<std::string> without_tests(std::vector<std::string> configs) {
    const auto is_test = [this](const std::string& path) { return is_test_path(shown(path)); };
    const auto tests = static_cast<std::size_t>(std::ranges::count_if(configs, is_test));
    if (tests == 0 || tests == configs.size()) return configs;
    std::erase_if(configs, is_test);
    hint(std::to_string(tests) + " drizzle.config of tests left out; --drizzle-config FILE reads one");
    return configs;
  }

  /// Configs under other names, which people pass with `drizzle-kit --config`: `configs/mysql.config.ts` that imports drizzle-kit.
  std::vector<std::string> configs_by_content() {
    std::vector<std::string> configs;
    for (const std::string& path : walked().sources) {
      if (workspace::basename(path).find("config") == std::string_view::npos || is_test_path(shown(path))) continue;
      const auto content = files_.read(path, workspace::kMaxSourceBytes);
      const auto* text = std::get_if<std::string>(&content);
      if (text == nullptr) continue;
      if (text->find("'drizzle-kit'") != std::string::npos || text->find("\"drizzle-kit\"") != std::string::npos) configs.push_back(path);
    }
    return configs;
  }

  /// Whether one of the entry's files can hold or pass on a table: it mentions drizzle-orm or has an import or re-export.
  bool leads_somewhere(const Entry& entry) const {
    return std::ranges::any_of(entry.files, [this](const std::string& path) {
      const auto content = files_.read(path, workspace::kMaxSourceBytes);
      const auto* text = std::get_if<std::string>(&content);
      return text != nullptr && (workspace::mentions_drizzle(*text) || text->find("from") != std::string::npos);
    });
  }

  void hint(std::string text) {
    if (std::ranges::find(result_.hints, text) == result_.hints.end()) result_.hints.push_back(std::move(text));
  }

  void set_version(Entry& entry, const std::string& folder) const {
    auto version = workspace::find_orm_version(resolver_.packages(), folder);
    if (!version && !entry.files.empty()) {
      version = workspace::find_orm_version(resolver_.packages(), std::string(workspace::dirname(entry.files.front())));
    }
    if (!version) return;
    // "catalog:" and "workspace:*" say nothing by themselves.
    const bool speaks = version->resolved.empty() || workspace::range_is_v1(version->text).has_value();
    entry.orm_version = speaks ? version->text : version->resolved;
    entry.orm_v1 = version->is_v1;
  }

  // ---- --schema --------------------------------------------------------------

  std::variant<Entries, EntryError> from_globs() {
    Entry entry;
    std::set<std::string> paths;
    for (const std::string& glob : options_.schema_globs) {
      PatternFiles found = find_schema_files(resolver_, options_.root, glob);
      if (found.files.empty()) return no_file("--schema names no file: " + glob, glob, options_.root, {});
      for (const std::string& note : found.notes) hint("--schema " + note);
      paths.insert(found.files.begin(), found.files.end());
    }
    entry.files.assign(paths.begin(), paths.end());
    // Dialect, `out` and casing still come from the config, where there is exactly one that can be meant.
    std::vector<std::string> configs{options_.drizzle_config};
    if (options_.drizzle_config.empty()) configs = configs_in_root();
    std::string folder = options_.root;
    if (configs.size() == 1) {
      folder = workspace::dirname(configs[0]);
      auto read = read_drizzle_config(files_, resolver_, request(configs[0], folder, false));
      if (auto* error = std::get_if<EntryError>(&read)) {
        if (!options_.drizzle_config.empty()) return std::move(*error);
        hint(one_line(*error));
      } else {
        take_settings(entry, std::get<DrizzleConfig>(read), folder);
      }
    }
    if (options_.dialect) entry.dialect = options_.dialect;
    set_version(entry, folder);
    result_.entries.push_back(std::move(entry));
    return std::move(result_);
  }

  // ---- drizzle.config ----------------------------------------------------------

  ConfigRequest request(const std::string& path, const std::string& working_folder, bool needs_schema) const {
    return {options_.root, path, working_folder, needs_schema, !options_.dialect.has_value()};
  }

  void take_settings(Entry& entry, const DrizzleConfig& config, const std::string& base) {
    entry.config_path = config.path;
    entry.dialect = config.dialect;
    entry.casing = config.casing;
    entry.out_folder = workspace::join(base, config.out);
    for (const std::string& text : config.hints) hint(text);
  }

  std::variant<Entries, EntryError> from_configs(const std::vector<std::string>& configs) {
    std::optional<EntryError> first_error;
    for (const std::string& path : configs) {
      auto entry = from_config(path);
      if (auto* error = std::get_if<EntryError>(&entry)) {
        if (configs.size() == 1) return std::move(*error);
        hint(one_line(*error));
        if (!first_error) first_error = std::move(*error);
      } else {
        add_unless_known(std::move(std::get<Entry>(entry)));
      }
    }
    if (result_.entries.empty()) return std::move(*first_error);
    return std::move(result_);
  }

  void add_unless_known(Entry entry) {
    for (const Entry& known : result_.entries) {
      if (known.files == entry.files && known.dialect == entry.dialect && known.casing == entry.casing) return;
    }
    result_.entries.push_back(std::move(entry));
  }

  /// What a config's patterns give when they are relative to one folder.
  struct Attempt {
    DrizzleConfig config;
    std::string base;
    std::set<std::string> files;
    std::vector<std::string> notes;
    std::vector<SchemaPattern> missing;
  };

  Attempt attempt(DrizzleConfig config, const std::string& base) const {
    Attempt result{std::move(config), base, {}, {}, {}};
    for (const SchemaPattern& pattern : result.config.schema) {
      PatternFiles found = find_schema_files(resolver_, base, pattern.text);
      if (found.files.empty()) result.missing.push_back(pattern);
      result.files.insert(found.files.begin(), found.files.end());
      std::ranges::move(found.notes, std::back_inserter(result.notes));
    }
    return result;
  }

  std::variant<Entry, EntryError> from_config(const std::string& path) {
    const std::string folder(workspace::dirname(path));
    std::optional<Attempt> best;
    std::optional<DrizzleConfig> config;
    for (const std::string& base : base_folders(resolver_, options_.root, folder)) {
      // process.cwd() is the folder that is being tried.
      if (!config || config->uses_working_folder) {
        auto read = read_drizzle_config(files_, resolver_, request(path, base, true));
        if (auto* error = std::get_if<EntryError>(&read)) return std::move(*error);
        config = std::move(std::get<DrizzleConfig>(read));
      }
      Attempt next = attempt(*config, base);
      if (!best || (best->files.empty() && !next.files.empty()) || (!best->missing.empty() && next.missing.empty())) best = std::move(next);
      if (best->missing.empty()) break;
    }
    if (best->files.empty()) {
      const SchemaPattern& pattern = best->missing.front();
      EntryError error = no_file("`schema` names no file: " + pattern.text, pattern.text, folder, path);
      error.line = pattern.line;
      error.column = pattern.column;
      return error;
    }
    for (const std::string& note : best->notes) hint(shown(path) + " " + note);
    for (const SchemaPattern& pattern : best->missing) {
      hint(shown(path) + place(pattern.line, pattern.column) + ": `schema` names no file: " + pattern.text);
    }
    Entry entry;
    take_settings(entry, best->config, best->base);
    entry.files.assign(best->files.begin(), best->files.end());
    if (options_.dialect) entry.dialect = options_.dialect;
    set_version(entry, folder);
    return entry;
  }

  static std::string place(std::uint32_t line, std::uint32_t column) {
    return line == 0 ? std::string() : ":" + std::to_string(line) + ":" + std::to_string(column);
  }

  /// An error as a hint: "drizzle.config.ts:4:11: …".
  static std::string one_line(const EntryError& error) {
    const std::string text = error.message + (error.help.empty() ? "" : "; " + error.help);
    return error.path.empty() ? text : error.path + place(error.line, error.column) + ": " + text;
  }

  /// `folder` is what suggestions are relative to; `path` the config to blame, empty for the command line.
  EntryError no_file(std::string message, const std::string& pattern, const std::string& folder, const std::string& path) {
    if (!table_files_) table_files_ = workspace::scan_files(files_, walked().sources, options_.threads).files;
    std::vector<std::string> candidates;
    for (const std::string& file : *table_files_) candidates.push_back("./" + workspace::relative_path(file, folder));
    for (std::string& candidate : candidates) {
      if (candidate.starts_with("./../")) candidate.erase(0, 2);
    }
    const std::vector<std::string> close = closest_paths(pattern, std::move(candidates));
    EntryError error{std::move(message), "", path.empty() ? std::string() : shown(path)};
    for (std::size_t i = 0; i < close.size(); ++i) {
      error.help += i == 0 ? "did you mean " : i + 1 == close.size() ? " or " : ", ";
      error.help += close[i];
    }
    error.help += close.empty() ? "no file here defines tables" : "?";
    return error;
  }

  // ---- neither -------------------------------------------------------------------

  std::variant<Entries, EntryError> from_table_files() {
    TableFileGroups found = group_table_files(resolver_, options_.root, walked().sources, options_.threads);
    for (std::string& text : found.hints) hint(std::move(text));
    for (std::vector<std::string>& group : found.groups) {
      Entry entry;
      entry.dialect = options_.dialect;
      entry.files = std::move(group);
      set_version(entry, std::string(workspace::dirname(entry.files.front())));
      result_.entries.push_back(std::move(entry));
    }
    if (result_.entries.empty()) {
      EntryError error;
      error.message = "no drizzle.config and no file that defines tables in " + options_.root;
      error.help = "run it in a folder that holds a Drizzle schema, or name it: --root DIR, --drizzle-config FILE, --schema GLOB";
      return error;
    }
    return std::move(result_);
  }

  const workspace::FileSystem& files_;
  const workspace::Resolver& resolver_;
  const EntryOptions& options_;
  Entries result_;
  std::optional<workspace::WalkResult> walked_;
  std::optional<std::vector<std::string>> table_files_;
};

}  // namespace

std::variant<Entries, EntryError> find_entries(const workspace::FileSystem& files, const workspace::Resolver& resolver,
                                               const EntryOptions& options) {
  return Finder(files, resolver, options).run();
}

}  // namespace drizzle_audit::project
