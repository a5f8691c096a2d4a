// Pages a stranger relies on: every layer has a short README.md, every rule a page that carries its id, and links in
// Markdown files lead to files that exist. usage: pages.mjs ROOT LAYER…
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { files, finish, linesOf } from './files.mjs';

const [root, ...layers] = process.argv.slice(2);
const violations = [];
let checked = 0;

for (const layer of layers) {
  if (files(root, `src/${layer}`, ['.cpp']).length === 0) continue;
  checked++;
  const page = `src/${layer}/README.md`;
  if (!existsSync(join(root, page))) violations.push(`${page} is missing`);
  else if (linesOf(root, page).length > 30) violations.push(`${page}: ${linesOf(root, page).length} lines; 5 to 20 are enough`);
}

const rules = existsSync(join(root, 'rules')) ? readdirSync(join(root, 'rules'), { withFileTypes: true }) : [];
const isRule = ({ name }) => !name.startsWith('_') && existsSync(join(root, 'rules', name, 'rule.cpp'));
for (const { name } of rules.filter(isRule)) {
  checked++;
  const page = `rules/${name}/rule.md`;
  if (!existsSync(join(root, page))) violations.push(`${page} is missing`);
  else if (!linesOf(root, page)[0].includes(name)) violations.push(`${page}: the first line must name the rule's id, ${name}`);
}

for (const folder of ['.', 'src', 'rules', 'tests', 'third_party', 'examples', 'packaging', 'bench', 'docs']) {
  const pages = files(root, folder, ['.md']).filter((path) => folder !== '.' || !path.includes('/'));
  for (const path of pages) {
    checked++;
    const prose = linesOf(root, path).join('\n').replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
    for (const [, link] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^([a-z]+:|#)/.test(link)) continue;
      const target = join(root, dirname(path), link.split('#')[0]);
      if (!existsSync(target)) violations.push(`${path}: the link ${link} leads nowhere`);
    }
  }
}
finish('pages', checked, violations);
