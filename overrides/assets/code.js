/*
 * Examples: a button beside each block of code that copies it.
 *
 * The page is whole without this script.  Of a difference, whose lines begin with a sign, what is copied are the lines
 * that are to be written, without it.  It knows no page, no language but that of its few words, and asks nobody.
 */
import { button, languageAmong, make, root } from "./lib/page.js";

(() => {
  const WORDS = {
    en: { copy: "Copy", lines: "Copy the new lines", copied: "Copied", byHand: "Selected: copy it by hand" },
    ja: { copy: "コピー", lines: "新しい行をコピー", copied: "コピーしました", byHand: "選択しました。手でコピーしてください" },
  };
  const language = languageAmong(WORDS);
  const words = WORDS[language];
  const SHOWN = 2000; // milliseconds that the button says what it did

  const added = (text) => text.split("\n").filter((line) => line.startsWith("+")).map((line) => `${line.slice(1)}\n`).join("");

  for (const code of root.querySelectorAll(".md-content__inner .highlight > pre > code")) {
    const block = code.closest(".highlight");
    const isDifference = Boolean(code.querySelector(".gi, .gd")); // a line added, or taken out
    const status = make("span", { class: "hidden-label", lang: language, role: "status" });
    const named = isDifference ? { "aria-label": words.lines } : {};
    let waiting;
    const copy = button(words.copy, { class: "code-copy", lang: language, ...named }, async () => {
      try {
        await navigator.clipboard.writeText(isDifference ? added(code.textContent) : code.textContent);
        copy.textContent = words.copied;
        status.textContent = words.copied;
      } catch {
        getSelection().selectAllChildren(code);
        status.textContent = words.byHand;
      }
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        copy.textContent = words.copy;
        status.textContent = "";
      }, SHOWN);
    });
    block.append(copy, status);
  }
})();
