#!/usr/bin/env python3
"""The letterbox of KernelBenchmarks by OpenCV on one thread: cvtColor, resize, copyMakeBorder, blobFromImage. Needs python3-opencv."""
import time

import cv2
import numpy as np

CANVAS, ROUNDS = 640, 200
cv2.setNumThreads(1)
print(f"OpenCV {cv2.__version__}, one thread, best and median of {ROUNDS} rounds")
for width, height in ((1280, 720), (1920, 1080), (854, 480)):
    for name, code in (("I420", cv2.COLOR_YUV2BGR_I420), ("NV12", cv2.COLOR_YUV2BGR_NV12)):
        yuv = np.random.randint(0, 256, (height * 3 // 2, width), np.uint8)
        scale = min(CANVAS / width, CANVAS / height)
        w, h = round(width * scale), round(height * scale)
        top, left = (CANVAS - h) // 2, (CANVAS - w) // 2
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            bgr = cv2.cvtColor(yuv, code)
            small = cv2.resize(bgr, (w, h), interpolation=cv2.INTER_LINEAR)
            canvas = cv2.copyMakeBorder(small, top, CANVAS - h - top, left, CANVAS - w - left, cv2.BORDER_CONSTANT, value=(114, 114, 114))
            cv2.dnn.blobFromImage(canvas, 1 / 255, swapRB=True)
            times.append((time.perf_counter() - start) * 1000)
        times.sort()
        print(f"{width}x{height} {name}: best {times[0]:.3f} ms, median {times[len(times) // 2]:.3f} ms")
