// The form of a sheet: saved while one types, kept on this device when the connection is cut, and lines
// added or removed without a new page. Without this file every button still works.

import { enhanceAll } from "../annuaire/combobox.js";

const DELAY = 1200;
const RETRY = 30_000;
const KEPT_DAYS = 30;
const PREFIX = "accroche:fiche:";
/** Fields the browser sends that nobody typed. */
const OURS = /^(csrfmiddlewaretoken|version|enregistrer|envoyer|ajouter|autre|site|choix-.*)$/;

const form = document.querySelector("form[data-fiche]");
const hour = (at) =>
  new Date(at).toLocaleTimeString("fr-FR", { hour: "numeric", minute: "2-digit" }).replace(":", " h ");
const day = (at) => new Date(at).toLocaleDateString("fr-FR", { day: "numeric", month: "long" });

// --- What this device keeps -----------------------------------------------------------------------

const memory = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null; // refused, or not ours
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false; // full, or a private window
    }
  },
  forget(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // nothing was kept
    }
  },
  /** Drop what was kept too long ago, and what `unwanted` says. */
  clean(unwanted) {
    let keys = [];
    try {
      keys = Object.keys(localStorage);
    } catch {
      return;
    }
    for (const key of keys.filter((name) => name.startsWith(PREFIX))) {
      const kept = this.read(key);
      if (!kept || Date.now() - kept.at > KEPT_DAYS * 86_400_000 || unwanted(key, kept)) {
        this.forget(key);
      }
    }
  },
};

/** What is typed in the form, as pairs of name and value. */
function typed() {
  return [...new FormData(form)].filter(([name, value]) => !OURS.test(name) && typeof value === "string");
}

/** The same text for the same answers: an empty line counts for nothing. */
function fingerprint(pairs) {
  return JSON.stringify(pairs.filter(([name, value]) => value !== "" && !/-(TOTAL|INITIAL)_FORMS$/.test(name)));
}

// --- Lines of a list ------------------------------------------------------------------------------

function addLine(list) {
  const total = list.querySelector("[name$=-TOTAL_FORMS]");
  const number = Number(total.value);
  const line = list.querySelector("template").content.firstElementChild.cloneNode(true);
  for (const element of [line, ...line.querySelectorAll("*")]) {
    for (const attribute of [...element.attributes]) {
      if (attribute.value.includes("__prefix__")) {
        element.setAttribute(attribute.name, attribute.value.replaceAll("__prefix__", String(number)));
      }
    }
  }
  list.querySelector("[data-lignes]").append(line);
  total.value = String(number + 1);
  enhanceAll();
  return line;
}

function fieldsOf(element) {
  return [...element.querySelectorAll("input, select, textarea")].filter((field) => !OURS.test(field.name));
}

function watchLists() {
  form.addEventListener("click", (event) => {
    const add = event.target.closest("[data-ajouter]");
    if (add) {
      event.preventDefault();
      fieldsOf(addLine(add.closest("[data-liste]")))
        .find((field) => field.type !== "hidden")
        .focus();
      return;
    }
    const remove = event.target.closest("[data-retirer]");
    if (remove) {
      const line = remove.closest("[data-ligne]");
      // an empty line is no line: the others keep their numbers
      for (const field of fieldsOf(line)) {
        field.value = "";
      }
      line.hidden = true;
      line.closest("[data-liste]").querySelector("[data-ajouter]").focus();
      form.dispatchEvent(new Event("input"));
    }
  });
}

// --- Giving back what was kept --------------------------------------------------------------------

function giveBack(pairs) {
  for (const list of form.querySelectorAll("[data-liste]")) {
    const wanted = pairs.find(([name]) => name === `${list.dataset.liste}-TOTAL_FORMS`);
    while (wanted && Number(list.querySelector("[name$=-TOTAL_FORMS]").value) < Number(wanted[1])) {
      addLine(list);
    }
  }
  const values = new Map();
  for (const [name, value] of pairs) {
    values.set(name, [...(values.get(name) || []), value]);
  }
  for (const field of fieldsOf(form)) {
    if (/_FORMS$/.test(field.name) || field.type === "submit" || !field.name) {
      continue;
    }
    const kept = values.get(field.name) || [];
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = kept.includes(field.value);
    } else {
      field.value = kept[0] ?? "";
    }
    if ((field.checked || (field.value && field.type !== "checkbox")) && kept.length) {
      field.closest("details")?.setAttribute("open", "");
    }
  }
}

