// Watches a stream by HLS: with hls.js where the build brought it, else by the browser itself where it can.

const SILENCE_MS = 15_000;

/** Plays until it breaks off, which throws. reached is told with each picture that is shown, with its wall-clock time where the playlist has it. */
export async function playHls(url, video, token, reached, signal) {
  const library = await import("./vendor/hls.mjs").catch(() => null);
  const Hls = library?.default;
  if (!Hls?.isSupported() && !video.canPlayType("application/vnd.apple.mpegurl")) {
    throw new Error("neither hls.js nor the browser plays it");
  }
  const hls = Hls?.isSupported() ? new Hls({
    // A worker would be a script from a blob: address, which the page's policy does not allow.
    enableWorker: false,
    lowLatencyMode: true,
    xhrSetup: request => token && request.setRequestHeader("Authorization", `Bearer ${token}`),
  }) : null;
  try {
    await new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new Error("left")), { once: true });
      hls?.on(Hls.Events.ERROR, (_, { fatal, details }) => fatal && reject(new Error(details)));
      video.onerror = () => reject(new Error(video.error?.message || "the browser cannot play it"));
      let timer = setTimeout(() => reject(new Error("no picture came")), SILENCE_MS);
      const shown = () => {
        clearTimeout(timer);
        if (signal.aborted) {
          return;
        }
        timer = setTimeout(() => reject(new Error("the picture stands still")), SILENCE_MS);
        const time = hls ? hls.playingDate?.getTime() : video.getStartDate?.().getTime() + video.currentTime * 1000;
        reached({ width: video.videoWidth, height: video.videoHeight, time: Number.isFinite(time) ? time : undefined });
        video.requestVideoFrameCallback(shown);
      };
      video.requestVideoFrameCallback(shown);
      if (hls) {
        hls.loadSource(url);
        hls.attachMedia(video);
      } else {
        video.src = url;
      }
      video.play().catch(() => {});
    });
  } finally {
    hls?.destroy();
    video.onerror = null;
    video.removeAttribute("src");
    video.load();
  }
}
