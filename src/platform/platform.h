// What the operating system does for the program, apart from reading the project (workspace/disk_file_system.h): streams, files that are
// written, the terminal, the environment. One file for each kind of system implements it; CMake chooses (DRZ_SYSTEM): posix.cpp,
// windows.cpp, wasm.cpp.
//
// Inside the program a path has `/` everywhere, and an absolute one begins with it: on Windows `C:\shop` is "/C:/shop" and
// `\\server\share` is "//server/share". from_native() and to_native() stand at the borders.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit::platform {

/// Text streams of the process. Writing never stops at a closed reader: a broken pipe counts as written.
enum class Stream { kOutput = 1, kError = 2 };

/// To be called once, first: closed pipes and limits of file size are no signals, streams take bytes as they are.
void prepare_streams();

/// To be called once, first: memory that is given back stays with the process, which ends soon; asking the system again costs more.
void keep_memory();

/// The arguments of main() in UTF-8, the program's name first.
[[nodiscard]] std::vector<std::string> arguments(int argc, const char* const* argv);

/// Writes all of `text`. Returns why it could not, empty when it could.
[[nodiscard]] std::string write_stream(Stream stream, std::string_view text);

/// Replaces the file at once: whoever reads it sees the old text or the new one, never a part, and a link stays a link. Devices and pipes
/// are written to. Returns why it could not, empty when it could.
[[nodiscard]] std::string write_file(const std::string& path, std::string_view text);

/// Replaces a file that somebody else wrote: as write_file(), and its permissions and owner stay, the new text is on the disk before this
/// returns, and a file that is marked read-only is refused. Returns why it could not, empty when it could; then nothing has changed.
[[nodiscard]] std::string update_file(const std::string& path, std::string_view text);

/// The working folder, absolute.
[[nodiscard]] std::string current_folder();

/// A path as the user or the system writes it, the way it is written inside the program; and back, for people and other programs.
[[nodiscard]] std::string from_native(std::string path);
[[nodiscard]] std::string to_native(std::string path);

/// An environment variable; empty when it is not set.
[[nodiscard]] std::string variable(const char* name);

[[nodiscard]] bool is_terminal(Stream stream);
/// Columns of the terminal that standard output is; 0 when it is none.
[[nodiscard]] unsigned terminal_columns();

/// How many threads to use: `wanted`, or one for each core up to `most` when that is 0. 1 where there are no threads.
[[nodiscard]] unsigned thread_count(unsigned wanted, unsigned most);

}  // namespace drizzle_audit::platform
