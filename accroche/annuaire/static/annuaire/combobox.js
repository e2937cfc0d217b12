// Suggests schools while one types: what is chosen fills the field.

import { combobox, twoLines } from "../commun/combobox.js";

const OF_SCHOOLS = {
  read: (answer) => answer.schools,
  draw: (item, school) => twoLines(item, school.name, school.place),
  chosen: (school, { input, status }) => {
    input.value = school.label;
    status.textContent = `${school.name} choisi.`;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  },
  told: (count) =>
    count === 0
      ? "Aucun établissement trouvé."
      : `${count} ${count > 1 ? "établissements" : "établissement"}, flèche bas pour choisir.`,
};

/** Enhances the fields that are not yet: also those another script has added. */
export function enhanceAll() {
  document.querySelectorAll("[data-combobox]:not([data-pret])").forEach((box) => {
    box.dataset.pret = "";
    combobox(box, OF_SCHOOLS);
  });
}

enhanceAll();
