// usage: html.mjs WRITE_SAMPLE DRIZZLE_AUDIT CHROMIUM
//
// The HTML report in a real browser, as a file and without a network: what it shows, clicks, search, keyboard, light and dark, small screens,
// accessibility (axe-core), hostile names, 500 tables with 5,000 findings. How long they take is printed, not judged. SHOTS=FOLDER keeps
// screenshots.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { writeBigSchema } from './big_schema.mjs';

const kMaxBytes = 5e6;

const [sampleProgram, program, executablePath] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'drizzle-audit-html-'));
const complaints = [];
let what = '';
const expect = (name, actual, wanted = true) => {
  if (JSON.stringify(actual) !== JSON.stringify(wanted)) complaints.push(`${what}: ${name}: ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`);
};

function run(words, cwd) {
  const result = spawnSync(program, words, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.status !== 0 && result.status !== 1) throw new Error(`${words.join(' ')}: status ${result.status}: ${result.stderr}`);
  return result.stdout;
}

/** The report of a project, and its findings as json has them. */
function report(name, cwd) {
  const file = join(folder, `${name}.html`);
  const json = run(['--format', 'json', '--format', `html=${file}`, '--exit-zero'], cwd);
  return { file, findings: JSON.parse(json).findings };
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });

/** Opens a file, lets `look` look at it, and complains about any error, dialog or request. */
async function open(name, file, { width = 1440, height = 900, colorScheme = 'light' }, look) {
  what = name;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('console', (message) => expect('console', message.text(), ''));
  page.on('pageerror', (error) => expect('page error', String(error), ''));
  page.on('dialog', (dialog) => { expect('dialog', dialog.message(), ''); dialog.dismiss(); });
  page.on('request', (request) => { if (!/^(file|data):/.test(request.url())) expect('request', request.url(), ''); });
  try {
    await page.goto(pathToFileURL(file).href);
    await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
    await look(page);
  } catch (error) {
    complaints.push(`${name}: ${error.message.split('\n')[0]}`);
  }
  if (process.env.SHOTS) {
    mkdirSync(process.env.SHOTS, { recursive: true });
    await page.screenshot({ path: join(process.env.SHOTS, `${name.replace(/\W+/g, '-')}.png`) });
  }
  await context.close();
}

// One rule is left out: it wants every word on a table's card, columns included, in the card's label. The label has the table's name.
const kAxe = { resultTypes: ['violations'], rules: { 'label-content-name-mismatch': { enabled: false } } };
const accessible = async (page) => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), kAxe);
  for (const { id, nodes } of violations) expect(`accessibility: ${id}`, nodes[0].html.slice(0, 200), '');
};

const openEverything = async (page) => {
  for (let group; (group = page.locator('.group:not([open]) > summary').first()) && await group.count() > 0;) await group.click();
  await page.waitForFunction(() => [...document.querySelectorAll('.group[open]')].every((group) => group.childElementCount > 1));
  for (let more; (more = page.locator('.group > .show:visible').first()) && await more.count() > 0;) await more.click();
};

