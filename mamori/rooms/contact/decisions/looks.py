"""What is decided on an emergency look: somebody else confirms it or objects, and by that buyer and seller are told."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.contact import actions
from mamori.rooms.contact.inputs import Reason
from mamori.rooms.contact.queries.staff import LookShown

ANOTHERS = Text(
    "読んだ人とは別の担当者が確かめます。ほかに確かめられる人がいないときは、外部の人に知らせ、期間がたつのを待ちます。",
    "Somebody other than the reader says whether there was danger. Where nobody else could, an outside reader is told, and it "
    "waits for its time.",
)


def _why_read(look: LookShown) -> Text:
    return Text("記録された理由：{reason}", "Recorded reason: {reason}").fill(reason=look.reason or "—")


def _confirm(actor: Actor, *, look: LookShown, version: int | None = None) -> None:
    actions.confirm_look(actor, thread=look.thread, look=look.key, version=version)


def _object(actor: Actor, *, look: LookShown, reason: Reason, version: int | None = None) -> None:
    actions.object_to_look(actor, thread=look.thread, look=look.key, reason=reason, version=version)


SECOND_READER: tuple[Decision[LookShown], ...] = (
    Decision(
        slug="confirm-look",
        title=Text("緊急時の閲覧を確かめる", "Confirm an emergency look"),
        lead=Text(
            "差し迫った危険があったかを、本文は見ずに、記録された理由で判断してください。判断を記録すると、読んだことを購入者と"
            "出品者にすぐ知らせます（理由と、読んだ人の名前は知らせません）。今知らせるとだれかに危険が及ぶときは、まだ記録せず、"
            "責任者か法務担当に伝えてください。記録されるまで、責任者に知らせ続けます。",
            "Please say whether there was imminent danger by the recorded reason, without reading the words. Once your decision "
            "is recorded, buyer and seller are told at once that it was read, neither why nor by whom. If to be told now would "
            "endanger somebody, do not record it yet and say so to a lead or counsel; the leads are reminded until it is.",
        ),
        button=Text("危険があったと確かめた", "There was danger: confirm"),
        done={
            "confirm_look": Text(
                "緊急時の閲覧を確かめたと記録し、購入者と出品者に知らせました。",
                "Your confirmation was recorded; buyer and seller were told.",
            )
        },
        verb=_confirm,
        is_there=lambda look: look.waits,
        closed=lambda look: ANOTHERS if look.is_closed else None,
        warns=_why_read,
    ),
    Decision(
        slug="object-to-look",
        title=Text("緊急時の閲覧に異議を述べる", "Object to an emergency look"),
        lead=Text(
            "差し迫った危険があったとは認められないときに。本文は見ずに判断してください。責任者と、購入者・出品者にすぐ知らせます。今知らせると"
            "だれかに危険が及ぶときは、まだ記録せず、責任者か法務担当に伝えてください。",
            "For when there was no imminent danger. Please decide without reading the words. A lead, and buyer and seller, are "
            "told at once. If to be told now would endanger somebody, do not record it yet and say so to a lead or counsel.",
        ),
        button=Text("異議を記録する", "Record the objection"),
        done={
            "object_to_look": Text(
                "異議を記録し、責任者と、購入者・出品者に知らせました。",
                "Your objection was recorded; a lead, and buyer and seller, were told.",
            )
        },
        verb=_object,
        is_there=lambda look: look.waits and not look.is_closed,
        warns=_why_read,
        tone="grave",
    ),
)
