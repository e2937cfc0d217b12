// Draws the actions that the server counted: a marker for each group, a list beside it that says the same.
//
// Without this script the page lists them by département. A marker is a real button, named in words; one of them at a
// time is reached by the tabulation key, arrows lead to its neighbours. Where the map stands is in the fragment of the
// address: « #6/46.5/2.4 », zoom, latitude, longitude.

import { fillInsets } from "./cartons.js";
import { draw } from "./contours.js";

/** Milliseconds: before the map asks, and before it says that it waits. */
const REST = 150;
const SLOW = 500;
/** The zooms the server answers. */
const ZOOMS = [2, 17];
/** Of the places in the list beside; the rest are on the map. */
const LISTED = 30;
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

const home = document.querySelector("[data-carte]");
// without the library that draws, the list by département is the page
if (home && window.L) start(home);

function start(root) {
  // a map has to know how large it is
  root.hidden = false;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const map = L.map(part("toile"), {
    minZoom: ZOOMS[0],
    maxZoom: ZOOMS[1],
    // quarters: the country fits a phone; tiles are drawn for whole zooms
    zoomSnap: part("toile").closest("[data-tuiles]") ? 1 : 0.25,
    zoomControl: false,
    attributionControl: false,
    // a wheel moves the page until the map is pressed or reached by the keyboard
    scrollWheelZoom: false,
    worldCopyJump: true,
    zoomAnimation: !STILL.matches,
    fadeAnimation: !STILL.matches,
    markerZoomAnimation: !STILL.matches,
    inertia: !STILL.matches,
  });
  map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
  L.control.zoom({ zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" }).addTo(map);
  const credits = L.control.attribution({ prefix: false }).addTo(map);
  const canvas = map.getContainer();
  canvas.setAttribute("role", "group");
  canvas.setAttribute("aria-label", "Carte\u00a0: les flèches la déplacent, plus et moins changent l’échelle");
  const state = { part, map, root, markers: [], found: [], asked: null, wanted: null, drawn: null };
  open(state);
  backdrop(state, credits);
  wire(state);
  refresh(state);
  fillInsets(root, grappe, (found) => knob(found, (chosen) => choose(state, chosen)));
}

/** What lies under the markers: the tiles of the instance's choice, else the outlines that come with the site. */
async function backdrop({ root, map }, credits) {
  const { tuiles, credit, contours } = root.dataset;
  if (tuiles) {
    L.tileLayer(tuiles, { maxZoom: ZOOMS[1] }).addTo(map);
    // as text: an attribution is a piece of page
    credits.addAttribution(text(credit).innerHTML);
    return;
  }
  credits.addAttribution("Contours\u00a0: Insee, IGN (Licence Ouverte)");
  const answer = await fetch(contours).catch(() => null);
  if (answer?.ok) draw(map, await answer.json());
}

function wire(state) {
  const { part, map, root } = state;
  let rest = 0;
  map.on("moveend", () => {
    clearTimeout(rest);
    rest = setTimeout(() => {
      remember(map);
      refresh(state);
    }, REST);
  });
  for (const button of root.querySelectorAll("[data-aller]")) {
    button.addEventListener("click", () => show(map, frame(button.dataset.aller)));
  }
  part("situer").addEventListener("click", () => locate(state));
  part("reessayer").addEventListener("click", () => refresh(state));
  part("recits").addEventListener("toggle", () => tell(state));
  part("fermer").addEventListener("click", () => part("pile").close());
  // beside the window, as everywhere
  part("pile").addEventListener("click", (event) => {
    if (event.target === part("pile")) part("pile").close();
  });
  window.addEventListener("beforeprint", () => keep(map.getContainer()));
  window.addEventListener("hashchange", () => {
    const at = address();
    if (at && name(map) !== location.hash) map.setView([at[1], at[2]], at[0], { animate: !STILL.matches });
  });
}

/** Pixels across a sheet of paper, between its margins. */
const PAPER = 660;

/** Paper shows the map as the screen does, smaller: its library would have to draw it anew. */
function keep(canvas) {
  const { offsetWidth, offsetHeight } = canvas;
  canvas.style.setProperty("--a-geo-large", `${offsetWidth}px`);
  canvas.style.setProperty("--a-geo-haut", `${offsetHeight}px`);
  canvas.style.setProperty("--a-geo-part", String(Math.min(1, PAPER / offsetWidth)));
}

// --- Where the map stands ---

function address() {
  const found = /^#([0-9]{1,2}(?:\.(?:25|5|75))?)\/(-?[0-9.]{1,12})\/(-?[0-9.]{1,12})$/.exec(location.hash)?.slice(1).map(Number);
  const fits = found?.every(Number.isFinite) && Math.abs(found[1]) <= 85 && Math.abs(found[2]) <= 180;
  return fits ? [Math.min(ZOOMS[1], Math.max(ZOOMS[0], found[0])), found[1], found[2]] : null;
}

function name(map) {
  const { lat, lng } = map.getCenter().wrap();
  const digits = map.getZoom() > 10 ? 4 : 2;
  return `#${map.getZoom()}/${lat.toFixed(digits)}/${lng.toFixed(digits)}`;
}

function remember(map) {
  if (location.hash !== name(map)) history.replaceState(null, "", name(map));
}

function open({ map, root }) {
  const at = address();
  if (at) map.setView([at[1], at[2]], at[0], { animate: false });
  else map.fitBounds(frame(root.dataset.cadre), { animate: false, maxZoom: 14 });
}

/** « west,south,east,north » as Leaflet takes it. */
function frame(sides) {
  const [west, south, east, north] = typeof sides === "string" ? sides.split(",").map(Number) : sides;
  return L.latLngBounds([south, west], [north, east]);
}

function show(map, bounds) {
  map.fitBounds(bounds, { animate: !STILL.matches, maxZoom: 15, padding: [24, 24] });
}

function sides(map) {
  const seen = map.getBounds();
  return [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()].map((side) => side.toFixed(4)).join(",");
}

function locate({ map, part }) {
  if (!navigator.geolocation) {
    say(part, "Ce navigateur ne sait pas dire où vous êtes.");
    return;
  }
  say(part, "Recherche de votre position…");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      say(part, "");
      map.setView([coords.latitude, coords.longitude], 11, { animate: !STILL.matches });
    },
    () => say(part, "Votre position n’a pas été donnée\u00a0: déplacez la carte, ou choisissez un département."),
    { timeout: 10_000, maximumAge: 60_000 },
  );
}

