// Watches a stream by HLS: with hls.js where the build brought it, else by the browser itself where it can.

import { watchPictures } from "./pictures.js";

const SILENCE_MS = 15_000;

/**
 * Plays until it breaks off, which throws. reached is told with each picture that is shown: its wall-clock time where the playlist has
 * it, else how far it is behind.
 */
export async function playHls(url, video, token, reached, signal) {
  const library = await import("./vendor/hls.min.mjs").catch(() => null);
  const Hls = library?.default?.isSupported() ? library.default : null;
  if (!Hls && !video.canPlayType("application/vnd.apple.mpegurl")) {
    throw new Error("neither hls.js nor the browser plays it");
  }
  const hls = Hls && new Hls({
    // A worker would be a script from a blob: address, which the page's policy does not allow.
    enableWorker: false,
    lowLatencyMode: true,
    xhrSetup: request => token && request.setRequestHeader("Authorization", `Bearer ${token}`),
  });
  let sound = !hls;
  try {
    const broken = new Promise((_, reject) => {
      hls?.on(Hls.Events.ERROR, (_, { fatal, details }) => fatal && reject(new Error(details)));
      video.onerror = () => reject(new Error(video.error?.message || "the browser cannot play it"));
    });
    hls?.on(Hls.Events.BUFFER_CODECS, (_, { audio }) => sound ||= audio !== undefined);
    const pictures = watchPictures(video, SILENCE_MS, SILENCE_MS, () => {
      const time = hls ? hls.playingDate?.getTime() : video.getStartDate?.().getTime() + video.currentTime * 1000;
      reached({
        width: video.videoWidth,
        height: video.videoHeight,
        time: Number.isFinite(time) ? time : undefined,
        behind: hls ? hls.latency * 1000 : undefined,
        sound,
      });
    }, signal);
    if (hls) {
      hls.loadSource(url);
      hls.attachMedia(video);
    } else {
      video.src = url;
    }
    video.play().catch(() => {});
    await Promise.race([broken, pictures]);
  } finally {
    hls?.destroy();
    video.onerror = null;
    video.removeAttribute("src");
    video.load();
  }
}
