#!/usr/bin/env python3
"""Renders pictures into shards: SEED-INDEX-images.npy uint8 [n,320,320,3] RGB and SEED-INDEX-boxes.npz.

usage: render.py FOLDER --count N --seed S [--set training|held-out|independent|clutter] [--sheet FILE.png]
The same seed and count give the same pictures. A shard is written under a temporary name and renamed when whole.
"""
import argparse
import os
import subprocess

import cv2
import numpy as np

import settings as sets
from scene import MAKERS, render

SHARD = 250  # pictures: 77 MB, and the unit that is or is not sent through the video encoder


def through_h264(images, rng, settings):
    """Encodes the pictures as an intra-only H.264 stream of random quality and decodes it again, by ffmpeg."""
    n, h, w, _ = images.shape
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{w}x{h}"]
    crf, preset = int(rng.integers(*settings.h264_crf)), str(rng.choice(["ultrafast", "veryfast"]))
    quiet = ["ffmpeg", "-v", "error", "-threads", "1"]
    packed = subprocess.run([*quiet, *raw, "-i", "-", "-c:v", "libx264", "-preset", preset, "-crf", str(crf), "-g", "1",
                             "-pix_fmt", "yuv420p", "-threads", "1", "-f", "h264", "-"],
                            input=images.tobytes(), stdout=subprocess.PIPE, check=True).stdout
    back = subprocess.run([*quiet, "-f", "h264", "-i", "-", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
                          input=packed, stdout=subprocess.PIPE, check=True).stdout
    decoded = np.frombuffer(back, np.uint8).reshape(-1, h, w, 3)
    if len(decoded) != n:
        raise RuntimeError(f"ffmpeg returned {len(decoded)} of {n} pictures")
    return decoded


def contact_sheet(images, boxes, columns=6):
    """The pictures side by side with their boxes drawn, for looking at."""
    tiles = []
    for image, own in zip(images, boxes):
        tile = image.copy()
        for label, x0, y0, x1, y1 in own:
            tone = [(255, 0, 0), (0, 255, 0), (0, 128, 255), (255, 255, 0), (255, 0, 255), (0, 255, 255)][int(label)]
            cv2.rectangle(tile, (int(x0), int(y0)), (int(x1), int(y1)), tone, 1)
        tiles.append(tile)
    tiles += [np.zeros_like(images[0])] * (-len(tiles) % columns)
    rows = [np.concatenate(tiles[i:i + columns], 1) for i in range(0, len(tiles), columns)]
    return np.concatenate(rows, 0)


def of_set(name):
    """-> the settings of a set of pictures and who makes its objects."""
    if name == "independent":
        import independent  # needs qrencode, zint and OpenCV's ArUco module; training does not
        return sets.INDEPENDENT, independent.MAKERS
    return {"training": sets.TRAINING, "held-out": sets.HELD_OUT, "clutter": sets.CLUTTER_ONLY}[name], MAKERS


def shard(seed, index, count, settings, makers=MAKERS):
    """-> images uint8 [count,320,320,3], list of float32 [n,5] boxes."""
    rng = np.random.default_rng([seed, index])
    scenes = [render(rng, settings, makers) for _ in range(count)]
    images = np.stack([s.image for s in scenes])
    if rng.random() < settings.h264:
        images = through_h264(images, rng, settings)
    return images, [s.boxes for s in scenes]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--set", choices=("training", "held-out", "independent", "clutter"), default="training")
    parser.add_argument("--sheet")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    settings, makers = of_set(options.set)
    os.makedirs(options.folder, exist_ok=True)
    for index, start in enumerate(range(0, options.count, SHARD)):
        name = os.path.join(options.folder, f"{options.seed:04d}-{index:04d}")
        if os.path.exists(name + "-boxes.npz"):
            continue
        images, boxes = shard(options.seed, index, min(SHARD, options.count - start), settings, makers)
        np.save(name + "-images.npy", images)
        counts = np.array([len(b) for b in boxes])
        with open(name + "-boxes.tmp", "wb") as out:
            np.savez(out, counts=counts, boxes=np.concatenate(boxes))
        os.rename(name + "-boxes.tmp", name + "-boxes.npz")
        if options.sheet and index == 0:
            cv2.imwrite(options.sheet, contact_sheet(images[:36], boxes[:36])[..., ::-1])
        print(f"{name}: {len(images)} pictures, {counts.sum()} objects", flush=True)


if __name__ == "__main__":
    main()
