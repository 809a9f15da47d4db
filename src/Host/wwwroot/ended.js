// Streams that were ended from this page, and their way back with the settings they had. Kept for this tab alone.

import { element } from "./panels.js";

const KEPT_AS = "visionstream-ended";

export class Ended {
  #list = document.getElementById("ended");
  #requests = new Map(JSON.parse(sessionStorage.getItem(KEPT_AS) ?? "[]"));
  #start;

  // start: takes the body of POST /v1/streams and gives a sentence when it fails.
  constructor(start) {
    this.#start = start;
    this.#draw();
  }

  // url: what the stream was added with from here; null for one that the service knows by its name.
  add({ name, model, classes, confidence, fps, annotated }, url) {
    this.#requests.set(name, { name, url: url ?? undefined, model: model ?? undefined, classes, confidence, fps, annotate: annotated !== null });
    this.#draw();
    this.#list.querySelector("li:last-child button").focus();
  }

  // A stream that runs is not ended, whoever started it.
  remove(name) {
    if (this.#requests.delete(name)) {
      this.#draw();
    }
  }

  #draw() {
    sessionStorage.setItem(KEPT_AS, JSON.stringify([...this.#requests]));
    this.#list.replaceChildren(...[...this.#requests.values()].map(request => {
      const again = element("button", "Watch again");
      again.type = "button";
      again.setAttribute("aria-label", `Watch ${request.name} again`);
      const problem = element("p", "");
      problem.setAttribute("role", "alert");
      again.onclick = async () => {
        again.disabled = true;
        problem.textContent = await this.#start(request);
        again.disabled = false;
      };
      const item = element("li", "");
      item.append(element("span", request.name, "name"), again, problem);
      return item;
    }));
  }
}
