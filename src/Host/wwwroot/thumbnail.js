// The small picture of a stream's tile: its snapshot, fetched again every few seconds while somebody can see it.

// A stream is known by a picture that is a few seconds old, and each costs the service a JPEG of full size.
const PAUSE_MS = 3000;
// Twice the width that a tile gives it, for screens of two points a pixel.
const WIDTH = 192;

export class Thumbnail {
  #session;
  #name;
  #canvas = document.createElement("canvas");
  #live = false;
  #inView = false;
  // From a request until the pause after its answer is over, so that there is never a second one.
  #busy = false;
  #end = new AbortController();
  element = document.createElement("span");

  constructor(session, name) {
    this.#session = session;
    this.#name = name;
    this.#canvas.setAttribute("role", "img");
    this.#canvas.setAttribute("aria-label", "latest picture");
    // Until there is one, the element is seen as a place without a picture.
    this.#canvas.hidden = true;
    this.element.className = "thumbnail";
    this.element.append(this.#canvas);
    const views = new IntersectionObserver(entries => {
      this.#inView = entries.at(-1).isIntersecting;
      this.#look();
    });
    views.observe(this.element);
    this.#end.signal.addEventListener("abort", () => views.disconnect());
    document.addEventListener("visibilitychange", () => this.#look(), { signal: this.#end.signal });
  }

  /** live: whether the stream has new pictures at present. The last one stays when it has none. */
  show(live) {
    this.#live = live;
    this.#look();
  }

  end() {
    this.#end.abort();
  }

  async #look() {
    if (this.#busy || !this.#live || !this.#inView || document.hidden || this.#end.signal.aborted) {
      return;
    }
    this.#busy = true;
    const picture = await this.#fetch().catch(() => null);
    if (picture) {
      this.#draw(picture);
    }
    setTimeout(() => {
      this.#busy = false;
      this.#look();
    }, PAUSE_MS);
  }

  // Nothing when there is no picture at the moment.
  async #fetch() {
    const response = await this.#session.fetch(`v1/streams/${encodeURIComponent(this.#name)}/snapshot.jpg`, { signal: this.#end.signal });
    return response.ok ? await createImageBitmap(await response.blob(), { resizeWidth: WIDTH, resizeQuality: "medium" }) : null;
  }

  // In one go, over the one before.
  #draw(picture) {
    // Setting a size clears the canvas, so it is only set when it changes.
    if (this.#canvas.width !== picture.width || this.#canvas.height !== picture.height) {
      this.#canvas.width = picture.width;
      this.#canvas.height = picture.height;
    }
    this.#canvas.getContext("2d").drawImage(picture, 0, 0);
    picture.close();
    this.#canvas.hidden = false;
  }
}
