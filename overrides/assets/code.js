/*
 * Examples: a button beside each block of code that copies it.
 *
 * The page is whole without this script.  Of a difference, whose lines begin with a sign, what is copied are the lines
 * that are to be written, without it.  It knows no page, no language but that of its few words, and asks nobody.
 */
(() => {
  "use strict";

  const WORDS = {
    en: { copy: "Copy", lines: "Copy the new lines", copied: "Copied", byHand: "Selected: copy it by hand" },
    ja: { copy: "コピー", lines: "新しい行をコピー", copied: "コピーしました", byHand: "選択しました。手でコピーしてください" },
  };
  const spoken = document.documentElement.lang.slice(0, 2);
  const language = spoken in WORDS ? spoken : "en";
  const words = WORDS[language];
  const SHOWN = 2000; // milliseconds that the button says what it did

  const added = (text) => text.split("\n").filter((line) => line.startsWith("+")).map((line) => `${line.slice(1)}\n`).join("");

  for (const code of document.querySelectorAll(".md-content__inner .highlight > pre > code")) {
    const block = code.closest(".highlight");
    const isDifference = Boolean(code.querySelector(".gi, .gd")); // a line added, or taken out
    const button = document.createElement("button");
    button.type = "button";
    button.className = "code-copy";
    button.lang = language;
    button.textContent = words.copy;
    if (isDifference) button.setAttribute("aria-label", words.lines);
    const status = document.createElement("span");
    status.className = "hidden-label";
    status.lang = language;
    status.setAttribute("role", "status");
    let waiting;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(isDifference ? added(code.textContent) : code.textContent);
        button.textContent = words.copied;
        status.textContent = words.copied;
      } catch {
        getSelection().selectAllChildren(code);
        status.textContent = words.byHand;
      }
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        button.textContent = words.copy;
        status.textContent = "";
      }, SHOWN);
    });
    block.append(button, status);
  }
})();
