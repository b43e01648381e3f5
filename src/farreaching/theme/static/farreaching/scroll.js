// Lets the keyboard reach tables and charts that are wider than the screen.
"use strict";

(() => {
  const boxes = [...document.querySelectorAll(".table-wrapper, .scroll-x")];
  const update = (box) => {
    if (box.scrollWidth > box.clientWidth + 1) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", box.querySelector("svg") ? "Chart, scrolls sideways" : "Table, scrolls sideways");
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }
  };
  const observer = new ResizeObserver((entries) => entries.forEach((entry) => update(entry.target)));
  boxes.forEach((box) => observer.observe(box));
})();
