"""Lists page by page: a cursor names the last row seen, and nobody counts beyond a thousand."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Model, Q, QuerySet

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

SIZE = 50
COUNTED = 1_000


class CursorUnreadable(Refusal, code="cursor-unreadable", status=400):
    """Given when a cursor is not one that we handed out for this list."""

    text = Text(
        "この続きの印は読み取れません。はじめのページからもう一度お進みください。",
        "This cursor cannot be read. Please begin again at the first page.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page[T]:
    """Some rows of a list, the cursors to what comes before and after (empty: nothing), and how many there are."""

    items: tuple[T, ...]
    next: str = ""
    previous: str = ""
    count: int | None = None

    @property
    def count_text(self) -> Text:
        """Say how many there are, to at most a thousand."""
        if self.count is None:
            return Text(f"{len(self.items):,} 件を表示", f"{len(self.items):,} shown")
        if self.count >= COUNTED:
            return Text(f"{COUNTED:,} 件以上", f"{COUNTED:,} or more")
        return Text(f"{self.count:,} 件", f"{self.count:,} in all")


def page_of[M: Model](
    rows: QuerySet[M], *, by: tuple[str, ...], cursor: str = "", size: int = SIZE, counted: bool = True
) -> Page[M]:
    """Return the rows after `cursor`, ordered by the fields `by`: all upward, or all downward with a minus.

    The last field must tell every row from every other (the id), and none may be null.
    """
    downward = by[0].startswith("-")
    names = tuple(name.removeprefix("-") for name in by)
    back, key = _read(rows.model, names, cursor) if cursor else (False, ())
    order = [f"-{name}" if downward is not back else name for name in names]
    found = rows.order_by(*order)
    if cursor:
        found = found.filter(_beyond(names, key, "lt" if downward is not back else "gt"))
    taken = list(found[: size + 1])
    more, taken = len(taken) > size, taken[:size]
    if back:
        taken.reverse()
    return Page(
        items=tuple(taken),
        next=_write(taken[-1], names, back=False) if taken and (more or back) else "",
        previous=_write(taken[0], names, back=True) if taken and (more if back else cursor) else "",
        count=rows.order_by()[:COUNTED].count() if counted else None,
    )


def _beyond(names: tuple[str, ...], key: tuple[Any, ...], way: str) -> Q:
    """Return the rows beyond the key; the first field's bound stands alone so that an index can begin there."""
    beyond, same = Q(), Q()
    for name, value in zip(names, key, strict=True):
        beyond |= same & Q(**{f"{name}__{way}": value})
        same &= Q(**{name: value})
    return Q(**{f"{names[0]}__{way}e": key[0]}) & beyond


def _write(row: Model, names: tuple[str, ...], *, back: bool) -> str:
    field = row._meta.get_field
    key = [field(name).value_to_string(row) for name in names]  # type: ignore[union-attr]  # never a relation
    text = json.dumps([int(back), *key], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(model: type[Model], names: tuple[str, ...], cursor: str) -> tuple[bool, tuple[Any, ...]]:
    try:
        text = base64.b64decode(cursor[:500] + "=" * (-len(cursor[:500]) % 4), altchars=b"-_", validate=True)
        back, *written = json.loads(text)
        if back not in (0, 1) or not all(isinstance(part, str) for part in written):
            raise CursorUnreadable
        key = tuple(_value(model, *pair) for pair in zip(names, written, strict=True))
    except (ValueError, TypeError, RecursionError, binascii.Error, ValidationError, FieldDoesNotExist):
        raise CursorUnreadable from None
    return bool(back), key


def _value(model: type[Model], name: str, written: str) -> Any:
    """Return a written key as the field's value; a figure that no column holds is none."""
    field: Any = model._meta.get_field(name)
    value = field.to_python(written)
    field.run_validators(value)
    if value is None or "\x00" in written:
        raise CursorUnreadable
    return value
