#!/usr/bin/env python3
"""Measures an ONNX file as the service would run it: ONNX Runtime, one thread, pictures that training never saw.

usage: evaluate.py MODEL.onnx --held-out FOLDER --independent FOLDER --clutter FOLDER [--json FILE]
The folders are what render.py --set writes. Needs ONNX Runtime (see ort.py); no torch. Ends with 1 if a figure is missed.
"""
import argparse
import ast
import json
import sys
import time

import numpy as np
import onnx

from metrics import detections, evaluate, iou_matrix, mean_ap
from ort import Session
from shards import Shards

HELD_OUT_FLOOR, INDEPENDENT_FLOOR = 0.95, 0.90  # mAP50 that the bundled model has to reach
LARGE_FLOOR = 0.9                               # recall of every class's large held-out objects: a level that never fires hides in the mean
CONFIDENCE = 0.25                               # the service's default threshold
SIZES = ((0, 24), (24, 32), (32, 64), (64, 400))  # shorter side of the true box, pixels


class Model:
    """An ONNX file in v8 layout; counts the time spent inside ONNX Runtime."""

    def __init__(self, path):
        graph = onnx.load(path)
        properties = {p.key: p.value for p in graph.metadata_props}
        self.classes = list(ast.literal_eval(properties["names"]).values())
        shape = lambda value: tuple(d.dim_value for d in value.type.tensor_type.shape.dim)
        self.session = Session(path, shape(graph.graph.input[0]), shape(graph.graph.output[0]))
        self.times = []

    def find(self, image):
        picture = image.transpose(2, 0, 1)[None].astype(np.float32) / 255
        begin = time.perf_counter()
        output = self.session.run(picture)
        self.times.append(time.perf_counter() - begin)
        return detections(output[0])


def recall_by_size(found, truth, classes):
    """{class: {"24-32": recall at CONFIDENCE and IoU 0.5}} with the number of objects."""
    hits = {name: {size: [0, 0] for size in SIZES} for name in classes}
    for f, t in zip(found, truth):
        f = f[f[:, 4] >= CONFIDENCE]
        for label, *box in t:
            mine = f[f[:, 5] == label]
            shorter = min(box[2] - box[0], box[3] - box[1])
            size = next(s for s in SIZES if s[0] <= shorter < s[1])
            cell = hits[classes[int(label)]][size]
            cell[1] += 1
            cell[0] += bool(len(mine)) and bool(iou_matrix(mine[:, :4], np.array([box])).max() >= 0.5)
    return {name: {f"{low}-{high}": [round(n / total, 3), total] for (low, high), (n, total) in row.items() if total}
            for name, row in hits.items()}


def measure(model, folder):
    shards = Shards(folder)
    if not len(shards):
        sys.exit(f"{folder} holds no pictures: render them first, for instance by models/train/train.sh")
    found = [model.find(image) for image in shards.images]
    table = {k: v for k, v in evaluate(found, shards.boxes, model.classes, confidence=CONFIDENCE).items() if v["objects"]}
    strict = [mean_ap({k: v for k, v in evaluate(found, shards.boxes, model.classes, t).items() if v["objects"]})
              for t in np.arange(0.5, 0.96, 0.05)]
    return {"pictures": len(shards), "map50": mean_ap(table), "map50_95": float(np.mean(strict)), "classes": table,
            "recall_by_shorter_side": recall_by_size(found, shards.boxes, model.classes)}


def false_alarms(model, folder):
    """Detections a picture where there is nothing to find, by class, at two thresholds."""
    shards = Shards(folder)
    found = [model.find(image) for image in shards.images]
    report = {"pictures": len(shards)}
    for threshold in (CONFIDENCE, 0.5):
        labels = np.concatenate([f[f[:, 4] >= threshold][:, 5] for f in found]).astype(int)
        counts = np.bincount(labels, minlength=len(model.classes))
        report[f"per_picture_at_{threshold}"] = round(float(len(labels) / len(shards)), 4)
        report[f"by_class_at_{threshold}"] = dict(zip(model.classes, counts.tolist()))
    return report


def show(title, result):
    print(f"\n{title}: {result['pictures']} pictures, mAP50 {result['map50']:.3f}, mAP50-95 {result['map50_95']:.3f}")
    print("| class | objects | AP50 | recall at 0.25 | precision at 0.25 |\n|---|---|---|---|---|")
    for name, row in result["classes"].items():
        print(f"| {name} | {row['objects']} | {row['ap']:.3f} | {row['recall']:.3f} | {row['precision']:.3f} |")
    for name, row in result["recall_by_shorter_side"].items():
        if row:
            print(f"{name}: " + ", ".join(f"{size} px {recall:.2f} of {total}" for size, (recall, total) in row.items()))


def misses(report):
    """-> a sentence for each floor that the measured figures stay under."""
    sentences = [f"Missed: mAP50 {report[part]['map50']:.3f} {title}, wanted {floor}."
                 for part, title, floor in (("held_out", "held out", HELD_OUT_FLOOR), ("independent", "by independent tools", INDEPENDENT_FLOOR))
                 if not report[part]["map50"] >= floor]
    large = f"{SIZES[-1][0]}-{SIZES[-1][1]}"
    for name, row in report["held_out"]["recall_by_shorter_side"].items():
        if large in row and row[large][0] < LARGE_FLOOR:
            sentences.append(f"Missed: of {name} of {large} pixels {row[large][0]:.2f} are found, wanted {LARGE_FLOOR}.")
    return sentences


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--held-out", required=True)
    parser.add_argument("--independent", required=True)
    parser.add_argument("--clutter", required=True)
    parser.add_argument("--json")
    options = parser.parse_args()
    model = Model(options.model)
    report = {"held_out": measure(model, options.held_out), "independent": measure(model, options.independent),
              "clutter": false_alarms(model, options.clutter)}
    milliseconds = np.array(model.times) * 1e3
    report["inference_ms"] = {"least": round(float(milliseconds.min()), 2), "p50": round(float(np.median(milliseconds)), 2),
                              "threads": 1, "onnxruntime": model.session.version}
    show("Held-out renders", report["held_out"])
    show("Codes by independent tools", report["independent"])
    print(f"\nFalse alarms on clutter: {json.dumps(report['clutter'])}\nInference: {json.dumps(report['inference_ms'])}")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as out:
            json.dump(report, out, indent=1)
            out.write("\n")
    missed = misses(report)
    print("\n".join(missed) or "All figures met.")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
