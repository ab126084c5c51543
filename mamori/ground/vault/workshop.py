"""Starts the process that rebuilds a stranger's file, watches over it, and believes little of what it gives back."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.vault.sniffing import Kind, text_of

MEMORY = 260 << 20
CPU_SECONDS = 4
WALL_SECONDS = 10.0
SIDE = 2_048
MOST_OUT = 64 << 20
MOST_TEXT = 200_000


class FileUnreadable(Refusal, code="vault.unreadable", status=422):
    """The file is damaged, or not what its first bytes say."""

    text = Text(
        "ファイルが壊れているか、途中で切れているため、開けません。もう一度書き出してからお送りください。",
        "The file is damaged or cut off and cannot be opened. Please save it again and send it once more.",
    )


class FileLocked(Refusal, code="vault.locked", status=422):
    """The PDF opens with a password only."""

    text = Text(
        "パスワードの付いた PDF は受け取れません。パスワードを外すか、画面の写真をお送りください。",
        "A PDF with a password cannot be taken. Please remove the password, or send a picture of it.",
    )


class TooManyPages(Refusal, code="vault.too_many_pages", status=422):
    """The PDF has more pages than are shown as pictures."""

    text = Text(
        "PDF は{most}ページまでです。必要なページだけを抜き出してお送りください。",
        "A PDF may have {most} pages. Please send only the pages that matter.",
    )


class FileTooHeavy(Refusal, code="vault.too_heavy", status=422):
    """Showing the file would take more memory or time than a file of ordinary people does."""

    text = Text(
        "画像が大きすぎるか、複雑すぎて開けません。小さくするか、画面の写真を撮ってお送りください。",
        "The picture is too large or too complicated to open. Please make it smaller, or send a photo of the screen.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may ask of us."""

    bytes: int
    pixels: int
    pages: int


def rebuild(content: bytes, kind: Kind, limits: Limits) -> list[bytes]:
    """Return what may be shown of a file: new JPEG pictures page by page, or of a text its text."""
    if kind is Kind.TEXT:
        text = text_of(content)
        if text is None:
            raise FileUnreadable
        return [text[:MOST_TEXT].encode()]
    told, body = _run(content, kind, limits)
    match told.get("refused"):
        case None:
            return _cut(_sizes(told), body)
        case "locked":
            raise FileLocked
        case "pages":
            raise TooManyPages(most=limits.pages)
        case "heavy":
            raise FileTooHeavy
    raise FileUnreadable


def _run(content: bytes, kind: Kind, limits: Limits) -> tuple[dict[str, Any], bytes]:
    asked = {"kind": kind.value, "bytes": limits.bytes, "pixels": limits.pixels, "pages": limits.pages}
    asked |= {"memory": MEMORY, "seconds": CPU_SECONDS, "side": SIDE}
    process = subprocess.Popen(  # noqa: S603  our own module
        [sys.executable, "-I", "-m", "mamori.ground.vault.rebuilding", json.dumps(asked)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
        cwd=Path("/"),
        start_new_session=True,
    )
    assert process.stdin
    assert process.stdout
    clock = threading.Timer(WALL_SECONDS, process.kill)
    feeder = threading.Thread(target=_feed, args=(process.stdin, content))
    clock.start()
    feeder.start()
    try:
        answer = process.stdout.read(MOST_OUT + 1)
    finally:
        clock.cancel()
        process.kill()
        feeder.join()
        process.stdout.close()
        process.wait()
    head, _, body = answer.partition(b"\n")
    if not head or len(answer) > MOST_OUT:
        raise FileTooHeavy  # it was stopped by a limit: only then does it say nothing
    try:
        told = json.loads(head)
    except ValueError:
        raise FileUnreadable from None
    if not isinstance(told, dict):
        raise FileUnreadable
    return told, body


def _feed(pipe: Any, content: bytes) -> None:
    with suppress(OSError), pipe:
        pipe.write(content)


def _sizes(told: dict[str, Any]) -> list[int]:
    sizes = told.get("sizes")
    if not isinstance(sizes, list) or not all(type(size) is int for size in sizes):
        raise FileUnreadable
    return sizes


def _cut(sizes: list[int], body: bytes) -> list[bytes]:
    """Cut the answer into pictures, and see that each is a bare JPEG."""
    parts, at = [], 0
    for size in sizes:
        part = body[at : at + size]
        if len(part) != size or not is_bare_jpeg(part):
            raise FileUnreadable
        parts.append(part)
        at += size
    if at != len(body) or not parts:
        raise FileUnreadable
    return parts


def is_bare_jpeg(picture: bytes) -> bool:
    """Say whether a JPEG holds its picture only: no EXIF, comment, profile or other passenger, and nothing behind its end."""
    if picture[:2] != b"\xff\xd8" or picture[-2:] != b"\xff\xd9":
        return False
    at = 2
    while at + 4 <= len(picture) and picture[at] == 0xFF:
        marker, length = picture[at + 1], int.from_bytes(picture[at + 2 : at + 4])
        if marker == 0xDA:
            return picture.find(b"\xff\xd9", at) == len(picture) - 2
        if marker == 0xE0:
            if length != 16 or picture[at + 4 : at + 9] != b"JFIF\0":
                return False
        elif marker not in {0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD}:
            return False
        at += 2 + length
    return False
