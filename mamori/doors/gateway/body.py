"""What comes in a request, read within limits: a JSON object, or lines as they arrive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from django.http import HttpRequest

from mamori.doors.gateway.refusals import (
    BodyNotJson,
    BodyTooLarge,
    FieldsWrong,
    LengthNeeded,
    TypeNotTaken,
)
from mamori.ground.declared.records import (
    Fault,
    FieldMissing,
    FieldTwice,
    FieldUnknown,
    FieldWrong,
    Part,
    convert,
    faults,
    json_of,
)
from mamori.ground.market.actions import Line, Patch, faults_of, name_of_ref

JSON = "application/json"
MERGE = "application/merge-patch+json"
NDJSON = "application/x-ndjson"
MOST_JSON = 262_144
MOST_NDJSON = 8 * 1_048_576
MOST_LINES = 10_000
MOST_LINE = 1_048_576
_PIECE = 65_536


def check(request: HttpRequest, *, types: tuple[str, ...], most: int) -> None:
    """Look at what is said of the body before any of it is read."""
    charset = (request.content_params or {}).get("charset", "utf-8").strip('"').lower()
    if request.content_type not in types or charset not in ("utf-8", "utf8"):
        raise TypeNotTaken(type=types[0])
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit():
        raise LengthNeeded
    if int(length) > most:
        raise BodyTooLarge(most=f"{most:,}")


def record_of(raw: bytes) -> dict[str, Any]:
    """Return the JSON object that a body holds."""
    try:
        record = json_of(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise BodyNotJson from None
    except FieldTwice as twice:
        raise FieldsWrong([twice]) from None
    if not isinstance(record, dict):
        raise BodyNotJson
    return record


def made_of[Kind: Part](record: dict[str, Any], kind: type[Kind], *, ref: str = "") -> Kind:
    """Make the record that an endpoint takes; a market's line gets its reference from the address."""
    found: list[Fault] = []
    if issubclass(kind, Line):
        name = name_of_ref(kind)
        found += [FieldUnknown(field=name)] if name in record else []  # it stands in the address
        record = {**record, name: ref}
    found += faults(record, kind)
    if found:
        raise FieldsWrong(found)
    try:
        return convert(record, kind)
    except (FieldMissing, FieldWrong) as refusal:
        raise FieldsWrong([refusal]) from None


def changes_of(record: dict[str, Any], kind: type[Line], *, ref: str) -> Patch:
    """Make the patch of a record that an endpoint takes.

    :raises FieldsWrong: naming every field that is wrong, unknown, told elsewhere, or taken away though it is needed.
    """
    name = name_of_ref(kind)
    found: list[Fault] = [FieldUnknown(field=name)] if name in record else []
    found += faults_of({field: value for field, value in record.items() if field != name}, kind, ref)
    if found:
        raise FieldsWrong(found)
    return Patch(kind=kind, ref=ref, given=record)


def asked_of[Kind: Part](request: HttpRequest, kind: type[Kind]) -> Kind:
    """Make the record of a query: values are texts, so numbers are read out of them."""
    record: dict[str, Any] = {}
    for name, values in request.GET.lists():
        record[name] = values[0] if len(values) == 1 else values
    found = faults(record, kind, strict=False)
    if found:
        raise FieldsWrong(found)
    return msgspec.convert(record, kind, strict=False)


@dataclass(slots=True)
class Stream:
    """Lines of a request, numbered from 1, read as they arrive: what is held is a piece and a line, never all.

    `scopes` are those of the key that sends them; `is_cut` says afterwards that there were more lines than are taken
    at once.
    """

    request: HttpRequest
    scopes: frozenset[str]
    is_cut: bool = False

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Yield the lines; None stands for one that is too long."""
        for number, line in enumerate(self._split(), start=1):
            if number > MOST_LINES:
                self.is_cut = True
                return
            yield number, line if len(line) <= MOST_LINE else None

    def _split(self) -> Iterator[bytes]:
        rest = b""
        while piece := self.request.read(_PIECE):
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
            rest = rest[: MOST_LINE + 1]  # of what is too long anyway, no more is kept than shows it
        if rest:
            yield rest
