"""From the model's output to boxes, and from boxes to average precision. Arrays of NumPy only: evaluation needs no torch."""
import numpy as np


def iou_matrix(a, b):
    """IoU of each of a [n,4] with each of b [m,4], corners."""
    wh = np.clip(np.minimum(a[:, None, 2:], b[None, :, 2:]) - np.maximum(a[:, None, :2], b[None, :, :2]), 0, None)
    inter = wh.prod(-1)
    area = lambda v: (v[:, 2] - v[:, 0]) * (v[:, 3] - v[:, 1])
    return inter / (area(a)[:, None] + area(b)[None] - inter + 1e-9)


def detections(output, confidence=0.01, overlap=0.5):
    """One picture's output [4+nc,N] in v8 layout -> [k,6]: x0, y0, x1, y1, score, class; NMS per class, best first."""
    scores, labels = output[4:].max(0), output[4:].argmax(0)
    keep = np.flatnonzero(scores >= confidence)
    keep = keep[np.argsort(-scores[keep], kind="stable")][:300]
    cx, cy, w, h = output[:4, keep]
    boxes = np.stack((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2), 1)
    labels, scores = labels[keep], scores[keep]
    overlaps = iou_matrix(boxes, boxes) * (labels[:, None] == labels[None])
    alive = np.ones(len(keep), bool)
    for i in range(len(keep)):
        if alive[i]:
            alive[i + 1:] &= overlaps[i, i + 1:] <= overlap
    return np.concatenate((boxes, scores[:, None], labels[:, None]), 1)[alive].astype(np.float32)


def match(found, truth, threshold=0.5):
    """found [k,6] of one class, best first; truth [m,4] -> bool [k], which are right; each truth counts once."""
    right = np.zeros(len(found), bool)
    if len(found) and len(truth):
        overlaps = iou_matrix(found[:, :4], truth)
        free = np.ones(len(truth), bool)
        for i in range(len(found)):
            j = int(np.argmax(np.where(free, overlaps[i], -1)))
            if free[j] and overlaps[i, j] >= threshold:
                right[i], free[j] = True, False
    return right


def average_precision(scores, right, total):
    """Area under the precision-recall curve, precision made monotone, every point used (the COCO and VOC 2010 way)."""
    if total == 0:
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(right[order])
    recall = np.concatenate(([0.0], hits / total))
    precision = np.concatenate(([1.0], hits / np.arange(1, len(hits) + 1)))
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(recall) * precision[1:]))


def evaluate(found, truth, classes, threshold=0.5, confidence=0.25):
    """found and truth: a list a picture, [k,6] and [n,5] (class, corners).

    -> {class: dict(ap, objects, recall, precision)}: AP at IoU `threshold`, recall and precision at `confidence`.
    """
    table = {}
    for label, name in enumerate(classes):
        scores, right, total = [], [], 0
        for f, t in zip(found, truth):
            mine, own = f[f[:, 5] == label], t[t[:, 0] == label][:, 1:]
            scores.append(mine[:, 4])
            right.append(match(mine, own, threshold))
            total += len(own)
        scores, right = np.concatenate(scores), np.concatenate(right)
        sure = scores >= confidence
        table[name] = {
            "ap": average_precision(scores, right, total), "objects": total,
            "recall": float(right[sure].sum() / total) if total else float("nan"),
            "precision": float(right[sure].mean()) if sure.any() else float("nan")}
    return table


def mean_ap(table):
    return float(np.nanmean([row["ap"] for row in table.values()]))
