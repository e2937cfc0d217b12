// One reading of this page, told once somebody sees it: no cookie, nothing kept, nothing about who reads.
// A page that is loaded again, come back to, or fetched ahead is no new reading.

const { vue } = document.querySelector("[data-vue]").dataset;
const [loaded] = performance.getEntriesByType("navigation");
const refuses = navigator.doNotTrack === "1" || navigator.globalPrivacyControl === true;

function tell() {
  if (document.visibilityState === "visible" && !document.prerendering) {
    for (const what of ["visibilitychange", "prerenderingchange"]) {
      document.removeEventListener(what, tell);
    }
    navigator.sendBeacon(vue);
  }
}

if (!refuses && (!loaded || loaded.type === "navigate")) {
  for (const what of ["visibilitychange", "prerenderingchange"]) {
    document.addEventListener(what, tell);
  }
  tell();
}
