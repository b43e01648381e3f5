// Keeps the place of a row of evidence while it stands open as a card, so that what is read does not jump.
"use strict";

document.addEventListener("beforetoggle", ({ target, newState }) => {
  if (!target.matches("tr.claim-card")) return;
  if (newState === "closed") {
    target.previousElementSibling.remove();
    return;
  }
  const space = document.createElement("tr");
  space.setAttribute("aria-hidden", "true");
  space.style.height = `${target.getBoundingClientRect().height}px`;
  target.before(space);
}, true);
// on paper a row stands in its table
addEventListener("beforeprint", () => document.querySelectorAll(":popover-open").forEach((card) => card.hidePopover()));
