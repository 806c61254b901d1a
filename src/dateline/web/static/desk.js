// Makes the pages quicker to read; each works without this. Nothing is kept but two settings: keys, and your name.
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const values = (element) => (element.dataset.v || "").split(" ");
const fieldOf = (value) => value.split("-")[1];

// --- settings kept in this browser only ---
const stored = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const store = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window */ } };
const keysOn = () => stored("dateline-keys") !== "off";
const setKeys = (on) => store("dateline-keys", on ? "on" : "off");

// --- report page: one statement at a time is drawn into the text ---
function choose(n) {
  for (const piece of all(".text .m")) {
    for (const name of [...piece.classList]) if (name.startsWith("f-") || name === "on") piece.classList.remove(name);
    for (const value of values(piece)) {
      if (!value.startsWith(`${n}-`)) continue;
      piece.classList.add(fieldOf(value) === "sentence" ? "on" : `f-${fieldOf(value)}`);
    }
  }
  for (const number of all(".text .no")) number.classList.toggle("here", number.dataset.n === String(n));
}

/** Bring an open card into view: within the column of cards if that scrolls, else on the page. */
function show(card) {
  const column = card.closest(".cards");
  if (column.scrollHeight > column.clientHeight) column.scrollTop = card.offsetTop;
  else card.scrollIntoView({ block: "nearest" });
}

function openCard(n) {
  const card = document.getElementById(`card-${n}`);
  if (!card) return;
  card.open = true;
  show(card);
}

// `toggle` does not bubble, but it can be caught on its way down
document.addEventListener("toggle", (event) => {
  const card = event.target;
  if (!card.matches?.("details.card")) return;
  if (card.open) {
    choose(card.dataset.n);
    history.replaceState(null, "", `?statement=${encodeURIComponent(card.dataset.id)}`);
  } else if (!document.querySelector("details.card[open]")) choose("none");
}, true);

document.addEventListener("click", (event) => {
  const trigger = event.target.closest?.(".text a[data-n]");
  if (!trigger || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  openCard(trigger.dataset.n);
});

document.addEventListener("focusin", (event) => {
  const trigger = event.target.closest?.(".text a[data-n]");
  if (trigger && !document.querySelector("details.card[open]")) choose(trigger.dataset.n);
});

// --- a value and its evidence light up together ---
function light(element) {
  for (const lit of all(".lit")) lit.classList.remove("lit");
  const source = element?.closest?.("[data-v]");
  const scope = source?.closest(".card.own, tr, .reading");
  if (!scope) return;
  const inText = source.closest(".text");
  const wanted = values(source).filter((v) => fieldOf(v) !== "sentence");
  for (const other of all("[data-v]", scope)) {
    if (inText && !other.closest(".card")) continue;
    if (values(other).some((v) => wanted.includes(v))) other.classList.add("lit");
  }
}
document.addEventListener("mouseover", (event) => light(event.target));
document.addEventListener("focusin", (event) => light(event.target.closest(".text") ? null : event.target));

// --- keys ---
function step(by) {
  const items = all("[data-item]").filter((item) => item.offsetParent !== null);
  if (!items.length) return;
  let at = items.indexOf(document.activeElement);
  if (at < 0) {
    const card = document.activeElement?.closest?.("details.card") || document.querySelector("details.card[open]");
    at = card ? items.findIndex((item) => item.dataset.n === card.dataset.n) : by > 0 ? -1 : items.length;
  }
  const next = items[Math.min(items.length - 1, Math.max(0, at + by))];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
  if (next.dataset.n && next.closest(".text") && document.querySelector("details.card[open]")) openCard(next.dataset.n);
}

const dialog = document.getElementById("keys");
const actions = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => document.getElementById("q").focus(),
  "?": () => dialog.showModal(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !keysOn() || dialog.open) return;
  if (event.target.closest("input, select, textarea, [contenteditable], canvas")) return;
  const act = actions[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
document.addEventListener("keydown", (event) => {
  const opened = event.key === "Escape" && !dialog.open && document.querySelector("details.card[open]");
  if (opened) opened.open = false;
});
const button = document.getElementById("keys-button");
button.hidden = false;
button.addEventListener("click", () => dialog.showModal());
const box = document.getElementById("keys-on");
box.checked = keysOn();
box.addEventListener("change", () => setKeys(box.checked));

// --- what people say: their name is kept in this browser, and no form is sent twice ---
function fillNames(inside) {
  for (const field of all("input[name=person]", inside)) field.value ||= stored("dateline-person") || "";
}
fillNames(document);
document.addEventListener("htmx:load", (event) => fillNames(event.target));
document.addEventListener("submit", (event) => {
  const person = event.target.querySelector("input[name=person]");
  if (!person) return;
  store("dateline-person", person.value.trim());
  const wait = event.target.querySelector("[role=status]");
  if (wait) wait.textContent = "Incidents are being formed anew …";
  for (const other of all("button", event.target)) setTimeout(() => { other.disabled = true; });
});
// a page that comes back from the history is ready to be used again
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const other of all("form button:disabled")) other.disabled = false;
});

// --- maps: the drawn one is there at once; the zoomable one is fetched when asked for ---
function offerZoom(figure) {
  if (figure.dataset.offered || !document.createElement("canvas").getContext("webgl2")) return;
  figure.dataset.offered = "yes";
  const zoom = document.createElement("button");
  zoom.type = "button";
  zoom.textContent = "Zoom and pan";
  zoom.addEventListener("click", async () => {
    zoom.disabled = true;
    try {
      const { zoomable } = await import("./map.mjs");
      await zoomable(figure);
      zoom.remove();
    } catch (error) {
      zoom.textContent = `The zoomable map cannot be shown here (${error.message})`;
    }
  });
  figure.querySelector("figcaption").append(zoom);
}
all("figure.map").forEach(offerZoom);
document.addEventListener("htmx:load", (event) => all("figure.map", event.target).forEach(offerZoom));

const chosen = document.querySelector("details.card[open]");
if (chosen) {
  choose(chosen.dataset.n);
  show(chosen);
  document.getElementById(`t${chosen.dataset.n}`)?.scrollIntoView({ block: "center", behavior: "instant" });
}
