// What a document does besides being read: contents that follow, a search within, printing, and folds that open
// for who comes to what they hold. All is there to read without it.

const text = document.querySelector(".doc-text");
const tools = document.querySelector(".doc-tools");
const narrow = matchMedia("(width < 62rem)");

document.documentElement.dataset.docScript = "";
for (const tool of tools?.querySelectorAll("[data-doc-script]") ?? []) {
  tool.hidden = false;
}
tools?.querySelector("[data-doc-print]")?.addEventListener("click", () => print());

// -- folds: open where there is room, as the style shows them; what an address or a link names is shown --------

const drawers = [...(tools?.querySelectorAll(".doc-drawer") ?? [])];
const room = matchMedia("(width >= 48rem)");
const spread = () => {
  for (const drawer of drawers) {
    drawer.open = !narrow.matches;
  }
  for (const fold of room.matches ? text.querySelectorAll(".doc-fold") : []) {
    fold.open = true;
  }
};

if (text) {
  spread();
  narrow.addEventListener("change", spread);
  room.addEventListener("change", spread);
}
for (const drawer of drawers) {
  drawer.addEventListener("toggle", () => {
    if (!narrow.matches || !drawer.open) {
      return;
    }
    for (const other of drawers) {
      other.open = other === drawer;
    }
    drawer.querySelector("input")?.focus();
  });
}

const unfold = (element) => {
  const own = element.querySelector(":scope > .doc-fold");
  for (let fold = own ?? element.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
};

const reveal = () => {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target && text?.contains(target)) {
    unfold(target);
    target.scrollIntoView();
  }
};

addEventListener("hashchange", reveal);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('.doc a[href^="#"]');
  if (!link) {
    return;
  }
  if (narrow.matches && link.closest(".doc-drawer")) {
    link.closest(".doc-drawer").open = false;
  }
  if (link.hash === location.hash) {
    reveal();
  }
});
reveal();

// -- contents: the part being read is marked, and kept in sight ----------------------------------

const contents = tools?.querySelector(".doc-contents-list");
const entries = new Map([...(contents?.querySelectorAll("a") ?? [])].map((link) => [link.hash.slice(1), link]));
const seen = new Set();
const watcher = new IntersectionObserver(
  (changes) => {
    for (const change of changes) {
      seen[change.isIntersecting ? "add" : "delete"](change.target.id);
    }
    mark([...entries.keys()].filter((id) => seen.has(id)).at(-1));
  },
  { rootMargin: "-15% 0px -80% 0px" },
);

const mark = (id) => {
  const link = entries.get(id);
  const before = contents.querySelector("[aria-current]");
  if (!link || link === before) {
    return;
  }
  before?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  const frame = contents.closest(narrow.matches ? ".doc-panel" : ".doc-tool-contents");
  const place = link.getBoundingClientRect().top - frame.getBoundingClientRect().top;
  if (frame.clientHeight && (place < 0 || place > frame.clientHeight - link.offsetHeight)) {
    frame.scrollTop += place - frame.clientHeight / 3;
  }
};

for (const id of entries.keys()) {
  const part = document.getElementById(id);
  if (part) {
    watcher.observe(part);
  }
}

// -- search: passages that hold the words, accents or not, each with the part it is in -----------

const LEAST = 2;
const MOST = 50;
const AROUND = 60;
const BLOCKS = "h2, h3, h4, h5, h6, p, li, dt, dd, th, td, caption, figcaption, text";
const ASIDE = ".doc-index .doc-list, .doc-neighbours, .doc-back, .doc-toggle, .doc-hidden, [aria-hidden=true], .doc-map-drawing";

const plain = (words) =>
  words.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’ʼ]/g, "'").replace(/\s+/g, " ").toLowerCase();

let passages = null;
const read = () =>
  (passages ??= [...text.querySelectorAll(BLOCKS)]
    .filter((block) => !block.querySelector(BLOCKS) && !block.closest(ASIDE))
    .map((block) => {
      const words = block.textContent.normalize("NFC").replace(/\s+/g, " ").trim();
      return { block, words, plain: plain(words) };
    })
    .filter((passage) => passage.words));

const around = (passage, wanted) => {
  const { words } = passage;
  const at = passage.plain.indexOf(wanted);
  const from = at > AROUND ? words.lastIndexOf(" ", at - AROUND) + 1 : 0;
  const end = words.indexOf(" ", at + wanted.length + AROUND);
  return `${from ? "… " : ""}${words.slice(from, end < 0 ? undefined : end)}${end < 0 ? "" : " …"}`;
};

const find = tools?.querySelector(".doc-tool-find");
const input = find?.querySelector("input");
const told = find?.querySelector(".doc-find-count");
const list = find?.querySelector(".doc-find-list");

const show = (passage) => {
  unfold(passage.block);
  if (narrow.matches) {
    find.querySelector("details").open = false;
  }
  text.querySelector(".doc-found")?.classList.remove("doc-found");
  passage.block.classList.add("doc-found");
  passage.block.tabIndex = -1;
  passage.block.focus({ preventScroll: true });
  passage.block.scrollIntoView({ block: "center" });
};

const search = () => {
  const wanted = plain(input.value.trim());
  list.replaceChildren();
  if (wanted.length < LEAST) {
    told.textContent = "";
    return;
  }
  const found = read().filter((passage) => passage.plain.includes(wanted));
  const more = found.length > MOST ? `, dont voici les ${MOST} premiers` : "";
  told.textContent = found.length
    ? `${found.length} ${found.length > 1 ? "passages" : "passage"}${more}`
    : "Aucun passage.";
  for (const passage of found.slice(0, MOST)) {
    const button = document.createElement("button");
    const where = document.createElement("strong");
    button.type = "button";
    where.textContent = passage.block.closest("section:not(.doc-plain)")?.querySelector("h2, h3, h4, h5, h6")?.textContent ?? "";
    button.append(where, ` ${around(passage, wanted)}`);
    button.addEventListener("click", () => show(passage));
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  }
};

let waiting = 0;
input?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 150);
});
input?.addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    event.preventDefault();
    search();
    list.querySelector("button")?.focus();
  }
});
