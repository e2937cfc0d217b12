// Signing out leaves no photograph on this device. Without this file they go by themselves after seven days.

import { kept } from "./photos_gardees.js";

document.addEventListener("submit", (event) => {
  if ("sortie" in event.target.dataset) {
    kept.clear();
  }
});
