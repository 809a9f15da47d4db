"""QR codes after ISO/IEC 18004: byte mode, versions 1 to 10, all four levels of error correction, any mask."""
import numpy as np

# Error correction per version: {level: (correction codewords a block, ((blocks, data codewords a block), ...))}.
BLOCKS = {
    1: {"L": (7, ((1, 19),)), "M": (10, ((1, 16),)), "Q": (13, ((1, 13),)), "H": (17, ((1, 9),))},
    2: {"L": (10, ((1, 34),)), "M": (16, ((1, 28),)), "Q": (22, ((1, 22),)), "H": (28, ((1, 16),))},
    3: {"L": (15, ((1, 55),)), "M": (26, ((1, 44),)), "Q": (18, ((2, 17),)), "H": (22, ((2, 13),))},
    4: {"L": (20, ((1, 80),)), "M": (18, ((2, 32),)), "Q": (26, ((2, 24),)), "H": (16, ((4, 9),))},
    5: {"L": (26, ((1, 108),)), "M": (24, ((2, 43),)), "Q": (18, ((2, 15), (2, 16))), "H": (22, ((2, 11), (2, 12)))},
    6: {"L": (18, ((2, 68),)), "M": (16, ((4, 27),)), "Q": (24, ((4, 19),)), "H": (28, ((4, 15),))},
    7: {"L": (20, ((2, 78),)), "M": (18, ((4, 31),)), "Q": (18, ((2, 14), (4, 15))), "H": (26, ((4, 13), (1, 14)))},
    8: {"L": (24, ((2, 97),)), "M": (22, ((2, 38), (2, 39))), "Q": (22, ((4, 18), (2, 19))), "H": (26, ((4, 14), (2, 15)))},
    9: {"L": (30, ((2, 116),)), "M": (22, ((3, 36), (2, 37))), "Q": (20, ((4, 16), (4, 17))), "H": (24, ((4, 12), (4, 13)))},
    10: {"L": (18, ((2, 68), (2, 69))), "M": (26, ((4, 43), (1, 44))), "Q": (24, ((6, 19), (2, 20))), "H": (28, ((6, 15), (2, 16)))},
}
ALIGNMENT = {1: (), 2: (6, 18), 3: (6, 22), 4: (6, 26), 5: (6, 30), 6: (6, 34),
             7: (6, 22, 38), 8: (6, 24, 42), 9: (6, 26, 46), 10: (6, 28, 50)}
LEVEL_BITS = {"L": 1, "M": 0, "Q": 3, "H": 2}
MASKS = (
    lambda r, c: (r + c) % 2 == 0, lambda r, c: r % 2 == 0, lambda r, c: c % 3 == 0, lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0, lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0, lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0)

EXP = [1] * 512
for _i in range(1, 512):
    EXP[_i] = EXP[_i - 1] << 1 ^ (0x11D if EXP[_i - 1] & 0x80 else 0)
LOG = {EXP[_i]: _i for _i in range(255)}


def capacity(version, level):
    """Bytes that fit in byte mode: the data codewords less 4 bits of mode and the length field."""
    data = sum(n * k for n, k in BLOCKS[version][level][1])
    return data - (2 if version < 10 else 3)


def reed_solomon(data, count):
    """The `count` correction codewords for `data` over GF(256), polynomial 0x11D."""
    generator = [1]
    for i in range(count):
        generator = [a ^ b for a, b in zip(
            generator + [0], [0] + [EXP[LOG[g] + i] if g else 0 for g in generator])]
    remainder = list(data) + [0] * count
    for i in range(len(data)):
        if remainder[i]:
            lead = LOG[remainder[i]]
            for j, g in enumerate(generator):
                if g:
                    remainder[i + j] ^= EXP[LOG[g] + lead]
    return remainder[len(data):]


