// Runs the lines of every ```sh fence in README.md and docs/*.md, in order, in a fresh copy of examples/shop.
//
//   <!-- not run: why -->          before a fence: it is not run
//   <!-- file: path -->            before a fence: a file, which tests/hooks tries
//
// A line may end with 0 or 1 (findings), and may not complain of a flag, a format or a command. usage: commands.mjs SOURCE PROGRAM
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const [source, program] = process.argv.slice(2);
const top = realpathSync(mkdtempSync(join(tmpdir(), 'docs-')));
process.on('exit', () => rmSync(top, { recursive: true, force: true }));

// `npx drizzle-audit` is the program, as npm would run it once it is installed.
const tools = join(top, 'tools');
mkdirSync(tools);
writeFileSync(join(tools, 'npx'), '#!/bin/sh\n[ "$1" = drizzle-audit ] || { echo "error: npx $1 is not known here" >&2; exit 2; }\nexec "$@"\n');
chmodSync(join(tools, 'npx'), 0o755);
const env = { ...process.env, HOME: top, PATH: `${tools}:${dirname(program)}:${process.env.PATH}`, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
for (const who of ['AUTHOR', 'COMMITTER']) Object.assign(env, { [`GIT_${who}_NAME`]: 'A', [`GIT_${who}_EMAIL`]: 'a@example.com' });
delete env.DRIZZLE_AUDIT_FORMAT;

function freshProject(name) {
  const folder = join(top, name, 'your-project');
  const skipped = /(^|\/)(node_modules|\.git)$/;
  cpSync(join(source, 'examples/shop'), folder, { recursive: true, filter: (path) => !skipped.test(path) });
  spawnSync('sh', ['-c', 'git init -q -b main && git add . && git commit -q -m shop'], { cwd: folder, env });
  return folder;
}

let lines = 0;
let failures = 0;
const pages = ['README.md', ...readdirSync(join(source, 'docs')).filter((name) => name.endsWith('.md')).sort().map((name) => `docs/${name}`)];
for (const page of pages) {
  const text = readFileSync(join(source, page), 'utf8');
  let folder = null;
  for (const match of text.matchAll(/(<!--([^>]*)-->\s*\n)?^```sh\n([\s\S]*?)^```/gm)) {
    if (/^ (not run|file): /.test(match[2] ?? '')) continue;
    folder ??= freshProject(page.replace(/\W/g, '-'));
    let place = folder;
    for (const line of match[3].replace(/\\\n\s*/g, ' ').split('\n')) {
      const command = line.replace(/(^|\s)#\s.*$/, '').trim();
      if (!command) continue;
      lines++;
      const change = /^cd (\S+)$/.exec(command);
      if (change) {
        place = change[1] === 'your-project' ? folder : join(place, change[1]);
        if (existsSync(place)) continue;
      }
      const result = spawnSync('sh', ['-c', command], { cwd: place, env, encoding: 'utf8', timeout: 60_000 });
      const mayFind = /\bdrizzle-audit\b/.test(command) && !/\bnpm\b/.test(command);
      if ((result.status === 0 || (result.status === 1 && mayFind)) && !/^drizzle-audit: error:|not found$/m.test(result.stderr)) continue;
      failures++;
      console.error(`${page}: $ ${command}\nends with ${result.status}\n${result.stderr}${result.stdout.slice(0, 400)}`);
    }
  }
}
console.log(`${pages.length} pages, ${lines} commands, ${failures} failures`);
process.exit(failures || lines === 0 ? 1 : 0);
