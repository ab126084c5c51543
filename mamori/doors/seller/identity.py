"""Whether a seller's registered name was verified, and what it has to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mamori.doors.seller.lines import Finding
from mamori.grammar.businesstime import day_text
from mamori.grammar.text import Text
from mamori.ground.web.parts import Tone
from mamori.rooms.identity import facts as identity
from mamori.rooms.identity.facts import Standing

ABOUT = Text("登録名の確認（本人確認）", "The check of your registered name")
ANEW = Text(
    "{stands}。通販サイトの登録情報のページで、確認を受けてください。売上金の支払いの前に確認が必要です。",
    "It is {stands}. Please have it checked on the marketplace's page of registered data: proceeds are paid after that.",
)
GOOD = Text("確かめてあります（{method}）。", "Verified ({method}).")
GOOD_UNTIL = Text("確かめてあります（{method}）。{until}まで有効です。", "Verified ({method}) until {until}.")


def findings(ref: str, at: datetime) -> Iterator[Finding]:
    """Say how the registered name stands, where the marketplace told of any check of it."""
    found = identity.identity(ref, at=at)
    if found is None or found.standing is Standing.UNVERIFIED:
        return
    if found.standing is Standing.VERIFIED and found.method_text is not None:
        text = GOOD if found.until is None else GOOD_UNTIL
        text = text.fill(method=found.method_text, until=day_text(found.until) if found.until else "")
        yield Finding(about=ABOUT, tone=Tone.GOOD, text=text)
    else:
        yield Finding(about=ABOUT, tone=Tone.WARN, text=ANEW.fill(stands=found.standing.text))
