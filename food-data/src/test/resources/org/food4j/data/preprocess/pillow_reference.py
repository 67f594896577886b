"""Writes the reference images and numbers beside this script: what Pillow makes of a formula-made photo.

usage: python3 pillow_reference.py        needs Pillow (written with 12.3.0) and NumPy
"""
import pathlib

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent
WIDTH, HEIGHT = 40, 30
FILTERS = {"bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC}
SIZES = [(16, 12), (57, 41), (5, 30), (40, 3)]
BOX = (3.5, 2.25, 24.0, 20.0)
MEAN, STD = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])


def formula(x, y):
    return (x * 7 + y * 13) % 256, (x * x + 3 * y) % 256, 255 if (x // 5 + y // 4) % 2 else x * y % 200


photo = Image.new("RGB", (WIDTH, HEIGHT))
for y in range(HEIGHT):
    for x in range(WIDTH):
        photo.putpixel((x, y), formula(x, y))

for name, kernel in FILTERS.items():
    for width, height in SIZES:
        photo.resize((width, height), kernel).save(HERE / f"{name}-{width}x{height}.png")
    photo.resize((16, 12), kernel, box=BOX).save(HERE / f"{name}-box-16x12.png")

# Shorter side to 9, the middle 8 x 8 pixels, per channel (value / 255 - mean) / std: [3, 8, 8], a line per row.
small = photo.resize((12, 9), Image.BILINEAR).crop((2, 0, 10, 8))
tensor = ((np.asarray(small) / 255 - MEAN) / STD).transpose(2, 0, 1)
np.savetxt(HERE / "input-8.txt", tensor.reshape(24, 8), fmt="%.7f")
