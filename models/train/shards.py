"""Reads the shards that render.py writes, without holding them in memory."""
import glob
import os

import numpy as np


class Shards:
    """All pictures of a folder by index; refresh() takes in shards written since."""

    def __init__(self, *folders):
        self.folders = folders
        self.images, self.boxes, self.names = [], [], set()
        self.refresh()

    def refresh(self):
        for folder in self.folders:
            for labels in sorted(glob.glob(os.path.join(folder, "*-boxes.npz"))):
                if labels in self.names:
                    continue
                self.names.add(labels)
                packed = np.load(labels)
                ends = np.cumsum(packed["counts"])
                pictures = np.load(labels.replace("-boxes.npz", "-images.npy"), mmap_mode="r")
                self.images += list(pictures)
                self.boxes += np.split(packed["boxes"], ends[:-1])

    def __len__(self):
        return len(self.images)
