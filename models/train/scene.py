"""One picture: background, hard negatives, objects, light, camera; and the boxes that are true of it."""
from dataclasses import dataclass

import cv2
import numpy as np

import backgrounds
import camera
import clutter
import codes
import signs
from prints import CLASSES, CLUTTER, colour

MAKERS = (codes.qr_code, codes.barcode, codes.fiducial, signs.stop_sign, signs.warning_triangle)
CODES = 3            # the first three classes lie at any angle, the signs stand
LETTERBOX = 114      # the grey that Ultralytics and our preprocessing pad with
TRIES = 12           # poses tried before an object is left out
LEAST_CONTRAST = 9   # levels of standard deviation inside a box; a picture in which an object drowned is drawn again
MAX_OVERLAP = 0.03   # share of an object's box that a later print may touch


@dataclass
class Scene:
    """`image` uint8 RGB [size,size,3], letterboxed; `boxes` float32 [n,5]: class, x0, y0, x1, y1 in its pixels."""
    image: np.ndarray
    boxes: np.ndarray


def overlap(box, others):
    """The largest share of any of `others` that `box` covers."""
    worst = 0.0
    for o in others:
        w = min(box[2], o[2]) - max(box[0], o[0])
        h = min(box[3], o[3]) - max(box[1], o[1])
        if w > 0 and h > 0:
            worst = max(worst, w * h / max((o[2] - o[0]) * (o[3] - o[1]), 1e-6))
    return worst


def random_turn(rng, label, settings):
    if label == CLUTTER:
        return rng.choice([0, np.pi / 2, np.pi, -np.pi / 2]) + rng.normal(0, 0.2)
    if label >= CODES:
        return rng.normal(0, 0.15)
    if rng.random() < settings.upright:
        return rng.uniform(-0.35, 0.35)
    return rng.uniform(-np.pi, np.pi)


def random_pose(rng, thing, target, w, h, settings):
    tilt = np.radians(settings.max_tilt) * rng.random() ** 1.2
    centre = rng.uniform(0.02, 0.98) * w, rng.uniform(0.02, 0.98) * h
    turn = random_turn(rng, thing.label, settings)
    return camera.pose(thing.outline, centre, target, turn, tilt, rng.uniform(0, 2 * np.pi), rng.uniform(1.9, 8.0))


def paper_box(thing, matrix):
    h, w = thing.alpha.shape
    points = camera.project(np.array([[0, 0], [w, 0], [w, h], [0, h]], float), matrix)
    return (*points.min(0), *points.max(0))


def occlude(rng, canvas, box):
    """Covers up to about a quarter of the box from one of its sides: a finger, a strap, a shelf's edge."""
    x0, y0, x1, y1 = box
    w, h = x1 - x0, y1 - y0
    tone = colour(rng)
    share = rng.uniform(0.08, 0.25)
    side = int(rng.integers(4))
    if rng.random() < 0.5:
        cx, cy = [(x0, rng.uniform(y0, y1)), (x1, rng.uniform(y0, y1)), (rng.uniform(x0, x1), y0), (rng.uniform(x0, x1), y1)][side]
        axes = (max(2, int(w * share * 1.3)), max(2, int(h * share * 1.3)))
        cv2.ellipse(canvas, (int(cx), int(cy)), axes, float(rng.uniform(0, 180)), 0, 360, tone, -1, cv2.LINE_AA)
    else:
        a = [(x0 - 3, y0 - 3, x0 + w * share, y1 + 3), (x1 - w * share, y0 - 3, x1 + 3, y1 + 3),
             (x0 - 3, y0 - 3, x1 + 3, y0 + h * share), (x0 - 3, y1 - h * share, x1 + 3, y1 + 3)][side]
        cv2.rectangle(canvas, (int(a[0]), int(a[1])), (int(a[2]), int(a[3])), tone, -1)


