// A field that suggests while one types: the ARIA combobox pattern with a list of options. Without scripts the
// field still takes what is typed.

import { place, whenSeenChanges } from "./place.js";

const DELAY = 150;
const SHORTEST = 2;

let made = 0;

/**
 * Makes `box` (its `input`, its listbox, its status) suggest what `box.dataset.url` answers to `q`.
 *
 * `read` gives the options of an answer, `draw` fills the item of one, `chosen` does what choosing one does,
 * and `told` words how many there are, in `box`, of an answer.
 */
export function combobox(box, { read, draw, chosen, told }) {
  const input = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  const status = box.querySelector("[role=status]");
  let options = [];
  let active = -1;
  let timer = 0;
  let request = null;

  list.id = `${input.id || `combobox-${made}`}-liste`;
  made += 1;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("autocomplete", "off");

  function close() {
    clearTimeout(timer);
    request?.abort();
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
    const option = options[index];
    close();
    chosen(option, { input, status });
  }

  function show(found, said) {
    options = found;
    list.replaceChildren(
      ...found.map((option, position) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${position}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.className = "a-combobox__option";
        draw(item, option);
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
        });
        item.addEventListener("click", () => choose(position));
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
    status.textContent = told(found.length, box, said);
  }

  async function ask() {
    const text = input.value.trim();
    request?.abort();
    if (text.length < SHORTEST) {
      close();
      status.textContent = "";
      return;
    }
    request = new AbortController();
    const address = new URL(box.dataset.url, window.location.href);
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address, { signal: request.signal });
      if (answer.ok && document.activeElement === input) {
        const said = await answer.json();
        show(read(said), said);
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        close(); // no connection: what is typed is looked up when the form is sent
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

/** Fills the item of an option with its name, and what tells it apart. */
export function twoLines(item, name, more) {
  const first = document.createElement("span");
  first.className = "a-combobox__nom";
  first.textContent = name;
  const second = document.createElement("span");
  second.className = "a-combobox__lieu";
  second.textContent = more;
  item.append(first, " ", second);
}
