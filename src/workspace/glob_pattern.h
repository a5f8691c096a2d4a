// What a Glob consists of. Private to glob.cpp and glob_expand.cpp.
#pragma once

#include <vector>

#include "workspace/glob_segment.h"

namespace drizzle_audit::workspace::glob_internal {

struct Segment {
  bool is_globstar = false;
  SegmentPattern pattern;
};

struct Alternative {
  bool absolute = false;
  bool folders_only = false;      // ends in a slash
  std::vector<Segment> segments;  // no two globstars in a row
};

}  // namespace drizzle_audit::workspace::glob_internal
