import { openIndex } from "../../overrides/assets/search/index.js";
import { same } from "./check.js";

const packed = (value) => new Response(new Blob([JSON.stringify(value)]).stream().pipeThrough(new CompressionStream("gzip")));

/** Open an index that begins with a head, of which no file has to be read. */
const opened = async (head) => {
  const before = globalThis.fetch;
  globalThis.fetch = async (address) => Object.defineProperty(packed(head), "url", { value: String(address) });
  try {
    return await openIndex();
  } finally {
    globalThis.fetch = before;
  }
};

const HEAD = { mark: "0", beside: 8, shelves: [], fields: ["text"], names: ["note"], kinds: "", lengths: "", weights: "" };
const NAMED = "__proto__ constructor ferry hasownproperty"; // but for one, like properties of any object

export const tests = {
  "a word is spelled as its own, though it is named like a property of any object": async () => {
    const spelled = { ferry: "Ferry", hasownproperty: "hasOwnProperty" };
    const index = await opened({ ...HEAD, terms: NAMED, stems: "0 0 0 0", counts: "0000", spelled });
    same(index.known.map(({ word }) => word), ["__proto__", "constructor", "Ferry", "hasOwnProperty"]);
    for (const word of NAMED.split(" ")) same(index.same(word).length, 1, word);
  },
};
