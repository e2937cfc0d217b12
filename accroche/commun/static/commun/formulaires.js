// What every form that posts does: its button is off while it is on its way, what one typed beside it is asked
// about before it goes, and a refused one takes the focus. Without this file each form still works: its key
// makes it count once, and its summary has the focus of the page.

/** Milliseconds after which a page that is still here may send again: it was stopped, or a file came. */
const AGAIN = 30_000;
/** The same where photographs leave a phone, on a line of a few kilobytes a second. */
const AGAIN_FILES = 600_000;
/** Fields the browser sends that nobody typed. */
const OURS = new Set(["csrfmiddlewaretoken", "cle_envoi"]);

const posting = () => [...document.querySelectorAll("form[method=post]")];

function typed(form) {
  const pairs = [...new FormData(form)].map(([name, value]) => [name, typeof value === "string" ? value : value.name]);
  return JSON.stringify(pairs.filter(([name]) => !OURS.has(name)));
}

const began = new WeakMap();
const sending = new WeakSet();

/** A form that keeps itself, or whose ticks are no text of anybody's, says so: nobody is asked about it. */
const isKept = (form) => ["fiche", "semaine", "sansQuestion"].some((name) => name in form.dataset);

const isTyped = (form) => began.has(form) && !isKept(form) && typed(form) !== began.get(form);

// --- On its way -----------------------------------------------------------------------------------

function buttonsOf(form) {
  return [...form.elements].filter((field) => field.type === "submit" && !field.disabled);
}

function buttonsOff(form) {
  return [...form.elements].filter((field) => field.type === "submit" && field.disabled);
}

function turnOff(form, pressed) {
  sending.add(form);
  form.setAttribute("aria-busy", "true");
  const buttons = buttonsOf(form);
  // once the browser has read which one was pressed
  setTimeout(() => {
    for (const button of buttons) {
      button.disabled = true;
      button.dataset.enCours = "";
    }
    pressed?.setAttribute("aria-label", `${pressed.textContent.trim()}\u00a0: envoi en cours`);
  });
  setTimeout(() => turnOn(form), form.enctype === "multipart/form-data" ? AGAIN_FILES : AGAIN);
}

function turnOn(form) {
  sending.delete(form);
  form.removeAttribute("aria-busy");
  for (const button of form.elements) {
    if ("enCours" in button.dataset) {
      button.disabled = false;
      button.removeAttribute("aria-label");
      delete button.dataset.enCours;
    }
  }
}

// --- What was typed beside ------------------------------------------------------------------------

/** What a form calls its text: the name of its first field that changed. */
function wordsOf(form) {
  const field = [...form.elements].find(
    (one) => one.name && !OURS.has(one.name) && one.type !== "hidden" && one.type !== "submit" && differs(one),
  );
  const words = field?.labels?.[0]?.firstChild?.textContent.trim();
  return words ? `«\u00a0${words}\u00a0»` : "un autre formulaire de cette page";
}

function differs(field) {
  if (field.type === "checkbox" || field.type === "radio") {
    return field.checked !== field.defaultChecked;
  }
  if (field.options) {
    return [...field.options].some((option) => option.selected !== option.defaultSelected);
  }
  return field.value !== field.defaultValue;
}

/** The forms whose text is sent with this one, and saved with it (``data-avec``). */
const along = (form) => (form.dataset.avec || "").split(" ").filter(Boolean).map((id) => document.getElementById(id));

function carry(form) {
  for (const other of along(form).filter((one) => one && isTyped(one))) {
    for (const [name, value] of new FormData(other)) {
      if (!OURS.has(name) && !form.elements.namedItem(name) && typeof value === "string") {
        const field = document.createElement("input");
        [field.type, field.name, field.value] = ["hidden", name, value];
        form.append(field);
      }
    }
  }
}

