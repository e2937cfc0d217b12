// The queue by keyboard. Without this file everything is there, by tabulation and by mouse.

const OFF = "accroche.sans-raccourcis";
const list = document.querySelector("[data-file]");
const form = document.getElementById("lot");
const dialog = document.getElementById("aide-clavier");
const lines = list ? [...list.querySelectorAll(".a-ligne")] : [];

const link = (line) => line.querySelector(".a-ligne__lien");
const box = (line) => line.querySelector("input[type=checkbox]");
const current = () => lines.findIndex((line) => line.contains(document.activeElement));
const checked = () => lines.filter((line) => box(line)?.checked);

function stored() {
  try {
    return localStorage.getItem(OFF);
  } catch {
    return null; // a browser that keeps nothing: the keys stay on
  }
}

function count() {
  const place = document.querySelector("[data-compte]");
  if (!place) return;
  const number = checked().length;
  const words = number > 1 ? "fiches cochées" : "fiche cochée";
  place.textContent = number ? `${number}\u00a0${words}\u00a0:` : "";
}

function go(step) {
  const here = current();
  const next = here < 0 ? (step > 0 ? 0 : lines.length - 1) : here + step;
  const line = lines[Math.min(Math.max(next, 0), lines.length - 1)];
  link(line).focus();
  line.scrollIntoView({ block: "nearest" });
}

function toggle() {
  const tick = lines[current()] && box(lines[current()]);
  if (!tick) return;
  tick.checked = !tick.checked;
  count();
}

function publish() {
  const button = form.querySelector("button[value=publish]");
  const here = lines[current()];
  if (!button) return;
  if (!checked().length && here && box(here)) box(here).checked = true;
  if (checked().length) form.requestSubmit(button);
}

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  o: () => lines[current()] && link(lines[current()]).click(),
  x: toggle,
  p: publish,
  "?": () => dialog.showModal(),
};

function typing(target) {
  if (target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName)) return true;
  return target.tagName === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target) || document.querySelector("dialog[open]") || stored()) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

if (lines.length) {
  document.addEventListener("keydown", press);
  list.addEventListener("change", count);
  count();
  window.addEventListener("pageshow", count); // a browser going back keeps the ticks
  document.querySelector("[data-aide]").addEventListener("click", () => dialog.showModal());
  const keys = document.querySelector("[data-raccourcis]");
  keys.checked = !stored();
  keys.addEventListener("change", () => {
    try {
      if (keys.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch {
      keys.checked = true;
    }
  });
  document.querySelector("[data-tout]")?.addEventListener("click", () => {
    const all = checked().length < lines.length;
    lines.map(box).filter(Boolean).forEach((tick) => {
      tick.checked = all;
    });
    count();
  });
}
