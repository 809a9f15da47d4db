// The service's WebSocket, with reconnection. Events: "state" (connecting, open, closed) and one event for each message type.

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

export class Feed extends EventTarget {
  #url;
  #session;
  #socket = null;
  #delay = FIRST_DELAY_MS;
  #timer = 0;

  constructor(url, session) {
    super();
    this.#url = url;
    this.#session = session;
  }

  async open() {
    clearTimeout(this.#timer);
    this.#tell("state", { state: "connecting" });
    let socket;
    try {
      socket = this.#socket = await this.#session.connect(this.#url);
    } catch {
      this.#later();
      return;
    }
    socket.onmessage = event => {
      const message = JSON.parse(event.data);
      this.#delay = FIRST_DELAY_MS;
      if (message.type === "hello") {
        this.#tell("state", { state: "open" });
      }
      this.#tell(message.type, message);
    };
    socket.onclose = () => {
      if (this.#socket !== socket) {
        return;
      }
      this.#later();
    };
  }

  #later() {
    this.#tell("state", { state: "closed" });
    this.#timer = setTimeout(() => this.open(), this.#delay * (0.7 + Math.random() * 0.3));
    this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY_MS);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
