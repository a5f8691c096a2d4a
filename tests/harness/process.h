// Running a program the way a user does: real process, real streams, real exit status. Used by the command-line tests.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit::harness {

struct Process {
  std::vector<std::string> arguments;              ///< the program first; looked up in PATH when it has no '/'
  std::filesystem::path folder = ".";              ///< current directory of the program
  std::map<std::string, std::string> environment;  ///< set on top of this process's environment
  std::string input;                               ///< what it reads on stdin
};

struct Result {
  int status = -1;  ///< exit status; 128 + signal number when a signal ended it, as a shell has it; 127 when it could not be started
  std::string out;
  std::string err;
};

/// Runs it to its end. Its streams are files, not terminals. Throws std::runtime_error when no process can be made.
Result run(const Process& process);

}  // namespace drizzle_audit::harness
