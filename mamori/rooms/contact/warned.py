"""What a machine noticed in words that come without a page: the writer is told before they are sent, and may send them so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.lures.kinds import Lure
from mamori.rooms.contact import actions, scanning


class LookBeforeSending(Refusal, code="look-before-sending", status=409):
    """Given when a machine noticed contact details or a lure, and the writer has not said to send the words all the same."""

    text = Text(
        "まだ送っていません。本文に、相手に知らせないほうがよいかもしれない部分があります（{what}）。書いた方に「finds」の部分を示してください。"
        "そのまま送るときは、acknowledge_warnings を true にし、新しい Idempotency-Key を付けて送ってください。",
        "Nothing was sent yet. The words hold what may better stay untold ({what}). Please show the writer the places in "
        "“finds”. To send them as they are, send acknowledge_warnings: true under a new Idempotency-Key.",
    )

    def __init__(self, finds: Sequence[Lure]) -> None:
        super().__init__(what=Text.listed(dict.fromkeys(find.title for find in finds)))
        self.members = {"finds": [_shown(find) for find in finds]}


def look_first(actor: Actor, said: str, *, seller_ref: str, acknowledged: bool) -> None:
    """Pass words in which nothing was noticed, what may be a formal notice, and what the writer sends all the same.

    What is sent all the same is counted by kind, as on the pages; a warning leaves no trace, so it is counted with it.
    """
    finds = scanning.look(actor, said, seller_ref=seller_ref).lures
    if finds and not acknowledged:
        raise LookBeforeSending(finds)
    actions.count_lures(actor, finds, "shown")
    actions.count_lures(actor, finds, "kept")


def _shown(find: Lure) -> dict[str, Any]:
    title, detail = ({"ja": text.ja, "en": text.en} for text in (find.title, find.sentence))
    return {"start": find.start, "end": find.end, "kind": find.kind, "title": title, "detail": detail}
