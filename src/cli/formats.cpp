#include "cli/formats.h"

#include <algorithm>

#include "cli/suggest.h"

namespace drizzle_audit::cli {
namespace {

std::vector<std::string> split_commas(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (comma > 0) words.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return words;
}

Error unknown_format(const std::string& source, const std::string& name) {
  std::vector<std::string> names;
  std::string list;
  for (const report::Format& format : report::formats()) {
    names.emplace_back(format.name);
    list += (list.empty() ? "" : ", ") + std::string(format.name);
  }
  const std::string meant = did_you_mean(name, names, "");
  return {.message = source + ": there is no format " + name, .help = meant + (meant.empty() ? "" : " ") + "the formats are " + list};
}

}  // namespace

std::variant<std::vector<ReportTarget>, Error> report_targets(const std::vector<std::string>& formats, const std::string& output_file,
                                                              std::string_view variable) {
  const std::string source = formats.empty() ? kFormatVariable : "--format";
  std::vector<ReportTarget> targets;
  for (const std::string& word : formats.empty() ? split_commas(variable) : formats) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const report::Format* format = report::find_format(name);
    if (format == nullptr) return unknown_format(source, name);
    if (equals == word.size() - 1) return Error{.message = source + ": " + word + " names no file after the ="};
    targets.push_back({format, equals == std::string::npos ? std::string() : word.substr(equals + 1)});
  }
  if (targets.empty()) targets.push_back({&report::formats().front(), {}});
  if (!output_file.empty()) {
    const auto open = std::find_if(targets.begin(), targets.end(), [](const ReportTarget& target) { return target.file.empty(); });
    if (open == targets.end()) {
      return Error{.message = "-o " + output_file + ": every format has its file already", .help = "leave -o out, or one of the files"};
    }
    open->file = output_file;
  }
  for (std::size_t i = 0; i < targets.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (targets[i].file != targets[j].file) continue;
      const std::string both = std::string(targets[j].format->name) + " and " + std::string(targets[i].format->name);
      const std::string where = targets[i].file.empty() ? "standard output" : targets[i].file;
      return Error{.message = source + ": " + both + " would both go to " + where,
                   .help = "give each its own file, such as --format " + std::string(targets[i].format->name) + "=report." +
                           std::string(targets[i].format->name)};
    }
  }
  return targets;
}

}  // namespace drizzle_audit::cli
