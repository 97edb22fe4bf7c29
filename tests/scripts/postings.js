import { partsIn, placeIn, postingsIn, runsFrom, starts, stemOf, together } from "../../overrides/assets/search/postings.js";
import { same } from "./check.js";

const of = (...numbers) => postingsIn(new Uint8Array(numbers));
/** Postings in the text of one record. */
const at = (record, ...places) => [{ record, field: 0, places }];

export const tests = {
  "postings are read record by record, field by field": () => {
    same(of(), []);
    same(of(3, 2 * 8 + 0, 1, 4, 0, 1 * 8 + 5, 0, 2, 1 * 8 + 1, 9), [
      { record: 3, field: 0, places: [1, 5] }, { record: 3, field: 5, places: [0] }, { record: 5, field: 1, places: [9] },
    ]);
  },
  "numbers above 127 have several bytes": () => {
    same(of(0x80, 0x01, 8, 0xff, 0x7f), [{ record: 128, field: 0, places: [16383] }]);
    same(of(0x80, 0x80, 0x80, 0x80, 0x10, 8, 0)[0].record, 2 ** 32);
  },
  "parts are told with how long they are": () => {
    const long = new Uint8Array([0x80, 0x01, ...Array.from({ length: 128 }, () => 7), 0, 1, 9]);
    same(partsIn(long).map(({ length }) => length), [128, 0, 1]);
    same([...partsIn(long)[2]], [9]);
    same(partsIn(new Uint8Array()), []);
  },
  "a stem is told by its word": () => {
    same([stemOf("policies", "2"), stemOf("policy", "1i"), stemOf("law", "0"), stemOf("wordings12", "10x")], ["polici", "polici", "law", "x"]);
  },
  "what is looked up is found, or the place where it would stand": () => {
    same(["", "a", "b", "bb", "c", "d"].map((sought) => placeIn(["a", "b", "b", "c"], sought)), [0, 0, 1, 3, 3, 4]);
    same(placeIn([], "a"), 0);
    same(starts([2, 0, 3]), [0, 2, 2, 5]);
    same(runsFrom([1, 2, 0, 1, 4, 1]), [[1, 3], [3, 4], [8, 9]]);
  },
  "a phrase is words one behind the other, in one field of one record": () => {
    same([...together([at(1, 0, 4), at(1, 2, 5)], 0)], [[1, [4, 5]]]);
    same([...together([at(1, 0), at(2, 1)], 0)], []);
    same([...together([at(1, 0), [{ record: 1, field: 1, places: [1] }]], 0)], []);
    same([...together([[...at(1, 0), ...at(1, 3)], at(1, 1, 4)], 0)], [[1, [0, 1, 3, 4]]], "in any of its forms");
    same([...together([[{ record: 1, field: 1, places: [0] }]], 0)], [[1, []]], "what is found in a name has no place in the text");
    same([...together([], 0)], []);
  },
  "the same word may follow itself": () => {
    same([...together([at(1, 2, 3), at(1, 2, 3)], 0)], [[1, [2, 3]]]);
  },
};
