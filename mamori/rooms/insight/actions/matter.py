"""The kind of matter that an improvement is: found locked and as seen, recorded, its clock settled; and what is refused."""

from __future__ import annotations

from typing import Any

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance
from mamori.ground.matters.seen import changed
from mamori.rooms.insight.acts import IMPROVEMENT_ACTS
from mamori.rooms.insight.lifecycle import IMPROVEMENT
from mamori.rooms.insight.models import Improvement
from mamori.rooms.insight.rules.standing import of_improvement

REMIND = "remind"
BY_PEOPLE = {kind: text for kind, text in IMPROVEMENT_ACTS.items() if not kind.endswith(REMIND)}


class NoSuchImprovement(Refusal, code="no-such-improvement", status=404):
    """Given when there is no such improvement for this hand."""

    text = Text(
        "この改善は見つかりません。番号をご確認ください。",
        "There is no such improvement. Please check its number.",
    )


class NobodyOwns(Refusal, code="nobody-owns", status=422):
    """Given when it is not said who owns an improvement."""

    text = Text("担当する人か部署を書いてください。", "Please say which person or department owns it.")


class NoSuchOwner(Refusal, code="no-such-owner", status=422):
    """Given when an improvement is given to somebody who does not work here, or not any more."""

    text = Text(
        "担当する人に、いま入れる社内のアカウントを選んでください。",
        "Please choose an owner who works here and can come in at present.",
    )


class NoSuchFigure(Refusal, code="no-such-figure", status=422):
    """Given when what is named is nothing that is counted, or has no month."""

    text = Text(
        "数えるものと月を、選べるものから選んでください。",
        "Please choose what is counted, and the month, from what is offered.",
    )


class ChangeToCome(Refusal, code="change-to-come", status=422):
    """Given when a change is recorded before its day."""

    text = Text(
        "まだ来ていない日です。変えたあとに、変えた日を書いてください。",
        "This day is to come. Please record the change once it was made.",
    )


class NotComparableYet(Refusal, code="not-comparable-yet", status=409):
    """Given when the months that are compared are not over."""

    text = Text(
        "比べる月がまだ終わっていません。{when}から比べられます。",
        "The months to compare are not over. They can be compared from {when} on.",
    )


class StillPublic(Refusal, code="improvement-still-public", status=409):
    """Given when something is given up that everybody reads."""

    text = Text(
        "公開中の改善は取りやめられません。先に責任者か法務担当が公開をやめてください。",
        "Everybody reads this improvement. A lead or counsel has to withdraw it first.",
    )


class NothingToRead(Refusal, code="improvement-nothing-to-read", status=409):
    """Given when something is published of which nothing was changed yet."""

    text = Text(
        "公開できるのは、変えたことを記録した改善だけです。先に変えたことを記録してください。",
        "Only where something was changed is there anything to publish. Please record the change first.",
    )


class BothLanguages(Refusal, code="improvement-both-languages", status=422):
    """Given when what came of it would be read in one language alone."""

    text = Text(
        "「どうなったか」は、日本語と英語の両方を書くか、両方を空にしてください。",
        "Please write what came of it in both languages, or in neither.",
    )


class WordsTellFew(Refusal, code="improvement-tells-few", status=422):
    """Given when words that everybody would read name a count that the figures hide."""

    text = Text(
        "公開する文に、5件に満たない件数が書かれています。件数を書かずに書き直してください。前と後の件数は自動で載ります。",
        "The words name a count below 5. Please say it without: the counts before and after appear by themselves.",
    )


class NotPublic(Refusal, code="improvement-not-public", status=409):
    """Given when something is withdrawn that nobody reads."""

    text = Text("この改善は公開していません。", "This improvement is not public.")


def about_improvement(number: int) -> str:
    """Return the name under which acts, clocks and notices know an improvement."""
    return f"insight.improvement:{number}"


def _record(act: Performance[Improvement], verb: str, *, reason: str = "", **told: Any) -> int:
    if verb != REMIND:
        act.matter.version += 1
        act.save("version")
    return ledger.record(
        act.hand,
        kind=f"insight.{verb}",
        subject=ledger.MARKET,
        about=about_improvement(act.matter.pk),
        reason=reason,
        payload={"state": act.matter.state, **told},
    )


def _settle(act: Performance[Improvement]) -> None:
    name = about_improvement(act.matter.pk)
    settlement.settle({name: of_improvement(act.matter)}, at=act.hand.at, why=act.verb)


def _find(hand: Hand, number: int, version: int | None) -> Improvement:
    row = Improvement.objects.select_for_update().filter(pk=number).first()
    if row is None or not (hand.is_staff or hand.role is Role.MACHINE):
        raise NoSuchImprovement
    if version is not None and version != row.version:
        raise changed(about_improvement(number), BY_PEOPLE)
    return row


IMPROVEMENTS: Kind[Improvement, int] = Kind(
    chart=IMPROVEMENT,
    find=_find,
    case=lambda row: about_improvement(row.pk),
    record=_record,
    settle=_settle,
)
