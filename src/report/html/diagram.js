// The diagram: tables as cards, foreign keys as curves, drawn as SVG that is moved and scaled as a whole. Rows of a table are made when it
// first comes into view near enough to be read, so that 500 tables stay quick.

const kRow = 19;
const kHead = 30;
const kChar = 7.1; // of the 11.5px monospaced font
const kTitleChar = 8.1; // of the name's 13px bold font, at most
const kMaxRows = 16;
const kFar = 0.42; // below this scale rows cannot be read: cards show their name only
const kReadable = 0.6; // all columns are shown at first when the whole diagram then fits at this scale; else keys and flagged ones

const kShortTypes = { 'timestamp with time zone': 'timestamptz', 'time with time zone': 'timetz', 'double precision': 'double', 'character varying': 'varchar' };
const shortType = (type) => kShortTypes[type] ?? type;

const clip = (word, length) => (word.length > length ? `${word.slice(0, length - 1)}…` : word);

/** A long name in two lines, cut at the `_` or `.` nearest to its middle. */
function halves(name) {
  if (name.length < 10) return [name];
  const cuts = [...name].map((c, i) => (c === '_' || c === '.' ? i + 1 : 0)).filter((i) => i > 1 && i < name.length - 1);
  if (cuts.length === 0) return [name];
  const cut = cuts.reduce((best, i) => (Math.abs(i - name.length / 2) < Math.abs(best - name.length / 2) ? i : best));
  return [name.slice(0, cut), name.slice(cut)];
}

function rowsOf(table, allColumns) {
  const rows = allColumns ? table.columns : table.columns.filter(([name, , bits]) => bits & (kPrimary | kForeign) || table.flagged.has(name));
  const shown = allColumns ? rows : rows.slice(0, kMaxRows);
  return { shown, more: table.columns.length - shown.length };
}

function sizeOf(table, rows) {
  const widest = Math.max(0, ...rows.shown.map(([name, type]) => Math.min(name.length, 26) + Math.min(shortType(type).length + 1, 20)));
  const title = Math.min(table.label.length, 30) * kTitleChar + (table.findings.length > 0 ? 44 : 12);
  return {
    width: Math.round(Math.min(Math.max((widest + 1) * kChar + 46, title + 24, 150), 380)),
    height: kHead + (rows.shown.length + (rows.more > 0 ? 1 : 0)) * kRow + 8,
  };
}

function describe(table) {
  const counted = table.findings.filter(({ hidden }) => !hidden).length;
  const names = (ids) => ids.map((id) => tables[id].label).join(', ');
  return [
    `Table ${table.label}`,
    plural(table.columns.length, 'column'),
    counted > 0 ? `${plural(counted, 'finding')}, worst: ${table.worst}` : 'no findings',
    table.references.length > 0 && `references ${names(table.references)}`,
    table.referencedBy.length > 0 && `referenced by ${names(table.referencedBy)}`,
    table.hidden && 'not exported: drizzle-kit does not see it',
  ].filter(Boolean).join('; ');
}

