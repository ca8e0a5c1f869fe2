#!/usr/bin/env python3
"""Makes the image files of this folder, each with NAME.expected.png: what Pillow shows of it.

Needs Debian's python3-pil, python3-numpy, libjpeg-turbo-progs (cjpeg, jpegtran) and webp (cwebp). Run it in this folder;
what it makes is committed, so that no test needs any of this.
"""
import io
import struct
import subprocess
import zlib

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

H, W = 35, 45  # odd on purpose: no multiple of a block, an MCU or an Adam7 cell


def scene(height=H, width=W):
    rng = np.random.default_rng(7)
    y, x = np.mgrid[0:height, 0:width]
    base = np.stack([x * 255 / width, y * 255 / height, (x * y) % 256], -1)
    image = Image.fromarray(np.clip(base + rng.normal(0, 8, base.shape), 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    draw.ellipse([5, 4, 25, 28], fill=(230, 30, 20))
    draw.rectangle([22, 12, 40, 30], fill=(10, 60, 240))
    draw.line([0, height, width, 0], fill=(255, 255, 255), width=2)
    return image.filter(ImageFilter.GaussianBlur(0.6))


RGB = scene()
GREY = RGB.convert("L")
ALPHA = GREY.point(lambda v: 255 - v)
RGBA = RGB.copy()
RGBA.putalpha(ALPHA)
PALETTE = RGB.quantize(200)


def write(name, data, expected=None):
    with open(name, "wb") as f:
        f.write(data)
    if expected is None:
        expected = ImageOps.exif_transpose(Image.open(name)).convert("RGB")
    expected.save(name + ".expected.png", optimize=True)


def save(name, image, **options):
    out = io.BytesIO()
    image.save(out, **options)
    write(name, out.getvalue())


def tool(*command, image=RGB):
    source = io.BytesIO()
    image.save(source, format="PPM")
    return subprocess.run(command, input=source.getvalue(), stdout=subprocess.PIPE, check=True).stdout


def exif(orientation):
    data = Image.Exif()
    data[0x0112] = orientation
    return data.tobytes()


# --- JPEG
for sampling, name in enumerate(["444", "422", "420"]):
    save(f"jpeg-{name}.jpg", RGB, format="JPEG", quality=88, subsampling=sampling)
    save(f"jpeg-{name}-progressive.jpg", RGB, format="JPEG", quality=88, subsampling=sampling, progressive=True)
for sampling in ["1x2", "4x1", "4x2", "1x4", "2x4", "2x2,1x2,1x2", "2x2,2x1,1x2"]:
    write(f"jpeg-sampling-{sampling.replace(',', '-')}.jpg", tool("cjpeg", "-sample", sampling))
save("jpeg-grey.jpg", GREY, format="JPEG", quality=90)
save("jpeg-grey-progressive.jpg", GREY, format="JPEG", quality=90, progressive=True)
save("jpeg-quality-4.jpg", RGB, format="JPEG", quality=4)
save("jpeg-quality-100.jpg", RGB, format="JPEG", quality=100, subsampling=0)
for height, width in [(1, 1), (2, 2), (3, 4), (5, 6), (16, 16), (17, 1), (1, 33)]:
    save(f"jpeg-{width}x{height}.jpg", RGB.resize((width, height)), format="JPEG", quality=90, subsampling=2)
write("jpeg-restart.jpg", tool("cjpeg", "-restart", "2B"))
write("jpeg-restart-progressive.jpg", tool("cjpeg", "-progressive", "-restart", "3B"))
write("jpeg-rgb.jpg", tool("cjpeg", "-rgb"))
with open("/tmp/scans.txt", "w") as f:
    f.write("0;\n1;\n2;\n")
write("jpeg-not-interleaved.jpg", tool("cjpeg", "-scans", "/tmp/scans.txt"))
write("jpeg-wide-quantisation.jpg", tool("cjpeg", "-quality", "1"))
cmyk = Image.merge("CMYK", [*RGB.split(), GREY.point(lambda v: v // 3)])
save("jpeg-cmyk.jpg", cmyk, format="JPEG", quality=90)
out = io.BytesIO()
cmyk.save(out, format="JPEG", quality=90)
data = bytearray(out.getvalue())
data[data.index(b"Adobe") + 11] = 2  # the same samples, now said to be YCCK
write("jpeg-ycck.jpg", bytes(data))
for orientation in range(1, 9):
    save(f"jpeg-orientation-{orientation}.jpg", RGB, format="JPEG", quality=80, exif=exif(orientation))
write("jpeg-trailing-bytes.jpg", open("jpeg-420.jpg", "rb").read() + b"\0\1\2\xff\xd8\xff" * 9)
save("jpeg-icc-profile.jpg", RGB, format="JPEG", icc_profile=b"not a profile" * 9)
with open("arithmetic.jpg.unsupported", "wb") as f:
    f.write(tool("cjpeg", "-arithmetic"))


# --- PNG
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def filtered(rows, bpp):
    """Rows of bytes, filtered by each of the five types in turn."""
    out, above = b"", None
    for y, row in enumerate(rows):
        above = above or bytes(len(row))
        kind = y % 5
        line = bytearray()
        for i, v in enumerate(row):
            a = row[i - bpp] if i >= bpp else 0
            b = above[i]
            c = above[i - bpp] if i >= bpp else 0
            line.append((v - [0, a, b, (a + b) // 2, paeth(a, b, c)][kind]) & 255)
        out += bytes([kind]) + bytes(line)
        above = row
    return out


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png(samples, depth, colour_type, interlaced, extra=b""):
    """samples: height x width x channels."""
    height, width, channels = samples.shape

    def rows(part):
        for row in part.reshape(part.shape[0], -1):
            if depth == 16:
                yield row.astype(">u2").tobytes()
            elif depth == 8:
                yield row.astype(np.uint8).tobytes()
            else:
                bits = ((row[:, None] >> np.arange(depth - 1, -1, -1)) & 1).astype(np.uint8).ravel()
                yield np.packbits(bits).tobytes()

    bpp = max(1, depth * channels // 8)
    parts = [samples[t::d, l::a] for l, t, a, d in ADAM7] if interlaced else [samples]
    data = zlib.compress(b"".join(filtered(list(rows(p)), bpp) for p in parts if p.size))
    half = len(data) // 2
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, interlaced))
            + extra + chunk(b"IDAT", data[:half]) + chunk(b"IDAT", data[half:]) + chunk(b"IEND", b""))


grey = np.asarray(GREY)[..., None].astype(np.int64)
rgb = np.asarray(RGB).astype(np.int64)
alpha = np.asarray(ALPHA)[..., None].astype(np.int64)
low = (np.arange(H * W).reshape(H, W, 1) * 37) % 256  # low bytes of 16-bit samples
colours = bytes(PALETTE.getpalette()[:768]).ljust(768, b"\0")
index = np.asarray(PALETTE)[..., None].astype(np.int64)
for interlaced, suffix in [(0, ""), (1, "-interlaced")]:
    for depth in [1, 2, 4, 8]:
        write(f"png-grey-{depth}{suffix}.png", png(grey >> (8 - depth), depth, 0, interlaced))
        write(f"png-palette-{depth}{suffix}.png", png(index % (1 << depth), depth, 3, interlaced,
              chunk(b"PLTE", colours[:3 << depth]) + chunk(b"tRNS", bytes(range(0, 1 << depth)))))
    # Pillow clips 16-bit grey at 255 in convert("RGB"); a photo viewer shows the high byte.
    write(f"png-grey-16{suffix}.png", png(grey << 8 | low, 16, 0, interlaced), GREY.convert("RGB"))
    write(f"png-grey-alpha-8{suffix}.png", png(np.concatenate([grey, alpha], -1), 8, 4, interlaced))
    write(f"png-grey-alpha-16{suffix}.png", png(np.concatenate([grey, alpha], -1) << 8 | low, 16, 4, interlaced))
    write(f"png-rgb-8{suffix}.png", png(rgb, 8, 2, interlaced))
    write(f"png-rgb-16{suffix}.png", png(rgb << 8 | low, 16, 2, interlaced))
    write(f"png-rgb-alpha-8{suffix}.png", png(np.concatenate([rgb, alpha], -1), 8, 6, interlaced))
    write(f"png-rgb-alpha-16{suffix}.png", png(np.concatenate([rgb, alpha], -1) << 8 | low, 16, 6, interlaced))
write("png-1x1-interlaced.png", png(rgb[:1, :1], 8, 2, 1))
write("png-2x5-interlaced.png", png(rgb[:5, :2], 8, 2, 1))
save("png-orientation-6.png", RGB, format="PNG", exif=exif(6))


# --- BMP
def bmp(bits, height, rows, palette=b"", compression=0, masks=b"", os2=False):
    if os2:
        header = struct.pack("<IHHHH", 12, W, height, 1, bits)
    else:
        header = struct.pack("<IiiHHIIiiII", 40, W, height, 1, bits, compression, 0, 2835, 2835, 0, 0)
    start = 14 + len(header) + len(masks) + len(palette)
    data = b"".join(row + bytes(-len(row) % 4) for row in rows)
    return struct.pack("<2sIHHI", b"BM", start + len(data), 0, 0, start) + header + masks + palette + data


save("bmp-1.bmp", RGB.convert("1"), format="BMP")
save("bmp-8-grey.bmp", GREY, format="BMP")
save("bmp-8-palette.bmp", PALETTE, format="BMP")
save("bmp-24.bmp", RGB, format="BMP")
save("bmp-32.bmp", RGBA, format="BMP")
bgr = np.asarray(RGB)[..., ::-1]
four = np.asarray(RGB.quantize(16))
packed = [np.packbits(((row[:, None] >> np.arange(3, -1, -1)) & 1).astype(np.uint8).ravel()).tobytes()
          for row in four[::-1]]
sixteen = bytes(RGB.quantize(16).getpalette()[:48])
write("bmp-4-palette.bmp", bmp(4, H, packed, b"".join(
    sixteen[i + 2:i + 3] + sixteen[i + 1:i + 2] + sixteen[i:i + 1] + b"\0" for i in range(0, 48, 3))))
write("bmp-24-top-down.bmp", bmp(24, -H, [row.tobytes() for row in bgr]))
write("bmp-24-os2.bmp", bmp(24, H, [row.tobytes() for row in bgr[::-1]], os2=True))
bgrx = np.concatenate([bgr, np.zeros((H, W, 1), np.uint8)], -1)
write("bmp-32-plain.bmp", bmp(32, H, [row.tobytes() for row in bgrx[::-1]]))
r, g, b = (np.asarray(RGB).astype(np.uint16)[..., i] for i in range(3))
write("bmp-16-555.bmp", bmp(16, H, [row.astype("<u2").tobytes() for row in (r >> 3 << 10 | g >> 3 << 5 | b >> 3)[::-1]]))
write("bmp-16-565.bmp", bmp(16, H, [row.astype("<u2").tobytes() for row in (r >> 3 << 11 | g >> 2 << 5 | b >> 3)[::-1]],
                            compression=3, masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F)))

# --- WebP
for quality in [10, 50, 80, 100]:
    save(f"webp-lossy-{quality}.webp", RGB, format="WEBP", quality=quality)
write("webp-lossy-simple-filter.webp", tool("cwebp", "-quiet", "-nostrong", "-f", "60", "-q", "30", "-o", "-", "--", "-"))
write("webp-lossy-sharp.webp", tool("cwebp", "-quiet", "-f", "80", "-sharpness", "5", "-q", "30", "-o", "-", "--", "-"))
write("webp-lossy-segments.webp", tool("cwebp", "-quiet", "-segments", "4", "-sns", "100", "-m", "6", "-q", "60", "-o",
                                       "-", "--", "-", image=RGB.resize((150, 130))))
save("webp-lossy-alpha.webp", RGBA, format="WEBP", quality=80)
save("webp-lossy-orientation-8.webp", RGB, format="WEBP", quality=80, exif=exif(8))
for height, width in [(1, 1), (2, 3), (16, 16), (17, 33)]:
    save(f"webp-lossy-{width}x{height}.webp", RGB.resize((width, height)), format="WEBP", quality=80)
    save(f"webp-lossless-{width}x{height}.webp", RGB.resize((width, height)), format="WEBP", lossless=True)
save("webp-lossless.webp", RGB, format="WEBP", lossless=True)
save("webp-lossless-slow.webp", RGB.resize((150, 130)), format="WEBP", lossless=True, quality=100, method=6)
save("webp-lossless-alpha.webp", RGBA, format="WEBP", lossless=True, exact=True)
save("webp-lossless-grey.webp", GREY, format="WEBP", lossless=True)
for count in [2, 3, 15, 200]:
    save(f"webp-lossless-{count}-colours.webp", RGB.quantize(count).convert("RGB"), format="WEBP", lossless=True)
save("webp-lossless-orientation-5.webp", RGB, format="WEBP", lossless=True, exif=exif(5))
save("webp-animated.webp", RGB, format="WEBP", save_all=True, append_images=[ImageOps.invert(RGB)], quality=80)

# --- Framing: what Pillow makes of png-rgb-8.png
for name, kind in [("nearest", Image.NEAREST), ("bilinear", Image.BILINEAR), ("bicubic", Image.BICUBIC)]:
    for height, width in [(8, 8), (35, 20), (20, 45), (64, 80), (33, 50), (1, 1)]:
        RGB.resize((width, height), kind).save(f"resized-{name}-{width}x{height}.expected.png", optimize=True)
