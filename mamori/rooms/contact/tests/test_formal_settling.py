"""A formal notice that is settled by telephone: read out, confirmed, taken once as the buyer's own word, told in writing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, OrderLine
from mamori.ground.outbox import facts as outbox
from mamori.ground.post.models import Letter
from mamori.rooms.contact import actions, words
from mamori.rooms.contact.formal import records as formally
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.tests.conftest import EVES, MONDAY, actor, agent, buyer, lead, machine, seller
from mamori.rooms.contact.tests.test_buyer_pages import now, token
from tests.laid import laid

RIGHT = {"amount": "8,000円", "phone": "1111"}
CONFIRMED = "読み上げ、このとおりだと、ご本人に言っていただいた"


@laid(autouse=True)
def known_buyer(market_of_two: None) -> None:
    address = "〒920-0000 石川県金沢市架空町1-2"
    market.put_buyer(
        machine(), BuyerLine(ref="B-1", name="買手 花子", phone="090-0000-1111", address=address)
    )


def sent(order: str = "O-1", by: Actor | None = None) -> int:
    return actions.send_formal(by or buyer(), notice="return", order_ref=order)


def check(number: str = "O-1", by: Actor | None = None, channel: Channel = Channel.PHONE) -> str:
    return actions.check_caller(by or agent(), number=number, channel=channel, answers=RIGHT)


def read_out(passed: str, formal: int, by: Actor | None = None) -> str:
    return actions.settling_for_caller(by or agent(), check=passed, formal=formal, lang="ja")


def settle(passed: str, formal: int, by: Actor | None = None, *, read_back: str | None = None) -> None:
    if read_back is None:
        read_back = words.digest(read_out(passed, formal, by))
    actions.settle_formal_for_caller(
        by or agent(), check=passed, formal=formal, lang="ja", read_back=read_back
    )


def state(formal: int) -> str:
    return str(Formal.objects.values_list("state", flat=True).get(pk=formal))


def acts(formal: int) -> list[str]:
    return [act.kind for act in ledger.acts_about(f"contact.formal:{formal}")]


def test_what_was_read_out_and_confirmed_settles_the_notice_as_the_buyers_own_word() -> None:
    formal, passed = sent(), check()
    said = read_out(passed, formal)

    settle(passed, formal)

    about = f"contact.formal:{formal}"
    act = ledger.acts_about(about)[-1]
    assert act.content is not None
    recorded = act.content["payload"]
    assert formally.number_of(formal) in said
    assert "返品の通知" in said
    assert (state(formal), clocks.open_clocks(about)) == ("settled", ())
    assert cases.case_of(about).closed_at == MONDAY
    assert (act.kind, act.subject, act.content["by"]) == ("contact.settle_formal", "buyer:B-1", "agent:a")
    assert (recorded["through"], recorded["check"]) == ("phone", passed)
    assert recorded["read_back_sha256"] == words.digest(said)


def test_both_sides_hear_of_it_and_the_buyer_on_paper_for_it_may_not_have_been_them() -> None:
    formal = sent()
    settle(check(), formal)

    about = f"contact.formal:{formal}"
    told = outbox.notices(about=about, to="buyer:B-1")[0]
    assert told.template == "contact.formal_settled_by_telephone"
    assert "お心当たりがないとき" in told.body["ja"]
    assert formally.number_of(formal) in told.body["ja"]
    assert Letter.objects.filter(to="buyer:B-1").count() == 1
    assert outbox.notices(about=about, to="seller:S-1")[0].template == "contact.formal_settled"


def test_what_is_said_twice_has_one_effect_whoever_says_it() -> None:
    formal, passed = sent(), check()
    said = words.digest(read_out(passed, formal))
    settle(passed, formal)

    for again in (
        lambda: settle(passed, formal, read_back=said),
        lambda: read_out(passed, formal),
        lambda: actions.settle_formal(buyer(), formal=formal),
    ):
        with pytest.raises(Refusal) as refused:
            again()
        assert refused.value.code == "step-not-open"

    assert acts(formal) == ["contact.send_formal", "contact.settle_formal"]
    assert Letter.objects.filter(to="buyer:B-1").count() == 1


def test_nothing_is_settled_of_which_not_every_letter_was_confirmed() -> None:
    formal, other = sent(), sent()
    passed = check()

    for read_back in ("", "x", words.digest(read_out(passed, other))):
        with pytest.raises(Refusal) as refused:
            settle(passed, formal, read_back=read_back)
        assert refused.value.code == "not-read-back"

    assert (state(formal), acts(formal)) == ("arrived", ["contact.send_formal"])


def test_only_the_callers_own_notice_about_the_order_that_was_asked_about() -> None:
    market.put_buyer(machine(), BuyerLine(ref="B-9", name="別人"))
    ordered = MONDAY - timedelta(days=5)
    market.put_order(
        machine(), OrderLine(ref="O-9", buyer="B-9", seller="S-1", amount=8_000, ordered_at=ordered)
    )
    theirs, elsewhere = sent("O-9", actor("buyer:B-9", Role.BUYER)), sent("O-3")
    passed = check()

    for formal in (theirs, elsewhere, 999_999):
        for act in (lambda: settle(passed, formal, read_back="x"), lambda: read_out(passed, formal)):  # noqa: B023
            with pytest.raises(Refusal) as refused:
                act()
            assert refused.value.code == "nothing-here"

    assert (state(theirs), state(elsewhere)) == ("arrived", "arrived")


def test_a_letter_alone_settles_nothing() -> None:
    formal = sent()
    passed = check(channel=Channel.LETTER)

    for act in (lambda: settle(passed, formal, read_back="x"), lambda: read_out(passed, formal)):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "notice-needs-voice"


@pytest.mark.parametrize(
    "by",
    [
        *EVES,
        buyer(),
        seller(),
        lead(),
        actor("counsel:c", Role.COUNSEL),
        agent(MONDAY + timedelta(minutes=30)),
    ],
)
def test_a_check_is_for_its_agent_and_for_half_an_hour(by: Actor) -> None:
    formal, passed = sent(), check()

    for act in (lambda: settle(passed, formal, by, read_back="x"), lambda: read_out(passed, formal, by)):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "check-over"

    assert state(formal) == "arrived"


def test_staff_settle_nothing_without_a_caller() -> None:
    formal = sent()

    with pytest.raises(Refusal) as refused:
        actions.settle_formal(agent(), formal=formal)

    assert (refused.value.code, state(formal)) == ("step-not-yours", "arrived")


def passed_page(client: Client, channel: str = "phone") -> str:
    return str(client.post("/desk/callers/", {"number": "O-1", "channel": channel, **RIGHT})["Location"])


def test_the_pages_lead_from_the_caller_to_the_words_and_from_their_reading_to_what_to_say(
    enter: Enter,
) -> None:
    client = enter(Role.AGENT)
    formal = sent(by=buyer(now()))
    number = formally.number_of(formal)
    path = passed_page(client)
    mine = f"{path}settled/?notice={number}"

    begun = client.get(path).content.decode()
    asked = client.get(mine).content.decode()
    [digest] = re.findall(r'name="text" value="([0-9a-f]{64})"', asked)
    form = {"step": "send", "token": token(asked), "text": digest}
    unread = client.post(mine, form)
    done, again = (client.post(mine, form | {"read_back": "on"}) for _ in range(2))
    told = client.get(done["Location"]).content.decode()
    late = client.post(mine, form | {"token": "", "read_back": "on"})

    assert f'href="{mine}"' in begun
    assert CONFIRMED in asked
    assert (unread.status_code, "まだ記録されていません" in unread.content.decode()) == (422, True)
    assert done["Location"] == again["Location"] == f"/desk/callers/?taken={number}"
    assert "手続きが済んだと記録しました" in told
    assert f"受領証（{ledger.acts_about(f'contact.formal:{formal}')[0].number}番）" in told
    assert (late.status_code, "最新の状態をご確認ください" in late.content.decode()) == (409, True)
    assert acts(formal) == ["contact.send_formal", "contact.settle_formal"]
    assert mine not in client.get(path).content.decode()


def test_only_a_call_offers_it_and_the_case_says_where_to_begin(enter: Enter) -> None:
    formal = sent(by=buyer(now()))
    number = formally.number_of(formal)
    client, way = enter(Role.AGENT), f'href="/desk/callers/?number={number}"'

    letter = passed_page(client, "letter")
    refused = client.get(f"{letter}settled/?notice={number}")

    assert "/settled/" not in client.get(letter).content.decode()
    assert (refused.status_code, "読み上げて確かめていただく" in refused.content.decode()) == (409, True)
    assert way in client.get(f"/desk/cases/{number}/").content.decode()
    assert way not in enter(Role.COUNSEL).get(f"/desk/cases/{number}/").content.decode()
    actions.settle_formal(buyer(now()), formal=formal)
    assert way not in client.get(f"/desk/cases/{number}/").content.decode()
