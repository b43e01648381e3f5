// Shows only the rows that fit a form's controls, and keeps the choice in the page's address.
"use strict";

(() => {
  const form = document.querySelector("form.filters");
  const rows = [...document.querySelectorAll(".filterable")];
  const output = form.querySelector("output");
  const controls = [...form.elements].filter((control) => control.name);
  const words = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"');

  const fits = (row, control) => {
    if (!control.value || control.type === "date") return true;
    if (control.type !== "search") return row.classList.contains(`${control.name}-${control.value}`);
    const within = control.dataset.within;
    const parts = within ? [...row.querySelectorAll(within)] : [row];
    const text = words(parts.map((part) => part.textContent).join(" "));
    return words(control.value).split(/\s+/).every((word) => text.includes(word));
  };

  // a list or table of which nothing is left goes, with its heading
  const hideEmpty = () => {
    const boxes = new Set(rows.map((row) => row.closest("table, ul, ol, dl")));
    for (const table of boxes) {
      const empty = rows.every((row) => row.hidden || !table.contains(row));
      const box = table.closest(".table-wrapper") ?? table;
      box.hidden = empty;
      const heading = box.previousElementSibling;
      if (heading?.matches(".rubric, h2, h3")) heading.hidden = empty;
    }
  };

  const apply = () => {
    for (const row of rows) row.hidden = "notYet" in row.dataset || !controls.every((control) => fits(row, control));
    hideEmpty();
    const shown = rows.filter((row) => !row.hidden).length;
    const { noun, prefix = "" } = output.dataset;
    output.textContent = `${prefix}${shown} of ${rows.length} ${noun} shown.`;
    const query = new URLSearchParams(controls.filter((control) => control.value).map((control) => [control.name, control.value]));
    const address = new URL(location.href);
    address.search = query;
    history.replaceState(null, "", address);
  };

  const restore = () => {
    const query = new URLSearchParams(location.search);
    for (const control of controls) control.value = query.get(control.name) ?? "";
    form.dispatchEvent(new Event("change"));
  };

  const showAll = () => {
    form.reset();
    form.dispatchEvent(new Event("change"));
  };

  // a row that the address or a link names is shown, whatever the form says
  const showTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const row = target && target.closest(".filterable");
    if (row?.hidden) {
      showAll();
      target.scrollIntoView();
    }
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", apply);
  form.addEventListener("change", apply);
  form.querySelector("button").addEventListener("click", showAll);
  addEventListener("hashchange", showTarget);
  // after the other scripts of the page have listened too
  addEventListener("DOMContentLoaded", () => {
    restore();
    showTarget();
  });
})();
