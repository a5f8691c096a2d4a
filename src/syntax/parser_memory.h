// Memory for tree-sitter. A parse makes and frees hundreds of small blocks for each kilobyte of source; every thread takes them from lists
// of its own, which is a tenth less work for a whole parse than the C library's malloc (measured on a thousand tables). Used by
// parse.cpp and parse_types.cpp.
#pragma once

namespace drizzle_audit::syntax {

/// To be called before a parser is made; only the first call does something. Nothing in builds with sanitizers, which are to see every
/// block.
void use_parser_memory();

}  // namespace drizzle_audit::syntax
