"""What the buyer saw last before ordering is kept once, under the buyer's key, and nobody changes it."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from msgspec.structs import replace

from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions, facts
from mamori.ground.market.actions import Change, ScreenKept, ScreenLine
from mamori.ground.market.facts import RecordErased
from mamori.ground.market.models import Screen
from mamori.ground.market.tests.conftest import BUYER, MACHINE, MONDAY, ORDER, Tell

pytestmark = pytest.mark.usefixtures("market")
SHOWN = "<p>木のスプーン 2点 3,000円(税込) 𠮷田 花 様 注文を確定する</p>"
LINE = ScreenLine(ref="O-1", text=SHOWN)
COUNSEL = Actor(by="counsel:1", role=Role.COUNSEL, at=MONDAY, via="test")


def shown() -> object:
    return facts.record(ScreenLine, "O-1")["text"]


def test_a_screen_is_kept_once_and_another_is_refused() -> None:
    first = actions.put_screen(MACHINE, LINE)
    again = actions.put_screen(MACHINE, LINE)
    with pytest.raises(ScreenKept):
        actions.put_screen(MACHINE, replace(LINE, text="別の画面"))

    assert (first, again) == (Change.ADDED, Change.UNCHANGED)
    assert (shown(), Screen.objects.count()) == (SHOWN, 1)


def test_it_comes_by_wire_and_by_file_alike_and_nothing_told_of_the_order_removes_it(tell: Tell) -> None:
    tell({"kind": "screen", "ref": "O-1", "text": SHOWN})
    actions.put_buyer(MACHINE, replace(BUYER, ref="B-2"))

    actions.put_order(MACHINE, replace(ORDER, items=(), buyer="B-2"))

    assert shown() == SHOWN


def test_a_screen_of_an_order_that_nobody_told_waits_for_it() -> None:
    lines = [
        b'{"kind":"screen","ref":"O-2","text":"x"}',
        b'{"kind":"order","ref":"O-2","buyer":"B-1","seller":"S-1","amount":1,"ordered_at":"2026-11-01T10:00:00Z"}',
        b'{"kind":"screen","ref":"O-9","text":"x"}',
        b'{"kind":"screen","ref":"O-2","op":"patch","text":"y"}',
    ]

    found = actions.take_lines_in(MACHINE, enumerate(lines, 1), closed={})

    told = [one.outcome if isinstance(one.outcome, Change) else one.outcome.code for one in found]
    assert told == [Change.ADDED, Change.ADDED, "reference-unknown", "op-unknown"]


def test_its_words_lie_nowhere_in_plain_and_go_with_the_buyers_key() -> None:
    actions.put_screen(MACHINE, LINE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM market_screen")
        lies = bytes(cursor.fetchone()[0])

    with transaction.atomic():
        ledger.shred(COUNSEL, subject="buyer:B-1", reason="asked")

    assert "木のスプーン".encode() not in lies
    with pytest.raises(RecordErased):
        shown()
    assert actions.put_screen(MACHINE, LINE) is Change.UNCHANGED
    with pytest.raises(actions.PersonErased):
        actions.put_screen(MACHINE, replace(_other_order(), text=SHOWN))


def _other_order() -> ScreenLine:
    """Tell another order of the same buyer."""
    actions.put_order(MACHINE, replace(ORDER, ref="O-3"))
    return ScreenLine(ref="O-3", text="x")
