"""What lies behind: whole frames made of gradients, fractal noise, rooms, shapes, boards, bricks, leaves, patches."""
import cv2
import numpy as np

from prints import colour, random_text, write


def gradient(rng, w, h):
    small = rng.integers(0, 256, (int(rng.integers(2, 4)), int(rng.integers(2, 4)), 3)).astype(np.uint8)
    return cv2.resize(small, (w, h), interpolation=cv2.INTER_LINEAR)


def fractal(rng, w, h):
    total = np.zeros((h, w, 3), np.float32)
    amplitude, cells = 1.0, int(rng.integers(2, 6))
    grey = rng.random() < 0.5
    while cells < max(w, h) / 2:
        small = rng.standard_normal((cells, cells, 1 if grey else 3)).astype(np.float32)
        layer = cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC)
        total += amplitude * (layer[..., None] if layer.ndim == 2 else layer)
        amplitude *= rng.uniform(0.4, 0.8)
        cells *= 2
    return np.clip(np.array(colour(rng, 30, 226)) + total * rng.uniform(10, 50), 0, 255).astype(np.uint8)


def room(rng, w, h):
    """Wall, floor and boxes of furniture with edges."""
    image = np.empty((h, w, 3), np.uint8)
    image[:] = colour(rng, 60)
    horizon = int(h * rng.uniform(0.3, 0.9))
    cv2.fillPoly(image, [np.array([[0, horizon + int(rng.integers(-20, 21))], [w, horizon + int(rng.integers(-20, 21))], [w, h], [0, h]])], colour(rng))
    for _ in range(int(rng.integers(2, 14))):
        x, y = int(rng.integers(-w // 5, w)), int(rng.integers(-h // 5, h))
        ww, hh = int(rng.integers(8, w // 2)), int(rng.integers(8, h // 2))
        cv2.rectangle(image, (x, y), (x + ww, y + hh), colour(rng), -1)
        if rng.random() < 0.5:
            cv2.rectangle(image, (x, y), (x + ww, y + hh), colour(rng, 0, 120), int(rng.integers(1, 4)))
    return image


def shapes(rng, w, h):
    image = gradient(rng, w, h)
    for _ in range(int(rng.integers(8, 60))):
        centre = int(rng.integers(0, w)), int(rng.integers(0, h))
        kind = rng.random()
        if kind < 0.3:
            cv2.ellipse(image, centre, (int(rng.integers(3, w // 5)), int(rng.integers(3, h // 5))), float(rng.uniform(0, 180)), 0, 360, colour(rng), -1 if rng.random() < 0.7 else 2, cv2.LINE_AA)
        elif kind < 0.6:
            points = np.array(centre) + rng.integers(-w // 6, w // 6 + 1, (int(rng.integers(3, 7)), 2))
            cv2.fillPoly(image, [points.astype(np.int32)], colour(rng), cv2.LINE_AA)
        elif kind < 0.9:
            cv2.line(image, centre, (int(rng.integers(0, w)), int(rng.integers(0, h))), colour(rng), int(rng.integers(1, 7)), cv2.LINE_AA)
        else:
            x, y = centre
            write(image, random_text(rng, int(rng.integers(2, 10))), (x, y, min(w, x + w // 3), min(h, y + h // 8)), colour(rng), rng)
    return image


def boards(rng, w, h):
    """Planks or corrugated cardboard: soft stripes with grain."""
    period = rng.uniform(4, 60)
    axis = np.arange(w if rng.random() < 0.5 else h)
    base, swing = np.array(colour(rng, 60, 220)), rng.uniform(3, 40)
    wave = np.sin(axis * 2 * np.pi / period + rng.uniform(0, 6)) * swing
    image = np.empty((h, w, 3), np.float32)
    image[:] = base + (wave[None, :, None] if len(axis) == w else wave[:, None, None])
    grain = cv2.resize(rng.standard_normal((h // 2, max(2, w // 16))).astype(np.float32), (w, h), interpolation=cv2.INTER_LINEAR)
    return np.clip(image + grain[..., None] * rng.uniform(2, 16), 0, 255).astype(np.uint8)


def bricks(rng, w, h):
    image = np.empty((h, w, 3), np.uint8)
    image[:] = colour(rng, 90, 220)
    bh = int(rng.integers(8, 30))
    bw = int(bh * rng.uniform(1, 3))
    base = np.array(colour(rng, 30, 220))
    for r, y in enumerate(range(0, h, bh)):
        for x in range(-bw // 2 * (r % 2), w, bw):
            shade = tuple(int(v) for v in np.clip(base + rng.integers(-25, 26), 0, 255))
            cv2.rectangle(image, (x + 1, y + 1), (x + bw - 2, y + bh - 2), shade, -1)
    return image


def leaves(rng, w, h):
    image = fractal(rng, w, h)
    base = np.array(colour(rng, 20, 200))
    for _ in range(int(rng.integers(100, 400))):
        shade = tuple(int(v) for v in np.clip(base + rng.integers(-60, 61, 3), 0, 255))
        cv2.ellipse(image, (int(rng.integers(0, w)), int(rng.integers(0, h))), (int(rng.integers(3, 22)), int(rng.integers(1, 8))), float(rng.uniform(0, 180)), 0, 360, shade, -1, cv2.LINE_AA)
    return image


def patches(rng, w, h):
    """A mosaic of patches, each nearest to one of many random points: gravel, camouflage, stained glass."""
    count = int(rng.integers(20, 160))
    seeds = np.full((h // 2, w // 2), 255, np.uint8)
    seeds[rng.integers(0, h // 2, count), rng.integers(0, w // 2, count)] = 0
    _, nearest = cv2.distanceTransformWithLabels(seeds, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL)
    palette = rng.integers(0, 256, (count + 2, 3)).astype(np.uint8)
    return cv2.resize(palette[np.minimum(nearest, count + 1)], (w, h), interpolation=cv2.INTER_LINEAR)


FAMILIES = {f.__name__: f for f in (gradient, fractal, room, shapes, boards, bricks, leaves, patches)}


def random_background(rng, w, h, families):
    image = FAMILIES[str(rng.choice(families))](rng, w, h)
    if rng.random() < 0.25:  # half of one, half of another: an edge through the frame
        other = FAMILIES[str(rng.choice(families))](rng, w, h)
        cut = int(w * rng.uniform(0.2, 0.8))
        image = np.concatenate((image[:, :cut], other[:, cut:]), 1)
    if rng.random() < 0.3:
        image = np.clip(image * np.float32(rng.uniform(0.3, 1.0)), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(image)
