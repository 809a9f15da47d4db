// The page: streams as tiles, one of them large with its boxes, and what is known about it.

import { Feed } from "./feed.js";
import { History } from "./history.js";
import { element, showAddresses, showCounts, showDetections, showFigures, showLatency } from "./panels.js";
import { Session } from "./session.js";
import { Stage } from "./stage.js";

const REFRESH_MS = 1000;
const CONNECTION = { connecting: "Connecting to the service…", open: "Live", closed: "The service is away; trying again…" };

const at = id => document.getElementById(id);
const session = new Session();
const stage = new Stage(session);
const streams = new Map();
let chosen = null;

const feed = new Feed(new URL("ws", location.href.replace(/^http/, "ws")), session);
feed.addEventListener("state", ({ detail }) => {
  at("connection").textContent = CONNECTION[detail.state];
  at("connection").dataset.state = detail.state;
});
feed.addEventListener("hello", ({ detail }) => {
  streams.clear();
  for (const stream of detail.streams) {
    streams.set(stream.stream, { status: stream, history: new History(), latest: null });
  }
  drawTiles();
  choose(streams.has(chosen) ? chosen : streams.keys().next().value ?? null);
});
feed.addEventListener("status", ({ detail }) => {
  stream(detail.stream).status = detail;
  drawTiles();
  drawNote();
});
feed.addEventListener("detections", ({ detail }) => {
  const known = stream(detail.stream);
  known.latest = detail;
  known.history.add(detail);
  if (detail.stream === chosen) {
    stage.add(detail);
  }
});
feed.open();
setInterval(refresh, REFRESH_MS);
requestAnimationFrame(drawLive);

at("show-boxes").onchange = event => {
  stage.showBoxes = event.target.checked;
  stage.redraw();
};
at("snapshot").onclick = async event => {
  if (session.token) {
    // A link carries no key, and a key has no place in an address.
    event.preventDefault();
    const response = await session.fetch(event.currentTarget.href);
    if (response.ok) {
      const link = element("a", "");
      link.download = `${chosen.replaceAll("/", "-")}.jpg`;
      link.href = URL.createObjectURL(await response.blob());
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href));
    } else {
      stage.note((await response.json()).detail);
    }
  }
};
addEventListener("resize", () => stage.redraw());

function stream(name) {
  if (!streams.has(name)) {
    streams.set(name, { status: { stream: name, state: "online", reason: "" }, history: new History(), latest: null });
    drawTiles();
  }
  if (chosen === null) {
    choose(name);
  }
  return streams.get(name);
}

function choose(name) {
  chosen = name;
  at("stage-name").textContent = name ?? "No stream yet";
  at("snapshot").hidden = name === null;
  at("snapshot").href = name === null ? "" : `v1/streams/${encodeURIComponent(name)}/snapshot.jpg`;
  stage.show(name);
  drawTiles();
  drawNote();
  refresh();
}

function drawTiles() {
  at("no-streams").hidden = streams.size > 0;
  const focused = document.activeElement?.dataset?.stream;
  at("tiles").replaceChildren(...[...streams].map(([name, { status, history }]) => {
    const tile = element("button", "");
    tile.type = "button";
    tile.dataset.stream = name;
    tile.setAttribute("aria-pressed", name === chosen);
    tile.onclick = () => choose(name);
    const title = element("span", name);
    title.className = "name";
    const state = element("span", status.state.replace("_", " "));
    state.className = "state";
    state.dataset.state = status.state;
    const rate = element("span", `${history.rate().toFixed(1)} results a second`);
    rate.className = "quiet rate";
    tile.append(title, state, rate);
    const item = element("li", "");
    item.append(tile);
    return item;
  }));
  if (focused) {
    at("tiles").querySelector(`[data-stream="${CSS.escape(focused)}"]`)?.focus();
  }
}

function drawNote() {
  const status = streams.get(chosen)?.status;
  stage.note(!status || status.state === "online" || status.state === "resolution_changed" ? "" : status.reason);
}

function drawLive() {
  const known = streams.get(chosen);
  if (known?.latest && known.latest !== known.drawn) {
    known.drawn = known.latest;
    showDetections(at("detections"), known.latest.detections);
  }
  requestAnimationFrame(drawLive);
}

async function refresh() {
  const known = streams.get(chosen);
  for (const tile of at("tiles").querySelectorAll("[data-stream]")) {
    tile.querySelector(".rate").textContent = `${streams.get(tile.dataset.stream)?.history.rate().toFixed(1)} results a second`;
  }
  if (!known) {
    return;
  }
  showCounts(at("counts"), known.history.counts);
  showLatency(at("latency"), at("stages"), known.history.latencies);
  const response = await session.fetch(`v1/streams/${encodeURIComponent(chosen)}`).catch(() => null);
  if (!response?.ok) {
    return;
  }
  const facts = await response.json();
  // Drawn again only when they change, so that a focused button stays focused.
  if (JSON.stringify(facts.addresses) !== at("addresses").dataset.shown) {
    at("addresses").dataset.shown = JSON.stringify(facts.addresses);
    showAddresses(at("addresses"), facts.addresses);
  }
  showFigures(at("frames"), [
    ["Decoded", facts.frames.decoded], ["Analysed", facts.frames.analysed], ["Waiting", facts.frames.waiting],
    ...Object.entries(facts.frames.dropped).map(([reason, count]) => [`Dropped, ${reason.replace("_", " ")}`, count]),
    ["Reconnects", facts.reconnects],
  ]);
}
