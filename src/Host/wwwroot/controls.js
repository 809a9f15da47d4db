// What can be changed: a stream's model, classes, confidence, rate and annotated video; recording; streams added and ended. What this
// service or this visitor cannot do is not shown.

import { content, reason } from "./answers.js";
import { Ended } from "./ended.js";
import { element } from "./panels.js";

// Nobody may (401, 403), there is no such route (404, 405).
const IMPOSSIBLE = [401, 403, 404, 405];
const SETTLED_MS = 300;
// More of them would be no choice any more; COCO has 80.
const MOST_CLASSES = 100;

const at = id => document.getElementById(id);

export class Controls {
  #session;
  #name = null;
  #form = at("settings-form");
  #timer = 0;
  #pending = {};
  #sending = 0;
  #filled = "";
  #record = at("record");
  #ended = new Ended(request => this.#post(request));
  // Streams whose video can be annotated: where it is published is known of them, and the service remembers it when it is switched off.
  #annotatable = new Set();
  // Addresses as they were typed: the service tells them without their secrets.
  #urls = new Map();

  constructor(session) {
    this.#session = session;
    this.#form.onsubmit = event => event.preventDefault();
    this.#form.oninput = event => this.#change(event.target);
    at("stop").onclick = ({ target }) => pressed(target, () => this.#stop());
    this.#record.onclick = ({ target }) => pressed(target, () => this.#recording(target.ariaPressed === "true" ? "stop" : "start"));
    at("add-form").onsubmit = event => {
      event.preventDefault();
      pressed(event.submitter, () => this.#add(event.target));
    };
  }

  // Another stream is chosen: what was changed and not yet sent is the former's, and nothing of it can be touched any more.
  leave() {
    if (this.#timer) {
      this.#send();
    }
    this.#name = null;
    at("settings").hidden = this.#record.hidden = true;
    this.#tell(this.#form, "");
    at("stage-alert").textContent = "";
  }

  // Shows a stream's settings.
  async show(name) {
    this.leave();
    this.#name = name;
    if (name === null) {
      // Nothing is made of an empty request; its refusal tells whether another would be.
      const answer = await this.#session.fetch("v1/streams", json("POST", {})).catch(() => null);
      at("add").hidden = !answer || IMPOSSIBLE.includes(answer.status);
      return;
    }
    const response = await this.#ask(name, "PATCH", "", {});
    const facts = await content(response);
    if (facts) {
      const models = await this.#models();
      if (this.#name === name) {
        this.#form.elements.model.replaceChildren(...models.map(model => element("option", model.name)));
        this.#fill(facts);
        at("settings").hidden = false;
      }
    }
    at("add").hidden = !response || IMPOSSIBLE.includes(response.status);
    const recording = await this.#ask(name, "POST", "/recording", {});
    if (recording && !IMPOSSIBLE.includes(recording.status) && recording.status < 500) {
      const state = await content(await this.#ask(name, "GET", "/recording"));
      if (this.#name === name) {
        this.#showRecording(state?.recording === true);
        this.#record.hidden = false;
      }
    }
  }

  // The stream's settings as they are now; somebody else may have changed them, or its model come. Never under somebody's hands.
  update(facts) {
    const busy = Object.keys(this.#pending).length > 0 || this.#sending > 0 || this.#form.contains(document.activeElement);
    if (facts.name === this.#name && !at("settings").hidden && !busy && settingsOf(facts) !== this.#filled) {
      this.#fill(facts);
    }
  }

  #showRecording(runs) {
    this.#record.ariaPressed = String(runs);
    this.#record.textContent = runs ? "Stop recording" : "Record";
  }

  async #models() {
    const list = await content(await this.#session.fetch("v1/models").catch(() => null));
    return list?.models ?? [];
  }

  #fill(facts) {
    this.#filled = settingsOf(facts);
    const { model, confidence, fps, annotate, annotated_height, annotated_fps } = this.#form.elements;
    pick(model, facts.model);
    confidence.value = facts.confidence;
    fps.value = facts.fps;
    annotate.checked = facts.annotated !== null;
    if (facts.annotated || facts.publish) {
      this.#annotatable.add(facts.name);
    }
    at("annotated-settings").hidden = !this.#annotatable.has(facts.name);
    annotated_height.disabled = annotated_fps.disabled = facts.annotated === null;
    pick(annotated_height, facts.annotated?.height);
    pick(annotated_fps, facts.annotated?.fps);
    this.#outputs();
    const chosen = new Set(facts.classes);
    at("classes").hidden = facts.labels.length === 0 || facts.labels.length > MOST_CLASSES;
    at("classes").replaceChildren(element("legend", "Classes"), ...facts.labels.map(label => {
      const box = element("input", "");
      box.type = "checkbox";
      box.name = "class";
      box.value = label;
      box.checked = chosen.size === 0 || chosen.has(label);
      const row = element("label", "", "switch");
      row.append(box, label);
      return row;
    }));
  }

  #outputs() {
    const { confidence, fps } = this.#form.elements;
    confidence.previousElementSibling.value = `${Math.round(confidence.value * 100)} %`;
    fps.previousElementSibling.value = fps.value;
  }

  #change(input) {
    this.#outputs();
    if (input.name === "class") {
      const boxes = [...this.#form.querySelectorAll("[name=class]")];
      const chosen = boxes.filter(b => b.checked).map(b => b.value);
      // An empty list means all, so the last one cannot be switched off.
      if (chosen.length === 0) {
        input.checked = true;
        return;
      }
      this.#pending.classes = chosen.length === boxes.length ? [] : chosen;
    } else {
      this.#pending[input.name] = input.type === "checkbox" ? input.checked
        // The source's own height and rate have no value, and are 0 to the service.
        : input.name === "model" ? input.value : Number(input.value);
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), SETTLED_MS);
  }

