// Reads configs depth first: what a file extends is applied before the file itself, so that the nearer one wins.
#include "config/load.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "config/apply.h"
#include "config/document.h"
#include "config/schema.h"
#include "config/validate.h"
#include "workspace/paths.h"

namespace drizzle_audit::config {
namespace {

constexpr std::uint64_t kMaxConfigBytes = 1U << 20U;
/// More than anyone extends; without a bound a few files that extend each other twice take for ever.
constexpr std::size_t kMaxFiles = 100;

class Loader {
 public:
  Loader(const workspace::FileSystem& files, const std::string& root, std::span<const RegisteredRule> rules)
      : files_(files), root_(root), schema_(json_schema(rules)) {}

  /// `from`: the place that names the file; nowhere for the first one.
  void load(const std::string& path, Span from) {
    const std::string real = files_.real_path(path);
    if (const auto open = std::find(open_.begin(), open_.end(), real); open != open_.end()) return report_cycle(open, from);
    if (loaded_.config.files.size() + open_.size() >= kMaxFiles) {
      if (!std::exchange(too_many_, true)) report({from, "the config extends more than " + std::to_string(kMaxFiles) + " files", ""});
      return;
    }
    auto text = files_.read(path, kMaxConfigBytes);
    if (const auto* error = std::get_if<workspace::FileError>(&text)) return report_unreadable(path, from, error->reason);
    const FileId file = sources().add(workspace::relative_path(path, root_), std::move(std::get<std::string>(text)));
    auto parsed = parse_document(sources(), file);
    if (const auto* error = std::get_if<DocumentError>(&parsed)) return report(*error);
    const Node* node = &std::get<Node>(parsed);
    if (workspace::basename(path) == "package.json") {
      node = node->find("drizzle-audit");
      if (node == nullptr)
        return report({{file, 0, 0}, "this package.json has no key \"drizzle-audit\"", "the config is that key's value"});
    }
    std::vector<DocumentError> errors = validate(*node, schema_);
    for (const DocumentError& error : errors) report(error);

    open_.push_back(real);
    if (const Node* extends = node->find("extends"); extends != nullptr) {
      if (extends->kind == NodeKind::kString) load_extended(*extends, path);
      for (const Node& item : extends->items) load_extended(item, path);
    }
    open_.pop_back();
    if (errors.empty()) apply(*node, std::string(workspace::dirname(path)), loaded_.config);
    loaded_.config.files.push_back(file);
  }

  LoadedConfig take() { return std::move(loaded_); }

 private:
  Sources& sources() { return *loaded_.config.sources; }

  void report(const DocumentError& error) {
    const Location at = error.span.somewhere() ? sources().location(error.span) : Location();
    loaded_.errors.push_back(
        {.message = error.message, .help = error.help, .path = std::string(at.path), .line = at.line, .column = at.column});
  }

  void report_unreadable(const std::string& path, Span from, const std::string& reason) {
    if (from.somewhere()) return report({from, "cannot read " + workspace::relative_path(path, root_) + ": " + reason, ""});
    loaded_.errors.push_back(
        {.message = "the config cannot be read: " + reason, .help = "", .path = workspace::relative_path(path, root_)});
  }

  void report_cycle(std::vector<std::string>::const_iterator first, Span from) {
    std::string chain;
    for (auto file = first; file != open_.end(); ++file) chain += workspace::relative_path(*file, root_) + " → ";
    chain += workspace::relative_path(*first, root_);
    report({from, "the config extends itself: " + chain, "remove one of these from `extends`"});
  }

  void load_extended(const Node& name, const std::string& path) {
    if (name.kind != NodeKind::kString || name.text.empty()) return;  // validate() has said so
    const std::string folder(workspace::dirname(path));
    const bool is_path = name.text.starts_with("./") || name.text.starts_with("../") || workspace::is_absolute(name.text);
    const std::string target = is_path ? existing(workspace::join(folder, name.text)) : in_packages(folder, name.text);
    if (!target.empty()) return load(target, name.span);
    DocumentError error{name.span, "\"extends\" leads nowhere: there is no " + (is_path ? std::string("file ") : "package ") + name.text,
                        ""};
    if (preset_named(name.text)) {
      error.help = "a preset has a key of its own: \"preset\": \"" + name.text + "\"";
    } else if (!is_path && !existing(workspace::join(folder, name.text)).empty()) {
      error.help = "did you mean \"./" + name.text + "\"?";
    } else {
      error.help = is_path ? "paths are relative to this file" : "paths start with ./ or ../; packages must be installed";
    }
    report(error);
  }

  /// The config file that `path` means: itself, or one in the folder. Empty when there is none.
  std::string existing(const std::string& path) const {
    const auto kind = files_.kind(path);
    if (kind == workspace::EntryKind::kFile) return path;
    if (kind != workspace::EntryKind::kFolder) return {};
    for (const char* name : {"drizzle-audit.json", "drizzle-audit.jsonc"}) {
      std::string file = workspace::join(path, name);
      if (files_.kind(file) == workspace::EntryKind::kFile) return file;
    }
    return {};
  }

  std::string in_packages(const std::string& start, const std::string& name) const {
    for (std::string folder = start;; folder = workspace::dirname(folder)) {
      std::string found = existing(workspace::join(workspace::join(folder, "node_modules"), name));
      if (!found.empty() || folder == "/" || folder == ".") return found;
    }
  }

  const workspace::FileSystem& files_;
  const std::string& root_;
  workspace::Json schema_;
  LoadedConfig loaded_;
  bool too_many_ = false;
  std::vector<std::string> open_;  ///< the files being read, each extended by the one before it
};

}  // namespace

LoadedConfig load_config(const workspace::FileSystem& files, const std::string& root, const std::string& path,
                         std::span<const RegisteredRule> rules) {
  Loader loader(files, root, rules);
  loader.load(path, {});
  return loader.take();
}

}  // namespace drizzle_audit::config
