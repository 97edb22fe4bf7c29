/*
 * The bibliography's filters: by how far a source can be leaned on, and by kind.
 */
import { filter, option } from "./lib/filters.js";

export const equip = (whole) => {
  const entries = [...whole.querySelectorAll("li[data-kind]")];
  const letters = [...whole.querySelectorAll(".letter")];
  const links = new Map([...whole.querySelectorAll(".letters a")].map((link) => [link.hash.slice(1), link]));
  const kinds = [...new Set(entries.map((entry) => entry.dataset.kind))].toSorted();
  const choices = {
    grade: [...whole.querySelectorAll(".grades > [data-value]")].map((grade) => option(grade.dataset.value, grade.textContent)),
    kind: kinds.map((kind) => option(kind, kind)),
  };
  const fits = ({ dataset }, { grade, kind }) => (!grade || dataset.value === grade) && (!kind || dataset.kind === kind);
  const showLetters = () => {
    for (const letter of letters) {
      const list = letter.nextElementSibling;
      const isEmpty = [...list.children].every((entry) => entry.hidden);
      for (const element of [letter, list, links.get(letter.id)]) if (element) element.hidden = isEmpty;
    }
  };
  filter(whole.querySelector(".grades"), entries, choices, fits, showLetters);
};
