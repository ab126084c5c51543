"""Checks of what serves: the signing secret, the files of pages, the scanner, the disk, the last backup, the pages themselves."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException

from django.conf import settings

from mamori.grammar.text import Text
from mamori.ground.vault import scanning
from mamori.site import signing, statics, vitals
from mamori.site.checks.finding import Found, Level

LEAST_LETTERS = 32
BACKUP_AFTER = timedelta(days=2)


def signing_secret(at: datetime) -> Found:
    """See that all processes share one secret that cannot be guessed."""
    known = signing.known(settings.KEYS, os.environ)
    if not known:
        told = Text(
            "署名の秘密がありません。`mamori setup` を実行してください。",
            "There is no signing secret. Run `mamori setup`.",
        )
        yield Level.BROKEN, told
    elif min(map(len, known)) < LEAST_LETTERS:
        told = Text(
            "署名の秘密が短すぎます。MAMORI_SECRET_KEY を{n}文字以上にしてください。",
            "The signing secret is too short. Give MAMORI_SECRET_KEY at least {n} characters.",
        )
        yield Level.BROKEN, told.fill(n=LEAST_LETTERS)
    else:
        yield (
            Level.GOOD,
            Text("署名の秘密がある（前のもの {n}）", "there is a signing secret ({n} older)").fill(
                n=len(known) - 1
            ),
        )


def pages_files(at: datetime) -> Found:
    """See that the files of pages are those of this version."""
    if statics.are_collected():
        yield Level.GOOD, Text("画面のファイルは揃っている", "the files of pages are collected")
    else:
        told = Text(
            "画面のファイルがこの版のものではありません。`mamori setup` で集めてください。",
            "The files of pages are not those of this version. `mamori setup` collects them.",
        )
        yield Level.LOOK, told


def scanner(at: datetime) -> Found:
    """Ask the scanner about a file with nothing in it."""
    if not settings.SCANNER:
        told = Text(
            "ウイルス検査がありません（MAMORI_SCANNER）。預かったファイルは画像としてだけ見え、元のファイルは渡されません。",
            "There is no virus scanner (MAMORI_SCANNER): files are shown as pictures only, originals are not handed out.",
        )
        yield Level.LOOK, told
    elif scanning.scan(b"mamori\n") is scanning.Verdict.AWAY:
        told = Text(
            "ウイルス検査 {scanner} が応えません。ファイルは検査されるまで渡されません。",
            "The virus scanner {scanner} does not answer; files wait until it has looked at them.",
        )
        yield Level.BROKEN, told.fill(scanner=settings.SCANNER)
    else:
        yield Level.GOOD, Text("ウイルス検査が応える", "the virus scanner answers")


def disk(at: datetime) -> Found:
    """See that there is room."""
    left = vitals.room()
    level = Level.GOOD if left >= 10 * vitals.LEAST_ROOM else Level.LOOK
    level = level if left >= vitals.LEAST_ROOM else Level.BROKEN
    yield level, Text("空き容量 {n:,} MiB", "{n:,} MiB of disk left").fill(n=left // 2**20)


def backup(at: datetime) -> Found:
    """See that there is a backup, and not an old one."""
    taken = vitals.last_backup()
    if taken is None:
        told = Text(
            "控えをまだ取っていません。`mamori backup FILE` で取れます。",
            "No backup was written yet. `mamori backup FILE` writes one.",
        )
        yield Level.LOOK, told
        return
    level = Level.GOOD if at - taken <= BACKUP_AFTER else Level.LOOK
    yield level, Text("最後の控え {at}", "last backup {at}").fill(at=taken.isoformat(timespec="minutes"))


def pages(at: datetime) -> Found:
    """Ask the pages whether they live, where they are said to listen."""
    if os.environ.get("MAMORI_SOCKET"):
        return  # the proxy in front asks there
    host, port = os.environ.get("MAMORI_HOST", "127.0.0.1"), int(os.environ.get("MAMORI_PORT", "8000"))
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # where anybody may come in, we may too
    asked = HTTPConnection(host, port, timeout=5)
    try:
        asked.request("GET", "/health/live", headers={"Host": "localhost"})
        lives = asked.getresponse().status == 200
    except (OSError, HTTPException):
        lives = False
    finally:
        asked.close()
    if lives:
        yield (
            Level.GOOD,
            Text("画面が開いている（{where}）", "pages are open ({where})").fill(where=f"{host}:{port}"),
        )
    else:
        told = Text(
            "{where} で画面が開いていません。`mamori up` で動かしてください。",
            "No pages are open at {where}. `mamori up` runs them.",
        )
        yield Level.LOOK, told.fill(where=f"{host}:{port}")
