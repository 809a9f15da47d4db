// Plays by the best way that works. A lesser way bridges what a better one is slow to begin, and while it plays the better ones are
// tried again now and then: the first picture of a better one ends the lesser.

// A way that has no picture after this long is bridged; WebRTC has its first one within a second when a key frame comes.
const SLOW_MS = 2500;
const FIRST_PAUSE_MS = 1000;
// A way that never works (a network without UDP, a server that offers no HLS) costs two tries a minute.
const LONGEST_PAUSE_MS = 30_000;

export class Ladder {
  // state: new, trying, playing, resting.
  #rungs;
  #signal;
  #show;
  #waiting = [];

  // ways: the best first, { title, play(reached, signal) }, where play goes on until it breaks off. show(way, moment) is told each
  // picture of the way that is shown; show(null) that there is none any more.
  constructor(ways, signal, show) {
    this.#rungs = ways.map((way, index) => ({ way, index, state: "new", slow: false, pause: FIRST_PAUSE_MS, attempt: null, goOn: null }));
    this.#signal = signal;
    this.#show = show;
  }

  start() {
    this.#rungs.forEach(rung => this.#climb(rung));
  }

  // What failed may work now: it is tried at once.
  hurry() {
    for (const rung of this.#rungs) {
      rung.pause = FIRST_PAUSE_MS;
      rung.goOn?.();
    }
  }

  async #climb(rung) {
    while (!this.#signal.aborted) {
      await this.#until(() => this.#above(rung).every(({ state, slow }) => state === "resting" || (state === "trying" && slow)));
      const attempt = rung.attempt = new AbortController();
      rung.slow = false;
      this.#turn(rung, "trying");
      const timer = setTimeout(() => {
        rung.slow = true;
        this.#wake();
      }, SLOW_MS);
      try {
        await rung.way.play(moment => this.#reached(rung, attempt, moment), AbortSignal.any([this.#signal, attempt.signal]));
      } catch (error) {
        if (!this.#signal.aborted && !attempt.signal.aborted) {
          console.info(`${rung.way.title}: ${error.message}`);
        }
      }
      clearTimeout(timer);
      attempt.abort();
      if (rung.state === "playing") {
        this.#show(null);
      }
      const stoodAside = this.#above(rung).some(({ state }) => state === "playing");
      this.#turn(rung, "resting");
      if (!stoodAside) {
        await this.#rest(rung);
      }
    }
  }

  #reached(rung, attempt, moment) {
    if (attempt.signal.aborted || this.#signal.aborted) {
      return;
    }
    if (rung.state !== "playing") {
      rung.pause = FIRST_PAUSE_MS;
      this.#turn(rung, "playing");
      for (const lesser of this.#rungs.slice(rung.index + 1)) {
        lesser.attempt?.abort();
        if (lesser.state === "playing") {
          lesser.state = "trying";
        }
      }
    }
    this.#show(rung.way, moment);
  }

  #above(rung) {
    return this.#rungs.slice(0, rung.index);
  }

  #turn(rung, state) {
    rung.state = state;
    this.#wake();
  }

  #wake() {
    this.#waiting.splice(0).forEach(wake => wake());
  }

  async #until(condition) {
    while (!this.#signal.aborted && !condition()) {
      await new Promise(wake => this.#waiting.push(wake));
    }
  }

  async #rest(rung) {
    await new Promise(resolve => {
      const timer = setTimeout(resolve, rung.pause);
      rung.goOn = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#signal.addEventListener("abort", rung.goOn, { once: true });
    });
    rung.goOn = null;
    rung.pause = Math.min(rung.pause * 2, rung.way.longestPause ?? LONGEST_PAUSE_MS);
  }
}
