// `parse_only LIST`: reads every file named in LIST (one a line), parses it with tree-sitter on one thread and throws the tree away.
// What drizzle-audit cannot be faster than on the same files; used by bench/run only. Prints files and bytes.
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include <tree_sitter/api.h>
#include <tree_sitter_typescript.h>

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: parse_only LIST\n", stderr);
    return 2;
  }
  std::ifstream list(argv[1]);
  if (!list) {
    std::fprintf(stderr, "parse_only: cannot read %s\n", argv[1]);
    return 2;
  }
  TSParser* parser = ts_parser_new();
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::string text;
  for (std::string path; std::getline(list, path);) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
      std::fprintf(stderr, "parse_only: cannot read %s\n", path.c_str());
      return 2;
    }
    text.assign(std::istreambuf_iterator<char>(in), {});
    ts_parser_set_language(parser, path.ends_with('x') ? tree_sitter_tsx() : tree_sitter_typescript());
    TSTree* tree = ts_parser_parse_string(parser, nullptr, text.data(), static_cast<std::uint32_t>(text.size()));
    ts_tree_delete(tree);
    ++files;
    bytes += text.size();
  }
  ts_parser_delete(parser);
  std::printf("%llu files, %llu bytes\n", static_cast<unsigned long long>(files), static_cast<unsigned long long>(bytes));
  return 0;
}