function asked(form) {
  const taken = along(form);
  const others = posting().filter((other) => other !== form && !taken.includes(other) && isTyped(other));
  if (!others.length) {
    return true;
  }
  const where = others.map(wordsOf).join(", ");
  const question =
    `Vous avez écrit dans ${where}, et ce bouton ne l’enregistre pas.\n\n` +
    "Continuer sans l’enregistrer\u00a0? «\u00a0Annuler\u00a0» vous y ramène.";
  if (window.confirm(question)) {
    return true;
  }
  [...others[0].elements].find((one) => one.type !== "hidden" && differs(one))?.focus();
  return false;
}

// --- Seen again -----------------------------------------------------------------------------------

/** What a page that refused a form gives to the page of that form, once, in this tab. */
const SEEN_AGAIN = "accroche:revoir";

const pathOf = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;

function offerToSeeAgain(button) {
  const from = document.referrer ? new URL(document.referrer) : null;
  if (from?.origin !== location.origin) {
    return;
  }
  button.hidden = false;
  button.addEventListener("click", () => {
    const pairs = [...new FormData(button.form)].filter(([name]) => !OURS.has(name));
    try {
      sessionStorage.setItem(SEEN_AGAIN, JSON.stringify({ path: pathOf(button.form), pairs }));
    } catch {
      return; // nothing can be kept: the other button sends it
    }
    location.assign(from.href);
  });
}

/** Whether a form is the one that was sent: several of a page may post to one address. */
function isSame(form, { path, pairs }) {
  const told = new Map(pairs);
  const fixed = [...form.elements].filter(
    (field) => field.type === "hidden" && !OURS.has(field.name) && !MARKS.includes(field.name),
  );
  return pathOf(form) === path && fixed.every((field) => !field.value || told.get(field.name) === field.value);
}

/** What a form read of the site: what is written over it is compared with it, not with what is there now. */
const MARKS = ["version", "lu"];

async function seeAgain() {
  let held = null;
  try {
    held = JSON.parse(sessionStorage.getItem(SEEN_AGAIN));
    sessionStorage.removeItem(SEEN_AGAIN);
  } catch {
    return;
  }
  const form = held && posting().find((one) => isSame(one, held));
  if (!form) {
    return;
  }
  const { giveBack } = await import("./autosave.js");
  giveBack(form, held.pairs);
  for (const [name, value] of held.pairs.filter(([one]) => MARKS.includes(one))) {
    form.elements.namedItem(name).value = value;
  }
  form.querySelector("[data-garde]")?.setAttribute("hidden", "");
  form.dispatchEvent(new Event("input", { bubbles: true }));
  [...form.elements].find((field) => field.type !== "hidden" && field.type !== "submit" && field.value)?.focus();
}

// --- Listening ------------------------------------------------------------------------------------

let leaving = false;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") {
    return;
  }
  const elsewhere = (event.submitter?.formTarget || form.target) === "_blank";
  if (sending.has(form) && !elsewhere) {
    event.preventDefault();
    return;
  }
  if (elsewhere) {
    return;
  }
  if (!asked(form)) {
    event.preventDefault();
    return;
  }
  carry(form);
  leaving = true;
  setTimeout(() => {
    leaving = false;
  }, AGAIN);
  if (form.method === "post") {
    turnOff(form, event.submitter);
  }
});

window.addEventListener("beforeunload", (event) => {
  if (!leaving && posting().some(isTyped)) {
    event.preventDefault();
  }
});

// « page précédente »: the browser shows the page as it was left
window.addEventListener("pageshow", (event) => {
  leaving = false;
  if (event.persisted) {
    document.querySelectorAll("form").forEach(turnOn);
  }
});

for (const form of posting()) {
  // what a refused page gives back is stored nowhere else
  began.set(form, form.querySelector("[data-resume]") ? "" : typed(form));
  // a browser that reloads a page puts back what was off
  buttonsOff(form).forEach((button) => {
    button.disabled = false;
  });
}
document.querySelector("[data-resume]")?.focus();
document.querySelectorAll("[data-revoir]").forEach(offerToSeeAgain);
seeAgain();
