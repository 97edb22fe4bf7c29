/*
 * The words of the interface, in the language of the page if there are any in it, else in English.
 *
 * A language is a file in words/, with the names of the English one, and a line here.
 */
import english from "../words/en.js";
import { root } from "./page.js";

const OTHERS = new Map([["ja", () => import("../words/ja.js")]]);

const spoken = root.lang.slice(0, 2).toLowerCase();
/** The language that the words are in: elements that hold some say so. */
export const language = OTHERS.has(spoken) ? spoken : "en";
export const words = OTHERS.has(spoken) ? (await OTHERS.get(spoken)()).default : english;

/** Names as a list in a sentence: `one, two and three`. */
export const listed = (names) => new Intl.ListFormat(words.locale).format(names);
