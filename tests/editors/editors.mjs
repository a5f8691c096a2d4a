// What an editor makes of a report: as many places as the report has findings, each the right one, odd paths among them.
// usage: editors.mjs SOURCE PROGRAM vscode|vim|nvim|emacs
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const [source, program, editor] = process.argv.slice(2);
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'editors-')));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const env = { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8', TERM: 'dumb' };
delete env.DRIZZLE_AUDIT_FORMAT;

const kFiles = ['src/plain.ts', 'src/with space.ts', "src/it's.ts", 'src/a:b.ts', 'src/ünï.ts', 'src/(group)/[slug].ts', 'src/error: x.ts'];
const write = (path, text) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
write('package.json', '{ "dependencies": { "drizzle-orm": "0.45.2" } }');
kFiles.forEach((path, i) => {
  const [text, reference] = [`t${i}`, `r${i}`];
  write(path, `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const ${text} = pgTable("${text}: [x] (1:2:3)", { id: uuid("id").primaryKey() }, () => [index("nothing")]);
export const ${reference} = pgTable("${reference}", { id: uuid("id").primaryKey(), t: uuid("t").references(() => ${text}.id) });
`);
});
mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
symlinkSync(program, join(folder, 'node_modules/.bin/drizzle-audit'));

function run(command, words) {
  const result = spawnSync(command, words, { cwd: folder, env, encoding: 'utf8', timeout: 60_000 });
  if (result.error?.code === 'ENOENT') {
    console.log(`skipped: there is no ${command} here`);
    process.exit(77);
  }
  return result;
}

const report = JSON.parse(run(program, ['check', '--format', 'json']).stdout);
const wanted = report.findings.map(({ location, severity, rule, message }) => ({ ...location, severity, rule, message }));
assert(wanted.length >= 2 * kFiles.length, `only ${wanted.length} findings`);
assert.deepEqual(new Set(wanted.map(({ path }) => path)), new Set(kFiles));
assert(new Set(wanted.map(({ severity }) => severity)).size > 1, 'one severity only');
const key = ({ path, line, column, severity }) => `${path}|${line}|${column}|${severity}`;
const same = (found) => assert.deepEqual(found.map(key).sort(), wanted.map(key).sort());

const kEditors = {
  vscode() {
    const [task] = JSON.parse(readFileSync(join(source, 'packaging/editors/vscode/tasks.json'), 'utf8')).tasks;
    const { pattern } = task.problemMatcher;
    const expression = new RegExp(pattern.regexp);
    const { stdout } = run(join(folder, task.command), task.args);
    const places = stdout.split('\n').filter((line) => line).map((line) => {
      const match = expression.exec(line);
      assert(match, `no match: ${line}`);
      const [path, row, column, severity, message, rule] = ['file', 'line', 'column', 'severity', 'message', 'code'].map((part) => match[pattern[part]]);
      return { path, line: Number(row), column: Number(column), severity, message, rule };
    });
    same(places);
    const text = ({ message, rule }) => `${message}|${rule}`;
    assert.deepEqual(places.map(text).sort(), wanted.map(text).sort());
  },
  vim: () => quickfix('vim', ['-u', 'NONE', '-N', '-es']),
  nvim: () => quickfix('nvim', ['--headless', '--clean']),
  emacs() {
    const file = join(folder, 'places.json');
    write('run.el', `(load "${join(source, 'packaging/editors/emacs/drizzle-audit.el')}" nil t)
(setq default-directory "${folder}/" compilation-always-kill t)
(let* ((done nil) (found '()))
  (add-hook 'compilation-finish-functions (lambda (&rest _) (setq done t)))
  (with-current-buffer (drizzle-audit)
    (while (not done) (accept-process-output nil 0.05))
    (compilation--ensure-parse (point-max))
    (goto-char (point-min))
    (while (not (eobp))
      (let ((message (get-text-property (point) 'compilation-message)))
        (when message
          (let ((loc (compilation--message->loc message)))
            (push (list (car (compilation--file-struct->file-spec (compilation--loc->file-struct loc)))
                        (compilation--loc->line loc) (compilation--loc->col loc) (compilation--message->type message)) found))))
      (goto-char (or (next-single-property-change (point) 'compilation-message) (point-max)))))
  (with-temp-file "${file}" (dolist (place (nreverse found)) (insert (format "%s|%s|%s|%s\\n" (nth 0 place) (nth 1 place) (nth 2 place) (nth 3 place))))))`);
    const result = run('emacs', ['-Q', '--batch', '-l', join(folder, 'run.el')]);
    assert.equal(result.status, 0, result.stderr);
    const places = readFileSync(file, 'utf8').trim().split('\n').map((line) => {
      const [path, row, column, type] = line.split('|');
      return { path, line: Number(row), column: Number(column), severity: ['info', 'warning', 'error'][Number(type)] };
    });
    same(places);
  },
};

/// The quickfix list after `:make`, as JSON.
function quickfix(command, words) {
  const file = join(folder, 'places.json');
  write('run.vim', `set nomore runtimepath^=${join(source, 'packaging/editors/vim').replace(/ /g, '\\ ')}
compiler drizzle-audit
silent make!
call writefile([json_encode(map(filter(getqflist(), 'v:val.valid'), {_, e -> {'path': bufname(e.bufnr), 'line': e.lnum, 'column': e.col, 'type': e.type, 'text': e.text}}))], '${file}')
qall!
`);
  const result = run(command, [...words, '-S', join(folder, 'run.vim')]);
  const severities = { e: 'error', w: 'warning', i: 'info' };
  const places = JSON.parse(readFileSync(file, 'utf8')).map((entry) => ({ ...entry, severity: severities[entry.type.toLowerCase()] }));
  // Vim counts bytes, we count UTF-16 units: the same on these lines.
  assert.equal(places.length, wanted.length, result.stderr);
  same(places);
}

kEditors[editor]();
console.log(`${editor}: ${wanted.length} places`);
