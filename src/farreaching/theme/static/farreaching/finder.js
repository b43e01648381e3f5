// Ticks exercises of the finder into a list, which can be copied as a command, saved as a file, and printed.
// The list is kept on this computer, where the browser allows it.
"use strict";

(() => {
  const panel = document.querySelector(".exercise-list");
  const part = (name) => panel.querySelector(`.list-${name}`);
  const command = part("command").querySelector("input");
  const place = `farreaching-list:${location.pathname}`;
  const rows = new Map();
  let chosen = [];

  const make = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };

  const kept = () => {
    try {
      const ids = JSON.parse(localStorage.getItem(place));
      return Array.isArray(ids) ? ids.filter((id) => rows.has(id)) : [];
    } catch {
      return [];
    }
  };

  const keep = () => {
    try {
      localStorage.setItem(place, JSON.stringify(chosen));
    } catch {
      // a browser that keeps nothing still lists what is ticked now
    }
  };

  const address = (link) => (location.protocol === "file:" ? new URL(link.href).pathname.split("/").slice(-2).join("/") : link.href);

  const entry = (id) => {
    const { link, title, facts } = rows.get(id);
    const remove = make("button", { type: "button", textContent: "Remove", ariaLabel: `Remove ${title} from the list` });
    remove.addEventListener("click", () => {
      const at = chosen.indexOf(id);
      change(id, false);
      // the focus must not fall out of the page with the button
      const left = part("items").querySelectorAll("button");
      (left[Math.min(at, left.length - 1)] ?? rows.get(id).box).focus();
    });
    const where = make("span", { className: "list-address", textContent: address(link) });
    return make("li", {}, make("a", { href: link.href, textContent: title }), make("span", { textContent: ` ${facts} ` }), where, remove);
  };

  const show = () => {
    const minutes = chosen.reduce((sum, id) => sum + rows.get(id).minutes, 0);
    const count = `${chosen.length} exercise${chosen.length === 1 ? "" : "s"}`;
    part("total").textContent = chosen.length ? `${count}, ${minutes} minutes.` : "Tick exercises below to list them here.";
    part("items").replaceChildren(...chosen.map(entry));
    part("tools").hidden = !chosen.length;
    part("said").textContent = "";
    command.value = `farreaching assign ${chosen.join(" ")} --title "Exercises" --format pdf,docx`;
    for (const [id, row] of rows) row.box.checked = chosen.includes(id);
    document.documentElement.classList.toggle("has-list", chosen.length > 0);
  };

  const change = (id, wanted) => {
    chosen = chosen.filter((other) => other !== id);
    if (wanted) chosen.push(id);
    keep();
    show();
  };

  for (const item of document.querySelectorAll(".finder > .filterable")) {
    const id = item.querySelector(".exercise-id").textContent;
    const link = item.querySelector(".finder-title a");
    const title = link.textContent;
    const facts = item.querySelector(".finder-facts").textContent;
    const box = make("input", { type: "checkbox", ariaLabel: `List ${title}` });
    box.addEventListener("change", () => change(id, box.checked));
    item.querySelector(".finder-title").prepend(box);
    rows.set(id, { box, link, title, facts, minutes: Number(/(\d+) minutes/.exec(facts)[1]) });
  }

  part("copy").addEventListener("click", async () => {
    command.select();
    try {
      await navigator.clipboard.writeText(command.value);
      part("said").textContent = "The command is copied.";
    } catch {
      part("said").textContent = "The command is selected: copy it with Ctrl+C or ⌘C.";
    }
  });
  part("save").addEventListener("click", () => {
    const text = `${JSON.stringify({ exercises: chosen }, null, 1)}\n`;
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: "exercise-list.json" });
    link.click();
    URL.revokeObjectURL(link.href);
  });
  part("print").addEventListener("click", () => print());
  part("clear").addEventListener("click", () => {
    chosen = [];
    keep();
    show();
    rows.values().next().value.box.focus();
  });

  chosen = kept();
  panel.hidden = false;
  show();
})();
