// WebAssembly only: what JavaScript does for the program. host_library.js implements the functions by calling `Module.host`, an object with
// the methods of the same names (packaging/npm/wasm/hosts.js has two of them). Used by platform/wasm.cpp,
// platform/process_wasm.cpp and workspace/disk_file_system_wasm.cpp.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <string>

namespace drizzle_audit::platform {

/// Bytes that JavaScript hands over in memory from malloc(): an answer, or the reason why there is none.
struct HostAnswer {
  char* data = nullptr;  // JavaScript writes these three, 4 bytes each
  std::size_t size = 0;
  int failed = 0;

  HostAnswer() = default;
  HostAnswer(const HostAnswer&) = delete;
  HostAnswer& operator=(const HostAnswer&) = delete;
  ~HostAnswer() { std::free(data); }
  [[nodiscard]] std::string text() const { return {data, size}; }
};

extern "C" {
void drz_host_current_folder(HostAnswer* answer);
void drz_host_from_native(const char* path, HostAnswer* answer);
void drz_host_to_native(const char* path, HostAnswer* answer);
void drz_host_variable(const char* name, HostAnswer* answer);
void drz_host_write(int stream, const char* data, std::size_t size, HostAnswer* answer);
void drz_host_write_file(const char* path, const char* data, std::size_t size, HostAnswer* answer);
void drz_host_arguments(HostAnswer* answer);  // each followed by a zero byte
int drz_host_is_terminal(int stream);
int drz_host_columns();
int drz_host_kind(const char* path);  // -1 nothing, 0 file, 1 folder, 2 something else
void drz_host_read(const char* path, double limit, HostAnswer* answer);
void drz_host_list(const char* path, HostAnswer* answer);  // for each entry: kind, `l` for a link or `-`, name, a zero byte
void drz_host_real_path(const char* path, HostAnswer* answer);
/// Runs a program (process.h); returns its exit status. `out` fails when it cannot be started.
int drz_host_run(const char* words, std::size_t words_size, const char* variables, std::size_t variables_size, const char* input,
                 std::size_t input_size, HostAnswer* out, HostAnswer* err);
}

}  // namespace drizzle_audit::platform
