// The streams as tiles. They are drawn anew only when a stream comes or goes, so that a focused one stays focused; what changes goes
// into the tile that stands.

import { element, write } from "./panels.js";

export class Tiles {
  #list = document.getElementById("tiles");
  #empty = document.getElementById("no-streams");
  #onChoose;

  constructor(onChoose) {
    this.#onChoose = onChoose;
  }

  draw(streams, chosen, connected) {
    this.#empty.hidden = streams.size > 0 || !connected;
    const names = [...streams.keys()];
    const present = [...this.#list.querySelectorAll("[data-stream]")].map(tile => tile.dataset.stream);
    if (names.join("\n") !== present.join("\n")) {
      const focused = document.activeElement?.dataset?.stream;
      this.#list.replaceChildren(...names.map(name => this.#make(name)));
      this.#tile(focused)?.focus();
    }
    for (const [name, { status, history, latest }] of streams) {
      const tile = this.#tile(name);
      tile.setAttribute("aria-pressed", name === chosen);
      const state = connected ? status.state : "away";
      write(tile.querySelector(".state"), state.replaceAll("_", " "));
      tile.querySelector(".state").dataset.state = state;
      const rate = history.rate();
      write(tile.querySelector(".figures-line"), connected && status.state === "online" && latest
        ? `${rate > 0 ? `${rate.toFixed(1)} results a second, ` : ""}${history.latency().toFixed(0)} ms`
        : connected ? status.reason : "The service is away.");
    }
  }

  #make(name) {
    const tile = element("button", "");
    tile.type = "button";
    tile.dataset.stream = name;
    tile.onclick = () => this.#onChoose(name);
    tile.append(element("span", name, "name"), element("span", "", "state"), element("span", "", "figures-line quiet"));
    const item = element("li", "");
    item.append(tile);
    return item;
  }

  #tile(name) {
    return name === undefined ? null : this.#list.querySelector(`[data-stream="${CSS.escape(name)}"]`);
  }
}
