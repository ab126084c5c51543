"""Passes on what the programs write: lines of the log as they are, and anything else without what may be somebody's."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Sequence
from typing import TextIO

from mamori.site import logs

SENTENCE = b"mamori: "
"""So begins a sentence of the command itself, such as why it does not start; written for people, without their data."""


class Relay:
    """Writes lines to one place: stderr, unless the supervisor was given a file."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = sys.stderr if out is None else out

    def pass_on(self, program: str, lines: Sequence[bytes]) -> None:
        """Write the lines of a program."""
        for line in lines:
            if line.strip():
                self._write(_told(program, line))

    def say(self, level: str, message: str, **fields: object) -> None:
        """Write a line of the supervisor's own."""
        self._write(_line("up", level, message, fields))

    def _write(self, line: dict[str, object]) -> None:
        text = logs.readable(line) if self.out.isatty() else json.dumps(line, ensure_ascii=False)
        self.out.write(f"{text}\n")
        self.out.flush()


def _told(program: str, line: bytes) -> dict[str, object]:
    if line.startswith(b"{"):
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        if isinstance(found, dict):
            return found
    text = line.decode("utf-8", "replace").strip()
    if line.startswith(SENTENCE):
        return _line(program, "error", text.removeprefix(SENTENCE.decode()), {})
    return _line(program, "info", logs.scrubbed(text), {})


def _line(program: str, level: str, message: str, fields: dict[str, object]) -> dict[str, object]:
    levels = logging.getLevelNamesMapping()
    record = logging.LogRecord("mamori.up", levels[level.upper()], "", 0, "", None, None)
    return {**logs.fields_of(record), "program": program, "message": message, **fields}
