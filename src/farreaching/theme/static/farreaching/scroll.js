// Lets the keyboard reach tables, charts and code that are wider than the screen.
"use strict";

(() => {
  const boxes = [...document.querySelectorAll(".table-wrapper, .scroll-x, article pre")];
  const update = (box) => {
    if (box.scrollWidth > box.clientWidth + 1) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      const kind = box.matches("pre") ? "Code" : box.querySelector("svg") ? "Chart" : "Table";
      box.setAttribute("aria-label", `${kind}, scrolls sideways`);
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }
  };
  const observer = new ResizeObserver((entries) => entries.forEach((entry) => update(entry.target)));
  boxes.forEach((box) => observer.observe(box));
})();
