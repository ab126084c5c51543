"""A proposal answered by telephone or letter: what to read out, what was said, the text that is read back; and corrections."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.once import form_key, is_taken
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import language, localized, said as worded, said_text
from mamori.rooms.contact import actions, keeping
from mamori.rooms.contact.actions import Told
from mamori.rooms.contact.actions.told_replies import MOST_SAID, read_out
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Proposal
from mamori.rooms.contact.queries.goods import heading
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.rules.callers import CHANNELS, Channel
from mamori.rooms.contact.rules.told import ANSWERS, ASK, NEVER, Spoken
from mamori.rooms.contact.views.staff.cases import Back, matter_of, private, read_back

ANOTHER = Text(
    "提案が変わりました。下の新しい提案をもう一度読み上げ、お返事を伺ってください。",
    "The proposal has changed. Please read out the new one below, and ask for the answer anew.",
)


class AnsweredMeanwhile(Refusal, code="answered-meanwhile", status=409):
    """Given when a proposal was answered or ended before the answer was taken down."""

    text = Text(
        "この提案には、もう返事があったか、提案が終わっています。何も記録していません。案件で今の状態を確かめ、相手にお伝えください。",
        "This proposal has been answered or has ended meanwhile. Nothing was recorded. Please look at the case and "
        "say how it stands.",
    )


class ToldForm(HouseForm):
    """What a buyer answers, in the very words."""

    reply = forms.TypedChoiceField(
        label=worded("返事", "The answer"), coerce=Spoken, widget=forms.RadioSelect
    )
    said = forms.CharField(
        max_length=MOST_SAID,
        label=worded("お言葉のまま", "In the very words"),
        help_text=worded(
            "言われたとおり、書かれたとおりに。もう一方の当事者には見えません。",
            "As it was said or written. The other side does not see it.",
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, answers: tuple[Spoken, ...]) -> None:
        super().__init__(data, initial={"reply": answers[0]} if len(answers) == 1 else {})
        self.fields["reply"].choices = [(one.value, said_text(heading(ANSWERS[one]))) for one in answers]  # type: ignore[attr-defined]


def proposal(request: Visit, check: str, case_page: str) -> HttpResponse:
    """Take down what a buyer who was checked answers, or that it was misheard; what was sent before is not taken twice."""
    passed = actions.the_check(actor_of(request), check)
    if passed.thread is None:
        raise NothingHere()
    matter = matter_of(request, keeping.case_number(keeping.about(passed.thread)))
    back, done = (Back(case_page).to(matter.case.number, done) for done in ("", "reply"))
    if request.method == "POST" and is_taken(actor_of(request), form_key(request)):
        return HttpResponseRedirect(done)
    offer, answers = matter.waiting_offer or matter.agreed, _possible(matter)
    is_gone = request.method == "POST" and request.POST.get("reply", *answers[:1]) not in answers
    if offer is None and is_gone:
        raise AnsweredMeanwhile()
    if offer is None or not (answers or is_gone):
        return HttpResponseRedirect(back)
    form = ToldForm(request.POST if request.method == "POST" else None, tuple(Spoken) if is_gone else answers)
    found = Proposal.objects.select_related("trouble__thread").get(pk=offer.id)
    shown = {
        "matter": matter,
        "channel": CHANNELS[Channel(passed.channel)],
        "is_letter": passed.channel == Channel.LETTER,
        "check": check,
        "back": back,
        "form": form,
        "offer": found.number,
        "script": read_out(found, answers),
        "ask": ASK[Channel(passed.channel)],
        "never": NEVER,
    }
    status = 422 if form.is_bound else 200
    if is_gone:  # the words stay: they can be taken along to what is on now
        form.full_clean()
        form.add_error(None, localized(AnsweredMeanwhile().sentence))
        status = AnsweredMeanwhile.status
    elif form.is_bound and form.is_valid():
        if request.POST.get("offer") != str(found.number):
            form.add_error(None, localized(ANOTHER))
        elif request.POST.get("step") == "change":
            status = 200
        else:
            try:
                return _read_back(request, found.pk, form.cleaned_data, shown, done)
            except NothingHere:
                raise
            except Refusal as refusal:
                form.add_error(None, localized(refusal.sentence))
                status = refusal.status
    return private(request, "told", shown, status)


def _possible(matter: StaffMatter) -> tuple[Spoken, ...]:
    """Return what may be taken down of the open proposal: an answer to it, or that the answer was misheard."""
    if matter.awaits_buyer:
        return (Spoken.ACCEPT, Spoken.DECLINE)
    return (Spoken.CORRECT,) if matter.correctable else ()


def _read_back(
    request: Visit, proposal: int, given: dict[str, Any], shown: dict[str, object], done: str
) -> HttpResponse:
    actor, answer = actor_of(request), Told(answer=given["reply"], said=given["said"])
    what: dict[str, Any] = {"check": shown["check"], "proposal": proposal, "told": answer, "lang": language()}

    def take(confirmed: str) -> str:
        actions.take_reply(actor, confirmed=confirmed, **what)
        return done

    text = partial(actions.text_to_read_back, actor, **what)
    return read_back(request, "told_read", shown, text=text, take=take)
