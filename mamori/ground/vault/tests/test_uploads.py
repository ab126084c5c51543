"""An upload never touches the disk in plain, and a body of 100 MB is refused without holding it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import RequestFactory

from mamori.ground.vault.views import MOST

BOUNDARY = "limit"


class Body(BytesIO):
    """A multipart body that is made while it is read, so that it stands in memory nowhere."""

    def __init__(self, size: int, files: int = 1) -> None:
        super().__init__()
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'.encode()
        )
        self.length = files * (len(head) + size + 2) + len(f"--{BOUNDARY}--\r\n")
        self.rest = self.pieces(head, size, files)
        self.buffer = b""

    @staticmethod
    def pieces(head: bytes, size: int, files: int) -> Iterator[bytes]:
        for _ in range(files):
            yield head
            for _ in range(size >> 16):
                yield b"x" * (1 << 16)
            yield b"x" * (size & 0xFFFF)
            yield b"\r\n"
        yield f"--{BOUNDARY}--\r\n".encode()

    def read(self, size: int | None = -1) -> bytes:
        while len(self.buffer) < (size or 0) and (piece := next(self.rest, b"")):
            self.buffer += piece
        given, self.buffer = self.buffer[:size], self.buffer[size:]
        return given


def request(body: Body) -> HttpRequest:
    made = RequestFactory().post("/", b"x", content_type=f"multipart/form-data; boundary={BOUNDARY}")
    made.META["CONTENT_LENGTH"] = str(body.length)
    made._stream = body  # type: ignore[attr-defined]
    made._read_started = False  # type: ignore[attr-defined]
    return made


@pytest.fixture(autouse=True)
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "FILE_UPLOAD_TEMP_DIR", str(tmp_path))
    return tmp_path


def test_a_file_of_several_megabytes_arrives_whole_and_leaves_no_temporary_file(watched: Path) -> None:
    [file] = request(Body(6 << 20)).FILES.getlist("file")

    assert len(file.read()) == file.size == 6 << 20
    assert list(watched.iterdir()) == []


def test_of_100_megabytes_just_enough_is_kept_to_refuse_them(watched: Path) -> None:
    tracemalloc.start()

    [file] = request(Body(100 << 20)).FILES.getlist("file")

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert file.size == MOST
    assert most < 80 << 20
    assert list(watched.iterdir()) == []


def test_many_large_files_together_are_no_way_round() -> None:
    files = request(Body(18 << 20, files=5)).FILES.getlist("file")

    assert [file.size for file in files[:3]] == [18 << 20] * 3
    assert [file.size for file in files[4:]] == [MOST]
