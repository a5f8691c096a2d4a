#!/usr/bin/env node
// docs/images/check.svg: what drizzle-audit prints about a file of examples/shop, in a terminal of 112 columns, as a picture.
//
//   scripts/screenshot.mjs PROGRAM           writes it
//   scripts/screenshot.mjs --check PROGRAM   status 1 when it is stale
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const kColumns = 112;
const kWords = 'src/lib/db/schema/ecommerce/categories.ts';
const kWidth = 8; // pixels of a column
const kHeight = 19; // of a line
const kColors = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 34: '#79c0ff', 35: '#d2a8ff', 36: '#76e3ea' };

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const file = join(top, 'docs/images/check.svg');
const check = process.argv[2] === '--check';
const program = resolve(process.argv[check ? 3 : 2] ?? 'build/release/drizzle-audit');

/// The program in a pseudo-terminal: colours and width are those a user sees.
function output() {
  const environment = { PATH: process.env.PATH, HOME: '/nowhere', TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', PROGRAM: program };
  const command = `stty cols ${kColumns} && "$PROGRAM" ${kWords}`;
  const result = spawnSync('script', ['-q', '-e', '-c', command, '/dev/null'], {
    cwd: join(top, 'examples/shop'),
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (result.error || result.status !== 1) {
    console.error(`screenshot: ${result.error?.message ?? `exit status ${result.status}`}\n${result.stdout ?? ''}`);
    process.exit(2);
  }
  return result.stdout.replace(/\r/g, '').replace(/\n+$/, '').split('\n');
}

const escapeXml = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/// One line: a run of text for each stretch of one look, at its column.
function lineSvg(line, row) {
  let look = {};
  let column = 0;
  let svg = '';
  for (const [, codes, text] of line.matchAll(/\x1b\[([0-9;]*)m|([^\x1b]+)/g)) {
    if (codes !== undefined) {
      for (const code of codes.split(';').map(Number)) {
        if (code === 0) look = {};
        else if (code === 1) look = { ...look, bold: true };
        else if (code === 2) look = { ...look, dim: true };
        else if (code === 4) look = { ...look, underline: true };
        else if (kColors[code]) look = { ...look, color: kColors[code] };
      }
      continue;
    }
    const length = [...text].length;
    const attributes = [
      look.color ? ` fill="${look.color}"` : look.dim ? ' fill="#8b949e"' : '',
      look.bold ? ' font-weight="bold"' : '',
      look.underline ? ' text-decoration="underline"' : '',
    ].join('');
    if (text.trim()) {
      svg += `<tspan x="${20 + column * kWidth}" textLength="${length * kWidth}" lengthAdjust="spacingAndGlyphs"${attributes}>${escapeXml(text)}</tspan>`;
    }
    column += length;
  }
  return svg ? `<text y="${62 + row * kHeight}" xml:space="preserve">${svg}</text>\n` : '';
}

const lines = [`\x1b[32m$\x1b[0m drizzle-audit ${kWords}`, ...output()];
const [width, height] = [kColumns * kWidth + 40, lines.length * kHeight + 68];
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="What drizzle-audit prints about ${kWords}">
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<circle cx="22" cy="20" r="6" fill="#ff5f57"/><circle cx="42" cy="20" r="6" fill="#febc2e"/><circle cx="62" cy="20" r="6" fill="#28c840"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#e6edf3">
${lines.map(lineSvg).join('')}</g>
</svg>
`;
if (!check) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, svg);
} else if (readFileSync(file, 'utf8') !== svg) {
  console.error('docs/images/check.svg is stale: scripts/screenshot.mjs PROGRAM writes it');
  process.exit(1);
}
