// The options of a made-up rule: every type that an option can have, from the config's text to what the rule is given.
#include <gtest/gtest.h>

#include "config/load.h"
#include "config/resolve.h"
#include "harness/files.h"
#include "workspace/disk_file_system.h"

namespace drizzle_audit::config {
namespace {

constexpr OptionSpec kOptions[] = {
    {"strictly", "true", "A flag."}, {"most", "3", "A number."}, {"word", "\"id\"", "A text."}, {"names", "[\"a\", \"b\"]", "Texts."}};
constexpr Rule kRule = {.id = "made-up",
                        .summary = "",
                        .category = "integrity",
                        .severity = Severity::kWarning,
                        .preset = Preset::kStrict,
                        .options = kOptions,
                        .check = nullptr};
constexpr RegisteredRule kRules[] = {{&kRule, ""}};

class Options : public testing::Test {
 protected:
  LoadedConfig load(const std::string& text) {
    harness::write_file(folder_.path() / "drizzle-audit.json", text);
    return load_config(workspace::DiskFileSystem(), folder_.path().string(), (folder_.path() / "drizzle-audit.json").string(), kRules);
  }

  Settings settings(const std::string& text, const Selection& selection = {}) {
    const LoadedConfig loaded = load(text);
    EXPECT_TRUE(loaded.errors.empty()) << loaded.errors.front().message;
    return resolve(loaded.config, folder_.path().string(), kRules, selection);
  }

  std::string first_error(const std::string& options) {
    const LoadedConfig loaded = load(R"({ "rules": { "made-up": { "options": )" + options + " } } }");
    return loaded.errors.empty() ? "" : loaded.errors.front().message + "; " + loaded.errors.front().help;
  }

  harness::TemporaryFolder folder_;
};

TEST_F(Options, EveryTypeArrives) {
  const Settings made =
      settings(R"({ "preset": "all", "rules": { "made-up": { "options": { "strictly": false, "most": 7, "names": [] } } } })");
  ASSERT_EQ(made.rules.size(), 1U);
  EXPECT_EQ(made.rules[0].level, Severity::kWarning);
  const OptionValues expected = {
      {"strictly", false}, {"most", std::int64_t{7}}, {"word", std::string("id")}, {"names", std::vector<std::string>{}}};
  EXPECT_EQ(made.rules[0].options, expected);
}

TEST_F(Options, TheNearerFileWinsOptionByOption) {
  harness::write_file(folder_.path() / "base.json",
                      R"({ "rules": { "made-up": { "severity": "error", "options": { "most": 1, "word": "x" } } } })");
  const Settings made = settings(R"({ "extends": "./base.json", "rules": { "made-up": { "options": { "most": 2 } } } })");
  ASSERT_EQ(made.rules.size(), 1U);
  EXPECT_EQ(made.rules[0].level, Severity::kError);
  EXPECT_EQ(made.rules[0].options.at("most"), OptionValue(std::int64_t{2}));
  EXPECT_EQ(made.rules[0].options.at("word"), OptionValue(std::string("x")));
}

TEST_F(Options, WrongTypesAndNamesAreErrors) {
  EXPECT_EQ(first_error(R"({ "strictly": 1 })"), "\"strictly\" must be true or false, not 1; ");
  EXPECT_EQ(first_error(R"({ "most": "3" })"), "\"most\" must be an integer, not \"3\"; ");
  EXPECT_EQ(first_error(R"({ "most": -1 })"), "\"most\" must be from 0 to 1000000000; ");
  EXPECT_EQ(first_error(R"({ "most": 1.5 })"), "\"most\" must be an integer, not a number with a fraction; ");
  EXPECT_EQ(first_error(R"({ "word": null })"), "\"word\" must be a text, not null; ");
  EXPECT_EQ(first_error(R"({ "names": ["a", 1] })"), "an entry of \"names\" must be a text, not 1; ");
  EXPECT_EQ(first_error(R"({ "name": [] })"), "there is no option \"name\"; did you mean \"names\"?");
}

TEST_F(Options, PresetsAndFlagsTurnRulesOn) {
  EXPECT_TRUE(settings("{}").rules.empty()) << "strict is not in recommended";
  EXPECT_EQ(settings(R"({ "preset": "strict" })").rules.size(), 1U);
  EXPECT_EQ(settings("{}", {.preset = Preset::kStrict, .only = {}, .skip = {}}).rules.size(), 1U);
  EXPECT_EQ(settings(R"({ "rules": { "made-up": "info" } })").rules.size(), 1U);
  EXPECT_EQ(settings("{}", {.preset = {}, .only = {"made-up"}, .skip = {}}).rules.size(), 1U);
  EXPECT_TRUE(settings("{}", {.preset = {}, .only = {"integrity"}, .skip = {}}).rules.empty()) << "a category only narrows";
  EXPECT_TRUE(settings(R"({ "preset": "all" })", {.preset = {}, .only = {}, .skip = {"integrity"}}).rules.empty());
  EXPECT_EQ(settings(R"({ "overrides": [{ "tables": "a", "rules": { "made-up": "error" } }] })").rules.size(), 1U) << "on for one table";
}

}  // namespace
}  // namespace drizzle_audit::config
