"""Is a house that was brought back from its backup the same house, and how long does it take?

Real `mamori backup` and `mamori restore` processes.  Planted: a byte that is wrong, a manifest that counts other rows,
and a program of PostgreSQL that fails behind a pipe.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

from mamori.site.backup import parts
from trials.harness import Found, measured, within
from trials.scratch import Cluster, binaries, loaded, scratch

MOST_SECONDS = 300.0


@contextmanager
def another(env: dict[str, str], cluster: Cluster | None) -> Iterator[dict[str, str]]:
    """Yield the environment of an empty house beside the first, on a database of its own."""
    with tempfile.TemporaryDirectory(prefix="mamori-drill.") as folder:
        home = {**env, "MAMORI_HOME": folder, "MAMORI_KEYS": f"{folder}/keys", "MAMORI_LOG": f"{folder}/log"}
        if cluster is not None:
            name = f"drill_{uuid4().hex[:8]}"
            make = [str(binaries() / "createdb"), "-h", str(cluster.folder), "-U", "mamori", name]
            subprocess.run(make, env={**env, "PGPASSWORD": cluster.password}, check=True)  # noqa: S603
            home["MAMORI_DATABASE_URL"] = f"{cluster.url.removesuffix('/postgres')}/{name}"
        yield home


def mamori(env: dict[str, str], *words: str) -> tuple[subprocess.CompletedProcess[str], float]:
    """Run a command and return it with its seconds."""
    began, command = time.perf_counter(), loaded("-m", "mamori.site", "--lang", "en", *words)
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603  # ourselves
    return done, time.perf_counter() - began


def manifest(path: Path) -> dict[str, Any]:
    """Return what an archive says of its content, without its moment."""
    with parts.reading(path) as tar:
        told_ = parts.manifest(tar, path, "house")
    return {name: told_[name] for name in ("tables", "files")}


@measured("案件のある家を控えから戻す", "bring a house with its cases back")
def measure(*, engine: str, cases: int = 2_000, acts: int = 20_000) -> Found:
    """Fill a house, back it up, restore it beside, and compare; then let each planted fault try to pass."""
    with scratch(engine) as (env, cluster), tempfile.TemporaryDirectory() as kept:
        house, keys, again = (Path(kept) / name for name in ("house", "keys", "again"))
        within(env, "trials.filling:fill", cases=cases, acts=acts)
        taken, backup_seconds = mamori(env, "backup", str(house))
        mamori(env, "backup", "--keys", str(keys))
        if taken.returncode:
            raise RuntimeError(taken.stderr)
        with another(env, cluster) as other:
            back, restore_seconds = mamori(other, "restore", str(house), "--keys", str(keys))
            mamori(other, "backup", str(again))
        was, refuses = manifest(house), partial(_refuses, env, cluster, keys)
        tables = was["tables"]
        return Found(
            {
                "as many cases as asked for": tables["cases_case"]["rows"] == cases,
                "it is back within five minutes": restore_seconds <= MOST_SECONDS,
                "the content is equal": back.returncode == 0 and manifest(again) == was,
                "the log is verified": "The log is verified" in back.stdout,
                "planted: one wrong byte is refused": refuses(wrong_byte(house, Path(kept) / "byte")),
                "planted: rows that were not taken are missed": refuses(wrong_row(house, Path(kept) / "row")),
                "planted: a failure that hides is noticed": refuses(house, is_broken=True),
            },
            rows=sum(table["rows"] for table in tables.values()),
            seconds={"backup": backup_seconds, "restore": restore_seconds},
        )


def wrong_byte(true: Path, false: Path) -> Path:
    """Write the archive with one byte in its middle that is another one."""
    content = bytearray(true.read_bytes())
    content[len(content) // 2] ^= 1
    false.write_bytes(content)
    return false


def wrong_row(true: Path, false: Path) -> Path:
    """Write the archive with a manifest that counts one row more, and a seal that fits."""
    with parts.reading(true) as old, parts.writing(false) as new:
        for member in old.getmembers():
            if member.name != parts.MANIFEST:
                new.addfile(member, old.extractfile(member))
                continue
            told_ = msgspec.json.decode(parts.content(old, member.name))
            told_["tables"]["cases_case"]["rows"] += 1
            parts.add(new, member.name, msgspec.json.encode(told_))
    return false


def _refuses(
    env: dict[str, str], cluster: Cluster | None, keys: Path, house: Path, is_broken: bool = False
) -> bool:
    """Say whether a restore is refused; broken is a pg_restore that does half, silently, on SQLite a disk that takes nothing."""
    with another(env, cluster) as other, tempfile.TemporaryDirectory() as folder:
        if is_broken and cluster is None:
            Path(other["MAMORI_LOG"]).write_text("in the way")  # where the folder of the log would go
        elif is_broken:
            tool = Path(folder) / "pg_restore"
            tool.write_text("#!/bin/sh\ncat >/dev/null 2>&1 </dev/null | true\nexit 0\n")
            tool.chmod(0o755)
            other["MAMORI_POSTGRES_BIN"] = folder
        done, _ = mamori(other, "restore", str(house), "--keys", str(keys))
    return done.returncode != 0 and "Restored" not in done.stdout
