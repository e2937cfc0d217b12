// The grid, filled: each criterion is saved by itself while one types, and kept on this device when the line is
// cut. Two people may answer one grid; where both answered one criterion, it asks. Without this file the buttons
// of the page save everything.

import { hour, memory } from "../commun/autosave.js";

const DELAY = 1200;
const RETRY = 30_000;
const PREFIX = "accroche:grille:";
const BUSY = new Set([429, 502, 503, 504]);

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
  let saved = told();
  let timer = 0;
  let busy = false;
  let blocked = false;

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

  function later(text, seconds = 0) {
    say(keep() ? `${text} Votre réponse est gardée sur cet appareil.` : text, "alerte");
    clearTimeout(timer);
    timer = setTimeout(save, seconds ? seconds * 1000 : RETRY);
  }

  function asked(answer) {
    blocked = true;
    keep();
    conflict.hidden = false;
    conflict.querySelector("[data-conflit-qui]").textContent = answer.qui;
    conflict.querySelector("[data-conflit-mots]").textContent = answer.mots || "pas de réponse";
    conflict.querySelector("[data-conflit-mot]").textContent = answer.mot;
    say("Pas encore enregistré : choisissez quelle réponse garder.", "alerte");
    const settle = (mine) => {
      conflict.hidden = true;
      blocked = false;
      field("version").value = answer.version;
      field("lu").value = answer.lu;
      saved = JSON.stringify([answer.choix, answer.mot]);
      if (!mine) {
        show([answer.choix, answer.mot]);
        memory.forget(key);
        say("C’est la réponse de votre collègue qui reste.");
      }
      field("mot").focus();
      save();
    };
    conflict.querySelector("[data-conflit-mien]").onclick = () => settle(true);
    conflict.querySelector("[data-conflit-site]").onclick = () => settle(false);
  }

  async function save() {
    clearTimeout(timer);
    const current = told();
    if (busy || blocked || current === saved) {
      return;
    }
    if (!navigator.onLine) {
      later("Hors connexion.");
      return;
    }
    busy = true;
    const sent = new FormData();
    sent.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    for (const name of ["choix", "mot", "version", "lu"]) {
      sent.set(`c${number}-${name}`, field(name).value);
    }
    try {
      const answer = await fetch(section.dataset.adresse, {
        method: "POST",
        body: sent,
        headers: { Accept: "application/json" },
      });
      if (answer.ok) {
        const done = await answer.json();
        field("version").value = done.version;
        field("lu").value = done.lu;
        progress.textContent = done.repondus;
        saved = JSON.stringify([done.choix, done.mot]);
        if (told() === current) {
          show([done.choix, done.mot]); // with what a colleague wrote beside
        }
        memory.forget(key);
        say(`Enregistré à ${hour(Date.now())}.`);
      } else if (answer.status === 409) {
        asked(await answer.json());
      } else if (answer.status === 422 || answer.status === 410) {
        say(`Pas enregistré. ${(await answer.json()).message}`, "alerte");
        blocked = answer.status === 410;
        keep();
      } else if (BUSY.has(answer.status)) {
        later("Le site est occupé : nouvel essai dans un instant.", Number(answer.headers.get("Retry-After")));
      } else {
        blocked = true;
        keep();
        say("Pas enregistré : rechargez la page. Votre réponse est gardée sur cet appareil.", "alerte");
      }
    } catch {
      later("La connexion est coupée : nouvel essai dans un instant.");
    } finally {
      busy = false;
    }
    if (told() !== current && told() !== saved && !blocked) {
      timer = setTimeout(save, DELAY); // typed meanwhile
    }
  }

  function changed() {
    clearTimeout(timer);
    if (told() !== saved && !blocked) {
      timer = setTimeout(save, DELAY);
    }
  }

  section.addEventListener("input", changed);
  section.addEventListener("change", changed);
  window.addEventListener("online", save);

  const kept = memory.read(key);
  if (Array.isArray(kept?.told)) {
    if (JSON.stringify(kept.told) === saved) {
      memory.forget(key);
    } else {
      // typed over the version it names: where a colleague answered since, it is asked about
      show(kept.told);
      field("version").value = kept.version;
      say("Retrouvé sur cet appareil, pas encore enregistré.", "alerte");
      save();
    }
  }

  return {
    pending: () => told() !== saved,
    sending: () => {
      blocked = true; // the whole page leaves: nothing else is sent
      clearTimeout(timer);
    },
    resume: () => {
      blocked = !conflict.hidden;
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
