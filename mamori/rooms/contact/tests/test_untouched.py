"""No word of a formal notice is touched in any mode: every example, through the real action."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from mamori.grammar.actor import Role
from mamori.ground.terms import actions as terms
from mamori.law.settings import SCANNING
from mamori.rooms.contact import actions as contact, words
from mamori.rooms.contact.models import Message, Trouble
from mamori.rooms.contact.rules.scanning import Scanning, speaks_of_undoing
from mamori.rooms.contact.tests.conftest import MONDAY, actor, buyer, lead, open_trouble
from tests.laid import laid
from trials.sizes import sized

pytestmark = pytest.mark.usefixtures("market_of_two")

FOLDER = Path(__file__).parents[4] / "examples" / "messages"
NOTICES = [
    row["text"]
    for row in map(json.loads, (FOLDER / "formal.ndjson").read_text("utf-8").splitlines())
    if row["formal"] != "none"
]
LURE = "電話は090-1234-5678です。"
EVERY = sized(12, 1)
TRIED = [(mode, NOTICES[number % EVERY :: EVERY]) for number, mode in enumerate(Scanning)]
"""Each mode meets some of the notices, each mode others; whether masking leaves each alone is asked in `trials`, too."""


@laid
def thread() -> int:
    return Trouble.objects.get(pk=open_trouble()).thread_id


def agree() -> None:
    for by, role in (("buyer:B-1", Role.BUYER), ("seller:S-1", Role.SELLER)):
        contact.answer_scanning(actor(by, role), agrees=True)


@pytest.mark.sized
@pytest.mark.parametrize(("mode", "notices"), TRIED)
def test_no_notice_is_touched_in_any_mode(thread: int, mode: Scanning, notices: list[str]) -> None:
    assert len(NOTICES) >= 300
    assert len(notices) >= len(NOTICES) // EVERY
    terms.set(lead(MONDAY - timedelta(hours=1)), setting=SCANNING, value=mode.value)
    agree()

    for minutes, notice in enumerate(notices):  # no faster than anybody may write
        at = MONDAY + timedelta(minutes=2 * minutes)
        contact.write(buyer(at), thread=thread, said=notice)
        contact.write(buyer(at), thread=thread, said=f"{notice}\n{LURE}")

    found = Trouble.objects.get().thread
    sent = [text for _, text in words.read_all(found, as_shown=True)][1:]
    assert sent[::2] == [notice.strip() for notice in notices]
    assert sent[1::2] == [f"{notice}\n{LURE}".strip() for notice in notices]
    assert not Message.objects.filter(shown__isnull=False).exists()


def test_the_same_mode_hides_what_is_no_notice(thread: int) -> None:
    terms.set(lead(MONDAY - timedelta(hours=1)), setting=SCANNING, value="mask")
    agree()

    contact.write(buyer(), thread=thread, said=LURE)
    contact.answer(actor("seller:S-1", Role.SELLER), thread=thread, said=f"キャンセルして{LURE}")

    assert Message.objects.filter(shown__isnull=False).count() == 2


def test_a_plain_notice_is_marked_with_what_it_reads_like(thread: int) -> None:
    contact.write(buyer(), thread=thread, said="昨日届いた品を返品します。")
    contact.write(buyer(), thread=thread, said="色は青ですか。")
    contact.answer(actor("seller:S-1", Role.SELLER), thread=thread, said="返品します。")
    contact.answer_scanning(buyer(), agrees=False)
    contact.write(buyer(), thread=thread, said="返品します。")

    assert [m.formal for m in Message.objects.order_by("number")] == ["", "return", "", "", ""]


@pytest.mark.parametrize(
    "said", ["ﾍﾝﾋﾟﾝします", "契 約 を 解 除", "キャンセルで", "かいじょします", "I CANCEL it", "send it back"]
)
def test_undoing_is_seen_in_every_script(said: str) -> None:
    assert speaks_of_undoing(said)


@pytest.mark.parametrize("said", ["電話をください", "色は青ですか", "届きましたか", "call me"])
def test_other_words_are_not_taken_for_it(said: str) -> None:
    assert not speaks_of_undoing(said)
