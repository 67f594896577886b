"""Writes the reference images beside this script: what Pillow makes of a formula-made photo.

usage: python3 pillow_operations.py        needs Pillow (written with 12.3.0) and NumPy
Where Pillow has no operation of that definition, NumPy or Python's colorsys computes it in float64.
"""

import colorsys
import math
import pathlib

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

HERE = pathlib.Path(__file__).parent
WIDTH, HEIGHT = 40, 30
FILL = (10, 20, 30)


def formula(x, y):
    return (x * 7 + y * 13) % 256, (x * x + 3 * y) % 256, 255 if (x // 5 + y // 4) % 2 else x * y % 200


def save(name, image):
    image.save(HERE / f"{name}.png", optimize=True)


def rounded(values):
    return Image.fromarray(np.clip(np.floor(values + 0.5), 0, 255).astype(np.uint8))


photo = Image.new("RGB", (WIDTH, HEIGHT))
for y in range(HEIGHT):
    for x in range(WIDTH):
        photo.putpixel((x, y), formula(x, y))
# Channels of 40 to 167, 20 to 195 and one value
dull = Image.merge("RGB", [band.point(table) for band, table in zip(photo.split(), (
    [v // 2 + 40 for v in range(256)], [20 + v * 7 // 10 for v in range(256)], [77] * 256))])
save("dull", dull)

for name, enhance, factors in (
        ("brightness", ImageEnhance.Brightness, (0.35, 1.6)), ("contrast", ImageEnhance.Contrast, (0.35, 1.6)),
        ("saturation", ImageEnhance.Color, (0.35, 1.6)), ("sharpness", ImageEnhance.Sharpness, (0.0, 0.35, 1.6))):
    for factor in factors:
        save(f"{name}-{factor}", enhance(photo).enhance(factor))
for bits in (2, 5):
    save(f"posterize-{bits}", ImageOps.posterize(photo, bits))
save("solarize-93.5", ImageOps.solarize(photo, 93.5))
save("autocontrast", ImageOps.autocontrast(dull))
save("equalize", ImageOps.equalize(photo))
save("equalize-dull", ImageOps.equalize(dull))
save("vertical-flip", ImageOps.flip(photo))

# The hue in float64
for turns in (-0.4, 0.07, 0.5):
    values = np.asarray(photo) / 255
    turned = np.zeros_like(values)
    for y in range(HEIGHT):
        for x in range(WIDTH):
            hue, saturation, value = colorsys.rgb_to_hsv(*values[y, x])
            turned[y, x] = colorsys.hsv_to_rgb((hue + turns) % 1, saturation, value)
    save(f"hue-{turns}", rounded(255 * turned))


def warp(image, method, coefficients):
    return image.transform(image.size, method, coefficients, resample=Image.BILINEAR, fillcolor=FILL)


AFFINE, PERSPECTIVE = Image.Transform.AFFINE, Image.Transform.PERSPECTIVE
save("shear-x-0.2", warp(photo, AFFINE, (1, 0.2, 0, 0, 1, 0)))
save("shear-y--0.66", warp(photo, AFFINE, (1, 0, 0, -0.66, 1, 0)))
save("rotate-20", photo.rotate(20, resample=Image.BILINEAR, fillcolor=FILL))
save("translate-x-12", warp(photo, AFFINE, (1, 0, 12, 0, 1, 0)))

# Scale 1.3, then shear by 10 degrees sideways, by -15 degrees downwards, rotation by 25 degrees (clockwise, as y
# points down), shift by (3, -2): about the middle
to_middle = np.array([[1, 0, -WIDTH / 2], [0, 1, -HEIGHT / 2], [0, 0, 1]])
back = np.array([[1, 0, WIDTH / 2 + 3], [0, 1, HEIGHT / 2 - 2], [0, 0, 1]])
sideways = np.array([[1, math.tan(math.radians(10)), 0], [0, 1, 0], [0, 0, 1]])
downwards = np.array([[1, 0, 0], [math.tan(math.radians(-15)), 1, 0], [0, 0, 1]])
angle = math.radians(25)
rotation = np.array([[math.cos(angle), -math.sin(angle), 0], [math.sin(angle), math.cos(angle), 0], [0, 0, 1]])
affine = np.linalg.inv(back @ rotation @ downwards @ sideways @ np.diag([1.3, 1.3, 1]) @ to_middle)
save("affine", warp(photo, AFFINE, affine[:2].ravel()))

# The photo continued by its mirror image
padded = Image.fromarray(np.pad(np.asarray(photo), ((HEIGHT, HEIGHT), (WIDTH, WIDTH), (0, 0)), mode="symmetric"))
move = np.array([[1, 0, WIDTH], [0, 1, HEIGHT], [0, 0, 1]])
moved = move @ affine @ np.linalg.inv(move)
save("affine-reflection", warp(padded, AFFINE, moved[:2].ravel()).crop((WIDTH, HEIGHT, 2 * WIDTH, 2 * HEIGHT)))

# The quadrilateral that shows the whole photo, from the upper left clockwise; no edge through a pixel's centre
quad = [(5, 2), (33, 4), (38, 29), (1, 22.3)]
rows, sides = [], []
for (x, y), (u, v) in zip(quad, [(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)]):
    rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    sides += [u, v]
save("perspective", warp(photo, PERSPECTIVE, np.linalg.solve(np.array(rows, float), np.array(sides, float))))

# The sampled bell curve as far as three standard deviations, in float64; and Pillow's approximation by boxes
for sigma in (0.5, 1.7):
    radius = math.ceil(3 * sigma)
    bell = np.exp(-np.arange(-radius, radius + 1) ** 2 / (2 * sigma * sigma))
    bell /= bell.sum()
    values = np.pad(np.asarray(photo, float), ((radius, radius), (radius, radius), (0, 0)), mode="edge")
    values = np.apply_along_axis(lambda line: np.convolve(line, bell, "valid"), 0, values)
    values = np.apply_along_axis(lambda line: np.convolve(line, bell, "valid"), 1, values)
    save(f"blur-{sigma}", rounded(values))
save("blur-pillow-1.7", photo.filter(ImageFilter.GaussianBlur(1.7)))
