// Where the tables of the diagram stand. Pure and deterministic: the same schema always gives the same picture.
//
// Tables that foreign keys connect are laid out in layers: what is referenced stands left of what references it. Layers too tall for the
// picture become several columns. Inside a layer tables are ordered by where their neighbours stand, and moved as near to them as the order
// allows. Groups that nothing connects are packed side by side, single tables into a grid at the end.

const kGapX = 96;
const kGapY = 26;
const kColumnGap = 56; // between columns of one layer
const kGroupGap = 72;
const kSweeps = 8;
const kHeights = [1, 1.25, 0.8, 0.65, 0.5, 1.6];

/** Lists of node indexes that edges connect, in the order of their first member. */
function connectedGroups(count, links) {
  const parent = Array.from({ length: count }, (_, i) => i);
  const find = (i) => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (const [a, b] of links) parent[Math.max(find(a), find(b))] = Math.min(find(a), find(b));
  const groups = new Map();
  for (let i = 0; i < count; i++) {
    const root = find(i);
    if (!groups.has(root)) groups.set(root, []);
    groups.get(root).push(i);
  }
  return [...groups.values()];
}

/** The layer of every node: one more than the highest of those it references; edges that close a cycle are left out. */
function layersOf(nodes, targets) {
  const layer = new Map();
  const open = new Set();
  const visit = (start) => {
    const stack = [[start, 0]];
    open.add(start);
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const next = targets.get(top[0])[top[1]++];
      if (next === undefined) {
        const [node] = stack.pop();
        open.delete(node);
        const known = targets.get(node).filter((target) => layer.has(target)).map((target) => layer.get(target) + 1);
        layer.set(node, Math.max(0, ...known));
      } else if (!layer.has(next) && !open.has(next)) {
        open.add(next);
        stack.push([next, 0]);
      }
    }
  };
  for (const node of nodes) if (!layer.has(node)) visit(node);
  return layer;
}

/** Positions nearest to `wanted` (least squares) that keep the order and the gaps: pool adjacent violators. */
function spread(wanted, heights) {
  const offsets = [];
  let sum = 0;
  for (const height of heights) {
    offsets.push(sum);
    sum += height + kGapY;
  }
  const blocks = [];
  wanted.forEach((value, i) => {
    let block = { total: value - offsets[i], count: 1 };
    while (blocks.length > 0 && blocks[blocks.length - 1].total / blocks[blocks.length - 1].count > block.total / block.count) {
      const before = blocks.pop();
      block = { total: before.total + block.total, count: before.count + block.count };
    }
    blocks.push(block);
  });
  const starts = blocks.flatMap(({ total, count }) => Array(count).fill(total / count));
  return starts.map((start, i) => start + offsets[i]);
}

/** A layer as columns of about the same height, none much taller than `limit`. */
function columnsOf(nodes, sizes, limit) {
  const total = nodes.reduce((sum, node) => sum + sizes[node].height + kGapY, 0);
  const each = total / Math.max(1, Math.round(total / limit));
  const columns = [];
  let column;
  for (const node of nodes) {
    if (!column || column.height + kGapY + sizes[node].height / 2 > each) {
      column = { nodes: [], first: columns.length === 0, width: 0, height: -kGapY };
      columns.push(column);
    }
    column.nodes.push(node);
    column.width = Math.max(column.width, sizes[node].width);
    column.height += sizes[node].height + kGapY;
  }
  return columns;
}

/** Columns side by side, each centred on the same line; returns their width together. */
function stack(columns, sizes, place) {
  let x = 0;
  columns.forEach((column, i) => {
    if (i > 0) x += column.first ? kGapX : kColumnGap;
    let y = -column.height / 2;
    for (const node of column.nodes) {
      place[node] = { x: x + (column.width - sizes[node].width) / 2, y };
      y += sizes[node].height + kGapY;
    }
    x += column.width;
  });
  return x;
}

/** Moves tables nearer to their neighbours, as far as the order allows; half the way each time, or everything would gather at the hub. */
function settle(columns, sizes, neighbours, place) {
  const limit = Math.max(...columns.map(({ height }) => height)) / 2;
  const centre = (node) => place[node].y + sizes[node].height / 2;
  for (let sweep = 0; sweep < kSweeps; sweep++) {
    for (const { nodes } of sweep % 2 === 0 ? columns : [...columns].reverse()) {
      const wanted = nodes.map((node) => {
        const near = neighbours.get(node);
        const mean = near.length === 0 ? centre(node) : near.reduce((sum, other) => sum + centre(other), 0) / near.length;
        const y = (centre(node) + mean) / 2 - sizes[node].height / 2;
        return Math.min(Math.max(y, -limit), limit - sizes[node].height); // not beyond the tallest column
      });
      spread(wanted, nodes.map((node) => sizes[node].height)).forEach((y, i) => { place[nodes[i]].y = y; });
    }
  }
}

