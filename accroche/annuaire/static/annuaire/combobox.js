// Suggests schools while one types: what is chosen fills the field.

import { combobox, twoLines } from "../commun/combobox.js";
import { followed } from "./ailleurs.js";

const SHORTEST = 2;

/** What leads on who does not find their school; null where those who are told look for one. */
function wayForward(box) {
  return box.nextElementSibling?.querySelector("[data-absent]") ?? null;
}

/** Keeps what was typed for the page that follows, and hides an answer to what is no more. */
function followTyped(box) {
  const link = wayForward(box);
  if (!link) {
    return;
  }
  const input = box.querySelector("input");
  const follow = () => {
    const address = new URL(link.href);
    const typed = input.value.trim();
    address.search = typed ? new URLSearchParams({ q: typed }) : "";
    link.href = address.href;
    if (typed.length < SHORTEST) {
      box.querySelector("[role=status]").classList.add("fr-sr-only");
    }
  };
  input.addEventListener("input", follow);
  follow();
  followed(link, input.name, (school) => {
    OF_SCHOOLS.chosen(school, { input, status: box.querySelector("[role=status]") });
    input.focus();
  });
}

const OF_SCHOOLS = {
  read: (answer) => answer.schools,
  draw: (item, school) => twoLines(item, school.name, school.place),
  chosen: (school, { input, status }) => {
    input.value = school.label;
    status.textContent = `${school.name} choisi.`;
    status.classList.add("fr-sr-only");
    input.dispatchEvent(new Event("change", { bubbles: true }));
  },
  told: (count, box, answer) => {
    const status = box.querySelector("[role=status]");
    status.classList.toggle("fr-sr-only", !answer.near && (count > 0 || !wayForward(box)));
    if (answer.near) {
      return "Aucun établissement ne répond à tous ces mots. Les plus proches\u00a0:";
    }
    return count === 0
      ? "Aucun établissement trouvé."
      : `${count} ${count > 1 ? "établissements" : "établissement"}, flèche bas pour choisir.`;
  },
};

/** Enhances the fields that are not yet: also those another script has added. */
export function enhanceAll() {
  document.querySelectorAll("[data-combobox]:not([data-pret])").forEach((box) => {
    box.dataset.pret = "";
    combobox(box, OF_SCHOOLS);
    followTyped(box);
  });
}

enhanceAll();
