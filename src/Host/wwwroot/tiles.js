// The streams as tiles. A tile stays as long as its stream, so that a focused one stays focused and its picture is kept; what changes
// goes into the tile that stands.

import { element, write } from "./panels.js";
import { Thumbnail } from "./thumbnail.js";

export class Tiles {
  #list = document.getElementById("tiles");
  #empty = document.getElementById("no-streams");
  #session;
  #onChoose;
  // By the stream's name: { item, button, state, figures, thumbnail }.
  #tiles = new Map();

  constructor(session, onChoose) {
    this.#session = session;
    this.#onChoose = onChoose;
  }

  draw(streams, chosen, connected) {
    this.#empty.hidden = streams.size > 0 || !connected;
    this.#arrange([...streams.keys()]);
    for (const [name, { status, history, latest }] of streams) {
      const { button, state, figures, thumbnail } = this.#tiles.get(name);
      button.setAttribute("aria-pressed", name === chosen);
      button.dataset.state = state.dataset.state = connected ? status.state : "away";
      write(state, state.dataset.state.replaceAll("_", " "));
      const rate = history.rate();
      write(figures, connected && status.state === "online" && latest
        ? `${rate > 0 ? `${rate.toFixed(1)} results a second, ` : ""}${history.latency().toFixed(0)} ms`
        : connected ? status.reason : "The service is away.");
      thumbnail.show(connected && (status.state === "online" || status.state === "resolution_changed"));
    }
  }

  // Makes and ends tiles, and puts them into the streams' order.
  #arrange(names) {
    if (names.join("\n") === [...this.#tiles.keys()].join("\n")) {
      return;
    }
    const focused = document.activeElement;
    const before = this.#tiles;
    this.#tiles = new Map(names.map(name => [name, before.get(name) ?? this.#make(name)]));
    for (const [name, { thumbnail }] of before) {
      if (!this.#tiles.has(name)) {
        thumbnail.end();
      }
    }
    this.#list.replaceChildren(...[...this.#tiles.values()].map(({ item }) => item));
    if (this.#list.contains(focused)) {
      focused.focus();
    }
  }

  #make(name) {
    const button = element("button", "");
    button.type = "button";
    button.dataset.stream = name;
    button.onclick = () => this.#onChoose(name);
    const state = element("span", "", "state");
    const figures = element("span", "", "figures-line quiet");
    const thumbnail = new Thumbnail(this.#session, name);
    const head = element("span", "", "head");
    head.append(element("span", name, "name"), state);
    button.append(head, figures, thumbnail.element);
    const item = element("li", "");
    item.append(button);
    return { item, button, state, figures, thumbnail };
  }
}
