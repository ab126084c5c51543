"""An announcement is written by one and published by another, each promise in it grounded; a correction stands beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.people.models import Account, Introduction
from mamori.law.news import NewsTopic
from mamori.rooms.outreach import queries
from mamori.rooms.outreach.announcements import actions
from mamori.rooms.outreach.announcements.actions import (
    MOST_CLAIMS,
    CorrectionUnderWay,
    NoSuchAnnouncement,
    NotByItsWriter,
    NotInTheText,
    NotPublished,
    NotWritable,
    TooManyGrounds,
    Ungrounded,
    about_news,
)
from mamori.rooms.outreach.models import Announcement
from mamori.rooms.outreach.rules import GroundedClaim
from mamori.rooms.outreach.tests.conftest import MONDAY, actor, machine, seller

pytestmark = pytest.mark.django_db

PLAIN = actions.AnnouncementWords(
    topic=NewsTopic.PRODUCT_SAFETY,
    title="製品安全誓約に署名しました",
    title_en="We signed the pledge",
    body="危険な製品を減らします。",
    body_en="Fewer dangerous goods.",
)
COUNTED = replace(PLAIN, title="偽物1,200件を取り除きました", body="去年の倍の速さです。")
CLAIM = GroundedClaim(said="1,200件", means="取り除いた出品の数", on=date(2026, 9, 30), evidence="措置の記録")


@pytest.fixture
def staff(db: None) -> dict[str, Actor]:
    """An agent, two leads and counsel, all here for long."""
    found = {}
    for name, role in (("ana", "agent"), ("lea", "lead"), ("leo", "lead"), ("kai", "counsel")):
        account = Account.objects.create(
            email=f"{name}@example.jp", name=name, role=role, added_at=MONDAY - timedelta(days=60)
        )
        found[name] = actor(f"{role}:{account.pk}", Role(role))
    return found


@pytest.fixture
def publish(staff: dict[str, Actor]) -> Callable[..., int]:
    """Let an agent write and propose something, and a lead publish it."""

    def published(words: actions.AnnouncementWords = PLAIN, number: int = 0) -> int:
        made = actions.write_announcement(staff["ana"], announcement=number, words=words)
        actions.propose_announcement(staff["ana"], announcement=made)
        actions.publish_announcement(staff["lea"], announcement=made)
        return made

    return published


def test_nobody_reads_it_before_another_person_published_it(staff: dict[str, Actor]) -> None:
    number = actions.write_announcement(staff["ana"], announcement=0, words=PLAIN)
    actions.propose_announcement(staff["ana"], announcement=number)
    before = queries.news()

    actions.publish_announcement(staff["lea"], announcement=number)

    [shown] = queries.news()
    assert before == ()
    assert shown.title.ja == PLAIN.title
    assert shown.row.published_at == MONDAY
    assert ledger.acts_about(about_news(number))[-1].content["payload"]["digest"] == shown.row.digest
    assert shown.receipt


def test_who_wrote_on_it_does_not_publish_it_nor_whom_they_brought_in(staff: dict[str, Actor]) -> None:
    number = actions.write_announcement(staff["lea"], announcement=0, words=PLAIN)
    actions.write_announcement(staff["ana"], announcement=number, words=replace(PLAIN, body="直しました。"))
    actions.propose_announcement(staff["ana"], announcement=number)

    with pytest.raises(NotByItsWriter):
        actions.publish_announcement(staff["lea"], announcement=number)
    leo = f"staff:{staff['leo'].by.partition(':')[2]}"
    Introduction.objects.create(
        account_id=int(leo.partition(":")[2]), by=f"staff:{staff['lea'].by.partition(':')[2]}", at=MONDAY
    )
    with pytest.raises(NotByItsWriter):
        actions.publish_announcement(staff["leo"], announcement=number)
    actions.publish_announcement(staff["kai"], announcement=number)

    assert queries.news()


def test_what_promises_something_is_not_proposed_without_its_ground(staff: dict[str, Actor]) -> None:
    number = actions.write_announcement(staff["ana"], announcement=0, words=COUNTED)

    with pytest.raises(Ungrounded, match="1,200件"):
        actions.propose_announcement(staff["ana"], announcement=number)
    actions.ground_claim(staff["ana"], announcement=number, claim=CLAIM)
    actions.propose_announcement(staff["ana"], announcement=number)

    shown = queries.announcement(number)
    assert shown is not None
    assert shown.claims == (CLAIM,)


def test_a_ground_whose_words_are_gone_goes_and_what_is_new_needs_one(staff: dict[str, Actor]) -> None:
    number = actions.write_announcement(staff["ana"], announcement=0, words=COUNTED)
    actions.ground_claim(staff["ana"], announcement=number, claim=CLAIM)
    actions.write_announcement(
        staff["ana"], announcement=number, words=replace(COUNTED, title="偽物1,300件を取り除きました")
    )

    with pytest.raises(Ungrounded, match="1,300件"):
        actions.propose_announcement(staff["ana"], announcement=number)
    actions.write_announcement(staff["ana"], announcement=number, words=PLAIN)
    actions.propose_announcement(staff["ana"], announcement=number)

    shown = queries.announcement(number)
    assert shown is not None
    assert shown.claims == ()


def test_a_ground_is_of_words_that_stand_there_once_and_there_are_not_too_many(
    staff: dict[str, Actor],
) -> None:
    words = "、".join(f"{n}件" for n in range(1, MOST_CLAIMS + 2))
    number = actions.write_announcement(staff["ana"], announcement=0, words=replace(PLAIN, body=words))

    with pytest.raises(NotInTheText):
        actions.ground_claim(staff["ana"], announcement=number, claim=CLAIM)
    for n in range(1, MOST_CLAIMS + 1):
        actions.ground_claim(staff["ana"], announcement=number, claim=replace(CLAIM, said=f"{n}件"))
    actions.ground_claim(staff["ana"], announcement=number, claim=replace(CLAIM, said="1件", means="改めた"))
    with pytest.raises(TooManyGrounds):
        actions.ground_claim(staff["ana"], announcement=number, claim=replace(CLAIM, said="21件"))

    row = Announcement.objects.get(pk=number)
    assert [one["means"] for one in row.claims if one["said"] == "1件"] == ["改めた"]
    assert len(row.claims) == MOST_CLAIMS


def test_what_waits_or_was_published_is_never_rewritten(staff: dict[str, Actor]) -> None:
    number = actions.write_announcement(staff["ana"], announcement=0, words=PLAIN)
    actions.propose_announcement(staff["ana"], announcement=number)
    for _ in ("proposed", "published"):
        with pytest.raises(NotWritable):
            actions.write_announcement(staff["ana"], announcement=number, words=COUNTED)
        with pytest.raises(NotWritable):
            actions.ground_claim(staff["ana"], announcement=number, claim=CLAIM)
        if queries.news() == ():
            actions.publish_announcement(staff["lea"], announcement=number)

    assert Announcement.objects.get(pk=number).title == PLAIN.title


def test_what_is_sent_back_is_written_anew_and_its_writer_reads_why(staff: dict[str, Actor]) -> None:
    number = actions.write_announcement(staff["ana"], announcement=0, words=PLAIN)
    actions.propose_announcement(staff["ana"], announcement=number)

    actions.send_back_announcement(staff["lea"], announcement=number, reason="日付がない")

    shown = queries.announcement(number)
    assert shown is not None
    assert shown.sent_back_because == "日付がない"
    with pytest.raises(ChangedMeanwhile, match="sent back"):
        actions.write_announcement(staff["ana"], announcement=number, words=PLAIN, version=1)


def test_a_correction_takes_the_place_of_what_it_corrects_and_both_can_be_read(
    staff: dict[str, Actor], publish: Callable[..., int]
) -> None:
    first = publish()

    second = actions.correct_announcement(staff["ana"], announcement=first, reason="数を誤った")
    with pytest.raises(CorrectionUnderWay):
        actions.correct_announcement(staff["lea"], announcement=first, reason="もう一度")
    while_written = queries.news()
    publish(replace(PLAIN, body="正しい本文。", note="本文の誤りを直しました。"), second)

    [now] = queries.news()
    assert while_written[0].row.pk == first
    assert (now.row.pk, now.row.edition, now.note and now.note.ja) == (second, 2, "本文の誤りを直しました。")
    versions = queries.versions_of(now.row.series, public=True)
    assert [(one.row.edition, one.row.body) for one in versions] == [(2, "正しい本文。"), (1, PLAIN.body)]
    assert ledger.acts_about(about_news(first))[-1].kind == "outreach.replace_announcement"


def test_only_what_is_published_is_corrected_or_withdrawn(staff: dict[str, Actor]) -> None:
    number = actions.write_announcement(staff["ana"], announcement=0, words=PLAIN)

    with pytest.raises(NotPublished):
        actions.correct_announcement(staff["ana"], announcement=number, reason="x")
    with pytest.raises(StepNotOpen):
        actions.withdraw_announcement(staff["lea"], announcement=number, reason="x")
    actions.drop_announcement(staff["ana"], announcement=number, reason="やめた")

    assert queries.versions_of(number, public=True) == ()


def test_one_person_withdraws_at_once_and_everybody_reads_why(
    staff: dict[str, Actor], publish: Callable[..., int]
) -> None:
    number = publish()

    with pytest.raises(StepNotYours):
        actions.withdraw_announcement(staff["ana"], announcement=number, reason="誤り")
    actions.withdraw_announcement(staff["lea"], announcement=number, reason="数に誤りがありました")

    [shown] = queries.news()
    assert shown.is_withdrawn
    assert shown.row.withdrawn_because == "数に誤りがありました"


def test_nobody_but_staff_has_to_do_with_it(staff: dict[str, Actor], publish: Callable[..., int]) -> None:
    number = publish()
    eves = (machine(), seller(), actor("buyer:B-1", Role.BUYER), actor("", Role.ANONYMOUS))

    for nobody in eves:
        with pytest.raises(NoSuchAnnouncement):
            actions.withdraw_announcement(nobody, announcement=number, reason="x")
        with pytest.raises(NoSuchAnnouncement):
            actions.write_announcement(nobody, announcement=0, words=PLAIN)
    with pytest.raises(NoSuchAnnouncement):
        actions.propose_announcement(staff["ana"], announcement=number + 99)
    with pytest.raises(actions.NoSuchAnnouncement):
        queries.announcement(number + 99)


def test_news_are_narrowed_to_a_topic_and_an_unknown_one_narrows_nothing(publish: Callable[..., int]) -> None:
    publish()
    publish(replace(PLAIN, topic=NewsTopic.FRAUD, title="詐欺にご注意ください"))

    assert [one.topic for one in queries.news(topic="fraud")] == [NewsTopic.FRAUD]
    assert len(queries.news(topic="nothing")) == 2
