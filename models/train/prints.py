"""What is printed and stuck on things: a Print is a flat texture with its transparency and the outline of the object on it."""
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

CLASSES = ("qr_code", "barcode", "fiducial", "stop_sign", "warning_triangle")
CLUTTER = -1
FONT_FOLDER = "/usr/share/fonts/truetype/dejavu/"
FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif.ttf", "DejaVuSansMono.ttf", "DejaVuSerif-Bold.ttf")


@dataclass
class Print:
    """`image` uint8 RGB [h,w,3], `alpha` uint8 [h,w] (255 opaque), `outline` float32 [k,2] in texture pixels, `label` a class or CLUTTER."""
    image: np.ndarray
    alpha: np.ndarray
    outline: np.ndarray
    label: int


def rectangle(x0, y0, x1, y1):
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)


def colour(rng, low=0, high=256):
    return tuple(int(v) for v in rng.integers(low, high, 3))


def ink_and_paper(rng, coloured=0.3):
    """A dark and a light colour that differ by at least 70 levels."""
    paper = rng.integers(165, 256) + rng.integers(-12, 13, 3)
    ink = rng.integers(0, 65) + rng.integers(-6, 7, 3)
    if rng.random() < coloured:
        ink = ink + rng.integers(0, 60, 3) * (rng.random(3) < 0.4)
        paper = paper - rng.integers(0, 70, 3) * (rng.random(3) < 0.4)
    return tuple(int(v) for v in np.clip(ink, 0, 255)), tuple(int(v) for v in np.clip(paper, 0, 255))


@lru_cache(maxsize=256)
def font(name, size):
    return ImageFont.truetype(FONT_FOLDER + name, size)


def random_text(rng, length):
    letters = "abcdefghijklmnopqrstuvwxyz" if rng.random() < 0.5 else "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return "".join(" " if rng.random() < 0.15 else letters[int(rng.integers(len(letters)))] for _ in range(length))


def write(image, text, box, ink, rng, fonts=FONTS):
    """Writes `text` to fill the box (x0, y0, x1, y1) of `image` in place, as far as its aspect allows."""
    x0, y0, x1, y1 = (int(v) for v in box)
    if x1 - x0 < 4 or y1 - y0 < 4 or not text.strip():
        return
    size = max(4, int((y1 - y0) * 0.95))
    face = font(str(rng.choice(fonts)), min(size, 200))
    left, top, right, bottom = face.getbbox(text)
    canvas = Image.new("L", (max(right, 1), max(bottom, 1)), 0)
    ImageDraw.Draw(canvas).text((0, 0), text, font=face, fill=255)
    scale = min((x1 - x0) / max(right - left, 1), (y1 - y0) / max(bottom - top, 1))
    glyphs = np.asarray(canvas)[top:, left:]
    width, height = max(1, int(glyphs.shape[1] * scale)), max(1, int(glyphs.shape[0] * scale))
    glyphs = cv2.resize(glyphs, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32)[..., None] / 255
    x, y = x0 + (x1 - x0 - width) // 2, y0 + (y1 - y0 - height) // 2
    part = image[y:y + height, x:x + width]
    part[:] = part * (1 - glyphs) + np.array(ink, np.float32) * glyphs


def on_paper(rng, art, quiet, paper, label, ink, text_below=None, vertical=(1.0, 1.6)):
    """Puts `art` on a sheet, sometimes a bigger label with text on it.

    Left and right of it 1 to 1.6 times `quiet` pixels stay free, above and below `vertical` times as many.
    """
    h, w = art.shape[:2]
    left, right = (int(quiet * rng.uniform(1, 1.6)) for _ in range(2))
    top, bottom = (int(quiet * rng.uniform(*vertical)) for _ in range(2))
    extra = rng.random()
    if extra < 0.35:
        bottom += int(h * rng.uniform(0.15, 0.7))
    elif extra < 0.5:
        right += int(w * rng.uniform(0.3, 1.2))
    elif extra < 0.6:
        top += int(h * rng.uniform(0.15, 0.6))
    sheet = np.empty((h + top + bottom, w + left + right, 3), np.uint8)
    sheet[:] = paper
    sheet[top:top + h, left:left + w] = art
    gap = int(max(quiet, 2))
    if text_below:
        need = int(max(h * 0.12, 6))
        write(sheet, text_below, (left, top + h + 1, left + w, min(top + h + 1 + need, sheet.shape[0])), ink, rng)
    if extra < 0.6 and rng.random() < 0.8:
        lines = int(rng.integers(1, 4))
        if extra < 0.35:
            area = (gap, top + h + gap + (int(h * 0.12) if text_below else 0), sheet.shape[1] - gap, sheet.shape[0] - 2)
        elif extra < 0.5:
            area = (left + w + gap, gap, sheet.shape[1] - 2, sheet.shape[0] - gap)
        else:
            area = (gap, 2, sheet.shape[1] - gap, top - gap)
        step = (area[3] - area[1]) / lines
        for i in range(lines):
            write(sheet, random_text(rng, int(rng.integers(3, 16))),
                  (area[0], area[1] + i * step, area[2], area[1] + (i + 0.8) * step), ink, rng)
    alpha = np.full(sheet.shape[:2], 255, np.uint8)
    if rng.random() < 0.2:
        cv2.rectangle(sheet, (0, 0), (sheet.shape[1] - 1, sheet.shape[0] - 1), colour(rng), max(1, int(quiet * 0.2)))
    return Print(sheet, alpha, rectangle(left, top, left + w, top + h), label)
