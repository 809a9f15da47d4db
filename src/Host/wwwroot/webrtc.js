// What WHEP and WHIP have in common (RFC 9725, draft-ietf-wish-whep): one offer, one answer, a session that is deleted in the end.

const ANSWER_MS = 5000;
// A STUN server that does not answer would hold up the offer; what is known by then is enough.
const GATHERING_MS = 2000;

/** A connection that knows the STUN and TURN servers which the endpoint names, if it names any. */
export async function connectionFor(url, token, signal) {
  const response = await fetch(url, { method: "OPTIONS", headers: bearer(token), signal: within(ANSWER_MS, signal) });
  return new RTCPeerConnection({ iceServers: response.ok ? iceServers(response.headers.get("Link") ?? "") : [] });
}

/** Sends the offer and takes the answer; gives the session's address, or null where the endpoint tells none. */
export async function exchange(connection, url, token, signal) {
  await connection.setLocalDescription(await connection.createOffer());
  await gathered(connection);
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/sdp", ...bearer(token) },
    body: connection.localDescription.sdp,
    signal: within(ANSWER_MS, signal),
  });
  if (response.status !== 201) {
    throw new Error((await response.json().catch(() => null))?.error ?? `the server answers ${response.status}`);
  }
  const location = response.headers.get("Location");
  await connection.setRemoteDescription({ type: "answer", sdp: await response.text() });
  return location ? new URL(location, url).href : null;
}

/** Gives a promise that is only ever refused, when the connection breaks. */
export function broken(connection) {
  return new Promise((_, reject) => connection.addEventListener("connectionstatechange", () => {
    if (["failed", "disconnected", "closed"].includes(connection.connectionState)) {
      reject(new Error(`the connection is ${connection.connectionState}`));
    }
  }));
}

/** Ends a session. The server notices without it too, only later. */
export async function endSession(session, token) {
  if (session) {
    await fetch(session, { method: "DELETE", headers: bearer(token), keepalive: true }).catch(() => {});
  }
}

// <turn:host:port?transport=udp>; rel="ice-server"; username="u"; credential="c"; credential-type="password"
function iceServers(link) {
  return [...link.matchAll(/<([^>]+)>((?:\s*;\s*[\w-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^",;]+))*)/g)].map(([, urls, rest]) => {
    const value = name => rest.match(new RegExp(`;\\s*${name}\\s*=\\s*"((?:[^"\\\\]|\\\\.)*)"`, "i"))?.[1].replace(/\\(.)/g, "$1");
    const server = { urls };
    if (value("username") !== undefined) {
      Object.assign(server, { username: value("username"), credential: value("credential") });
    }
    return /ice-server/i.test(rest) ? server : null;
  }).filter(Boolean);
}

async function gathered(connection) {
  await new Promise(resolve => {
    const limit = setTimeout(resolve, GATHERING_MS);
    connection.onicegatheringstatechange = () => {
      if (connection.iceGatheringState === "complete") {
        clearTimeout(limit);
        resolve();
      }
    };
    connection.onicegatheringstatechange();
  });
  connection.onicegatheringstatechange = null;
}

function within(ms, signal) {
  const limit = AbortSignal.timeout(ms);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

function bearer(token) {
  return token ? { Authorization: `Bearer ${token}` } : {};
}
