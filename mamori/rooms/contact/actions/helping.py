"""A buyer lets somebody help with one conversation, and ends that; whoever helps comes in by a code."""

from __future__ import annotations

from datetime import datetime, timedelta

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.people.facts import Presence
from mamori.japan import written
from mamori.rooms.contact import helping, keeping, offernotices
from mamori.rooms.contact.actions.callers import NotReadBack, the_check
from mamori.rooms.contact.actions.leave import ThreadEnded
from mamori.rooms.contact.finding import NothingHere, buyers_thread, the_thread
from mamori.rooms.contact.models import Helper, Thread
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.rules.helping import May, meant

MOST = 3
DAYS = (7, 14, 30)
LONGEST_NAME = 40


class HelperNameless(Refusal, code="helper-name", status=422):
    """Given when a helper has no name, or one that is too long."""

    text = Text(
        "頼む人の呼び名を{most}文字までで書いてください（例：長女の花子）。",
        "Please write what you call the person, in at most {most} characters (such as “my daughter Hanako”).",
    )


class TooManyHelpers(Refusal, code="too-many-helpers", status=409):
    """Given when a conversation has as many helpers as it may."""

    text = Text(
        "頼める人は{most}人までです。もう頼まない人を取りやめてから、加えてください。",
        "At most {most} people may help. Please end it for somebody first.",
    )


class HelpCodeUnusable(Refusal, code="help-code-unusable", status=410):
    """Given for every code that does not hold, whatever is wrong with it."""

    text = Text(
        "この合言葉では入れません。期限が過ぎたか、取りやめられたか、写し間違いです。頼んだご本人に確かめてください。",
        "This code does not open anything: it has run out, was ended, or was miscopied. Please ask who gave it to you.",
    )


class NoSuchHelper(Refusal, code="no-such-helper", status=422):
    """Given when what a caller says names no helper of theirs, or more than one; whom they let help is not said."""

    text = Text(
        "その呼び名で頼まれている人は、1人に決まりませんでした。頼んだときにお書きになった呼び名を、もう一度伺ってください。"
        "まだ頼んでいないときは、ご本人のページで頼めます。",
        "That name stands for nobody who helps here, or for more than one. Please ask again what the buyer called the person. "
        "Somebody who was not let help yet can be let on the buyer's page.",
    )


class ConsentNeedsVoice(Refusal, code="consent-needs-voice", status=409):
    """Given when it is a letter that lets a helper decide: nobody could read out what that means."""

    text = Text(
        "手紙では任せられません。説明を聞いて「はい」と言っていただく必要があるため、登録の番号に電話して伺ってください。",
        "This cannot be let by letter: the buyer has to hear what it means and say yes. Please call the registered number.",
    )


def let_help(actor: Actor, *, thread: int, name: str, may: May, days: int) -> str:
    """Let somebody help with this conversation, and return the code that is shown once."""
    name = written.named(name)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise HelperNameless(most=LONGEST_NAME)
    if days not in DAYS:
        raise ValueError(days)
    code = helping.new_code()
    with memory.act():
        found = buyers_thread(actor, thread)
        if found.closed_at is not None:
            raise ThreadEnded()
        if len(helping.helpers(found, actor.at)) >= MOST:
            raise TooManyHelpers(most=MOST)
        helper = Helper.objects.create(
            thread=found,
            digest=helping.digest(code),
            sealed=helping.sealed_name(found, code, name),
            may_write=may.writes,
            may_decide=may.decides,
            given_at=actor.at,
            until=actor.at + timedelta(days=days),
        )
        keeping.keep(actor, found, "let_help", helper=helper.pk, may=may.value, days=days)
    return code


def let_decide(actor: Actor, *, thread: int, helper: int, may_decide: bool) -> None:
    """Let a helper of this conversation answer proposals as well, or no more; who may so may write, too."""
    with memory.act():
        found = buyers_thread(actor, thread)
        if found.closed_at is not None:
            raise ThreadEnded()
        row = Helper.objects.filter(helping.holds(actor.at), pk=helper, thread=found).first()
        if row is None:
            raise NothingHere()
        if row.may_decide != may_decide:
            _set_decides(actor, row, found, may_decide)


def let_decide_for_caller(
    actor: Actor, *, check: str, name: str, may_decide: bool, read_back: bool
) -> tuple[int, int]:
    """Take down that the helper whom a caller names may answer proposals, or no more; return the thread's and helper's ids.

    Whom the buyer let help is not shown to staff: what the caller says is compared.  The buyer is told in writing.
    """
    found = the_check(actor, check)
    if found.channel != Channel.PHONE:
        raise ConsentNeedsVoice()
    if not read_back:
        raise NotReadBack()
    if found.thread is None:
        raise ThreadEnded()
    with memory.act():
        thread = the_thread(actor, found.thread.pk)
        if thread.closed_at is not None:
            raise ThreadEnded()
        row = _named(thread, name, actor.at)
        how = {"through": found.channel, "check": str(found.pk)}
        _set_decides(actor, row, thread, may_decide, **how)
        told = offernotices.DECIDING_LET if may_decide else offernotices.DECIDING_ENDED
        keeping.notify(f"buyer:{thread.buyer_ref}", told, thread, actor.at)
    return thread.pk, row.pk


def _named(thread: Thread, name: str, at: datetime) -> Helper:
    """Return the one helper whom the buyer calls so, or a part of it (“Hanako” for “my daughter Hanako”)."""
    found = meant(name, {helper.id: helper.name for helper in helping.helpers(thread, at)})
    if len(found) != 1:
        raise NoSuchHelper()
    return Helper.objects.get(pk=found[0])


def _set_decides(actor: Actor, helper: Helper, thread: Thread, may_decide: bool, **how: str) -> None:
    helper.may_decide, helper.may_write = may_decide, helper.may_write or may_decide
    helper.save(update_fields=("may_decide", "may_write"))
    kept = "" if actor.is_staff else None  # what staff take down is no answer of their own
    keeping.keep(actor, thread, "let_decide", attention=kept, helper=helper.pk, may_decide=may_decide, **how)


def end_help(actor: Actor, *, thread: int, helper: int) -> None:
    """Let somebody help no more; a running visit of theirs sees nothing from the next page on."""
    with memory.act():
        found = buyers_thread(actor, thread)
        if Helper.objects.filter(helping.holds(actor.at), pk=helper, thread=found).update(ended_at=actor.at):
            keeping.keep(actor, found, "end_help", helper=helper)


def come_to_help(*, code: str, at: datetime, request: str = "") -> tuple[Presence, str]:
    """Return who comes in by a code, and the number of the case they help with; the buyer sees that they came."""
    with memory.act():
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
        actor = Actor(by=by, role=Role.HELPER, at=at, via="web", request=request)
        keeping.keep(actor, thread, "come_to_help", helper=helper.pk)
        return Presence(who=by, role=Role.HELPER, name=name), keeping.case_number(keeping.about(thread))
