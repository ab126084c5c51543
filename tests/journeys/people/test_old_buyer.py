"""An old buyer without a computer telephones, telephones again and writes a letter; an agent does the rest."""

from __future__ import annotations

import pytest

from tests.journeys.people.conftest import Come
from tests.journeys.people.person import Person

pytestmark = pytest.mark.processes

FIRST, SECOND, LETTER = (
    "ふたを開けたら底が割れていました",
    "まだ何も届きません",
    "孫に手伝ってもらい書いています",
)


def tells_who_she_is(agent: Person, number: str, *, amount: str, channel: str = "電話") -> None:
    """Let the agent ask for the number, the amount and the day, and write down what is said."""
    agent.opens("電話を受ける")
    agent.writes(number=number, amount=amount, phone="1234")
    agent.chooses(channel)
    agent.presses("確かめる")


def test_an_old_buyer_telephones_and_is_helped_as_everybody_is(comes: Come) -> None:
    agent = comes("agent", to="/desk/")

    # The first call: she has no number yet, and the order's number is on the slip in the parcel.
    tells_who_she_is(agent, "O-OLD", amount="5000円")
    agent.sees("入力をご確認ください")
    agent.sees_nothing_of("4,980", "4980円です", "鈴木", FIRST)
    agent.shows("old-buyer-not-yet")
    tells_who_she_is(agent, "O-OLD", amount="4980円")
    agent.sees("ご本人と確かめられました")
    agent.chooses("壊れている・動かない", "お金の損失", "いいえ、読まないでほしい")
    agent.writes(said=FIRST)
    agent.presses("この内容で受け付ける")
    agent.sees("読み上げて、合っていると言っていただいた")  # without reading it back nothing is taken
    agent.chooses("読み上げて、合っていると言っていただいた")
    agent.presses("この内容で受け付ける")
    agent.sees("ゆっくり2回お伝えください")
    agent.shows("old-buyer-number")
    number = agent.number()

    # The second call: eight digits suffice to say which matter it is.
    tells_who_she_is(agent, number, amount="4980")
    agent.sees("やり取りに書き足す")
    agent.writes(said=SECOND)
    agent.chooses("話に出なかった", "読み上げて、合っていると言っていただいた")
    agent.presses("この内容を書き足す")
    assert agent.number() == number

    # The letter, copied as it stands.
    tells_who_she_is(agent, number, amount="4980", channel="手紙")
    agent.writes(said=LETTER)
    agent.chooses("読み上げて、合っていると言っていただいた")
    agent.presses("この内容を書き足す")

    # Taking words down opens nothing to the desk.
    agent.opens("案件を開く")
    agent.sees_nothing_of(FIRST, SECOND, LETTER, "鈴木 よし", "076-555-1234")
    agent.shows()

    # The seller sees all three, how they came, and nobody's telephone number.
    seller = comes("seller:S-KITCHEN", to=f"/seller/threads/{number}/", by="phone")
    seller.sees(FIRST, SECOND, LETTER, "電話で伺い、窓口が書き取りました", "手紙を、窓口が書き写しました")
    seller.sees_nothing_of("076-555-1234", "鈴木", "泉1-2-3")
    seller.shows("old-buyer-as-the-seller-sees")
