// The large picture and the boxes on it. A player shows the video and says which moment it shows; the boxes drawn are those of that
// moment. Results are kept until their picture comes.

import { clearBoxes, drawBoxes } from "./boxes.js";
import { playHls } from "./hls-player.js";
import { Ladder } from "./ladder.js";
import { write } from "./panels.js";
import { playPreview } from "./preview.js";
import { playWhep } from "./whep-player.js";

// HLS may be ten seconds behind, at 30 results a second.
const KEPT_RESULTS = 400;
// Results whose way is looked at; three seconds of them.
const LAG_OF = 30;
// From one picture to the next in an ordinary stream.
const FRAME_MS = 40;
// The service's own preview is never far away.
const PREVIEW_PAUSE_MS = 2000;

export class Stage {
  #screen = document.getElementById("screen");
  #overlay = document.getElementById("overlay");
  #note = document.getElementById("screen-note");
  #state = document.getElementById("screen-state");
  #player = document.getElementById("player");
  #sound = document.getElementById("sound");
  #picture = document.getElementById("picture");
  #videos = { WebRTC: document.getElementById("webrtc"), HLS: document.getElementById("hls") };
  #session;
  #results = [];
  #abort = null;
  #ladder = null;
  #sources = "";
  #drawnIn = false;
  #shown = null;
  #playing = null;
  showBoxes = true;

  constructor(session) {
    this.#session = session;
    this.#sound.onclick = () => {
      this.#sound.ariaPressed = String(this.#sound.ariaPressed !== "true");
      this.#hear();
    };
    // While the page was in the background no picture came, and a player may have been given up.
    document.addEventListener("visibilitychange", () => this.hurry());
  }

  // sources: { name, whep, hls, annotated }; a name alone is shown by the service's own preview, null by nothing. annotated: the video has
  // its boxes drawn in, but for the preview.
  show(sources) {
    this.#results = [];
    const wanted = JSON.stringify([sources, this.#session.token]);
    if (sources && wanted === this.#sources) {
      this.hurry();
      return;
    }
    this.#sources = wanted;
    this.#drawnIn = sources?.annotated === true;
    this.#abort?.abort();
    this.#ladder = null;
    this.#shown = null;
    this.#turn(null);
    clearBoxes(this.#overlay);
    this.#screen.dataset.state = sources ? "waiting" : "empty";
    if (sources) {
      this.#abort = new AbortController();
      this.#ladder = new Ladder(this.#ways(sources), this.#abort.signal, (way, moment) => this.#reached(way, moment));
      this.#ladder.start();
    }
  }

  // The source or the service is back: what failed is tried again.
  hurry() {
    this.#ladder?.hurry();
  }

  // text: what is written over the picture, which may change every second. state: what is said aloud by those who read the page to
  // others, and only when it changes.
  note(text, state) {
    write(this.#note, text);
    write(this.#state, state);
    if (text) {
      // What is away has no boxes.
      this.#shown = null;
      this.#screen.dataset.state = this.#sources === "" ? "empty" : "waiting";
      clearBoxes(this.#overlay);
    }
  }

  add(message) {
    // Entered: when its frame came to the service, by this page's clock and but for the way here, which its picture had too.
    this.#results.push({ message, entered: performance.now() - message.latency_ms.total });
    if (this.#results.length > KEPT_RESULTS) {
      this.#results.shift();
    }
    // Without a picture yet the boxes alone are better than nothing.
    if (this.#playing === null && !this.#note.textContent) {
      this.#draw(message);
    }
  }

  redraw() {
    if (this.#shown) {
      this.#draw(this.#shown);
    }
  }

  #ways(sources) {
    const { token } = this.#session;
    return [
      sources.whep && { title: "WebRTC", play: (reached, signal) => playWhep(sources.whep, this.#videos.WebRTC, token, () => this.#lag(), reached, signal) },
      sources.hls && { title: "HLS", play: (reached, signal) => playHls(sources.hls, this.#videos.HLS, token, reached, signal) },
      {
        title: "Preview",
        longestPause: PREVIEW_PAUSE_MS,
        play: (reached, signal) => playPreview(this.#session, sources.name, this.#picture, reached, signal),
      },
    ].filter(Boolean);
  }

  // How long most of the last results were on their way, in milliseconds.
  #lag() {
    const last = this.#results.slice(-LAG_OF).map(({ message }) => message.latency_ms.total).sort((a, b) => a - b);
    return last.length ? last[Math.floor(last.length * 0.9)] + FRAME_MS : 0;
  }

  // moment: { width, height } and what is known of the picture that is shown: frameId, when it was received, its wall-clock time, or how
  // far it is behind.
  #reached(way, moment) {
    this.#turn(way?.title ?? null);
    if (!way) {
      this.#screen.dataset.state = "waiting";
      return;
    }
    this.#screen.dataset.state = this.#note.textContent ? "waiting" : "playing";
    this.#screen.style.aspectRatio = `${moment.width} / ${moment.height}`;
    this.#sound.hidden = !moment.sound;
    const message = this.#resultOf(moment);
    if (message && message !== this.#shown && !this.#note.textContent) {
      this.#draw(message);
    }
  }

  #turn(title) {
    if (title !== this.#playing) {
      this.#playing = title;
      this.#player.textContent = title ?? "";
      this.#picture.classList.toggle("aside", title !== "Preview");
      for (const [name, video] of Object.entries(this.#videos)) {
        video.classList.toggle("aside", name !== title);
      }
      this.#sound.hidden = true;
      this.#hear();
      this.redraw();
    }
  }

  #hear() {
    for (const [name, video] of Object.entries(this.#videos)) {
      video.muted = name !== this.#playing || this.#sound.ariaPressed !== "true";
    }
  }

  #resultOf({ frameId, received, time, behind }) {
    const results = this.#results;
    const found = frameId !== undefined ? results.findLast(r => r.message.frame.id === frameId)
      : time !== undefined ? results.findLast(r => Date.parse(r.message.time.ingested_at) <= time)
      : received !== undefined ? results.findLast(r => r.entered <= received + FRAME_MS / 2)
      : behind !== undefined ? results.findLast(r => r.entered <= performance.now() - behind)
      // A player that knows no time shows the present.
      : results.at(-1);
    return found?.message;
  }

  #draw(message) {
    this.#shown = message;
    clearBoxes(this.#overlay);
    this.#overlay.dataset.frame = message.frame.id;
    if (this.showBoxes && (!this.#drawnIn || this.#playing === "Preview")) {
      drawBoxes(this.#overlay, message.detections, message.frame.width, message.frame.height);
    }
  }
}
