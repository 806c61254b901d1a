// The zoomable map: MapLibre GL over the same outlines and spots as the drawn one. Everything from this server.
const KM_PER_DEGREE = 111.2;

function circle({ lat, lon, km }) {
  const ring = [];
  for (let i = 0; i <= 64; i += 1) {
    const turn = (i / 64) * 2 * Math.PI;
    const stretch = Math.max(0.05, Math.cos((lat * Math.PI) / 180));
    ring.push([lon + ((km / KM_PER_DEGREE) * Math.cos(turn)) / stretch, lat + (km / KM_PER_DEGREE) * Math.sin(turn)]);
  }
  return ring;
}

/** What a CSS variable of the page comes to, in the light or the dark. */
function colour(name) {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = `var(${name})`;
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/** Rings that cross the 180th meridian go on past 180 degrees; one around a pole is closed by way of the pole. */
function unwrap(ring) {
  let turn = 0;
  const made = ring.map(([x, y], i) => {
    const step = i ? x - ring[i - 1][0] : 0;
    turn += step < -180 ? 360 : step > 180 ? -360 : 0;
    return [x + turn, y];
  });
  if (!turn) return made;
  const pole = made[0][1] > 0 ? 85 : -85;
  return [...made, [made.at(-1)[0], pole], [made[0][0], pole], made[0]];
}

const feature = (type, coordinates, properties) => ({ type: "Feature", geometry: { type, coordinates }, properties });
const collection = (features) => ({ type: "FeatureCollection", features });

function style(land, spots) {
  const areas = spots.filter((s) => s.km > 0).map((s) => feature("Polygon", [circle(s)], s));
  const points = spots.filter((s) => s.km === 0).map((s) => feature("Point", [s.lon, s.lat], s));
  const byRole = (event, origin) => ["match", ["get", "role"], "origin", origin, event];
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: land, attribution: "Natural Earth" },
      areas: { type: "geojson", data: collection(areas) },
      points: { type: "geojson", data: collection(points) },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("--sea") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("--land") } },
      { id: "borders", type: "line", source: "land", paint: { "line-color": colour("--border"), "line-width": 1 } },
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": colour("--targets"), "fill-opacity": byRole(0.14, 0) } },
      { id: "rims", type: "line", source: "areas", filter: ["!=", ["get", "role"], "origin"], paint: { "line-color": colour("--targets"), "line-width": 2 } },
      { id: "origin-rims", type: "line", source: "areas", filter: ["==", ["get", "role"], "origin"], paint: { "line-color": colour("--weapons"), "line-width": 2, "line-dasharray": [3, 2] } },
      {
        id: "points", type: "circle", source: "points",
        paint: { "circle-radius": 6, "circle-color": byRole(colour("--targets"), colour("--sheet")), "circle-stroke-width": 2, "circle-stroke-color": byRole(colour("--sheet"), colour("--weapons")) },
      },
    ],
  };
}

function words(spots) {
  const list = document.createElement("ul");
  for (const { label, precision, role, href } of spots) {
    const item = document.createElement("li");
    const name = document.createElement(href ? "a" : "span");
    if (href) name.href = href;
    name.textContent = label;
    item.append(name, ` (${role === "origin" ? "came from here; " : ""}${precision})`);
    list.append(item);
  }
  return list;
}

function stylesheet(href) {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  const loaded = new Promise((resolve, reject) => { link.onload = resolve; link.onerror = () => reject(new Error("no stylesheet")); });
  document.head.append(link);
  return loaded;
}

/** Put a zoomable map in the place of a figure's drawn one. Rejects if the browser cannot show it. */
export async function zoomable(figure) {
  const { base, topojson: reader, world } = figure.dataset;
  const [library, topology] = await Promise.all([
    import(`${base}maplibre-gl.mjs`), fetch(world).then((r) => r.json()), import(reader), stylesheet(`${base}maplibre-gl.css`),
  ]);
  const land = globalThis.topojson.feature(topology, topology.objects.countries);
  for (const { geometry } of land.features) {
    geometry.coordinates = geometry.type === "Polygon" ? geometry.coordinates.map(unwrap) : geometry.coordinates.map((p) => p.map(unwrap));
  }
  const spots = JSON.parse(figure.querySelector("script").textContent);
  const drawn = figure.querySelector("svg");
  const container = Object.assign(document.createElement("div"), { className: "zoomable" });
  drawn.after(container);
  drawn.remove();
  const map = new library.Map({
    container,
    style: style(land, spots),
    cooperativeGestures: true,
    renderWorldCopies: false,
    maxZoom: 9,
    attributionControl: { compact: true },
  });
  map.addControl(new library.NavigationControl({ showCompass: false }));
  const box = new library.LngLatBounds();
  for (const spot of spots) for (const point of spot.km ? circle(spot) : [[spot.lon, spot.lat]]) box.extend(point);
  if (!box.isEmpty()) map.fitBounds(box, { padding: 50, maxZoom: 5, animate: false });
  const layers = ["points", "areas"];
  map.on("click", layers, (event) => {
    const under = map.queryRenderedFeatures(event.point, { layers }).map((f) => f.properties);
    new library.Popup({ maxWidth: "22rem" }).setLngLat(event.lngLat).setDOMContent(words(under)).addTo(map);
  });
  await new Promise((resolve) => { map.once("idle", resolve); });
  figure.dataset.zoomable = "ready";
}
