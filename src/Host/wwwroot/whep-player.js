// Watches a stream by WHEP.

import { watchPictures } from "./pictures.js";
import { broken, connectionFor, endSession, exchange } from "./webrtc.js";

// The first picture waits for a key frame, which publishers send every one to ten seconds.
const FIRST_PICTURE_MS = 12_000;
const SILENCE_MS = 5000;

// A picture waits this long at most for its boxes.
const LONGEST_WAIT_MS = 500;

/**
 * Plays until it breaks off, which throws. reached is told with each picture that is shown, and with the time at which it was received
 * (performance.now), where the browser tells it. lag gives the milliseconds that results need to come: pictures are held back so long, in
 * browsers that can do that, since a picture that is shown at once is gone before its boxes are there.
 */
export async function playWhep(url, video, token, lag, reached, signal) {
  const connection = await connectionFor(url, token, signal);
  const media = new MediaStream();
  let session = null;
  try {
    const { receiver } = connection.addTransceiver("video", { direction: "recvonly" });
    connection.addTransceiver("audio", { direction: "recvonly" });
    connection.ontrack = ({ track }) => media.addTrack(track);
    const breaking = broken(connection);
    breaking.catch(() => {});
    video.srcObject = media;
    session = await exchange(connection, url, token, signal);
    video.play().catch(() => {});
    await Promise.race([breaking, watchPictures(video, FIRST_PICTURE_MS, SILENCE_MS, ({ receiveTime }) => {
      hold(receiver, lag());
      reached({
        width: video.videoWidth,
        height: video.videoHeight,
        received: receiveTime,
        // A track without packets is muted.
        sound: media.getAudioTracks().some(({ muted }) => !muted),
      });
    }, signal)]);
  } finally {
    connection.close();
    video.srcObject = null;
    endSession(session, token);
  }
}

// In steps, since every change makes the video a little faster or slower for a while.
function hold(receiver, lag) {
  const wanted = Math.min(LONGEST_WAIT_MS, Math.ceil(lag / 50) * 50);
  if ("jitterBufferTarget" in receiver && receiver.jitterBufferTarget !== wanted) {
    receiver.jitterBufferTarget = wanted;
  }
}
