"""The programs of the house: one line each, in the order in which they start; they stop in the opposite order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program: the words after `mamori`, and how it is renewed and ended.

    `listens`: it serves from the socket that the supervisor holds, so that no connection is lost when it is renewed.
    `start_seconds`: after so long it is looked at whether it still gets on with being ready.
    """

    name: str
    words: tuple[str, ...]
    listens: bool = False
    start_seconds: float = 60.0
    stop_seconds: float = 30.0


PROGRAMS = (
    Program(name="worker", words=("work",)),
    Program(name="web", words=("serve",), listens=True),
)
