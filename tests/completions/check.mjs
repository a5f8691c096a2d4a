// Completes command lines in a real shell and looks at what it offers; or reads the man page. usage: check.mjs PROGRAM bash|zsh|fish|man
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const [program, shell] = process.argv.slice(2);
const kSkipped = 77;
const has = (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;
const tool = shell === 'man' ? 'mandoc' : shell;
if (!has(tool)) {
  console.log(`skipped: there is no ${tool} here`);
  process.exit(kSkipped);
}

const folder = mkdtempSync(join(tmpdir(), 'completions-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const env = { ...process.env, PATH: dirname(program) + delimiter + process.env.PATH, HOME: folder, ZDOTDIR: folder, TERM: 'dumb', LC_ALL: 'C.UTF-8' };
for (const path of ['some folder', 'src']) mkdirSync(join(folder, path));
writeFileSync(join(folder, 'some file.ts'), '');
const output = (command, words, input) => execFileSync(command, words, { cwd: folder, env, input, encoding: 'utf8', timeout: 60_000 });
const rules = JSON.parse(output(program, ['rules', '--format', 'json'])).map((rule) => rule.id);

// What stands before the cursor; what must be among the offers; what must not.
const kCases = [
  ['drizzle-audit ', ['check', 'explain', 'completions'], ['--root']],
  ['drizzle-audit --fa', ['--fail-on'], ['check']],
  ['drizzle-audit check --fail-on ', ['error', 'warning', 'info', 'never'], ['check', 'src']],
  ['drizzle-audit check --fail-on=w', ['warning'], ['error']],
  ['drizzle-audit schema --format ', ['sql', 'mermaid'], ['sarif']],
  ['drizzle-audit --format s', ['sarif'], ['sql']],
  ['drizzle-audit --root schema --s', ['--staged'], []],
  ['drizzle-audit baseline ', ['create', 'prune'], ['check']],
  ['drizzle-audit explain missing-f', ['missing-foreign-key'], ['missing-index']],
  ['drizzle-audit --only missing-index,missing-f', ['missing-index,missing-foreign-key', 'missing-foreign-key'], ['missing-primary-key']],
  ['drizzle-audit check --root s', ['src'], ['some file.ts']],
  ['drizzle-audit check some', ['some file.ts'], []],
  ['drizzle-audit completions ', ['bash', 'zsh', 'fish'], ['src']],
];

/// Words as bash takes the line apart: "=" is a word.
function bashOffers(line) {
  const words = line.split(/(=)| /).filter((word) => word);
  if (/[ =]$/.test(line)) words.push('');
  const list = words.map((word) => `'${word}'`).join(' ');
  const script = `source <(drizzle-audit completions bash)
COMP_WORDS=(${list}) COMP_CWORD=${words.length - 1} COMP_LINE='${line}' COMP_POINT=\${#COMP_LINE}
_drizzle_audit drizzle-audit
printf '%s\\n' "\${COMPREPLY[@]}"`;
  return output('bash', ['--norc', '-c', script]).split('\n');
}

function fishOffers(line) {
  const script = `drizzle-audit completions fish | source; complete -C '${line}'`;
  const offers = output('fish', ['--no-config', '-c', script]).split('\n').map((entry) => entry.split('\t')[0]);
  return offers.map((entry) => entry.replace(/^--[a-z-]+=/, '').replace(/\/$/, ''));
}

/// A shell of its own behind a pseudo-terminal: what it writes after a tab.
let zshAnswers = null;
function zshOffers(line) {
  zshAnswers ??= zshSession([...kCases.map(([words]) => words), 'drizzle-audit explain ']);
  return zshAnswers.get(line);
}
function zshSession(lines) {
  const script = `zmodload zsh/zpty
zpty -b inner zsh -f -i
inner() { zpty -w inner "$1" }
inner "PROMPT= RPROMPT= PS2= ; unsetopt zle_bracketed_paste prompt_sp; stty columns 400 -echo"
inner "autoload -Uz compinit; compinit -u -d ${folder}/dump; source <(drizzle-audit completions zsh)"
inner "LISTMAX=0; setopt auto_list no_list_beep; unsetopt list_ambiguous auto_menu; zstyle ':completion:*' list-colors ''; zstyle ':completion:*' list-prompt ''"
inner "bindkey '^I' list-choices; print READY''NOW"
typeset all='' piece=''
for i in {1..200}; do zpty -r -t inner piece && all+=$piece || sleep 0.05; [[ $all == *READYNOW* ]] && break; done
for line in ${lines.map((line) => `'${line}'`).join(' ')}; do
  zpty -n -w inner "$line"$'\\t'
  # A list begins below the line; it is complete when nothing more comes for a while.
  all='' quiet=0
  for i in {1..150}; do
    if zpty -r -t inner piece; then all+=$piece quiet=0; else (( quiet++ )); sleep 0.02; fi
    [[ $all == *$'\\n'* ]] && (( quiet > 5 )) && break
  done
  zpty -n -w inner $'\\x15'
  sleep 0.02; while zpty -r -t inner piece; do :; done
  printf '%s\\0' "$all"
done
zpty -d inner`;
  // The first line is the one that was typed.
  const answers = output('zsh', ['-f', '-c', script]).split('\0').map((text) => {
    const listed = text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, ' ').replace(/\r/g, ' ').replace(/\\ /g, ' ').split('\n').slice(1).join('\n');
    const words = listed.split(/\n|\s{2,}| -- /).map((word) => word.trim());
    return words.flatMap((word) => [word, word.replace(/\/$/, '').trim(), ...word.split(' ')]);
  });
  return new Map(lines.map((line, i) => [line, answers[i]]));
}

let failures = 0;
const complain = (message) => (failures++, console.error(message));
if (shell === 'man') {
  const page = output(program, ['man']);
  const lint = spawnSync('mandoc', ['-T', 'lint', '-W', 'style'], { input: page, encoding: 'utf8' });
  const said = (lint.stdout + lint.stderr).split('\n').filter((line) => line && !/referenced manual not found/.test(line));
  if (said.length) complain(said.join('\n'));
  const text = output('mandoc', ['-T', 'utf8'], page).replace(/.\x08/g, '');
  for (const word of ['--staged', 'EXIT STATUS', 'DRIZZLE_AUDIT_FORMAT', '.drizzle-audit-baseline.json', 'completions']) {
    if (!text.includes(word)) complain(`the page does not hold ${word}`);
  }
  // The same flag means the same everywhere, and every help looks alike.
  const meanings = new Map();
  for (const [, command] of page.matchAll(/^\.SS (\w+)$/gm)) {
    const help = output(program, [command, '--help']);
    if (!new RegExp(`^Usage: drizzle-audit ${command}`, 'm').test(help)) complain(`${command} --help shows no usage`);
    if (!/^Exit status: 0 /m.test(help)) complain(`${command} --help says nothing of the exit status`);
    for (const [, flag, description] of help.matchAll(/^  (-\S+)[^\n]*?(?:\s{2,}|\n\s+)(\S[^\n]*)$/gm)) {
      if (/^[A-Z]|\.$/.test(description)) complain(`${command} ${flag}: neither a capital nor a full stop: ${description}`);
      if (['-f,--format', '--force'].includes(flag)) continue;
      if ((meanings.get(flag) ?? description) !== description) complain(`${command} ${flag}: ${description}; elsewhere: ${meanings.get(flag)}`);
      meanings.set(flag, description);
    }
  }
  if (meanings.size < 20) complain(`only ${meanings.size} flags have a description`);
  if (has('man')) {
    writeFileSync(join(folder, 'page.1'), page);
    const warnings = spawnSync('man', ['-l', '--warnings', join(folder, 'page.1')], { env: { ...env, MANWIDTH: '100' }, encoding: 'utf8' });
    if (warnings.stderr) complain(warnings.stderr);
  }
} else {
  const offersOf = { bash: bashOffers, zsh: zshOffers, fish: fishOffers }[shell];
  for (const [line, wanted, unwanted] of kCases) {
    const offers = new Set(offersOf(line));
    // Of a list that is written, some shells offer the last piece and some the whole.
    const alternatives = line.includes(',');
    const missing = wanted.filter((word) => !offers.has(word));
    if (alternatives ? missing.length === wanted.length : missing.length) complain(`${shell}: "${line}" does not offer ${missing}; it offers: ${[...offers]}`);
    for (const word of unwanted) if (offers.has(word) && !line.split(' ').includes(word)) complain(`${shell}: "${line}" offers ${word}`);
  }
  if (rules.length < 10) complain('there are hardly any rules');
  const everyRule = new Set(offersOf('drizzle-audit explain '));
  if (shell !== 'zsh') for (const rule of rules) if (!everyRule.has(rule)) complain(`${shell}: explain does not offer ${rule}`);
}
console.log(`${shell}: ${failures} complaints`);
process.exit(failures ? 1 : 0);
