// Reads the service's own low-rate picture stream: multipart/x-mixed-replace, a JPEG a part, with the frame's number and PTS in
// the part's headers, so that boxes can be drawn on the very frame they belong to.

/** Shows the preview on a canvas; reached is told the frame's number with each picture. Ends when the service ends it, throws when it cannot be had. */
export async function playPreview(session, name, canvas, reached, signal) {
  for await (const { frameId, image } of readPreview(session, `v1/streams/${encodeURIComponent(name)}/preview.mjpeg`, signal)) {
    // Setting a size clears the canvas, so it is only set when it changes.
    if (canvas.width !== image.width || canvas.height !== image.height) {
      canvas.width = image.width;
      canvas.height = image.height;
    }
    canvas.getContext("2d").drawImage(image, 0, 0);
    image.close();
    reached({ frameId, width: canvas.width, height: canvas.height });
  }
}

const decoder = new TextDecoder("latin1");

async function* readPreview(session, url, signal) {
  const response = await session.fetch(url, { signal, endless: true });
  if (!response.ok) {
    throw new Error(`The preview answers ${response.status}.`);
  }
  const reader = response.body.getReader();
  let pending = new Uint8Array(0);
  for (;;) {
    let end = findHeaderEnd(pending);
    let headers = end < 0 ? null : parseHeaders(decoder.decode(pending.subarray(0, end)));
    while (end < 0 || pending.length < end + headers.length) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      pending = join(pending, value);
      if (end < 0) {
        end = findHeaderEnd(pending);
        headers = end < 0 ? null : parseHeaders(decoder.decode(pending.subarray(0, end)));
      }
    }
    const jpeg = pending.slice(end, end + headers.length);
    pending = pending.slice(end + headers.length);
    yield { frameId: headers.frameId, ptsMs: headers.ptsMs, image: await createImageBitmap(new Blob([jpeg], { type: "image/jpeg" })) };
  }
}

function findHeaderEnd(bytes) {
  for (let i = 3; i < bytes.length; i++) {
    if (bytes[i] === 10 && bytes[i - 1] === 13 && bytes[i - 2] === 10 && bytes[i - 3] === 13) {
      return i + 1;
    }
  }
  return -1;
}

function parseHeaders(text) {
  const value = name => text.match(new RegExp(`^${name}: *(.+)\r?$`, "mi"))?.[1].trim();
  return { length: Number(value("Content-Length")), frameId: Number(value("X-Frame-Id")), ptsMs: Number(value("X-Pts-Ms")) };
}

function join(a, b) {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
