// usage: write_sample FORMAT [clean]: the shared findings, or none, in one format, to stdout. What tests/report/formats.mjs reads.
#include <cstdio>
#include <string>
#include <string_view>

#include "report/formats.h"
#include "sample.h"

int main(int argc, char** argv) {
  using drizzle_audit::report::Format;
  if (argc < 2) {
    for (const Format& format : drizzle_audit::report::formats()) std::printf("%s\n", std::string(format.name).c_str());
    return 0;
  }
  const Format* format = drizzle_audit::report::find_format(argv[1]);
  if (format == nullptr) return 2;
  const drizzle_audit::report_tests::Sample sample;
  const bool is_clean = argc > 2 && std::string_view(argv[2]) == "clean";
  const std::string text = format->write(is_clean ? sample.clean_report() : sample.report());
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}
