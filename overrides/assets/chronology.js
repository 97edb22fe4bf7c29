/*
 * The chronology's filters: by thread and by kind, for the marks as for the entries.
 */
import { filter, option } from "./lib/filters.js";

export const equip = (whole) => {
  const lanes = [...whole.querySelectorAll("tr[data-thread]")];
  const choices = {
    thread: lanes.filter((lane) => lane.dataset.thread).map((lane) => option(lane.dataset.thread, lane.firstElementChild.textContent)),
    kind: [...whole.querySelectorAll("span[data-kind]")].map((sign) => option(sign.dataset.kind, sign.parentElement.textContent.trim())),
  };
  const fits = ({ dataset }, { thread, kind }) => (!thread || dataset.of.split(" ").includes(thread)) && (!kind || dataset.kind === kind);
  const showLanes = ({ thread, kind }) => {
    for (const lane of lanes) {
      lane.hidden = Boolean(thread && lane.dataset.thread !== thread);
      for (const mark of lane.querySelectorAll("a[data-kind]")) mark.hidden = Boolean(kind && mark.dataset.kind !== kind);
    }
  };
  filter(whole.querySelector(".chronology-key"), [...whole.querySelectorAll("li[data-of]")], choices, fits, showLanes);
};
