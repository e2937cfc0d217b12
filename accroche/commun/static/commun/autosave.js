// What every long form shares: a copy of what is typed kept on this device while the connection is cut, given
// back afterwards, and lists whose lines come and go. Without this file every button still works.

const KEPT_DAYS = 30;

// by this device's own clock: « 18 h », « 9 h 05 », « 1er novembre »
export const hour = (at) => {
  const minutes = new Date(at).getMinutes();
  return `${new Date(at).getHours()}\u00a0h${minutes ? `\u00a0${String(minutes).padStart(2, "0")}` : ""}`;
};
export const day = (at) =>
  new Date(at)
    .toLocaleDateString("fr-FR", { day: "numeric", month: "long" })
    .replace(/^1 /, "1er ")
    .replace(" ", "\u00a0");

// --- What this device keeps -----------------------------------------------------------------------

/** Fields the browser sends that nobody typed. */
const OURS = /^(csrfmiddlewaretoken|cle_envoi|version|lu|enregistrer|envoyer|ajouter|retirer|monter|descendre|autre|site|choix-.*)$/;

/** What `storage` gives: it may be refused as soon as it is asked for. */
const kept = (storage) => ({
  read(key) {
    try {
      return JSON.parse(storage().getItem(key));
    } catch {
      return null; // refused, or not ours
    }
  },
  write(key, value) {
    try {
      storage().setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false; // full, or a private window
    }
  },
  forget(key) {
    try {
      storage().removeItem(key);
    } catch {
      // nothing was kept
    }
  },
});

/** What this tab alone keeps, until it is closed. */
const tab = kept(() => sessionStorage);

export const memory = {
  ...kept(() => localStorage),
  /** Drop what was kept under `prefix` too long ago, and what `unwanted` says. */
  clean(prefix, unwanted) {
    let keys = [];
    try {
      keys = Object.keys(localStorage);
    } catch {
      return;
    }
    for (const key of keys.filter((name) => name.startsWith(prefix))) {
      const kept = this.read(key);
      if (!kept || Date.now() - kept.at > KEPT_DAYS * 86_400_000 || unwanted(key, kept)) {
        this.forget(key);
      }
    }
  },
};

// --- Whose it is ----------------------------------------------------------------------------------

/** Who has not signed in; and for how long what they typed is offered to who then signs in, in another tab. */
const VISITOR = "visiteur";
export const A_MOMENT = 30 * 60_000;

/** What is kept of one form for one person, or for a visitor, who may sign in meanwhile.
 *
 * A computer may be shared. What a person kept is read by that person only. What a visitor typed that is never
 * published (`secret`: names of fields) stays in their tab; the rest is offered to the next visitor, and to who
 * signs in: in that very tab, or within half an hour.
 */
export function keeperOf(prefix, person, subject, secret) {
  const [own, visitor] = [person, VISITOR].map((who) => `${prefix}${who}:${subject}`);
  const open = (pairs) => pairs.filter(([name]) => !secret.test(name));

  function ofVisitor() {
    const found = memory.read(visitor);
    if (!Array.isArray(found?.pairs)) {
      return null;
    }
    const mine = tab.read(visitor);
    const here = mine?.at === found.at;
    return { ...found, here, pairs: [...open(found.pairs), ...(here ? mine.pairs : [])] };
  }

  function handedOver() {
    const found = ofVisitor();
    const recent = found && !found.sent && Date.now() - found.at < A_MOMENT;
    return found && (found.here || recent) ? { ...found, before: true } : null;
  }

  return {
    read() {
      if (person === VISITOR) {
        return ofVisitor();
      }
      const [mine, theirs] = [memory.read(own), handedOver()];
      return theirs && theirs.at > (mine?.at ?? 0) ? theirs : mine;
    },
    write(value) {
      if (person !== VISITOR) {
        return memory.write(own, value);
      }
      tab.write(own, { at: value.at, pairs: value.pairs.filter(([name]) => secret.test(name)) });
      return memory.write(own, { ...value, pairs: open(value.pairs) });
    },
    /** Forget what was read; a visitor's that is offered to somebody else goes with it. */
    forget(found) {
      memory.forget(own);
      if (person === VISITOR || found?.before) {
        memory.forget(visitor);
        tab.forget(visitor);
      }
    },
  };
}

