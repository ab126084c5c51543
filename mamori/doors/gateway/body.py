"""What comes in a request, read within limits, and how an answer is written and tagged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.http import HttpRequest
from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder

from mamori.doors.gateway.refusals import BodyNotJson, BodyTooLarge, FieldsWrong, LengthNeeded, TypeNotTaken
from mamori.grammar.event import moment
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

# What comes in a request, read within limits: a JSON object, or lines as they arrive.


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
    if not (request.META.get("CONTENT_LENGTH") or "").isdigit():
        raise LengthNeeded
    check_length(request, most=most)


def check_length(request: HttpRequest, *, most: int) -> None:
    """Refuse a body that says that it is larger than `most` bytes, before any of it is read."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if length.isdigit() and int(length) > most:
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
    """Make the patch of a record that an endpoint takes."""
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


class _Encoder(NinjaJSONEncoder):
    def default(self, o: Any) -> Any:
        return moment(o) if isinstance(o, datetime) else super().default(o)


def written(value: Any) -> str:
    """Return a value as an answer holds it."""
    return json.dumps(value, cls=_Encoder, ensure_ascii=False)


class Renderer(JSONRenderer):
    """Writes what the framework answers."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:
        """Return the body of an answer."""
        return written(data)


def tag_of(content: bytes) -> str:
    """Return the tag of an answer."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


@dataclass(frozen=True, slots=True)
class Match:
    """What stands in If-Match: the tags of which one must fit, "*" for any record that is there, nothing for no condition."""

    header: str

    def fits(self, record: dict[str, Any] | None) -> bool:
        """Say whether the record, None where there is none, is what the caller has read."""
        if record is None:
            return False
        if self.header.strip() == "*":
            return True
        tag = tag_of(written(record).encode())
        return tag in (one.strip() for one in self.header.split(","))
