"""What is released: each version's migrations, which are never changed again, and the digest by which its tables are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
RELEASED = Path(__file__).with_name("released.txt")
"""Written by `tools/release.sh`, empty until the first release: a line of version and digest, then its files, set in."""


@dataclass(frozen=True, slots=True)
class HouseRelease:
    """A version, the digest of its migrations, and which of these no release before it had."""

    version: str
    digest: str
    files: tuple[str, ...]


@cache  # it never changes while a process lives
def releases(path: Path = RELEASED) -> tuple[HouseRelease, ...]:
    """Return every release, the oldest first."""
    found: list[HouseRelease] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(" "):
            last = found.pop()
            found.append(HouseRelease(last.version, last.digest, (*last.files, line.strip())))
        else:
            version, files = line.split()
            found.append(HouseRelease(version, files, ()))
    return tuple(found)


def migrations(package: Path = PACKAGE) -> list[str]:
    """Return the files of a package's migrations, as `released.txt` names them."""
    return sorted(file.relative_to(package).as_posix() for file in package.glob("*/*/migrations/0*.py"))


def digest_of(package: Path, files: Iterable[str]) -> str:
    """Return a short digest of the names and contents of some migrations."""
    read = sha256()
    for name in sorted(files):
        read.update(b"%s\0%s\0" % (name.encode(), (package / name).read_bytes()))
    return read.hexdigest()[:16]


@cache
def digest() -> str:
    """Return the digest of this version's migrations."""
    return digest_of(PACKAGE, migrations())


def told(version: str, before: tuple[HouseRelease, ...]) -> str:
    """Return what `released.txt` says once a version with these migrations is released, after the releases before it."""
    known = {name for one in before for name in one.files}
    this = HouseRelease(version, digest(), tuple(name for name in migrations() if name not in known))
    several = (
        (f"{one.version} {one.digest}", *(f"  {name}" for name in one.files)) for one in (*before, this)
    )
    return "".join(f"{line}\n" for lines in several for line in lines)