  async #send() {
    const name = this.#name;
    const changes = this.#pending;
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#pending = {};
    this.#sending++;
    const response = await this.#ask(name, "PATCH", "", changes);
    const problem = await reason(response);
    const facts = await content(response);
    this.#sending--;
    if (this.#name !== name) {
      return;
    }
    this.#tell(this.#form, problem);
    if (facts && (changes.model || changes.annotate !== undefined)) {
      this.#fill(facts);
    }
  }

  // A stream is there: it is not among the ended ones.
  came(name) {
    this.#ended.remove(name);
  }

  async #stop() {
    const name = this.#name;
    const facts = await content(await this.#ask(name, "GET", ""));
    const response = await this.#ask(name, "DELETE", "");
    const problem = await reason(response);
    if (this.#name === name) {
      this.#tell(this.#form, problem);
    }
    // One that somebody else posted with an address of its own cannot be had by its name.
    if (response?.ok && facts?.name === name && (facts.origin !== "posted" || this.#urls.has(name) || facts.publish)) {
      this.#ended.add(facts, this.#urls.get(name));
    }
  }

  async #recording(action) {
    const name = this.#name;
    const response = await this.#ask(name, "POST", "/recording", { action });
    const problem = await reason(response);
    if (this.#name !== name) {
      return;
    }
    if (!problem) {
      this.#showRecording(action === "start");
    }
    at("stage-alert").textContent = problem;
  }

  async #add(form) {
    const { name, url } = form.elements;
    const request = { name: name.value.trim(), url: url.value.trim() || undefined };
    const problem = await this.#post(request);
    this.#tell(form, problem);
    if (!problem) {
      form.reset();
      at("add").open = false;
    }
  }

  // Gives a sentence when it fails.
  async #post(request) {
    const response = await this.#session.fetch("v1/streams", json("POST", request)).catch(() => null);
    if (response?.ok && request.url) {
      this.#urls.set(request.name, request.url);
    }
    return await reason(response);
  }

  #tell(form, text) {
    form.querySelector("[role=alert]").textContent = text;
  }

  // What is asked for is meant for the stream that was shown then, whichever is shown when its turn comes.
  #ask(name, method, below, body) {
    return this.#session.fetch(`v1/streams/${encodeURIComponent(name)}${below}`, body ? json(method, body) : { method }).catch(() => null);
  }
}

// A button does one thing at a time. A disabled one loses the focus, which is given back unless it has gone elsewhere.
async function pressed(button, act) {
  const focused = document.activeElement === button;
  button.disabled = true;
  try {
    await act();
  } finally {
    button.disabled = false;
    if (focused && (document.activeElement === document.body || document.activeElement === null)) {
      button.focus();
    }
  }
}

function settingsOf({ labels, classes, model, confidence, fps, annotated, publish }) {
  return JSON.stringify([labels, classes, model, confidence, fps, annotated !== null, annotated?.height, annotated?.fps, publish !== null]);
}

// Chooses a value, which need not be among those that are offered; none is the empty one.
function pick(select, value) {
  const text = String(value ?? "");
  if (text !== "" && ![...select.options].some(option => option.value === text)) {
    select.append(element("option", text));
  }
  select.value = text;
}

function json(method, body) {
  return { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}
