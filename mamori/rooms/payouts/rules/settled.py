"""How money that cannot be paid comes to its end."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.text import Text


class Settled(StrEnum):
    """How money that cannot be paid comes to its end; it never stays with the operator."""

    DEPOSITED = "deposited"
    TO_CREDITOR = "to-creditor"
    CORRECTED = "corrected"

    @property
    def text(self) -> Text:
        """Say it as the seller reads it."""
        return SETTLED[self]


SETTLED = {
    Settled.DEPOSITED: Text("法務局に供託しました", "it was deposited with the Legal Affairs Bureau"),
    Settled.TO_CREDITOR: Text(
        "裁判所の命令など法令の定めにより、ほかの人に支払いました",
        "it was paid to somebody else, as a court's order or the law requires",
    ),
    Settled.CORRECTED: Text(
        "支払いの求めが誤りだったため、通販サイトが取り消しました",
        "the marketplace called it off, as the payout had been asked for by mistake",
    ),
}
