#include "report/formats.h"

#include <algorithm>
#include <array>

#include "report/agent.h"
#include "report/checkstyle.h"
#include "report/concise.h"
#include "report/findings_json.h"
#include "report/github.h"
#include "report/gitlab.h"
#include "report/html.h"
#include "report/junit.h"
#include "report/markdown.h"
#include "report/pretty.h"
#include "report/rdjson.h"
#include "report/sarif.h"

namespace drizzle_audit::report {
namespace {

constexpr std::array kFormats = {
    Format{"pretty", "people at a terminal", pretty},
    Format{"concise", "one line each, as compilers write them: editors, grep", concise},
    Format{"json", "programs; everything that is known", [](const Report& report) { return findings_json(report.result, report.threads); }},
    Format{"jsonl", "programs; one finding a line, all of them shaped as in json",
           [](const Report& report) { return findings_jsonl(report.result); }},
    Format{"sarif", "SARIF 2.1.0: code scanning", sarif},
    Format{"github", "annotations of GitHub Actions", github},
    Format{"gitlab", "GitLab's code quality report", gitlab},
    Format{"junit", "JUnit XML: test reports of CI servers", junit},
    Format{"checkstyle", "Checkstyle XML: CI servers, review tools", checkstyle},
    Format{"rdjson", "reviewdog", rdjson},
    Format{"markdown", "pull request comments, job summaries", markdown},
    Format{"html", "one file for a browser: findings with their code, and the schema as a diagram", html},
    Format{"agent", "coding agents: one line each, with what to do", agent},
};

}  // namespace

std::span<const Format> formats() { return kFormats; }

const Format* find_format(std::string_view name) {
  const auto* found = std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& format) { return format.name == name; });
  return found == kFormats.end() ? nullptr : found;
}

}  // namespace drizzle_audit::report