/** What is typed in the form, as pairs of name and value. */
export function typed(form) {
  return [...new FormData(form)].filter(([name, value]) => !OURS.test(name) && typeof value === "string");
}

/** The same text for the same answers: an empty line counts for nothing, nor does which field comes first. */
export function fingerprint(pairs) {
  const told = pairs.filter(([name, value]) => value !== "" && !/-(TOTAL|INITIAL)_FORMS$/.test(name));
  return JSON.stringify(told.sort(([one], [other]) => (one < other ? -1 : Number(one > other))));
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
  list.dispatchEvent(new CustomEvent("lignes", { bubbles: true }));
  return line;
}

function fieldsOf(element) {
  return [...element.querySelectorAll("input, select, textarea")].filter((field) => !OURS.test(field.name));
}

/** Put what is typed in one line into the other, and the other way round: their numbers are their order. */
function swap(line, other) {
  const [mine, theirs] = [line, other].map(fieldsOf);
  mine.forEach((field, position) => {
    const twin = theirs[position];
    [field.value, twin.value] = [twin.value, field.value];
    [field.checked, twin.checked] = [twin.checked, field.checked];
  });
}

function move(button, step) {
  const line = button.closest("[data-ligne]");
  const lines = [...line.parentElement.children].filter((one) => !one.hidden);
  const other = lines[lines.indexOf(line) + step];
  if (other) {
    swap(line, other);
    other.querySelector(step < 0 ? "[data-monter]" : "[data-descendre]").focus();
  }
}

/** Lines added, removed and moved without a new page. */
export function watchLists(form) {
  form.addEventListener("click", (event) => {
    const add = event.target.closest("[data-ajouter]");
    if (add) {
      event.preventDefault();
      fieldsOf(addLine(add.closest("[data-liste]")))
        .find((field) => field.type !== "hidden")
        .focus();
      return;
    }
    const mover = event.target.closest("[data-monter], [data-descendre]");
    if (mover) {
      event.preventDefault();
      move(mover, "monter" in mover.dataset ? -1 : 1);
      form.dispatchEvent(new Event("input"));
      return;
    }
    const remove = event.target.closest("[data-retirer]");
    if (remove) {
      event.preventDefault();
      const line = remove.closest("[data-ligne]");
      // an empty line is no line: the others keep their numbers
      for (const field of fieldsOf(line)) {
        field.value = field.type === "checkbox" ? field.value : "";
        field.checked = false;
      }
      line.hidden = true;
      line.closest("[data-liste]").querySelector("[data-ajouter]").focus();
      form.dispatchEvent(new Event("input"));
    }
  });
}

// --- Giving back what was kept --------------------------------------------------------------------

export function giveBack(form, pairs) {
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

/** Offer what this device kept; `resume` goes on with it once it is back in the form. */
export function offer(form, kept, forget, resume) {
  const box = form.querySelector("[data-garde]");
  box.querySelector("[data-garde-date]").textContent = `du ${day(kept.at)} à ${hour(kept.at)}`;
  box.querySelector("[data-garde-avant]").hidden = !kept.before;
  box.hidden = false;
  box.querySelector("[data-garde-reprendre]").addEventListener("click", () => {
    giveBack(form, kept.pairs);
    box.hidden = true;
    if (kept.before) {
      forget(); // from now on it is theirs who took it up
    }
    resume();
    (form.querySelector("[data-debut]") || form.querySelector("[name=title]")).focus();
  });
  box.querySelector("[data-garde-oublier]").addEventListener("click", () => {
    forget();
    box.hidden = true;
    (form.querySelector("[data-debut]") || form.querySelector("[name=title]")).focus();
  });
}
