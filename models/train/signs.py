"""Signs of shapes that cannot be mistaken: octagonal stop sign and warning triangle; and the bold arrow, which is clutter."""
import cv2
import numpy as np

from prints import CLASSES, CLUTTER, Print, colour, ink_and_paper, rectangle, write

WORDS = ("STOP", "STOP", "STOP", "ARRET", "ALTO", "PARE", "HALT")


def polygon(centre, radius, corners, phase):
    angles = phase + np.arange(corners) * 2 * np.pi / corners
    return np.stack((centre[0] + radius * np.cos(angles), centre[1] + radius * np.sin(angles)), 1).astype(np.float32)


def fill(image, points, value):
    cv2.fillPoly(image, [np.round(points * 16).astype(np.int32)], value, cv2.LINE_AA, 4)


def texture_side(pixels, rng):
    return int(np.clip(pixels * rng.uniform(1.0, 1.5), 40, 480))


def red(rng):
    return int(rng.integers(150, 235)), int(rng.integers(0, 60)), int(rng.integers(0, 60))


def stop_sign(rng, pixels, settings):
    n = texture_side(pixels, rng)
    centre, radius = (n / 2, n / 2), n / 2 - 1
    face, white = red(rng), tuple(int(v) for v in rng.integers(215, 256, 3))
    image = np.empty((n, n, 3), np.uint8)
    image[:] = white
    alpha = np.zeros((n, n), np.uint8)
    outer = polygon(centre, radius, 8, np.pi / 8)
    fill(alpha, outer, 255)
    if rng.random() < 0.2:  # a thin red edge outside the white rim
        fill(image, outer, face)
        fill(image, polygon(centre, radius * 0.97, 8, np.pi / 8), white)
    fill(image, polygon(centre, radius * rng.uniform(0.88, 0.95), 8, np.pi / 8), face)
    height = n * rng.uniform(0.26, 0.36)
    write(image, str(rng.choice(WORDS)), (n * 0.12, n / 2 - height / 2, n * 0.88, n / 2 + height / 2), white, rng,
          ("DejaVuSans-Bold.ttf", "DejaVuSans.ttf"))
    return Print(image, alpha, outer, CLASSES.index("stop_sign"))


def rounded_triangle(n, inset, corner, upright_height):
    """A triangle pointing up in an n x n texture, its corners rounded with `corner` pixels."""
    side = n - 2 - 2 * inset * 1.73
    height = side * upright_height
    top = (n - n * upright_height) / 2 + 1 + inset * 2
    base = np.array([[n / 2, top], [n / 2 + side / 2, top + height], [n / 2 - side / 2, top + height]], np.float32)
    middle = base.mean(0)
    points = []
    for i in range(3):
        towards = base[i] + (middle - base[i]) * (corner * 2 / max(np.linalg.norm(middle - base[i]), 1))
        start = np.arctan2(*(base[i] - middle)[::-1]) - np.pi / 3
        points += [towards + corner * np.array([np.cos(start + a), np.sin(start + a)]) for a in np.linspace(0, 2 * np.pi / 3, 6)]
    return np.array(points, np.float32)


def pictogram(image, rng, n, ink):
    """Something black in the lower two thirds of the triangle: !, a bolt, a bold letter, a cross, a figure."""
    kind = rng.random()
    cx, top, bottom = n * 0.5, n * 0.38, n * 0.8
    if kind < 0.55:
        half = n * rng.uniform(0.025, 0.05)
        split = top + (bottom - top) * 0.68
        fill(image, np.array([[cx - half * 1.2, top], [cx + half * 1.2, top], [cx + half * 0.7, split], [cx - half * 0.7, split]], np.float32), ink)
        cv2.circle(image, (int(cx), int(bottom - half * 1.1)), max(1, int(half * 1.2)), ink, -1, cv2.LINE_AA)
    elif kind < 0.7:
        w = n * 0.09
        fill(image, np.array([[cx + w * 0.4, top], [cx - w, n * 0.64], [cx, n * 0.62], [cx - w * 0.3, bottom], [cx + w, n * 0.57], [cx, n * 0.59]], np.float32), ink)
    elif kind < 0.85:
        write(image, str(rng.choice(list("!?XiAW24"))), (n * 0.36, n * 0.4, n * 0.64, n * 0.8), ink, rng)
    else:
        cv2.circle(image, (int(cx), int(n * 0.44)), int(n * 0.045), ink, -1, cv2.LINE_AA)
        for dx, dy in ((-0.09, 0.78), (0.08, 0.78), (0.1, 0.6), (-0.1, 0.62)):
            cv2.line(image, (int(cx), int(n * (0.5 if dy < 0.7 else 0.62))), (int(cx + n * dx), int(n * dy)), ink, max(1, int(n * 0.035)), cv2.LINE_AA)
        cv2.line(image, (int(cx), int(n * 0.47)), (int(cx), int(n * 0.63)), ink, max(1, int(n * 0.045)), cv2.LINE_AA)


