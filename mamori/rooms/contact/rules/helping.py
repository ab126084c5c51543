"""How far somebody may help a buyer: what the buyer lets them do, each kind of consent in words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.rooms.contact.rules.callers import plain


class May(StrEnum):
    """What a buyer lets a helper do; each kind holds the ones before it."""

    READ = "read"
    WRITE = "write"
    DECIDE = "decide"

    @property
    def writes(self) -> bool:
        """Say whether the helper may write for the buyer."""
        return self is not May.READ

    @property
    def decides(self) -> bool:
        """Say whether the helper may answer proposals for the buyer."""
        return self is May.DECIDE


MAY = {
    May.READ: Text("読むだけ", "only read"),
    May.WRITE: Text("読む、代わりに書く", "read, and write for you"),
    May.DECIDE: Text(
        "読む、代わりに書く、解決の提案に返事をする", "read, write, and answer proposed solutions for you"
    ),
}
CONSENT_TO_DECIDE = Text(
    "提案への返事も任せると、この人が解決の提案を受けたとき、あなたが受けたことになり、取り消せません。"
    "返事があるたびに、あなたにお知らせします。任せるのは、いつでもやめられます。",
    "If you let somebody answer proposals, too, what they agree to, you have agreed to, and it cannot be taken back. You are "
    "told of each reply. You can end this at any time.",
)
"""What a buyer says yes to, on the own page or read out on the telephone."""


def may(*, writes: bool, decides: bool) -> May:
    """Return the kind of consent that was given."""
    if decides:
        return May.DECIDE
    return May.WRITE if writes else May.READ


SHORTEST_PART = 2
"""A part of a name that is shorter says nothing: 「子」 is in too many."""
_POLITE = regex("(さん|ちゃん|くん|君|さま|様)$")


def meant(said: str, names: Mapping[int, str]) -> tuple[int, ...]:
    """Return whom of these a caller means: who is called just so, such as 「娘」; else whose name holds it, or is in it."""
    heard = _bare(said)
    known = {number: _bare(name) for number, name in names.items()}
    exact = tuple(number for number, name in known.items() if name and name == heard)
    return exact or tuple(
        number
        for number, name in known.items()
        if min(len(heard), len(name)) >= SHORTEST_PART and (heard in name or name in heard)
    )


def _bare(name: str) -> str:
    return plain(_POLITE.sub("", name.strip()))
