// Five buttons above each rich text, which write its signs. Without this file one types them, and the page tells them.

const TOOLS = [
  ["Gras", "G", bold],
  ["Intertitre", "T", (area) => signLines(area, () => "## ")],
  ["Liste", "•", (area) => signLines(area, () => "- ")],
  ["Liste numérotée", "1.", (area) => signLines(area, (number) => `${number}. `)],
  ["Lien", "Lien", link],
];
const SIGN = /^(## |- |\d{1,2}\. )/;

/** Put `text` over what is between `start` and `end`, as if it were typed: what undoes typing undoes it. */
function put(area, text, start, end) {
  area.focus();
  area.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function bold(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end);
  const inside = words.trim();
  const around = value.slice(start - 2, start) === "**" && value.slice(end, end + 2) === "**";
  if (around) {
    put(area, words, start - 2, end + 2);
    area.setSelectionRange(start - 2, end - 2);
    return;
  }
  const told = inside || "gras";
  const lead = words.slice(0, words.length - words.trimStart().length);
  put(area, `${lead}**${told}**${inside ? words.slice(words.trimEnd().length) : ""}`, start, end);
  const from = start + lead.length + 2;
  area.setSelectionRange(from, from + told.length);
}

/** Give the lines of the selection a sign, or take it away where all have it. */
function signLines(area, signOf) {
  const { selectionStart, selectionEnd, value } = area;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const stop = value.indexOf("\n", selectionEnd);
  const end = stop < 0 ? value.length : stop;
  const lines = value.slice(start, end).split("\n");
  let number = 0;
  const signs = lines.map((line) => (line.trim() || lines.length === 1 ? signOf((number += 1)) : ""));
  const all = lines.every((line, at) => line.startsWith(signs[at]));
  const told = lines.map((line, at) => (all ? line.slice(signs[at].length) : signs[at] + line.replace(SIGN, "")));
  put(area, told.join("\n"), start, end);
  area.setSelectionRange(start, start + told.join("\n").length);
  if (lines.length === 1) {
    area.setSelectionRange(area.selectionEnd, area.selectionEnd);
  }
}

function link(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end);
  const address = /^https?:\/\/\S+$/.test(words);
  put(area, address ? `[lien](${words})` : `[${words || "lien"}](https://)`, start, end);
  if (address) {
    area.setSelectionRange(start + 1, start + 5);
  } else {
    const at = start + `[${words || "lien"}](https://`.length;
    area.setSelectionRange(at, at);
  }
}

/** A list goes on with the next line; an element left empty ends it. */
function goOn(event) {
  const area = event.target;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || area.selectionStart !== area.selectionEnd) {
    return;
  }
  const here = area.selectionStart;
  const start = area.value.lastIndexOf("\n", here - 1) + 1;
  const line = area.value.slice(start, here);
  const found = /^(- |(\d{1,2})\. )/.exec(line);
  if (!found) {
    return;
  }
  event.preventDefault();
  if (line === found[0]) {
    put(area, "", start, here);
  } else {
    put(area, `\n${found[2] ? `${Number(found[2]) + 1}. ` : "- "}`, here, here);
  }
}

function toolbar(area) {
  const bar = document.createElement("div");
  bar.className = "a-signes";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Mise en forme");
  bar.setAttribute("aria-controls", area.id);
  const buttons = TOOLS.map(([name, sign, act], at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "a-signes__un";
    button.tabIndex = at ? -1 : 0;
    button.title = name;
    button.setAttribute("aria-label", name);
    button.textContent = sign;
    button.addEventListener("click", () => act(area));
    return button;
  });
  bar.append(...buttons);
  // one stop of the tabulation key, arrows inside
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement);
    if (step && at >= 0) {
      event.preventDefault();
      const next = buttons[(at + step + buttons.length) % buttons.length];
      for (const button of buttons) {
        button.tabIndex = button === next ? 0 : -1;
      }
      next.focus();
    }
  });
  area.before(bar);
  area.addEventListener("keydown", goOn);
}

export function toolbars(form) {
  const dress = () => {
    for (const area of form.querySelectorAll("textarea[data-redige]")) {
      if (!area.previousElementSibling?.classList.contains("a-signes")) {
        toolbar(area);
      }
    }
  };
  dress();
  form.addEventListener("lignes", dress);
}
