// A part of the report, written: saved by itself while one types, kept on this device when it cannot be, with who
// else is there. Without this file the buttons of the page do all of it.

import { fingerprint, hour, memory, offer, typed, watchLists } from "../commun/autosave.js";
import { enregistreur } from "../commun/enregistreur.js";
import { toolbars } from "./mise_en_forme.js";

const DELAY = 2000;
const SIGN = 20_000;
const PREFIX = "accroche:rapport:";

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
  // a page that gives back what it refused holds more than the site does: its buttons send it
  const refused = "refusee" in form.dataset;
  let timer = 0;
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

  function asked({ qui, quand }) {
    const who = qui === "vous" ? "Vous avez enregistré cette partie dans un autre onglet" : `${qui || "Quelqu’un d’autre"} a enregistré cette partie`;
    conflict.querySelector("[data-conflit-mots]").textContent = `${who}${quand ? `, le ${quand}` : ""}.`;
    conflict.hidden = false;
    kept("Pas encore enregistré.");
  }

  /** The session has ended: signing in happens beside, and what is typed stays here. */
  function signedOut() {
    kept("Votre connexion a pris fin\u00a0: rien n’est perdu.");
    const link = document.createElement("a");
    link.href = connexion;
    link.target = "_blank";
    link.textContent = "Se connecter dans un nouvel onglet";
    const words = document.createElement("span");
    words.textContent = ", puis rechargez cette page.";
    status.append(" ", link, words);
  }

  const saver = enregistreur({
    address: enregistrer,
    delay: DELAY,
    told,
    body: () => new FormData(form),
    kept,
    saved(done, current) {
      read.value = done.lu;
      preview.innerHTML = done.apercu;
      state.textContent = done.etat;
      state.className = state.className.replace(/--\w+$/, `--${done.code}`);
      document.querySelector("[data-versions]").hidden = false;
      memory.forget(key);
      const beside = done.melange ? " Une autre personne a écrit à côté\u00a0: rechargez la page pour la lire." : "";
      say(`Enregistré à ${hour(Date.now())}.${beside}`);
      return current;
    },
    stale: asked,
    out: signedOut,
  });
  if (refused) {
    saver.holds("");
    say("Pas encore enregistré sur le site\u00a0: touchez «\u00a0Enregistrer\u00a0».", "alerte");
  }
  if (refused || !automatic) {
    saver.block();
  }

  function changed() {
    if (!saver.blocked()) {
      saver.changed();
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!saver.pending()) {
        return;
      }
      const here = keep();
      if (!automatic || refused) {
        say(here ? `Gardé sur cet appareil à ${hour(Date.now())}, pas encore enregistré.` : "Cet appareil ne peut rien garder\u00a0: enregistrez souvent.");
      }
    }, 500);
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
      if (!saver.busy() && lu !== read.value && qui) {
        words.push(`${qui === "vous" ? "Vous avez" : `${qui} a`} enregistré une version plus récente, le ${quand}\u00a0: rechargez la page pour la lire.`);
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
    if ("enregistree" in form.dataset || fingerprint(before.pairs) === told()) {
      memory.forget(key);
    } else if (!refused) {
      offer(form, before, () => memory.forget(key), () => {
        // typed over what was read then: the site compares, it never writes over a newer one unseen
        read.value = before.version;
        changed();
      });
    }
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    keep();
    if (!navigator.onLine) {
      // the browser would leave for its own page of error
      event.preventDefault();
      kept("Hors connexion\u00a0: enregistrez quand le réseau revient.");
      return;
    }
    leaving = true;
    saver.block();
  });
  window.addEventListener("pageshow", (event) => {
    leaving = false;
    if (event.persisted && !refused && automatic) {
      saver.release();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    // what this device keeps is there again next time
    if (!leaving && saver.pending() && !keep()) {
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
