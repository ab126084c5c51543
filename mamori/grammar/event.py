"""What has happened, told upward: frozen, past tense, ids and values only, never anybody's words."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, get_args, get_origin, get_type_hints

from mamori.grammar.ids import IdKind, inward, outward
from mamori.grammar.text import Text

_SHAPES: dict[type, dict[str, Any]] = {}
ABOUT = "about"
"""Marks a field that holds what we call a thing, as `contact.trouble:7`: outside it is that thing's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of every event: a subclass declares `kind` (room.happened) and `text`, and says its `subject`.

    One that is `internal` only drives our own work: no webhook tells it.

    `subject` names what must stay in order: events of one subject reach a handler one after the other.
    Fields hold str, int, bool, datetime, a tuple of str, or None.  A number of ours is declared as `Annotated[int, KIND]`
    with its kind of ids, and what we call a thing as `Annotated[str, ABOUT]`: the payload carries the id.
    """

    kind: ClassVar[str]
    text: ClassVar[Text]
    internal: ClassVar[bool] = False
    registry: ClassVar[dict[str, type[Event]]] = {}

    subject: str

    @staticmethod
    def declared[E: type[Event]](event: E) -> E:
        """Register an event class under its kind; used as a decorator, outermost."""
        if not getattr(event, "kind", "") or not getattr(event, "text", None):
            raise TypeError(f"{event.__qualname__} declares no kind or text")
        if Event.registry.setdefault(event.kind, event) is not event:
            raise TypeError(f"two events share the kind {event.kind}")
        return event

    def payload(self) -> dict[str, Any]:
        """Return the event as JSON-ready values, as other software sees it: ids with their kind, moments in UTC."""
        return {name: _described(hint, getattr(self, name)) for name, hint in shape(type(self)).items()}

    @classmethod
    def read(cls, kind: str, payload: dict[str, Any], *, subject: str) -> Event:
        """Rebuild the event of `kind`; fields that a newer version added are left out of an older reader."""
        known = Event.registry[kind]
        fields = {name: _heard(hint, payload[name]) for name, hint in shape(known).items() if name in payload}
        return known(subject=subject, **fields)


def shape(event: type[Event]) -> dict[str, Any]:
    """Return what each field that is told holds, as it is annotated."""
    if event not in _SHAPES:
        hints = get_type_hints(event, include_extras=True)
        _SHAPES[event] = {one.name: hints[one.name] for one in fields(event) if one.name != "subject"}
    return _SHAPES[event]


def marks(hint: Any) -> tuple[Any, ...]:
    """Return what an annotation is marked with: a kind of ids, or ABOUT."""
    if get_origin(hint) is Annotated:
        return tuple(hint.__metadata__)
    return tuple(mark for part in get_args(hint) for mark in marks(part))


def moment(at: datetime) -> str:
    """Return a moment as all that leaves the house writes it: in UTC, ending in Z."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _described(hint: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, tuple):
        return list(value)
    for mark in marks(hint) if value is not None else ():
        return mark.of(value) if isinstance(mark, IdKind) else outward(value)
    return value


def _heard(hint: Any, told: Any) -> Any:
    """Return the value of a field; what was written before ids had a kind is read as well."""
    if isinstance(told, list):
        return tuple(told)
    if isinstance(told, str) and (hint is datetime or datetime in get_args(hint)):
        return datetime.fromisoformat(told) if told else None
    for mark in marks(hint) if isinstance(told, str) else ():
        return mark.number(told) if isinstance(mark, IdKind) else inward(told)
    return told
