// A semaine's own page: what is typed is kept on this device until « Enregistrer », since saving is publishing.

import { fingerprint, hour, memory, offer, typed, watchLists } from "../commun/autosave.js";

const DELAY = 500;
const PREFIX = "accroche:semaine:";

const form = document.querySelector("form[data-semaine]");

function start() {
  const { semaine, personne } = form.dataset;
  const key = `${PREFIX}${personne}:${semaine}`;
  const version = form.querySelector("[name=version]");
  const status = form.querySelector("[data-etat]");
  // a page that gives back what it refused holds more than the site does
  const saved = "refusee" in form.dataset ? "" : fingerprint(typed(form));
  let timer = 0;

  const usual = status.textContent;

  function say(text, tone = "") {
    status.textContent = text || usual;
    status.dataset.ton = tone;
  }

  function keep(more = {}) {
    return memory.write(key, { at: Date.now(), version: Number(version.value), pairs: typed(form), ...more });
  }

  function save() {
    clearTimeout(timer);
    if (fingerprint(typed(form)) === saved) {
      memory.forget(key);
      say("");
    } else if (keep()) {
      const where = `Saisie gardée sur cet appareil à ${hour(Date.now())}`;
      say(navigator.onLine ? `${where}, pas encore enregistrée.` : `Hors connexion. ${where}.`, navigator.onLine ? "" : "alerte");
    } else {
      say("Cet appareil ne peut rien garder\u00a0: enregistrez souvent.", "alerte");
    }
  }

  const before = memory.read(key);
  if (before && Array.isArray(before.pairs)) {
    const arrived = before.sent && Number(version.value) > before.version;
    if (arrived || "enregistree" in form.dataset || fingerprint(before.pairs) === saved) {
      memory.forget(key);
    } else if (!("refusee" in form.dataset)) {
      offer(form, before, () => memory.forget(key), () => {
        // typed over an older version: the site compares, it never writes over a newer one unseen
        version.value = String(before.version);
        save();
      });
    }
  }

  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(save, DELAY);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  for (const event of ["online", "offline"]) {
    window.addEventListener(event, () => {
      if (fingerprint(typed(form)) !== saved) {
        save();
      }
    });
  }
  form.addEventListener("submit", (event) => {
    keep({ sent: !("apercu" in (event.submitter?.dataset ?? {})) });
    if (!navigator.onLine) {
      // the browser would leave for its own page of error
      event.preventDefault();
      save();
      say("Hors connexion\u00a0: votre saisie est gardée sur cet appareil. Enregistrez quand le réseau revient.", "alerte");
    }
  });
}

memory.clean(PREFIX, () => false);
if (form) {
  start();
  watchLists(form);
}
