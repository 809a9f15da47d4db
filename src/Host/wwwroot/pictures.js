// The pictures of a video element, one by one.

/**
 * Tells reached of each picture that is shown, with what the browser knows of it; gives a promise that is only ever refused, when none
 * comes for a while or when signal ends it.
 */
export function watchPictures(video, firstMs, silenceMs, reached, signal) {
  return new Promise((_, reject) => {
    let timer = 0;
    const arm = (ms, why) => {
      clearTimeout(timer);
      // A page in the background is shown no pictures, and that is nobody's fault.
      timer = setTimeout(() => document.hidden ? arm(ms, why) : reject(new Error(why)), ms);
    };
    const shown = (_, known) => {
      if (!signal.aborted) {
        arm(silenceMs, "the picture stands still");
        reached(known);
        video.requestVideoFrameCallback(shown);
      }
    };
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new Error("left"));
    }, { once: true });
    arm(firstMs, "no picture came");
    video.requestVideoFrameCallback(shown);
  });
}
