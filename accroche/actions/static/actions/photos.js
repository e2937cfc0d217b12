// Photographs chosen with the rest of a sheet: kept on this device as soon as they are chosen, sent by themselves
// one after the other once the sheet is there, each told by name with what becomes of it. Without this file they
// travel with the form.

import { A_MOMENT, day, hour } from "../commun/autosave.js";
import { isForeign, kept, lighter, many, megabytes, path, tab, unique, view } from "../commun/photos_gardees.js";
import { watchPreparation } from "./pieces.js";

const RETRY = 15_000;
const LATER = new Set([0, 429, 502, 503, 504]);
const place = document.querySelector("[data-photos]");
const form = place?.closest("form");

function start() {
  const { fiche, personne } = form.dataset;
  const { envoi } = place.dataset;
  const list = place.querySelector("[data-photos-liste]");
  const said = place.querySelector("[data-annonce]");
  const most = Number(place.dataset.fichiersAuPlus);
  const heaviest = Number(place.dataset.octetsAuPlus);
  const mine = tab();
  // without this file nothing waits on the device
  for (const words of place.querySelectorAll("[data-photos-attente]")) words.hidden = false;
  /** The rows that wait, by number: what is kept, its row on the page, whether it is refused. */
  const rows = new Map();
  let sending = null;
  let waits = 0;

  const announce = (words) => {
    said.textContent = words;
  };

  // --- One row ------------------------------------------------------------------------------------

  function part(row, name) {
    return row.querySelector(`[data-photo-${name}]`);
  }

  function tell(row, words, tone = "") {
    const state = part(row, "etat");
    state.textContent = words;
    state.dataset.ton = tone;
    part(row, "reessayer").hidden = tone !== "alerte";
  }

  function show(photo, isKept) {
    const row = place.querySelector("[data-photos-modele]").content.firstElementChild.cloneNode(true);
    const isImage = photo.file.type.startsWith("image/");
    part(row, "nom").textContent = photo.file.name;
    part(row, "retirer").setAttribute("aria-label", `Retirer ${photo.file.name}`);
    part(row, "reessayer").setAttribute("aria-label", `Réessayer d’envoyer ${photo.file.name}`);
    part(row, "progres").setAttribute("aria-label", `Envoi de ${photo.file.name}`);
    row.querySelectorAll("[data-photo-image]").forEach((field) => {
      field.hidden = !isImage;
    });
    const caption = part(row, "caption");
    caption.id = `photo-${photo.id}`;
    part(row, "pour").htmlFor = caption.id;
    // of no form: what is said of a file travels with the file
    caption.setAttribute("form", "aucun");
    caption.value = photo.caption;
    caption.addEventListener("input", () => {
      photo.caption = caption.value;
      kept.write(photo);
    });
    row.querySelectorAll("[data-photo-accord]").forEach((radio) => {
      radio.setAttribute("form", "aucun");
      radio.name = `photo-${photo.id}-accord`;
      radio.id = `${radio.name}-${radio.value}`;
      radio.nextElementSibling.htmlFor = radio.id;
      radio.checked = radio.value === photo.consent;
      radio.addEventListener("change", () => {
        photo.consent = radio.value;
        kept.write(photo);
      });
    });
    part(row, "retirer").addEventListener("click", () => drop(photo, "est retiré"));
    part(row, "reessayer").addEventListener("click", () => {
      rows.get(photo.id).refused = false;
      waits = 0;
      work();
    });
    list.append(row);
    rows.set(photo.id, { photo, row, refused: false });
    const where = isKept ? "Gardé sur cet appareil" : "Prêt à partir";
    tell(row, envoi ? `${where}, en attente d’envoi (${megabytes(photo.file.size)}).` : `${where}\u00a0: partira avec la fiche (${megabytes(photo.file.size)}).`);
    view(photo.file).then((address) => {
      if (address) {
        const image = document.createElement("img");
        image.className = "a-piece__image";
        image.alt = photo.file.name;
        image.src = address;
        part(row, "vue").append(image);
      }
    });
    return row;
  }

  function drop(photo, words) {
    const row = rows.get(photo.id)?.row;
    if (!row) {
      return;
    }
    rows.delete(photo.id);
    kept.forget(photo.id);
    if (sending?.id === photo.id) {
      sending.request.abort();
    }
    announce(`${photo.file.name} ${words}.`);
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    (next?.querySelector("[data-photo-retirer]") || fields[0])?.focus();
  }

  // --- Sending ------------------------------------------------------------------------------------

  /** What the site holds of it takes the place of the row, with what was typed in it. */
  function arrived({ photo, row }, told) {
    rows.delete(photo.id);
    kept.forget(photo.id);
    const model = document.createElement("template");
    model.innerHTML = told.html.trim();
    const fresh = model.content.firstElementChild;
    const there = document.getElementById(fresh.id);
    const caption = fresh.querySelector("[name$=-caption]");
    const agreed = fresh.querySelector("[name$=-consent]:checked");
    const isNew = caption.value !== photo.caption || (agreed && agreed.value !== photo.consent);
    caption.value = photo.caption;
    fresh.querySelectorAll("[name$=-consent]").forEach((radio) => {
      radio.checked = radio.value === photo.consent;
    });
    const focused = row.contains(document.activeElement) ? document.activeElement : null;
    if (there) {
      row.remove(); // sent twice: its first answer was lost
    } else {
      row.replaceWith(fresh);
      if (focused?.matches("[data-photo-caption]")) {
        const at = focused.selectionStart;
        caption.focus();
        caption.setSelectionRange(at, at);
      } else if (focused) {
        (fresh.querySelector(`[value="${focused.value}"]`) || caption).focus();
      }
      watchPreparation(list);
    }
    announce(`${photo.file.name} est joint à la fiche.`);
    // a draft that saves itself also learns what it now lacks; elsewhere, only what was typed meanwhile is new
    if (isNew || form.dataset.adresse) {
      form.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function sent(held) {
    const { photo, row } = held;
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const body = new FormData();
      body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
      body.set("fichiers", photo.file, photo.file.name);
      body.set("caption", photo.caption);
      body.set("consent", photo.consent);
      const progress = part(row, "progres");
      let told = 0;
      progress.hidden = false;
      progress.value = 0;
      tell(row, `Envoi en cours (${megabytes(photo.file.size)})…`);
      request.upload.addEventListener("progress", (event) => {
        const share = Math.floor((100 * event.loaded) / event.total);
        progress.value = share;
        // in words by quarters: a voice that reads each one would say nothing else
        const quarter = share - (share % 25);
        if (quarter !== told) {
          told = quarter;
          tell(row, share < 100 ? `Envoi en cours\u00a0: ${quarter}\u00a0% de ${megabytes(photo.file.size)}.` : "Envoyé, le site le vérifie…");
        }
      });
      const ended = () => {
        progress.hidden = true;
        resolve(request);
      };
      ["load", "error", "abort", "timeout"].forEach((name) => request.addEventListener(name, ended));
      request.open("POST", envoi);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.timeout = 15 * 60_000;
      sending = { id: photo.id, request };
      request.send(body);
    }).finally(() => {
      sending = null;
    });
  }

  const waiting = () => [...rows.values()].filter((held) => !held.refused);

  /** Send what waits, one after the other; a file that is refused stays, with why, and stops no other. */
  async function work() {
    if (!envoi || sending || waits) {
      return;
    }
    const held = waiting()[0];
    if (!held) {
      settled();
      return;
    }
    const answer = await sent(held);
    if (!rows.has(held.photo.id)) {
      work(); // removed meanwhile
      return;
    }
    const told = answer.response || {};
    if (answer.status === 200 && told.html) {
      arrived(held, told);
    } else if (LATER.has(answer.status) || answer.status === 409) {
      const seconds = Number(answer.getResponseHeader("Retry-After")) || RETRY / 1000;
      const why = answer.status === 0 ? "La connexion est coupée" : told.message || "Le site est très occupé";
      tell(held.row, `${why} Il reste gardé sur cet appareil\u00a0: nouvel essai dans un instant.`.replace(/([^.]) Il reste/, "$1. Il reste"), "alerte");
      waits = setTimeout(() => {
        waits = 0;
        work();
      }, seconds * 1000);
      settled();
      return;
    } else {
      held.refused = true;
      const why = told.message || "Le site ne l’a pas pris. Réessayez, ou rechargez la page.";
      tell(held.row, `Pas joint. ${why}`, "alerte");
      announce(`${held.photo.file.name} n’est pas joint. ${why}`);
    }
    work();
  }

  window.addEventListener("online", () => {
    clearTimeout(waits);
    waits = 0;
    work();
  });

  // --- Choosing -----------------------------------------------------------------------------------

  const fields = [...place.querySelectorAll("input[type=file]")];

  async function choose(field) {
    const files = [...field.files];
    field.value = ""; // what saves itself meanwhile carries no file
    for (const file of files) {
      const held = list.querySelectorAll("[data-piece]").length + rows.size;
      if (held >= most) {
        announce(`La fiche a ses ${most} fichiers\u00a0: ${file.name} n’est pas ajouté.`);
        break;
      }
      announce(`${file.name} se prépare…`);
      const light = await lighter(file);
      if (isForeign(light)) {
        refuse(light, place.dataset.heic);
        continue;
      }
      if (light.size > heaviest) {
        refuse(light, `Il pèse ${megabytes(light.size)}, ${megabytes(heaviest)} au plus. ${field.dataset.tropGros}`);
        continue;
      }
      const photo = {
        id: unique(),
        at: Date.now(),
        personne,
        fiche,
        onglet: mine,
        file: light,
        caption: "",
        consent: "pending",
      };
      const isKept = await kept.write(photo);
      // without a sheet yet, what this device cannot keep travels with the form
      if (!isKept && !envoi) {
        const back = new DataTransfer();
        files.slice(files.indexOf(file)).forEach((one) => back.items.add(one));
        field.files = back.files;
        announce("");
        return;
      }
      show(photo, isKept);
      announce(`${file.name} est choisi.`);
    }
    work();
  }

  /** Told at once, before a slow line carries what the site would refuse. */
  function refuse(file, why) {
    const photo = { id: unique(), file, caption: "", consent: "pending" };
    const row = show(photo, false);
    row.querySelectorAll("[data-photo-image]").forEach((field) => {
      field.hidden = true;
    });
    rows.delete(photo.id);
    tell(row, `Pas joint. ${why}`, "alerte");
    part(row, "reessayer").hidden = true;
    part(row, "retirer").addEventListener("click", () => row.remove());
    announce(`${file.name} n’est pas joint. ${why}`);
  }

  fields.forEach((field) => {
    delete field.dataset.octetsAuPlus; // a photograph too large as it was taken is drawn smaller first
    field.addEventListener("change", () => choose(field));
  });

  // --- Leaving ------------------------------------------------------------------------------------

  let leaving = null;

  /** The form that waited for its files goes, or stays with what to do. */
  function settled() {
    if (!leaving) {
      return;
    }
    const left = [...rows.values()];
    if (left.length && waiting().length && !waits) {
      return;
    }
    const button = leaving;
    leaving = null;
    form.querySelector("[data-photos-envoi]")?.remove();
    if (left.length) {
      const names = left.map(({ photo }) => photo.file.name).join(", ");
      const words = `Votre texte est gardé. ${many(left.length, "fichier n’est pas parti", "fichiers ne sont pas partis")}\u00a0: ${names}. Réessayez ou retirez-le, puis envoyez.`;
      announce(words);
      form.dispatchEvent(new CustomEvent("envoi-suspendu", { bubbles: true }));
      left[0].row.scrollIntoView({ block: "center" });
      part(left[0].row, "reessayer").focus();
      return;
    }
    form.requestSubmit(button);
  }

  // before whoever else hears it: the page does not leave while files are on their way
  window.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form) {
        return;
      }
      if (!envoi) {
        path.follow(); // the draft's own page goes on with them
        return;
      }
      // a draft is saved at once, and its page goes on with the files; what is sent to the académie has them
      if (!rows.size || event.submitter?.name !== "envoyer") {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      leaving = event.submitter;
      const words = document.createElement("p");
      words.className = "fr-mt-2w";
      words.setAttribute("role", "status");
      words.dataset.photosEnvoi = "";
      form.querySelector("[data-photos-envoi]")?.remove();
      leaving?.parentElement.append(words);
      words.textContent = `${many(rows.size, "fichier part", "fichiers partent")} d’abord\u00a0: la suite vient d’elle-même.`;
      for (const held of rows.values()) {
        held.refused = false;
      }
      clearTimeout(waits);
      waits = 0;
      work();
    },
    { capture: true },
  );

  // --- Coming back --------------------------------------------------------------------------------

  async function again() {
    const found = await kept.all();
    const here = (photo) => photo.fiche === fiche && photo.personne === personne;
    const leads = path.leads();
    // this tab's first page led here, or its person signed in on the way
    const followed = (photo) =>
      photo.onglet === mine &&
      photo.fiche === "nouvelle" &&
      (leads || fiche === "nouvelle") &&
      [personne, "visiteur"].includes(photo.personne);
    const own = found.filter((photo) => (here(photo) && fiche !== "nouvelle") || followed(photo));
    for (const photo of own) {
      Object.assign(photo, { fiche, personne, onglet: mine });
      show(photo, await kept.write(photo));
    }
    // on a shared computer, what a visitor chose is nobody's who signs in later
    const offered = (photo) =>
      photo.personne === personne || (photo.personne === "visiteur" && Date.now() - photo.at < A_MOMENT);
    const others = found.filter((photo) => !own.includes(photo) && photo.fiche === "nouvelle" && offered(photo));
    if (others.length) {
      offer(others);
    }
    work();
  }

  function offer(photos) {
    const box = place.querySelector("[data-photos-gardees]");
    const [{ at }] = photos;
    place.querySelector("[data-photos-combien]").textContent =
      `${many(photos.length, "fichier choisi", "fichiers choisis")} le ${day(at)} à ${hour(at)} dans une page fermée depuis ${photos.length > 1 ? "sont encore gardés" : "est encore gardé"} sur cet appareil.`;
    box.hidden = false;
    box.querySelector("[data-photos-reprendre]").addEventListener("click", async () => {
      box.hidden = true;
      for (const photo of photos) {
        Object.assign(photo, { fiche, personne, onglet: mine });
        show(photo, await kept.write(photo));
      }
      fields[0]?.focus();
      work();
    });
    box.querySelector("[data-photos-effacer]").addEventListener("click", () => {
      box.hidden = true;
      photos.forEach((photo) => kept.forget(photo.id));
      fields[0]?.focus();
    });
  }

  again();
}

const done = document.querySelector("[data-purger]")?.dataset.purger;
if (done) {
  // the sheet is sent: nothing of it stays here
  kept.all().then((found) => found.filter((photo) => photo.fiche === done).forEach((photo) => kept.forget(photo.id)));
}
if (place) {
  start();
}
