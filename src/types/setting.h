// What a config may say about the project's own types. Read by src/config, used by read_domain_types.h.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace drizzle_audit::types {

/// A glob and the absolute folder that it is relative to.
struct FileGlob {
  std::string folder;
  std::string glob;
};

struct DomainTypeSetting {
  bool none = false;                                       ///< no types are read
  std::vector<FileGlob> files;                             ///< empty: all files of the project
  std::map<std::string, std::string, std::less<>> tables;  ///< by type: the table's name or export; empty: it stands for none
};

}  // namespace drizzle_audit::types
