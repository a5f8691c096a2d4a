// Shell completions: one script for each shell, complete in itself.
#include <algorithm>
#include <string_view>

#include "cli/outline.h"

namespace drizzle_audit::cli {
namespace {

constexpr std::string_view kAbout = "made by `drizzle-audit completions";

std::string words(const std::vector<std::string>& list, std::string_view separator = " ") {
  std::string text;
  for (const std::string& word : list) text += (text.empty() ? "" : std::string(separator)) + word;
  return text;
}

std::vector<std::string> command_names(const ProgramOutline& program) {
  std::vector<std::string> names;
  for (const CommandOutline& command : program.commands) names.push_back(command.name);
  return names;
}

/// All names of all flags that take a value: their values are no commands.
std::vector<std::string> value_flags(const ProgramOutline& program) {
  std::vector<std::string> names;
  for (const CommandOutline& command : program.commands) {
    for (const FlagOutline& flag : command.flags) {
      if (flag.type.empty()) continue;
      for (const std::string& name : flag.names) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
      }
    }
  }
  return names;
}

bool is_path(const FlagOutline& flag) { return flag.type == "FILE" || flag.type == "GLOB"; }

/// `text` with a backslash before each of `special`.
std::string escape(std::string_view text, std::string_view special) {
  std::string result;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

/// In single quotes, for a shell.
std::string shell_quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'') result += "'\\''";
    else result += c;
  }
  return result + "'";
}

// --- bash

std::string bash_values(const FlagOutline& flag) {
  if (!flag.values.empty()) return (flag.is_list ? "list='" : "words='") + words(flag.values) + "'";
  if (flag.type == "DIR") return "kind=folders";
  return is_path(flag) ? "kind=files" : "kind=none";
}

std::string bash(const ProgramOutline& program) {
  std::string flags;
  std::string values;
  for (const CommandOutline& command : program.commands) {
    std::vector<std::string> names;
    std::string positional = "kind=none";
    for (const FlagOutline& flag : command.flags) {
      if (!flag.argument.empty()) positional = bash_values(flag);
      if (flag.argument.empty() && !flag.type.empty()) {
        std::vector<std::string> patterns;
        for (const std::string& name : flag.names) patterns.push_back(command.name + ":" + name);
        values += "    " + words(patterns, "|") + ") " + bash_values(flag) + " ;;\n";
      }
      names.insert(names.end(), flag.names.begin(), flag.names.end());
    }
    flags += "    " + command.name + ") flags='" + words(names) + "' ;;\n";
    values += "    " + command.name + ":) " + positional + " ;;\n";
  }
  return "# bash completion for drizzle-audit; " + std::string(kAbout) + R"( bash`

_drizzle_audit() {
  local cur=${COMP_WORDS[COMP_CWORD]} flag='' command='' flags='' words='' list='' kind='' before='' i
  COMPREPLY=()
  # The command is the first word that is neither a flag nor a flag's value.
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      )" +
         words(value_flags(program), "|") + R"() [[ ${COMP_WORDS[i + 1]} == '=' ]] && ((i += 2)) || ((i++)) ;;
      -*|=) ;;
      )" +
         words(command_names(program), "|") +
         R"() command=${COMP_WORDS[i]}; break ;;
      *) break ;;
    esac
  done
  # A value stands behind its flag, or behind flag and "=", which bash takes for a word.
  if [[ $cur == '=' ]]; then
    flag=${COMP_WORDS[COMP_CWORD - 1]} cur=''
  elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == '=' ]]; then
    flag=${COMP_WORDS[COMP_CWORD - 2]}
  elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == -* ]]; then
    flag=${COMP_WORDS[COMP_CWORD - 1]}
  fi
  case " )" +
         words(value_flags(program)) +
         R"( " in *" $flag "*) ;; *) flag='' ;; esac
  case ${command:-check} in
)" + flags +
         R"(  esac
  case "${command:-check}:$flag" in
)" + values +
         R"(    *) kind=none ;;
  esac
  if [[ -z $flag && $cur == -* ]]; then
    words=$flags list='' kind=''
  elif [[ -z $flag && -z $command ]]; then
    words+=' )" +
         words(command_names(program)) + R"('
  fi
  if [[ -n $list ]]; then
    [[ $cur == *,* ]] && before=${cur%,*}, && cur=${cur##*,}
    words=$list
  fi
  [[ -n $words ]] && COMPREPLY=($(compgen -P "$before" -W "$words" -- "$cur"))
  if [[ $kind == folders ]]; then
    compopt -o filenames 2> /dev/null
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$cur")
  elif [[ $kind == files ]]; then
    compopt -o filenames 2> /dev/null
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$cur")
  fi
}
complete -F _drizzle_audit drizzle-audit
)";
}

// --- zsh

std::string zsh_action(const FlagOutline& flag) {
  if (!flag.values.empty()) {
    std::string list = "(" + words(flag.values) + ")";
    if (flag.is_list) return "_values -s , value " + words(flag.values);
    return list;
  }
  if (flag.type == "DIR") return "_files -/";
  return is_path(flag) ? "_files" : " ";
}

