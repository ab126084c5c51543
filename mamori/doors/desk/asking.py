"""What a visitor of the queue asks for, read from the address; what cannot be read asks for everything."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlencode

from django.http import QueryDict

from mamori.grammar.text import Text
from mamori.ground.cases.facts import Cursor, Wish
from mamori.ground.declared.casekinds import case_kinds, topic_titled
from mamori.ground.web.paging import CursorUnreadable

MOST = 64
DANGER = "danger"
"""What a matter asks for that cannot wait."""


class View(StrEnum):
    """The views of the queue, each on an index of its own."""

    ALL = ""
    MINE = "mine"
    FREE = "free"
    FLAGGED = "flagged"
    DANGER = "danger"
    LATE = "late"


VIEWS = {
    View.ALL: Text("すべて", "All"),
    View.MINE: Text("自分の担当", "Mine"),
    View.FREE: Text("担当なし", "Unassigned"),
    View.FLAGGED: Text("対応が必要", "Needs attention"),
    View.DANGER: Text("危険", "Danger"),
    View.LATE: Text("期限切れ", "Overdue"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A view, narrowed by kind, topic, one flag or what is `due` (the kind of a clock), or the cases of one party or order."""

    view: View = View.ALL
    kind: str = ""
    topic: str = ""
    attention: str = ""
    due: str = ""
    seller: str = ""
    buyer: str = ""
    order: str = ""
    assignee: str = ""
    cursor: str = ""
    is_done: bool = False

    @property
    def party(self) -> tuple[str, str] | None:
        """Return whose cases are asked for: one party or order at a time, whatever the view."""
        names = ("seller", "buyer", "order")
        return next(((name, value) for name in names if (value := getattr(self, name))), None)

    def wish(self, who: str, at: datetime) -> Wish:
        """Return what the index is asked by somebody at a moment."""
        kind, title = self.kind or None, topic_titled(self.topic) or None
        if self.party is not None:
            name, ref = self.party
            return Wish(
                kind=kind,
                title=title,
                seller_ref=ref if name == "seller" else None,
                buyer_ref=ref if name == "buyer" else None,
                order_ref=ref if name == "order" else None,
            )
        if self.view is View.DANGER and not self.assignee:
            return Wish(kind=kind, title=title, attention=DANGER)
        if self.view is View.FLAGGED and not self.assignee:
            return Wish(kind=kind, title=title, attention=self.attention or None, flagged=not self.attention)
        if self.view is View.LATE and not self.assignee:
            return Wish(kind=kind, title=title, due_until=at, due_kind=self.due or None)
        whose = {View.MINE: who, View.FREE: ""}
        return Wish(kind=kind, title=title, assignee=self.assignee or whose.get(self.view))

    def alone(self, view: View) -> Ask:
        """Return a view narrowed to the same kind and topic, and by nothing else."""
        return Ask(view=view, kind=self.kind, topic=self.topic)

    @property
    def here(self) -> str:
        """Return the address of just this place."""
        return self.query(cursor=self.cursor)

    @property
    def without_due(self) -> str:
        """Return the address of the same whatever is due."""
        return self.query(due="")

    def query(self, **change: str) -> str:
        """Return the address of the same with something changed, from its first page on where no other is named."""
        asked = replace(self, **({"cursor": ""} | change))  # type: ignore[arg-type]  # the values are texts, a view too
        names = (
            "view",
            "kind",
            "topic",
            "attention",
            "due",
            "seller",
            "buyer",
            "order",
            "assignee",
            "cursor",
        )
        return "?" + urlencode({name: str(value) for name in names if (value := getattr(asked, name))})


def read(given: QueryDict) -> Ask:
    """Read what is asked for."""
    kinds = {kind.code: kind for kind in case_kinds()}
    view = given.get("view", "")
    flags = {code for kind in kinds.values() for code in kind.attentions}
    kind, topic, attention = (given.get(name, "") for name in ("kind", "topic", "attention"))
    return Ask(
        view=View(view) if view in set(View) else View.ALL,
        kind=kind if kind in kinds else "",
        topic=topic if topic_titled(topic) else "",
        attention=attention if attention in flags else "",
        due=_ref(given, "due"),
        seller=_ref(given, "seller"),
        buyer=_ref(given, "buyer"),
        order=_ref(given, "order"),
        assignee=_ref(given, "assignee"),
        cursor=given.get("cursor", "")[:200],
        is_done="none" in given,
    )


def topics() -> list[tuple[Text, Mapping[str, Text]]]:
    """Return the topics that a case may have, under the kinds that share them; kinds that have but one topic are left out."""
    shared: list[tuple[list[Text], Mapping[str, Text]]] = []
    for kind in case_kinds():
        if len(kind.topics) < 2:
            continue
        titles = next((titles for titles, same in shared if same == kind.topics), None)
        if titles is None:
            shared.append(([kind.title], kind.topics))
        else:
            titles.append(kind.title)
    return [
        (Text("・".join(one.ja for one in titles), ", ".join(one.en for one in titles)), same)
        for titles, same in shared
    ]


def _ref(given: QueryDict, name: str) -> str:
    return given.get(name, "").replace("\0", "").strip()[:MOST]


def write_cursor(cursor: Cursor | None) -> str:
    """Return the cursor as it stands in an address; nothing at the end."""
    if cursor is None:
        return ""
    moments = [at.isoformat() if at else None for at in (cursor.next_due_at, cursor.urgent_since)]
    text = json.dumps([moments[0], cursor.id, moments[1]])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(written: str) -> Cursor | None:
    """Read a cursor; nothing begins at the beginning."""
    if not written:
        return None
    try:
        text = base64.b64decode(written + "=" * (-len(written) % 4), altchars=b"-_", validate=True)
        due, number, *since = json.loads(text)
        moment, urgent = (datetime.fromisoformat(one) if one else None for one in (due, *(since or (None,))))
        has_no_offset = any(one and one.tzinfo is None for one in (moment, urgent))
        if type(number) is not int or not 0 <= number < 2**63 or has_no_offset:
            raise CursorUnreadable()
    except (ValueError, TypeError, RecursionError, binascii.Error):
        raise CursorUnreadable() from None
    return Cursor(moment, number, urgent)
