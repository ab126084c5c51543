"""Makes new pictures of a file that a stranger sent: run as a process of its own, under limits that it sets itself first.

`python -I -m mamori.ground.vault.rebuilding LIMITS` reads the file from standard input and writes a line of JSON and the
pictures to standard output.  It knows neither Django nor keys, and reads and writes nothing else.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

JPEG_MORE = 3  # a JPEG is decoded small at once, and so costs less a pixel
BAND = 64
EASY = 10_000_000  # where a decoder fails below, it is not for want of memory
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


class Refused(Exception):
    """Why no picture can be made, in one word for the parent."""


def main() -> None:
    """Read, rebuild, write."""
    limits: dict[str, Any] = json.loads(sys.argv[1])
    content = sys.stdin.buffer.read(limits["bytes"] + 1)
    _prepare(limits["kind"])
    _shut_in(limits)
    try:
        parts = list(_parts(content, limits))
        told: dict[str, Any] = {"sizes": [len(part) for part in parts]}
    except Refused as refused:
        parts, told = [], {"refused": str(refused)}
    except MemoryError:
        parts, told = [], {"refused": "heavy"}
    except Exception as error:  # decoders raise whatever they like over a broken file
        heavy = "too large" in str(error).lower() or "bomb" in type(error).__name__.lower()
        parts, told = [], {"refused": "heavy" if heavy else "unreadable"}
    out = sys.stdout.buffer
    out.write(json.dumps(told).encode() + b"\n")
    for part in parts:
        out.write(part)
    out.flush()
    os._exit(0)


def _prepare(kind: str) -> None:
    """Load the decoder while files may still be opened."""
    if kind == "pdf":
        import pypdfium2  # noqa: F401
    from PIL import (  # noqa: F401
        GifImagePlugin,
        Image,
        ImageCms,
        ImageOps,
        JpegImagePlugin,
        MpoImagePlugin,
        PngImagePlugin,
        WebPImagePlugin,
    )


def _shut_in(limits: dict[str, Any]) -> None:
    """Give away what a decoder has no need of: memory, time, files, processes, the network."""
    memory, seconds = limits["memory"], limits["seconds"]
    for name, most in (
        ("RLIMIT_DATA", memory),
        ("RLIMIT_AS", memory + (1 << 30)),
        ("RLIMIT_CPU", seconds),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NPROC", 0),
        ("RLIMIT_NOFILE", 8),
    ):
        with suppress(OSError, ValueError, AttributeError):
            resource.setrlimit(getattr(resource, name), (most, most))
    with suppress(OSError, AttributeError):
        os.unshare(CLONE_NEWUSER | CLONE_NEWNET)  # Linux, where it is allowed


def _parts(content: bytes, limits: dict[str, Any]) -> Iterator[bytes]:
    if limits["kind"] == "pdf":
        yield from _pages(content, limits)
    else:
        yield _picture(content, limits)


def _picture(content: bytes, limits: dict[str, Any]) -> bytes:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = limits["pixels"] * JPEG_MORE
    with _opened(content, limits["kind"]) as image:
        pixels, side = image.width * image.height, limits["side"]
        scaled = JPEG_MORE if image.format == "JPEG" else 1
        if pixels > limits["pixels"] * scaled or max(image.size) > 65_000:
            raise Refused("heavy")
        image.draft("RGB", (side, side))
        try:
            image.load()
        except (OSError, RuntimeError):
            raise Refused("heavy" if pixels > EASY else "unreadable") from None
        small = _small(image, side)
        small.thumbnail((side, side))
        upright = ImageOps.exif_transpose(small)
        return _new(_in_srgb(upright, image.info.get("icc_profile")))


def _opened(content: bytes, kind: str) -> Any:
    from PIL import Image

    try:
        return Image.open(io.BytesIO(content), formats=[kind.upper()])
    except OSError:
        is_whole = kind == "webp" and int.from_bytes(content[4:8], "little") + 8 <= len(content)
        raise Refused(
            "heavy" if is_whole else "unreadable"
        ) from None  # WebP asks for its memory when it is opened


def _small(image: Any, side: int) -> Any:
    """Return the image in a mode that scales well, made smaller band by band: never two whole ones at once."""
    from PIL import Image

    factor = max(1, max(image.size) // side)
    clear = image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info
    mode = "RGBA" if clear else "RGB" if image.mode in {"P", "YCbCr", "LAB", "HSV"} else image.mode
    mode = "L" if mode[0] in "I1F" else mode
    small = Image.new(mode, (-(-image.width // factor), -(-image.height // factor)))
    small.info = dict(image.info)
    for top in range(0, image.height, factor * BAND):
        band = image.crop((0, top, image.width, min(top + factor * BAND, image.height)))
        if image.mode[0] in "IF":
            band = band.convert("I").point(lambda value: value / 256)
        if band.mode != mode:
            band.info = dict(image.info)
            band = band.convert(mode)
        small.paste(band.reduce(factor) if factor > 1 else band, (0, top // factor))
    return small


def _in_srgb(image: Any, profile: bytes | None) -> Any:
    """Return the colours as every screen shows them, as the profile is not kept."""
    from PIL import ImageCms

    if not profile or image.mode not in {"RGB", "CMYK"}:
        return image
    with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        ours = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, theirs, ours, outputMode="RGB") or image
    return image


def _new(image: Any) -> bytes:
    """Return a JPEG of the pixels on white, and of nothing else that the image carried."""
    from PIL import Image

    fresh = Image.new("RGB", image.size, "white")
    if "A" in image.getbands():
        seen = image.convert("RGBA")
        fresh.paste(seen, mask=seen.getchannel("A"))
    else:
        fresh.paste(image.convert("RGB"))
    fresh.info.clear()
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=86, subsampling=0, exif=b"", icc_profile=None, comment=b"")
    return out.getvalue()


def _pages(content: bytes, limits: dict[str, Any]) -> Iterator[bytes]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refused("locked" if "password" in str(error).lower() else "unreadable") from None
    if len(document) == 0:
        raise Refused("unreadable")
    if len(document) > limits["pages"]:
        raise Refused("pages")
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        if not 1 <= max(width, height) <= 20_000:
            raise Refused("heavy")
        scale = min(limits["side"] / max(width, height), 3)
        bitmap = page.render(scale=scale, may_draw_forms=False)
        yield _new(bitmap.to_pil())
        bitmap.close()
        page.close()


if __name__ == "__main__":
    main()
