/*
 * Passages: the words that a quotation led to.
 *
 * The page is whole without this script.  The first words of a quotation bear its id and show themselves when they are
 * the target; the script shows the others, which share that id in data-quotation, along with them.
 */
(() => {
  "use strict";

  const target = () => decodeURIComponent(location.hash.slice(1));

  const light = () => {
    const id = target();
    for (const words of document.querySelectorAll(".quoted")) words.classList.toggle("is-lit", words.dataset.quotation === id);
  };
  addEventListener("hashchange", light);
  light();
})();
