// See platform.h. WebAssembly: JavaScript does everything, through host.h. One thread.
#include "platform/host.h"
#include "platform/platform.h"

namespace drizzle_audit::platform {

void keep_memory() {}

void prepare_streams() {}

std::vector<std::string> arguments(int /*argc*/, const char* const* /*argv*/) {
  HostAnswer answer;
  drz_host_arguments(&answer);
  std::vector<std::string> words{"drizzle-audit"};
  const std::string text = answer.text();
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\0', begin);
    words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

std::string write_stream(Stream stream, std::string_view text) {
  HostAnswer answer;
  drz_host_write(static_cast<int>(stream), text.data(), text.size(), &answer);
  return answer.failed != 0 ? answer.text() : std::string();
}

std::string write_file(const std::string& path, std::string_view text) {
  HostAnswer answer;
  drz_host_write_file(path.c_str(), text.data(), text.size(), &answer);
  return answer.failed != 0 ? answer.text() : std::string();
}

std::string update_file(const std::string& path, std::string_view text) { return write_file(path, text); }

std::string current_folder() {
  HostAnswer answer;
  drz_host_current_folder(&answer);
  return answer.text();
}

std::string from_native(std::string path) {
  HostAnswer answer;
  drz_host_from_native(path.c_str(), &answer);
  return answer.text();
}

std::string to_native(std::string path) {
  HostAnswer answer;
  drz_host_to_native(path.c_str(), &answer);
  return answer.text();
}

std::string variable(const char* name) {
  HostAnswer answer;
  drz_host_variable(name, &answer);
  return answer.text();
}

bool is_terminal(Stream stream) { return drz_host_is_terminal(static_cast<int>(stream)) != 0; }

unsigned terminal_columns() { return static_cast<unsigned>(drz_host_columns()); }

unsigned thread_count(unsigned /*wanted*/, unsigned /*most*/) { return 1; }

}  // namespace drizzle_audit::platform
