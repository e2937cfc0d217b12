// Outlines of the départements: whole thousandths of a degree, each point told from the one before.

const UNIT = 1000;

function points(ring) {
  const found = [];
  let lon = 0;
  let lat = 0;
  for (let index = 0; index < ring.length; index += 2) {
    lon += ring[index];
    lat += ring[index + 1];
    found.push([lat / UNIT, lon / UNIT]);
  }
  return found;
}

/** Draw them under all else; their colours are the sheet's. */
export function draw(map, outlines) {
  const shapes = Object.values(outlines).map((rings) =>
    L.polygon(rings.map((ring) => [points(ring)]), {
      className: "a-geo__sol",
      interactive: false,
      smoothFactor: 0.6,
      weight: 1,
      fillOpacity: 1,
    }),
  );
  L.layerGroup(shapes).addTo(map);
}
