import { arrange, cellsBetween, clamp } from "../../overrides/assets/notes/fit.js";
import { holds, same } from "./check.js";

const item = (natural, height) => ({ natural, height });
const places = (items) => items.map(({ place }) => place);
const column = (bottom = 1000) => [{ top: 0, bottom }];

/** Numbers that are the same at each run. */
const numbers = function* (seed) {
  for (let state = seed; ;) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state / 2147483648;
  }
};

export const tests = {
  "a number is kept within limits": () => same([clamp(1, 2, 3), clamp(2.5, 2, 3), clamp(4, 2, 3)], [2, 2.5, 3]),
  "bands part a column": () => {
    same(cellsBetween([], 100, 5), [{ top: 0, bottom: 100 }]);
    const bands = [{ top: 60, bottom: 70 }, { top: 20, bottom: 40 }];
    same(cellsBetween(bands, 100, 5), [{ top: 0, bottom: 15 }, { top: 45, bottom: 55 }, { top: 75, bottom: 100 }]);
    same(cellsBetween([{ top: 20, bottom: 80 }, { top: 30, bottom: 40 }], 100, 5).at(-1), { top: 85, bottom: 100 });
  },
  "what has room stands at its marker": () => {
    const items = [item(10, 20), item(50, 20), item(500, 30)];
    holds(arrange(items, column(), 5), "there is room");
    same(places(items), [10, 50, 500]);
  },
  "neighbours share the shift": () => {
    const items = [item(100, 40), item(110, 40)];
    arrange(items, column(), 10);
    same(places(items), [80, 130]); // 20 px away each
    holds(items[0].group === items[1].group, "they are one group");
  },
  "none stands above or below the column": () => {
    const items = [item(0, 40), item(5, 40), item(990, 40)];
    arrange(items, column(), 10);
    same(places(items), [0, 50, 960]);
  },
  "what does not fit beside its marker goes to the next cell": () => {
    const items = [item(30, 60)];
    arrange(items, [{ top: 0, bottom: 50 }, { top: 100, bottom: 200 }], 5);
    same(places(items), [100]);
    holds(!arrange([item(30, 60)], [{ top: 0, bottom: 50 }], 5), "or there is no room");
  },
  "what is crowded below a wide block does not go above it": () => {
    const items = [400, 402, 404, 406, 408, 410].map((natural) => item(natural, 60));
    holds(arrange(items, [{ top: 0, bottom: 150 }, { top: 350, bottom: 1000 }], 5), "there is room");
    same(places(items).toSorted((one, other) => one - other), places(items));
    holds(places(items)[0] >= 350, "none stands before what it is about");
  },
  "too many for the column are no margin": () => {
    const items = Array.from({ length: 100 }, (_, at) => item(at, 100));
    holds(!arrange(items, column(2000), 5), "they do not fit");
  },
  "no two ever overlap, and all stay within a cell": () => {
    const random = numbers(7);
    const next = (most) => Math.floor(random.next().value * most);
    for (let run = 0; run < 300; run += 1) {
      const cells = [{ top: 0, bottom: 400 + next(800) }, { top: 1500, bottom: 2000 + next(1500) }];
      const items = Array.from({ length: 1 + next(15) }, () => item(next(3000), 20 + next(400)));
      items.sort((one, other) => one.natural - other.natural);
      if (!arrange(items, cells, 5)) continue;
      for (const cell of cells) {
        let below = cell.top;
        for (const { place, height } of cell.items) {
          holds(place >= below - 0.01, `run ${run}: ${place} is not below ${below}`);
          below = place + height;
        }
        holds(below <= cell.bottom + 5.01, `run ${run}: ${below} is below ${cell.bottom}`);
      }
      same(cells.flatMap((cell) => cell.items).length, items.length, "each has one place");
    }
  },
};
