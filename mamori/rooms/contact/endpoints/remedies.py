"""A refund in the seller's place over JSON: a buyer asks for what may be given, and a person decides; the goods go back."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from ninja import Status

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.declared.records import NO_NUL, Part, Yen, form, says
from mamori.rooms.contact import actions
from mamori.rooms.contact.actions.remedy import AmountOutOfRange
from mamori.rooms.contact.claiming import KindNotOffered, NothingWasSent, RemedyHindered
from mamori.rooms.contact.endpoints.shapes import ThreadShown
from mamori.rooms.contact.endpoints.showing import shown, thread_of, trouble_of
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.granting import AgreementStands
from mamori.rooms.contact.ids import ThreadId
from mamori.rooms.contact.parcels import MOST as LONGEST_NUMBER, NoParcelNumber
from mamori.rooms.contact.rules.eligibility import Kind


class AmountOnlyForPart(Refusal, code="amount-only-for-part", status=422):
    """Given when an amount stands beside a wish for all of the money, which has its own."""

    text = Text(
        "「amount」は wish が part のときだけ書いてください。refund と return の額は決まっています。",
        "Please give “amount” where the wish is part only; the amount of refund and return is fixed.",
    )


ASKING = (
    NothingHere,
    RemedyHindered,
    AgreementStands,
    NothingWasSent,
    KindNotOffered,
    AmountOutOfRange,
    AmountOnlyForPart,
    StepNotOpen,
    StepNotYours,
)

SENDING = (NothingHere, NoParcelNumber, StepNotOpen, StepNotYours)


class RemedyAsked(Part, frozen=True, kw_only=True):
    """What a buyer asks for in the seller's place.  Yen."""

    wish: Annotated[
        Kind,
        says("どれを希望するか", "what is asked for"),
        Meta(extra=form("、".join(Kind), ", ".join(Kind))),
    ]
    amount: Annotated[
        Yen,
        says("希望する額(円)。part のときだけ", "how many yen, for part only"),
    ] = 0


def ask_remedy(actor: Actor, thread: ThreadId, body: RemedyAsked) -> Status[ThreadShown]:
    """Ask for money back, or to send the goods back, in the seller's place; asked again, the newest wish counts."""
    if body.amount and body.wish is not Kind.PART:
        raise AmountOnlyForPart
    trouble = trouble_of(thread_of(actor, thread))
    actions.ask_remedy(actor, trouble=trouble.pk, wish=body.wish, amount=body.amount)
    return Status(201, shown(actor, thread_of(actor, trouble.thread_id)))


class GoodsSent(Part, frozen=True, kw_only=True):
    """A parcel that a buyer handed over, on the return that was arranged."""

    tracking: Annotated[
        str,
        says(
            "送り状の追跡番号。こちらの送り状のままなら空でよい",
            "the number on the label; empty where it is the one of our label",
        ),
        Meta(
            max_length=LONGEST_NUMBER,
            pattern=NO_NUL,
            extra=form(
                f"英数字とハイフン、{LONGEST_NUMBER}文字まで",
                f"letters, digits and hyphens, at most {LONGEST_NUMBER}",
            ),
        ),
    ] = ""


def note_sent(actor: Actor, thread: ThreadId, body: GoodsSent) -> Status[ThreadShown]:
    """Take the buyer's word that the goods are on their way back; their arrival is awaited from now on."""
    trouble = trouble_of(thread_of(actor, thread))
    actions.note_sent(actor, trouble=trouble.pk, tracking=body.tracking)
    return Status(200, shown(actor, thread_of(actor, trouble.thread_id)))
