// The insets of overseas: what the server counted there, over the outline that the page brings.
//
// Where there is no room for them they are buttons that lead the map there, and nothing is asked. A marker of an
// inset is for a pointer: by keyboard the inset itself leads to the same markers on the map, and says how many.

/** Where there is room: as in carte.css. */
const ROOM = matchMedia("(min-width: 62em)");
/** The square an outline is drawn in, with the margin around it; its side on the screen, in pixels. */
const SQUARE = 40;
const MARGIN = 1;
const SIDE = 84;
/** Pixels of the world at zoom 0, as the server counts. */
const WORLD = 256;

/** Fill those where something stands, now or once there is room; ``read`` reads a marker, ``draw`` makes its button. */
export function fillInsets(root, read, draw) {
  if (!ROOM.matches) {
    ROOM.addEventListener("change", () => fillInsets(root, read, draw), { once: true });
    return;
  }
  for (const inset of root.querySelectorAll("[data-present]")) fill(inset, root.dataset.points, read, draw);
}

async function fill(inset, points, read, draw) {
  const [west, south, east, north] = inset.dataset.carton.split(",").map(Number);
  // as catalogue/territoires.py draws it: a degree of longitude narrows away from the equator
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = SQUARE / Math.max((east - west) * narrow, north - south);
  const whole = SQUARE + 2 * MARGIN;
  const zoom = Math.log2((((narrow * scale * SIDE) / whole) * 360) / WORLD) + 0.6;
  const address = `${points}&bbox=${inset.dataset.carton}&zoom=${Math.min(17, Math.max(2, Math.floor(zoom)))}`;
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return; // it still leads there
  const ground = document.createElement("div");
  ground.className = "a-carton__lieux";
  let total = 0;
  for (const found of (await answer.json()).grappes.map(read)) {
    // groups are counted by whole squares of the world: what is beside is another territory's
    if (found.lon < west || found.lon > east || found.lat < south || found.lat > north) continue;
    const marker = draw(found);
    marker.classList.add("a-carton__lieu");
    marker.style.left = `${(((found.lon - west) * narrow * scale + MARGIN) / whole) * 100}%`;
    marker.style.top = `${(((north - found.lat) * scale + MARGIN) / whole) * 100}%`;
    ground.append(marker);
    total += found.count;
  }
  if (!total) return;
  const said = document.createElement("span");
  said.className = "fr-sr-only";
  said.textContent = ` : ${total.toLocaleString("fr")} action${total > 1 ? "s" : ""}`;
  inset.querySelector("button").append(said);
  inset.append(ground);
}
