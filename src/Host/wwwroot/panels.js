// The lists beside the picture. Every text goes in as text, never as HTML: labels and reasons come from outside.

import { colourOf } from "./boxes.js";

export function showFigures(list, rows) {
  list.replaceChildren(...rows.flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
}

export function showDetections(list, detections) {
  const items = [...detections].sort((a, b) => b.confidence - a.confidence).slice(0, 8)
    .map(({ class_id, label, confidence }) => bar(class_id, label, `${Math.round(confidence * 100)} %`, confidence));
  if (detections.length > items.length) {
    items.push(element("li", `and ${detections.length - items.length} more`, "quiet"));
  }
  list.replaceChildren(...(items.length ? items : [element("li", "Nothing at the moment.", "quiet")]));
}

// Each class as a bar: in how many of the results it was found.
export function showCounts(list, counts) {
  const items = counts.slice(0, 8)
    .map(({ label, classId, share, most }) => bar(classId, label, `${Math.round(share * 100)} % of results${most > 1 ? `, up to ${most}` : ""}`, share));
  list.replaceChildren(...(items.length ? items : [element("li", "Nothing yet.", "quiet")]));
}

// What became of the decoded frames: one bar whose parts add up, and the reasons that are not zero.
export function showFrames(bar, line, list, frames, reconnects) {
  const dropped = Object.entries(frames.dropped).filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
  const parts = [["analysed", frames.analysed, "var(--accent)"],
    ...dropped.map(([reason, count]) => [reason, count, reason === "superseded" ? "var(--line)" : "var(--warn)"])];
  bar.replaceChildren(...parts.map(([, count, colour]) => {
    const part = element("span", "");
    part.style.flex = `${count} 0 0`;
    part.style.background = colour;
    return part;
  }));
  line.textContent = `${frames.decoded.toLocaleString("en")} decoded`;
  showFigures(list, [["analysed", frames.analysed.toLocaleString("en")],
    ...dropped.map(([reason, count]) => [`left out: ${MEANING[reason] ?? reason.replaceAll("_", " ")}`, count.toLocaleString("en")]),
    ["waiting", frames.waiting], ["reconnects", reconnects]]);
}

const MEANING = {
  superseded: "a newer one was taken",
  overwritten: "nobody looked in time",
  ring_full: "all places were in use",
  corrupt: "damaged",
  inference_failed: "the model failed",
  stopped: "stopped first",
};

export function showAddresses(list, addresses) {
  list.replaceChildren(...Object.entries(addresses ?? {}).filter(([, url]) => url).flatMap(([name, url]) => {
    const value = element("dd", "");
    const copy = element("button", "Copy");
    copy.type = "button";
    copy.setAttribute("aria-label", `Copy the ${name} address`);
    copy.onclick = async () => {
      // Away from this machine a plain http page may not write to the clipboard: the address is then marked for copying by hand.
      const copied = await navigator.clipboard?.writeText(url).then(() => true, () => false);
      if (!copied) {
        getSelection().selectAllChildren(copy.previousElementSibling);
      }
      copy.textContent = copied ? "Copied" : "Marked";
      setTimeout(() => copy.textContent = "Copy", 1500);
    };
    value.append(element("code", url), copy);
    return [element("dt", name), value];
  }));
}

export function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) {
    made.className = className;
  }
  return made;
}

// What stays as it is is not touched: a selection in it stays, and nobody is told of it.
export function write(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

function bar(classId, label, text, share) {
  const item = element("li", "");
  const track = element("span", "", "track");
  const part = element("span", "");
  part.style.width = `${share * 100}%`;
  part.style.background = colourOf(classId);
  track.append(part);
  item.append(element("span", label, "label"), element("span", text, "quiet"), track);
  return item;
}
