"""The seller's registered contacts, as they are always shown to a buyer: before asking, when sent, and beside the thread."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.rooms.contact.rules import registered as rules
from mamori.rooms.contact.rules.registered import Registered, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredShown:
    """The lines to show, what is missing from them, and whether the seller is no business or where it is stays untold."""

    lines: tuple[Shown, ...]
    missing: tuple[Text, ...]
    private: bool
    withheld: bool = False

    @property
    def missing_text(self) -> Text:
        """Say what is missing in one breath."""
        return Text(
            "・".join(text.ja for text in self.missing), ", ".join(text.en.lower() for text in self.missing)
        )


def registered_of(seller_ref: str) -> Registered:
    """Return what is registered; of a seller that is not known, or was erased, nothing."""
    seller = market.seller(seller_ref)
    if seller is None:
        return Registered()
    contact = seller.contact
    return Registered(
        shop=contact.name,
        **{line.field: getattr(contact, line.field) for line in rules.LINES if line.field != "shop"},
        invoice_number=contact.invoice_number,
        private=contact.private,
        protected=contact.protected,
    )


def registered(seller_ref: str) -> RegisteredShown:
    """Return what a buyer is shown of the seller."""
    known = registered_of(seller_ref)
    return RegisteredShown(
        lines=rules.shown(known),
        missing=rules.missing(known),
        private=known.private,
        withheld=known.protected,
    )


def unshown(seller_ref: str) -> tuple[Shown, ...]:
    """Return what the seller itself reads of its registration beside what buyers are shown."""
    return rules.unshown(registered_of(seller_ref))
