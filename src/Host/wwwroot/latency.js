// The latency of the last results as a plot, stage upon stage.

import { element } from "./panels.js";

const STAGES = [["decode", 210], ["queue", 45], ["preprocess", 160], ["inference", 262], ["postprocess", 340]];
// As many as History keeps: half a minute at ten a second.
const SHOWN = 300;

const colour = hue => `hsl(${hue} 65% 55%)`;

export function showLatency(canvas, legend, line, latencies) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.width = Math.round(canvas.clientWidth * ratio);
  const height = canvas.height = Math.round(canvas.clientHeight * ratio);
  const totals = latencies.map(l => l.total).sort((a, b) => a - b);
  const at = share => totals.length ? totals[Math.min(totals.length - 1, Math.floor(totals.length * share))] : NaN;
  line.textContent = totals.length ? `median ${at(0.5).toFixed(0)} ms, 90 of 100 below ${at(0.9).toFixed(0)} ms` : "no results yet";
  const context = canvas.getContext("2d");
  // One outlier must not press everything else flat: what is higher than twice the 95th of 100 is cut off.
  const top = Math.max(10, Math.min(totals.at(-1) ?? 0, 2 * (at(0.95) || 0))) * 1.1;
  const step = width / SHOWN;
  const first = SHOWN - latencies.length;
  const base = new Array(latencies.length).fill(0);
  for (const [stage, hue] of STAGES) {
    context.fillStyle = colour(hue);
    context.beginPath();
    latencies.forEach((latency, i) => {
      const low = height - (base[i] / top) * height;
      base[i] += latency[stage];
      const high = height - (base[i] / top) * height;
      context.rect((first + i) * step, high, Math.ceil(step), Math.max(0, low - high));
    });
    context.fill();
  }
  drawGrid(context, width, height, top, ratio, getComputedStyle(canvas));
  // How many results it shows: for those who read the page by a program.
  canvas.dataset.results = latencies.length;
  const mean = stage => latencies.reduce((sum, l) => sum + l[stage], 0) / latencies.length;
  legend.replaceChildren(...STAGES.map(([stage, hue]) => {
    const item = element("li", "");
    const swatch = element("span", "", "swatch");
    swatch.style.background = colour(hue);
    item.append(swatch, latencies.length ? `${stage} ${mean(stage).toFixed(1)} ms` : stage);
    return item;
  }));
}

function drawGrid(context, width, height, top, ratio, { color, backgroundColor }) {
  const pace = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000].find(p => top / p <= 4) ?? 10_000;
  context.font = `${11 * ratio}px system-ui, sans-serif`;
  context.textBaseline = "bottom";
  for (let ms = pace; ms < top; ms += pace) {
    const y = Math.round(height - (ms / top) * height);
    const text = `${ms} ms`;
    const base = Math.max(y - 1, 13 * ratio);
    context.globalAlpha = 0.25;
    context.fillStyle = color;
    context.fillRect(0, y, width, 1);
    // A plate below, since the stages may lie there.
    context.globalAlpha = 0.75;
    context.fillStyle = backgroundColor;
    context.fillRect(0, base - 13 * ratio, context.measureText(text).width + 6 * ratio, 13 * ratio);
    context.globalAlpha = 1;
    context.fillStyle = color;
    context.fillText(text, 2 * ratio, base);
  }
}
