"""What the renderer draws from: one set for training, another for the held-out pictures."""
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Settings:
    size: int = 320                       # side of the letterboxed picture, pixels
    frames: tuple = ((1, 1, 0.6), (16, 9, 0.25), (4, 3, 0.1), (9, 16, 0.05))  # aspect and its share
    objects: tuple = (0.05, 0.16, 0.2, 0.19, 0.15, 0.1, 0.08, 0.07)  # shares of pictures with 0, 1, 2, ... objects
    class_shares: tuple = (0.27, 0.25, 0.23, 0.12, 0.13)
    clutter_prints: tuple = (0, 5)        # how many hard negatives a picture holds
    shortest: float = 15.0                # least shorter side of a labelled box, pixels
    shortest_barcode: float = 18.0        # and of a barcode's, whose bars vanish first
    longest: float = 330.0                # greatest target for a box's longer side, pixels
    max_tilt: float = 60.0                # degrees between print and picture plane
    upright: float = 0.5                  # share of codes within 20 degrees of upright; the others lie at any angle
    occluded: float = 0.15                # share of objects partly covered
    supersample: float = 0.5              # share drawn at twice the size and shrunk; the others show aliasing
    aliasing: float = 0.15                # share of objects drawn without shrinking the texture first
    light: float = 0.55                   # strength of uneven light
    defocus: float = 0.5
    max_sigma: float = 1.6                # pixels
    motion: float = 0.25
    max_motion: float = 9.0               # pixels
    noise: float = 0.6
    max_noise: float = 14.0               # levels
    tint: float = 0.15
    gain: tuple = (0.55, 1.25)
    jpeg: float = 0.4
    jpeg_quality: tuple = (20, 90)
    h264: float = 0.4                     # share of batches that go through an H.264 encoder
    h264_crf: tuple = (23, 38)
    inverted: float = 0.05
    qr_versions: tuple = (1, 1, 2, 2, 3, 3, 4, 5, 6)
    qr_quiet: tuple = (1.0, 4.0)          # modules
    code128_lengths: tuple = (4, 14)      # symbols
    fiducial_cells: tuple = (4, 4, 5, 6, 6, 7, 8)
    backgrounds: tuple = ("gradient", "fractal", "room", "shapes", "boards")
    clutter: tuple = ("text_page", "grid", "checkerboard", "stripes", "window", "noise_modules", "data_matrix",
                      "picture_frame", "blocks", "dark_square", "shape_sign", "arrow")


TRAINING = Settings()

# Bricks, leaves, patches, dice, book spines and crosswords, versions 7 to 10, longer Code 128, other proportions of
# frames, poses, light and compression: none of them is in the training set.
HELD_OUT = replace(
    TRAINING,
    frames=((16, 9, 0.55), (4, 3, 0.25), (1, 1, 0.1), (9, 16, 0.1)),
    objects=(0.1, 0.3, 0.3, 0.2, 0.1),
    clutter_prints=(1, 6),
    shortest=24.0, shortest_barcode=24.0,  # what the model is for: 24 pixels upwards, see README.md
    upright=0.6, occluded=0.1, supersample=0.85, aliasing=0.05,
    light=0.65, defocus=0.6, max_sigma=1.4, motion=0.3, max_motion=8.0, noise=0.7, max_noise=12.0,
    gain=(0.5, 1.3), jpeg=0.3, jpeg_quality=(30, 70), h264=0.6, h264_crf=(26, 36),
    qr_versions=(1, 2, 3, 4, 5, 6, 7, 8, 10), qr_quiet=(2.0, 4.0), code128_lengths=(3, 17),
    backgrounds=("room", "fractal", "bricks", "leaves", "patches"),
    clutter=("text_page", "stripes", "window", "noise_modules", "picture_frame", "shape_sign", "arrow", "dice", "bookshelf", "crossword"))

# Codes by independent tools, at angles up to 50 degrees and 24 pixels upwards, under the held-out conditions.
INDEPENDENT = replace(HELD_OUT, objects=(0.0, 0.5, 0.3, 0.2), class_shares=(0.34, 0.33, 0.33), shortest=24.0,
                      shortest_barcode=24.0, max_tilt=50.0)

# Nothing to find: for counting false alarms.
CLUTTER_ONLY = replace(HELD_OUT, objects=(1.0,), clutter_prints=(3, 8))
