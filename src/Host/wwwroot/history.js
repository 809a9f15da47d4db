// What the last minutes held: counts by class and the latency of the last results. Bounded in time and number.

const WINDOW_MS = 5 * 60_000;
const LATENCIES = 300;
const RECENT = 50;

export class History {
  #seen = [];
  #classes = new Map();
  #latencies = [];

  add(message, now = performance.now()) {
    const labels = new Map();
    for (const { label, class_id } of message.detections) {
      labels.set(label, (labels.get(label) ?? 0) + 1);
      this.#classes.set(label, class_id);
    }
    this.#seen.push({ now, labels });
    while (this.#seen.length && this.#seen[0].now < now - WINDOW_MS) {
      this.#seen.shift();
    }
    this.#latencies.push(message.latency_ms);
    if (this.#latencies.length > LATENCIES) {
      this.#latencies.shift();
    }
  }

  // Each label with the share of the results that have it and the most in one frame, the most frequent first.
  get counts() {
    const sums = new Map();
    for (const { labels } of this.#seen) {
      for (const [label, count] of labels) {
        const sum = sums.get(label) ?? { frames: 0, most: 0 };
        sums.set(label, { frames: sum.frames + 1, most: Math.max(sum.most, count) });
      }
    }
    return [...sums].map(([label, { frames, most }]) => ({ label, classId: this.#classes.get(label), share: frames / this.#seen.length, most }))
      .sort((a, b) => b.share - a.share);
  }

  get latencies() {
    return this.#latencies;
  }

  // Seconds since the last result; 0 before the first.
  silence(now = performance.now()) {
    return this.#seen.length ? (now - this.#seen.at(-1).now) / 1000 : 0;
  }

  // The middle one of the last five seconds' latencies at ten a second, in milliseconds; NaN before the first.
  latency() {
    const last = this.#latencies.slice(-RECENT).map(({ total }) => total).sort((a, b) => a - b);
    return last[last.length >> 1] ?? NaN;
  }

  // Results a second over the last five seconds.
  rate(now = performance.now()) {
    const recent = this.#seen.filter(s => s.now > now - 5000);
    return recent.length < 2 ? 0 : (recent.length - 1) / ((recent.at(-1).now - recent[0].now) / 1000);
  }
}
