"""Usual texts: declared by topic for both sides, a seller's own, never advertising, filled in with a number only."""

from __future__ import annotations

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.post.facts import promoting
from mamori.ground.seal import actions as sealing
from mamori.rooms.contact import actions, phrases
from mamori.rooms.contact.models import Phrase
from mamori.rooms.contact.phrases import ANSWERS, STARTS
from mamori.rooms.contact.tests.conftest import EVES, FRIDAY, MONDAY, actor, buyer, open_trouble, seller
from mamori.rooms.contact.tests.test_buyer_pages import now, number_of, token
from mamori.rooms.contact.topics import SUBJECTS, Topic

pytestmark = pytest.mark.usefixtures("market_of_two")

WORDS = "{order} を本日発送しました。"


def test_every_topic_is_asked_before_or_after_and_has_usual_words() -> None:
    assert set(SUBJECTS) == set(STARTS) == set(ANSWERS) == set(Topic)
    assert all(subject.before or subject.after for subject in SUBJECTS.values())
    assert all(STARTS[topic].ja and STARTS[topic].en and ANSWERS[topic] for topic in Topic)


def test_no_declared_text_advertises() -> None:
    texts = [*STARTS.values(), *(one.words for usual in ANSWERS.values() for one in usual)]

    assert {word for text in texts for word in promoting(f"{text.ja}\n{text.en}")} == set()
    assert promoting("今だけ全品セール") == ("セール", "今だけ")


def test_a_seller_keeps_a_text_sealed_and_a_delegate_uses_it() -> None:
    actions.keep_phrase(seller(), name=" 発送\n済み ", said=WORDS)
    actions.keep_phrase(
        actor("seller:S-1/hanako", Role.DELEGATE, FRIDAY), name="お待たせ", said="お待ちください"
    )

    found = phrases.phrases("S-1")
    assert [(one.name, one.words) for one in found] == [("発送 済み", WORDS), ("お待たせ", "お待ちください")]
    assert not any(WORDS.encode() in bytes(row.sealed) for row in Phrase.objects.all())
    assert phrases.phrases("S-2") == ()
    assert phrases.filled(WORDS, "O-1") == "O-1 を本日発送しました。"


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("新作", "クーポンを差し上げます", "phrase-advertises"),
        ("SALE", "Big sale!", "phrase-advertises"),
        ("名前", "{buyer} 様", "phrase-place-unknown"),
        ("名前", "{order!r}", "phrase-place-unknown"),
        ("名前", "{", "phrase-place-unknown"),
        ("名前", "{{order}}", "phrase-place-unknown"),
        ("名前", "{}", "phrase-place-unknown"),
        ("", "文", "phrase-name"),
        ("\u202e", "文", "phrase-name"),
        ("あ" * 41, "文", "phrase-name"),
        ("名前", " \n", "no-words"),
        ("名前", "あ" * 50_000, "too-many-words"),
    ],
)
def test_a_text_that_cannot_be_one_is_refused_with_what_to_do(name: str, said: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        actions.keep_phrase(seller(), name=name, said=said)

    assert refused.value.code == code
    assert "{{" not in refused.value.sentence.ja
    assert not Phrase.objects.exists()


def test_names_are_told_apart_and_there_are_only_so_many() -> None:
    for number in range(phrases.MOST):
        actions.keep_phrase(seller(), name=f"文{number}", said="本文")

    with pytest.raises(Refusal) as many:
        actions.keep_phrase(seller(), name="もう一つ", said="本文")
    actions.drop_phrase(seller(), phrase=phrases.phrases("S-1")[0].id)
    left = phrases.phrases("S-1")[0].name
    with pytest.raises(Refusal) as same:
        actions.keep_phrase(seller(), name=left, said="本文")

    assert (many.value.code, same.value.code) == ("too-many-phrases", "phrase-name")


def test_an_unknown_seller_is_told_so() -> None:
    with pytest.raises(Refusal) as refused:
        actions.keep_phrase(actor("seller:S-9", Role.SELLER), name="名", said="本文")

    assert refused.value.code == "no-such-seller"


@pytest.mark.parametrize(
    "eve", [e for e in EVES if e.role in (Role.BUYER, Role.ANONYMOUS, Role.OFFICER)] + [buyer()]
)
def test_nobody_else_keeps_or_drops(eve: Actor) -> None:
    actions.keep_phrase(seller(), name="発送", said=WORDS)
    mine = phrases.phrases("S-1")[0].id

    for act in (
        lambda: actions.keep_phrase(eve, name="名", said="本文"),
        lambda: actions.drop_phrase(eve, phrase=mine),
    ):
        with pytest.raises(Refusal):
            act()
    actions.drop_phrase(actor("seller:S-2", Role.SELLER), phrase=mine)
    actions.drop_phrase(seller(), phrase="keine")

    assert len(phrases.phrases("S-1")) == 1


def test_an_erased_seller_has_none() -> None:
    actions.keep_phrase(seller(), name="発送", said=WORDS)

    sealing.shred(subject="seller:S-1", at=MONDAY)

    assert phrases.phrases("S-1") == ()


def test_a_text_is_chosen_where_one_answers_and_comes_with_the_number(enter: Enter) -> None:
    number = number_of(open_trouble(now()))
    client: Client = enter(Role.SELLER, "seller:S-1")
    page = client.get("/seller/phrases/").content.decode()
    kept = client.post("/seller/phrases/", {"token": token(page), "name": "発送", "said": WORDS}, follow=True)
    mine = phrases.phrases("S-1")[0].id
    thread = f"/seller/threads/{number}/"

    own = client.get(f"{thread}?use={mine}").content.decode()
    declared = client.get(f"{thread}?use=exchange").content.decode()
    none = client.get(f"{thread}?use=nothing").content.decode()
    eve = enter(Role.SELLER, "seller:S-2").get(f"/seller/phrases/?use={mine}").content.decode()
    dropped = client.post("/seller/phrases/", {"act": "drop", "phrase": mine}, follow=True)

    assert "定型文を加えました。" in kept.content.decode()
    assert "O-1 を本日発送しました。</textarea>" in own
    assert "O-1 の交換品を" in declared
    assert "交換品を" not in none.split("<textarea")[1].split("</textarea>")[0]
    assert WORDS not in eve
    assert "定型文を消しました。" in dropped.content.decode()


def test_a_refused_text_is_given_back_with_what_was_typed(enter: Enter) -> None:
    client: Client = enter(Role.SELLER, "seller:S-1")

    answer = client.post("/seller/phrases/", {"name": "宣伝", "said": "全品セール中です"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "宣伝にあたる言葉が入っています（セール）" in page
    assert "全品セール中です</textarea>" in page


def test_a_buyer_begins_with_the_usual_words_of_the_topic_and_loses_none_of_their_own(enter: Enter) -> None:
    client: Client = enter(Role.BUYER, "buyer:B-1")
    client.post("/report/topic/?order=O-1", {"topic": "not_arrived"})
    client.post("/report/harm/", {"harm": "money"})

    plain = client.get("/report/words/").content.decode()
    begun = client.get("/report/words/?start=1").content.decode()
    client.post("/report/words/?start=1", {"said": "自分の言葉"})
    again = client.get("/report/words/?start=1").content.decode()

    assert "?start=1" in plain
    assert "商品がまだ届いていません" in begun
    assert "自分の言葉</textarea>" in again
    assert "商品がまだ届いていません" not in again
