// The service's WebSocket, with reconnection. Events: "state" (connecting until the first try has ended, then open or closed) and one event
// for each message type.

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

export class Feed extends EventTarget {
  #url;
  #session;
  #socket = null;
  #delay = FIRST_DELAY_MS;
  #timer = 0;
  #state = null;

  constructor(url, session) {
    super();
    this.#url = url;
    this.#session = session;
  }

  async open() {
    clearTimeout(this.#timer);
    if (this.#state === null) {
      this.#turn("connecting");
    }
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
        this.#turn("open");
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
    this.#turn("closed");
    this.#timer = setTimeout(() => this.open(), this.#delay * (0.7 + Math.random() * 0.3));
    this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY_MS);
  }

  #turn(state) {
    if (state !== this.#state) {
      this.#state = state;
      this.#tell("state", { state });
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
