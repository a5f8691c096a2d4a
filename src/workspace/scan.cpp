// See scan.h.
#include "workspace/scan.h"

#include <algorithm>
#include <array>
#include <utility>

#include "platform/platform.h"
#include "platform/search.h"
#include "text/parallel.h"
#include "workspace/walk.h"

namespace drizzle_audit::workspace {
namespace {

bool contains(std::string_view text, std::string_view wanted) { return platform::find(text, wanted) != std::string_view::npos; }

bool is_call_ahead(std::string_view rest) {
  const std::size_t at = rest.find_first_not_of(" \t\r\n");
  // `(`; `<` opens type arguments; `.` as in pgTable.withRLS; `?` and `!` before a call.
  return at != std::string_view::npos && (rest[at] == '(' || rest[at] == '<' || rest[at] == '.' || rest[at] == '?' || rest[at] == '!');
}

/// `word` followed by something that can be a call.
bool is_called(std::string_view text, std::string_view word) {
  for (std::size_t at = platform::find(text, word); at != std::string_view::npos; at = platform::find(text, word, at + word.size())) {
    if (is_call_ahead(text.substr(at + word.size()))) return true;
  }
  return false;
}

enum class Verdict : char { kNo, kYes, kUnreadable };

}  // namespace

bool mentions_drizzle(std::string_view text) { return contains(text, "drizzle-orm"); }

bool defines_tables(std::string_view text) {
  if (!mentions_drizzle(text)) return false;
  static constexpr std::array<std::string_view, 3> kCalls{"Table", "TableCreator", ".table"};
  if (std::any_of(kCalls.begin(), kCalls.end(), [text](std::string_view word) { return is_called(text, word); })) return true;
  // A table function under another name: `import { pgTable as table }`, `{ table } = schema`, a wrapper imported from elsewhere.
  static constexpr std::array<std::string_view, 3> kOthers{"Table as ", "withRLS", "TableCreator"};
  return std::any_of(kOthers.begin(), kOthers.end(), [text](std::string_view word) { return contains(text, word); });
}

bool is_binary(std::string_view text) { return text.substr(0, 8192).find('\0') != std::string_view::npos; }

std::size_t bom_length(std::string_view text) { return text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0; }

TableFiles scan_files(const FileSystem& files, const std::vector<std::string>& paths, unsigned threads) {
  struct Answer {
    Verdict verdict = Verdict::kNo;
    std::string reason;
  };
  std::vector<Answer> answers(paths.size());
  text::in_parallel(platform::thread_count(threads, 8U), paths.size(), 16, [&](std::size_t i) {
    auto text = files.read(paths[i], kMaxSourceBytes);
    if (auto* error = std::get_if<FileError>(&text)) {
      answers[i] = {Verdict::kUnreadable, std::move(error->reason)};
    } else if (const auto& content = std::get<std::string>(text); defines_tables(content)) {
      answers[i] = is_binary(content) ? Answer{Verdict::kUnreadable, "is a binary file"} : Answer{Verdict::kYes, {}};
    }
  });

  TableFiles result;
  result.scanned = paths.size();
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (answers[i].verdict == Verdict::kYes) result.files.push_back(paths[i]);
    if (answers[i].verdict == Verdict::kUnreadable) result.unreadable.push_back({paths[i], std::move(answers[i].reason)});
  }
  return result;
}

TableFiles find_table_files(const FileSystem& files, const std::string& root, unsigned threads) {
  return scan_files(files, walk(files, root, threads).sources, threads);
}

}  // namespace drizzle_audit::workspace
