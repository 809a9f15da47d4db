// The large picture and the boxes on it. The service's preview carries each frame's number, so the boxes of that very frame are
// drawn with it; results are kept until their picture comes, a few seconds at most.

import { clearBoxes, drawBoxes } from "./boxes.js";
import { readPreview } from "./preview.js";

const KEPT_RESULTS = 100;
const RETRY_MS = 1000;

export class Stage {
  #screen = document.getElementById("screen");
  #picture = document.getElementById("picture");
  #overlay = document.getElementById("overlay");
  #note = document.getElementById("screen-note");
  #results = new Map();
  #abort = null;
  #last = null;
  #session;
  showBoxes = true;

  constructor(session) {
    this.#session = session;
  }

  show(name) {
    this.#abort?.abort();
    this.#results.clear();
    this.#last = null;
    clearBoxes(this.#overlay);
    this.#picture.hidden = true;
    this.#screen.dataset.state = "waiting";
    if (name) {
      this.#abort = new AbortController();
      this.#play(name, this.#abort.signal);
    }
  }

  note(text) {
    if (this.#note.textContent !== text) {
      this.#note.textContent = text;
    }
  }

  add(message) {
    this.#results.set(message.frame.id, message);
    if (this.#results.size > KEPT_RESULTS) {
      this.#results.delete(this.#results.keys().next().value);
    }
    // Without a picture yet the boxes alone are better than nothing.
    if (this.#picture.hidden) {
      this.#draw(message);
    }
  }

  redraw() {
    if (this.#last) {
      this.#draw(this.#last);
    }
  }

  async #play(name, signal) {
    while (!signal.aborted) {
      try {
        for await (const { frameId, image } of readPreview(this.#session, `v1/streams/${encodeURIComponent(name)}/preview.mjpeg`, signal)) {
          this.#paint(frameId, image);
        }
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        this.#screen.dataset.state = "waiting";
      }
      await new Promise(resolve => setTimeout(resolve, RETRY_MS));
    }
  }

  #paint(frameId, image) {
    this.#picture.width = image.width;
    this.#picture.height = image.height;
    this.#picture.getContext("2d").drawImage(image, 0, 0);
    image.close();
    this.#picture.hidden = false;
    this.#screen.dataset.state = "playing";
    this.#screen.style.aspectRatio = `${this.#picture.width} / ${this.#picture.height}`;
    const message = this.#results.get(frameId);
    if (message) {
      this.#draw(message);
    }
  }

  #draw(message) {
    this.#last = message;
    clearBoxes(this.#overlay);
    this.#overlay.dataset.frame = message.frame.id;
    if (this.showBoxes) {
      drawBoxes(this.#overlay, message.detections, message.frame.width, message.frame.height);
    }
  }
}