// --- What the server counted ---

async function refresh(state) {
  const { part, map, root } = state;
  state.asked?.abort();
  const asked = new AbortController();
  state.asked = asked;
  const slow = setTimeout(() => say(part, "Chargement…"), SLOW);
  part("toile").setAttribute("aria-busy", "true");
  try {
    const address = `${root.dataset.points}&bbox=${sides(map)}&zoom=${counted(map)}`;
    const answer = await fetch(address, { signal: asked.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    state.found = (await answer.json()).grappes.map(grappe);
    part("reessayer").hidden = true;
    say(part, "");
    put(state);
    list(state);
    tell(state);
  } catch {
    // another move asked anew: its answer is the one that counts
    if (asked.signal.aborted) return;
    say(part, "Les actions de cette vue n’ont pas pu être chargées. La carte montre les précédentes.");
    part("reessayer").hidden = false;
  } finally {
    clearTimeout(slow);
    if (state.asked === asked) part("toile").removeAttribute("aria-busy");
  }
}

/** The zoom at which groups are counted: the nearest below, and a quarter more, so that none covers another. */
function counted(map) {
  return Math.floor(map.getZoom() + 0.25);
}

function grappe([lat, lon, count, words, sides]) {
  return { lat, lon, count, words, sides, key: `${lat} ${lon} ${count}` };
}

function say(part, words) {
  if (part("etat").textContent !== words) part("etat").textContent = words;
}

// --- Markers ---

/** The button of a marker, named in words. */
function knob(found, chosen) {
  const button = document.createElement("button");
  button.type = "button";
  const size = found.count > 999 ? "l" : found.count > 9 ? "m" : "s";
  button.classList.add("a-grappe", `a-grappe--${size}`);
  if (!found.sides) button.classList.add("a-grappe--lieu");
  button.textContent = short(found.count);
  button.setAttribute("aria-label", found.sides ? `${found.words}\u00a0: agrandir` : found.words);
  button.title = found.words;
  button.tabIndex = -1;
  button.addEventListener("click", () => chosen(found));
  return button;
}

/** A button that Leaflet moves; it is in no tabulation order of Leaflet's. */
const Marker = (found, chosen) =>
  L.marker([found.lat, found.lon], {
    keyboard: false,
    interactive: false,
    icon: new (L.DivIcon.extend({
      createIcon() {
        const button = knob(found, chosen);
        const own = [...button.classList]; // which Leaflet writes over
        this._setIconStyles(button, "icon");
        button.classList.add(...own);
        L.DomEvent.disableClickPropagation(button);
        return button;
      },
    }))({ iconSize: [44, 44], className: "" }),
  });

function short(count) {
  return count < 1000 ? String(count) : `${String(Math.round(count / 100) / 10).replace(".", ",")}k`;
}

/** Markers that stay are kept as they are, with the focus they may have. */
function put(state) {
  const { map, found } = state;
  const kept = new Map(state.markers.map((one) => [one.found.key, one]));
  const focused = state.markers.find((one) => one.marker.getElement() === document.activeElement);
  state.markers = found.map((one) => {
    const before = kept.get(one.key);
    kept.delete(one.key);
    if (before) return { ...before, found: one };
    return { found: one, marker: Marker(one, (chosen) => choose(state, chosen)).addTo(map) };
  });
  const gone = focused && kept.has(focused.found.key);
  for (const { marker } of kept.values()) marker.remove();
  const buttons = state.markers.map((one) => one.marker.getElement());
  for (const button of buttons) button.onkeydown = (event) => walk(buttons, button, event);
  const inside = gone && state.wanted && state.markers.find((one) => within(one.found, state.wanted));
  const first = buttons.find((button) => button === document.activeElement) ?? inside?.marker.getElement() ?? buttons[0];
  if (first) first.tabIndex = 0;
  if (gone) (inside?.marker.getElement() ?? map.getContainer()).focus({ preventScroll: true });
  state.wanted = null;
}

function within({ lat, lon }, [west, south, east, north]) {
  return west <= lon && lon <= east && south <= lat && lat <= north;
}

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** Arrows lead from marker to marker; the map itself moves under them when it is the one that is focused. */
function walk(buttons, from, event) {
  const way = ARROWS[event.key];
  if (!way) return;
  event.preventDefault();
  event.stopPropagation();
  const centre = (button) => {
    const box = button.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  };
  const here = centre(from);
  let best = null;
  for (const button of buttons) {
    const [across, down] = centre(button).map((side, index) => side - here[index]);
    const along = across * way[0] + down * way[1];
    const aside = Math.abs(across * way[1]) + Math.abs(down * way[0]);
    // nearer along the arrow than beside it
    if (along > 1 && along >= aside && (!best || along + 2 * aside < best.far)) best = { button, far: along + 2 * aside };
  }
  if (!best) return;
  from.tabIndex = -1;
  best.button.tabIndex = 0;
  best.button.focus();
}

function choose(state, found) {
  if (found.sides) {
    state.wanted = found.sides;
    show(state.map, frame(found.sides));
  } else {
    pile(state, found);
  }
}

// --- Lists ---

function list({ part, map, found, ...state }) {
  const seen = map.getBounds();
  const here = found.filter(({ lat, lon }) => seen.contains([lat, lon])).sort((one, other) => other.count - one.count);
  const total = here.reduce((sum, { count }) => sum + count, 0);
  part("compte").textContent =
    total === 0 ? "Aucune action dans cette vue" : `${total.toLocaleString("fr")} action${total > 1 ? "s" : ""} dans cette vue`;
  const rows = here.slice(0, LISTED).map((one) => {
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "a-geo__lieu";
    button.textContent = one.words;
    button.addEventListener("click", () => choose({ part, map, found, ...state }, one));
    row.append(button);
    return row;
  });
  if (here.length > LISTED) {
    const row = document.createElement("li");
    row.className = "a-discret";
    row.textContent = `et ${here.length - LISTED} autres repères sur la carte`;
    rows.push(row);
  }
  const held = part("lieux").contains(document.activeElement);
  part("lieux").replaceChildren(...rows);
  // who walks the list by keyboard goes on from its head, not from the top of the page
  if (held) (part("lieux").querySelector("button") ?? map.getContainer()).focus({ preventScroll: true });
}

/** The actions of the view, asked for once somebody unfolds them. */
async function tell({ part, map, root }) {
  if (!part("recits").open) return;
  const here = sides(map);
  await fill(part("recits-liste"), `${root.dataset.actions}&bbox=${here}`, () => sides(map) === here);
}

async function pile({ part, root }, found) {
  part("pile-titre").textContent = found.words;
  part("pile-liste").replaceChildren();
  part("pile").showModal();
  // a metre around the point, for the decimals that were left out
  const around = [found.lon - 1e-5, found.lat - 1e-5, found.lon + 1e-5, found.lat + 1e-5];
  const address = `${root.dataset.actions}&bbox=${around.map((side) => side.toFixed(6)).join(",")}`;
  await fill(part("pile-liste"), address, () => part("pile-titre").textContent === found.words);
}

async function fill(place, address, stillWanted) {
  place.setAttribute("aria-busy", "true");
  const slow = setTimeout(() => place.replaceChildren(text("Chargement…")), SLOW);
  const answer = await fetch(address).catch(() => null);
  const body = answer?.ok ? await answer.text() : null;
  clearTimeout(slow);
  if (!stillWanted()) return;
  place.removeAttribute("aria-busy");
  if (body !== null) {
    place.innerHTML = body;
    return;
  }
  const again = document.createElement("button");
  again.type = "button";
  again.className = "fr-btn fr-btn--sm";
  again.textContent = "Réessayer";
  again.addEventListener("click", () => fill(place, address, stillWanted));
  place.replaceChildren(text("La liste n’a pas pu être chargée. "), again);
}

function text(words) {
  const span = document.createElement("span");
  span.textContent = words;
  return span;
}
