// Opens a citation in place: a card with the entry of the reference list. Without it the link leads to the list.
"use strict";

(() => {
  const supported = "popover" in HTMLElement.prototype;
  let card = null;
  let source = null;
  let openAtPress = null;

  const close = () => card?.hidePopover();

  const build = (link, entry) => {
    const box = document.createElement("div");
    box.className = "citation-card";
    box.popover = "auto";
    box.tabIndex = -1;
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", `Source: ${link.textContent.trim()}`);
    const copy = document.createElement("div");
    for (const child of entry.childNodes) copy.append(child.cloneNode(true));
    for (const node of copy.querySelectorAll("[id]")) node.removeAttribute("id");
    const more = document.createElement("p");
    more.className = "to-list";
    const toList = document.createElement("a");
    toList.href = link.href;
    toList.textContent = "See it in the references";
    toList.addEventListener("click", close);
    more.append(toList);
    box.append(copy, more);
    box.addEventListener("toggle", (event) => {
      if (event.newState !== "closed") return;
      link.setAttribute("aria-expanded", "false");
      link.style.removeProperty("anchor-name");
      box.remove();
      if (card === box) card = source = null;
    });
    return box;
  };

  const open = (link, entry) => {
    close();
    card = build(link, entry);
    source = link;
    link.style.setProperty("anchor-name", "--citation");
    link.setAttribute("aria-expanded", "true");
    // beside its link, so that Tab goes on from there, and inside a claim's card, so that it stays open
    link.after(card);
    card.showPopover();
    card.focus();
  };

  if (!supported) return;
  document.addEventListener("pointerdown", (event) => {
    const link = event.target.closest?.("a.citation");
    openAtPress = link && link === source ? link : null;
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.citation");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const entry = document.getElementById(link.hash.slice(1));
    if (!entry) return;
    event.preventDefault();
    const again = openAtPress === link;
    openAtPress = null;
    if (again) close();
    else open(link, entry);
  });
})();
