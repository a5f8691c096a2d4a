// Windows only: paths and texts for its functions. Used by platform/windows.cpp and workspace/disk_file_system_windows.cpp.
#pragma once

#include <string>
#include <string_view>

namespace drizzle_audit::platform {

[[nodiscard]] std::wstring to_wide(std::string_view text);
[[nodiscard]] std::string to_utf8(std::wstring_view text);

/// A path of the program or the user as the system takes it, of any length: `\\?\C:\shop`.
[[nodiscard]] std::wstring system_path(const std::string& path);

}  // namespace drizzle_audit::platform
