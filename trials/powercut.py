"""Does SQLite keep what was acknowledged when the power goes?

A writer runs under strace; from the trace the files are built again as a disk may hold them after a cut: what was synced is
there, of what was not, any part of any write may be missing.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from trials.harness import Found, measured, role_of
from trials.scratch import scratch

SECTOR = 512
CALL = re.compile(r'^(\w+)\((?:\d+<([^>]*)>)?(?:, )?(?:"([^"]*)")?(.*?)\)\s+= (-?\d+)')
WRITERS = ("pwrite64", "write")
SYNCS = ("fsync", "fdatasync")


class NoStrace(Refusal, code="bench.no-strace", status=409):
    """Given when the tool that sees a process's writes is not installed."""

    text = Text(
        "書き込みの追跡に strace が要ります。`apt install strace` で入れてください。",
        "Tracing writes needs strace. Please install it with `apt install strace`.",
    )


@dataclass(frozen=True, slots=True)
class Call:
    """A system call of the writer on a file: its name, the file, the bytes and where they go."""

    name: str
    path: str
    data: bytes = b""
    place: int = 0


@dataclass(slots=True)
class File:
    """A file on a disk: what it surely holds, and the calls since the last sync, which it may or may not hold."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Call] = field(default_factory=list)

    def sync(self) -> None:
        """Let everything reach the disk."""
        self.durable, self.pending = self.after(self.pending), []

    def after(self, calls: list[Call]) -> bytearray:
        """Return the bytes when just these calls have reached the disk."""
        held = bytearray(self.durable)
        for call in calls:
            if call.name == "ftruncate":
                held = held[: call.place].ljust(call.place, b"\0")
                continue
            end = call.place + len(call.data)
            if len(held) < end:
                held.extend(bytes(end - len(held)))
            held[call.place : end] = call.data
        return held


@measured("停電しても受領を守る（SQLite）", "acknowledged writes survive a power cut (SQLite)")
def measure(*, cuts: int = 100, writes: int = 1500, seed: int = 0) -> Found:
    """Cut the power of a durable writer, then of one with the planted fault `synchronous=NORMAL`."""
    dice = random.Random(seed)  # noqa: S311
    whole = _run(cuts, writes, dice)
    fault = _run(max(10, cuts // 5), writes // 2, dice, normal=True)
    return Found(
        {
            "as many cuts as asked for": whole["disks"] == 2 * cuts and whole["acknowledged"] == writes,
            "checkpoints fell among them": whole["checkpoints"] > 0,
            "0 acknowledged writes lost": whole["lost"] == 0,
            "0 corrupt databases": whole["corrupt"] == 0,
            "planted fault caught: synchronous=NORMAL": fault["lost"] > 0,
        },
        **whole,
        normal_lost=fault["lost"],
    )


def _run(cuts: int, writes: int, dice: random.Random, *, normal: bool = False) -> Counter[str]:
    if not shutil.which("strace"):
        raise NoStrace
    with scratch("sqlite") as (env, _):
        home = Path(env["MAMORI_HOME"]).resolve()
        database, acks, trace = home / "mamori.sqlite3", home / "acks", home / "trace"
        files = {str(database): File(bytearray(database.read_bytes()))}
        watched = [f"-P{path}" for path in (database, f"{database}-wal", acks)]
        calls = "trace=pwrite64,write,fsync,fdatasync,ftruncate,unlink"
        subprocess.run(  # noqa: S603
            ["strace", "-y", "-xx", "-s", "70000", "-o", str(trace), *watched, "-e", calls,  # noqa: S607
             *role_of("trials.roles:write", acks=str(acks), count=writes, normal=normal)],
            env=env,
            check=True,
        )  # fmt: skip
        return _cut(list(read(trace)), files, str(database), str(acks), cuts, dice)


def _cut(  # noqa: PLR0917
    calls: list[Call], files: dict[str, File], database: str, acks: str, cuts: int, dice: random.Random
) -> Counter[str]:
    """Play the calls; at random ones build the disk twice: all unsynced gone, and any part of it."""
    tally, acknowledged = Counter[str](), set[int]()
    places = [place for place, call in enumerate(calls) if call.path == acks]
    points = set(dice.sample(range(places[0], places[-1]), cuts))
    for number, call in enumerate(calls):
        for keep in (0.0, dice.random()) if number in points else ():
            tally["disks"] += 1
            kept = _kept(files, Path(database).name, keep, dice)
            tally["corrupt"] += kept is None
            tally["lost"] += len(acknowledged - kept) if kept is not None else 0
        if call.path == acks:
            acknowledged.update(int(word) for word in call.data.split())
        elif call.name == "unlink":
            files.pop(call.path, None)
        elif call.name in SYNCS:
            tally["checkpoints"] += call.path == database
            files.setdefault(call.path, File()).sync()
        else:
            files.setdefault(call.path, File()).pending.append(call)
    tally["acknowledged"] = len(acknowledged)
    return tally


def _kept(files: dict[str, File], database: str, keep: float, dice: random.Random) -> set[int] | None:
    """Write the files as the disk may hold them, and return the numbers in the database that SQLite opens; None if broken."""
    with tempfile.TemporaryDirectory(prefix="mamori-cut.") as folder:
        for path, file in files.items():
            some = [part for call in file.pending for part in _torn(call) if dice.random() < keep]
            Path(folder, Path(path).name).write_bytes(file.after(some))
        try:
            with closing(sqlite3.connect(Path(folder, database))) as opened:
                if opened.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    return None
                rows = opened.execute("SELECT body FROM outbox_event WHERE kind = 'bench.asked'").fetchall()
            return {json.loads(body)["data"]["number"] for (body,) in rows}
        except (sqlite3.DatabaseError, ValueError):
            return None


def _torn(call: Call) -> Iterator[Call]:
    """Yield the sectors of a write: a disk promises no more than one at a time."""
    if call.name == "ftruncate":
        yield call
        return
    for begin in range(0, len(call.data), SECTOR):
        yield Call(call.name, call.path, call.data[begin : begin + SECTOR], call.place + begin)


def read(trace: Path) -> Iterator[Call]:
    """Yield the calls of a trace that was written with `-y -xx`.

    :raises ValueError: when a line cannot be read: a call left out would falsify everything.
    """
    for line in trace.read_text(encoding="ascii").splitlines():
        if line.startswith(("---", "+++")):
            continue
        found = CALL.match(line)
        if found is None:
            raise ValueError(f"cannot read the trace: {line[:200]}")
        name, path, data, rest, result = found.groups()
        if int(result) < 0:
            continue
        file, place = _text(data if name == "unlink" else path), int(rest.rpartition(", ")[2] or 0)
        if name in WRITERS:
            yield Call(name, file, _bytes(data)[: int(result)], place if name == "pwrite64" else 0)
        else:
            yield Call(name, file, place=place if name == "ftruncate" else 0)


def _bytes(hexed: str) -> bytes:
    return bytes.fromhex(hexed.replace("\\x", ""))


def _text(hexed: str) -> str:
    return _bytes(hexed).decode()
