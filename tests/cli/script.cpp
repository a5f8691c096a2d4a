#include "cli/script.h"

#include <cstdlib>
#include <sstream>

#include "harness/files.h"
#include "harness/process.h"

namespace drizzle_audit::cli_tests {
namespace {

bool line_fits(std::string_view pattern, std::string_view line) {
  const std::size_t wild = pattern.find("[..]");
  if (wild == std::string_view::npos) return pattern == line;
  if (!line.starts_with(pattern.substr(0, wild))) return false;
  line.remove_prefix(wild);
  pattern.remove_prefix(wild + 4);
  for (std::size_t skip = 0; skip <= line.size(); ++skip) {
    if (line_fits(pattern, line.substr(skip))) return true;
  }
  return false;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool lines_fit(const std::vector<std::string_view>& pattern, std::size_t p, const std::vector<std::string_view>& lines, std::size_t l) {
  if (p == pattern.size()) return l == lines.size();
  if (pattern[p] == "...") {
    for (std::size_t next = l; next <= lines.size(); ++next) {
      if (lines_fit(pattern, p + 1, lines, next)) return true;
    }
    return false;
  }
  return l < lines.size() && line_fits(pattern[p], lines[l]) && lines_fit(pattern, p + 1, lines, l + 1);
}

std::string replace_all(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}

}  // namespace

bool fits(std::string_view pattern, std::string_view actual) { return lines_fit(lines_of(pattern), 0, lines_of(actual), 0); }

Script parse_script(std::string_view text) {
  Script script;
  std::string* section = &script.comment;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("== file ")) {
      section = &script.files.emplace_back(line.substr(8), "").second;
    } else if (line.starts_with("== $ ")) {
      Step& step = script.steps.emplace_back();
      step.command = line.substr(5);
      section = &step.out;
    } else if (line == "== stderr") {
      section = &script.steps.back().err;
    } else if (line.starts_with("== status ")) {
      script.steps.back().status = std::atoi(line.c_str() + 10);
    } else {
      *section += line + "\n";
    }
  }
  return script;
}

std::string write_script(const Script& script) {
  std::string text = script.comment;
  for (const auto& [path, content] : script.files) text += "== file " + path + "\n" + content;
  for (const Step& step : script.steps) {
    text += "== $ " + step.command + "\n" + step.out;
    if (!step.err.empty()) text += "== stderr\n" + step.err;
    if (step.status != 0) text += "== status " + std::to_string(step.status) + "\n";
  }
  return text;
}

std::vector<std::string> run_script(const Script& script, const std::filesystem::path& program, Script& actual) {
  const harness::TemporaryFolder folder;
  const std::string root = folder.path().string();
  for (const auto& [path, content] : script.files) harness::write_file(folder.path() / path, content);
  const char* path = std::getenv("PATH");
  std::vector<std::string> complaints;
  for (Step& step : actual.steps) {
    harness::Process process;
    process.arguments = {"sh", "-c", step.command};
    process.folder = folder.path();
    process.environment = {{"PATH", program.parent_path().string() + ":" + (path == nullptr ? "" : path)},
                           {"NO_COLOR", ""},
                           {"FORCE_COLOR", ""},
                           {"CLICOLOR_FORCE", ""},
                           {"LC_ALL", "C"},
                           // Repositories that scripts make: nobody's settings, and an author.
                           {"GIT_CONFIG_NOSYSTEM", "1"},
                           {"GIT_CONFIG_GLOBAL", "/dev/null"},
                           {"GIT_AUTHOR_NAME", "A"},
                           {"GIT_AUTHOR_EMAIL", "a@example.com"},
                           {"GIT_COMMITTER_NAME", "A"},
                           {"GIT_COMMITTER_EMAIL", "a@example.com"}};
    const harness::Result result = harness::run(process);
    const Step expected = step;
    const auto check = [&](const char* what, const std::string& pattern, std::string& place, const std::string& text) {
      const std::string shown = replace_all(text, root, "[ROOT]");
      if (fits(pattern, shown)) return;  // keep wildcards when an update is asked for
      place = shown + (shown.empty() || shown.ends_with('\n') ? "" : "\n");
      complaints.push_back("$ " + expected.command + "\n" + what + " should be:\n" + pattern + "but is:\n" + shown);
    };
    check("stdout", expected.out, step.out, result.out);
    check("stderr", expected.err, step.err, result.err);
    if (result.status != expected.status) {
      step.status = result.status;
      complaints.push_back("$ " + expected.command + "\nstatus should be " + std::to_string(expected.status) + " but is " +
                           std::to_string(result.status));
    }
  }
  return complaints;
}

}  // namespace drizzle_audit::cli_tests