std::string zsh_spec(const FlagOutline& flag) {
  const std::string value = flag.type.empty() ? std::string() : ":" + escape(flag.type, ":\\") + ":" + zsh_action(flag);
  if (!flag.argument.empty()) return shell_quoted((flag.repeats ? "*:" : ":") + flag.argument + ":" + zsh_action(flag));
  const std::string rest = "[" + escape(flag.description, "[]:\\") + "]" + value;
  std::string spec;
  for (const std::string& name : flag.names) {
    const std::string exclusive = flag.repeats || flag.is_list ? "*" : "(" + words(flag.names) + ")";
    const std::string equals = flag.type.empty() ? "" : name.starts_with("--") ? "=" : "+";
    spec += (spec.empty() ? "" : " \\\n    ") + shell_quoted(exclusive + name + equals + rest);
  }
  return spec;
}

std::string zsh(const ProgramOutline& program) {
  std::string functions;
  std::string list;
  for (const CommandOutline& command : program.commands) {
    list += "    " + shell_quoted(escape(command.name, ":") + ":" + command.description) + "\n";
    functions += "_drizzle-audit_" + command.name + "() {\n  _arguments -s -S";
    for (const FlagOutline& flag : command.flags) functions += " \\\n    " + zsh_spec(flag);
    functions += "\n}\n\n";
  }
  const std::string default_command = program.commands.front().name;
  return "#compdef drizzle-audit\n# zsh completion for drizzle-audit; " + std::string(kAbout) + " zsh`\n\n" + functions +
         R"(_drizzle-audit() {
  local -a commands=(
)" + list +
         R"(  )
  # Without a command it is the first one.
  local command=${words[2]}
  if (( CURRENT > 2 )) && (( ${+functions[_drizzle-audit_$command]} )); then
    words[2]=()
    (( CURRENT-- ))
    _drizzle-audit_$command
  elif (( CURRENT == 2 )) && [[ ${words[2]} != -* ]]; then
    _alternative 'commands:command:{ _describe command commands }' 'files:file:_files'
  else
    _drizzle-audit_)" +
         default_command + R"(
  fi
}

if [ "$funcstack[1]" = "_drizzle-audit" ]; then
  _drizzle-audit "$@"
else
  compdef _drizzle-audit drizzle-audit
fi
)";
}

// --- fish

std::string fish(const ProgramOutline& program) {
  const std::string all = words(command_names(program));
  std::string text = "# fish completion for drizzle-audit; " + std::string(kAbout) + R"( fish`

# The command that is being written; the first one when none is.
function __drizzle_audit_command
    set -l tokens (commandline -opc)
    set -e tokens[1]
    set -l is_value false
    for token in $tokens
        if $is_value
            set is_value false
        else if contains -- $token )" +
                     words(value_flags(program)) + R"(
            set is_value true
        else if contains -- $token )" +
                     all + R"(
            echo $token
            return
        end
    end
    echo )" + program.commands.front().name +
                     R"(
end

function __drizzle_audit_is
    test (__drizzle_audit_command) = $argv[1]
end

# Values separated by commas: those before stay.
function __drizzle_audit_list
    set -l before (string replace -r '[^,]*$' '' -- (commandline -ct | string replace -r '^--[^=]*=' ''))
    for value in $argv
        echo $before$value
    end
end

complete -c drizzle-audit -n "not __fish_seen_subcommand_from )" +
                     all + "\" -a '" + all + "'\n";
  for (const CommandOutline& command : program.commands) {
    const std::string condition = "complete -c drizzle-audit -n '__drizzle_audit_is " + command.name + "'";
    bool takes_files = false;
    for (const FlagOutline& flag : command.flags) {
      if (!flag.argument.empty()) {
        takes_files = takes_files || is_path(flag);
        if (!flag.values.empty())
          text += condition + " -a " + shell_quoted(words(flag.values)) + " -d " + shell_quoted(flag.argument) + "\n";
        continue;
      }
      text += condition;
      for (const std::string& name : flag.names) text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (!flag.type.empty()) {
        text += is_path(flag) ? " -r" : " -x";
        if (flag.is_list && !flag.values.empty()) text += " -a " + shell_quoted("(__drizzle_audit_list " + words(flag.values) + ")");
        else if (!flag.values.empty()) text += " -a " + shell_quoted(words(flag.values));
        else if (flag.type == "DIR") text += " -a '(__fish_complete_directories (commandline -ct))'";
      }
      text += " -d " + shell_quoted(flag.description) + "\n";
    }
    if (!takes_files) text += condition + " -f\n";
  }
  return text;
}

}  // namespace

std::string completion_script(const ProgramOutline& program, const std::string& shell) {
  return shell == "bash" ? bash(program) : shell == "zsh" ? zsh(program) : fish(program);
}

}  // namespace drizzle_audit::cli
