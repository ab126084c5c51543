"""Does anything that people told us lie readable on the disk?  Planted words are looked for in six encodings, everywhere."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.canarystory import LETTERS, MARK, PEOPLE
from trials.scratch import Cluster, engine_option, loaded, scratch
from trials.verdict import told

TITLE = Text(
    "預けられた言葉が、どこかに読める形で残っていないかを探す",
    "look for people's words, readable anywhere on the disk",
)
LEAST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was planted, where it was looked for, and what was found."""

    engine: str
    canaries: int
    least: int
    encodings: int
    needles: int
    files: int
    megabytes: float
    seconds: float
    found: tuple[str, ...]
    shredded_keys_left: int
    plant_found: int
    plants: int


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


def measure(*, engine: str, people: int = PEOPLE) -> Searched:
    """Let people come and go in a house that is thrown away, and search everything that it left."""
    with tempfile.TemporaryDirectory(prefix="mamori-canaries.") as room, scratch(engine) as (env, cluster):
        temp, told_of = Path(room) / "tmp", Path(room) / "canaries"
        temp.mkdir()
        home = Path(env["MAMORI_HOME"])
        with (home / "output").open("wb") as output:
            words = loaded("-m", "trials.canarystory", str(told_of), str(people))
            where = {**env, "TMPDIR": str(temp)}
            subprocess.run(words, env=where, check=True, stdout=output, stderr=output)  # noqa: S603
        planted = json.loads(told_of.read_text("utf-8"))
        begun = time.monotonic()
        dump = _dump(env, cluster, home)
        assert (home / "output").stat().st_size > 0, "the story's faults should have been logged"
        places = [home, temp, *([cluster.folder] if cluster else [])]
        needles = {
            needle for value in planted["values"] for found in encodings(value).values() for needle in found
        }
        found, files, size = _search(places, dump, needles)
        seconds = time.monotonic() - begun
        left = _left(home, planted["shredded"]) if not cluster else 0
        plants, noticed = _planted(home, planted["values"][0])
    return Searched(
        engine=engine,
        canaries=len(set(planted["values"])),
        least=LEAST * people // PEOPLE,
        encodings=len(encodings("x")),
        needles=len(needles),
        files=files,
        megabytes=round(size / 2**20, 1),
        seconds=round(seconds, 1),
        found=tuple(sorted(found)[:20]),
        shredded_keys_left=left,
        plant_found=noticed,
        plants=plants,
    )


@click.command(help=TITLE.in_(LANG), params=[engine_option()])
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, as_json: bool) -> None:
    """Search, and tell."""
    found = measure(engine=engine)
    told(TITLE, found, promises(found), as_json=as_json)


def promises(found: Searched) -> dict[str, bool]:
    """Say what was promised and whether it was kept."""
    return {
        say(f"{found.least}以上の言葉、6つの書き方", f"{found.least} words or more, six encodings"): (
            found.canaries >= found.least and found.encodings == 6
        ),
        say("読める形では残っていない", "none of them lies readable"): not found.found,
        say("破棄した鍵は残っていない", "no shredded key is left"): found.shredded_keys_left == 0,
        say("仕込んだ平文は見つかる", "what was planted in plain is found"): found.plant_found
        == found.plants
        > 6,
    }


def _dump(env: dict[str, str], cluster: Cluster | None, home: Path) -> Path:
    """Write the whole database as text, so that nothing hides in a compressed page."""
    place = home / "dump.sql"
    if cluster is None:
        import sqlite3

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
    import sqlite3

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
