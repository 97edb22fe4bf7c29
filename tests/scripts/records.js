import { recordOf } from "../../overrides/assets/passages/records.js";
import { same } from "./check.js";

const TXT = "[doc] A, “Text.”\n[doc-p1] A, “Text,” para. 1.\n[doc-p10] A, “Text,” para. 10.\n";
const BIB = "@misc{doc,\n  title = {Text}\n}\n\n@incollection{doc-p1,\n  title = {Text, p1}\n}\n\n@misc{doc-p10,\n  title = {x}\n}\n";
const RIS = "TY  - GEN\r\nID  - doc\r\nER  - \r\nTY  - CHAP\r\nID  - doc-p1\r\nER  - \r\nTY  - CHAP\r\nID  - doc-p10\r\nER  - \r\n";
const CSL = JSON.stringify([{ id: "doc" }, { id: "doc-p1", issued: { "date-parts": [[2019, 4, 19]] }, accessed: { "date-parts": [[2026]] } }]);

export const tests = {
  "each kind of file has its records": () => {
    same(recordOf("txt", TXT, "doc-p1"), "A, “Text,” para. 1.");
    same(recordOf("bib", BIB, "doc-p1"), "@incollection{doc-p1,\n  title = {Text, p1}\n}");
    same(recordOf("ris", RIS, "doc-p1"), "TY  - CHAP\r\nID  - doc-p1\r\nER  -");
    same(JSON.parse(recordOf("json", CSL, "doc-p1"))[0].id, "doc-p1");
  },
  "dates stand on one line": () => {
    const record = recordOf("json", CSL, "doc-p1");
    same(record.includes("[[2019, 4, 19]]") && record.includes("[[2026]]"), true, record);
  },
  "what is not there is nothing": () => {
    for (const [kind, text] of [["txt", TXT], ["bib", BIB], ["ris", RIS], ["json", CSL]]) same(recordOf(kind, text, "doc-p2"), "", kind);
    for (const kind of ["", "xml", "constructor", "__proto__"]) same(recordOf(kind, TXT, "doc"), "", kind);
  },
};
