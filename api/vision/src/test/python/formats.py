"""Writes the picture files of PictureReaderTest, each of 24x16 pixels and, shown the right way up, of four colours:
red, green / blue, white, with the corner of the shown picture at top left red.

Run from this folder with Pillow 12 and numpy:  python3 formats.py ../resources/org/menagerie/vision/formats
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, PngImagePlugin

out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
pixels = np.zeros((16, 24, 3), np.uint8)
pixels[:8, :12] = [255, 0, 0]
pixels[:8, 12:] = [0, 255, 0]
pixels[8:, :12] = [0, 0, 255]
pixels[8:, 12:] = [255, 255, 255]
picture = Image.fromarray(pixels)

# What a camera stores so that the tag brings the picture back the right way up.
STORED = {
    1: lambda i: i,
    2: lambda i: i.transpose(Image.FLIP_LEFT_RIGHT),
    3: lambda i: i.transpose(Image.ROTATE_180),
    4: lambda i: i.transpose(Image.FLIP_TOP_BOTTOM),
    5: lambda i: i.transpose(Image.TRANSPOSE),
    6: lambda i: i.transpose(Image.ROTATE_90),
    7: lambda i: i.transpose(Image.TRANSVERSE),
    8: lambda i: i.transpose(Image.ROTATE_270),
}
for value, stored in STORED.items():
    exif = Image.Exif()
    exif[0x0112] = value
    stored(picture).save(out / f"exif-{value}.jpg", exif=exif, quality=95, subsampling=0)
exif = Image.Exif()
exif[0x0112] = 6
STORED[6](picture).save(out / "exif-6.png", exif=exif)
STORED[6](picture).save(out / "exif-6.tif", exif=exif)

picture.save(out / "rgb.png")
picture.save(out / "rgb.bmp")
picture.quantize(4).save(out / "palette.gif")
picture.quantize(4).save(out / "palette.png")
picture.convert("CMYK").save(out / "cmyk.jpg", quality=95, subsampling=0)
picture.save(out / "progressive.jpg", progressive=True, quality=95, subsampling=0)

rgba = np.dstack([pixels, np.full((16, 24), 255, np.uint8)])
rgba[8:, 12:] = [255, 255, 255, 0]
rgba[8:, :12] = [0, 0, 255, 102]
Image.fromarray(rgba).save(out / "alpha.png")

gray = np.tile((np.arange(24) * 11).astype(np.uint8), (16, 1))
Image.fromarray(gray).save(out / "gray.png")
Image.fromarray(np.dstack([gray, np.full((16, 24), 102, np.uint8)])).save(out / "gray-alpha.png")
Image.fromarray(gray.astype(np.uint16) * 256 + 200).save(out / "gray16.png")
Image.fromarray(gray).save(out / "gray.jpg", quality=100)
Image.fromarray(((gray > 100) * 255).astype(np.uint8)).convert("1").save(out / "bits.png")
