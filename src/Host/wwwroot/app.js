// The page: streams as tiles, one of them large with its boxes, what is known about it, and what can be changed.

import { content, reason } from "./answers.js";
import { Controls } from "./controls.js";
import { Feed } from "./feed.js";
import { History } from "./history.js";
import { showLatency } from "./latency.js";
import { element, showAddresses, showCounts, showDetections, showFrames } from "./panels.js";
import { Session } from "./session.js";
import { Stage } from "./stage.js";
import { TalkBack } from "./talk-back.js";
import { Tiles } from "./tiles.js";

const REFRESH_MS = 1000;
// Results come ten times a second and more; a list that changes so often cannot be read.
const LIST_MS = 250;
// A source that falls silent is told before the service gives it up (5 s).
const SILENCE_S = 2;
const CONNECTION = { connecting: "Connecting…", open: "Live", closed: "Service away, trying again" };

const at = id => document.getElementById(id);
const session = new Session();
const stage = new Stage(session);
const controls = new Controls(session);
const talkBack = new TalkBack(session);
const tiles = new Tiles(session, choose);
const streams = new Map();
let chosen = null;
let connected = false;
let facts = null;
let refreshing = false;

const feed = new Feed(new URL("ws", location.href.replace(/^http/, "ws")), session);
feed.addEventListener("state", ({ detail }) => {
  connected = detail.state === "open";
  at("connection").textContent = CONNECTION[detail.state];
  at("connection").dataset.state = detail.state;
  drawStates();
});
feed.addEventListener("hello", ({ detail }) => {
  const before = new Map(streams);
  streams.clear();
  for (const status of detail.streams) {
    controls.came(status.stream);
    streams.set(status.stream, { history: before.get(status.stream)?.history ?? new History(), latest: null, status });
  }
  choose(streams.has(chosen) ? chosen : streams.keys().next().value ?? null);
});
feed.addEventListener("status", ({ detail }) => {
  stream(detail.stream).status = detail;
  if (detail.stream === chosen && detail.state === "online") {
    stage.hurry();
  }
  drawStates();
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
setInterval(tick, REFRESH_MS);
setInterval(() => showDetections(at("detections"), connected ? streams.get(chosen)?.latest?.detections ?? [] : []), LIST_MS);
addEventListener("resize", () => {
  stage.redraw();
  plotLatency();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", plotLatency);

at("show-boxes").onchange = ({ target }) => {
  stage.showBoxes = target.checked;
  stage.redraw();
  linkSnapshot();
};
at("show-annotated").onchange = show;
at("snapshot").onclick = download;

function stream(name) {
  if (!streams.has(name)) {
    streams.set(name, { status: { stream: name, state: "online", reason: "" }, history: new History(), latest: null });
    controls.came(name);
    drawStates();
  }
  if (chosen === null) {
    choose(name);
  }
  return streams.get(name);
}

async function choose(name) {
  if (name !== chosen) {
    at("show-annotated").checked = false;
    talkBack.offer(null);
    controls.leave();
  }
  chosen = name;
  facts = null;
  at("stage-name").textContent = name ?? "No stream yet";
  at("snapshot").hidden = name === null;
  if (name === null) {
    showNothing();
  }
  drawStates();
  drawHistory();
  await refresh();
  if (name === chosen) {
    show();
    await controls.show(name);
  }
}

// What is known of a stream goes with it.
function showNothing() {
  at("stage-facts").textContent = "";
  at("annotated-choice").hidden = true;
  showCounts(at("counts"), []);
  plotLatency();
  for (const id of ["frames-bar", "frames-figures", "frames", "addresses"]) {
    at(id).replaceChildren();
  }
  delete at("addresses").dataset.shown;
}

function plotLatency() {
  showLatency(at("latency"), at("stages"), at("latency-figures"), streams.get(chosen)?.history.latencies ?? []);
}

// Puts the chosen stream on the stage: its annotated video if that is wanted, which has its boxes drawn in.
function show() {
  const annotated = at("show-annotated").checked ? facts?.annotated : null;
  at("show-boxes").disabled = Boolean(annotated);
  const watch = annotated ?? facts?.watch;
  stage.show(chosen === null ? null : { name: chosen, whep: watch?.whep, hls: watch?.hls, annotated: Boolean(annotated) });
  drawStates();
}

function drawStates() {
  tiles.draw(streams, chosen, connected);
  const status = streams.get(chosen)?.status;
  const fine = !status || status.state === "online" || status.state === "resolution_changed";
  const silence = fine ? streams.get(chosen)?.history.silence() ?? 0 : 0;
  const silent = silence > Math.max(SILENCE_S, 3 / (facts?.fps ?? 1));
  stage.note(!connected && chosen !== null ? "The service is away. The page goes on by itself when it is back."
    : !fine ? status.reason
    : silent ? `Nothing new has come for ${silence.toFixed(0)} seconds.` : "",
    // That the service is away is said where the connection is.
    !connected || !status ? "" : `${chosen}: ${silent ? "nothing new comes" : status.state.replaceAll("_", " ")}`);
}

// What ended leaves the page: its last messages may come after its end, so only the service's own list counts.
async function forgetEnded() {
  if ([...streams.values()].some(({ status, history }) => status.state === "offline" || history.silence() > SILENCE_S)) {
    const list = await content(await session.fetch("v1/streams").catch(() => null));
    const present = new Set(list?.streams.map(({ name }) => name));
    for (const name of list ? [...streams.keys()].filter(name => name !== chosen && !present.has(name)) : []) {
      streams.delete(name);
    }
  }
}

// What the page knows by itself is drawn each time; the service is asked when it has answered what was asked before.
async function tick() {
  drawStates();
  drawHistory();
  if (!refreshing) {
    refreshing = true;
    try {
      await forgetEnded();
      await refresh();
    } finally {
      refreshing = false;
    }
  }
}

function drawHistory() {
  const known = streams.get(chosen);
  if (known) {
    showCounts(at("counts"), known.history.counts);
    plotLatency();
  }
}

async function refresh() {
  if (!streams.has(chosen)) {
    return;
  }
  const name = chosen;
  const response = await session.fetch(`v1/streams/${encodeURIComponent(name)}`).catch(() => null);
  if (response?.status === 404 && name === chosen && connected) {
    streams.delete(name);
    choose(streams.keys().next().value ?? null);
    return;
  }
  const answer = await content(response);
  if (!answer || name !== chosen) {
    return;
  }
  facts = answer;
  drawStates();
  at("stage-facts").textContent = facts.width ? `${facts.width} × ${facts.height}, ${facts.model ?? "no model"}, ${facts.source}` : facts.source;
  at("annotated-choice").hidden = !facts.annotated?.whep && !facts.annotated?.hls;
  talkBack.offer(facts.talk);
  controls.update(facts);
  linkSnapshot();
  // Drawn again only when they change, so that a focused button stays focused.
  if (JSON.stringify(facts.addresses) !== at("addresses").dataset.shown) {
    at("addresses").dataset.shown = JSON.stringify(facts.addresses);
    showAddresses(at("addresses"), facts.addresses);
  }
  showFrames(at("frames-bar"), at("frames-figures"), at("frames"), facts.frames, facts.reconnects);
}

// A snapshot has boxes when the picture has.
function linkSnapshot() {
  at("snapshot").href = `v1/streams/${encodeURIComponent(chosen)}/snapshot.jpg${at("show-boxes").checked ? "?annotated=1" : ""}`;
}

// By the link itself a browser would not tell why there is no picture; nor does a link carry a key, which has no place in an address.
async function download(event) {
  event.preventDefault();
  const name = chosen;
  const response = await session.fetch(event.currentTarget.href).catch(() => null);
  const picture = response?.ok ? await response.blob().catch(() => null) : null;
  if (picture) {
    const link = element("a", "");
    link.download = `${name.replaceAll("/", "-")}.jpg`;
    link.href = URL.createObjectURL(picture);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  }
  const problem = picture ? "" : await reason(response) || "The picture broke off.";
  if (name === chosen) {
    at("stage-alert").textContent = problem;
  }
}
