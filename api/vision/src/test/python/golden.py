"""Writes the golden pictures of ResizeGoldenTest: what PIL, OpenCV and formulas in numpy make of a noisy picture.

Run from this folder with Pillow, OpenCV and numpy:  python3 golden.py ../resources/org/menagerie/vision/golden
"""

import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

out = Path(sys.argv[1])
SIZES = [(23, 31), (97, 80), (61, 20), (7, 47)]


def picture(width, height):
    """A gradient with noise, hard edges and full-range samples."""
    random = np.random.default_rng(7)
    y, x = np.mgrid[0:height, 0:width]
    pixels = np.stack([x * 255 // width, y * 255 // height, (x + y) * 3 % 256], -1).astype(np.float64)
    pixels += random.normal(0, 40, pixels.shape)
    pixels[10:20, 10:30] = [255, 0, 255]
    pixels[22:24] = 0
    return np.clip(pixels, 0, 255).astype(np.uint8)


def checks(width, height):
    """Black and white at random: cubic interpolation overshoots everywhere."""
    return np.random.default_rng(8).integers(0, 2, (height, width, 3), np.uint8) * 255


def half_pixel(pixels, size, axis, kernel, taps):
    """Resize without antialiasing along an axis, the edge pixel repeated (OpenCV, PyTorch)."""
    n = pixels.shape[axis]
    at = (np.arange(size) + 0.5) * n / size - 0.5
    base = np.floor(at).astype(int)
    result = 0
    for k in range(1 - taps // 2, taps // 2 + 1):
        weight = kernel(at - (base + k))
        shape = [1, 1, 1]
        shape[axis] = size
        result = result + np.take(pixels, np.clip(base + k, 0, n - 1), axis) * weight.reshape(shape)
    return result


def triangle(x):
    return np.maximum(0, 1 - np.abs(x))


def coverage(n, size):
    """Row i holds the share of each of n pixels that pixel i of size covers (OpenCV's INTER_AREA)."""
    edges = np.arange(size + 1) * n / size
    low, high = edges[:-1, None], edges[1:, None]
    pixel = np.arange(n)[None]
    return np.clip(np.minimum(high, pixel + 1) - np.maximum(low, pixel), 0, None) * size / n


def to_bytes(pixels):
    return np.clip(np.floor(pixels + 0.5), 0, 255).astype(np.uint8)


def save(name, pixels):
    if isinstance(pixels, np.ndarray):
        pixels = Image.fromarray(to_bytes(pixels))
    pixels.save(out / f"{name}.png", optimize=True)


source = picture(61, 47)
image = Image.fromarray(source)
save("source", image)
save("checks", checks(61, 47))
save("gray", image.convert("L"))
for w, h in SIZES:
    for name, resample in [("nearest", Image.NEAREST), ("bilinear", Image.BILINEAR), ("bicubic", Image.BICUBIC)]:
        save(f"{name}-{w}x{h}", image.resize((w, h), resample))
    save(f"gray-bilinear-{w}x{h}", image.convert("L").resize((w, h), Image.BILINEAR))
    across = to_bytes(half_pixel(source, w, 1, triangle, 2))  # bytes between the passes, as in PIL
    save(f"plain-bilinear-{w}x{h}", half_pixel(across, h, 0, triangle, 2))
    for name, pixels in [("plain", source), ("sharp", checks(61, 47))]:
        save(f"{name}-bicubic-{w}x{h}", cv2.resize(pixels, (w, h), interpolation=cv2.INTER_CUBIC))
w, h = 23, 20
save(f"area-{w}x{h}", np.einsum("ih,jw,hwc->ijc", coverage(47, h), coverage(61, w), source))
