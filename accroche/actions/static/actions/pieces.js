// Says that files are on their way: on a school's line ten megabytes take a while.
// Without this file the form works the same, without a word.

document.querySelectorAll("form[data-pieces]").forEach((form) => {
  form.addEventListener("submit", () => {
    form.querySelector("[data-attente]").hidden = false;
    form.querySelector("button[type=submit]").disabled = true;
  });
  // back from the cache of the browser: ready again
  window.addEventListener("pageshow", () => {
    form.querySelector("[data-attente]").hidden = true;
    form.querySelector("button[type=submit]").disabled = false;
  });
});

// Shows each image once it is prepared, in its place: what is typed beside it stays. Without this file,
// « Actualiser » does the same.
const FIRST = 2000;
const SLOWEST = 15000;
const watched = new WeakSet();

async function look(pieces, wait) {
  const next = Math.min(wait * 1.3, SLOWEST);
  const later = (when) => setTimeout(look, when, pieces, when);
  let fresh;
  try {
    const answer = await fetch(window.location.pathname, { headers: { Accept: "text/html" } });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    // the network came and went: a later look may do
    later(next);
    return;
  }
  const told = [];
  pieces.querySelectorAll("li[id]").forEach((piece) => {
    const other = fresh.getElementById(piece.id);
    const [before, after] = [piece, other].map((one) => one?.querySelector("[data-vue]"));
    if (before && after && before.dataset.vue !== after.dataset.vue) {
      before.replaceWith(document.adoptNode(after));
      const [name, remarks] = ["[data-nom]", "[data-remarques-piece]"];
      piece.querySelector(name).textContent = other.querySelector(name).textContent;
      piece.querySelector(remarks).replaceWith(document.adoptNode(other.querySelector(remarks)));
      told.push(
        `${piece.querySelector(name).textContent}\u00a0: ${after.dataset.vue === "ready" ? "prête" : "voir le message"}`,
      );
    }
  });
  if (told.length) {
    document.querySelector("[data-annonce]").textContent = told.join(". ");
  }
  if (fresh.querySelector("[data-preparation]")) {
    later(told.length ? FIRST : next);
    return;
  }
  watched.delete(pieces);
  if (fresh.querySelector('[data-vue="preparing"]') && !pieces.closest("form")) {
    // interrupted: the page says so, with what to do; one where somebody types waits for its author
    window.location.reload();
  }
}

/** Look again until every image of a list is prepared. */
export function watchPreparation(pieces) {
  if (!watched.has(pieces) && pieces.querySelector('[data-vue="preparing"]')) {
    watched.add(pieces);
    setTimeout(look, FIRST, pieces, FIRST);
  }
}

document.querySelectorAll("[data-preparation]").forEach(watchPreparation);