/** `onSelect(id or undefined)` is called when the user picks a table or the empty ground. */
function createDiagram(container, onSelect) {
  const world = s('g');
  const edgeLayer = s('g', { class: 'edges', 'aria-hidden': 'true' });
  const tableLayer = s('g', { class: 'tables' });
  world.append(edgeLayer, tableLayer);
  const root = s('svg', { role: 'group', 'aria-label': `Diagram of ${plural(tables.length, 'table')}. Arrow keys move between tables, Enter selects, plus and minus zoom.` }, world);
  container.append(root);

  let allColumns; // undefined until the first layout says whether there is room
  let builtSchema;
  let builtFor = 0; // the shape of the pane that the layout was made for
  let nodes = []; // by table; none for the tables of another schema
  let present = [];
  let curves = [];
  let bounds = { width: 1, height: 1 };
  let view = { x: 0, y: 0, k: 1 };
  let current = 0; // the table that Tab reaches
  let frame = 0;
  let animation = 0;

  function buildRows(node) {
    node.rowsBuilt = true;
    const { table, rows, size } = node;
    const room = Math.floor((size.width - 44) / kChar + 0.2);
    rows.shown.forEach(([name, type, bits], i) => {
      const y = kHead + i * kRow + kRow / 2 + 2;
      const flagged = table.flagged.get(name);
      const nameText = clip(name, 26);
      const row = s('g', { class: `row${flagged ? ` sev-${flagged}` : ''}` });
      if (flagged) row.append(s('rect', { class: 'flag', x: 1, y: y - kRow / 2, width: size.width - 2, height: kRow }));
      const mark = bits & kPrimary ? 'PK' : bits & kForeign ? 'FK' : bits & kUnique ? 'UQ' : '';
      if (mark) row.append(s('text', { class: 'mark', x: 10, y }, mark));
      row.append(s('text', { class: bits & kPrimary ? 'column key' : 'column', x: 32, y }, nameText));
      const typeText = clip(`${shortType(type)}${bits & kRequired ? '' : '?'}`, Math.max(room - nameText.length - 1, 3));
      row.append(s('text', { class: 'type', x: size.width - 10, y }, typeText));
      row.append(s('title', {}, `${name}  ${type}${bits & kRequired ? ' not null' : ''}${flagged ? `: ${flagged}` : ''}`));
      node.rowGroup.append(row);
    });
    if (rows.more > 0) {
      const y = kHead + rows.shown.length * kRow + kRow / 2 + 2;
      node.rowGroup.append(s('text', { class: 'more', x: 32, y }, `${rows.shown.length > 0 ? '+ ' : ''}${plural(rows.more, rows.shown.length > 0 ? 'more column' : 'column')}`));
    }
  }

  function makeNode(table, rows, size, { x, y }) {
    const count = table.findings.filter(({ hidden }) => !hidden).length;
    const rowGroup = s('g', { class: 'rows' });
    const parts = halves(table.label);
    const big = Math.max(11, Math.min((size.width - 14) / (Math.max(...parts.map(({ length }) => length)) * 0.66), (size.height - 10) / (parts.length * 1.15), 30));
    const { width: w, height: hgt } = size;
    const bigName = s('text', { class: 'big', y: hgt / 2 }, parts.map((part, i) =>
      s('tspan', { x: w / 2, dy: parts.length === 1 ? 0 : `${i === 0 ? -0.55 : 1.1}em` }, part)));
    bigName.style.fontSize = `${big.toFixed(1)}px`; // the security policy has no place for style attributes
    const group = s('g', {
      class: `table${table.worst ? ` sev-${table.worst}` : ''}${table.hidden ? ' unexported' : ''}`,
      transform: `translate(${x},${y})`, role: 'button', tabindex: -1, 'aria-label': describe(table), 'aria-pressed': 'false', 'data-table': table.id,
    },
    // The label says it all: what is drawn is for eyes only.
    s('g', { 'aria-hidden': 'true' },
      s('rect', { class: 'card', width: w, height: hgt, rx: 7 }),
      s('path', { class: 'head', d: `M0,${kHead}V7a7,7 0 0 1 7,-7H${w - 7}a7,7 0 0 1 7,7V${kHead}Z` }),
      s('text', { class: 'name', x: 12, y: kHead / 2 }, clip(table.label, Math.floor((w - (count > 0 ? 44 : 20)) / kTitleChar))),
      count > 0 && s('g', { class: 'badge' },
        s('rect', { x: w - 18 - String(count).length * 7, y: 7, width: 10 + String(count).length * 7, height: 16, rx: 8 }),
        s('text', { x: w - 13 - String(count).length * 3.5, y: kHead / 2 }, String(count))),
      rowGroup,
      s('rect', { class: 'outline', width: w, height: hgt, rx: 7 }),
      bigName,
      s('title', {}, table.label)));
    return { table, rows, size, x, y, group, rowGroup, rowsBuilt: false };
  }

  /** Where an edge meets a table: at its column's row, or the header when that is not shown. */
  function anchor(node, columns, right) {
    const at = node.rows.shown.findIndex(([name]) => name === columns[0]);
    return { x: node.x + (right ? node.size.width : 0), y: node.y + (at < 0 ? kHead / 2 : kHead + at * kRow + kRow / 2 + 2) };
  }

  function curveOf(edge) {
    const from = nodes[edge.from];
    const to = nodes[edge.to];
    const leftOf = to.x + to.size.width < from.x + 8;
    const rightOf = from.x + from.size.width < to.x + 8;
    const fromRight = !leftOf;
    const toRight = !rightOf;
    const a = anchor(from, edge.columns, fromRight);
    const b = anchor(to, edge.foreign, toRight);
    const out = fromRight ? 1 : -1;
    const back = toRight ? 1 : -1;
    const bend = leftOf || rightOf ? Math.max(36, Math.abs(b.x - a.x) * 0.4) : 46 + Math.min(60, Math.abs(b.y - a.y) * 0.15);
    const line = `M${a.x},${a.y}C${a.x + out * bend},${a.y} ${b.x + back * bend},${b.y} ${b.x},${b.y}`;
    // Crow's foot for many, a bar for one; at the referenced end a bar, or a ring when the row may be missing.
    const foot = edge.one ? `M${a.x + out * 7},${a.y - 5}v10` : `M${a.x},${a.y - 5}L${a.x + out * 10},${a.y}L${a.x},${a.y + 5}`;
    const end = edge.optional ? `M${b.x + back * 9},${b.y}m-3.5,0a3.5,3.5 0 1,0 7,0a3.5,3.5 0 1,0 -7,0` : `M${b.x + back * 7},${b.y - 5}v10`;
    return line + foot + end;
  }

  const fitScale = ({ width, height }) => Math.min((container.clientWidth - 60) / width, (container.clientHeight - 110) / height, 1.1);

  const shape = () => Math.min(Math.max(container.clientWidth / Math.max(container.clientHeight, 1), 0.6), 2.2) || 1.4;

  function arrange(all) {
    const shown = tables.filter(({ model }) => model === state.schema);
    const rank = new Map(shown.map(({ id }, i) => [id, i]));
    const rows = shown.map((table) => rowsOf(table, all));
    const sizes = shown.map((table, i) => sizeOf(table, rows[i]));
    const links = edges.filter(({ from }) => rank.has(from)).map(({ from, to }) => [rank.get(from), rank.get(to)]);
    builtFor = shape();
    return { shown, rows, sizes, layout: layoutTables(sizes, links, builtFor) };
  }

  function build() {
    let arranged = allColumns === false ? undefined : arrange(true);
    allColumns ??= fitScale(arranged.layout) >= kReadable;
    if (!allColumns) arranged = arrange(false);
    const { shown, rows, sizes, layout } = arranged;
    bounds = layout;
    builtSchema = state.schema;
    nodes = [];
    shown.forEach((table, i) => { nodes[table.id] = makeNode(table, rows[i], sizes[i], layout.places[i]); });
    present = nodes.filter(Boolean);
    if (!nodes[current]) current = shown[0]?.id ?? 0;
    tableLayer.replaceChildren(...present.map(({ group }) => group));
    const incoming = new Map();
    for (const { to } of edges) incoming.set(to, (incoming.get(to) ?? 0) + 1);
    curves = edges.filter(({ from }) => nodes[from]).map((edge) => {
      const crowd = incoming.get(edge.to) > 12 ? ' crowd' : '';
      const kind = edge.proposed ? ` proposed sev-${edge.severity}` : '';
      const label = `${tables[edge.from].label}(${edge.columns.join(', ')}) → ${tables[edge.to].label}(${edge.foreign.join(', ')})`;
      return { edge, path: s('path', { class: `edge${kind}${crowd}`, d: curveOf(edge) }, s('title', {}, (edge.proposed ? 'proposed: ' : '') + label)) };
    });
    edgeLayer.replaceChildren(...curves.map(({ path }) => path));
    mark();
    update();
  }

  /** Classes for what is selected, near it, or found. */
  function mark() {
    const chosen = tables[state.table];
    const near = new Set(chosen ? [chosen.id, ...chosen.references, ...chosen.referencedBy] : []);
    const asked = words().length > 0;
    const found = new Set(asked ? visibleFindings({ everywhere: true }).filter(matchesFinding).map(({ table }) => table) : []);
    root.classList.toggle('has-selection', chosen !== undefined);
    root.classList.toggle('has-query', asked && !chosen);
    for (const { table, group } of present) {
      group.classList.toggle('selected', table === chosen);
      group.classList.toggle('near', near.has(table.id));
      group.classList.toggle('match', asked && (matchesTable(table) || found.has(table.id)));
      group.setAttribute('aria-pressed', String(table === chosen));
      group.setAttribute('tabindex', table.id === current ? 0 : -1);
    }
    for (const { edge, path } of curves) path.classList.toggle('on', chosen !== undefined && (edge.from === chosen.id || edge.to === chosen.id));
  }

  function update() {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      world.setAttribute('transform', `translate(${view.x},${view.y}) scale(${view.k})`);
      root.classList.toggle('far', view.k < kFar);
      if (view.k < kFar) return;
      const { clientWidth, clientHeight } = container;
      for (const node of present) {
        if (node.rowsBuilt) continue;
        const left = node.x * view.k + view.x;
        const top = node.y * view.k + view.y;
        if (left < clientWidth && top < clientHeight && left + node.size.width * view.k > 0 && top + node.size.height * view.k > 0) buildRows(node);
      }
    });
  }

  const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

  function moveTo(target, animate = true) {
    cancelAnimationFrame(animation);
    const start = { ...view };
    const began = performance.now();
    const step = (now) => {
      const t = animate && !still() ? Math.min(1, (now - began) / 220) : 1;
      const ease = 1 - (1 - t) ** 3;
      for (const key of ['x', 'y', 'k']) view[key] = start[key] + (target[key] - start[key]) * ease;
      update();
      if (t < 1) animation = requestAnimationFrame(step);
    };
    step(began);
  }

  function fit(animate = true) {
    const { clientWidth: w, clientHeight: hgt } = container;
    if (w === 0 || hgt === 0) return;
    const k = fitScale(bounds);
    moveTo({ k, x: (w - bounds.width * k) / 2, y: (hgt - bounds.height * k) / 2 }, animate);
  }

  function centre(id, animate = true) {
    const { clientWidth: w, clientHeight: hgt } = container;
    const node = nodes[id];
    const k = Math.min(Math.max(view.k, 0.8), 1.25);
    moveTo({ k, x: w / 2 - (node.x + node.size.width / 2) * k, y: hgt / 2 - (node.y + Math.min(node.size.height, hgt / k) / 2) * k }, animate);
  }

  function zoom(factor, px = container.clientWidth / 2, py = container.clientHeight / 2, animate = false) {
    const k = Math.min(Math.max(view.k * factor, 0.03), 2.5);
    moveTo({ k, x: px - ((px - view.x) / view.k) * k, y: py - ((py - view.y) / view.k) * k }, animate);
  }

  /** The nearest table in the direction of an arrow key; what lies straight ahead counts as nearer. */
  function neighbour(id, dx, dy) {
    const middle = (node) => [node.x + node.size.width / 2, node.y + node.size.height / 2];
    const [x, y] = middle(nodes[id]);
    let best = id;
    let least = Infinity;
    for (const node of present) {
      const [nx, ny] = middle(node);
      const ahead = (nx - x) * dx + (ny - y) * dy;
      const aside = Math.abs((nx - x) * dy) + Math.abs((ny - y) * dx);
      if (ahead > 1 && ahead + aside * 2 < least) {
        least = ahead + aside * 2;
        best = node.table.id;
      }
    }
    return best;
  }

  function focusTable(id) {
    current = id;
    mark();
    const node = nodes[id];
    const left = node.x * view.k + view.x;
    const top = node.y * view.k + view.y;
    const inside = left >= 0 && top >= 0 && left + node.size.width * view.k <= container.clientWidth && top + kHead * view.k <= container.clientHeight;
    if (!inside || view.k < kFar) centre(id);
    node.group.focus({ preventScroll: true });
  }

  root.addEventListener('keydown', (event) => {
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.ctrlKey || event.metaKey || event.altKey || !nodes[current]) return;
    if (arrows[event.key]) focusTable(neighbour(current, ...arrows[event.key]));
    else if (event.key === 'Enter' || event.key === ' ') onSelect(current);
    else if (event.key === '+' || event.key === '=') zoom(1.3, undefined, undefined, true);
    else if (event.key === '-') zoom(1 / 1.3, undefined, undefined, true);
    else if (event.key === '0') fit();
    else return;
    event.preventDefault();
  });
  root.addEventListener('focusin', (event) => {
    const id = event.target.closest?.('[data-table]')?.getAttribute('data-table');
    if (id !== undefined && id !== null) current = Number(id);
  });

  // Dragging moves the ground; two fingers zoom; a press that does not move is a click.
  const pointers = new Map();
  let moved = false;
  root.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, startX: event.clientX, startY: event.clientY });
    moved = pointers.size > 1;
  });
  root.addEventListener('pointermove', (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) return;
    if (!moved && Math.hypot(event.clientX - last.startX, event.clientY - last.startY) < 4) return;
    if (!moved) root.setPointerCapture(event.pointerId);
    moved = true;
    const box = root.getBoundingClientRect();
    const others = [...pointers.entries()].filter(([id]) => id !== event.pointerId);
    if (others.length === 1) {
      const [, other] = others[0];
      const before = Math.hypot(last.x - other.x, last.y - other.y);
      const now = Math.hypot(event.clientX - other.x, event.clientY - other.y);
      zoom(now / Math.max(before, 1), (event.clientX + other.x) / 2 - box.left, (event.clientY + other.y) / 2 - box.top);
    } else {
      moveTo({ ...view, x: view.x + event.clientX - last.x, y: view.y + event.clientY - last.y }, false);
    }
    last.x = event.clientX;
    last.y = event.clientY;
  });
  for (const type of ['pointerup', 'pointercancel']) root.addEventListener(type, (event) => pointers.delete(event.pointerId));
  root.addEventListener('click', (event) => {
    if (moved) return;
    const id = event.target.closest('[data-table]')?.getAttribute('data-table');
    onSelect(id === undefined || id === null ? undefined : Number(id));
  });
  root.addEventListener('wheel', (event) => {
    event.preventDefault();
    const box = root.getBoundingClientRect();
    const step = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    zoom(Math.exp(-Math.max(-120, Math.min(120, step)) * 0.0022), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  new ResizeObserver(() => update()).observe(container);

  build();
  return {
    mark,
    fit,
    centre,
    /** To be called when the pane appears: on a narrow screen it had no size before. */
    appear() {
      if (Math.abs(Math.log(shape() / builtFor)) > 0.35) build();
    },
    /** To be called when state.schema may have changed. */
    showSchema() {
      if (state.schema === builtSchema) return;
      build();
      fit(false);
    },
    focusTable,
    zoom: (factor) => zoom(factor, undefined, undefined, true),
    get allColumns() { return allColumns; },
    showAllColumns(all) {
      allColumns = all;
      build();
      fit(false);
    },
  };
}
