"""What somebody has begun and not sent: each draft has a name of its own, so that no two of them ever mix."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.sealed import keep, kept
from mamori.ground.web.signs import Visit

KEPT = 5
"""How many drafts of one form a session keeps; the one that was touched longest ago goes first."""
NEW = "new"
"""What an address says instead of a draft's name when it is to begin empty."""


class DraftChanged(Refusal, code="draft-changed", status=409):
    """Given when what is about to be sent is not what the page showed."""

    text = Text(
        "この画面を開いたあとに、内容が変わりました（{what}）。いま表示している内容をご確認のうえ、もう一度送ってください。",
        "This has changed since you opened the page ({what}). Please check what is shown now, and send it again.",
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """Answers as they were posted, by question; a draft that was sent has none left and knows where it led."""

    token: str
    data: dict[str, dict[str, list[str]]]
    led_to: str = ""

    def answered(self, step: str, values: dict[str, list[str]]) -> Draft:
        """Return the draft with one more answer."""
        return replace(self, data=self.data | {step: values})


class Drafts:
    """The drafts of one form in one session, sealed; the newest last."""

    def __init__(self, request: Visit, name: str) -> None:
        self._request, self._name = request, name
        found = kept(request, name)
        self._all = [Draft(**one) for one in found] if isinstance(found, list) else []

    @property
    def unsent(self) -> list[Draft]:
        """Return what can be gone on with, the newest first."""
        return [draft for draft in reversed(self._all) if not draft.led_to]

    def find(self, token: str) -> Draft | None:
        """Return the draft of that name."""
        return next((draft for draft in self._all if draft.token == token), None)

    def put(self, draft: Draft) -> None:
        """Keep a draft as it is now."""
        others = [one for one in self._all if one.token != draft.token]
        self._all = [*others, draft][-KEPT:]
        keep(self._request, self._name, [asdict(one) for one in self._all])


def named(name: str) -> str:
    """Return a name for a draft that is not kept yet: the one a page gave it, or a new one."""
    try:
        return str(uuid.UUID(name))
    except ValueError:
        return str(uuid.uuid4())


def mark(value: Any) -> str:
    """Return a short digest of what a page shows, to be compared with what would be sent."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def as_field(marks: Mapping[str, str]) -> str:
    """Return marks as a hidden field carries them."""
    return " ".join(f"{name}:{value}" for name, value in marks.items())


def changed(marks: Mapping[str, str], field: str) -> list[str]:
    """Return the names of what is not as the field says; all of them when it says something else altogether."""
    shown = dict(one.partition(":")[::2] for one in field.split())
    found = [name for name, value in marks.items() if shown.get(name) != value]
    return found or ([] if shown.keys() == marks.keys() else list(marks))
