// See platform.h. Windows 10 and later; all calls take UTF-16, so that no code page has a say in it.
#include <windows.h>  // first: the others need its types

#include <shellapi.h>

#include <algorithm>
#include <thread>

#include "platform/platform.h"
#include "platform/wide.h"

namespace drizzle_audit::platform {
namespace {

bool is_drive(std::string_view text) {
  return text.size() >= 2 && text[1] == ':' && ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
}

HANDLE handle_of(Stream stream) { return ::GetStdHandle(stream == Stream::kOutput ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE); }

std::string reason(DWORD error) {
  switch (error) {
    case ERROR_SUCCESS: return {};
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND: return "No such file or directory";
    case ERROR_ACCESS_DENIED: return "Permission denied";
    case ERROR_DISK_FULL: return "No space left on device";
    case ERROR_SHARING_VIOLATION: return "Used by another program";
    default: return "Windows error " + std::to_string(error);
  }
}

DWORD write_all(HANDLE file, std::string_view text) {
  while (!text.empty()) {
    DWORD written = 0;
    const auto size = static_cast<DWORD>(std::min<std::size_t>(text.size(), 1U << 20U));
    if (::WriteFile(file, text.data(), size, &written, nullptr) == 0) {
      const DWORD error = ::GetLastError();
      return error == ERROR_BROKEN_PIPE || error == ERROR_NO_DATA ? ERROR_SUCCESS : error;
    }
    text.remove_prefix(written);
  }
  return ERROR_SUCCESS;
}

/// A console takes UTF-16; its code page would garble UTF-8.
DWORD write_console(HANDLE console, std::string_view text) {
  const std::wstring wide = to_wide(text);
  for (std::size_t at = 0; at < wide.size();) {
    DWORD written = 0;
    const auto size = static_cast<DWORD>(std::min<std::size_t>(wide.size() - at, 8192));
    if (::WriteConsoleW(console, wide.data() + at, size, &written, nullptr) == 0) return ::GetLastError();
    at += written;
  }
  return ERROR_SUCCESS;
}

DWORD write_and_close(HANDLE file, std::string_view text) {
  DWORD error = write_all(file, text);
  if (::CloseHandle(file) == 0 && error == ERROR_SUCCESS) error = ::GetLastError();
  return error;
}

std::wstring final_path(const std::wstring& path) {
  HANDLE file = ::CreateFileW(path.c_str(), 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                              FILE_FLAG_BACKUP_SEMANTICS, nullptr);
  if (file == INVALID_HANDLE_VALUE) return path;
  std::wstring result(32768, L'\0');
  const DWORD size = ::GetFinalPathNameByHandleW(file, result.data(), static_cast<DWORD>(result.size()), 0);
  ::CloseHandle(file);
  if (size == 0 || size >= result.size()) return path;
  result.resize(size);
  return result;
}

DWORD replace_file(const std::string& path, std::string_view text) {
  std::wstring target = system_path(path);
  const DWORD attributes = ::GetFileAttributesW(target.c_str());
  if (attributes != INVALID_FILE_ATTRIBUTES) {
    if ((attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return ERROR_ACCESS_DENIED;
    if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0) target = final_path(target);
  }
  const std::wstring neighbour = target + L"." + std::to_wstring(::GetCurrentProcessId()) + L".tmp";
  HANDLE file = ::CreateFileW(neighbour.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (file == INVALID_HANDLE_VALUE) return ::GetLastError();
  DWORD error = write_and_close(file, text);
  if (error == ERROR_SUCCESS && ::MoveFileExW(neighbour.c_str(), target.c_str(), MOVEFILE_REPLACE_EXISTING) == 0) error = ::GetLastError();
  if (error != ERROR_SUCCESS) ::DeleteFileW(neighbour.c_str());
  return error;
}

bool is_console(HANDLE handle) {
  DWORD mode = 0;
  return ::GetConsoleMode(handle, &mode) != 0;
}

}  // namespace

std::wstring to_wide(std::string_view text) {
  if (text.empty()) return {};
  const int bytes = static_cast<int>(text.size());
  std::wstring wide(static_cast<std::size_t>(::MultiByteToWideChar(CP_UTF8, 0, text.data(), bytes, nullptr, 0)), L'\0');
  ::MultiByteToWideChar(CP_UTF8, 0, text.data(), bytes, wide.data(), static_cast<int>(wide.size()));
  return wide;
}

std::string to_utf8(std::wstring_view text) {
  if (text.empty()) return {};
  const int units = static_cast<int>(text.size());
  std::string bytes(static_cast<std::size_t>(::WideCharToMultiByte(CP_UTF8, 0, text.data(), units, nullptr, 0, nullptr, nullptr)), '\0');
  ::WideCharToMultiByte(CP_UTF8, 0, text.data(), units, bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr);
  return bytes;
}

std::wstring system_path(const std::string& path) {
  const std::wstring native = to_wide(to_native(path));
  std::wstring full(32768, L'\0');
  const DWORD size = ::GetFullPathNameW(native.c_str(), static_cast<DWORD>(full.size()), full.data(), nullptr);
  if (size == 0 || size >= full.size()) return native;
  full.resize(size);
  // "\\?\" lifts the limit of 260 characters; devices (\\.\NUL) have no such form.
  if (full.compare(0, 4, L"\\\\.\\") == 0 || full.compare(0, 4, L"\\\\?\\") == 0) return full;
  if (full.compare(0, 2, L"\\\\") == 0) return L"\\\\?\\UNC" + full.substr(1);
  return L"\\\\?\\" + full;
}

void keep_memory() {}

void prepare_streams() {
  for (const Stream stream : {Stream::kOutput, Stream::kError}) {
    HANDLE handle = handle_of(stream);
    DWORD mode = 0;
    if (::GetConsoleMode(handle, &mode) != 0) ::SetConsoleMode(handle, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);  // colours
  }
}

std::vector<std::string> arguments(int /*argc*/, const char* const* /*argv*/) {
  int count = 0;
  wchar_t** words = ::CommandLineToArgvW(::GetCommandLineW(), &count);
  std::vector<std::string> result;
  for (int i = 0; i < count; ++i) result.push_back(to_utf8(words[i]));
  ::LocalFree(static_cast<HLOCAL>(words));
  return result;
}

std::string write_stream(Stream stream, std::string_view text) {
  HANDLE handle = handle_of(stream);
  return reason(is_console(handle) ? write_console(handle, text) : write_all(handle, text));
}

std::string write_file(const std::string& path, std::string_view text) {
  if (system_path(path).compare(0, 4, L"\\\\.\\") != 0) return reason(replace_file(path, text));
  HANDLE device =
      ::CreateFileW(system_path(path).c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0, nullptr);
  return reason(device == INVALID_HANDLE_VALUE ? ::GetLastError() : write_and_close(device, text));
}

std::string update_file(const std::string& path, std::string_view text) {
  const DWORD attributes = ::GetFileAttributesW(system_path(path).c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) return reason(::GetLastError());
  if ((attributes & FILE_ATTRIBUTE_READONLY) != 0) return "it is read-only";
  return write_file(path, text);
}

std::string current_folder() {
  std::wstring folder(32768, L'\0');
  const DWORD size = ::GetCurrentDirectoryW(static_cast<DWORD>(folder.size()), folder.data());
  folder.resize(size < folder.size() ? size : 0);
  return from_native(to_utf8(folder));
}

std::string from_native(std::string path) {
  std::replace(path.begin(), path.end(), '\\', '/');
  if (path.starts_with("//?/UNC/")) path.replace(0, 8, "//");
  if (path.starts_with("//?/")) path.erase(0, 4);
  return is_drive(path) ? "/" + path : path;
}

std::string to_native(std::string path) {
  if (path.starts_with("/") && is_drive(std::string_view(path).substr(1))) {
    path.erase(0, 1);
    if (path.size() == 2) path += '/';  // "C:" alone is the drive's working folder
  }
  std::replace(path.begin(), path.end(), '/', '\\');
  return path;
}

std::string variable(const char* name) {
  const std::wstring wide = to_wide(name);
  std::wstring value(32768, L'\0');
  const DWORD size = ::GetEnvironmentVariableW(wide.c_str(), value.data(), static_cast<DWORD>(value.size()));
  value.resize(size < value.size() ? size : 0);
  return to_utf8(value);
}

bool is_terminal(Stream stream) { return is_console(handle_of(stream)); }

unsigned terminal_columns() {
  CONSOLE_SCREEN_BUFFER_INFO info{};
  if (::GetConsoleScreenBufferInfo(handle_of(Stream::kOutput), &info) == 0) return 0;
  return static_cast<unsigned>(info.srWindow.Right - info.srWindow.Left + 1);
}

unsigned thread_count(unsigned wanted, unsigned most) {
  return wanted != 0 ? wanted : std::clamp(std::thread::hardware_concurrency(), 1U, most);
}

}  // namespace drizzle_audit::platform
