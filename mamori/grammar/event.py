"""What has happened, told upward: frozen, past tense, ids and values only, never anybody's words."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of every event: a subclass declares `kind` (room.happened) and `text`, and says its `subject`.

    `subject` names what must stay in order: events of one subject reach a handler one after the other.
    Fields hold str, int, bool or None, so that the payload is JSON as it stands.
    """

    kind: ClassVar[str]
    text: ClassVar[Text]
    registry: ClassVar[dict[str, type[Event]]] = {}

    subject: str

    @staticmethod
    def declared[E: type[Event]](event: E) -> E:
        """Register an event class under its kind; used as a decorator, outermost.

        :raises TypeError: when the kind is missing or taken.
        """
        if not getattr(event, "kind", "") or not getattr(event, "text", None):
            raise TypeError(f"{event.__qualname__} declares no kind or text")
        if Event.registry.setdefault(event.kind, event) is not event:
            raise TypeError(f"two events share the kind {event.kind}")
        return event

    def payload(self) -> dict[str, Any]:
        """Return the event as JSON-ready values."""
        return asdict(self)

    @classmethod
    def read(cls, kind: str, payload: dict[str, Any]) -> Event:
        """Rebuild the event of `kind`; fields that a newer version added are left out of an older reader.

        :raises KeyError: when no event of that kind is declared.
        """
        known = Event.registry[kind]
        names = {field.name for field in fields(known)}
        return known(**{name: value for name, value in payload.items() if name in names})