def add_objects(rng, canvas, factor, settings, makers):
    """Draws the objects; returns their boxes in canvas pixels. `factor` is canvas pixels a picture pixel."""
    h, w = canvas.shape[:2]
    count = int(rng.choice(len(settings.objects), p=settings.objects))
    boxes = []
    for _ in range(count):
        label = int(rng.choice(len(makers), p=settings.class_shares))
        shortest = (settings.shortest_barcode if label == CLASSES.index("barcode") else settings.shortest) * factor
        longest = min(settings.longest * factor, max(w, h) * 1.02)
        target = float(np.exp(rng.uniform(np.log(shortest * 1.1), np.log(longest))))
        if count > 2:
            target = min(target, longest * 0.6)
        thing = makers[label](rng, target, settings)
        for _ in range(TRIES):
            matrix = random_pose(rng, thing, target, w, h, settings)
            box, inside = camera.visible_box(camera.project(thing.outline, matrix), w, h)
            if inside < 0.75 or min(box[2] - box[0], box[3] - box[1]) < shortest:
                target = min(target * 1.08, longest)
                continue
            paper = paper_box(thing, matrix)
            if overlap(paper, [b[1:] for b in boxes]) > MAX_OVERLAP:
                continue
            camera.paste(canvas, thing, matrix, rng.random() >= settings.aliasing)
            boxes.append((label, *box))
            break
    for box in boxes:
        if rng.random() < settings.occluded:
            occlude(rng, canvas, box[1:])
    return boxes


def drowned(image, boxes):
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    return any(grey[int(y0):int(np.ceil(y1)), int(x0):int(np.ceil(x1))].std() < LEAST_CONTRAST for _, x0, y0, x1, y1 in boxes)


def render(rng, settings, makers=MAKERS):
    """-> Scene in which every object can still be seen; see draw()."""
    while True:
        scene = draw(rng, settings, makers)
        if not drowned(scene.image, scene.boxes):
            return scene


def draw(rng, settings, makers):
    """The frame has a random aspect and is letterboxed to settings.size, as the service does with camera frames."""
    shares = [f[2] for f in settings.frames]
    aw, ah, _ = settings.frames[int(rng.choice(len(shares), p=shares))]
    frame_w = int(round(settings.size * min(1, aw / ah)))
    frame_h = int(round(settings.size * min(1, ah / aw)))
    factor = 2 if rng.random() < settings.supersample else 1
    canvas = backgrounds.random_background(rng, frame_w, frame_h, settings.backgrounds)
    canvas = cv2.resize(canvas, (frame_w * factor, frame_h * factor), interpolation=cv2.INTER_LINEAR)
    for _ in range(int(rng.integers(settings.clutter_prints[0], settings.clutter_prints[1] + 1))):
        target = float(np.exp(rng.uniform(np.log(20), np.log(260)))) * factor
        thing = clutter.random_clutter(rng, target, settings.clutter)
        camera.paste(canvas, thing, random_pose(rng, thing, target, canvas.shape[1], canvas.shape[0], settings), rng.random() < 0.8)
    boxes = add_objects(rng, canvas, factor, settings, makers)
    if factor > 1:
        canvas = cv2.resize(canvas, (frame_w, frame_h), interpolation=cv2.INTER_AREA)
    boxes = np.array(boxes, np.float32).reshape(-1, 5)
    boxes[:, 1:] /= factor
    smallest = min([settings.size / 4] + [min(b[3] - b[1], b[4] - b[2]) for b in boxes])
    picture = camera.light(rng, canvas.astype(np.float32), settings.light)
    picture = camera.blur(rng, picture, smallest, settings)
    picture = camera.jpeg(rng, camera.sensor(rng, picture, settings), settings)
    left, top = (settings.size - frame_w) // 2, (settings.size - frame_h) // 2
    image = np.full((settings.size, settings.size, 3), LETTERBOX, np.uint8)
    image[top:top + frame_h, left:left + frame_w] = picture
    boxes[:, [1, 3]] += left
    boxes[:, [2, 4]] += top
    return Scene(image, boxes)
