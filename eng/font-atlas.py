#!/usr/bin/env python3
"""Renders a font into the glyph atlas that src/Restream embeds. Run it again only to change the font or the sizes.

usage: eng/font-atlas.py /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf src/Restream/Drawing/DejaVuSansBold.atlas
needs: python3-pil and fonts-dejavu-core (Debian)

Layout, little endian, the whole deflated (zlib): "VSFA", u8 version 1, u8 sizes; then for each size
  u16 pixels an em, u8 ascent, u8 descent, u16 glyphs, and for each glyph
  u16 code point, i8 left bearing, i8 rows from the ascent line down to the bitmap, u8 width, u8 height, u8 advance, width*height coverage bytes.
"""
import struct
import sys
import zlib

from PIL import Image, ImageDraw, ImageFont

# 11 is the smallest at which the hinted font stays legible after H.264; 56 suits 2160 lines. See TextSize.cs.
SIZES = (11, 14, 20, 28, 40, 56)
# ASCII and Latin-1 without the control characters, the ellipsis for cut text, and the box shown for anything else.
CODES = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x2026, 0x25A1]


def main() -> None:
    font_file, target = sys.argv[1:3]
    out = bytearray(b"VSFA" + struct.pack("<BB", 1, len(SIZES)))
    for size in SIZES:
        font = ImageFont.truetype(font_file, size, layout_engine=ImageFont.Layout.BASIC)
        ascent, descent = font.getmetrics()
        out += struct.pack("<HBBH", size, ascent, descent, len(CODES))
        for code in CODES:
            left, top, right, bottom = font.getbbox(chr(code))
            width, height = max(0, right - left), max(0, bottom - top)
            coverage = b""
            if width and height:
                image = Image.new("L", (width, height), 0)
                ImageDraw.Draw(image).text((-left, -top), chr(code), fill=255, font=font)
                coverage = image.tobytes()
            else:
                left = top = width = height = 0
            out += struct.pack("<HbbBBB", code, left, top, width, height, round(font.getlength(chr(code)))) + coverage
    with open(target, "wb") as file:
        file.write(zlib.compress(bytes(out), 9))


main()
