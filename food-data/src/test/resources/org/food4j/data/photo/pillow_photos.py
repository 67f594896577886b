"""Writes the small photos beside this script that the JDK cannot write.

usage: python3 pillow_photos.py        needs Pillow (written with 12.3.0) with WebP
"""
import pathlib

from PIL import Image

HERE = pathlib.Path(__file__).parent
WIDTH, HEIGHT = 40, 30


def formula(x, y):
    return (x * 7 + y * 13) % 256, (x * x + 3 * y) % 256, 255 if (x // 5 + y // 4) % 2 else x * y % 200


photo = Image.new("RGB", (WIDTH, HEIGHT))
for y in range(HEIGHT):
    for x in range(WIDTH):
        photo.putpixel((x, y), formula(x, y))

photo.save(HERE / "lossless.webp", lossless=True)
photo.save(HERE / "lossy.webp", quality=90)
photo.save(HERE / "extended.webp", lossless=True, icc_profile=b"a colour profile, so that the file is VP8X")
photo.save(HERE / "animated.webp", save_all=True, append_images=[photo.rotate(180)], lossless=True)
smooth = Image.new("RGB", (WIDTH, HEIGHT))
for y in range(HEIGHT):
    for x in range(WIDTH):
        smooth.putpixel((x, y), (40 + 4 * x, 60 + 3 * y, 200 - 2 * x - y))
smooth.save(HERE / "smooth.webp", quality=90)

# Transparent on the left, opaque on the right.
faded = photo.convert("RGBA")
faded.putalpha(Image.linear_gradient("L").rotate(90).resize((WIDTH, HEIGHT)))
faded.save(HERE / "lossless_alpha.webp", lossless=True, exact=True)
faded.save(HERE / "lossy_alpha.webp", quality=90, exact=True)
Image.alpha_composite(Image.new("RGBA", faded.size, "white"), faded).convert("RGB").save(HERE / "alpha_over_white.png")
photo.convert("CMYK").save(HERE / "cmyk.jpg", quality=95)
photo.save(HERE / "progressive.jpg", quality=95, progressive=True)

# What Pillow makes of CMYK: the reference for the decoders' formula.
Image.open(HERE / "cmyk.jpg").convert("RGB").save(HERE / "cmyk.png")
