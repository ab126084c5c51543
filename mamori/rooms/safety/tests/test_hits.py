"""An officer's list is held against the listings, and a person says which are meant before anything is done within it."""

from __future__ import annotations

from io import BytesIO

import pytest

from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.market.facts import Unfound
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.rooms.safety.hits import actions, queries
from mamori.rooms.safety.hits.queries import HitGroup
from mamori.rooms.safety.hits.rules import HitWay
from mamori.rooms.safety.models import RequestLine
from mamori.rooms.safety.tests import requested as told
from tests.laid import laid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listed")]
AGENT = told.actor()
SHEET = """製品名\tブランド\t型番\tURL
ヒーター\tAcme\tHX-200\t
充電器\t\t\thttps://market.example.jp/items/L-2
赤いおもちゃ全般\t\t\t
扇風機\t\t\thttps://other.example.com/items/9
ヒーター\tAcme\tHX-201\t
終わった品\t\t\thttps://market.example.jp/items/L-4
"""


@laid
def listed(db: None) -> None:
    told.shops()
    told.listing("L-1", name="Acme ヒーター HX-200", brand="Acme", model="HX-200", category="暖房器具")
    told.listing("L-2", "S-2", name="充電器")
    told.gone("L-4")


def read(number: int, pasted: str = SHEET, *, add: bool = False) -> int:
    return actions.list_goods(AGENT, request=number, pasted=pasted, add=add)


def test_each_line_says_what_was_found_and_why_or_why_nothing_was() -> None:
    number = told.request()

    assert read(number) == 6
    assert told.found(number) == [
        (1, "L-1", "brand_model"),
        (2, "L-2", "url"),
        (5, "L-1", "other_model"),
        (6, "L-4", "url"),
    ]
    missing = dict(RequestLine.objects.order_by("number").values_list("number", "missing"))
    assert missing == {
        1: "",
        2: "",
        3: Unfound.VAGUE,
        4: Unfound.ELSEWHERE,
        5: Unfound.NONE,
        6: Unfound.GONE,
    }
    assert told.hits(number)[0].category == "暖房器具"


def test_a_vague_line_is_answered_with_a_question_in_the_senders_own_words() -> None:
    number = told.request()
    read(number)

    shown = queries.hits_page(number, HitGroup.MISSING, 1)
    asked = {one.number: one.question for one in shown.missing}
    assert [one for one, said in asked.items() if said] == [3]
    assert asked[3] is not None
    assert asked[3].ja.startswith("「赤いおもちゃ全般」だけでは")


def test_near_misses_stand_apart_and_are_not_ticked() -> None:
    number = told.request()
    read(number)

    sure = queries.hits_page(number, HitGroup.SURE, 1)
    near = queries.hits_page(number, HitGroup.NEAR, 1)
    assert [(one.number, one.is_ticked) for one in sure.hits] == [(1, True), (2, True), (6, True)]
    assert [(one.number, one.is_ticked) for one in near.hits] == [(5, False)]
    assert near.counts == {HitGroup.SURE: 3, HitGroup.NEAR: 1, HitGroup.MISSING: 4}


def test_a_file_is_read_as_well_as_what_is_pasted() -> None:
    number = told.request()
    sheet = SHEET.replace("\t", ",").encode("utf-8-sig")

    assert actions.list_goods(AGENT, request=number, sent=BytesIO(sheet)) == 6
    assert len(told.hits(number)) == 4


def test_numbers_that_somebody_found_stand_for_a_request_in_words() -> None:
    number = told.request()

    read(number, "L-1")
    read(number, "L-2", add=True)
    assert told.found(number) == [(1, "L-1", "number"), (2, "L-2", "number")]


def test_a_corrected_list_takes_the_place_of_the_first_and_keeps_what_was_judged() -> None:
    number = told.request()
    read(number)
    first = told.hits(number)[0]
    actions.judge_hits(AGENT, request=number, meant=[first.pk], among=[first.pk])

    read(number, "商品番号\nL-2\nL-1")
    assert [(one.listing_ref, one.meant_at is not None) for one in told.hits(number)] == [
        ("L-2", False),
        ("L-1", True),
    ]


def test_a_list_upon_which_something_was_done_is_only_added_to() -> None:
    number = told.request(verified=False)
    read(number, "L-1")
    actions.judge_sure(AGENT, request=number)
    actions.act_on(AGENT, request=number, way=HitWay.OWN)

    with pytest.raises(actions.ListActedOn):
        read(number, "L-2")
    assert read(number, "L-2", add=True) == 2
    assert [one.listing_ref for one in told.hits(number)] == ["L-1", "L-2"]


def test_the_list_that_came_with_it_is_held_against_the_listings_again_without_a_new_one() -> None:
    number = told.request()
    read(number, "L-9")
    assert told.found(number) == []
    told.listing("L-9")

    read(number, "")
    assert told.found(number) == [(1, "L-9", "number")]


def test_confirming_waits_for_every_candidate_and_for_who_sent_it() -> None:
    number = told.request()
    read(number)
    with pytest.raises(actions.HitsUnjudged) as refused:
        actions.confirm_hits(AGENT, request=number)
    assert "4件" in refused.value.sentence.ja

    actions.judge_sure(AGENT, request=number)
    with pytest.raises(actions.HitsUnjudged):
        actions.confirm_hits(AGENT, request=number)
    actions.rule_out_rest(AGENT, request=number)
    actions.confirm_hits(AGENT, request=number)
    assert told.row(number).state == "confirmed"
    assert [one.meant_at is not None for one in told.hits(number)] == [True, True, False, True]


def test_what_nobody_verified_is_not_confirmed() -> None:
    number = told.request(verified=False)
    with pytest.raises(StepNotOpen):
        actions.confirm_hits(AGENT, request=number)
    assert told.row(number).state == "received"


def test_a_request_that_means_nothing_here_is_acted_upon_once_it_is_confirmed() -> None:
    number = told.request()
    read(number, "URL\nhttps://other.example.com/items/9")

    actions.confirm_hits(AGENT, request=number)
    assert told.row(number).state == "acted"
    assert told.row(number).acted_at == AGENT.at


def test_only_candidates_of_this_request_are_judged_and_only_as_the_page_showed_it() -> None:
    number, other = told.request(), told.request()
    read(number), read(other)
    foreign = told.hits(other)[0].pk
    with pytest.raises(actions.NoSuchHit):
        actions.judge_hits(AGENT, request=number, meant=[foreign], among=[foreign])
    with pytest.raises(actions.NoSuchHit):
        actions.judge_hits(AGENT, request=number, meant=[foreign], among=[])
    with pytest.raises(ChangedMeanwhile):
        actions.judge_sure(AGENT, request=number, version=told.row(number).version - 1)
    assert not any(one.judged_by for one in (*told.hits(number), *told.hits(other)))


def test_a_machine_judges_nothing() -> None:
    number = told.request()
    read(number)
    with pytest.raises(StepNotYours):
        actions.judge_sure(told.machine(), request=number)
