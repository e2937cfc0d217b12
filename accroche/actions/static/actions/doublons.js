// Says under the title, while one types, that a sheet resembles this one. Without this file the académie
// still sees it when it reads the sheet.

const DELAY = 400;
const SHORTEST = 4;

function line(fiche) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = fiche.adresse;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = fiche.titre;
  const hint = document.createElement("span");
  hint.className = "fr-sr-only";
  hint.textContent = " (nouvelle fenêtre)";
  link.append(hint);
  const details = document.createElement("span");
  details.className = "a-discret";
  details.textContent = ` ${fiche.etablissements} – ${fiche.etat}. ${fiche.raison}`;
  item.append(link, details);
  return item;
}

function watch(place) {
  const form = place.closest("form");
  const title = form?.querySelector("[name=title]");
  const school = form?.querySelector("[name=etablissement]");
  if (!title || !school) {
    return;
  }
  let timer = 0;
  let request = null;
  let asked = "";

  function show(fiches) {
    place.replaceChildren();
    if (fiches.length > 0) {
      const words = document.createElement("p");
      words.className = "a-doublons__titre";
      words.textContent =
        fiches.length === 1
          ? "Une fiche ressemblante existe déjà\u00a0:"
          : `${fiches.length} fiches ressemblantes existent déjà\u00a0:`;
      const list = document.createElement("ul");
      list.append(...fiches.map(line));
      place.append(words, list);
    }
  }

  async function ask() {
    const data = new URLSearchParams({ title: title.value.trim(), etablissement: school.value.trim() });
    if (place.dataset.fiche) {
      data.set("fiche", place.dataset.fiche);
    }
    if (title.value.trim().length < SHORTEST || !school.value.trim()) {
      asked = "";
      show([]);
      return;
    }
    // without a connection there is nobody to ask: the next change asks again
    if (!navigator.onLine || data.toString() === asked) {
      return;
    }
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(`${place.dataset.url}?${data}`, { signal: request.signal });
      if (answer.ok) {
        asked = data.toString();
        show((await answer.json()).fiches);
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        show([]); // no connection: nothing to say, and nothing that stops the writing
      }
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY);
  }

  [title, school].forEach((field) => {
    field.addEventListener("input", later);
    field.addEventListener("change", later);
  });
  later();
}

document.querySelectorAll("[data-doublons-liste]").forEach(watch);