function offer(kept, key, resume) {
  const box = form.querySelector("[data-garde]");
  box.querySelector("[data-garde-date]").textContent = `du ${day(kept.at)} à ${hour(kept.at)}`;
  box.hidden = false;
  box.querySelector("[data-garde-reprendre]").addEventListener("click", () => {
    giveBack(kept.pairs);
    box.hidden = true;
    resume();
    form.querySelector("[name=title]").focus();
  });
  box.querySelector("[data-garde-oublier]").addEventListener("click", () => {
    memory.forget(key);
    box.hidden = true;
    form.querySelector("[name=title]").focus();
  });
}

// --- Saving while one types -----------------------------------------------------------------------

function start() {
  const { fiche, personne, adresse } = form.dataset;
  const key = `${PREFIX}${personne}:${fiche}`;
  const version = form.querySelector("[name=version]");
  const status = form.querySelector("[data-etat]");
  // a page that gives back what it refused holds more than the site does
  const refused = "refusee" in form.dataset;
  let saved = refused ? "" : fingerprint(typed());
  let timer = 0;
  let busy = false;
  let blocked = false;

  function say(text, tone = "") {
    status.textContent = text;
    status.dataset.ton = tone;
  }

  function keep(more = {}) {
    return memory.write(key, {
      at: Date.now(),
      version: version ? Number(version.value) : null,
      pairs: typed(),
      ...more,
    });
  }

  function keptHere(at) {
    const told = adresse
      ? "Hors connexion : votre saisie est gardée sur cet appareil."
      : `Saisie gardée sur cet appareil à ${hour(at)}, pas encore enregistrée sur le site.`;
    say(told, adresse ? "alerte" : "");
  }

  async function send() {
    clearTimeout(timer);
    const current = fingerprint(typed());
    if (!adresse || busy || blocked || current === saved) {
      return;
    }
    if (!navigator.onLine) {
      keptHere(Date.now());
      return;
    }
    busy = true;
    try {
      const answer = await fetch(adresse, { method: "POST", body: new FormData(form) });
      if (answer.ok) {
        const told = await answer.json();
        version.value = String(told.version);
        saved = current;
        form.querySelector("[data-manque]").innerHTML = told.manque;
        say(`Enregistré à ${hour(Date.now())}`);
        if (fingerprint(typed()) === current) {
          memory.forget(key);
        }
      } else if (answer.status === 409) {
        blocked = true;
        say("La fiche a été modifiée ailleurs. Enregistrez : vous choisirez quoi garder.", "alerte");
      } else if (answer.status === 422) {
        say(`Pas encore enregistré. ${(await answer.json()).message}`, "alerte");
      } else {
        blocked = answer.status < 500;
        say("Pas enregistré sur le site : rechargez la page. Votre saisie est gardée sur cet appareil.", "alerte");
      }
    } catch {
      keptHere(Date.now());
      timer = setTimeout(send, RETRY);
    } finally {
      busy = false;
    }
    if (fingerprint(typed()) !== saved && !blocked && saved === current) {
      timer = setTimeout(send, DELAY); // typed meanwhile
    }
  }

  function changed() {
    if (fingerprint(typed()) === saved) {
      return;
    }
    const kept = keep();
    if (!adresse && kept && !blocked) {
      keptHere(Date.now());
    }
    clearTimeout(timer);
    timer = setTimeout(send, DELAY);
  }

  const before = memory.read(key);
  if (before && Array.isArray(before.pairs)) {
    const stored = version && before.sent && Number(version.value) > before.version;
    if (stored || fingerprint(before.pairs) === saved) {
      memory.forget(key);
    } else if (!refused) {
      offer(before, key, () => {
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
    if (fingerprint(typed()) !== saved) {
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
  (key, kept) =>
    (done && key.endsWith(`:${done}`)) ||
    (kept.sent && key.endsWith(":nouvelle") && form?.dataset.fiche && form.dataset.fiche !== "nouvelle"),
);
if (form) {
  start();
  watchLists();
  window.addEventListener("hashchange", reveal);
  reveal();
}
