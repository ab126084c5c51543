"""The addresses of the page of JOMC, and a text that was sent there."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.rooms.disclosure import actions as disclosure
from mamori.rooms.disclosure.models import JomcEntry
from mamori.rooms.disclosure.queries import jomc
from tests.permissions.lines import HEADS, Line

JOMC = (
    Line("/desk/editions/jomc/", HEADS, opens=True),
    Line("/desk/editions/jomc/text.<str:lang>.txt", HEADS, values={"lang": "ja"}, opens=True),
    Line("/desk/editions/jomc/send/", HEADS, opens=True),
    Line(
        "/desk/editions/jomc/<int:number>/<slug:slug>/",
        HEADS,
        values={"number": "<jomc>", "slug": "list"},
        opens=True,
    ),
)


def sent(at: datetime) -> None:
    """Let a text have been sent to JOMC that is not listed yet."""
    lead = Hand(by="lead:99", role=Role.LEAD, at=at, via="test")
    disclosure.send_jomc(lead, digest=jomc.text_now(at).digest)


def places() -> dict[str, str]:
    """Return what fills the places of these addresses."""
    return {"jomc": str(JomcEntry.objects.get().pk)}
