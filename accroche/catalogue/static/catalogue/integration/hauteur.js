// For the pages of others: gives each frame of this site the height of what it shows. Its address does not change.
// Reads and keeps nothing of the page. What a frame says counts only from this very site, and for its own frame.
(function () {
  "use strict";
  var site = new URL(document.currentScript.src).origin;

  function frames() {
    return Array.prototype.filter.call(document.getElementsByTagName("iframe"), function (frame) {
      return frame.src.indexOf(site + "/integre/") === 0;
    });
  }

  window.addEventListener("message", function (event) {
    var told = event.data;
    if (event.origin !== site || !told || told.accroche !== "hauteur" || !(told.hauteur > 0)) return;
    frames().forEach(function (frame) {
      if (frame.contentWindow === event.source) {
        frame.style.height = Math.min(Math.max(told.hauteur, 100), 20000) + "px";
      }
    });
  });

  // those that were there before this script have spoken already
  frames().forEach(function (frame) {
    frame.contentWindow.postMessage({ accroche: "demande" }, "*");
  });
})();
