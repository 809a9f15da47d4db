"""Prints of machine-readable codes: QR, EAN-13 and Code 128, square fiducial markers."""
import cv2
import numpy as np

import barcodes
import qr
from prints import CLASSES, colour, ink_and_paper, on_paper


def module_size(pixels, modules, rng):
    """Texture pixels a module so that the texture is a little finer than the picture it will be shown in."""
    return int(np.clip(np.ceil(pixels * rng.uniform(1.0, 1.5) / modules), 2, 14))


def paint(cells, size, ink, paper):
    mask = cv2.resize(cells.astype(np.uint8), None, fx=size, fy=size, interpolation=cv2.INTER_NEAREST)[..., None]
    return np.where(mask, np.array(ink, np.uint8), np.array(paper, np.uint8))


def qr_code(rng, pixels, settings):
    cells = qr.random_code(rng, settings.qr_versions)
    n = len(cells)
    size = module_size(pixels, n, rng)
    ink, paper = ink_and_paper(rng)
    if rng.random() < settings.inverted:
        ink, paper = paper, ink
    style = rng.random()
    if style < 0.1 and size >= 4:  # dots instead of squares, finder patterns kept whole
        art = np.empty((n * size, n * size, 3), np.uint8)
        art[:] = paper
        for r, c in np.argwhere(cells):
            if min(r, n - 1 - r) < 7 and (c < 7 or (c >= n - 7 and r < 7)):
                art[r * size:(r + 1) * size, c * size:(c + 1) * size] = ink
            else:
                cv2.circle(art, (int((c + 0.5) * size), int((r + 0.5) * size)), max(1, int(size * 0.45)), ink, -1, cv2.LINE_AA)
    else:
        art = paint(cells, size, ink, paper)
    if style > 0.92:  # a logo in the middle
        half = n * size * rng.uniform(0.08, 0.14)
        middle = n * size / 2
        a, b = int(middle - half), int(middle + half)
        cv2.rectangle(art, (a, a), (b, b), paper, -1)
        cv2.circle(art, (int(middle), int(middle)), int(half * 0.8), colour(rng, 0, 200), -1, cv2.LINE_AA)
    return on_paper(rng, art, size * rng.uniform(*settings.qr_quiet), paper, CLASSES.index("qr_code"), ink)


def barcode(rng, pixels, settings):
    modules, text, is_ean = barcodes.random_code(rng, settings.code128_lengths)
    ink, paper = ink_and_paper(rng)
    size = int(np.clip(np.ceil(pixels * rng.uniform(1.0, 1.5) / len(modules)), 2, 8))
    width = len(modules) * size
    ratio = rng.uniform(0.35, 0.8) if is_ean else rng.uniform(0.22, 0.65)
    height = max(4, int(width * ratio))
    art = paint(np.repeat(modules[None], height, 0), 1, ink, paper)
    art = cv2.resize(art, (width, height), interpolation=cv2.INTER_NEAREST)
    text_below = text if rng.random() < 0.75 else None
    return on_paper(rng, art, size * rng.uniform(4, 12), paper, CLASSES.index("barcode"), ink, text_below, vertical=(0.0, 1.6))


def fiducial(rng, pixels, settings):
    inner = int(rng.choice(settings.fiducial_cells))
    border = 2 if rng.random() < 0.12 else 1
    while True:
        cells = rng.random((inner, inner)) < rng.uniform(0.35, 0.65)
        if 0.2 <= cells.mean() <= 0.8:
            break
    cells = np.pad(cells, border, constant_values=True)
    size = int(np.clip(np.ceil(pixels * rng.uniform(1.0, 1.5) / len(cells)), 3, 40))
    ink, paper = ink_and_paper(rng, 0.15)
    art = paint(cells, size, ink, paper)
    caption = f"id {rng.integers(0, 1000)}" if rng.random() < 0.15 else None
    return on_paper(rng, art, size * rng.uniform(0.7, 2.0), paper, CLASSES.index("fiducial"), ink, caption)