def warning_triangle(rng, pixels, settings):
    n = texture_side(pixels, rng)
    height = rng.uniform(0.84, 0.9)
    dark = tuple(int(v) for v in rng.integers(0, 50, 3))
    yellow = int(rng.integers(220, 256)), int(rng.integers(170, 225)), int(rng.integers(0, 70))
    white = tuple(int(v) for v in rng.integers(220, 256, 3))
    rim, face = [(red(rng), white), (red(rng), yellow), (dark, yellow), (dark, yellow)][int(rng.integers(4))]
    image = np.empty((n, n, 3), np.uint8)
    image[:] = rim
    alpha = np.zeros((n, n), np.uint8)
    corner = n * rng.uniform(0.02, 0.07)
    outer = rounded_triangle(n, 0, corner, height)
    fill(alpha, outer, 255)
    if rng.random() < 0.3:  # a thin light edge around the rim
        fill(image, outer, face)
        fill(image, rounded_triangle(n, n * 0.012, corner * 0.9, height), rim)
    fill(image, rounded_triangle(n, n * rng.uniform(0.045, 0.085), corner * 0.6, height), face)
    pictogram(image, rng, n, dark)
    return Print(image, alpha, outer, CLASSES.index("warning_triangle"))


def arrow_outline(rng, length, width):
    """A bold arrow that points right: shaft and head; the shaft is at least a fifth of the width."""
    head = length * rng.uniform(0.35, 0.55)
    shaft = width * rng.uniform(0.22, 0.5) / 2
    notch = length * rng.uniform(-0.06, 0.08)
    m = width / 2
    return np.array([[0, m - shaft], [length - head + notch, m - shaft], [length - head, 0], [length, m],
                     [length - head, width], [length - head + notch, m + shaft], [0, m + shaft]], np.float32)


def arrow(rng, pixels):
    length = texture_side(pixels, rng)
    width = length * rng.uniform(0.5, 0.95)
    points = arrow_outline(rng, length, width)
    margin = length * rng.uniform(0.12, 0.4)
    w, h = int(length + 2 * margin), int(width + 2 * margin)
    points += margin
    ink, paper = ink_and_paper(rng)
    style = rng.random()
    if style < 0.5:  # light arrow on a saturated plate
        plate = [(20, 70, 170), (10, 120, 60), (190, 30, 30), (25, 25, 25), (230, 120, 10)][int(rng.integers(5))]
        ink, paper = tuple(int(v) for v in rng.integers(215, 256, 3)), tuple(int(np.clip(v + rng.integers(-20, 21), 0, 255)) for v in plate)
    elif style < 0.65:
        ink = colour(rng, 0, 110)
    image = np.empty((h, w, 3), np.uint8)
    image[:] = paper
    alpha = np.full((h, w), 255, np.uint8)
    if rng.random() < 0.35:  # a round plate, seen as a disc
        alpha[:] = 0
        radius = np.hypot(length, width) / 2 * 1.06
        side = int(2 * radius + 2)
        image = np.full((side, side, 3), paper, np.uint8)
        alpha = np.zeros((side, side), np.uint8)
        points += np.array([(side - w) / 2, (side - h) / 2], np.float32)
        cv2.circle(alpha, (side // 2, side // 2), int(radius), 255, -1, cv2.LINE_AA)
        if rng.random() < 0.4:
            cv2.circle(image, (side // 2, side // 2), int(radius * 0.96), ink, max(1, int(radius * 0.04)), cv2.LINE_AA)
    fill(image, points, ink)
    return Print(image, alpha, points, CLUTTER)
