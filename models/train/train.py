#!/usr/bin/env python3
"""Trains the network on rendered shards and keeps its moving average.

usage: train.py --data FOLDER [FOLDER...] --out FILE.pt --steps N [--start FILE.pt] [--check FOLDER]
The state is saved every two minutes; the same command goes on where it was stopped, so that hours of training fit into the
gaps of a busy machine. The rate falls by steps, not by time, for the same reason.
"""
import argparse
import copy
import math
import os
import time

import numpy as np
import torch

from loss import detection_loss
from metrics import detections, evaluate, mean_ap
from network import MarkerNet, cell_centres, decode, flatten
from prints import CLASSES
from shards import Shards

SIZE = 320
GREY = 114  # the letterbox's padding
WARM_STEPS = 100


def cropped(image, boxes, side, rng):
    """A side x side part of a picture around one of its objects; what is cut to less than 60 % is painted over.

    Most of a picture is background, so early training on such parts learns more per multiplication.
    """
    if len(boxes):
        _, x0, y0, x1, y1 = boxes[int(rng.integers(len(boxes)))]
        middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2]) + rng.uniform(-0.35, 0.35, 2) * side
    else:
        middle = rng.uniform(0, SIZE, 2)
    left, top = np.clip(middle - side / 2, 0, SIZE - side).astype(int)
    part = image[top:top + side, left:left + side].copy()
    moved = boxes.copy()
    moved[:, 1:] -= (left, top, left, top)
    whole = (moved[:, 3:] - moved[:, 1:3]).prod(1)
    moved[:, 1:] = moved[:, 1:].clip(0, side)
    kept = (moved[:, 3:] - moved[:, 1:3]).prod(1) >= 0.6 * whole
    for _, x0, y0, x1, y1 in moved[~kept]:
        part[int(y0):int(np.ceil(y1)), int(x0):int(np.ceil(x1))] = GREY
    return part, moved[kept]


def batch(shards, indices, rng, side=SIZE):
    """-> images [B,3,side,side] float32 0..1 and padded truth; crops, flips, shifts and recolours the pictures."""
    if side < SIZE:
        pairs = [cropped(shards.images[i], shards.boxes[i], side, rng) for i in indices]
        images, boxes = np.stack([p[0] for p in pairs]), [p[1] for p in pairs]
    else:
        images, boxes = np.stack([shards.images[i] for i in indices]), [shards.boxes[i].copy() for i in indices]
    for k in range(len(indices)):
        if rng.random() < 0.5:
            images[k] = images[k, :, ::-1].copy()
            boxes[k][:, [1, 3]] = side - boxes[k][:, [3, 1]]
        dx, dy = (int(v) for v in rng.integers(-12, 13, 2))
        images[k] = np.roll(images[k], (dy, dx), (0, 1))
        images[k, :max(dy, 0)] = images[k, side + min(dy, 0):] = GREY
        images[k, :, :max(dx, 0)] = images[k, :, side + min(dx, 0):] = GREY
        boxes[k][:, 1:] = np.clip(boxes[k][:, 1:] + (dx, dy, dx, dy), 0, side)
        sides = boxes[k][:, 3:] - boxes[k][:, 1:3]
        boxes[k] = boxes[k][sides.min(1) > 8]
    x = torch.from_numpy(images).permute(0, 3, 1, 2).float().div_(255).contiguous(memory_format=torch.channels_last)
    gain = torch.from_numpy(rng.uniform(0.8, 1.2, (len(indices), 3, 1, 1)).astype(np.float32))
    bias = torch.from_numpy(rng.uniform(-0.06, 0.06, (len(indices), 1, 1, 1)).astype(np.float32))
    x = x.mul_(gain).add_(bias).clamp_(0, 1)
    most = max(1, max(len(b) for b in boxes))
    truth, labels = torch.zeros(len(boxes), most, 4), torch.zeros(len(boxes), most, dtype=torch.long)
    valid = torch.zeros(len(boxes), most, dtype=torch.bool)
    for k, b in enumerate(boxes):
        truth[k, :len(b)] = torch.from_numpy(b[:, 1:])
        labels[k, :len(b)] = torch.from_numpy(b[:, 0]).long()
        valid[k, :len(b)] = True
    return x, truth, labels, valid


class Average:
    """Exponential moving average of weights and norms; young averages follow faster."""

    def __init__(self, model, decay=0.998):
        self.model, self.decay, self.steps = copy.deepcopy(model).eval(), decay, 0

    @torch.no_grad()
    def update(self, model):
        self.steps += 1
        keep = self.decay * (1 - math.exp(-self.steps / 400))
        for mine, theirs in zip(self.model.state_dict().values(), model.state_dict().values()):
            if mine.dtype.is_floating_point:
                mine.mul_(keep).add_(theirs, alpha=1 - keep)
            else:
                mine.copy_(theirs)


