"""Does anything that people told us lie readable on the disk?  Planted words are looked for in six encodings, everywhere."""

from __future__ import annotations

import base64
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from mamori.grammar.text import Text
from trials.canarystory import LETTERS, MARK, PEOPLE
from trials.harness import Found, command_of
from trials.scratch import Cluster, loaded, scratch

LEAST = 500


def encodings(value: str) -> dict[str, list[bytes]]:
    """Return every way in which the value might stand in a file, by encoding; base64 at each of its three offsets."""
    plain = value.encode()
    middles = []
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + plain)
        start, end = -(-offset * 4 // 3), len(coded) - 4
        middles.append(coded[start + (offset > 0) : end])
    percent = quote(value, safe="@").encode()
    return {
        "utf-8": [plain],
        "utf-16le": [value.encode("utf-16le")],
        "base64": [*middles, *(m.replace(b"+", b"-").replace(b"/", b"_") for m in middles)],
        "hex": [plain.hex().encode(), plain.hex().upper().encode()],
        "percent": [percent, percent.replace(b"%", b"="), percent.lower()],
        "json": [
            json.dumps(value).encode()[1:-1],
            json.dumps(value).upper().encode()[1:-1].replace(b"\\U", b"\\u"),
        ],
    }


def measure(*, engine: str, people: int = PEOPLE) -> Found:
    """Let people come and go in a house that is thrown away, and search everything that it left."""
    with tempfile.TemporaryDirectory(prefix="mamori-canaries.") as room, scratch(engine) as (env, cluster):
        temp = Path(room) / "tmp"
        temp.mkdir()
        home = Path(env["MAMORI_HOME"])
        words = loaded("-m", "trials.harness", "trials.canarystory:play", json.dumps({"many": people}))
        with (home / "output").open("wb") as output:
            where = {**env, "TMPDIR": str(temp)}
            said = subprocess.run(words, env=where, check=True, stdout=subprocess.PIPE, stderr=output).stdout  # noqa: S603
            *lines, last = said.splitlines()
            output.write(b"\n".join(lines))
        planted = json.loads(last)
        begun = time.monotonic()
        dump = _dump(env, cluster, home)
        assert (home / "output").stat().st_size > 0, "the story's faults should have been logged"
        places = [home, temp, *([cluster.folder] if cluster else [])]
        forms = [encodings(value) for value in planted["values"]]
        needles = {needle for one in forms for found in one.values() for needle in found}
        found, files, size = _search(places, dump, needles)
        seconds = time.monotonic() - begun
        left = _left(home, planted["shredded"]) if not cluster else 0
        plants, noticed = _planted(home, planted["values"][0])
    least, canaries = LEAST * people // PEOPLE, len(set(planted["values"]))
    return Found(
        {
            f"{least} words or more, six encodings": canaries >= least and len(encodings("x")) == 6,
            "none of them lies readable": not found,
            "no shredded key is left": left == 0,
            "what was planted in plain is found": noticed == plants > 6,
        },
        engine=engine,
        canaries=canaries,
        needles=len(needles),
        files=files,
        megabytes=round(size / 2**20, 1),
        seconds=round(seconds, 1),
        found=sorted(found)[:20],
        shredded_keys_left=left,
        planted=(plants, noticed),
    )


def _dump(env: dict[str, str], cluster: Cluster | None, home: Path) -> Path:
    """Write the whole database as text, so that nothing hides in a compressed page."""
    place = home / "dump.sql"
    if cluster is None:
        with place.open("w", encoding="utf-8") as file, sqlite3.connect(home / "mamori.sqlite3") as database:
            for line in database.iterdump():
                file.write(line + "\n")
        return place
    program = shutil.which("pg_dump") or str(sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))[-1])
    with place.open("wb") as output:
        done = [program, "--dbname", env["MAMORI_DATABASE_URL"], "--inserts"]
        subprocess.run(done, check=True, stdout=output)  # noqa: S603
    return place


def _files(places: list[Path]) -> Iterator[Path]:
    for place in places:
        for root, _, names in os.walk(place):
            yield from (Path(root) / name for name in names if not (Path(root) / name).is_symlink())


def _search(places: list[Path], dump: Path, needles: set[bytes]) -> tuple[set[str], int, int]:
    """Look for the marks that all canaries carry in every file, and for every needle in what is ours."""
    marks = [
        mark for word in (MARK, LETTERS, "0904417") for found in encodings(word).values() for mark in found
    ]
    marks = [mark for mark in marks if len(mark) >= 7]
    found, files, size = set(), 0, 0
    for path in _files(places):
        try:
            content = path.read_bytes()
        except OSError:
            continue
        files, size = files + 1, size + len(content)
        ours = "data" not in path.parts
        for needle in {*marks, *(needles if ours else ())}:
            if needle in content:
                at = content.find(needle)
                found.add(f"{path.name}: …{content[max(at - 60, 0) : at + 60]!r}")
                break
    assert dump.exists()
    return found, files, size


def _left(home: Path, keys: list[str]) -> int:
    """Count the shredded keys whose wrapped bytes still stand in a file of the database."""
    contents = [path.read_bytes() for path in home.glob("mamori.sqlite3*")]
    return sum(any(bytes.fromhex(key) in content for content in contents) for key in keys)


def _planted(home: Path, value: str) -> tuple[int, int]:
    """Plant the value in a plain column and in a file in each encoding; return how many plants, and how many are found."""
    place = home / "planted"
    place.mkdir()
    every = {form for forms in encodings(value).values() for form in forms}
    noticed = plants = 0
    for name, forms in encodings(value).items():
        for number, form in enumerate(forms):
            (place / f"{name}{number}").write_bytes(b"\x00\xff" * 40 + form + b"\xff" * 9)
            found, _, _ = _search([place], home / "dump.sql", every)
            noticed += bool(found)
            plants += 1
            (place / f"{name}{number}").unlink()
    with sqlite3.connect(place / "plain.sqlite3") as database:
        database.execute("CREATE TABLE market_buyer (ref TEXT, name TEXT)")
        database.execute("INSERT INTO market_buyer VALUES ('B-1', ?)", [f"様: {value}"])
    found, _, _ = _search([place], home / "dump.sql", {value.encode()})
    return plants + 1, noticed + bool(found)


command = command_of(
    Text(
        "預けられた言葉が、どこかに読める形で残っていないかを探す",
        "look for people's words, readable anywhere on the disk",
    ),
    measure,
)
