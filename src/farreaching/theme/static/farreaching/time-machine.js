// Shows the ledger as it stood on a day: each claim with the status it had, and none that nobody had made yet.
"use strict";

(() => {
  const form = document.querySelector("form.filters");
  const day = form.querySelector("input[type=date]");
  const output = form.querySelector("output");
  const marks = JSON.parse(day.dataset.marks);
  const named = (node, start) => [...node.classList].find((name) => name.startsWith(start))?.slice(start.length);

  const entries = [...document.querySelectorAll("tr.filterable")].map((row) => {
    const status = row.querySelector(".claim-status");
    const now = named(row, "claim-");
    const changes = [...row.querySelectorAll("[class*='since-']")].map((item) => [named(item, "since-"), named(item, "was-"), item]);
    return { row, status, now, shown: status.innerHTML, changes: changes.length ? changes : [[named(row, "since-"), now, null]] };
  });

  const statusOn = ({ now, changes }, date) => {
    if (!date) return now;
    return changes.filter(([since]) => since <= date).at(-1)?.[1];
  };

  const write = (entry, then) => {
    const mark = document.createElement("strong");
    mark.textContent = marks[then];
    entry.status.replaceChildren(mark, ` ${then}`);
  };

  const travel = () => {
    const date = day.value;
    for (const entry of entries) {
      const then = statusOn(entry, date);
      const { row } = entry;
      delete row.dataset.notYet;
      if (!then) row.dataset.notYet = "";
      for (const status of Object.keys(marks)) {
        row.classList.toggle(`claim-${status}`, status === (then ?? entry.now));
        row.classList.toggle(`status-${status}`, status === (then ?? entry.now));
      }
      if (!then || then === entry.now) entry.status.innerHTML = entry.shown;
      else write(entry, then);
      for (const [since, , item] of entry.changes) if (item) item.hidden = Boolean(date) && since > date;
    }
    const words = date && new Date(`${date}T12:00:00`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    output.dataset.prefix = words ? `As known on ${words}: ` : "";
  };

  // before the rows are filtered: a choice of status means the status of that day
  form.addEventListener("input", travel, true);
  form.addEventListener("change", travel, true);
})();
