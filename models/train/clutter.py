"""Hard negatives: prints that look a little like what is searched for, and are not."""
import cv2
import numpy as np

from codes import paint
from prints import CLUTTER, Print, colour, ink_and_paper, random_text, rectangle, write
from signs import arrow
from signs import fill, polygon, red


def sheet(image):
    h, w = image.shape[:2]
    return Print(image, np.full((h, w), 255, np.uint8), rectangle(0, 0, w, h), CLUTTER)


def blank(rng, pixels, low=0.6, high=1.5):
    n = int(np.clip(pixels, 24, 420))
    ink, paper = ink_and_paper(rng)
    return np.full((max(16, int(n * rng.uniform(low, high))), n, 3), paper, np.uint8), ink, paper


def text_page(rng, pixels):
    image, ink, _ = blank(rng, pixels)
    h, w = image.shape[:2]
    lines = int(rng.integers(2, 12))
    step = h / lines
    for i in range(lines):
        write(image, random_text(rng, int(rng.integers(3, 24))), (w * 0.05, i * step + step * 0.1, w * rng.uniform(0.5, 0.97), (i + 0.85) * step), ink, rng)
    return image


def grid(rng, pixels):
    image, ink, _ = blank(rng, pixels)
    h, w = image.shape[:2]
    step = max(4, int(w / rng.integers(3, 16)))
    thick = max(1, int(step * rng.uniform(0.05, 0.25)))
    for x in range(0, w, step):
        cv2.line(image, (x, 0), (x, h), ink, thick)
    for y in range(0, h, step):
        cv2.line(image, (0, y), (w, y), ink, thick)
    return image


def checkerboard(rng, pixels):
    rows, columns = (int(v) for v in rng.integers(2, 12, 2))
    cells = np.add.outer(np.arange(rows), np.arange(columns)) % 2 == 0
    ink, paper = ink_and_paper(rng)
    size = max(2, int(pixels / max(rows, columns)))
    return np.pad(paint(cells, size, ink, paper), ((size, size), (size, size), (0, 0)), constant_values=int(paper[1]))


