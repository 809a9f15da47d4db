// The microphone, published by WHIP to the path beside a stream. Off until somebody presses the button, and off again when the stream
// is left, the connection breaks, or the page is closed.

import { broken, connectionFor, endSession, exchange } from "./webrtc.js";

export class TalkBack {
  #button = document.getElementById("talk");
  #alert = document.getElementById("stage-alert");
  #session;
  #url = null;
  #end = null;

  constructor(session) {
    this.#session = session;
    this.#button.onclick = () => this.#end ? this.#stop() : this.#start();
    addEventListener("pagehide", () => this.#stop());
    this.#draw("off");
  }

  // url: where the chosen stream takes what its viewers say; null for nowhere.
  offer(url) {
    if (url !== this.#url) {
      this.#stop();
      this.#url = url;
    }
    this.#button.hidden = !url || !navigator.mediaDevices;
  }

  #stop() {
    this.#end?.abort();
  }

  async #start() {
    const end = this.#end = new AbortController();
    this.#alert.textContent = "";
    this.#draw("starting");
    try {
      await publishMicrophone(this.#url, this.#session.token, () => this.#draw("on"), end.signal);
    } catch (error) {
      if (!end.signal.aborted) {
        this.#alert.textContent = `Talk back has ended: ${error.message}.`;
      }
    }
    this.#end = null;
    this.#draw("off");
  }

  #draw(state) {
    this.#button.dataset.state = state;
    this.#button.ariaPressed = String(state !== "off");
    this.#button.textContent = { off: "Talk back", starting: "Calling…", on: "End talk back" }[state];
  }
}

// Goes on until signal ends it or it breaks off, which both throw. begun is told when the microphone is heard.
async function publishMicrophone(url, token, begun, signal) {
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } })
    .catch(error => {
      throw new Error(error.name === "NotAllowedError" ? "the browser was not allowed to use the microphone" : error.message.replace(/\.$/, ""));
    });
  let connection = null;
  let session = null;
  try {
    const left = new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new Error("ended")), { once: true });
      if (signal.aborted) {
        reject(new Error("ended"));
      }
    });
    left.catch(() => {});
    connection = await connectionFor(url, token, signal);
    const breaking = broken(connection);
    breaking.catch(() => {});
    const connected = new Promise(resolve => connection.addEventListener("connectionstatechange", () => connection.connectionState === "connected" && resolve()));
    microphone.getTracks().forEach(track => connection.addTransceiver(track, { direction: "sendonly" }));
    session = await exchange(connection, url, token, signal);
    await Promise.race([connected, breaking, left]);
    begun();
    await Promise.race([breaking, left]);
  } finally {
    connection?.close();
    microphone.getTracks().forEach(track => track.stop());
    endSession(session, token);
  }
}
