// Tells how far some work is, and shows the page anew when it is done. Without it, « Actualiser » does the same.

const EVERY = 1500;
const place = document.querySelector("[data-avancement]");

async function look() {
  let told;
  try {
    const answer = await fetch(place.dataset.avancement, { headers: { Accept: "application/json" } });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    told = await answer.json();
  } catch {
    // the network came and went: the next look may do
    setTimeout(look, EVERY * 4);
    return;
  }
  if (told.over) {
    window.location.reload();
    return;
  }
  if (told.words) {
    place.querySelector("[data-compte]").textContent = told.words;
  }
  const number = new Intl.NumberFormat("fr-FR");
  const bar = place.querySelector("progress");
  if (told.done && !told.words) {
    const words = told.done > 1 ? "lignes faites" : "ligne faite";
    const all = told.total ? ` sur ${number.format(told.total)}` : "";
    place.querySelector("[data-compte]").textContent = `${number.format(told.done)} ${words}${all}`;
  }
  if (told.done && told.total) {
    bar.max = told.total;
    bar.value = told.done;
  }
  setTimeout(look, EVERY);
}

if (place) {
  setTimeout(look, EVERY);
}
