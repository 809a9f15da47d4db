// The tables beside the picture. Every text goes in as text, never as HTML: labels and reasons come from outside.

import { colourOf } from "./boxes.js";

const STAGES = ["decode", "queue", "preprocess", "inference", "postprocess"];
const HUE = { decode: 210, queue: 45, preprocess: 160, inference: 275, postprocess: 340 };

export function showFigures(list, rows) {
  list.replaceChildren(...rows.flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
}

export function showDetections(list, detections) {
  const items = detections.map(({ class_id, label, confidence }) => {
    const swatch = element("span", "");
    swatch.className = "swatch";
    swatch.style.background = colourOf(class_id);
    const name = element("span", "");
    name.append(swatch, label);
    const item = element("li", "");
    item.append(name, `${Math.round(confidence * 100)} %`);
    return item;
  });
  list.replaceChildren(...(items.length ? items : [element("li", "Nothing found in this frame.")]));
}

export function showCounts(list, counts) {
  showFigures(list, counts.length
    ? counts.slice(0, 12).map(([label, share, most]) => [label, `${Math.round(share * 100)} % of results, ${most} at most`])
    : [["Nothing yet", ""]]);
}

export function showLatency(canvas, list, latencies) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(canvas.clientWidth * ratio);
  canvas.height = Math.round(120 * ratio);
  const context = canvas.getContext("2d");
  const top = Math.max(20, ...latencies.map(l => l.total));
  const step = canvas.width / 300;
  latencies.forEach((latency, i) => {
    let y = canvas.height;
    for (const stage of STAGES) {
      const tall = (latency[stage] / top) * canvas.height;
      context.fillStyle = `hsl(${HUE[stage]} 70% 55%)`;
      context.fillRect(i * step, y - tall, Math.max(1, step), tall);
      y -= tall;
    }
  });
  const sorted = latencies.map(l => l.total).sort((a, b) => a - b);
  const at = share => sorted.length ? `${sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1)} ms` : "–";
  const last = latencies.at(-1);
  showFigures(list, [
    ["Median", at(0.5)], ["90th of 100", at(0.9)],
    ...STAGES.map(stage => [stage, last ? `${last[stage].toFixed(1)} ms` : "–"]),
  ]);
}

export function showAddresses(list, addresses) {
  list.replaceChildren(...Object.entries(addresses ?? {}).filter(([, url]) => url).flatMap(([name, url]) => {
    const value = element("dd", "");
    const copy = element("button", "Copy");
    copy.type = "button";
    copy.setAttribute("aria-label", `Copy the ${name} address`);
    copy.onclick = async () => {
      await navigator.clipboard.writeText(url);
      copy.textContent = "Copied";
      setTimeout(() => copy.textContent = "Copy", 1500);
    };
    value.append(element("code", url), copy);
    return [element("dt", name), value];
  }));
}

export function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