/** Lays out one connected group; returns its size, and sets x and y of its nodes. */
function layoutGroup(group, sizes, links, place, aspect) {
  const neighbours = new Map(group.map((node) => [node, []]));
  const targets = new Map(group.map((node) => [node, []]));
  for (const [from, to] of links) {
    if (from === to || !targets.has(from)) continue;
    targets.get(from).push(to);
    neighbours.get(from).push(to);
    neighbours.get(to).push(from);
  }
  const layer = layersOf(group, targets);
  const layers = [];
  for (const node of group) (layers[layer.get(node)] ??= []).push(node);

  // Order inside the layers, by the mean place of the neighbours.
  const rank = new Map();
  const rerank = (nodes) => nodes.forEach((node, i) => rank.set(node, (i + 0.5) / nodes.length));
  layers.forEach(rerank);
  for (let sweep = 0; sweep < kSweeps; sweep++) {
    for (const nodes of sweep % 2 === 0 ? layers : [...layers].reverse()) {
      const mean = new Map(nodes.map((node) => {
        const near = neighbours.get(node);
        return [node, near.length === 0 ? rank.get(node) : near.reduce((sum, other) => sum + rank.get(other), 0) / near.length];
      }));
      nodes.sort((a, b) => mean.get(a) - mean.get(b) || a - b);
      rerank(nodes);
    }
  }

  // How tall columns may be decides the shape of the whole: several heights are tried, the one that can be shown largest is taken.
  const area = group.reduce((sum, node) => sum + (sizes[node].width + kColumnGap) * (sizes[node].height + kGapY), 0);
  const tallest = Math.max(...group.map((node) => sizes[node].height));
  let best;
  for (const factor of kHeights) {
    const limit = Math.max(Math.sqrt(area / aspect) * factor, tallest);
    const columns = layers.flatMap((nodes) => columnsOf(nodes, sizes, limit));
    const width = stack(columns, sizes, place);
    settle(columns, sizes, neighbours, place);
    const top = Math.min(...group.map((node) => place[node].y));
    const places = group.map((node) => ({ x: place[node].x, y: place[node].y - top }));
    const height = Math.max(...group.map((node, i) => places[i].y + sizes[node].height));
    const extent = Math.max(width / aspect, height);
    if (!best || extent < best.extent * 0.97) best = { extent, places, width, height };
  }
  group.forEach((node, i) => { place[node] = best.places[i]; });
  return { width: best.width, height: best.height };
}

/** Rows of boxes, about as wide as the picture shall be. Boxes keep their order. */
function shelves(boxes, gap, width) {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  let total = 0;
  for (const box of boxes) {
    if (x > 0 && x + box.width > width) {
      x = 0;
      y += rowHeight + gap;
      rowHeight = 0;
    }
    box.x = x;
    box.y = y;
    x += box.width + gap;
    rowHeight = Math.max(rowHeight, box.height);
    total = Math.max(total, x - gap);
  }
  return { width: total, height: y + rowHeight };
}

/** sizes: [{ width, height }], links: [[from, to]], aspect: width by height → { places: [{ x, y }], width, height } */
function layoutTables(sizes, links, aspect) {
  const place = sizes.map(() => ({ x: 0, y: 0 }));
  const groups = connectedGroups(sizes.length, links);
  const boxes = [];
  for (const group of groups.filter((one) => one.length > 1)) {
    const inside = new Set(group);
    boxes.push({ group, ...layoutGroup(group, sizes, links.filter(([from]) => inside.has(from)), place, aspect) });
  }
  boxes.sort((a, b) => b.width * b.height - a.width * a.height || a.group[0] - b.group[0]);
  const singles = groups.filter((one) => one.length === 1).map(([node]) => node);
  singles.sort((a, b) => sizes[b].height - sizes[a].height || a - b);

  const area = [...boxes, ...sizes.filter((_, i) => singles.includes(i))].reduce((sum, box) => sum + (box.width + kGroupGap) * (box.height + kGroupGap), 0);
  const width = Math.max(Math.sqrt(area * aspect), ...boxes.map((box) => box.width), 1);
  const grid = singles.map((node) => ({ group: [node], ...sizes[node] }));
  const upper = shelves(boxes, kGroupGap, width);
  const lower = shelves(grid, kGapY * 1.5, width);
  const below = boxes.length > 0 ? upper.height + kGroupGap : 0;
  for (const box of boxes) for (const node of box.group) place[node] = { x: place[node].x + box.x, y: place[node].y + box.y };
  for (const box of grid) place[box.group[0]] = { x: box.x, y: box.y + below };
  return { places: place, width: Math.max(upper.width, lower.width), height: below + lower.height };
}
