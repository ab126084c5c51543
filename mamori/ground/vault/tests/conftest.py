"""Files of every kind, harmless and not, made on the spot; a scanner that speaks clamd's protocol; the hands of the cast."""

from __future__ import annotations

import io
import resource
import signal
import socket
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
from django.conf import settings
from django.db import transaction
from PIL import Image

from mamori.grammar.actor import Actor, Role
from mamori.ground.vault import actions
from mamori.japan.calendar import JAPAN

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PAYLOAD = b"<script>alert(document.domain)</script>"


def actor(role: Role = Role.BUYER, by: str = "buyer:B-1", at: datetime = MONDAY) -> Actor:
    return Actor(by=by, role=role, at=at, via="test")


def machine(at: datetime = MONDAY) -> Actor:
    return actor(Role.MACHINE, "machine:test", at)


def lead(at: datetime = MONDAY) -> Actor:
    return actor(Role.LEAD, "lead:1", at)


def image(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "orange" if mode in {"RGB", "RGBA"} else 0).save(out, kind, **options)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))


def png_that_claims(width: int, height: int, *, chunks: bytes = b"") -> bytes:
    """A PNG whose few bytes claim to be a picture of that size."""
    head = chunk(b"IHDR", struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" * 10_000_000, 9))
    return b"\x89PNG\r\n\x1a\n" + head + chunks + body + chunk(b"IEND", b"")


def pdf(pages: int = 2, width: float = 595, height: float = 842) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(width, height)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def gif(frames: int, size: tuple[int, int] = (8, 8)) -> bytes:
    out = io.BytesIO()
    pictures = [Image.new("P", size, n % 2) for n in range(frames)]
    pictures[0].save(out, "GIF", save_all=True, append_images=pictures[1:])
    return out.getvalue()


def take(content: bytes, name: str = "写真.png", *, by: Actor | None = None) -> actions.Taken:
    return actions.take_in(by or actor(), subject="buyer:B-1", name=name, content=content)


def keep(content: bytes, name: str = "写真.png", *, about: str = "contact.trouble:1") -> actions.Taken:
    taken = take(content, name)
    with transaction.atomic():
        actions.keep(actor(), taken, about=about)
    return taken


def on_disk() -> list[Path]:
    return sorted(path for path in settings.FILES.rglob("*") if path.is_file())


type Answer = Callable[[bytes], bytes]


def looks_for_eicar(content: bytes) -> bytes:
    return b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in content else b"stream: OK\0"


@contextmanager
def clamd(
    answer: Answer = looks_for_eicar, family: str = "tcp", place: Path | None = None
) -> Iterator[list[int]]:
    """Run a scanner that reads INSTREAM as clamd does, and set MAMORI_SCANNER to it; gives the sizes that it saw."""
    if place:
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(place))
        address = f"unix:{place}"
    else:
        server = socket.socket()
        server.bind(("127.0.0.1", 0))
        address = f"tcp:127.0.0.1:{server.getsockname()[1]}"
    server.listen(8)
    seen: list[int] = []

    def serve() -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            with client, client.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack("!I", stream.read(4))[0]:
                    content += stream.read(size)
                seen.append(len(content))
                client.sendall(answer(content))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    former, settings.SCANNER = settings.SCANNER, address
    try:
        yield seen
    finally:
        settings.SCANNER = former
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)


@contextmanager
def scanner_away() -> Iterator[None]:
    """Name a scanner that nobody answers for."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        former, settings.SCANNER = settings.SCANNER, f"tcp:127.0.0.1:{unused.getsockname()[1]}"
        try:
            yield
        finally:
            settings.SCANNER = former


def later(**span: int) -> datetime:
    return MONDAY + timedelta(**span)


@contextmanager
def small_disk() -> Iterator[None]:
    """Let the disk be full after 4 kB; not for longer than needed, for whoever reports on tests writes to it too."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)
        signal.signal(signal.SIGXFSZ, handler)
