// The form of a sheet: saved while one types, kept on this device when the connection is cut, and lines
// added or removed without a new page. Without this file every button still works.

import { enhanceAll } from "../annuaire/combobox.js";
import { fingerprint, hour, keeperOf, memory, offer, typed, watchLists } from "../commun/autosave.js";
import { tell, verify } from "./remarques.js";

const DELAY = 1200;
const RETRY = 30_000;
/** The site or what stands before it cannot answer now, and says so: it will. */
const LATER = new Set([429, 502, 503, 504]);
const PREFIX = "accroche:fiche:";
/** Fields of a sheet that are never published. */
const SECRET = /^(email|private_\w+)$/;

const form = document.querySelector("form[data-fiche]");

// --- Saving while one types -----------------------------------------------------------------------

function start() {
  const { fiche, personne, adresse, verifier } = form.dataset;
  const keeper = keeperOf(PREFIX, personne, fiche, SECRET);
  const version = form.querySelector("[name=version]");
  const status = form.querySelector("[data-etat]");
  // a page that gives back what it refused holds more than the site does
  const refused = "refusee" in form.dataset;
  let saved = refused ? "" : fingerprint(typed(form));
  let timer = 0;
  let busy = false;
  let blocked = false;

  function say(text, tone = "") {
    status.textContent = text;
    status.dataset.ton = tone;
  }

  function keep(more = {}) {
    return keeper.write({
      at: Date.now(),
      version: version ? Number(version.value) : null,
      pairs: typed(form),
      ...more,
    });
  }

  function keptHere(at) {
    const told = adresse
      ? "Hors connexion\u00a0: votre saisie est gardée sur cet appareil."
      : `Saisie gardée sur cet appareil à ${hour(at)}, pas encore enregistrée sur le site.`;
    say(told, adresse ? "alerte" : "");
  }

  async function send() {
    clearTimeout(timer);
    const current = fingerprint(typed(form));
    if (!adresse || busy || blocked || current === saved) {
      return;
    }
    if (!navigator.onLine) {
      keptHere(Date.now());
      return;
    }
    busy = true;
    try {
      const answer = await fetch(adresse, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
      });
      if (answer.ok) {
        const told = await answer.json();
        version.value = String(told.version);
        saved = current;
        const missing = form.querySelector("[data-manque]");
        missing.innerHTML = told.manque;
        missing.hidden = false;
        tell(form, told.remarques);
        say(`Enregistré à ${hour(Date.now())}`);
        if (fingerprint(typed(form)) === current) {
          keeper.forget();
        }
      } else if (answer.status === 409) {
        blocked = true;
        say("La fiche a été modifiée ailleurs. Enregistrez\u00a0: vous choisirez quoi garder.", "alerte");
      } else if (answer.status === 429) {
        // too often for now: what was typed is kept here, and sent when there is room again
        timer = setTimeout(send, 1000 * Number(answer.headers.get("Retry-After") || 60));
        say("Pas encore enregistré sur le site\u00a0: nouvel essai dans un instant.", "alerte");
      } else if (answer.status === 422) {
        say(`Pas encore enregistré. ${(await answer.json()).message}`, "alerte");
      } else if (LATER.has(answer.status)) {
        const seconds = Number(answer.headers.get("Retry-After")) || 0;
        say("Pas encore enregistré sur le site, qui est trop occupé. Rien n’est perdu\u00a0: nous réessayons.", "alerte");
        timer = setTimeout(send, seconds ? seconds * 1000 : RETRY);
      } else {
        blocked = answer.status < 500;
        say("Pas enregistré sur le site\u00a0: rechargez la page. Votre saisie est gardée sur cet appareil.", "alerte");
      }
    } catch {
      keptHere(Date.now());
      timer = setTimeout(send, RETRY);
    } finally {
      busy = false;
    }
    if (fingerprint(typed(form)) !== saved && !blocked && saved === current) {
      timer = setTimeout(send, DELAY); // typed meanwhile
    }
  }

  function changed() {
    if (fingerprint(typed(form)) === saved) {
      return;
    }
    const kept = keep();
    if (!adresse && kept && !blocked) {
      keptHere(Date.now());
    }
    clearTimeout(timer);
    timer = setTimeout(verifier ? check : send, DELAY);
  }

  /** What others read changes when one says so; what would keep it from them is told before. */
  function check() {
    if (!blocked && navigator.onLine) {
      verify(form, verifier);
    }
  }

  const before = keeper.read();
  if (before && Array.isArray(before.pairs)) {
    const stored = version && before.sent && Number(version.value) > before.version;
    if (stored || fingerprint(before.pairs) === saved) {
      keeper.forget(before);
    } else if (!refused) {
      offer(form, before, () => keeper.forget(before), () => {
        // what was typed over an older version is compared, never written over a newer one
        if (version && before.version !== null) {
          version.value = String(before.version);
        }
        changed();
      });
    }
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  window.addEventListener("online", send);
  window.addEventListener("offline", () => {
    if (fingerprint(typed(form)) !== saved) {
      keptHere(Date.now());
    }
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    blocked = true; // the page leaves: nothing else is sent
    keep({ sent: true });
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      blocked = false;
    }
  });
}

/** A link to a field that is folded away unfolds it. */
function reveal() {
  const target = document.getElementById(location.hash.slice(1));
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
}

const done = document.querySelector("[data-purger]")?.dataset.purger;
// once a draft exists, what its first page kept has arrived; once it is sent, all has
memory.clean(
  PREFIX,
  (key, kept) =>
    (done && key.endsWith(`:${done}`)) ||
    (kept.sent && key.endsWith(":nouvelle") && form?.dataset.fiche && form.dataset.fiche !== "nouvelle"),
);
if (form) {
  start();
  watchLists(form);
  form.addEventListener("lignes", enhanceAll);
  window.addEventListener("hashchange", reveal);
  reveal();
}
