// Watches a stream by WHEP (RFC 9725's sibling draft-ietf-wish-whep): one offer, one answer, no trickle.

const ANSWER_MS = 5000;
const SILENCE_MS = 5000;

/** Plays until it breaks off, which throws. reached is told with each picture that is shown. */
export async function playWhep(url, video, token, reached, signal) {
  const connection = new RTCPeerConnection();
  let session = null;
  try {
    connection.addTransceiver("video", { direction: "recvonly" });
    connection.addTransceiver("audio", { direction: "recvonly" });
    const broken = new Promise((_, reject) => {
      connection.onconnectionstatechange = () => {
        if (["failed", "disconnected", "closed"].includes(connection.connectionState)) {
          reject(new Error(`the connection is ${connection.connectionState}`));
        }
      };
      signal.addEventListener("abort", () => reject(new Error("left")), { once: true });
    });
    broken.catch(() => {});
    connection.ontrack = ({ streams }) => video.srcObject = streams[0];
    session = await exchange(connection, url, token, signal);
    await Promise.race([broken, watch(video, reached, signal)]);
  } finally {
    connection.close();
    video.srcObject = null;
    if (session) {
      fetch(session, { method: "DELETE", headers: bearer(token), keepalive: true }).catch(() => {});
    }
  }
}

/** Publishes the microphone by WHIP; gives a function that ends it. */
export async function talk(url, token) {
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
  const connection = new RTCPeerConnection();
  const end = async session => {
    connection.close();
    microphone.getTracks().forEach(track => track.stop());
    if (session) {
      await fetch(session, { method: "DELETE", headers: bearer(token) }).catch(() => {});
    }
  };
  try {
    microphone.getTracks().forEach(track => connection.addTransceiver(track, { direction: "sendonly" }));
    const session = await exchange(connection, url, token);
    return () => end(session);
  } catch (error) {
    await end(null);
    throw error;
  }
}

async function exchange(connection, url, token, signal) {
  await connection.setLocalDescription(await connection.createOffer());
  await gathered(connection);
  const limit = AbortSignal.timeout(ANSWER_MS);
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/sdp", ...bearer(token) },
    body: connection.localDescription.sdp,
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  });
  if (response.status !== 201) {
    throw new Error(`the server answers ${response.status}`);
  }
  await connection.setRemoteDescription({ type: "answer", sdp: await response.text() });
  const location = response.headers.get("Location");
  return location ? new URL(location, url).href : null;
}

function gathered(connection) {
  return new Promise(resolve => {
    if (connection.iceGatheringState === "complete") {
      resolve();
    }
    connection.onicegatheringstatechange = () => connection.iceGatheringState === "complete" && resolve();
  });
}

// Ends with an error when no picture comes for a while.
function watch(video, reached, signal) {
  return new Promise((_, reject) => {
    let timer = setTimeout(() => reject(new Error("no picture came")), ANSWER_MS + SILENCE_MS);
    const shown = () => {
      if (signal.aborted) {
        clearTimeout(timer);
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(() => reject(new Error("the picture stands still")), SILENCE_MS);
      reached({ width: video.videoWidth, height: video.videoHeight });
      video.requestVideoFrameCallback(shown);
    };
    video.requestVideoFrameCallback(shown);
  });
}

function bearer(token) {
  return token ? { Authorization: `Bearer ${token}` } : {};
}
