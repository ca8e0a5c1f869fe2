"use strict";
// Not a module, so that the page is in the chosen colours before it is first seen.
(() => {
  const root = document.documentElement;
  const KEY = "ood-monitor-theme";

  function stored() {
    try {
      return localStorage.getItem(KEY) ?? "auto";
    } catch {
      return "auto";
    }
  }

  function apply(theme) {
    root.toggleAttribute("data-theme", theme !== "auto");
    if (theme !== "auto") root.dataset.theme = theme;
    document.querySelectorAll("#theme button")
      .forEach(button => button.setAttribute("aria-pressed", button.dataset.theme === theme));
    dispatchEvent(new Event("theme"));
  }

  apply(stored());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => dispatchEvent(new Event("theme")));
  addEventListener("DOMContentLoaded", () => {
    apply(stored());
    document.getElementById("theme").addEventListener("click", ({target}) => {
      const theme = target.dataset.theme;
      if (!theme) return;
      try {
        localStorage.setItem(KEY, theme);
      } catch {
        // A browser that keeps nothing: the choice holds until the page is left.
      }
      apply(theme);
    });
  });
})();
