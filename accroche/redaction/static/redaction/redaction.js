// A part of the report, written: saved by itself while one types, kept on this device when it cannot be, with who
// else is there. Without this file the buttons of the page do all of it.

import { fingerprint, hour, memory, offer, typed, watchLists } from "../commun/autosave.js";
import { toolbars } from "./mise_en_forme.js";

const DELAY = 2000;
const RETRY = 30_000;
const SIGN = 20_000;
const PREFIX = "accroche:rapport:";
const BUSY = new Set([429, 502, 503, 504]);

const form = document.querySelector("form[data-partie]");

function start() {
  const { partie, personne, enregistrer, presence, connexion } = form.dataset;
  const key = `${PREFIX}${personne}:${partie}`;
  const read = form.elements.namedItem("lu");
  const status = form.querySelector("[data-etat]");
  const conflict = form.querySelector("[data-conflit]");
  const others = form.querySelector("[data-autres]");
  const preview = document.querySelector("[data-apercu-ici]");
  const state = document.querySelector("[data-etat-partie]");
  const told = () => fingerprint(typed(form));
  // where saving is publishing, it is asked for
  const automatic = "automatique" in form.dataset;
  // a page that gives back what it refused holds more than the site does
  let saved = "refusee" in form.dataset ? "" : told();
  let timer = 0;
  let busy = false;
  let blocked = "refusee" in form.dataset;
  let leaving = false;

  function say(text, tone = "") {
    status.textContent = text;
    status.dataset.ton = tone;
  }

  function keep(more = {}) {
    return memory.write(key, { at: Date.now(), version: read.value, pairs: typed(form), ...more });
  }

  function kept(text) {
    say(keep() ? `${text} Votre texte est gardé sur cet appareil.` : `${text} Cet appareil ne peut rien garder.`, "alerte");
  }

  function later(text, seconds = 0) {
    kept(text);
    clearTimeout(timer);
    timer = setTimeout(save, seconds ? seconds * 1000 : RETRY);
  }

  function asked({ qui, quand }) {
    blocked = true;
    const who = qui === "vous" ? "Vous avez enregistré cette partie dans une autre fenêtre" : `${qui || "Quelqu’un d’autre"} a enregistré cette partie`;
    conflict.querySelector("[data-conflit-mots]").textContent = `${who}${quand ? `, le ${quand}` : ""}.`;
    conflict.hidden = false;
    kept("Pas encore enregistré.");
  }

  /** The session has ended: signing in happens beside, and what is typed stays here. */
  function signedOut() {
    blocked = true;
    kept("Votre connexion a pris fin : rien n’est perdu.");
    const link = document.createElement("a");
    link.href = connexion;
    link.target = "_blank";
    link.textContent = "Se connecter dans un nouvel onglet";
    const words = document.createElement("span");
    words.textContent = ", puis rechargez cette page.";
    status.append(" ", link, words);
  }

  async function save() {
    clearTimeout(timer);
    const current = told();
    if (busy || blocked || leaving || current === saved) {
      return;
    }
    if (!navigator.onLine) {
      later("Hors connexion.");
      return;
    }
    busy = true;
    try {
      const answer = await fetch(enregistrer, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
      });
      const json = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (answer.redirected || answer.status === 401 || answer.status === 403 || (answer.ok && !json)) {
        signedOut();
      } else if (answer.ok) {
        const done = await answer.json();
        read.value = done.lu;
        saved = current;
        preview.innerHTML = done.apercu;
        state.textContent = done.etat;
        state.className = state.className.replace(/--\w+$/, `--${done.code}`);
        document.querySelector("[data-versions]").hidden = false;
        memory.forget(key);
        say(`Enregistré à ${hour(Date.now())}.${done.melange ? " Une autre personne a écrit à côté : rechargez la page pour la lire." : ""}`);
      } else if (answer.status === 409) {
        asked(await answer.json());
      } else if (answer.status === 422 || answer.status === 410) {
        const { message } = await answer.json();
        blocked = answer.status === 410;
        kept(`Pas encore enregistré. ${message}`);
      } else if (BUSY.has(answer.status)) {
        later("Le site est occupé : nouvel essai dans un instant.", Number(answer.headers.get("Retry-After")));
      } else {
        blocked = true;
        kept("Pas enregistré : rechargez la page.");
      }
    } catch {
      later("La connexion est coupée : nouvel essai dans un instant.");
    } finally {
      busy = false;
    }
    if (told() !== current && told() !== saved) {
      changed(); // typed meanwhile
    }
  }

  function changed() {
    clearTimeout(timer);
    if (told() === saved) {
      return;
    }
    if (blocked || !automatic) {
      timer = setTimeout(() => {
        if (!blocked) {
          say(keep() ? `Gardé sur cet appareil à ${hour(Date.now())}, pas encore enregistré.` : "Cet appareil ne peut rien garder : enregistrez souvent.");
        } else {
          keep();
        }
      }, 500);
      return;
    }
    timer = setTimeout(save, DELAY);
  }

  async function beThere() {
    if (document.hidden || leaving || !navigator.onLine) {
      return;
    }
    const sent = new FormData();
    sent.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    try {
      const answer = await fetch(presence, { method: "POST", body: sent, headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) {
        return;
      }
      const { autres, lu, qui, quand } = await answer.json();
      const words = [];
      if (autres.length) {
        words.push(`${autres.join(", ")} ${autres.length > 1 ? "ont" : "a"} aussi cette page ouverte.`);
      }
      if (!busy && lu !== read.value && qui) {
        words.push(`${qui === "vous" ? "Vous avez" : `${qui} a`} enregistré une version plus récente, le ${quand} : rechargez la page pour la lire.`);
      }
      if (others.textContent.trim() !== words.join(" ")) {
        others.textContent = words.join(" ");
      }
      others.hidden = !words.length;
    } catch {
      // no connection: the next sign tells
    }
  }

  const before = memory.read(key);
  if (before && Array.isArray(before.pairs)) {
    if ("enregistree" in form.dataset || fingerprint(before.pairs) === saved) {
      memory.forget(key);
    } else if (!("refusee" in form.dataset)) {
      offer(form, before, () => memory.forget(key), () => {
        // typed over what was read then: the site compares, it never writes over a newer one unseen
        read.value = before.version;
        changed();
      });
    }
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  window.addEventListener("online", save);
  form.addEventListener("submit", (event) => {
    keep();
    if (!navigator.onLine) {
      // the browser would leave for its own page of error
      event.preventDefault();
      kept("Hors connexion : enregistrez quand le réseau revient.");
      return;
    }
    leaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    // what this device keeps is there again next time
    if (!leaving && told() !== saved && !keep()) {
      event.preventDefault();
    }
  });
  beThere();
  setInterval(beThere, SIGN);
  document.addEventListener("visibilitychange", beThere);
}

memory.clean(PREFIX, () => false);
if (form) {
  start();
  watchLists(form);
  toolbars(form);
}
