"""Codes made by other people's programs: QR by qrencode, linear codes by zint, markers by OpenCV's ArUco module."""
import functools
import os
import subprocess
import tempfile

import cv2
import numpy as np

from prints import CLASSES, Print, rectangle

DICTIONARIES = ("DICT_4X4_50", "DICT_5X5_100", "DICT_6X6_250", "DICT_7X7_1000", "DICT_ARUCO_ORIGINAL",
                "DICT_APRILTAG_16h5", "DICT_APRILTAG_25h9", "DICT_APRILTAG_36h10", "DICT_APRILTAG_36h11")


def random_payload(rng, low, high):
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/.?=&"
    return "".join(letters[int(i)] for i in rng.integers(0, len(letters), int(rng.integers(low, high))))


def drawn_by(*command):
    """Runs a program that writes the PNG file named by its last argument; -> grey uint8 picture."""
    handle, name = tempfile.mkstemp(suffix=".png")
    os.close(handle)
    try:
        subprocess.run([*command, name], check=True, stdout=subprocess.DEVNULL)
        grey = cv2.imread(name, cv2.IMREAD_GRAYSCALE)
    finally:
        os.unlink(name)
    if grey is None:
        raise RuntimeError(f"{command[0]} wrote no picture")
    return grey


def as_print(grey, box, label):
    image = np.repeat(grey[..., None], 3, 2)
    return Print(image, np.full(grey.shape, 255, np.uint8), rectangle(*box), label)


def dark_box(grey):
    dark = grey < 128
    rows, columns = np.flatnonzero(dark.any(1)), np.flatnonzero(dark.any(0))
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1


def qr_code(rng, pixels, settings):
    grey = drawn_by("qrencode", "-s", "6", "-m", str(int(rng.integers(2, 5))), "-l", str(rng.choice(list("LMQH"))),
                    random_payload(rng, 4, 90), "-o")
    return as_print(grey, dark_box(grey), CLASSES.index("qr_code"))


def barcode(rng, pixels, settings):
    if rng.random() < 0.5:
        kind, data = "EANX", "".join(str(d) for d in rng.integers(0, 10, 12))
    else:
        kind, data = "CODE128", random_payload(rng, 3, 15)
    options = ["--notext"] if rng.random() < 0.3 else []
    grey = drawn_by("zint", "-b", kind, "--height", str(int(rng.integers(30, 70))), "--scale", "2", "--whitesp", "8",
                    "--vwhitesp", "3", *options, "-d", data, "-o")
    # The bars are the rows with as many edges as the middle of the code has; the digits below have fewer.
    edges = (np.diff((grey < 128).astype(np.int8), axis=1) != 0).sum(1)
    rows = np.flatnonzero(edges >= 0.8 * np.bincount(edges[edges > 0]).argmax())
    columns = np.flatnonzero(grey[rows[len(rows) // 2]] < 128)
    return as_print(grey, (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1), CLASSES.index("barcode"))


@functools.lru_cache(maxsize=None)
def dictionary(name):
    return cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, name))


def fiducial(rng, pixels, settings):
    markers = dictionary(str(rng.choice(DICTIONARIES)))
    cells = markers.markerSize + 2
    grey = cv2.aruco.drawMarker(markers, int(rng.integers(len(markers.bytesList))), cells * 24)
    margin = int(24 * rng.uniform(1.0, 2.5))
    grey = cv2.copyMakeBorder(grey, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=255)
    return as_print(grey, (margin, margin, margin + cells * 24, margin + cells * 24), CLASSES.index("fiducial"))


MAKERS = (qr_code, barcode, fiducial)
