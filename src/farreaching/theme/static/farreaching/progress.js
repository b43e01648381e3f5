// Remembers on this device which chapters are finished, and shows it in the contents. Nothing leaves the device.
"use strict";

(() => {
  const PREFIX = "farreaching-done:";
  const root = new URL(document.documentElement.dataset.content_root || "./", location.href);
  const nameOf = (address) => new URL(address, location.href).pathname.slice(root.pathname.length).replace(/(index)?\.html$/, "");

  const isDone = (name) => {
    try {
      return localStorage.getItem(PREFIX + name) !== null;
    } catch {
      return false; // a browser that keeps nothing
    }
  };

  const setDone = (name, done) => {
    try {
      if (done) localStorage.setItem(PREFIX + name, new Date().toISOString().slice(0, 10));
      else localStorage.removeItem(PREFIX + name);
      return true;
    } catch {
      return false;
    }
  };

  const showInContents = () => {
    for (const link of document.querySelectorAll(".sidebar-tree a.reference.internal")) {
      const done = isDone(nameOf(link.href)) && !new URL(link.href).hash;
      let mark = link.querySelector(".done-mark");
      if (done && !mark) {
        mark = document.createElement("span");
        mark.className = "done-mark";
        mark.setAttribute("role", "img");
        mark.setAttribute("aria-label", "finished");
        mark.textContent = "✓";
        link.append(" ", mark);
      } else if (!done && mark) {
        mark.remove();
      }
    }
  };

  const boxes = [];
  const box = (name, label) => {
    const input = document.createElement("input");
    input.type = "checkbox";
    input.checked = isDone(name);
    boxes.push([input, name]);
    input.addEventListener("change", () => {
      if (!setDone(name, input.checked)) {
        input.checked = false;
        label("This browser keeps nothing, so the tick is lost when you leave the page.");
      }
      showInContents();
    });
    return input;
  };

  // at the end of a chapter
  const article = document.getElementById("furo-main-content");
  if (article?.querySelector(".opening")) {
    const line = document.createElement("p");
    line.className = "finished";
    const label = document.createElement("label");
    const words = document.createElement("span");
    words.textContent = "I have finished this chapter";
    label.append(box(nameOf(location.href), (text) => { words.textContent = text; }), " ", words);
    line.append(label);
    article.append(line);
  }

  // in a list of chapters
  for (const tick of document.querySelectorAll("ul.progress .tick")) {
    const link = tick.parentElement.querySelector("a");
    const input = box(nameOf(link.href), (text) => { tick.parentElement.append(` ${text}`); });
    input.setAttribute("aria-label", `Finished: ${link.textContent}`);
    tick.replaceWith(input);
  }

  showInContents();

  // another tab ticked, or the page comes back as it was left
  const update = () => {
    for (const [input, name] of boxes) input.checked = isDone(name);
    showInContents();
  };
  addEventListener("storage", update);
  addEventListener("pageshow", (event) => event.persisted && update());
})();
