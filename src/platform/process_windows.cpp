// See process.h. Windows: CreateProcessW looks programs up in PATH itself and takes one line of text, which the program splits again.
#include <windows.h>  // first: the others need its types

#include <algorithm>
#include <array>
#include <thread>

#include "platform/process.h"
#include "platform/wide.h"

namespace drizzle_audit::platform {
namespace {

/// A handle that closes itself.
struct Handle {
  HANDLE value = nullptr;

  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { close(); }
  void close() {
    if (value != nullptr) ::CloseHandle(value);
    value = nullptr;
  }
};

/// As CommandLineToArgvW takes it apart: quotes around each word, backslashes doubled before a quote.
std::wstring command_line(const std::vector<std::string>& arguments) {
  std::wstring line;
  for (const std::string& argument : arguments) {
    line += line.empty() ? L"\"" : L" \"";
    std::size_t backslashes = 0;
    for (const wchar_t unit : to_wide(argument)) {
      if (unit == L'"') line.append(backslashes + 1, L'\\');
      backslashes = unit == L'\\' ? backslashes + 1 : 0;
      line += unit;
    }
    line.append(backslashes, L'\\');
    line += L'"';
  }
  return line;
}

/// Windows' names of variables are the same in upper and lower case.
std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return result;
}

std::wstring changed_environment(const EnvironmentChanges& changes) {
  std::vector<std::string> variables;
  wchar_t* block = ::GetEnvironmentStringsW();
  for (const wchar_t* variable = block; variable != nullptr && *variable != L'\0';) {
    const std::wstring_view text = variable;
    const std::string bytes = to_utf8(text);
    const std::string name = upper(bytes.substr(0, bytes.find('=', 1)));
    if (std::none_of(changes.begin(), changes.end(), [&](const auto& change) { return change.first == name; })) variables.push_back(bytes);
    variable += text.size() + 1;
  }
  if (block != nullptr) ::FreeEnvironmentStringsW(block);
  for (const auto& [name, value] : changes) {
    if (value) variables.push_back(name + "=" + *value);
  }
  std::sort(variables.begin(), variables.end(), [](const std::string& a, const std::string& b) { return upper(a) < upper(b); });
  std::wstring result;
  for (const std::string& variable : variables) result += to_wide(variable) + L'\0';
  return result + L'\0';
}

/// A pipe of which the program inherits one end.
bool make_pipe(Handle& read, Handle& write, bool program_reads) {
  SECURITY_ATTRIBUTES inherited{};
  inherited.nLength = sizeof(inherited);
  inherited.bInheritHandle = TRUE;
  if (::CreatePipe(&read.value, &write.value, &inherited, 0) == 0) return false;
  return ::SetHandleInformation(program_reads ? write.value : read.value, HANDLE_FLAG_INHERIT, 0) != 0;
}

void read_all(HANDLE handle, std::string& text) {
  std::array<char, 65536> buffer{};
  DWORD got = 0;
  while (::ReadFile(handle, buffer.data(), static_cast<DWORD>(buffer.size()), &got, nullptr) != 0 && got > 0)
    text.append(buffer.data(), got);
}

void feed_all(Handle& handle, std::string_view text) {
  while (!text.empty()) {
    DWORD written = 0;
    const auto size = static_cast<DWORD>(std::min<std::size_t>(text.size(), 1U << 16U));
    if (::WriteFile(handle.value, text.data(), size, &written, nullptr) == 0) break;  // it does not want the rest
    text.remove_prefix(written);
  }
  handle.close();
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& arguments, const EnvironmentChanges& environment, std::string_view input) {
  ProcessResult result;
  std::array<Handle, 6> ends;  // in, out, err: read, write
  if (!make_pipe(ends[0], ends[1], true) || !make_pipe(ends[2], ends[3], false) || !make_pipe(ends[4], ends[5], false)) {
    result.failure = "Windows error " + std::to_string(::GetLastError());
    return result;
  }
  STARTUPINFOW startup{};
  startup.cb = sizeof(startup);
  startup.dwFlags = STARTF_USESTDHANDLES;
  startup.hStdInput = ends[0].value;
  startup.hStdOutput = ends[3].value;
  startup.hStdError = ends[5].value;
  std::wstring line = command_line(arguments);
  std::wstring variables = changed_environment(environment);
  PROCESS_INFORMATION process{};
  if (::CreateProcessW(nullptr, line.data(), nullptr, nullptr, TRUE, CREATE_UNICODE_ENVIRONMENT | CREATE_NO_WINDOW, variables.data(),
                       nullptr, &startup, &process) == 0) {
    const DWORD error = ::GetLastError();
    result.failure =
        error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND ? "it is not in PATH" : "Windows error " + std::to_string(error);
    return result;
  }
  ends[0].close();
  ends[3].close();
  ends[5].close();
  // All at the same time: a program that waits for its reader would otherwise wait forever.
  std::thread feed([&] { feed_all(ends[1], input); });
  std::thread errors([&] { read_all(ends[4].value, result.err); });
  read_all(ends[2].value, result.out);
  feed.join();
  errors.join();
  ::WaitForSingleObject(process.hProcess, INFINITE);
  DWORD status = 0;
  ::GetExitCodeProcess(process.hProcess, &status);
  result.status = static_cast<int>(status);
  ::CloseHandle(process.hThread);
  ::CloseHandle(process.hProcess);
  return result;
}

}  // namespace drizzle_audit::platform
