#include "cli/baseline.h"

#include <utility>

#include "workspace/paths.h"

namespace drizzle_audit::cli {
namespace {

constexpr std::uint64_t kMaxBaselineBytes = 64U << 20U;

}  // namespace

BaselineFile locate_baseline(const LoadedProject& project, const BaselineOptions& options, const config::Config& config) {
  BaselineFile file;
  if (!options.file.empty()) {
    file.path = absolute_path(options.file);
  } else if (config.baseline) {
    file.path = workspace::join(config.baseline->value.folder, config.baseline->value.text);
  } else {
    file.path = workspace::join(project.root, std::string(audit::kDefaultBaselinePath));
  }
  file.shown = workspace::relative_path(file.path, project.root);
  file.exists = project.files->kind(file.path).has_value();
  return file;
}

std::variant<BaselineFile, Error> read_baseline(LoadedProject& project, const BaselineOptions& options, const config::Config& config) {
  BaselineFile file = locate_baseline(project, options, config);
  if (!file.exists) {
    if (options.file.empty() && !config.baseline) return file;
    return Error{.message = "there is no such baseline", .help = "drizzle-audit baseline create writes one", .path = file.shown};
  }
  auto text = project.files->read(file.path, kMaxBaselineBytes);
  if (const auto* error = std::get_if<workspace::FileError>(&text)) {
    return Error{.message = "the baseline cannot be read: " + error->reason, .path = file.shown};
  }
  const FileId id = project.project.sources->add(file.shown, std::get<std::string>(std::move(text)));
  auto parsed = audit::read_baseline(*project.project.sources, id);
  if (auto* error = std::get_if<audit::BaselineError>(&parsed)) {
    return Error{.message = std::move(error->message),
                 .help = std::move(error->help),
                 .path = file.shown,
                 .line = error->line,
                 .column = error->column};
  }
  file.baseline = std::get<audit::Baseline>(std::move(parsed));
  return file;
}

}  // namespace drizzle_audit::cli