@torch.no_grad()
def check(model, shards, centres, strides, count):
    found, truth = [], []
    for start in range(0, min(count, len(shards)), 16):
        picked = range(start, min(start + 16, count, len(shards)))
        x = torch.from_numpy(np.stack([shards.images[i] for i in picked])).permute(0, 3, 1, 2).float().div_(255)
        distances, logits = flatten(model(x.contiguous(memory_format=torch.channels_last)))
        boxes = decode(distances, centres, strides)
        rows = torch.cat(((boxes[..., :2] + boxes[..., 2:]) / 2, boxes[..., 2:] - boxes[..., :2], logits.sigmoid()), 2)
        found += [detections(row.T.numpy()) for row in rows]
        truth += [shards.boxes[i] for i in picked]
    return evaluate(found, truth, CLASSES)


def save(path, model, average, optimiser, step):
    """Writes the average (what export.py reads) and all that resume() needs; whole or not at all."""
    torch.save({"model": average.model.state_dict(), "raw": model.state_dict(), "optimiser": optimiser.state_dict(),
                "averaged": average.steps, "step": step}, path + ".tmp")
    os.replace(path + ".tmp", path)


def resume(path, model, average, optimiser):
    state = torch.load(path)
    model.load_state_dict(state["raw"])
    average.model.load_state_dict(state["model"])
    average.steps = state["averaged"]
    optimiser.load_state_dict(state["optimiser"])
    return state["step"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--start", help="a file written by --out: its average is where training begins")
    parser.add_argument("--check", help="a folder of held-out pictures to look at now and then; nothing is chosen by it")
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--batch", type=int, default=8, help="whole pictures a step; twice as many parts")
    parser.add_argument("--crop", type=int, default=192, help="side of the parts that training begins with")
    parser.add_argument("--crop-share", type=float, default=0.75, help="share of the training that uses parts")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)
    model = MarkerNet(len(CLASSES)).to(memory_format=torch.channels_last)
    if options.start and not os.path.exists(options.out):
        model.load_state_dict(torch.load(options.start)["model"])
    average = Average(model)
    norms = [p for p in model.parameters() if p.ndim == 1]
    weights = [p for p in model.parameters() if p.ndim > 1]
    optimiser = torch.optim.AdamW([{"params": weights, "weight_decay": 0.02}, {"params": norms, "weight_decay": 0.0}], lr=options.rate)
    cells = {side: cell_centres(side) for side in (options.crop, SIZE)}
    shards = Shards(*options.data)
    held_out = Shards(options.check) if options.check else None
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(shards)} pictures", flush=True)
    step, order, parts = 0, [], {}
    if os.path.exists(options.out):
        step = resume(options.out, model, average, optimiser)
        rng = np.random.default_rng([options.seed, step])
        print(f"going on at step {step}", flush=True)
    begin = saved = checked = time.time()
    while step < options.steps:
        passed = step / options.steps
        warm = min(1.0, (step + 1) / WARM_STEPS)
        for group in optimiser.param_groups:
            group["lr"] = options.rate * warm * (0.01 + 0.99 * (1 + math.cos(math.pi * passed)) / 2)
        side, size = (options.crop, options.batch * 2) if passed < options.crop_share else (SIZE, options.batch)
        if len(order) < size:
            shards.refresh()
            order = list(rng.permutation(len(shards)))
        picked, order = order[:size], order[size:]
        x, truth, labels, valid = batch(shards, picked, rng, side)
        model.train()
        distances, logits = flatten(model(x))
        loss, now = detection_loss(distances, logits, *cells[side], truth, labels, valid)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 10.0)
        optimiser.step()
        average.update(model)
        step += 1
        parts = {k: 0.98 * parts.get(k, v) + 0.02 * v for k, v in now.items()}
        if step % 50 == 0:
            text = " ".join(f"{k} {v:.3f}" for k, v in parts.items())
            print(f"step {step} {time.time() - begin:.0f}s {100 * passed:.1f}% {len(shards)} pictures: {text}", flush=True)
        if time.time() - saved > 120:
            save(options.out, model, average, optimiser, step)
            saved = time.time()
        if held_out is not None and time.time() - checked > 900:
            table = check(average.model, held_out, *cells[SIZE], 300)
            print(f"mAP50 {mean_ap(table):.3f} " + " ".join(f"{k} {v['ap']:.3f}" for k, v in table.items()), flush=True)
            checked = time.time()
    save(options.out, model, average, optimiser, step)
    if held_out is not None:
        table = check(average.model, held_out, *cells[SIZE], len(held_out))
        print(f"end: {step} steps, mAP50 {mean_ap(table):.3f} " + " ".join(f"{k} {v['ap']:.3f}" for k, v in table.items()), flush=True)


if __name__ == "__main__":
    main()