def stripes(rng, pixels):
    """Even stripes: blinds, shelves, zebra crossings, a ruler. A barcode's bars differ in width; these do not."""
    image, ink, _ = blank(rng, pixels, 0.3, 1.2)
    h, w = image.shape[:2]
    period = max(4, int(w / rng.integers(3, 26)))
    bar = max(1, int(period * rng.uniform(0.2, 0.8)))
    for x in range(period // 2, w - bar, period):
        image[int(h * 0.05):int(h * 0.95), x:x + bar] = ink
    return image


def window(rng, pixels):
    image, _, _ = blank(rng, pixels)
    h, w = image.shape[:2]
    frame = colour(rng)
    image[:] = frame
    rows, columns = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    gap = max(2, int(w * rng.uniform(0.03, 0.08)))
    for r in range(rows):
        for c in range(columns):
            y0, y1 = int(r * h / rows) + gap, int((r + 1) * h / rows) - gap
            x0, x1 = int(c * w / columns) + gap, int((c + 1) * w / columns) - gap
            if y1 > y0 and x1 > x0:
                a, b = np.array(colour(rng, 60)), np.array(colour(rng, 60))
                t = np.linspace(0, 1, y1 - y0)[:, None, None]
                image[y0:y1, x0:x1] = a * (1 - t) + b * t
    return image


def noise_modules(rng, pixels):
    """Random cells like a QR code's, without finder patterns and without a closed border.

    A cell is 3 pixels wide at least in the finished picture, whose canvas may be twice as fine: finer ones blur into what a small
    QR code blurs into, and nobody could tell them apart.
    """
    most = max(5, min(34, int(pixels / 6) + 1))
    rows, columns = (int(v) for v in rng.integers(min(9, most - 1), most, 2))
    cells = rng.random((rows, columns)) < rng.uniform(0.3, 0.65)
    ink, paper = ink_and_paper(rng)
    size = max(2, int(np.ceil(pixels / max(rows, columns))))
    art = paint(cells, size, ink, paper)
    return cv2.copyMakeBorder(art, size, size, size, size, cv2.BORDER_CONSTANT, value=paper)


def data_matrix(rng, pixels):
    """A solid L at two sides, alternating cells at the others, random inside: a code, but none of the classes."""
    n = int(rng.integers(5, 13)) * 2
    cells = rng.random((n, n)) < 0.5
    cells[:, 0] = cells[-1] = True
    cells[0] = np.arange(n) % 2 == 0
    cells[:, -1] = np.arange(n) % 2 == 1
    ink, paper = ink_and_paper(rng)
    size = max(2, int(np.ceil(pixels / n)))
    return cv2.copyMakeBorder(paint(cells, size, ink, paper), size, size, size, size, cv2.BORDER_CONSTANT, value=paper)


def picture_frame(rng, pixels):
    """A dark frame around a smooth picture, a text, or nothing: not a fiducial."""
    image, ink, paper = blank(rng, pixels, 0.7, 1.3)
    h, w = image.shape[:2]
    image[:] = ink
    edge = max(2, int(w * rng.uniform(0.05, 0.2)))
    inner = image[edge:h - edge, edge:w - edge]
    if inner.size:
        kind = rng.random()
        if kind < 0.4:
            small = rng.integers(0, 256, (3, 3, 3)).astype(np.uint8)
            inner[:] = cv2.resize(small, (inner.shape[1], inner.shape[0]), interpolation=cv2.INTER_CUBIC)
        elif kind < 0.7:
            inner[:] = paper
            write(image, random_text(rng, int(rng.integers(1, 8))), (edge * 1.5, edge * 1.5, w - edge * 1.5, h - edge * 1.5), ink, rng)
        elif kind < 0.85:
            inner[:] = paper
    margin = int(edge * rng.uniform(0, 1.5))
    return cv2.copyMakeBorder(image, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=paper)


def blocks(rng, pixels):
    image, _, _ = blank(rng, pixels)
    h, w = image.shape[:2]
    for _ in range(int(rng.integers(3, 14))):
        x, y = int(rng.integers(0, w)), int(rng.integers(0, h))
        cv2.rectangle(image, (x, y), (x + int(rng.integers(4, max(5, w // 2))), y + int(rng.integers(4, max(5, h // 2)))), colour(rng), -1)
    return image


def dark_square(rng, pixels):
    image, ink, paper = blank(rng, pixels, 0.7, 1.3)
    h, w = image.shape[:2]
    image[h // 6:h - h // 6, w // 6:w - w // 6] = ink
    for _ in range(int(rng.integers(0, 3))):
        cv2.circle(image, (int(rng.integers(w // 4, 3 * w // 4 + 1)), int(rng.integers(h // 4, 3 * h // 4 + 1))), max(2, w // 12), paper, -1, cv2.LINE_AA)
    return image


def shape_sign(rng, pixels):
    """Road-sign shapes outside the classes: rings, discs, squares, hexagons, give-way triangles, plain triangles."""
    n = int(np.clip(pixels, 32, 420))
    alpha = np.zeros((n, n), np.uint8)
    kind = int(rng.integers(6))
    corners, phase = [(40, 0), (40, 0), (4, np.pi / 4), (6, 0), (3, np.pi / 2), (3, -np.pi / 2)][kind]
    centre = (n / 2, n / 2)
    rim = red(rng) if rng.random() < 0.6 else colour(rng)
    face = colour(rng, 200) if rng.random() < 0.6 else colour(rng)
    image = np.full((n, n, 3), rim, np.uint8)
    fill(alpha, polygon(centre, n / 2 - 1, corners, phase), 255)
    if kind not in (1, 5) or rng.random() < 0.3:
        if kind != 5:
            fill(image, polygon(centre, n / 2 * rng.uniform(0.7, 0.9), corners, phase), face)
        if kind not in (4, 5):
            write(image, random_text(rng, int(rng.integers(1, 4))), (n * 0.25, n * 0.3, n * 0.75, n * 0.7), colour(rng, 0, 80), rng)
    elif kind == 1:
        image[int(n * 0.4):int(n * 0.6), int(n * 0.2):int(n * 0.8)] = face
    return Print(image, alpha, rectangle(0, 0, n, n), CLUTTER)


def dice(rng, pixels):
    n = int(np.clip(pixels, 32, 300))
    face, dot = ink_and_paper(rng)[::-1] if rng.random() < 0.7 else (colour(rng, 120), colour(rng, 0, 60))
    image = np.full((n, n, 3), face, np.uint8)
    for x, y in rng.permutation([(a, b) for a in (1, 2, 3) for b in (1, 2, 3)])[:int(rng.integers(1, 7))]:
        cv2.circle(image, (int(n * x / 4), int(n * y / 4)), max(2, int(n * 0.09)), dot, -1, cv2.LINE_AA)
    return image


def bookshelf(rng, pixels):
    """Upright spines of many colours, a title on each."""
    image, _, _ = blank(rng, pixels, 0.5, 1.0)
    h, w = image.shape[:2]
    x = 0
    while x < w:
        width = int(rng.integers(max(3, w // 24), max(4, w // 7)))
        image[int(h * rng.uniform(0, 0.25)):, x:x + width] = colour(rng)
        if width > 8:
            title = np.full((width, h // 2, 3), image[h - 1, min(x, w - 1)], np.uint8)
            write(title, random_text(rng, 8), (1, 1, h // 2 - 1, width - 1), colour(rng), rng)
            part = image[h // 3:h // 3 + h // 2, x:x + width]
            part[:] = cv2.rotate(title, cv2.ROTATE_90_CLOCKWISE)[:part.shape[0], :part.shape[1]]
        x += width + 1
    return image


def crossword(rng, pixels):
    rows = int(rng.integers(6, 14))
    image = paint(rng.random((rows, rows)) < 0.2, max(4, int(pixels / rows)), *ink_and_paper(rng))
    step = image.shape[0] // rows
    for i in range(0, image.shape[0] + 1, step):
        cv2.line(image, (i, 0), (i, image.shape[0]), (30, 30, 30), 1)
        cv2.line(image, (0, i), (image.shape[0], i), (30, 30, 30), 1)
    return image


FAMILIES = {f.__name__: f for f in (text_page, grid, checkerboard, stripes, window, noise_modules, data_matrix, picture_frame,
                                    blocks, dark_square, shape_sign, arrow, dice, bookshelf, crossword)}


def random_clutter(rng, pixels, families):
    made = FAMILIES[str(rng.choice(families))](rng, pixels)
    return made if isinstance(made, Print) else sheet(np.ascontiguousarray(made))
