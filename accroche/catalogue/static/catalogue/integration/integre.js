// Inside a frame: tells the page around how high this one is, each time that changes. Told is a number, nothing else.
//
// WordPress puts the frames of an oEmbed in a sandbox that opens no tab, and gives them a secret at the end of their
// address: heights and links are then told in its own way, and it follows links to this site alone.

"use strict";

const shown = document.querySelector("[data-integre]");
const secret = /[#?&]secret=([A-Za-z0-9]{1,64})$/.exec(location.hash)?.[1];

// alone in its tab, it would be told its own words
if (shown && window.parent !== window) {
  let last = 0;
  const tell = () => {
    // of what is shown, never of the frame: a height that follows itself has no end
    last = Math.ceil(shown.getBoundingClientRect().height);
    // whoever shows this page may know
    window.parent.postMessage({ accroche: "hauteur", hauteur: last }, "*");
    if (secret) window.parent.postMessage({ message: "height", value: last, secret }, "*");
  };
  new ResizeObserver(() => {
    if (Math.ceil(shown.getBoundingClientRect().height) !== last) tell();
  }).observe(shown);
  window.addEventListener("message", ({ data, source }) => {
    if (source === window.parent && data?.accroche === "demande") tell();
  });
}

if (secret) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    event.preventDefault();
    window.parent.postMessage({ message: "link", value: link.href, secret }, "*");
  });
}
