"""What the processes write to stderr: one JSON line each, of declared fields only, so that nobody's words get in.

A line never repeats what it was not made for: templates are written, their values only when they are figures or plain
code words; an exception is its class and the places that it went through, never its message.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from pathlib import PurePath
from types import TracebackType
from typing import Any

from mamori.grammar.regex import regex

OURS = ("mamori", "granian", "_granian")
"""Loggers whose wording is written in code, so that it may be shown as it is."""

WITHHELD = "…"
CODE_WORD = regex(r"[a-z_][a-z_.:/-]{0,60}\Z")
"""A value that may be shown: a name of code.  A reference, an address or a word of somebody's is none."""

UNSAFE = regex(r"[^\x20-\x7e]+|\S*@\S*|\b\d{5,}\b|[A-Za-z0-9_-]{33,}|\?\S*|'[^']*'|\"[^\"]*\"")
FRAMES = 12


def safe(value: object) -> object:
    """Return the value if it can carry nothing of anybody's, and a sign that it was withheld otherwise."""
    if isinstance(value, Enum):
        return safe(value.value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, BaseException):
        return type(value).__name__
    return value if isinstance(value, str) and CODE_WORD.match(value) else WITHHELD


def scrubbed(text: str) -> str:
    """Return a line of ours without addresses, long figures, tokens, quotations and letters other than ASCII."""
    return UNSAFE.sub(WITHHELD, text)[:400]


def describe_error(error: BaseException, trace: TracebackType | None = None) -> dict[str, Any]:
    """Return what may be said of an exception: its class, its SQL state, the way it took, and what it came from."""
    frames = traceback.extract_tb(trace or error.__traceback__)[-FRAMES:]
    found: dict[str, Any] = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }
    if state := getattr(error, "sqlstate", None):
        found["sqlstate"] = str(state)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and cause is not error:
        found["from"] = describe_error(cause)
    return found


def _place(filename: str) -> str:
    parts = PurePath(filename).parts
    for root in ("site-packages", "mamori"):
        if root in parts:
            return "/".join(parts[parts.index(root) + (root == "site-packages") :])
    return parts[-1] if parts else "?"


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return the fields of a line in the order in which they are written."""
    line: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "program": os.environ.get("MAMORI_PROGRAM", PurePath(sys.argv[0]).name or "mamori"),
        "logger": record.name,
        "message": _message(record),
    }
    extra = getattr(record, "fields", None)
    if isinstance(extra, Mapping):
        line |= {str(name): value for name, value in extra.items()}
    if record.exc_info and isinstance(record.exc_info[1], BaseException):
        line["error"] = describe_error(record.exc_info[1], record.exc_info[2])
    return line


def _message(record: logging.LogRecord) -> str:
    is_ours = record.name.partition(".")[0] in OURS
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    if not record.args:
        return scrubbed(record.msg) if is_ours else WITHHELD
    if not is_ours:
        return record.msg[:200]  # the template: its values stay where they are
    values = record.args if isinstance(record.args, tuple) else (record.args,)
    try:
        return record.msg % tuple(safe(value) for value in values)
    except (TypeError, ValueError):
        return record.msg


class Lines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(fields_of(record), ensure_ascii=True, default=lambda _: WITHHELD)


class Readable(logging.Formatter):
    """Writes the same fields for somebody who sits at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return readable(fields_of(record))


FIRST = frozenset({"at", "level", "program", "logger", "message", "error"})


def readable(line: Mapping[str, Any]) -> str:
    """Return a line as one reads it at a terminal."""
    rest = "".join(f" {name}={value}" for name, value in line.items() if name not in FIRST)
    error = line.get("error") or {}
    way = "".join(f"\n    {place}" for place in error.get("at", ()))
    kind = f" {error['type']}" if error else ""
    return f"{line['at'][11:19]} {line['program']} {line['level']}: {line['message']}{rest}{kind}{way}"


def is_fault(record: logging.LogRecord) -> bool:
    """Say whether Django tells of a fault; that an answer was a 5xx stands in the line of its request."""
    return record.exc_info is not None


def _formatter() -> str:
    return "readable" if sys.stderr is not None and sys.stderr.isatty() else "lines"


CONFIG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": Lines}, "readable": {"()": Readable}},
    "filters": {"fault": {"()": lambda: is_fault}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": _formatter()}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "mamori": {"level": os.environ.get("MAMORI_LOG_LEVEL", "info").upper()},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {
            "level": "ERROR"
        },  # refusals and unknown addresses stand in the line of their request
    },
}


def catch() -> None:
    """Write what nobody caught as a line too, instead of a traceback with its message."""

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        faults = (kind, error, trace)
        record = logging.LogRecord(
            OURS[0], logging.CRITICAL, "", 0, "the process ends by a fault", None, faults
        )
        sys.stderr.write(Lines().format(record) + "\n")

    sys.excepthook = uncaught
