"""The processes of the measurement of mail: one that writes notices, and workers that send them and may be killed."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

FAULTS = ("early", "renamed", "reconnecting")
"""Written down before it was sent; another Message-ID at each try; a connection for every mail."""
BATCH = 100


def fill(count: int) -> None:
    """Put `count` buyers with an address into the market and write each a notice."""
    from django.db import transaction

    from mamori.grammar.declaration import NoticeKind, Template
    from mamori.grammar.hand import Hand, Role
    from mamori.grammar.text import Text
    from mamori.ground.market import actions as market
    from mamori.ground.market.lines import BuyerLine
    from mamori.ground.outbox import actions as outbox

    answered = Template(
        code="bench.answered",
        kind=NoticeKind.TRANSACTIONAL,
        title=Text("出品者から回答が届きました", "The seller has answered"),
        body=Text("受付番号 {number}：回答をご覧ください。", "Case {number}: please read the answer."),
    )
    now = datetime.now(UTC)
    hand = Hand(by="machine:bench", role=Role.MACHINE, at=now, via="bench")
    for batch in (range(start, min(start + BATCH, count)) for start in range(0, count, BATCH)):
        with transaction.atomic():
            for number in batch:
                line = BuyerLine(ref=f"B-{number}", name="伊藤 修", mail=f"buyer-{number}@example.jp")
                market.put_buyer(hand, line)
                outbox.notify(
                    to=f"buyer:B-{number}",
                    template=answered,
                    values={"number": f"{number:08}"},
                    about=f"bench.matter:{number}",
                    at=now,
                )


def work(fault: str) -> None:
    """Send mail until told to end by SIGTERM; the first word on stdout says that it begins."""
    from mamori.ground.post import actions

    _plant(fault)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    print("up", flush=True)
    while not stop.is_set():
        if not actions.deliver(at=datetime.now(UTC)):
            time.sleep(0.05)


def drain(fault: str) -> None:
    """Send all that is left, at once: as seen from an hour ahead, so that the leases of the killed have ended."""
    from datetime import timedelta

    from mamori.ground.post import actions

    _plant(fault)
    while actions.deliver(at=datetime.now(UTC) + timedelta(hours=1)):
        pass


def _plant(fault: str) -> None:
    """Break the house on purpose; what is put in has the form of what it replaces."""
    from mamori.ground.post import carrying, delivering, packing

    places: dict[str, tuple[Any, str]] = {
        "early": (delivering, "carry"),
        "renamed": (packing, "compose"),
        "reconnecting": (carrying.ServerCarrier, "hand_over"),
    }
    if fault not in places:
        return
    place, name = places[fault]
    whole = getattr(place, name)

    def told_first(parcels: Iterable[Any], way: Any) -> Iterator[Any]:
        answer = carrying.Answer(outcome=carrying.Outcome.SENT)
        yield [(parcel, answer) for parcel in parcels]
        for _ in whole(parcels, way):
            pass

    def under_another_name(sheet: Any, *, message_id: str, **rest: Any) -> Any:
        return whole(sheet, message_id=f"<{os.urandom(16).hex()}@bench.invalid>", **rest)

    def and_hang_up(self: Any, parcel: Any) -> Any:
        answer = whole(self, parcel)
        self.close()
        return answer

    carrying.RECONNECTS = 10**9
    setattr(place, name, {"early": told_first, "renamed": under_another_name}.get(fault, and_hang_up))


def main() -> None:
    """Play the role that the command line names."""
    import django

    django.setup()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    role, word = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    if role == "fill":
        fill(int(word))
    else:
        {"work": work, "drain": drain}[role](word)


if __name__ == "__main__":
    main()
