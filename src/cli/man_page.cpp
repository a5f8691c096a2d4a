// The man page: drizzle-audit(1), in the language of man(7).
#include <string_view>

#include "cli/outline.h"
#include "drizzle_audit/version.h"
#include "report/terminal_text.h"

namespace drizzle_audit::cli {
namespace {

/// When what does not come from the flags was last written.
constexpr const char* kDate = "2026-11-28";

/// Text that roff prints as it is.
std::string roff(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c == '.' || c == '\'') && (i == 0 || text[i - 1] == '\n')) result += "\\&";
    if (c == '\\') result += "\\e";
    else if (c == '-') result += "\\-";
    else if (text.substr(i, 3) == "…") {
      result += "...";
      i += 2;
    } else {
      result += c;
    }
  }
  return result;
}

/// Prose, in lines as roff's tools like them.
std::string prose(std::string_view text) { return roff(report::wrap(text, 72, 0, "")) + "\n"; }

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string item(const std::string& head, std::string_view text) { return ".TP\n" + head + "\n" + prose(text); }

std::string flag_head(const FlagOutline& flag) {
  if (!flag.argument.empty()) return italic(flag.argument) + (flag.repeats ? " ..." : "");
  std::string head;
  for (const std::string& name : flag.names) head += (head.empty() ? "" : ", ") + bold(name);
  return flag.type.empty() ? head : head + " " + italic(flag.type);
}

std::string synopsis(const CommandOutline& command) {
  std::string line = ".B drizzle\\-audit " + roff(command.name) + "\n[" + italic("OPTION") + " ...]";
  for (const FlagOutline& flag : command.flags) {
    if (!flag.argument.empty()) line += " " + (flag.repeats ? "[" + italic(flag.argument) + " ...]" : italic(flag.argument));
  }
  return line + "\n";
}

}  // namespace

std::string man_page(const ProgramOutline& program) {
  std::string text = ".TH DRIZZLE\\-AUDIT 1 " + std::string(kDate) + " \"drizzle\\-audit " + roff(kVersion) + "\" \"User Commands\"\n";
  text += ".SH NAME\ndrizzle\\-audit \\- static analyser for Drizzle ORM schemas\n.SH SYNOPSIS\n";
  text += ".B drizzle\\-audit\n[" + italic("OPTION") + " ...] [" + italic("PATH") + " ...]\n";
  for (const CommandOutline& command : program.commands) text += ".br\n" + synopsis(command);
  text += ".SH DESCRIPTION\n";
  text += prose(
      "Reads the TypeScript of a Drizzle schema without running it, builds the model that drizzle-orm would build, and reports what is "
      "missing, contradictory or silently dropped in it. It needs neither Node.js nor a database, and what it cannot read it calls unknown "
      "instead of guessing.");
  text += ".PP\nWithout a command it is " + bold("drizzle-audit " + program.commands.front().name) + ".\n";
  text += ".SH COMMANDS\n";
  for (const CommandOutline& command : program.commands) {
    text += ".SS " + roff(command.name) + "\n" + prose(command.description);
    for (const FlagOutline& flag : command.flags) text += item(flag_head(flag), flag.description);
  }
  text += ".SH EXIT STATUS\n";
  text += item("0", "No finding as severe as --fail-on says, by default error.");
  text += item("1", "There are such findings, or more warnings than --max-warnings allows.");
  text += item("2", "Wrong usage, unreadable input, no table found, an error of the program.");
  text += ".SH ENVIRONMENT\n";
  text += item(bold("DRIZZLE_AUDIT_FORMAT"), "The formats of the report when no --format is given, separated by commas.");
  text += item(bold("FORCE_COLOR"), "Colour even when standard output is no terminal; 0 means none. Flags win.");
  text += item(bold("NO_COLOR"), "When it is not empty: no colour.");
  text += item(bold("CLICOLOR_FORCE"), "When it is not empty and not 0: colour.");
  text += ".SH FILES\n";
  text += item(roff("drizzle-audit.json, drizzle-audit.jsonc, package.json"), "The config: the nearest one upward from the project root.");
  text += item(roff(".drizzle-audit-baseline.json"), "Findings that do not count, written by drizzle-audit baseline create.");
  text += ".SH EXAMPLES\n";
  text += item("drizzle\\-audit", "Audits the project of this folder.");
  text += item("drizzle\\-audit \\-\\-staged", "In a git hook: what the commit would bring.");
  text += item("drizzle\\-audit \\-\\-format sarif=report.sarif", "Writes a report for code scanning.");
  text += item("drizzle\\-audit explain missing\\-foreign\\-key", "Prints a rule's page.");
  return text;
}

}  // namespace drizzle_audit::cli