const isDark = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number).reduce((a, b) => a + b) < 300);
const centreOf = async (locator) => {
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

async function checkShop() {
  const shop = report('shop', join(import.meta.dirname, '../../examples/shop'));
  const active = shop.findings.filter(({ suppressed }) => suppressed === null);
  const proposals = active.filter(({ change }) => change?.kind === 'AddForeignKey');

  await open('shop', shop.file, {}, async (page) => {
    expect('light', await isDark(page), false);
    await openEverything(page);
    const shown = await page.locator('[data-finding]').evaluateAll((all) => all.map((one) => one.querySelector('.message').textContent));
    expect('all findings are listed', shown.sort(), active.map(({ message }) => message).sort());
    expect('a table for each', await page.locator('g.table').count(), 23);
    expect('proposed foreign keys', await page.locator('path.edge.proposed').count(), proposals.length + 1); // one is the legend's
    expect('they are dashed', await page.locator('path.edge.proposed').first().evaluate((path) => getComputedStyle(path).strokeDasharray !== 'none'));

    // A finding opens, with its code, reasons and change.
    const first = page.locator('[data-finding]').first();
    await first.locator('summary').first().click();
    expect('code', await first.locator('.code .marked mark').count() > 0);
    expect('why', await first.getByText('Why', { exact: true }).count(), 1);
    expect('the change', await first.locator('.change').count(), 1);
    await accessible(page);

    // From the table to its findings, and back.
    await page.locator('g.table', { has: page.locator('text.name', { hasText: /^tags$/ }) }).click();
    expect('only its findings', await page.locator('[data-finding]').count(), active.filter(({ subject }) => subject.table === 'tags').length);
    expect('its name', await page.locator('.selected-table h2').textContent(), 'tags');
    expect('marked', await page.locator('g.table.selected').getAttribute('aria-pressed'), 'true');
    expect('address', new URL(page.url()).hash, '#table=tags');
    await accessible(page);
    await page.locator('.links button').first().click();
    expect('the neighbour', await page.locator('.selected-table h2').textContent(), 'stores');
    await page.getByRole('button', { name: '← All findings' }).click();
    expect('all again', await page.locator('[data-finding]').count(), active.length);

    // From a finding to its table in the diagram.
    const finding = page.locator('[data-finding]', { hasText: 'tags.slug' });
    await finding.locator('summary').first().click();
    await finding.getByRole('button', { name: /in the diagram/ }).click();
    const chosen = await centreOf(page.locator('g.table.selected'));
    expect('in view', chosen.x > 500 && chosen.x < 1440 && chosen.y > 0 && chosen.y < 900);
    await page.keyboard.press('Escape');
    expect('Escape goes back', await page.locator('g.table.selected').count(), 0);

    // Filters and groups.
    await page.getByRole('button', { name: 'errors' }).click();
    expect('only warnings', await page.locator('[data-finding]').count(), active.filter(({ severity }) => severity === 'warning').length);
    await page.getByRole('button', { name: 'errors' }).click();
    for (const [name, key] of [['Rule', ({ rule }) => rule], ['File', ({ location }) => location.path]]) {
      await page.getByRole('button', { name, exact: true }).click();
      expect(`by ${name}`, await page.locator('.group > summary > .title').evaluateAll((all) => all.map((one) => one.textContent).sort()), [...new Set(active.map(key))].sort());
    }

    // Search.
    await page.keyboard.press('/');
    await page.keyboard.type('slug');
    await page.waitForFunction(() => document.querySelector('svg.has-query'));
    expect('found findings', await page.locator('[data-finding]').count(), active.filter((f) => JSON.stringify([f.message, f.rule, f.help, f.location.path, f.subject.table]).includes('slug')).length);
    expect('found tables stand out', await page.locator('g.table.match').count() >= 3);
    await page.locator('#search input').fill('order_items');
    await page.keyboard.press('Enter');
    expect('Enter chooses the table', await page.locator('.selected-table h2').textContent(), 'order_items');
    expect('and moves the focus there', await page.evaluate(() => document.activeElement.querySelector('.name')?.textContent), 'order_items');
  });

  await open('shop keyboard', shop.file, {}, async (page) => {
    await page.keyboard.press('j');
    expect('j moves to the first group', await page.evaluate(() => document.activeElement.closest('details')?.className), 'group');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    expect('Enter opens a finding', await page.locator('[data-finding][open]').count(), 1);
    await page.locator('g.table[tabindex="0"]').focus();
    expect('one tab stop', await page.locator('g.table[tabindex="0"]').count(), 1);
    const name = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
    const before = await name();
    expect('a name for the ear', /^Table \S+; \d+ columns; /.test(before));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const after = await name();
    expect('arrows move', after !== before && after.startsWith('Table '));
    await page.keyboard.press('Enter');
    expect('Enter selects', await page.locator('.selected-table h2').textContent(), /^Table ([^;]+);/.exec(after)[1]);
    const scale = () => page.locator('#diagram > svg > g').evaluate((g) => Number(/scale\(([\d.]+)\)/.exec(g.getAttribute('transform'))[1]));
    const start = await scale();
    await page.keyboard.press('+');
    await page.waitForTimeout(50);
    const larger = await scale();
    expect('+ zooms in', larger > start);
    await page.keyboard.press('0');
    await page.waitForTimeout(50);
    expect('0 shows everything', (await scale()) < larger);
    await page.mouse.move(1000, 450);
    await page.mouse.wheel(0, -400);
    await page.waitForTimeout(50);
    const wheeled = await scale();
    expect('the wheel zooms', wheeled > start * 1.1);
    const place = () => page.locator('#diagram > svg > g').getAttribute('transform');
    const still = await place();
    await page.mouse.down();
    await page.mouse.move(900, 500, { steps: 4 });
    await page.mouse.up();
    await page.waitForTimeout(50);
    expect('dragging moves', (await place()) !== still && (await scale()) === wheeled);
    expect('and selects nothing', await page.locator('.selected-table h2').textContent(), /^Table ([^;]+);/.exec(after)[1]);
    await page.getByRole('button', { name: 'All columns' }).click();
    expect('all columns', await page.getByRole('button', { name: 'All columns' }).getAttribute('aria-pressed'), 'true');
  });

  // Markup that got in by a mistake of ours would still not run.
  await open('policy', shop.file, {}, async (page) => {
    const policy = await page.locator('meta[http-equiv]').getAttribute('content');
    expect('hashes only', /unsafe|https?:|\*/.test(policy), false);
    expect('handlers do not run', await page.evaluate(() => {
      globalThis.ran = false;
      document.body.insertAdjacentHTML('beforeend', '<button id="evil" onclick="globalThis.ran = true">x</button>');
      document.getElementById('evil').click();
      return globalThis.ran;
    }), false);
    complaints.splice(0, complaints.length, ...complaints.filter((one) => !one.startsWith('policy: console')));
  });

  await open('shop dark', `${shop.file}`, { colorScheme: 'dark' }, async (page) => {
    expect('dark', await isDark(page));
    await page.locator('[data-finding] > summary').first().click();
    await accessible(page);
  });

  await open('shop narrow', shop.file, { width: 390, height: 844 }, async (page) => {
    expect('no sideways scrolling', await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    expect('the diagram waits', await page.locator('#diagram').isVisible(), false);
    await page.getByRole('button', { name: 'Diagram', exact: true }).click();
    expect('it comes', await page.locator('#diagram').isVisible());
    await page.locator('g.table', { has: page.locator('text.big', { hasText: 'tags' }) }).first().click();
    expect('a table leads to the list', await page.locator('.selected-table h2').isVisible());
    await accessible(page);
  });
}

async function checkSchema() {
  const file = join(folder, 'schema.html');
  run(['schema', '--format', 'html', '-o', file], join(import.meta.dirname, '../../examples/shop'));
  await open('schema alone', file, {}, async (page) => {
    expect('tables', await page.locator('.table-list li').count(), 23);
    await page.locator('.table-list button', { hasText: 'order_items' }).click();
    expect('columns', await page.locator('.columns tr').count(), 9);
    await accessible(page);
  });
}

/** Two configs are two schemas: the diagram shows one at a time, the list tells tables of the same name apart. */
async function checkSeveral() {
  const project = join(folder, 'several');
  mkdirSync(join(project, 'src'), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "dependencies": { "drizzle-orm": "0.45.2" } }');
  for (const name of ['one', 'two']) {
    writeFileSync(join(project, `drizzle.config.${name}.ts`), `export default { dialect: "postgresql", schema: "./src/${name}.ts" };`);
    writeFileSync(join(project, `src/${name}.ts`), `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() }, () => [index("${name}_idx")]);
${name === 'one' ? 'export const more = pgTable("more", { id: uuid("id").primaryKey(), userId: uuid("user_id").references(() => users.id) });' : ''}`);
  }
  const { file } = report('several', project);
  await open('several schemas', file, {}, async (page) => {
    expect('the larger one', await page.locator('g.table').count(), 2);
    expect('groups', await page.locator('.group > summary > .title').evaluateAll((all) => all.map((one) => one.textContent).filter((title) => title.startsWith('users')).sort()),
      ['users (drizzle.config.one.ts)', 'users (drizzle.config.two.ts)']);
    await page.getByLabel('Schema', { exact: true }).selectOption({ index: 1 });
    expect('the other', await page.locator('g.table').count(), 1);
    await page.locator('.group', { hasText: 'users (drizzle.config.one.ts)' }).locator('.finding summary').first().click();
    await page.getByRole('button', { name: /Show users in the diagram/ }).click();
    expect('back to the first', await page.locator('g.table').count(), 2);
    expect('said', await page.locator('.selected-table').getByText('Schema of drizzle.config.one.ts').count(), 1);
    await accessible(page);
  });
}

/** Names that are markup, end the data's element, or turn the text around: shown as text, everywhere. */
async function checkHostile() {
  const project = join(folder, 'hostile');
  mkdirSync(join(project, 'src'), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "dependencies": { "drizzle-orm": "0.45.2" } }');
  writeFileSync(join(project, 'src/schema.ts'), `import { index, pgTable, text, uuid } from "drizzle-orm/pg-core";
export const a = pgTable("<script>document.title='hacked'</script>", { id: uuid("</script><img src=x onerror=alert(1)>").primaryKey() });
export const b = pgTable("\\u202e\\u0007<!--\\" ' & {{x}} \${y}", { id: uuid("id").primaryKey(), c: uuid("<b>bold</b>").references(() => a.id) }, () => [index("<i>x</i>")]);
export const c = pgTable("日本 🐘 ${'x'.repeat(300)}", { id: text("id") });
`);
  const { file, findings } = report('hostile', project);
  await open('hostile', file, {}, async (page) => {
    expect('findings', findings.length >= 3);
    await openEverything(page);
    for (const summary of await page.locator('[data-finding] > summary').all()) await summary.click();
    expect('title', await page.title(), 'hostile · drizzle-audit');
    expect('no element from data', await page.locator('img, b:not(.toggle b), main i, main script').count(), 0);
    expect('shown as text', await page.locator('#diagram').getByText("<script>document.title='hacked'</script>").count() > 0);
    const text = await page.evaluate(() => document.body.innerText);
    // eslint-disable-next-line no-control-regex
    expect('nothing turns or controls', /[\u202e\x07]/.test(text), false);
    expect('no sideways scrolling', await page.evaluate(() => document.querySelector('#list').scrollWidth <= document.querySelector('#list').clientWidth));
    await page.locator('g.table').first().click();
    expect('its name', await page.locator('.selected-table h2').textContent(), "<script>document.title='hacked'</script>");
  });
}

async function checkSample() {
  const file = join(folder, 'sample.html');
  writeFileSync(file, spawnSync(sampleProgram, ['html'], { encoding: 'buffer', maxBuffer: 1 << 26 }).stdout);
  await open('sample', file, {}, async (page) => {
    expect('what counts', await page.locator('[data-finding]').count(), 5);
    await page.getByRole('button', { name: /not counted/ }).click();
    await openEverything(page);
    expect('all', await page.locator('[data-finding]').count(), 7);
    for (const summary of await page.locator('[data-finding] > summary').all()) await summary.click();
    expect('fixes, whole lines', await page.locator('.diff .add').allTextContents(), [
      '+  /* 𝒳é */ storeId: uuid("store_id").references(() => stores.id),\n',
      '+import { pgTable, uuid, index } from "drizzle-orm/pg-core";\n',
      '+export const stores = pgTable("stores", { id: uuid("id").primaryKey() }, (t) => [index("orders_store_id_index").on(t.storeId)]);\n',
      '+export const orders = myTable("orders", {\n',
      '+export const t = myTable("<script>alert(1)</script>", {\n']);
    expect('why it does not count', await page.getByText('suppressed by a comment: we <b>like</b> it & "want" it').count(), 1);
    await accessible(page);
  });
  const clean = join(folder, 'clean.html');
  writeFileSync(clean, spawnSync(sampleProgram, ['html', 'clean'], { encoding: 'buffer' }).stdout);
  await open('clean', clean, {}, async (page) => {
    expect('says so', await page.locator('.empty').textContent(), 'Nothing to report.');
    await accessible(page);
  });
}

async function checkBig() {
  const project = join(folder, 'big');
  writeBigSchema(project);
  const file = join(folder, 'big.html');
  run(['--format', `html=${file}`, '--exit-zero'], project);
  what = 'big';
  const bytes = statSync(file).size;
  expect(`${bytes} bytes`, bytes <= kMaxBytes);
  const ready = [];
  for (let i = 0; i < 2; i++) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const started = performance.now();
    await page.goto(pathToFileURL(file).href);
    await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    ready.push(Math.round(performance.now() - started));
    await page.close();
  }
  await open('big', file, {}, async (page) => {
    const findings = await page.evaluate(() => JSON.parse(document.getElementById('data').textContent).findings.length);
    expect(`${findings} findings`, findings >= 5000);
    expect('tables', await page.locator('g.table').count(), 500);
    await page.mouse.move(950, 450);
    const frames = await page.evaluate(async () => {
      const root = document.querySelector('#diagram > svg');
      const times = [];
      for (let i = 0; i < 15; i++) {
        root.dispatchEvent(new WheelEvent('wheel', { deltaY: i < 10 ? -90 : 90, clientX: 950, clientY: 450, cancelable: true }));
        const before = performance.now();
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        times.push((performance.now() - before) / 2);
      }
      return times;
    });
    const mean = frames.reduce((a, b) => a + b) / frames.length;
    await page.locator('#search input').fill('task_note_2');
    await page.keyboard.press('Enter');
    expect('found', await page.locator('.selected-table h2').textContent(), 'task_note_2');
    expect('its rows are there', await page.locator('g.table.selected .row').count() > 0);
    console.log(`500 tables, ${findings} findings: ${(bytes / 1e6).toFixed(1)} MB, ready after ${Math.min(...ready)} ms, ${Math.round(mean)} ms a frame`);
  });
}

try {
  await checkShop();
  await checkSchema();
  await checkSeveral();
  await checkHostile();
  await checkSample();
  await checkBig();
  expect('one file, no address', /(?:src|href|url)\s*[=(]\s*["']?https?:/.test(readFileSync(join(folder, 'shop.html'), 'utf8')), false);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
for (const complaint of complaints) console.log(complaint);
console.log(`HTML report: ${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
