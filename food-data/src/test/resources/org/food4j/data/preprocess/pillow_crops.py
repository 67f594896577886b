"""Evaluation's crop of every photo in the class folders of a folder, as Pillow computes it from the whole photo.

usage: pillow_crops.py FOLDER OUT bilinear|bicubic
Writes OUT/<path with ~ for />: 224 x 224 x 3 bytes, row by row, red, green, blue.
The shorter side is resized to 256, antialiased; the middle 224 x 224 pixels are cut out.
"""
import math, pathlib, sys
from PIL import Image, ImageOps

folder, out, filter = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
for path in sorted(p for p in folder.glob("*/*") if p.is_file()):
    image = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    scale = 256 / min(image.size)
    # Java's rounding: halves go up.
    width, height = (max(224, math.floor(side * scale + 0.5)) for side in image.size)
    image = image.resize((width, height), getattr(Image, filter.upper()))
    x, y = (width - 224) // 2, (height - 224) // 2
    crop = image.crop((x, y, x + 224, y + 224))
    (out / str(path.relative_to(folder)).replace("/", "~")).write_bytes(crop.tobytes())
