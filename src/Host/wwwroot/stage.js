// The large picture and the boxes on it. A player shows the video and says which moment it shows; the boxes drawn are those of that
// moment. Results are kept until their picture comes, a few seconds at most.

import { clearBoxes, drawBoxes } from "./boxes.js";
import { playHls } from "./hls-player.js";
import { playPreview } from "./preview.js";
import { playWhep } from "./whep-player.js";

const KEPT_RESULTS = 100;
const RETRY_MS = 1000;

export class Stage {
  #screen = document.getElementById("screen");
  #picture = document.getElementById("picture");
  #video = document.getElementById("video");
  #overlay = document.getElementById("overlay");
  #note = document.getElementById("screen-note");
  #player = document.getElementById("player");
  #session;
  #results = [];
  #abort = null;
  #shown = null;
  showBoxes = true;

  constructor(session) {
    this.#session = session;
  }

  // sources: { name, whep, hls }; a name alone is shown by the service's own preview.
  show(sources) {
    this.#abort?.abort();
    this.#results = [];
    this.#shown = null;
    clearBoxes(this.#overlay);
    this.#picture.hidden = this.#video.hidden = true;
    this.#screen.dataset.state = "waiting";
    this.#player.textContent = "";
    if (sources) {
      this.#abort = new AbortController();
      this.#play(sources, this.#abort.signal);
    }
  }

  note(text) {
    if (this.#note.textContent !== text) {
      this.#note.textContent = text;
    }
    if (text) {
      // What is away has no boxes.
      this.#shown = null;
      this.#screen.dataset.state = "waiting";
      clearBoxes(this.#overlay);
    }
  }

  add(message) {
    this.#results.push(message);
    if (this.#results.length > KEPT_RESULTS) {
      this.#results.shift();
    }
    // Without a picture yet the boxes alone are better than nothing.
    if (this.#picture.hidden && this.#video.hidden) {
      this.#draw(message);
    }
  }

  redraw() {
    if (this.#shown) {
      this.#draw(this.#shown);
    }
  }

  // The best player that works; one that breaks off is followed by the next, and in the end it begins anew.
  async #play(sources, signal) {
    const players = [
      sources.whep && ["WebRTC", watch => playWhep(sources.whep, this.#video, this.#session.token, watch, signal)],
      sources.hls && ["HLS", watch => playHls(sources.hls, this.#video, this.#session.token, watch, signal)],
      ["Preview", watch => playPreview(this.#session, sources.name, this.#picture, watch, signal)],
    ].filter(Boolean);
    while (!signal.aborted) {
      for (const [title, player] of players) {
        try {
          await player(moment => this.#reached(title, moment));
        } catch (error) {
          if (!signal.aborted) {
            console.info(`${title}: ${error.message}`);
          }
        }
        if (signal.aborted) {
          return;
        }
        this.#screen.dataset.state = "waiting";
      }
      await new Promise(resolve => setTimeout(resolve, RETRY_MS));
    }
  }

  // moment: { width, height } and what is known of the picture that is shown: frameId, or its wall-clock time.
  #reached(title, moment) {
    const element = title === "Preview" ? this.#picture : this.#video;
    this.#picture.hidden = element !== this.#picture;
    this.#video.hidden = element !== this.#video;
    this.#screen.dataset.state = "playing";
    this.#screen.style.aspectRatio = `${moment.width} / ${moment.height}`;
    if (this.#player.textContent !== title) {
      this.#player.textContent = title;
    }
    const message = this.#resultOf(moment);
    if (message && message !== this.#shown) {
      this.#draw(message);
    }
  }

  #resultOf({ frameId, time }) {
    if (frameId !== undefined) {
      return this.#results.findLast(r => r.frame.id === frameId);
    }
    // A player that knows no time shows the present.
    return time === undefined ? this.#results.at(-1) : this.#results.findLast(r => Date.parse(r.time.ingested_at) <= time);
  }

  #draw(message) {
    this.#shown = message;
    clearBoxes(this.#overlay);
    this.#overlay.dataset.frame = message.frame.id;
    if (this.showBoxes) {
      drawBoxes(this.#overlay, message.detections, message.frame.width, message.frame.height);
    }
  }
}
