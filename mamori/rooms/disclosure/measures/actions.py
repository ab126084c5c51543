"""What the operator answers of a practice, and what somebody found on the page of JOMC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance, perform
from mamori.ground.matters.seen import ChangedMeanwhile, changed
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.web.signing.here import is_second, somebody_else
from mamori.japan.calendar import JAPAN, spoken
from mamori.law.reports import JOMC_LOOK
from mamori.rooms.disclosure import notices
from mamori.rooms.disclosure.actions.record import record, record_version
from mamori.rooms.disclosure.acts import MEASURE_ACTS
from mamori.rooms.disclosure.editions.queries import NoSuchEdition
from mamori.rooms.disclosure.handbook.rules import digest as digest_of
from mamori.rooms.disclosure.inputs import WhyDropped, WhyTakenBack
from mamori.rooms.disclosure.lifecycle import ANSWER, DECIDERS, AnswerState
from mamori.rooms.disclosure.measures.queries import (
    ABOUT_JOMC,
    BY_CODE,
    OUTLINES,
    NoSuchPracticeAnswer,
    about_answer,
    text_now,
)
from mamori.rooms.disclosure.measures.rules import (
    AnswerFault,
    AnswerSaid,
    AnswerSays,
    JomcFound,
    alone_at,
    faults,
    host_of,
)
from mamori.rooms.disclosure.models import JomcLook, PracticeAnswer

# What the operator answers of a practice: proposed by one and published by another, replaced by a newer one, taken back.


class NotDoneHere(Refusal, code="answer-not-here", status=422):
    """Given when a practice is said to be done here, and the house does nothing of it."""

    text = Text(
        "この仕組みには、この取組みの働きがありません。「この仕組みの外で行っている」か「行っていない」を選んでください。",
        "Nothing of it runs here. Please choose “done elsewhere” or “not done”.",
    )


class AnswerUnsaid(Refusal, code="answer-unsaid", status=422):
    """Given when something is said to be done elsewhere, and not what."""

    text = Text(
        "何をしているかを、日本語と英語の両方で書いてください。どちらの画面にも、この言葉がそのまま出ます。",
        "Please say in Japanese and in English what is done: these words stand on the page.",
    )


class AnswerUndated(Refusal, code="answer-undated", status=422):
    """Given when something is said to be done elsewhere, and not since when."""

    text = Text("いつから行っているかを書いてください。", "Please say since which day it is done.")


class DayToCome(Refusal, code="day-to-come", status=422):
    """Given when something is said to be done since a day that has not come."""

    text = Text(
        "始めた日には、今日までの日を書いてください。まだ始めていないことは公表できません。",
        "Please write a day that has come. What has not begun cannot be published.",
    )


class AnswerUnproved(Refusal, code="answer-unproved", status=422):
    """Given when something is said to be done elsewhere, and not what shows it."""

    text = Text(
        "行っていることが何からわかるか（規程、案内のページ、契約、報告など）を書いてください。公表されます。",
        "Please say what shows it, such as a rule, a page, a contract or a report. It is published.",
    )


class LinkNotHttps(Refusal, code="answer-link", status=422):
    """Given when a link does not lead to a page by https."""

    text = Text(
        "リンクには、https:// で始まるページのアドレスを、そのまま写してください。",
        "Please copy the address of a page as it is: one that starts with https://.",
    )


class AnswerWaitsAlready(Refusal, code="answer-waits-already", status=409):
    """Given when another answer of the same practice waits to be published."""

    text = Text(
        "この取組みには、公表を待つ答えがすでにあります。公表するか、取りやめてから書いてください。",
        "Another answer of this practice waits already. Please publish it or give it up first.",
    )


class AnswerNeedsAnother(Refusal, code="answer-needs-another", status=403):
    """Given when who proposed an answer would publish it, or somebody whom it brought in, and another is there who could."""

    text = Text(
        "公表には、書いた人とは別の責任者か法務担当の確認が要ります。",
        "Another lead or counsel than who wrote it has to publish an answer.",
    )


class AloneTooSoon(Refusal, code="answer-alone-too-soon", status=409):
    """Given when nobody else is there to publish an answer, and it was proposed just now."""

    text = Text(
        "確かめる人がほかにいないときは、{due}から一人で公表できます。もう一度読み直してから公表してください。",
        "As nobody else is there, it can be published by one person from {due} on. Please read it once more then.",
    )


REFUSALS: Mapping[AnswerFault, type[Refusal]] = {
    AnswerFault.NOT_HERE: NotDoneHere,
    AnswerFault.NO_WORDS: AnswerUnsaid,
    AnswerFault.NO_DAY: AnswerUndated,
    AnswerFault.DAY_TO_COME: DayToCome,
    AnswerFault.NO_PROOF: AnswerUnproved,
    AnswerFault.NOT_HTTPS: LinkNotHttps,
}
"""With what each fault of an answer is refused."""


def propose_answer(
    actor: Actor,
    *,
    practice: str,
    says: AnswerSays = AnswerSays.ELSEWHERE,
    title_ja: str = "",
    title_en: str = "",
    words_ja: str = "",
    words_en: str = "",
    since_on: date | None = None,
    shown: str = "",
    link: str = "",
) -> int:
    """Propose what is answered of a practice, or of something else under a title where that is ""; return its number."""
    if actor.role not in DECIDERS or (practice and practice not in BY_CODE):
        raise NoSuchPracticeAnswer
    said = AnswerSaid(
        practice=practice,
        says=says if practice else AnswerSays.ELSEWHERE,
        title_ja="" if practice else title_ja.strip(),
        title_en="" if practice else title_en.strip(),
        words_ja=words_ja.strip(),
        words_en=words_en.strip(),
        since_on=since_on,
        shown=shown.strip(),
        link=link.strip(),
    )
    for _, fault in faults(said, runs=practice in OUTLINES, today=actor.at.astimezone(JAPAN).date()):
        raise REFUSALS[fault]
    with memory.act():
        if practice and PracticeAnswer.objects.filter(practice=practice, state=AnswerState.PROPOSED).exists():
            raise AnswerWaitsAlready
        row = PracticeAnswer.objects.create(
            **asdict(said), proposed_at=actor.at, proposed_by=people.subject_of(actor)
        )
        record(actor, "answer_propose", about_answer(row.pk), practice=practice, says=row.says)
    return row.pk


def publish_answer(actor: Actor, *, answer: int, version: int | None = None) -> None:
    """Let everybody read what another person proposed, or after a day one's own where nobody else is there, which is said."""
    with perform(actor, ANSWERS, answer, version=version) as act:
        row = act.matter
        ANSWER.take("publish", AnswerState(row.state), actor.role)
        row.by_one = not is_second(actor, than=row.proposed_by)
        if row.by_one:
            if somebody_else((row.proposed_by,), roles=DECIDERS, at=actor.at):
                raise AnswerNeedsAnother
            if actor.at < alone_at(row.proposed_at):
                raise AloneTooSoon(due=spoken(alone_at(row.proposed_at)))
        _replace(act)
        act.step("publish")
        row.published_at = actor.at
        act.save("published_at", "by_one")
        act.record("answer_publish", practice=row.practice, says=row.says, by_one=row.by_one)


