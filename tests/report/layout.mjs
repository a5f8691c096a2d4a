// usage: layout.mjs SOURCE_FOLDER
// The diagram's layout without a browser: nothing overlaps, nothing is lost, the same input gives the same picture. Prints how
// long it takes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [source] = process.argv.slice(2);
const script = readFileSync(join(source, 'src/report/html/layout.js'), 'utf8');
const { layoutTables } = new Function(`${script}\nreturn { layoutTables };`)();

let seed = 1;
const random = (below) => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const failures = [];
const expect = (name, holds) => { if (!holds) failures.push(name); };

function check(name, sizes, links, aspect = 1.4) {
  const started = performance.now();
  const { places, width, height } = layoutTables(sizes, links, aspect);
  const took = performance.now() - started;
  expect(`${name}: a place for each`, places.length === sizes.length && places.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)));
  const boxes = places.map(({ x, y }, i) => ({ x, y, right: x + sizes[i].width, bottom: y + sizes[i].height }));
  expect(`${name}: inside`, boxes.every((box) => box.x >= -0.5 && box.y >= -0.5 && box.right <= width + 0.5 && box.bottom <= height + 0.5));
  const sorted = [...boxes].sort((a, b) => a.x - b.x);
  let overlaps = 0;
  for (let i = 0; i < sorted.length; i++) {
    for (let j = i + 1; j < sorted.length && sorted[j].x < sorted[i].right - 0.01; j++) {
      if (sorted[j].y < sorted[i].bottom - 0.01 && sorted[i].y < sorted[j].bottom - 0.01) overlaps++;
    }
  }
  expect(`${name}: ${overlaps} overlaps`, overlaps === 0);
  expect(`${name}: deterministic`, JSON.stringify(layoutTables(sizes, links, aspect).places) === JSON.stringify(places));
  console.log(`${name}: ${Math.round(took)} ms`);
  return { places, width, height };
}

const size = () => ({ width: 150 + random(150), height: 50 + random(250) });
const sizes = (count) => Array.from({ length: count }, size);

check('nothing', [], []);
check('one', sizes(1), []);
check('one that references itself', sizes(1), [[0, 0]]);
check('singles', sizes(40), []);
check('a cycle', sizes(3), [[0, 1], [1, 2], [2, 0]]);
check('two that reference each other, twice', sizes(2), [[0, 1], [1, 0], [0, 1]]);
check('a chain', sizes(60), Array.from({ length: 59 }, (_, i) => [i + 1, i]));
check('a deep chain', sizes(5000).map(() => ({ width: 10, height: 10 })), Array.from({ length: 4999 }, (_, i) => [i, i + 1]));
check('a hub', sizes(200), Array.from({ length: 199 }, (_, i) => [i + 1, 0]));
for (let round = 0; round < 60; round++) {
  const count = 1 + random(80);
  const links = Array.from({ length: random(count * 2) }, () => [random(count), random(count)]);
  check(`random ${round}`, sizes(count), links, 0.6 + random(16) / 10);
}
const big = check('500 tables', sizes(500), Array.from({ length: 1200 }, (_, i) => [1 + (i % 499), random(1 + (i % 499))]));
expect(`500 tables: shape ${(big.width / big.height).toFixed(2)}`, big.width / big.height > 0.8 && big.width / big.height < 2.4);
const { places } = check('what is referenced stands left', sizes(4), [[1, 0], [2, 1], [3, 2]]);
expect('what is referenced stands left', places[0].x < places[1].x && places[1].x < places[2].x && places[2].x < places[3].x);

for (const failure of failures) console.log(failure);
console.log(`layouts: ${failures.length} failures`);
process.exit(failures.length === 0 ? 0 : 1);
