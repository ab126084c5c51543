"""What one act has read and is yet to write, gone with its transaction; turns without a row to lock; what is kept of a fault."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction

# What one act has read and is yet to write: carried while its transaction runs, and gone with it.


type Write = Callable[[], None]


@dataclass(slots=True)
class _Carried:
    is_act: bool
    read: dict[str, dict[Hashable, Any]] = field(default_factory=dict)
    waiting: dict[str, Write] = field(default_factory=dict)


_NOW: ContextVar[_Carried | None] = ContextVar("act", default=None)


@contextmanager
def act() -> Iterator[None]:
    """Run a block in one transaction that carries what it reads; an act within an act is part of it.

    What an inner act raises undoes the outer one, too, whoever catches it: what may fail alone is an `attempt`.

    :raises RuntimeError: when somebody caught what an inner act raised, and the outer one would end as though it were done.
    """
    if is_carried():
        with transaction.atomic(savepoint=False):
            yield
        return
    with transaction.atomic():
        token = _NOW.set(_Carried(is_act=True))
        try:
            yield
            write()
            _must_be_whole()
        finally:
            _NOW.reset(token)
            clear()


@contextmanager
def page() -> Iterator[None]:
    """Run a block that carries what it reads and writes nothing but by acts, each of which reads for itself."""
    token = _NOW.set(_Carried(is_act=False))
    try:
        yield
    finally:
        _NOW.reset(token)


@contextmanager
def attempt() -> Iterator[None]:
    """Run a block whose failure the caller catches and goes on after: what it did and read is undone, no more."""
    memory = _NOW.get()
    if memory is None or not memory.is_act:
        with act():
            yield
        return
    write()
    try:
        with transaction.atomic():
            yield
            write()
            _must_be_whole()
    except BaseException:
        memory.read.clear()
        memory.waiting.clear()
        raise


def _must_be_whole() -> None:
    if transaction.get_rollback():
        raise RuntimeError("an act goes on after a part of it was refused: what may fail alone is an attempt")


def is_carried() -> bool:
    """Say whether an act is under way that carries what is read and what is to be written."""
    memory = _NOW.get()
    return memory is not None and memory.is_act


def is_cached() -> bool:
    """Say whether what is read is carried, by an act or for a page."""
    return _NOW.get() is not None


def of[Value](kind: str, key: Hashable, read: Callable[[], Value]) -> Value:
    """Return what the act read under this kind and key, or read it now."""
    memory = _NOW.get()
    if memory is None:
        return read()
    known = memory.read.setdefault(kind, {})
    if key not in known:
        known[key] = read()
    value: Value = known[key]
    return value


def on_page[Value](kind: str, key: Hashable, read: Callable[[], Value]) -> Value:
    """Return what the page read under this kind and key, or read it now; an act, which may have changed it, reads it anew."""
    return read() if is_carried() else of(kind, key, read)


def all_of(kind: str) -> dict[Any, Any]:
    """Return all of this kind that the act has read so far, by key."""
    memory = _NOW.get()
    return {} if memory is None else memory.read.get(kind, {})


def put(kind: str, key: Hashable, value: object) -> None:
    """Carry what was read or written in another way."""
    memory = _NOW.get()
    if memory is not None:
        memory.read.setdefault(kind, {})[key] = value


def forget(*kinds: str) -> None:
    """Read these anew when they are asked for next: something else changed them."""
    memory = _NOW.get()
    if memory is not None:
        for kind in kinds:
            memory.read.pop(kind, None)


def drop(kind: str, key: Hashable) -> None:
    """Read this one anew when it is asked for next."""
    memory = _NOW.get()
    if memory is not None:
        memory.read.get(kind, {}).pop(key, None)


def clear() -> None:
    """Read everything anew: what was destroyed must not be at hand any longer.  What waits is written before."""
    memory = _NOW.get()
    write()
    if memory is not None:
        memory.read.clear()


def later(name: str, writing: Write) -> None:
    """Let `writing` be called once before the act ends, or before an attempt or a reader who needs its rows.

    It must only be asked for while `is_carried`.
    """
    memory = _NOW.get()
    if memory is None or not memory.is_act:
        raise RuntimeError(f"{name}: nothing waits outside of an act")
    memory.waiting.setdefault(name, writing)


def write(name: str | None = None) -> None:
    """Write what waits: of that name, or all of it, in the order in which it was asked for."""
    memory = _NOW.get()
    while memory is not None and memory.waiting:
        if name is not None and name not in memory.waiting:
            return
        first = name or next(iter(memory.waiting))
        memory.waiting.pop(first)()


def take_turns(name: str) -> None:
    """Wait until nobody else who takes turns under this name is at it, and hold the turn until the transaction ends.

    SQLite's writers take turns by themselves.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


_OURS = str(Path(__file__).parents[2])


def fault_of(error: Exception) -> str:
    """Return the error's class and where it was raised, as in `IntegrityError at contact/keeping.py:88`.

    The message is left out: a database quotes the row that it refuses, a parser the text that it cannot read.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(_OURS)] or frames
    if not ours:
        return type(error).__name__
    folder, file = Path(ours[-1].filename).parts[-2:]
    return f"{type(error).__name__} at {folder}/{file}:{ours[-1].lineno}"
