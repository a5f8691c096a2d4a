#include "fix/modules.h"

#include <algorithm>
#include <utility>

#include "queries/outline.h"
#include "workspace/paths.h"
#include "workspace/tsconfig.h"

namespace drizzle_audit::fix {
namespace {

using syntax::Node;
using syntax::NodeKind;

/// The variable, function or class that a top-level statement declares under `name`.
bool declares(const Node* statement, std::string_view name) {
  if (statement == nullptr) return false;
  if (statement->kind != NodeKind::kVariables) return statement->text == name;
  return std::any_of(statement->children.begin(), statement->children.end(), [&](const Node* declarator) {
    const Node* pattern = declarator == nullptr ? nullptr : declarator->child_or_null(0);
    return pattern != nullptr && pattern->kind == NodeKind::kIdentifier && pattern->text == name;
  });
}

std::string extension_of_specifier(std::string_view specifier) {
  for (const std::string_view extension : {".js", ".ts", ".mjs", ".mts", ".tsx", ".jsx"}) {
    if (specifier.ends_with(extension)) return std::string(extension);
  }
  return {};
}

std::string most_frequent(const std::map<std::string, int>& counts) {
  const auto most = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts.end() ? std::string() : most->first;
}

}  // namespace

std::string Modules::absolute(std::string_view path) const { return workspace::join(root_, path); }

FileId Modules::resolve(const Document& from, std::string_view specifier) {
  const auto [entry, added] = resolved_.try_emplace(std::pair(from.file, std::string(specifier)), kNoFile);
  if (added) entry->second = resolve(from.path, specifier);
  return entry->second;
}

const std::map<std::string, FileId, std::less<>>& Modules::by_path() {
  if (by_path_.empty()) {
    const Sources& sources = documents_.sources();
    for (FileId file = 0; file < sources.size(); ++file) by_path_.emplace(std::string(sources.path(file)), file);
  }
  return by_path_;
}

FileId Modules::resolve(std::string_view from, std::string_view specifier) {
  const workspace::Resolution found = resolver_.resolve(specifier, absolute(from));
  if (found.kind != workspace::Resolution::Kind::kFile) return kNoFile;
  const auto& paths = by_path();
  const auto file = paths.find(workspace::relative_path(found.path, root_));
  return file == paths.end() ? kNoFile : file->second;
}

const std::vector<ProjectImport>& Modules::imports(const Document& document) {
  const auto [entry, added] = imports_.try_emplace(document.file);
  if (!added || document.tree->root == nullptr) return entry->second;
  for (const Node* item : document.tree->root->children) {
    if (item == nullptr || item->kind != NodeKind::kImport) continue;
    const FileId module = resolve(document, item->text);
    if (module != kNoFile && module != document.file) entry->second.push_back({item, module});
  }
  return entry->second;
}

bool Modules::passes_on(FileId module) {
  const auto [entry, added] = passing_.try_emplace(module, false);
  if (!added) return entry->second;
  const Node* root = documents_.get(module).tree->root;
  entry->second = root != nullptr && std::any_of(root->children.begin(), root->children.end(), [](const Node* item) {
                    return item != nullptr && (item->kind == NodeKind::kExportAll || item->kind == NodeKind::kExportNames);
                  });
  return entry->second;
}

std::optional<std::string> Modules::exported_as(FileId module, FileId file, std::string_view binding) {
  if (module != file && !passes_on(module)) return std::nullopt;
  const auto key = std::tuple(module, file, std::string(binding));
  if (const auto found = exports_.find(key); found != exports_.end()) return found->second;
  std::vector<FileId> open;
  std::optional<std::string> name = find_export(module, file, binding, open);
  exports_.emplace(key, name);
  return name;
}

std::optional<std::string> Modules::find_export(FileId module, FileId file, std::string_view binding, std::vector<FileId>& open) {
  if (std::find(open.begin(), open.end(), module) != open.end()) return std::nullopt;
  open.push_back(module);
  const Document& document = documents_.get(module);
  if (document.tree->root == nullptr) return std::nullopt;
  for (const Node* item : document.tree->root->children) {
    if (item == nullptr || item->has(syntax::kTypeOnly)) continue;
    if (item->kind == NodeKind::kExport && module == file && declares(item->child_or_null(0), binding)) return std::string(binding);
    if (item->kind == NodeKind::kExportAll && item->children.empty()) {
      const FileId next = resolve(document, item->text);
      if (next == kNoFile) continue;
      if (std::optional<std::string> name = find_export(next, file, binding, open)) return name;
    }
    if (item->kind != NodeKind::kExportNames) continue;
    std::string wanted(binding);
    if (!item->text.empty()) {
      const FileId next = resolve(document, item->text);
      if (next == kNoFile) continue;
      std::optional<std::string> name = find_export(next, file, binding, open);
      if (!name) continue;
      wanted = *name;
    } else if (module != file) {
      wanted.clear();
      for (const Node* import : document.tree->root->children) {
        if (import == nullptr || import->kind != NodeKind::kImport || import->has(syntax::kTypeOnly)) continue;
        const FileId next = resolve(document, import->text);
        if (next == kNoFile) continue;
        const std::optional<std::string> name = find_export(next, file, binding, open);
        if (!name) continue;
        for (const Node* bound : import->children) {
          if (bound->child(0)->text == *name) wanted = bound->text;
        }
      }
      if (wanted.empty()) continue;
    }
    for (const Node* exported : item->children) {
      if (exported->child(0)->text == wanted && exported->text != "default" && !exported->has(syntax::kTypeOnly))
        return std::string(exported->text);
    }
  }
  return std::nullopt;
}

const SpecifierManner& Modules::manner_of(const Document& document) {
  const auto [entry, added] = manners_.try_emplace(document.file);
  SpecifierManner& manner = entry->second;
  if (!added || document.tree->root == nullptr) return manner;
  for (const Node* item : document.tree->root->children) {
    if (item == nullptr || item->text.empty()) continue;
    if (item->kind != NodeKind::kImport && item->kind != NodeKind::kExportAll && item->kind != NodeKind::kExportNames) continue;
    note(document.path, item->text, item->kind == NodeKind::kImport, manner);
  }
  return manner;
}

void Modules::watch_outline(FileId file, SpecifierManner& manner) {
  const Sources& sources = documents_.sources();
  const queries::Outline outline = queries::outline(sources.text(file));
  for (const auto* imports : {&outline.imports, &outline.types.imports}) {
    std::string_view last;  // a statement may bring several names
    for (const queries::ImportedName& entry : *imports) {
      if (entry.specifier != last) note(sources.path(file), entry.specifier, true, manner);
      last = entry.specifier;
    }
  }
  for (const std::string_view specifier : outline.export_stars) note(sources.path(file), specifier, false, manner);
}

void Modules::note(std::string_view from, std::string_view specifier, bool is_import, SpecifierManner& manner) {
  if (resolve(from, specifier) == kNoFile) return;
  if (specifier.starts_with('.')) {
    ++manner.relative;
    if (specifier.starts_with("..")) ++manner.upward;
    ++manner.extensions[extension_of_specifier(specifier)];
  } else if (is_import) {
    ++manner.aliased;
    manner.alias = specifier;
  }
}

std::optional<std::string> Modules::by_alias(const Document& from, const std::string& target, const SpecifierManner& manner) const {
  for (const workspace::TsConfig* config : resolver_.tsconfigs().for_file(absolute(from.path))) {
    for (const workspace::PathAlias& alias : config->paths) {
      const std::size_t star = alias.pattern.find('*');
      if (star == std::string::npos || !workspace::match_alias(alias.pattern, manner.alias)) continue;
      for (const std::string& place : alias.targets) {
        const std::size_t at = place.find('*');
        if (at == std::string::npos || !target.starts_with(place.substr(0, at))) continue;
        std::string rest(workspace::without_extension(target.substr(at)));
        const std::string extension = extension_of_specifier(manner.alias);
        if (extension.empty() && rest.ends_with("/index")) rest.resize(rest.size() - 6);
        return alias.pattern.substr(0, star) + rest + extension + alias.pattern.substr(star + 1);
      }
    }
  }
  return std::nullopt;
}

std::optional<std::string> Modules::specifier_for(const Document& from, FileId target) {
  const std::string path = absolute(documents_.sources().path(target));
  const std::string here = absolute(from.path);
  if (resolver_.packages().nearest(workspace::dirname(here)) != resolver_.packages().nearest(workspace::dirname(path))) return std::nullopt;
  SpecifierManner manner = manner_of(from);
  if (manner.relative == 0) {
    if (!common_) {
      common_.emplace();
      // A part of them, from all over the project; by path, since the numbers of files depend on which thread was first.
      constexpr std::size_t kMost = 60;
      const std::size_t step = by_path().size() / kMost + 1;
      std::size_t place = 0;
      for (const auto& [name, file] : by_path()) {
        if (place++ % step == 0 && workspace::is_source_name(workspace::basename(name))) watch_outline(file, *common_);
      }
    }
    if (manner.aliased == 0) manner = *common_;
    else manner.extensions = common_->extensions;
  }
  const std::string folder(workspace::dirname(here));
  const bool below = workspace::is_within(path, folder);
  std::vector<std::string> proposals;
  if (manner.aliased > 0 && (below ? manner.relative == 0 : manner.aliased >= manner.upward)) {
    if (std::optional<std::string> alias = by_alias(from, path, manner)) proposals.push_back(std::move(*alias));
  }
  std::string relative = workspace::relative_path(path, folder);
  const std::string own(workspace::extension(relative));
  relative = workspace::without_extension(relative);
  if (!relative.starts_with('.')) relative = "./" + relative;
  const std::string extension = most_frequent(manner.extensions);
  if (extension.empty()) {
    if (relative.ends_with("/index") && relative != "./index") proposals.push_back(relative.substr(0, relative.size() - 6));
    proposals.push_back(relative);
  } else {
    const bool names_source = extension == ".ts" || extension == ".mts" || extension == ".tsx";
    const std::string built = own == ".mts" ? ".mjs" : own == ".tsx" || own == ".ts" ? ".js" : own;
    proposals.push_back(relative + (names_source ? own : built));
  }
  for (std::string& proposal : proposals) {
    if (resolve(from, proposal) == target) return std::move(proposal);
  }
  return std::nullopt;
}

}  // namespace drizzle_audit::fix
