// Applies the chosen theme before the first paint, so that a dark page never flashes white.
// DSFR reads and writes the same "scheme" entry when the reader opens the display settings.
(function () {
  "use strict";
  var root = document.documentElement;
  var scheme = null;
  try {
    scheme = window.localStorage.getItem("scheme");
  } catch (error) {
    // storage may be refused: follow the system
  }
  var dark =
    scheme === "dark" ||
    (scheme !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  root.setAttribute("data-fr-scheme", scheme || "system");
  root.setAttribute("data-fr-theme", dark ? "dark" : "light");
})();
