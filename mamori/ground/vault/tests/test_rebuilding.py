"""What is shown of a stranger's file is new: its pixels and nothing else, made under limits, or refused with a reason."""

from __future__ import annotations

import io
import json
import os
import resource
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from mamori.ground.vault import workshop
from mamori.ground.vault.tests.conftest import PAYLOAD, chunk, gif, image, pdf, png_that_claims
from mamori.ground.vault.workshop import (
    FileLocked,
    FileTooHeavy,
    FileUnreadable,
    Kind,
    Limits,
    TooManyPages,
    is_bare_jpeg,
    kind_of,
    rebuild,
)

LIMITS = Limits(bytes=10 << 20, pixels=40_000_000, pages=20)


def gps() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = PAYLOAD.decode()
    exif[0x013B] = "作者の名"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 41.0, 22.4), 3: "E", 4: (139.0, 41.0, 30.1)})
    return exif


def profile() -> bytes:
    from PIL import ImageCms

    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return bytes(made)


def passengers() -> dict[str, bytes]:
    """Pictures with everything on board that a picture can carry."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", PAYLOAD.decode())
    text.add_itxt("XML:com.adobe.xmp", f"<x>{PAYLOAD.decode()}</x>")
    text.add_text("z", PAYLOAD.decode() * 10, zip=True)
    exif = gps().tobytes()
    return {
        "jpeg": image("JPEG", comment=PAYLOAD, exif=exif, icc_profile=profile(), xmp=PAYLOAD) + PAYLOAD,
        "png": image("PNG", pnginfo=text, exif=exif, icc_profile=profile()) + PAYLOAD,
        "webp": image("WEBP", exif=exif, xmp=PAYLOAD, icc_profile=profile()),
        "gif": image("GIF", mode="P", comment=PAYLOAD) + PAYLOAD,
    }


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif"])
def test_no_byte_of_metadata_is_left_in_the_picture(kind: str) -> None:
    content = passengers()[kind]
    assert b"script" in content or kind == "png"

    [picture] = rebuild(content, Kind(kind), LIMITS)

    assert is_bare_jpeg(picture)
    for trace in (b"script", b"Exif", b"GPS", b"ICC", b"http", b"xmp", "作者".encode(), b"lcms", b"\xff\xfe"):
        assert trace not in picture.partition(b"\xff\xda")[0]
    assert b"script" not in picture
    opened = Image.open(io.BytesIO(picture))
    assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not opened.getexif()


def test_a_plain_saving_would_have_carried_the_payload_and_is_noticed() -> None:
    careless = io.BytesIO()
    Image.open(io.BytesIO(passengers()["jpeg"])).save(careless, "JPEG")

    assert PAYLOAD in careless.getvalue()
    assert not is_bare_jpeg(careless.getvalue())


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda good: good + b"x",
        lambda good: good[:-2],
        lambda good: good[:2] + b"\xff\xfe\x00\x05abc" + good[2:],
        lambda good: good[:2] + b"\xff\xe1\x00\x05abc" + good[2:],
        lambda good: b"GIF89a" + good,
        lambda good: good[:2],
        lambda good: good.replace(b"JFIF\0", b"JFXX\0"),
        lambda good: good[:2] + b"\xff\xd9",
    ],
)
def test_whatever_rides_on_a_jpeg_is_seen(spoilt: object) -> None:
    [good] = rebuild(image(), Kind.PNG, LIMITS)

    assert is_bare_jpeg(good)
    assert not is_bare_jpeg(spoilt(good))  # type: ignore[operator]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_taken_sideways_stands_upright(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    [picture] = rebuild(image(kind, size=(80, 20), exif=exif.tobytes()), Kind(kind.lower()), LIMITS)

    assert Image.open(io.BytesIO(picture)).size == (20, 80)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_a_png_becomes_a_picture(mode: str) -> None:
    [picture] = rebuild(image("PNG", mode=mode), Kind.PNG, LIMITS)

    assert Image.open(io.BytesIO(picture)).size == (60, 40)


def test_what_is_see_through_lies_on_white_and_colours_are_kept() -> None:
    [clear] = rebuild(image("PNG", mode="RGBA"), Kind.PNG, LIMITS)
    glass = io.BytesIO()
    Image.new("RGBA", (40, 40), (255, 0, 0, 0)).save(glass, "PNG")

    [white] = rebuild(glass.getvalue(), Kind.PNG, LIMITS)

    assert Image.open(io.BytesIO(white)).getpixel((20, 20)) == (255, 255, 255)
    red, green, blue = Image.open(io.BytesIO(clear)).getpixel((20, 20))  # type: ignore[misc]
    assert abs(red - 255) < 6
    assert abs(green - 165) < 6
    assert blue < 10


def test_a_cmyk_photo_of_a_print_shop_is_shown() -> None:
    [picture] = rebuild(image("JPEG", mode="CMYK"), Kind.JPEG, LIMITS)

    assert Image.open(io.BytesIO(picture)).mode == "RGB"


def test_a_pdf_becomes_one_picture_a_page_and_its_script_stays_behind() -> None:
    pages = rebuild(pdf(3), Kind.PDF, LIMITS)
    scripted = pdf(1).replace(
        b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
    )

    [page] = rebuild(scripted, Kind.PDF, LIMITS)

    assert len(pages) == 3
    assert b"JavaScript" in scripted
    assert is_bare_jpeg(page)


def test_text_is_shown_as_text_in_either_encoding() -> None:
    assert rebuild("配送業者とのやりとり\n1行目".encode("cp932"), Kind.TEXT, LIMITS) == [
        "配送業者とのやりとり\n1行目".encode()
    ]
    assert rebuild("\ufeff本文".encode(), Kind.TEXT, LIMITS) == ["本文".encode()]
    with pytest.raises(FileUnreadable):
        rebuild(b"\xff\xfe\x00", Kind.TEXT, LIMITS)


BOMBS = {
    "png that claims 30,000 × 30,000": lambda: (png_that_claims(30_000, 30_000), FileTooHeavy),
    "png that claims 2^31": lambda: (png_that_claims(2**31 - 1, 2**31 - 1), FileUnreadable | FileTooHeavy),
    "png of 400 megapixels": lambda: (image("PNG", (20_000, 20_000), "L"), FileTooHeavy),
    "png with 200,000 chunks": lambda: (
        png_that_claims(60_000, 60_000, chunks=chunk(b"tEXt", b"a\0b") * 200_000),
        FileTooHeavy,
    ),
    "png whose text unpacks to 1 GB": lambda: (
        png_that_claims(50, 50, chunks=chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * (1 << 26), 9)) * 16),
        FileUnreadable | FileTooHeavy,
    ),
    "png cut off": lambda: (image(size=(500, 500))[:-300], FileUnreadable),
    "jpeg cut off": lambda: (image("JPEG", size=(500, 500))[:1500], FileUnreadable),
    "jpeg of nothing": lambda: (b"\xff\xd8\xff" + b"\0" * 100, FileUnreadable),
    "webp cut off": lambda: (image("WEBP", size=(500, 500))[:-100], FileUnreadable),
    "gif cut off": lambda: (image("GIF", mode="P", size=(500, 500))[:30], FileUnreadable),
    "gif that claims 65,535 × 65,535": lambda: (
        b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\x80\0\0" + b"\0" * 6 + b"," + b"\0" * 20,
        FileTooHeavy | FileUnreadable,
    ),
    "pdf with 10,000 pages": lambda: (pdf(10_000), TooManyPages),
    "pdf cut off": lambda: (pdf(2)[:200], FileUnreadable),
    "pdf of nothing": lambda: (b"%PDF-1.7\n%%EOF", FileUnreadable),
    "pdf page as large as a field": lambda: (pdf(1, 14_400_000, 14_400_000), FileTooHeavy | FileUnreadable),
    "zip that calls itself a pdf": lambda: (b"%PDF-" + zlib.compress(b"\0" * (1 << 24)), FileUnreadable),
}


def busy() -> float:
    """Return for how many seconds this process and those that it started have kept a processor busy."""
    return sum(os.times()[:4])


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_soon_and_cheaply(bomb: str) -> None:
    content, refusal = BOMBS[bomb]()
    assert kind_of(content) in Kind
    begun = busy()

    with pytest.raises(Exception) as refused:  # noqa: PT011  which one is looked at below
        rebuild(content, kind_of(content), LIMITS)  # type: ignore[arg-type]

    assert isinstance(refused.value, refusal), refused.value
    assert busy() - begun < 5


def test_a_gif_with_thousands_of_frames_is_shown_by_its_first() -> None:
    content, begun = gif(3_000), busy()

    pictures = rebuild(content, Kind.GIF, LIMITS)

    assert len(pictures) == 1
    assert busy() - begun < 5


def test_a_pdf_with_a_password_is_told_apart() -> None:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")/P -4>>/ID["
    locked = pdf(1).replace(b"/ID[", lock)
    assert locked != pdf(1)

    with pytest.raises(FileLocked):
        rebuild(locked, Kind.PDF, LIMITS)


def measured(content: bytes, kind: Kind) -> tuple[float, int]:
    """Return how long the rebuilding kept a processor busy and the most memory that its process held, in MiB."""
    asked = {"kind": kind.value, "bytes": 10 << 20, "pixels": 40_000_000, "pages": 20, "side": workshop.SIDE}
    asked |= {"memory": workshop.MEMORY, "seconds": workshop.CPU_SECONDS}
    words = [sys.executable, "-I", "-m", "mamori.ground.vault.rebuilding", json.dumps(asked)]
    watcher = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdin=0, stdout=subprocess.DEVNULL)\n"
        "took = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(took.ru_utime + took.ru_stime, took.ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", watcher, *words], input=content, capture_output=True, check=True, cwd="/"
    )
    seconds, kilobytes = done.stdout.split()
    return float(seconds), int(kilobytes) >> 10


@pytest.mark.processes
def test_the_largest_that_is_taken_and_every_bomb_stay_within_300_mb_and_5_seconds() -> None:
    cases = {name: made()[0] for name, made in BOMBS.items()} | {
        "40 MP png": image("PNG", (8_000, 5_000)),
        "40 MP png with alpha": image("PNG", (8_000, 5_000), "RGBA"),
        "40 MP gif": image("GIF", (8_000, 5_000), "P"),
        "100 MP jpeg": image("JPEG", (10_000, 10_000)),
        "40 MP webp": image("WEBP", (8_000, 5_000)),
        "20 pages": pdf(20),
        "gif with 3,000 frames": gif(3_000),
    }
    figures = {name: measured(content, kind_of(content) or Kind.PNG) for name, content in cases.items()}

    assert {name: f for name, f in figures.items() if f[0] >= 5 or f[1] >= 300} == {}
    assert len(figures) >= 20


def test_the_process_gives_away_what_it_does_not_need() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            "import json, resource\n"
            "from mamori.ground.vault import rebuilding\n"
            "rebuilding._shut_in({'memory': 200 << 20, 'seconds': 4})\n"
            "names = ('DATA', 'CPU', 'FSIZE', 'NPROC', 'NOFILE', 'CORE')\n"
            "print(json.dumps({n: resource.getrlimit(getattr(resource, 'RLIMIT_' + n))[0] for n in names}))\n"
            "for bad in (lambda: bytearray(400 << 20),):\n"
            "    try: bad(); print('open')\n"
            "    except MemoryError: print('shut')\n",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    assert json.loads(told[0]) == {
        "DATA": 200 << 20,
        "CPU": 4,
        "FSIZE": 0,
        "NPROC": 0,
        "NOFILE": 8,
        "CORE": 0,
    }
    assert told[1] == "shut"
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 0


@pytest.mark.parametrize(
    "answer", ['{"siz', "[1]", "{}", '{"sizes": 5}', '{"sizes": ["9"]}', '{"sizes": []}', '{"sizes": [-1]}']
)
def test_an_answer_that_broke_off_or_makes_no_sense_is_refused(
    answer: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\ncat >/dev/null\necho '{answer}'\n")
    python.chmod(0o700)
    monkeypatch.setattr(workshop.sys, "executable", str(python))

    with pytest.raises(FileUnreadable):
        rebuild(image(), Kind.PNG, LIMITS)


def test_a_process_that_hangs_or_says_too_much_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "WALL_SECONDS", 0.01)
    with pytest.raises(FileTooHeavy):
        rebuild(image(), Kind.PNG, LIMITS)
    monkeypatch.undo()

    monkeypatch.setattr(workshop, "MOST_OUT", 50)
    with pytest.raises(FileTooHeavy):
        rebuild(image(), Kind.PNG, LIMITS)


@pytest.mark.parametrize(
    ("sizes", "body"),
    [([3], b"abc"), ([5], b"abc"), ([], b""), ([1], b"")],
    ids=["odd", "short", "none", "empty"],
)
def test_little_is_believed_of_what_the_process_gives_back(sizes: list[int], body: bytes) -> None:
    with pytest.raises(FileUnreadable):
        workshop._cut(sizes, body)
