"""A buyer lets somebody help with one conversation, and ends that; whoever helps comes in by a code."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.people.facts import Presence
from mamori.rooms.contact import helping, keeping, words
from mamori.rooms.contact.actions.leave import ThreadEnded
from mamori.rooms.contact.finding import buyers_thread
from mamori.rooms.contact.models import Helper

MOST = 3
DAYS = (7, 14, 30)
LONGEST_NAME = 40


class HelperNameless(Refusal):
    """Given when a helper has no name, or one that is too long."""

    code = "helper-name"
    status = 422
    text = Text(
        "頼む人の呼び名を{most}文字までで書いてください（例：長女の花子）。",
        "Please write what you call the person, in at most {most} characters (such as “my daughter Hanako”).",
    )


class TooManyHelpers(Refusal):
    """Given when a conversation has as many helpers as it may."""

    code = "too-many-helpers"
    status = 409
    text = Text(
        "頼める人は{most}人までです。もう頼まない人を取りやめてから、加えてください。",
        "At most {most} people may help. Please end it for somebody first.",
    )


class HelpCodeUnusable(Refusal):
    """Given for every code that does not hold, whatever is wrong with it."""

    code = "help-code-unusable"
    status = 410
    text = Text(
        "この番号では入れません。期限が過ぎたか、取りやめられたか、写し間違いです。頼んだご本人に確かめてください。",
        "This code does not open anything: it has run out, was ended, or was miscopied. Please ask who gave it to you.",
    )


def let_help(hand: Hand, *, thread: int, name: str, may_write: bool, days: int) -> str:
    """Let somebody help with this conversation, and return the code that is shown once.

    :raises HelperNameless, TooManyHelpers, ThreadEnded, NothingHere: as their sentences say.
    :raises ValueError: when `days` is none of those offered.
    """
    name = words.named(name)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise HelperNameless(most=LONGEST_NAME)
    if days not in DAYS:
        raise ValueError(days)
    code = helping.new_code()
    with transaction.atomic():
        found = buyers_thread(hand, thread)
        if found.closed_at is not None:
            raise ThreadEnded()
        if len(helping.helpers(found, hand.at)) >= MOST:
            raise TooManyHelpers(most=MOST)
        helper = Helper.objects.create(
            thread=found,
            digest=helping.digest(code),
            sealed=helping.sealed_name(found, code, name),
            may_write=may_write,
            given_at=hand.at,
            until=hand.at + timedelta(days=days),
        )
        keeping.keep(hand, found, "let_help", helper=helper.pk, may_write=may_write, days=days)
    return code


def end_help(hand: Hand, *, thread: int, helper: int) -> None:
    """Let somebody help no more; a running visit of theirs sees nothing from the next page on.

    :raises NothingHere: when the thread is not this buyer's.
    """
    with transaction.atomic():
        found = buyers_thread(hand, thread)
        if Helper.objects.filter(helping.holds(hand.at), pk=helper, thread=found).update(ended_at=hand.at):
            keeping.keep(hand, found, "end_help", helper=helper)


def come_to_help(*, code: str, at: datetime, request: str = "") -> tuple[Presence, str]:
    """Return who comes in by a code, and the number of the case they help with; the buyer sees that they came.

    :raises HelpCodeUnusable: for every code that does not hold.
    """
    with transaction.atomic():
        helper = (
            Helper.objects.select_related("thread")
            .filter(helping.holds(at), digest=helping.digest(code))
            .first()
        )
        if helper is None:
            raise HelpCodeUnusable()
        thread = helper.thread
        name = helping.name_of(thread, helper)
        if not name:  # the buyer was erased
            raise HelpCodeUnusable()
        by = helping.who(thread, helper)
        hand = Hand(by=by, role=Role.HELPER, at=at, via="web", request=request)
        keeping.keep(hand, thread, "come_to_help", helper=helper.pk)
        return Presence(who=by, role=Role.HELPER, name=name), keeping.case_number(keeping.about(thread))
