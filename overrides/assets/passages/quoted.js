/*
 * The words that a quotation led to, all of them: the first alone bear its id and show themselves.
 */
import { targetOf } from "../lib/address.js";

/** Light up, in an article, the words that the address names. */
export const lightQuoted = (article) => {
  const quoted = article.querySelectorAll(".quoted[data-quotation]");
  if (!quoted.length) return;
  const light = () => {
    const id = targetOf(location);
    for (const part of quoted) part.classList.toggle("is-lit", part.dataset.quotation === id);
  };
  addEventListener("hashchange", light);
  light();
};
