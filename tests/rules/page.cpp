#include "rules/page.h"

#include <sstream>

namespace drizzle_audit::rule_tests {

std::map<std::string, std::string> parse_options(std::string_view words) {
  std::map<std::string, std::string> options;
  std::istringstream stream{std::string(words)};
  for (std::string word; stream >> word;) {
    if (const std::size_t equals = word.find('='); equals != std::string::npos) options[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return options;
}

Page parse_page(std::string_view text) {
  Page page;
  std::istringstream stream{std::string(text)};
  std::string prose;
  bool prose_since_fence = true;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("```")) {
      Fence fence;
      fence.section = page.sections.empty() ? std::string() : page.sections.back();
      fence.reason = prose;
      fence.options = parse_options(line);
      const bool is_test = line.starts_with("```ts") || (line.starts_with("```sql") && fence.options.contains("file"));
      for (std::string code; std::getline(stream, code) && !code.starts_with("```");) fence.text += code + "\n";
      if (!is_test) continue;
      fence.continues =
          !prose_since_fence && fence.options.contains("file") && !page.fences.empty() && page.fences.back().options.contains("file");
      prose_since_fence = false;
      page.fences.push_back(std::move(fence));
    } else if (line.starts_with("## ")) {
      page.sections.push_back(line.substr(3));
      prose.clear();
      prose_since_fence = true;
    } else if (line.starts_with("# ")) {
      page.title = line.substr(2);
    } else if (!line.empty()) {
      if (page.sections.empty()) page.summary += (page.summary.empty() ? "" : " ") + line;
      prose = line;
      prose_since_fence = true;
    }
  }
  return page;
}

}  // namespace drizzle_audit::rule_tests
