// Draws detections on a canvas that covers the picture.

// As on the annotated video: hues a golden angle apart, so that neighbouring class numbers differ most, at three lightnesses, all
// light enough to carry black text.
const FIRST_HUE = 145;
const GOLDEN_ANGLE = 137.50776;
const LIGHTNESSES = [80, 70, 88];
const COLOURS = 256;
// Below this width in CSS pixels (a phone's) labels are small and go without their confidence, or they would hide each other.
const NARROW = 480;

export function colourOf(classId) {
  const number = classId % COLOURS;
  return `oklch(${LIGHTNESSES[number % LIGHTNESSES.length]}% 0.17 ${(FIRST_HUE + number * GOLDEN_ANGLE) % 360})`;
}

export function drawBoxes(canvas, detections, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const bounds = canvas.getBoundingClientRect();
  canvas.width = Math.round(bounds.width * ratio);
  canvas.height = Math.round(bounds.height * ratio);
  const context = canvas.getContext("2d");
  // object-fit: contain, as the picture below is shown.
  const scale = Math.min(canvas.width / width, canvas.height / height);
  const left = (canvas.width - width * scale) / 2;
  const top = (canvas.height - height * scale) / 2;
  const line = Math.max(2, Math.round(2 * ratio));
  context.lineWidth = line;
  const narrow = bounds.width < NARROW;
  context.font = `600 ${Math.round((narrow ? 10 : 13) * ratio)}px system-ui, sans-serif`;
  context.textBaseline = "top";
  for (const { class_id, label, confidence, box } of detections) {
    const x = left + box.x * width * scale;
    const y = top + box.y * height * scale;
    const colour = colourOf(class_id);
    context.strokeStyle = colour;
    context.strokeRect(x, y, box.w * width * scale, box.h * height * scale);
    const text = narrow ? label : `${label} ${Math.round(confidence * 100)} %`;
    const plate = context.measureText(text).width + 8 * ratio;
    const tall = (narrow ? 14 : 18) * ratio;
    const above = y - tall >= 0 ? y - tall : y;
    context.fillStyle = colour;
    // Moved in at the right edge, so that it can be read to its end.
    const start = Math.max(0, Math.min(x - line / 2, canvas.width - plate));
    context.fillRect(start, above, plate, tall);
    context.fillStyle = "#000";
    context.fillText(text, start + 4 * ratio, above + (narrow ? 2 : 3) * ratio);
  }
}

export function clearBoxes(canvas) {
  canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
}
