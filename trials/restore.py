"""How long does it take to bring a house with very many cases back, and is it the same house?

Real `mamori backup` and `mamori restore` processes.  Planted: a byte that is wrong, a manifest that counts other rows,
and a program of PostgreSQL that fails behind a pipe.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import click
import msgspec

from mamori.grammar.text import Text
from mamori.site.backup import archive
from mamori.site.command.speak import LANG, say
from trials.scratch import Cluster, binaries, engine_option, python, scratch
from trials.verdict import told

TITLE = Text("多くの案件のある家を控えから戻す", "bring a house with very many cases back")
MOST_SECONDS = 300.0
OPEN_SHARE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """What the drill took and found; seconds are those of whole processes."""

    engine: str
    cases: int
    acts: int
    rows: int
    fill_seconds: float
    backup_seconds: float
    backup_mib: int
    keys_seconds: float
    restore_seconds: float
    is_same: bool
    is_verified: bool
    planted_byte_caught: bool
    planted_row_caught: bool
    planted_tool_caught: bool


@contextmanager
def another(env: dict[str, str], cluster: Cluster | None) -> Iterator[dict[str, str]]:
    """Yield the environment of an empty house beside the first, on a database of its own."""
    with tempfile.TemporaryDirectory(prefix="mamori-drill.") as folder:
        home = {**env, "MAMORI_HOME": folder, "MAMORI_KEYS": f"{folder}/keys", "MAMORI_LOG": f"{folder}/log"}
        if cluster is not None:
            name = f"drill_{uuid4().hex[:8]}"
            make = [str(binaries() / "createdb"), "-h", str(cluster.folder), "-U", "mamori", name]
            subprocess.run(make, env={**env, "PGPASSWORD": cluster.password}, check=True)  # noqa: S603
            place = quote(str(cluster.folder), safe="")
            home["MAMORI_DATABASE_URL"] = f"postgres://mamori:{cluster.password}@{place}/{name}"
        yield home


def mamori(env: dict[str, str], *words: str) -> tuple[subprocess.CompletedProcess[str], float]:
    """Run a command and return it with its seconds."""
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603  # ourselves
        python("-m", "mamori.site", "--lang", "en", *words),
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    return done, time.perf_counter() - began


def manifest(path: Path) -> dict[str, object]:
    """Return what an archive says of its content, without its moment."""
    with archive.reading(path) as tar:
        told_ = archive.manifest(tar, path, "house")
    return {name: told_[name] for name in ("tables", "files")}


def measure(*, engine: str, cases: int, acts: int, seed: int) -> Drill:
    """Fill a house, back it up, restore it beside, and compare; then let each planted fault try to pass."""
    with scratch(engine) as (env, cluster), tempfile.TemporaryDirectory() as kept:
        house, keys, again = (Path(kept) / name for name in ("house", "keys", "again"))
        began = time.perf_counter()
        words = json.dumps({"cases": cases, "open_": cases // OPEN_SHARE, "acts": acts, "seed": seed})
        subprocess.run(python("-m", __name__, words), env=env, check=True)  # noqa: S603
        filled = time.perf_counter() - began
        taken, backup_seconds = mamori(env, "backup", str(house))
        _, keys_seconds = mamori(env, "backup", "--keys", str(keys))
        if taken.returncode:
            raise RuntimeError(taken.stderr)
        with another(env, cluster) as other:
            back, restore_seconds = mamori(other, "restore", str(house), "--keys", str(keys))
            mamori(other, "backup", str(again))
        was = manifest(house)
        tables = was["tables"]
        assert isinstance(tables, dict)
        return Drill(
            engine=engine,
            cases=cases,
            acts=acts,
            rows=sum(table["rows"] for table in tables.values()),
            fill_seconds=round(filled, 1),
            backup_seconds=round(backup_seconds, 1),
            backup_mib=house.stat().st_size // 2**20,
            keys_seconds=round(keys_seconds, 1),
            restore_seconds=round(restore_seconds, 1),
            is_same=back.returncode == 0 and manifest(again) == was,
            is_verified="The log is verified" in back.stdout,
            planted_byte_caught=_refuses(env, cluster, wrong_byte(house, Path(kept) / "byte"), keys),
            planted_row_caught=_refuses(env, cluster, wrong_row(house, Path(kept) / "row"), keys),
            planted_tool_caught=_tool_fails(env, cluster, house, keys),
        )


def wrong_byte(true: Path, false: Path) -> Path:
    """Write the archive with one byte in its middle that is another one."""
    with true.open("rb") as source, false.open("wb") as target:
        while chunk := source.read(1 << 22):
            target.write(chunk)
    with false.open("r+b") as file:
        file.seek(true.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
    return false


def wrong_row(true: Path, false: Path) -> Path:
    """Write the archive with a manifest that counts one row more, and a seal that fits."""
    with archive.reading(true) as old, archive.writing(false) as new:
        for member in old.getmembers():
            if member.name != archive.MANIFEST:
                new.addfile(member, old.extractfile(member))
                continue
            told_ = msgspec.json.decode(archive.content(old, member.name))
            told_["tables"]["cases_case"]["rows"] += 1
            archive.add(new, member.name, msgspec.json.encode(told_))
    return false


def _refuses(env: dict[str, str], cluster: Cluster | None, house: Path, keys: Path) -> bool:
    with another(env, cluster) as other:
        done, _ = mamori(other, "restore", str(house), "--keys", str(keys))
    return done.returncode != 0 and "Restored" not in done.stdout


def _tool_fails(env: dict[str, str], cluster: Cluster | None, house: Path, keys: Path) -> bool:
    """Plant a pg_restore that says nothing and does half: on SQLite, which needs no tool, a disk that takes nothing."""
    with another(env, cluster) as other, tempfile.TemporaryDirectory() as folder:
        if cluster is None:
            Path(other["MAMORI_LOG"]).write_text("in the way")  # where the folder of the log would go
            done, _ = mamori(other, "restore", str(house), "--keys", str(keys))
        else:
            tool = Path(folder) / "pg_restore"
            tool.write_text("#!/bin/sh\ncat >/dev/null 2>&1 </dev/null | true\nexit 0\n")
            tool.chmod(0o755)
            done, _ = mamori(
                {**other, "MAMORI_POSTGRES_BIN": folder}, "restore", str(house), "--keys", str(keys)
            )
    return done.returncode != 0


@click.command(name="restore", help=TITLE.in_(LANG), params=[engine_option()])
@click.option(
    "--cases", type=click.IntRange(1_000), default=200_000, show_default=True, help=say("案件の数", "cases")
)
@click.option(
    "--acts", type=click.IntRange(0), default=200_000, show_default=True, help=say("記録の数", "acts")
)
@click.option("--seed", type=int, default=1, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, cases: int, acts: int, seed: int, as_json: bool) -> None:
    """Drill; end with 1 when it takes too long, when anything differs, or when a planted fault passes."""
    found = measure(engine=engine, cases=cases, acts=acts, seed=seed)
    promises = {
        say("5分以内に戻る", "it is back within five minutes"): found.restore_seconds <= MOST_SECONDS,
        say("中身が同じ", "the content is equal"): found.is_same,
        say("記録が検証できた", "the log is verified"): found.is_verified,
        say("仕込んだ誤り：1バイト", "planted: one wrong byte is refused"): found.planted_byte_caught,
        say(
            "仕込んだ誤り：数えられた行", "planted: rows that were not taken are missed"
        ): found.planted_row_caught,
        say(
            "仕込んだ誤り：隠れた失敗", "planted: a failure that hides is noticed"
        ): found.planted_tool_caught,
    }
    told(TITLE, found, promises, as_json=as_json)


if __name__ == "__main__":
    from mamori.site.command import ready

    ready()
    from trials import filling

    filling.fill(**json.loads(sys.argv[1]))
