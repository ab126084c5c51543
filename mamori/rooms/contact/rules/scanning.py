"""What a machine may do with words that a party writes: by what the operator chose and what both sides answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scanning(StrEnum):
    """The operator's choice; nothing is ever held back, and no mode lets a person read along."""

    OFF = "off"
    WARN = "warn"
    ASK = "ask"
    MASK = "mask"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a party said to the machine's looking: yes or no, and to which version of the text."""

    agrees: bool
    version: int


ASKING = frozenset({Scanning.ASK, Scanning.MASK})
"""The modes in which nothing is looked at before the writer agreed."""


def is_to_be_asked(mode: Scanning, answer: Answer | None, *, version: int) -> bool:
    """Say whether a party is asked before it sends: once for each version, and only where the mode needs it."""
    return mode in ASKING and (answer is None or answer.version < version)


def may_scan(mode: Scanning, answer: Answer | None, *, version: int) -> bool:
    """Say whether a machine may look at what this writer is about to send.

    Who said no is never looked at, in whatever mode, until they say yes; a yes to an older version is none.
    """
    if mode is Scanning.OFF or (answer is not None and not answer.agrees):
        return False
    return mode not in ASKING or (answer is not None and answer.version >= version)


def may_mask(mode: Scanning, writer: Answer | None, reader: Answer | None, *, version: int) -> bool:
    """Say whether what was found may be hidden: only where the writer and the reader have both agreed."""
    return mode is Scanning.MASK and all(
        answer is not None and answer.agrees and answer.version >= version for answer in (writer, reader)
    )
