/*
 * Where notes stand in the margin: numbers alone, no page.
 *
 * Each item has a marker in the text (`natural`, where it would stand if it were alone) and a height; each cell is a
 * stretch of the column, from `top` to `bottom`, that no wide block of the text reaches into.
 */
export const clamp = (value, least, most) => Math.max(least, Math.min(value, most));

/** The cells of a column of a height, between bands that wide blocks reach into; `gap` is kept from each. */
export const cellsBetween = (bands, height, gap) => {
  const cells = [];
  let top = 0;
  for (const band of bands.toSorted((one, other) => one.top - other.top)) {
    cells.push({ top, bottom: band.top - gap });
    top = Math.max(top, band.bottom + gap);
  }
  return [...cells, { top, bottom: height }];
};

/**
 * Place items of given heights in cells, none upon another, each as near its marker as the others let it, and in
 * their order if there is room for it: each gets its `place` and its `group`.  Return whether there was room for all.
 */
export const arrange = (items, cells, gap) => {
  for (const cell of cells) Object.assign(cell, { items: [], free: cell.bottom - cell.top });
  let last = 0; // the cell of the item before: what comes later stands in none above it
  for (const item of items) {
    const end = item.natural + item.height;
    const cost = (cell) => { // how far away, and how crowded, a place in a cell would be
      const overlaps = cell.items.map((other) =>
        Math.min(end, other.natural + other.height) - Math.max(item.natural, other.natural));
      const distance = Math.max(cell.top - item.natural, end - cell.bottom, 0);
      return overlaps.reduce((sum, overlap) => sum + Math.max(0, overlap), distance);
    };
    const roomy = cells.filter((cell) => cell.free >= item.height).toSorted((one, other) => cost(one) - cost(other));
    const best = roomy.find((cell) => cells.indexOf(cell) >= last) ?? roomy[0];
    if (!best) return false;
    last = Math.max(last, cells.indexOf(best));
    best.items.push(item);
    best.free -= item.height + gap;
  }
  // Neighbours that overlap become a group, which moves as one and so shares the shift.  With each place reckoned
  // less the heights above it, that is the pooling of those that stand in the wrong order.
  for (const cell of cells) {
    const groups = [];
    let above = 0;
    for (const item of cell.items) {
      let group = { items: [item], start: item.natural - above };
      item.above = above;
      above += item.height + gap;
      while (groups.length && groups.at(-1).start >= group.start) {
        const { items: others, start } = groups.pop();
        const together = [...others, ...group.items];
        group = { items: together, start: (start * others.length + group.start * group.items.length) / together.length };
      }
      groups.push(group);
    }
    for (const group of groups) {
      const start = clamp(group.start, cell.top, cell.bottom - above + gap);
      for (const item of group.items) Object.assign(item, { group, place: start + item.above });
    }
  }
  return true;
};
