"""Staff searching words that are open to the centre: recorded, with what was found but not what was looked for."""

from __future__ import annotations

from django.db import transaction

from mamori.grammar.hand import Hand
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import Searched
from mamori.ground.ledger import actions as ledger
from mamori.rooms.contact import finding_words
from mamori.rooms.contact.finding import NothingHere


def search_words(hand: Hand, *, text: str, before: int | None = None) -> Searched:
    """Return the newest messages that hold every word of `text`, of threads that the centre may read now.

    :raises SearchTooShort: when no word has two characters.
    :raises NothingHere: for anybody but staff.
    """
    if not hand.is_staff:
        raise NothingHere()
    with transaction.atomic():
        found = cases.search(text, scope=cases.WORDS, read=finding_words.read, before=before)
        ledger.record(
            hand,
            kind="contact.search_words",
            subject=ledger.MARKET,
            about="contact.words",
            payload={"found": [hit.case.number for hit in found.hits]},
        )
        return found
