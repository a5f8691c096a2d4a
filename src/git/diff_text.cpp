// See diff_text.h.
#include "git/diff_text.h"

#include <algorithm>
#include <charconv>

namespace drizzle_audit::git {
namespace {

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

char escaped(char letter) {
  switch (letter) {
    case 'a': return '\a';
    case 'b': return '\b';
    case 't': return '\t';
    case 'n': return '\n';
    case 'v': return '\v';
    case 'f': return '\f';
    case 'r': return '\r';
    default: return letter;
  }
}

/// `b/name`, `b/na me<TAB>` or `"b/\303\251"`: the name without its prefix; empty for /dev/null.
std::string name_of(std::string_view text) {
  std::string name;
  if (!text.starts_with('"')) {
    if (text.ends_with('\t')) text.remove_suffix(1);
    name = text;
  } else {
    text.remove_prefix(1);
    while (!text.empty() && text.front() != '"') {
      if (text.front() != '\\' || text.size() < 2) {
        name += text.front();
        text.remove_prefix(1);
      } else if (text[1] >= '0' && text[1] <= '3' && text.size() >= 4) {
        unsigned byte = 0;
        std::from_chars(text.data() + 1, text.data() + 4, byte, 8);
        name += static_cast<char>(static_cast<unsigned char>(byte));
        text.remove_prefix(4);
      } else {
        name += escaped(text[1]);
        text.remove_prefix(2);
      }
    }
  }
  return name.starts_with("b/") ? name.substr(2) : std::string();
}

struct Part {
  std::uint32_t start = 0;
  std::uint32_t count = 1;
};

/// "12,3" or "12", at the beginning of `text`, which loses it.
Part take_part(std::string_view& text) {
  Part part;
  auto end = std::from_chars(text.data(), text.data() + text.size(), part.start).ptr;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!text.starts_with(',')) return part;
  text.remove_prefix(1);
  end = std::from_chars(text.data(), text.data() + text.size(), part.count).ptr;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return part;
}

}  // namespace

ChangedLines read_patch(std::string_view patch) {
  ChangedLines changed;
  std::string name;
  while (!patch.empty()) {
    std::string_view line = take_line(patch);
    if (line.starts_with("diff --git ")) name.clear();
    if (line.starts_with("+++ ")) name = name_of(line.substr(4));
    if (!line.starts_with("@@ -")) continue;
    line.remove_prefix(4);
    const Part before = take_part(line);
    if (!line.starts_with(" +")) continue;
    line.remove_prefix(2);
    const Part now = take_part(line);
    if (now.count > 0 && !name.empty()) changed[name].push_back({now.start, now.start + now.count - 1});
    // The lines themselves may look like anything; how many there are is known.
    for (std::uint32_t i = 0; i < before.count + now.count && !patch.empty(); ++i) {
      take_line(patch);
      while (patch.starts_with('\\')) take_line(patch);  // "\ No newline at end of file"
    }
  }
  return changed;
}

std::vector<std::string> split_nul(std::string_view text) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\0'), text.size());
    pieces.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

std::vector<RawChange> read_raw(std::string_view text) {
  std::vector<RawChange> changes;
  const std::vector<std::string> pieces = split_nul(text);
  for (std::size_t i = 0; i + 1 < pieces.size(); i += 2) {
    // ":100644 100644 <id> <id> M"
    std::vector<std::string> words;
    for (std::size_t begin = 1; begin < pieces[i].size();) {
      const std::size_t end = std::min(pieces[i].find(' ', begin), pieces[i].size());
      words.push_back(pieces[i].substr(begin, end - begin));
      begin = end + 1;
    }
    if (!pieces[i].starts_with(':') || words.size() != 5 || words[4].empty()) continue;
    changes.push_back({words[0], words[1], words[2], words[3], words[4].front(), pieces[i + 1]});
  }
  return changes;
}

}  // namespace drizzle_audit::git
