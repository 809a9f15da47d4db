"""Linear codes: EAN-13 after ISO/IEC 15420 and Code 128 after ISO/IEC 15417. A code is a bool vector of modules, True is dark."""
import numpy as np

# EAN left-hand odd parity (set A); set C is its complement, set B is C reversed.
EAN_A = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
EAN_PARITY = ("AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA")
# Code 128: widths of bar, space, bar, ... for the values 0 to 106; 103-105 start A-C, 106 stop.
CODE128 = """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112""".split()
GUARDS = (0, 1, 2, 45, 46, 47, 48, 49, 92, 93, 94)  # EAN modules whose bars reach down between the digits


def ean13(digits):
    """12 digits (the check digit is added) -> (bool [95], the 13 digits as text)."""
    check = -sum(d * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10
    digits = list(digits) + [check]
    flip = str.maketrans("01", "10")
    left = ""
    for digit, parity in zip(digits[1:7], EAN_PARITY[digits[0]]):
        left += EAN_A[digit] if parity == "A" else EAN_A[digit].translate(flip)[::-1]
    right = "".join(EAN_A[d].translate(flip) for d in digits[7:])
    bits = "101" + left + "01010" + right + "101"
    return np.array([b == "1" for b in bits]), "".join(map(str, digits))


def code128(values, start):
    """Symbol values 0-102 after start A, B or C (103-105) -> bool [11 * (len + 2) + 13]."""
    symbols = [start] + list(values)
    symbols.append((start + sum(i * v for i, v in enumerate(values, 1))) % 103)
    symbols.append(106)
    modules = []
    for symbol in symbols:
        for i, width in enumerate(CODE128[symbol]):
            modules += [i % 2 == 0] * int(width)
    return np.array(modules)


def random_code(rng, lengths=(4, 14)):
    """-> (modules, text below, is_ean). Half EAN-13, half Code 128 (sets B and C) of `lengths` symbols."""
    if rng.random() < 0.5:
        modules, text = ean13([int(d) for d in rng.integers(0, 10, 12)])
        return modules, text, True
    count = int(rng.integers(*lengths))
    if rng.random() < 0.5:
        values = rng.integers(0, 100, count)
        text = "".join(f"{v:02d}" for v in values)
        return code128([int(v) for v in values], 105), text, False
    values = rng.integers(0, 95, count)
    return code128([int(v) for v in values], 104), "".join(chr(32 + v) for v in values), False
