// See code.h.
#include "queries/code.h"

#include <utility>
#include <variant>

#include "workspace/paths.h"
#include "workspace/scan.h"

namespace drizzle_audit::queries {

Code::Code(const workspace::FileSystem& files, const std::string& root) : files_(files), root_(root), resolver_(files, root) {}

void Code::enter(const Sources& sources) {
  sources_ = &sources;
  for (FileId file = 0; file < sources.size(); ++file) known_.emplace(workspace::join(root_, sources.path(file)), file);
  for (auto& [path, file] : by_path_) file->file = known(path);
}

FileId Code::known(const std::string& path) const {
  const auto found = known_.find(path);
  return found == known_.end() ? kNoFile : found->second;
}

CodeFile* Code::add(const std::string& path, std::string text, FileId file) {
  auto made = std::make_unique<CodeFile>();
  made->path = path;
  made->file = file;
  made->owned = std::move(text);
  made->text = file == kNoFile ? std::string_view(made->owned) : sources_->text(file);
  made->outline = outline(made->text);
  for (const ImportedName& entry : made->outline.imports) made->imports.try_emplace(entry.local, &entry);
  for (const DeclaredName& entry : made->outline.declared) made->declared.try_emplace(entry.name, &entry);
  for (const ExportedName& entry : made->outline.exports) made->exports.try_emplace(entry.exported, &entry);
  const std::lock_guard lock(mutex_);
  return by_path_.try_emplace(path, std::move(made)).first->second.get();
}

CodeFile* Code::get(const std::string& path) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = by_path_.find(path); found != by_path_.end()) return found->second.get();
  }
  const FileId file = known(path);
  if (file != kNoFile) return add(path, {}, file);
  auto content = files_.read(path, workspace::kMaxSourceBytes);
  auto* text = std::get_if<std::string>(&content);
  if (text != nullptr && !workspace::is_binary(*text)) return add(path, std::move(*text), kNoFile);
  const std::lock_guard lock(mutex_);
  return by_path_.try_emplace(path, nullptr).first->second.get();
}

}  // namespace drizzle_audit::queries
