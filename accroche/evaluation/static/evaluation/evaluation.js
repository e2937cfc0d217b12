// The grid, filled: each criterion is saved by itself while one types, and kept on this device when the line is
// cut. Two people may answer one grid; where both answered one criterion, it asks. Without this file the buttons
// of the page save everything.

import { hour, memory } from "../commun/autosave.js";
import { enregistreur } from "../commun/enregistreur.js";

const DELAY = 1200;
const PREFIX = "accroche:grille:";

const form = document.querySelector("form[data-grille]");
const progress = document.querySelector("[data-repondus]");

/** One criterion of the page: its fields, what the site holds of it, and what is on its way. */
function criterion(section) {
  const number = section.dataset.critere;
  const field = (name) => form.elements.namedItem(`c${number}-${name}`);
  const key = `${PREFIX}${form.dataset.personne}:${form.dataset.grille}:${number}`;
  const status = section.querySelector("[data-etat]");
  const conflict = section.querySelector("[data-conflit]");
  const told = () => JSON.stringify([field("choix").value, field("mot").value.trim()]);

  function say(text, tone = "") {
    status.textContent = text;
    status.dataset.ton = tone;
  }

  function show([choice, words]) {
    for (const radio of section.querySelectorAll("input[type=radio]")) {
      radio.checked = radio.value === choice;
    }
    field("mot").value = words;
  }

  function keep() {
    return memory.write(key, { at: Date.now(), version: field("version").value, told: JSON.parse(told()) });
  }

  function kept(text) {
    say(keep() ? `${text} Votre réponse est gardée sur cet appareil.` : text, "alerte");
  }

  function asked(answer) {
    keep();
    conflict.hidden = false;
    const mine = !answer.qui; // one's own other tab
    conflict.querySelector("[data-conflit-qui]").textContent = mine ? "Vous avez répondu" : `${answer.qui} a répondu`;
    conflict.querySelector("[data-conflit-ou]").textContent = mine ? ", dans un autre onglet" : "";
    conflict.querySelector("[data-conflit-mien]").textContent = mine ? "Garder celle-ci" : "Garder ma réponse";
    conflict.querySelector("[data-conflit-site]").textContent = mine ? "Prendre l’autre" : "Prendre la sienne";
    conflict.querySelector("[data-conflit-mots]").textContent = answer.mots || "pas de réponse";
    conflict.querySelector("[data-conflit-mot]").textContent = answer.mot;
    say("Pas encore enregistré\u00a0: choisissez quelle réponse garder.", "alerte");
    const settle = (typed) => {
      conflict.hidden = true;
      saver.release();
      field("version").value = answer.version;
      field("lu").value = answer.lu;
      saver.holds(JSON.stringify([answer.choix, answer.mot]));
      if (!typed) {
        show([answer.choix, answer.mot]);
        memory.forget(key);
        say(mine ? "C’est la réponse de l’autre onglet qui reste." : "C’est la réponse de votre collègue qui reste.");
      }
      field("mot").focus();
      saver.save();
    };
    conflict.querySelector("[data-conflit-mien]").onclick = () => settle(true);
    conflict.querySelector("[data-conflit-site]").onclick = () => settle(false);
  }

  const saver = enregistreur({
    address: section.dataset.adresse,
    delay: DELAY,
    told,
    body() {
      const sent = new FormData();
      sent.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
      for (const name of ["choix", "mot", "version", "lu"]) {
        sent.set(`c${number}-${name}`, field(name).value);
      }
      return sent;
    },
    kept,
    saved(done, current) {
      field("version").value = done.version;
      field("lu").value = done.lu;
      progress.textContent = done.repondus;
      if (told() === current) {
        show([done.choix, done.mot]); // with what a colleague wrote beside
      }
      memory.forget(key);
      say(`Enregistré à ${hour(Date.now())}.`);
      return JSON.stringify([done.choix, done.mot]);
    },
    stale: asked,
    out: () => kept("Pas enregistré\u00a0: rechargez la page."),
  });

  section.addEventListener("input", saver.changed);
  section.addEventListener("change", saver.changed);

  const before = memory.read(key);
  if (Array.isArray(before?.told)) {
    if (JSON.stringify(before.told) === told()) {
      memory.forget(key);
    } else {
      // typed over the version it names: where a colleague answered since, it is asked about
      show(before.told);
      field("version").value = before.version;
      say("Retrouvé sur cet appareil, pas encore enregistré.", "alerte");
      saver.save();
    }
  }

  return {
    pending: saver.pending,
    sending: saver.block, // the whole page leaves: nothing else is sent
    resume: () => {
      if (conflict.hidden) {
        saver.release();
      }
    },
    keep,
  };
}

if (form) {
  // a page that gives back what it refused holds more than the site does: its buttons send it
  const criteria = form.querySelector(".a-conflit") ? [] : [...form.querySelectorAll("[data-critere]")].map(criterion);
  let leaving = false;
  memory.clean(PREFIX, () => false);
  form.addEventListener("submit", () => {
    leaving = true;
    for (const one of criteria) {
      one.sending();
    }
  });
  window.addEventListener("pageshow", (event) => {
    leaving = false;
    if (event.persisted) {
      for (const one of criteria) {
        one.resume();
      }
    }
  });
  window.addEventListener("beforeunload", (event) => {
    const pending = leaving ? [] : criteria.filter((one) => one.pending());
    // what this device keeps is there again next time
    if (!pending.every((one) => one.keep())) {
      event.preventDefault();
    }
  });
}
