"""Files that a form brings: made ready before anything is written, then kept with what they belong to, or dropped.

`with ready_files(hand, uploads, subject="seller:S-1") as ready:` stands around the form's transaction, in which each is
`keep`t: a file that is refused stops the form before any word is sent, and what is not kept is taken from the disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.vault.taking import Taken, drop, take_in

MOST_AT_ONCE = 5


class TooManyAtOnce(Refusal, code="too-many-at-once", status=422):
    """Given when one form brings more files than are examined in one go."""

    text = Text(
        "一度に添付できるのは{most}個までです。分けてお送りください。",
        "At most {most} files can be attached at once. Please send them in parts.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as a form brings it: the name that its sender gave it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Ready:
    """Files that were examined and lie encrypted on the disk, not yet part of anything."""

    files: tuple[Taken, ...] = ()

    @property
    def told(self) -> list[dict[str, Any]]:
        """Return what an act records of them: which files, their digest and their size in bytes."""
        return [{"file": str(one.id), "sha256": one.sha256, "size": one.size} for one in self.files]


def prepare(hand: Hand, uploads: Sequence[Upload], *, subject: str) -> Ready:
    """Examine files of `subject` and write them to the disk; slow, and so outside every transaction.  All, or none."""
    if len(uploads) > MOST_AT_ONCE:
        raise TooManyAtOnce(most=MOST_AT_ONCE)
    taken: list[Taken] = []
    try:
        for upload in uploads:
            taken.append(take_in(hand, subject=subject, name=upload.name, content=upload.content))  # noqa: PERF401  what was taken must be dropped when a later one is refused
    except BaseException:
        drop(taken)
        raise
    return Ready(tuple(taken))


@contextmanager
def ready_files(hand: Hand, uploads: Sequence[Upload], *, subject: str) -> Iterator[Ready]:
    """Prepare files for the block, and drop at its end those that were not kept in it."""
    ready = prepare(hand, uploads, subject=subject)
    try:
        yield ready
    finally:
        drop(ready.files)
