// What every long form shares: a copy of what is typed kept on this device while the connection is cut, given
// back afterwards, and lists whose lines come and go. Without this file every button still works.

const KEPT_DAYS = 30;

// by this device's own clock: « 18 h », « 9 h 05 », « 1er novembre »
export const hour = (at) => {
  const minutes = new Date(at).getMinutes();
  return `${new Date(at).getHours()}\u00a0h${minutes ? `\u00a0${String(minutes).padStart(2, "0")}` : ""}`;
};
export const day = (at) =>
  new Date(at).toLocaleDateString("fr-FR", { day: "numeric", month: "long" }).replace(/^1 /, "1er ");

// --- What this device keeps -----------------------------------------------------------------------

/** Fields the browser sends that nobody typed. */
const OURS = /^(csrfmiddlewaretoken|cle_envoi|version|lu|enregistrer|envoyer|ajouter|retirer|monter|descendre|autre|site|choix-.*)$/;

export const memory = {
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

/** What is typed in the form, as pairs of name and value. */
export function typed(form) {
  return [...new FormData(form)].filter(([name, value]) => !OURS.test(name) && typeof value === "string");
}

/** The same text for the same answers: an empty line counts for nothing. */
export function fingerprint(pairs) {
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
export function offer(form, kept, key, resume) {
  const box = form.querySelector("[data-garde]");
  box.querySelector("[data-garde-date]").textContent = `du ${day(kept.at)} à ${hour(kept.at)}`;
  box.hidden = false;
  box.querySelector("[data-garde-reprendre]").addEventListener("click", () => {
    giveBack(form, kept.pairs);
    box.hidden = true;
    resume();
    (form.querySelector("[data-debut]") || form.querySelector("[name=title]")).focus();
  });
  box.querySelector("[data-garde-oublier]").addEventListener("click", () => {
    memory.forget(key);
    box.hidden = true;
    (form.querySelector("[data-debut]") || form.querySelector("[name=title]")).focus();
  });
}
