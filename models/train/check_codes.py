#!/usr/bin/env python3
"""Checks the code generators against other people's: QR against qrencode, EAN-13 and Code 128 against zint, module by module."""
import numpy as np

import barcodes
import independent
import qr


def check_qr(rng):
    for version in qr.BLOCKS:
        for level in "LMQH":
            text = "".join(chr(c) for c in rng.integers(97, 123, qr.capacity(version, level) - 1))
            grey = independent.drawn_by("qrencode", "-8", "-v", str(version), "-l", level, "-s", "1", "-m", "0", text, "-o")
            masks = [m for m in range(8) if np.array_equal(grey < 128, qr.encode(text.encode(), version, level, m))]
            if len(masks) != 1:
                raise SystemExit(f"QR {version}-{level}: qrencode's code is none of ours")
    return 4 * len(qr.BLOCKS)


def bars_by_zint(kind, data):
    grey = independent.drawn_by("zint", "-b", kind, "--notext", "--scale", "1", "-d", data, "-o")
    row = grey[grey.shape[0] // 3] < 128
    ends = np.flatnonzero(row)
    return row[ends[0]:ends[-1] + 1][::2]  # zint draws a module two pixels wide at scale 1


def check_bars(rng, rounds=40):
    for _ in range(rounds):
        bars, text = barcodes.ean13([int(d) for d in rng.integers(0, 10, 12)])
        letters = "".join(chr(c) for c in rng.choice([*range(97, 123), *map(ord, "GKQ!#+")], 12))
        pairs = [int(v) for v in rng.integers(0, 100, 10)]
        for kind, data, ours in (("EANX", text, bars), ("CODE128", letters, barcodes.code128([ord(c) - 32 for c in letters], 104)),
                                 ("CODE128", "".join(f"{v:02d}" for v in pairs), barcodes.code128(pairs, 105))):
            if not np.array_equal(bars_by_zint(kind, data), ours):
                raise SystemExit(f"{kind} {data}: zint's bars differ from ours")
    return 3 * rounds


if __name__ == "__main__":
    generator = np.random.default_rng(1)
    print(f"{check_qr(generator)} QR codes and {check_bars(generator)} linear codes are equal to qrencode's and zint's")
