/*
 * One record out of a file of citations, as it stands in each kind of file.
 */
const RECORDS = new Map([
  ["txt", (text, id) => text.split("\n").find((line) => line.startsWith(`[${id}] `))?.slice(id.length + 3)],
  ["bib", (text, id) => text.split(/\n(?=@)/).find((item) => item.includes(`{${id},\n`))?.trim()],
  ["ris", (text, id) => text.split(/(?<=ER {2}- \r\n)/).find((item) => item.includes(`\r\nID  - ${id}\r\n`))?.trim()],
  ["json", (text, id) => {
    const item = JSON.parse(text).find((record) => record.id === id);
    // Three numbers of a date on one line, not on five.
    const oneLine = (_, numbers) => `[[${numbers.trim().replace(/\s+/g, " ")}]]`;
    return item && JSON.stringify([item], null, 2).replace(/\[\s+\[([\s\d,]+)\]\s+\]/g, oneLine);
  }],
]);

/** The record of an id in the text of a file of a kind (`txt`, `bib`, `ris`, `json`), or nothing. */
export const recordOf = (kind, text, id) => RECORDS.get(kind)?.(text, id) ?? "";