def drop_answer(actor: Actor, *, answer: int, reason: WhyDropped, version: int | None = None) -> None:
    """Give an answer up that was never published."""
    _close(actor, answer, "drop", reason, version)


def withdraw_answer(actor: Actor, *, answer: int, reason: WhyTakenBack, version: int | None = None) -> None:
    """Take an answer from the page at once, as false words must not wait; editions of its time keep it."""
    _close(actor, answer, "withdraw", reason, version)


def _close(actor: Actor, number: int, step: str, reason: str, version: int | None) -> None:
    with perform(actor, ANSWERS, number, version=version) as act:
        act.step(step)
        act.matter.closed_at = actor.at
        act.save("closed_at")
        act.record(f"answer_{step}", reason=reason)


def _replace(act: Performance[PracticeAnswer]) -> None:
    """Let what was answered of the same practice until now be replaced."""
    if not act.matter.practice:
        return
    published = PracticeAnswer.objects.select_for_update().filter(state=AnswerState.PUBLISHED)
    stands = published.filter(practice=act.matter.practice).first()
    if stands is None:
        return
    other = act.also(ANSWERS, stands)
    other.step("replace")
    stands.closed_at = act.actor.at
    stands.save(update_fields=("state", "closed_at"))  # before the other: one stands at a time
    other.record("answer_replace")


def _find(actor: Actor, number: int, version: int | None) -> PracticeAnswer:
    row = PracticeAnswer.objects.select_for_update().filter(pk=number).first()
    if row is None or actor.role not in DECIDERS:
        raise NoSuchPracticeAnswer
    if version is not None and version != row.version:
        raise changed(about_answer(number), MEASURE_ACTS)
    return row


ANSWERS: MatterKind[PracticeAnswer, int] = MatterKind(
    chart=ANSWER,
    find=_find,
    case=lambda row: about_answer(row.pk),
    record=record_version,
    settle=lambda act: None,
)


class JomcTextMoved(ChangedMeanwhile, code="jomc-text-moved", status=409):
    """Given when the text is another than the one with which the page was compared."""

    text = Text(
        "文が、お読みになったあとで変わりました。新しい文を読み、JOMCのページと見比べ直してから、記録してください。",
        "The text has changed since you read it. Please read the new one, compare the page with it, and record it then.",
    )


def look_at_jomc(actor: Actor, *, address: str, found: JomcFound, digest: str) -> None:
    """Record what somebody found on the page of JOMC, compared with the text of that digest; a clock asks for the next look."""
    if actor.role not in DECIDERS:
        raise NoSuchEdition
    if not host_of(address):
        raise LinkNotHttps
    with memory.act():
        if digest_of((text_now(actor.at),)) != digest:
            raise JomcTextMoved
        JomcLook.objects.select_for_update().order_by("-id").first()  # one look after the other
        row = JomcLook.objects.create(
            address=address, found=found.value, digest=digest, by=people.subject_of(actor), at=actor.at
        )
        record(actor, "jomc_look", ABOUT_JOMC, address=address, found=found.value, sha256=digest)
        _settle(row, actor, why="jomc_look")


def remind_jomc(actor: Actor) -> None:
    """Ask leads and counsel to look at the page of JOMC again; they are asked anew until somebody did."""
    if actor.role is not Role.MACHINE:
        raise NoSuchEdition
    with memory.act():
        row = JomcLook.objects.select_for_update().latest("id")
        for role in sorted(DECIDERS):
            values = {"day": spoken(row.at)}
            outbox.notify(
                to=role.value, template=notices.JOMC_DUE, values=values, about=ABOUT_JOMC, at=actor.at
            )
        record(actor, "jomc_remind", ABOUT_JOMC)
        _settle(row, actor, why="jomc_remind")


def _settle(row: JomcLook, actor: Actor, why: str) -> None:
    """Let the next look be asked for, where something stands there."""
    runs = [] if row.found == JomcFound.NOTHING else [Runs(JOMC_LOOK, since=row.at, again=True)]
    settlement.settle({ABOUT_JOMC: runs}, at=actor.at, why=why)
