"""The stage: a home of its own for the demo, made once a day, copied each time, and never an operator's real one."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.db import connections

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN
from mamori.site import claiming

MARK = ".mamori-demo"
MADE, KEY, TOLD = ".made", "made-of", "story.txt"
"""The house that is kept inside the home, what it was made of, and what was told."""
KEPT = frozenset({"MAMORI_HOME", "MAMORI_LANG", "MAMORI_LOG_LEVEL", "MAMORI_FONTS"})
"""What a demo takes from its surroundings; all else is meant for another house: its ports, keys, mail, addresses."""
USUAL_PORT = 8000


class HomeInUse(Refusal, code="demo-home-in-use", status=409):
    """Given when the folder for the demo holds something else than a demo."""

    text = Text(
        "{home} にはデモ以外のものがあります。空のフォルダーを MAMORI_HOME に指定してください。",
        "{home} holds something else than a demo. Please name an empty folder in MAMORI_HOME.",
    )


class SampleMissing(Refusal, code="demo-sample-missing", status=404):
    """Given when the sample marketplace is not there, as in an installation without the repository."""

    text = Text(
        "見本の市場 {folder} が見つかりません。リポジトリの中で `make demo` を実行してください。",
        "The sample marketplace {folder} is not there. Please run `make demo` inside the repository.",
    )


def build(root: Path) -> Path:
    """Clear the demo's home but for what is kept, and point the house's settings to it; call this before Django is set up."""
    home = Path(os.environ.get("MAMORI_HOME") or root / "var" / "demo").absolute()
    if home.exists() and any(home.iterdir()) and not (home / MARK).exists():
        raise HomeInUse(home=home)
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    claiming.claim(home)
    for there in home.iterdir():
        if there.name not in (MADE, MARK, claiming.LOCK):
            shutil.rmtree(there) if there.is_dir() else there.unlink()
    (home / MARK).touch()
    for name in [name for name in os.environ if name.startswith("MAMORI_") and name not in KEPT]:
        del os.environ[name]
    os.environ.update(
        MAMORI_HOME=str(home), MAMORI_WEBHOOK_PRIVATE="1", MAMORI_LOG_ORIGIN="demo.mamori.invalid/log"
    )
    return home


def key_of(root: Path, lang: str) -> str:
    """Return what a house that is kept was made of: its day, address and language, and the code and the sample as they are."""
    files = sorted(one for part in ("mamori", "examples/market") for one in (root / part).rglob("*.*"))
    stats = [(str(one), one.stat().st_mtime_ns) for one in files if one.suffix != ".pyc"]
    code = hashlib.sha256(repr(stats).encode()).hexdigest()
    return f"{datetime.now(JAPAN):%Y-%m-%d} {os.environ['MAMORI_ORIGIN']} {lang} {code}"


def kept(home: Path, key: str) -> str:
    """Copy the house that is kept into the home and return its story, empty where none of this key is."""
    made = home / MADE
    if not (made / KEY).exists() or (made / KEY).read_text("utf-8") != key:
        shutil.rmtree(made, ignore_errors=True)
        return ""
    shutil.copytree(made, home, dirs_exist_ok=True)
    return (made / TOLD).read_text("utf-8")


def keep(home: Path, key: str, told: str) -> None:
    """Keep a copy of the house as it is and of its story, for the next time it is opened on the same day."""
    connections.close_all()
    shutil.copytree(home, home / MADE, ignore=shutil.ignore_patterns(MADE, claiming.LOCK))
    (home / MADE / TOLD).write_text(told, "utf-8")
    (home / MADE / KEY).write_text(key, "utf-8")


def open_doors(port: int | None) -> socket.socket:
    """Open the socket of the pages and point the house's address to it; call this before Django is set up.

    Where a house, or anything else, answers at the usual port of this machine, by whichever of its addresses, another is taken.
    """
    usual = 0 if _is_answered(USUAL_PORT) else USUAL_PORT
    try:
        opened = claiming.listen("127.0.0.1", usual if port is None else port, None)
    except OSError as error:
        if port is not None:
            raise claiming.AddressTaken(place=f"127.0.0.1:{port}", why=error.strerror) from None
        opened = claiming.listen("127.0.0.1", 0, None)
    os.environ["MAMORI_ORIGIN"] = f"http://localhost:{opened.getsockname()[1]}"
    return opened


def _is_answered(port: int) -> bool:
    for host in ("127.0.0.1", "::1"):
        with suppress(OSError), socket.create_connection((host, port), timeout=0.5):
            return True
    return False


def sample(root: Path) -> list[Path]:
    """Return the files of the sample marketplace."""
    folder = root / "examples" / "market"
    files = sorted(folder.glob("*.ndjson"))
    if not files:
        raise SampleMissing(folder=folder)
    return files