def codewords(payload, version, level):
    bits = "0100" + format(len(payload), "08b" if version < 10 else "016b") + "".join(format(b, "08b") for b in payload)
    correction, groups = BLOCKS[version][level]
    total = sum(n * k for n, k in groups)
    bits += "0" * min(4, total * 8 - len(bits))
    bits += "0" * (-len(bits) % 8)
    data = [int(bits[i:i + 8], 2) for i in range(0, len(bits), 8)]
    data += [(0xEC, 0x11)[i % 2] for i in range(total - len(data))]
    blocks, at = [], 0
    for n, k in groups:
        for _ in range(n):
            blocks.append(data[at:at + k])
            at += k
    checks = [reed_solomon(b, correction) for b in blocks]
    longest = max(map(len, blocks))
    return ([b[i] for i in range(longest) for b in blocks if i < len(b)]
            + [c[i] for i in range(correction) for c in checks])


def remainder_bits(value, width, polynomial, degree):
    rest = value << degree
    for bit in range(width + degree - 1, degree - 1, -1):
        if rest >> bit & 1:
            rest ^= polynomial << (bit - degree)
    return rest


def encode(payload, version, level, mask):
    """-> bool [n,n], True is dark, without the quiet zone. `payload` is bytes of at most `capacity(version, level)`."""
    if len(payload) > capacity(version, level):
        raise ValueError(f"{len(payload)} bytes do not fit a version {version}-{level} code ({capacity(version, level)})")
    n = 17 + 4 * version
    dark, fixed = np.zeros((n, n), bool), np.zeros((n, n), bool)

    def put(r, c, value):
        dark[r, c], fixed[r, c] = bool(value), True

    for r0, c0 in ((0, 0), (0, n - 7), (n - 7, 0)):
        for r in range(max(r0 - 1, 0), min(r0 + 8, n)):
            for c in range(max(c0 - 1, 0), min(c0 + 8, n)):
                put(r, c, max(abs(r - r0 - 3), abs(c - c0 - 3)) in (0, 1, 3))
    for i in range(8, n - 8):
        put(6, i, i % 2 == 0)
        put(i, 6, i % 2 == 0)
    last = n - 7
    for r0 in ALIGNMENT[version]:
        for c0 in ALIGNMENT[version]:
            if (r0, c0) not in ((6, 6), (6, last), (last, 6)):
                for r in range(r0 - 2, r0 + 3):
                    for c in range(c0 - 2, c0 + 3):
                        put(r, c, max(abs(r - r0), abs(c - c0)) != 1)
    form = LEVEL_BITS[level] << 3 | mask
    form = (form << 10 | remainder_bits(form, 5, 0x537, 10)) ^ 0x5412
    first = [(8, i) for i in (0, 1, 2, 3, 4, 5, 7, 8)] + [(i, 8) for i in (7, 5, 4, 3, 2, 1, 0)]
    second = [(n - 1 - i, 8) for i in range(7)] + [(8, n - 8 + i) for i in range(8)]
    for i in range(15):
        put(*first[i], form >> (14 - i) & 1)
        put(*second[i], form >> (14 - i) & 1)
    put(n - 8, 8, 1)
    if version >= 7:
        info = version << 12 | remainder_bits(version, 6, 0x1F25, 12)
        for i in range(18):
            put(i // 3, n - 11 + i % 3, info >> i & 1)
            put(n - 11 + i % 3, i // 3, info >> i & 1)

    stream = [w >> (7 - b) & 1 for w in codewords(payload, version, level) for b in range(8)]
    at = 0
    for pair, right in enumerate(range(n - 1, 0, -2)):
        column = right if right > 6 else right - 1
        if column < 1:
            break
        for step in range(n):
            r = n - 1 - step if pair % 2 == 0 else step
            for c in (column, column - 1):
                if not fixed[r, c]:
                    value = stream[at] if at < len(stream) else 0
                    dark[r, c] = bool(value) ^ bool(MASKS[mask](r, c))
                    at += 1
    return dark


def random_code(rng, versions):
    """A code of random printable content, version drawn from `versions`."""
    version = int(rng.choice(versions))
    level = str(rng.choice(list("LMQH")))
    size = int(rng.integers(max(1, capacity(version, level) // 2), capacity(version, level) + 1))
    payload = bytes(rng.integers(33, 127, size, dtype=np.uint8))
    return encode(payload, version, level, int(rng.integers(8)))
