#!/usr/bin/env bash
# The step of action.yml. Inputs come as INPUT_… variables; the runner gives GITHUB_OUTPUT, GITHUB_STEP_SUMMARY and RUNNER_TEMP.
# Ends with the exit status of drizzle-audit.
set -euo pipefail

fail() {
  echo "::error title=drizzle-audit::$1"
  exit 2
}

action=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "${INPUT_WORKING_DIRECTORY:-.}" 2> /dev/null || fail "working-directory: there is no folder ${INPUT_WORKING_DIRECTORY//$'\n'/ }"

for name in ANNOTATE SUMMARY; do
  variable=INPUT_$name
  case "${!variable:-true}" in
    true | false) ;;
    *) fail "${name,,} must be true or false" ;;
  esac
done

# Which program: the one given, the one that the project has installed, or one from npm.
if [ -n "${INPUT_PROGRAM:-}" ]; then
  program=("$INPUT_PROGRAM")
elif [ -z "${INPUT_VERSION:-}" ] && [ -x node_modules/.bin/drizzle-audit ]; then
  program=(node_modules/.bin/drizzle-audit)
else
  version=${INPUT_VERSION:-$(sed -n 's/^ *VERSION \([0-9.]*\)$/\1/p' "$action/CMakeLists.txt")}
  [[ $version =~ ^[0-9A-Za-z.^~+-]+$ ]] || fail "version must be an npm version or tag"
  program=(npx --yes --package "drizzle-audit@$version" -- drizzle-audit)
fi

temporary=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/drizzle-audit.XXXXXX")
trap 'rm -rf "$temporary"' EXIT

arguments=(check --color never --format pretty --format "json=$temporary/report.json")
if [ "${INPUT_SUMMARY:-true}" = true ]; then arguments+=(--format "markdown=$temporary/summary.md"); fi
if [ "${INPUT_ANNOTATE:-true}" = true ]; then arguments+=(--format "github=$temporary/annotations.txt"); fi
sarif=""
if [ -n "${INPUT_SARIF:-}" ]; then
  sarif=$(realpath -m -- "$INPUT_SARIF")
  arguments+=(--format "sarif=$sarif")
fi
if [ -n "${INPUT_FAIL_ON:-}" ]; then arguments+=(--fail-on "$INPUT_FAIL_ON"); fi
while IFS= read -r word; do
  word=${word%$'\r'}
  if [ -n "$word" ]; then arguments+=("$word"); fi
done <<< "${INPUT_ARGS:-}"

# What the project's own text says must not be taken for a command of the runner's while the report goes by.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
status=0
echo "::stop-commands::$token"
"${program[@]}" "${arguments[@]}" || status=$?
echo "::$token::"

if [ -s "$temporary/annotations.txt" ]; then cat "$temporary/annotations.txt"; fi
if [ -s "$temporary/summary.md" ]; then cat "$temporary/summary.md" >> "$GITHUB_STEP_SUMMARY"; fi

count() { sed -n '/^  "summary"/,$s/^ *"'"$1"'": \([0-9]*\),\{0,1\}$/\1/p' "$temporary/report.json" 2> /dev/null || true; }
{
  echo "errors=$(count errors)"
  echo "warnings=$(count warnings)"
  echo "infos=$(count infos)"
  echo "status=$status"
  if [ -n "$sarif" ] && [ -f "$sarif" ]; then echo "sarif=$sarif"; else echo "sarif="; fi
} >> "$GITHUB_OUTPUT"
exit "$status"
