// The key or token that the page shows to the service, where it asks for one. It is kept for this tab alone
// and sent to the service and its MediaMTX only.

const KEPT_AS = "visionstream-token";
// What a Sec-WebSocket-Protocol header can carry (RFC 9110, 5.6.2).
const TOKEN_CHARACTERS = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

// A service that is asked something and is silent for so long is away. What changes something may load a model first.
const ANSWER_MS = 10_000;
const CHANGE_MS = 60_000;

export class Session {
  #dialog = document.getElementById("sign-in");
  #asking = null;

  get token() {
    return sessionStorage.getItem(KEPT_AS);
  }

  /**
   * fetch with the token; whoever is not known is asked for one and the request is made again. Fails when the answer takes too long, with
   * its body; of an endless one only the beginning is waited for.
   */
  async fetch(path, { endless = false, signal, ...options } = {}) {
    for (;;) {
      const token = this.token;
      const headers = token ? { ...options.headers, Authorization: `Bearer ${token}` } : options.headers;
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(new DOMException("The service does not answer.", "TimeoutError")),
        (options.method ?? "GET") === "GET" ? ANSWER_MS : CHANGE_MS);
      const response = await fetch(path, { cache: "no-store", ...options, headers, signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal });
      if (endless) {
        clearTimeout(timer);
      }
      if (response.status !== 401) {
        return response;
      }
      if (token === this.token) {
        await this.#ask(token ? "The service does not know this key, or the token has expired." : "");
      }
    }
  }

  /** A WebSocket with the token. A browser is not told why one is refused, so that is found out beforehand. */
  async connect(url) {
    await this.fetch("v1/streams");
    const token = this.token;
    if (!token) {
      return new WebSocket(url, ["visionstream"]);
    }
    if (TOKEN_CHARACTERS.test(token)) {
      return new WebSocket(url, ["visionstream", `bearer.${token}`]);
    }
    const withToken = new URL(url);
    withToken.searchParams.set("token", token);
    return new WebSocket(withToken, ["visionstream"]);
  }

  #ask(why) {
    return this.#asking ??= new Promise(resolve => {
      this.#dialog.querySelector("[role=alert]").textContent = why;
      this.#dialog.querySelector("form").onsubmit = event => {
        event.preventDefault();
        const field = this.#dialog.querySelector("input");
        sessionStorage.setItem(KEPT_AS, field.value.trim());
        field.value = "";
        this.#dialog.close();
        this.#asking = null;
        resolve();
      };
      this.#dialog.oncancel = event => event.preventDefault();
      // Before anything on the page was pressed a browser lets Escape close it all the same.
      this.#dialog.onclose = () => {
        if (this.#asking && !this.#dialog.open) {
          this.#dialog.showModal();
        }
      };
      this.#dialog.showModal();
    });
  }
}
