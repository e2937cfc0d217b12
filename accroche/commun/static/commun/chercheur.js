// Suggests actions, schools and places while one types: what is chosen opens, or fills a field that asks for a
// commune.

import { combobox, twoLines } from "./combobox.js";

document.querySelectorAll("[data-chercheur]").forEach((box) => {
  const fills = "remplit" in box.dataset;
  combobox(box, {
    read: (answer) => answer.suggestions,
    draw: (item, found) =>
      twoLines(item, found.label, [found.genre, found.place].filter(Boolean).join(" · ")),
    chosen: (found, { input, status }) => {
      if (fills) {
        input.value = found.label;
        status.textContent = `${found.label} choisie.`;
      } else {
        window.location.assign(found.url);
      }
    },
    told: (count) =>
      count === 0
        ? "Aucune suggestion."
        : `${count} ${count > 1 ? "suggestions" : "suggestion"}, flèche bas pour choisir.`,
  });
});
