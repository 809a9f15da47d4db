#!/usr/bin/env python3
"""Trains the network on rendered shards and keeps its moving average.

usage: train.py --data FOLDER [FOLDER...] --out FILE.pt [--minutes M | --steps N] [--start FILE.pt] [--check FOLDER]
"""
import argparse
import copy
import math
import time

import numpy as np
import torch

from loss import detection_loss
from metrics import detections, evaluate, mean_ap
from network import MarkerNet, cell_centres, decode, flatten
from prints import CLASSES
from shards import Shards

SIZE = 320


def batch(shards, indices, rng):
    """-> images [B,3,320,320] float32 0..1 and padded truth; flips, shifts and recolours the pictures."""
    images = np.stack([shards.images[i] for i in indices])
    boxes = [shards.boxes[i].copy() for i in indices]
    for k in range(len(indices)):
        if rng.random() < 0.5:
            images[k] = images[k, :, ::-1].copy()
            boxes[k][:, [1, 3]] = SIZE - boxes[k][:, [3, 1]]
        dx, dy = (int(v) for v in rng.integers(-12, 13, 2))
        images[k] = np.roll(images[k], (dy, dx), (0, 1))
        images[k, :max(dy, 0)] = images[k, SIZE + min(dy, 0):] = 114
        images[k, :, :max(dx, 0)] = images[k, :, SIZE + min(dx, 0):] = 114
        boxes[k][:, 1:] = np.clip(boxes[k][:, 1:] + (dx, dy, dx, dy), 0, SIZE)
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--start", help="a file written by --out: its average is where training begins")
    parser.add_argument("--check", help="a folder of held-out pictures to look at now and then; nothing is chosen by it")
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if (options.minutes > 0) == (options.steps > 0):
        parser.error("give either --minutes or --steps")
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)
    model = MarkerNet(len(CLASSES)).to(memory_format=torch.channels_last)
    if options.start:
        model.load_state_dict(torch.load(options.start)["model"])
    average = Average(model)
    norms = [p for p in model.parameters() if p.ndim == 1]
    weights = [p for p in model.parameters() if p.ndim > 1]
    optimiser = torch.optim.AdamW([{"params": weights, "weight_decay": 0.02}, {"params": norms, "weight_decay": 0.0}], lr=options.rate)
    centres, strides = cell_centres(SIZE)
    shards = Shards(*options.data)
    held_out = Shards(options.check) if options.check else None
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(shards)} pictures", flush=True)
    begin, step, order, parts = time.time(), 0, [], {}
    saved = checked = begin
    while True:
        passed = step / options.steps if options.steps else (time.time() - begin) / (options.minutes * 60)
        if passed >= 1:
            break
        warm = min(1.0, (step + 1) / 200)
        for group in optimiser.param_groups:
            group["lr"] = options.rate * warm * (0.01 + 0.99 * (1 + math.cos(math.pi * passed)) / 2)
        if len(order) < options.batch:
            shards.refresh()
            order = list(rng.permutation(len(shards)))
        picked, order = order[:options.batch], order[options.batch:]
        x, truth, labels, valid = batch(shards, picked, rng)
        model.train()
        distances, logits = flatten(model(x))
        loss, now = detection_loss(distances, logits, centres, strides, truth, labels, valid)
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
            torch.save({"model": average.model.state_dict(), "step": step}, options.out)
            saved = time.time()
        if held_out is not None and time.time() - checked > 420:
            table = check(average.model, held_out, centres, strides, 300)
            print(f"mAP50 {mean_ap(table):.3f} " + " ".join(f"{k} {v['ap']:.3f}" for k, v in table.items()), flush=True)
            checked = time.time()
    torch.save({"model": average.model.state_dict(), "step": step}, options.out)
    if held_out is not None:
        table = check(average.model, held_out, centres, strides, len(held_out))
        print(f"end: {step} steps, mAP50 {mean_ap(table):.3f} " + " ".join(f"{k} {v['ap']:.3f}" for k, v in table.items()), flush=True)


if __name__ == "__main__":
    main()
