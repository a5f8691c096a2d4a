// The reports, over findings made by hand.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/code_frame.h"
#include "report/concise.h"
#include "report/findings_json.h"
#include "report/pretty.h"
#include "report/terminal_text.h"

namespace drizzle_audit::report {
namespace {

struct Sample {
  Sources sources;
  audit::AuditResult result;

  explicit Sample(const std::string& text, std::string path = "src/schema.ts") {
    const FileId file = sources.add(std::move(path), text);
    Finding finding;
    finding.rule = "a-rule";
    finding.severity = Severity::kError;
    finding.subject.table = "products";
    finding.message = "something is wrong";
    finding.note = "it matters";
    finding.help = "do this";
    const auto start = static_cast<std::uint32_t>(text.find("HERE"));
    finding.span = {file, start, start + 4};
    finding.evidence.push_back({"sibling", "another one", finding.span});
    finding.change = ReplaceExtra{{std::nullopt, "products"}, "HERE", "there"};
    result.sources = &sources;
    result.findings.push_back(finding);
    result.summary.errors = 1;
    result.coverage = {.schemas = 1, .files = 1, .tables = 1, .columns = 3, .domain_types = 0, .unknowns = 0};
  }

  [[nodiscard]] Report report(PrettyOptions options = {}) const { return {.result = result, .rules = {}, .models = {}, .pretty = options}; }
};

TEST(Concise, IsTheFormOfGcc) {
  const Sample sample("a\n  HERE\n");
  EXPECT_EQ(concise(sample.report()), "src/schema.ts:2:3: error: something is wrong [a-rule]\n");
}

TEST(Concise, EscapesWhatATerminalWouldObey) {
  Sample sample("HERE", "src/\x1b[31m.ts");
  sample.result.findings[0].message = "name \xe2\x80\xae reversed\nline \xff";
  EXPECT_EQ(concise(sample.report()), "src/\\x1b[31m.ts:1:1: error: name \\u{202e} reversed\\x0aline \\xff [a-rule]\n");
}

TEST(Pretty, ShowsTheLineTheReasonsAndTheSum) {
  const Sample sample("a\n  HERE it is\n");
  EXPECT_EQ(pretty(sample.report()),
            "src/schema.ts\n\n"
            "2:3 error: something is wrong [a-rule]\n"
            "   2 |   HERE it is\n"
            "     |   ^^^^\n"
            "  evidence: another one\n"
            "  note: it matters\n"
            "  help: do this\n\n"
            "Looked at 1 table, 3 columns in 1 file; everything could be read.\n"
            "Found 1 error in 1 table.\n");
}

TEST(Pretty, SaysWhatWasLookedAtWhenThereIsNothingToSay) {
  Sample sample("HERE");
  sample.result.findings.clear();
  sample.result.summary = {};
  sample.result.coverage.unknowns = 1;
  EXPECT_EQ(pretty(sample.report()),
            "Looked at 1 table, 3 columns in 1 file; 1 expression could not be read (--verbose lists them).\nFound nothing to report.\n");
}

TEST(Pretty, RepeatsNothingUnlessTold) {
  Sample sample("a\n  HERE it is\n");
  sample.result.findings.push_back(sample.result.findings.front());
  const std::string text = pretty(sample.report());
  EXPECT_EQ(text.find("note: it matters"), text.rfind("note: it matters"));
  EXPECT_EQ(text.find("change:"), std::string::npos);  // the help says it
  const std::string all = pretty(sample.report({.color = false, .width = 0, .max_diagnostics = std::nullopt, .verbose = true}));
  EXPECT_NE(all.find("note: it matters"), all.rfind("note: it matters"));
  EXPECT_NE(all.find("change: replace HERE by there"), std::string::npos);
}

TEST(Pretty, TheLimitLeavesOutWhatMattersLeast) {
  Sample sample("HERE");
  sample.result.findings.insert(sample.result.findings.begin(), 3, sample.result.findings.front());
  for (std::size_t i = 0; i < 3; ++i) {
    sample.result.findings[i].severity = Severity::kInfo;
    sample.result.findings[i].message = "of little weight";
  }
  sample.result.summary.infos = 3;
  const std::string text = pretty(sample.report({.color = false, .width = 0, .max_diagnostics = 1, .verbose = false}));
  EXPECT_NE(text.find("something is wrong"), std::string::npos);
  EXPECT_EQ(text.find("of little weight"), std::string::npos);
  EXPECT_NE(text.find("… and 3 more, none more severe"), std::string::npos);
}

TEST(Pretty, ManyFindingsEndInAnOverview) {
  Sample sample("HERE");
  EXPECT_EQ(pretty(sample.report()).find("Next:"), std::string::npos);
  sample.result.findings.insert(sample.result.findings.end(), 11, sample.result.findings.front());
  sample.result.findings.back().rule = "other-rule";
  sample.result.findings.back().severity = Severity::kInfo;
  sample.result.summary = {.errors = 11, .warnings = 0, .infos = 1, .suppressed = 0, .baselined = 0, .fixable = 0};
  const std::string text = pretty(sample.report());
  EXPECT_NE(text.find("  11 error    a-rule\n   1 info     other-rule\n"), std::string::npos) << text;
  EXPECT_NE(text.find("drizzle-audit explain a-rule"), std::string::npos);
}

TEST(Pretty, StopsAtTheLimitAndSaysSo) {
  const Sample sample("HERE");
  const std::string text = pretty(sample.report({.color = false, .width = 0, .max_diagnostics = 0, .verbose = false}));
  EXPECT_EQ(text.find("something is wrong"), std::string::npos);
  EXPECT_NE(text.find("… and 1 more"), std::string::npos);
}

TEST(Pretty, ColoursOnlyWhenTold) {
  const Sample sample("HERE");
  EXPECT_EQ(pretty(sample.report()).find('\x1b'), std::string::npos);
  EXPECT_NE(pretty(sample.report({.color = true, .width = 0, .max_diagnostics = std::nullopt, .verbose = false})).find("\x1b[1;31m"),
            std::string::npos);
}

CodeFrame frame(const std::string& text, unsigned width = 80) {
  Sources sources;
  const FileId file = sources.add("a.ts", text);
  const auto start = static_cast<std::uint32_t>(text.find("HERE"));
  return code_frame(sources, {file, start, start + 4}, width);
}

TEST(CodeFrame, AlignsTabsWideAndCombiningCharacters) {
  EXPECT_EQ(frame("\tHERE").line, "    HERE");
  EXPECT_EQ(frame("\tHERE").marks, "    ^^^^");
  EXPECT_EQ(frame("日本 HERE").marks, "     ^^^^");
  EXPECT_EQ(frame("e\xcc\x81 HERE").marks, "  ^^^^");
  EXPECT_EQ(frame("\x1b HERE").line, "\\x1b HERE");
  EXPECT_EQ(frame("\x1b HERE").marks, "     ^^^^");
  EXPECT_EQ(frame("\xef\xbb\xbfHERE").marks, "^^^^");
  EXPECT_EQ(frame("a\r\nHERE\r\n").line, "HERE");
}

TEST(CodeFrame, ClipsLongLinesAroundThePlace) {
  const CodeFrame clipped = frame(std::string(100000, 'x') + "HERE" + std::string(100000, 'y'), 40);
  EXPECT_LE(display_width(clipped.line), 41U);
  EXPECT_TRUE(clipped.line.starts_with("…"));
  EXPECT_TRUE(clipped.line.ends_with("…"));
  EXPECT_NE(clipped.line.find("HERE"), std::string::npos);
  EXPECT_EQ(clipped.marks.size(), display_width(clipped.line.substr(0, clipped.line.find("HERE"))) + 4);
}

TEST(CodeFrame, AnEmptyPlaceAtTheEndHasItsCaret) {
  Sources sources;
  const FileId file = sources.add("a.ts", "abc\n");
  EXPECT_EQ(code_frame(sources, {file, 3, 3}, 80).marks, "   ^");
  EXPECT_EQ(code_frame(sources, {file, 4, 4}, 80).marks, "^");
}

TEST(Wrap, BreaksAtSpaces) {
  EXPECT_EQ(wrap("aa bb cc", 5, 0, "  "), "aa bb\n  cc");
  EXPECT_EQ(wrap("aa bb cc", 0, 0, "  "), "aa bb cc");
}

TEST(FindingsJson, HasTheShapeOfTheContract) {
  const Sample sample("a\n  HERE\n");
  const auto json = nlohmann::json::parse(findings_json(sample.result));
  EXPECT_EQ(json["formatVersion"], 1);
  EXPECT_EQ(json["tool"]["name"], "drizzle-audit");
  const auto& finding = json["findings"][0];
  for (const char* key : {"rule", "severity", "confidence", "subject", "message", "note", "help", "evidence", "location", "related",
                          "change", "fix", "fingerprint", "suppressed"}) {
    EXPECT_TRUE(finding.contains(key)) << key;
  }
  EXPECT_EQ(finding["location"], (nlohmann::json{{"path", "src/schema.ts"}, {"line", 2}, {"column", 3}, {"endLine", 2}, {"endColumn", 7}}));
  EXPECT_EQ(finding["change"]["kind"], "ReplaceExtra");
  EXPECT_EQ(finding["change"]["table"], "products");
  EXPECT_TRUE(finding["fix"].is_null());
  EXPECT_EQ(json["summary"]["errors"], 1);
}

TEST(FindingsJson, IsValidUtf8WhateverTheNames) {
  Sample sample("HERE");
  sample.result.findings[0].message = "bad \xff byte";
  EXPECT_TRUE(nlohmann::json::accept(findings_json(sample.result)));
}

}  // namespace
}  // namespace drizzle_audit::report
