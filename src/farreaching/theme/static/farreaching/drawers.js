// Shuts the drawers of a small screen: the contents of the page once a link was chosen, either of them by Escape.
"use strict";

(() => {
  const shut = (id) => {
    document.getElementById(id).checked = false;
  };
  document.querySelector(".toc-tree")?.addEventListener("click", (event) => event.target.closest("a") && shut("__toc"));
  document.addEventListener("keydown", (event) => event.key === "Escape" && ["__toc", "__navigation"].forEach(shut));
})();
