"""How far somebody may help a buyer: what the buyer lets them do, each kind of consent in words."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.text import Text


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
