"""A proposal answered by telephone or letter: what to read out, what was said, the text that is read back; and corrections."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.once import is_taken, new_token, once
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import language, told
from mamori.rooms.contact import actions, calling, keeping, words
from mamori.rooms.contact.actions.callers import NotReadBack
from mamori.rooms.contact.actions.told_replies import read_out
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Proposal
from mamori.rooms.contact.queries.offers import proposable_about
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.rules.callers import CHANNELS, Channel
from mamori.rooms.contact.rules.proposals import SIDES, Side
from mamori.rooms.contact.rules.told import ASK, NEVER, script
from mamori.rooms.contact.toldforms import MisheardForm, ToldForm
from mamori.rooms.contact.toldrefusals import AnsweredMeanwhile, NoNumberToCall
from mamori.rooms.contact.views.staff.callers import TAKERS
from mamori.rooms.contact.views.staff.cases import Back, matter_of
from mamori.rooms.contact.views.staff.private import private

OURS = frozenset({"csrfmiddlewaretoken", "token", "text", "step", "read_back"})
"""What the pages fill in themselves; what the agent took down is carried from the one to the other."""

ANOTHER = Text(
    "提案が変わりました。下の新しい提案をもう一度読み上げ、お返事を伺ってください。",
    "The proposal has changed. Please read out the new one below, and ask for the answer anew.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose answer is taken down, about which matter, by which way, and the way back to the case."""

    matter: StaffMatter
    side: Side
    channel: Channel
    check: str
    back: Back

    @property
    def done(self) -> str:
        """Return the case's page, saying that it was taken down."""
        return self.back.to(self.matter.case.number, "reply")

    def shown(self) -> dict[str, object]:
        """Return what every page shows of it."""
        return {
            "matter": self.matter,
            "who": SIDES[self.side],
            "channel": CHANNELS[self.channel],
            "is_letter": self.channel is Channel.LETTER,
            "check": self.check,
            "back": self.back.to(self.matter.case.number),
        }


@open_to(*TAKERS)
def of_buyer(request: Visit, check: str, case_page: str) -> HttpResponse:
    """Take down what a buyer who was checked answers."""
    found = actions.the_check(hand_of(request), check)
    if found.thread is None:
        raise NothingHere()
    matter = matter_of(request, keeping.case_number(keeping.about(found.thread)))
    back = Back(case_page)
    asked = Asked(matter=matter, side=Side.BUYER, channel=Channel(found.channel), check=check, back=back)
    return _serve(request, asked)


@open_to(*TAKERS)
def of_seller(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Take down what a seller answers who was called under a registered number."""
    matter = matter_of(request, number)
    if calling.proposed(matter.thread.seller_ref) is None:
        raise NoNumberToCall()
    back = Back(case_page)
    asked = Asked(matter=matter, side=Side.SELLER, channel=Channel.PHONE, check="", back=back)
    return _serve(request, asked)


def _serve(request: Visit, asked: Asked) -> HttpResponse:
    """Serve the answer or the correction; what was sent before leads where it led, and what was answered meanwhile is said.

    :raises AnsweredMeanwhile: when an answer is sent to a proposal that awaits none any more.
    """
    if request.method == "POST" and is_taken(hand_of(request), request.POST.get("token", "")):
        return HttpResponseRedirect(asked.done)
    if asked.side in asked.matter.awaited and request.GET.get("what") != "misheard":
        return _reply(request, asked)
    if "reply" in request.POST:
        raise AnsweredMeanwhile()
    if asked.side in asked.matter.correctable:
        return _misheard(request, asked)
    return HttpResponseRedirect(asked.back.to(asked.matter.case.number))


def _reply(request: Visit, asked: Asked) -> HttpResponse:
    proposal = _awaiting(asked)
    lines = calling.lines(asked.matter.thread.seller_ref)
    form = ToldForm(
        request.POST if request.method == "POST" else None,
        check=asked.check,
        lines=lines,
        kinds=proposable_about(asked.matter.order),
    )
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        if request.POST.get("offer") != str(proposal.number):
            form.add_error(None, told(ANOTHER))
        elif request.POST.get("step") == "change":
            status = 200
        else:
            try:
                return _read_back(request, asked, proposal, form)
            except NothingHere:
                raise
            except Refusal as refusal:
                form.add_error(None, told(refusal.sentence))
                status = refusal.status
    shown = asked.shown() | {
        "form": form,
        "offer": proposal.number,
        "script": script(read_out(proposal)),
        "ask": ASK[asked.channel],
        "never": NEVER,
        "lines": lines,
    }
    return private(request, "told", shown, status)


def _awaiting(asked: Asked) -> Proposal:
    """Return the proposal that awaits this side's word."""
    offer = next(offer for offer in asked.matter.offers if offer.is_open)
    return Proposal.objects.select_related("trouble__thread").get(pk=offer.id)


def _read_back(request: Visit, asked: Asked, proposal: Proposal, form: ToldForm) -> HttpResponse:
    """Show the text to be read back, or take down what was confirmed as it stands; it is meant for the proposal shown first.

    :raises Refusal: as the actions do.
    """
    hand, lang, refused = hand_of(request), language(), None
    text = actions.text_to_read_back(
        hand, speaker=form.speaker, proposal=proposal.pk, told=form.told, lang=lang
    )
    if request.POST.get("step") == "send":

        def do() -> str:
            confirmed = request.POST.get("text", "") if request.POST.get("read_back") else ""
            actions.take_reply(
                hand,
                speaker=form.speaker,
                proposal=proposal.pk,
                told=form.told,
                lang=lang,
                confirmed=confirmed,
            )
            return asked.done

        try:
            return HttpResponseRedirect(once(hand, request.POST.get("token", ""), do))
        except NotReadBack as why:
            refused = why
    shown = asked.shown() | {
        "text": text,
        "digest": words.digest(text),
        "refusal": refused,
        "fields": [(name, one) for name, all_ in request.POST.lists() if name not in OURS for one in all_],
        "token": request.POST.get("token") or new_token(),
    }
    return private(request, "told_read", shown, refused.status if refused else 200)


def _misheard(request: Visit, asked: Asked) -> HttpResponse:
    """Take down that an answer was misheard, and what is right."""
    hand = hand_of(request)
    offer = next(
        one
        for one in asked.matter.offers
        if any(reply.side is asked.side and reply.may_correct for reply in one.replies)
    )
    lines = calling.lines(asked.matter.thread.seller_ref)
    form = MisheardForm(request.POST if request.method == "POST" else None, check=asked.check, lines=lines)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():

        def do() -> str:
            given = form.cleaned_data
            actions.correct_reply_for(
                hand,
                speaker=form.speaker,
                proposal=offer.id,
                said=given["said"],
                read_back=given["read_back"],
            )
            return asked.done

        try:
            return HttpResponseRedirect(once(hand, request.POST.get("token", ""), do))
        except Refusal as refusal:
            form.add_error(None, told(refusal.sentence))
            status = refusal.status
    token = request.POST.get("token") or new_token()
    return private(
        request, "told_misheard", asked.shown() | {"form": form, "offer": offer, "token": token}, status
    )
