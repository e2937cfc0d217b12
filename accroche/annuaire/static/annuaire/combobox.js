// Suggests schools while one types: the ARIA combobox pattern with a list of options.
// Without this file the field still takes a name or a UAI.

import { place, whenSeenChanges } from "../commun/place.js";

const DELAY = 150;
const SHORTEST = 2;

function enhance(box, number) {
  const input = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  const status = box.querySelector("[role=status]");
  let options = [];
  let active = -1;
  let timer = 0;
  let request = null;

  list.id = `${input.id || `etablissement-${number}`}-liste`;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("autocomplete", "off");

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    active = index;
    [...list.children].forEach((item, position) => {
      item.setAttribute("aria-selected", String(position === index));
    });
    if (index >= 0) {
      input.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function choose(index) {
    input.value = options[index].label;
    close();
    status.textContent = `${options[index].name} choisi.`;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function show(found) {
    options = found;
    list.replaceChildren(
      ...found.map((school, position) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${position}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.className = "a-combobox__option";
        const name = document.createElement("span");
        name.className = "a-combobox__nom";
        name.textContent = school.name;
        const place = document.createElement("span");
        place.className = "a-combobox__lieu";
        place.textContent = school.place;
        item.append(name, " ", place);
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          choose(position);
        });
        return item;
      }),
    );
    list.hidden = found.length === 0;
    if (found.length) {
      place(input, list);
    }
    active = -1;
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
    status.textContent =
      found.length === 0
        ? "Aucun établissement trouvé."
        : `${found.length} ${found.length > 1 ? "établissements" : "établissement"}, flèche bas pour choisir.`;
  }

  async function ask() {
    const text = input.value.trim();
    if (text.length < SHORTEST) {
      close();
      return;
    }
    request?.abort();
    request = new AbortController();
    try {
      const address = `${box.dataset.url}?q=${encodeURIComponent(text)}`;
      const answer = await fetch(address, { signal: request.signal });
      if (answer.ok && document.activeElement === input) {
        show((await answer.json()).schools);
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        close(); // no connection: the name typed is looked up when the form is sent
      }
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY);
  });
  input.addEventListener("blur", close);
  whenSeenChanges(() => {
    if (!list.hidden) {
      place(input, list);
    }
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) {
      if (event.key === "ArrowDown") {
        ask();
      }
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((active + step + options.length) % options.length);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
}

let enhanced = 0;

/** Enhances the fields that are not yet: also those another script has added. */
export function enhanceAll() {
  document.querySelectorAll("[data-combobox]:not([data-pret])").forEach((box) => {
    box.dataset.pret = "";
    enhance(box, enhanced);
    enhanced += 1;
  });
}

enhanceAll();
