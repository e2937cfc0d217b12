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
const pieces = document.querySelector("[data-preparation]");
const FIRST = 2000;
const SLOWEST = 15000;

async function look(wait) {
  const next = Math.min(wait * 1.3, SLOWEST);
  let fresh;
  try {
    const answer = await fetch(window.location.pathname, { headers: { Accept: "text/html" } });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    // the network came and went: a later look may do
    setTimeout(look, next, next);
    return;
  }
  const told = [];
  pieces.querySelectorAll("li[id]").forEach((piece) => {
    const other = fresh.getElementById(piece.id);
    const [before, after] = [piece, other].map((one) => one?.querySelector("[data-vue]"));
    if (after && before.dataset.vue !== after.dataset.vue) {
      before.replaceWith(document.adoptNode(after));
      const [name, remarks] = ["[data-nom]", "[data-remarques]"];
      piece.querySelector(name).textContent = other.querySelector(name).textContent;
      piece.querySelector(remarks).replaceWith(document.adoptNode(other.querySelector(remarks)));
      told.push(
        `${piece.querySelector(name).textContent} : ${after.dataset.vue === "ready" ? "prête" : "voir le message"}`,
      );
    }
  });
  if (told.length) {
    document.querySelector("[data-annonce]").textContent = told.join(". ");
  }
  if (fresh.querySelector("[data-preparation]")) {
    setTimeout(look, told.length ? FIRST : next, told.length ? FIRST : next);
  } else if (fresh.querySelector('[data-vue="preparing"]')) {
    // interrupted: the page says so, with what to do
    window.location.reload();
  }
}

if (pieces) {
  setTimeout(look, FIRST, FIRST);
}
