// What would keep a sheet from being public, told under the field that says it, as soon as it is saved.

const box = (field) => field.closest(".fr-fieldset, .fr-input-group");

function describe(field, id, told) {
  const ids = (field.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id);
  if (told) {
    ids.push(id);
  }
  if (ids.length) {
    field.setAttribute("aria-describedby", ids.join(" "));
  } else {
    field.removeAttribute("aria-describedby");
  }
}

function line({ message, extrait }) {
  const told = document.createElement("p");
  told.className = "fr-message fr-message--warning";
  const words = document.createElement("span"); // one thing beside the sign
  words.append(message);
  if (extrait) {
    const quote = document.createElement("q");
    quote.textContent = extrait;
    words.append(" ", quote);
  }
  told.append(words);
  return told;
}

/** Ask what of the form would keep it from being public, as it is typed, and show it; nothing is written. */
export async function verify(form, address) {
  const typed = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  try {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(typed) });
    const told = answer.ok ? (await answer.json()).remarques : null;
    if (told) {
      tell(form, told);
    }
  } catch {
    // no connection: it is told when the form is sent
  }
}

/** Show `remarks` ({champ, message, extrait}) on the fields of the form, in place of those shown before. */
export function tell(form, remarks) {
  for (const old of form.querySelectorAll("[data-remarques]")) {
    const field = form.querySelector(`[aria-describedby~="${old.id}"]`);
    if (field) {
      describe(field, old.id, false);
    }
    old.remove();
  }
  form.querySelectorAll("[data-remarques-piece]").forEach((place) => place.replaceChildren());
  for (const remark of remarks) {
    const field = document.getElementById(remark.champ);
    const piece = field?.querySelector("[data-remarques-piece]");
    if (piece) {
      piece.append(line(remark));
      continue;
    }
    if (!field || !form.contains(field) || !box(field)) {
      continue;
    }
    const id = `${remark.champ}_remarques`;
    let place = document.getElementById(id);
    if (!place) {
      place = document.createElement("div");
      place.className = "a-remarques-champ";
      place.id = id;
      place.dataset.remarques = "";
      box(field).append(place);
      describe(field, id, true);
    }
    place.append(line(remark));
  }
}
