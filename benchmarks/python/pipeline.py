#!/usr/bin/env python3
"""The main job as a plain Python program: PyAV reads, OpenCV letterboxes, ONNX Runtime runs YOLOv8, websockets sends.

usage: pipeline.py URL MODEL [--port 8766] [--fps 10] [--threads 2]

Written the way such programs are written with care: a reader thread that keeps the newest frame only, low-delay options, one
inference at a time on a thread of its own, NMS by OpenCV, JSON once per result. It is the yardstick of docs/performance.md.
"""
import argparse
import asyncio
import json
import threading
import time

import av
import cv2
import numpy as np
import onnxruntime as ort
import websockets

ARGS = argparse.ArgumentParser()
ARGS.add_argument("url")
ARGS.add_argument("model")
ARGS.add_argument("--port", type=int, default=8766)
ARGS.add_argument("--fps", type=float, default=10)
ARGS.add_argument("--threads", type=int, default=2)


class Newest:
    """One writer, one reader: the newest frame wins."""

    def __init__(self):
        self.condition = threading.Condition()
        self.item = None

    def put(self, item):
        with self.condition:
            self.item = item
            self.condition.notify()

    def take(self):
        with self.condition:
            while self.item is None:
                self.condition.wait()
            item, self.item = self.item, None
            return item


def read(url, newest):
    # PyAV 14.2 of trixie crashes when an RTMP source is opened with any option, or with a time limit; its newest frame wins all the same.
    low_delay = {"fflags": "nobuffer", "rtsp_transport": "tcp", "probesize": "500000", "analyzeduration": "500000"}
    options = {} if url.startswith("rtmp") else low_delay
    while True:
        try:
            with av.open(url, options=options) as container:
                stream = container.streams.video[0]
                stream.codec_context.flags |= av.codec.context.Flags.low_delay
                stream.thread_type = "SLICE"
                for packet in container.demux(stream):
                    arrived = time.time()
                    for frame in packet.decode():
                        newest.put((frame.to_ndarray(format="bgr24"), float(frame.time or 0), arrived))
        except (av.error.FFmpegError, OSError) as error:
            print("source:", error, flush=True)
            time.sleep(0.5)


def letterbox(image, size):
    height, width = image.shape[:2]
    ratio = min(size / width, size / height)
    w, h = round(width * ratio), round(height * ratio)
    left, top = round((size - w) / 2 - 0.1), round((size - h) / 2 - 0.1)
    canvas = np.full((size, size, 3), 114, np.uint8)
    canvas[top:top + h, left:left + w] = cv2.resize(image, (w, h), interpolation=cv2.INTER_LINEAR)
    return cv2.dnn.blobFromImage(canvas, 1 / 255.0, swapRB=True), ratio, left, top


def detect(session, names, image, confidence=0.25, iou=0.7):
    size = session.get_inputs()[0].shape[2]
    blob, ratio, left, top = letterbox(image, size)
    output = session.run(None, {session.get_inputs()[0].name: blob})[0][0]
    scores = output[4:]
    classes = scores.argmax(axis=0)
    best = scores[classes, np.arange(scores.shape[1])]
    keep = best > confidence
    if not keep.any():
        return []
    cx, cy, w, h = output[:4, keep]
    boxes = np.stack([(cx - w / 2 - left) / ratio, (cy - h / 2 - top) / ratio, w / ratio, h / ratio], axis=1)
    best, classes = best[keep], classes[keep]
    kept = cv2.dnn.NMSBoxesBatched(boxes.tolist(), best.tolist(), classes.tolist(), confidence, iou)
    return [{"class_id": int(classes[i]), "label": names[int(classes[i])], "confidence": float(best[i]),
             "box_px": dict(zip("xywh", map(float, boxes[i])))} for i in np.array(kept).flatten()]


async def main():
    args = ARGS.parse_args()
    options = ort.SessionOptions()
    options.intra_op_num_threads = args.threads
    session = ort.InferenceSession(args.model, options, providers=["CPUExecutionProvider"])
    metadata = session.get_modelmeta().custom_metadata_map.get("names", "{}")
    names = {int(k): v for k, v in eval(metadata, {"__builtins__": {}}).items()}
    clients = set()
    loop = asyncio.get_running_loop()
    newest = Newest()

    async def serve(socket):
        clients.add(socket)
        try:
            await socket.wait_closed()
        finally:
            clients.discard(socket)

    def analyse():
        due = time.monotonic()
        while True:
            image, pts, arrived = newest.take()
            detections = detect(session, names, image)
            message = json.dumps({"type": "detections", "pts_ms": pts * 1000, "arrived": arrived, "sent": time.time(), "detections": detections})
            loop.call_soon_threadsafe(websockets.broadcast, clients, message)
            due = max(due + 1 / args.fps, time.monotonic() - 1 / args.fps)
            wait = due - time.monotonic()
            if wait > 0:
                time.sleep(wait)

    threading.Thread(target=read, args=(args.url, newest), daemon=True).start()
    threading.Thread(target=analyse, daemon=True).start()
    async with websockets.serve(serve, "127.0.0.1", args.port):
        print("ready", flush=True)
        await asyncio.Future()


asyncio.run(main())
