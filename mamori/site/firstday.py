"""What is still missing of a house, as the doctor finds it, at the desk: mended on a page, or put aside with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from mamori.doors.desk.people import staff
from mamori.grammar.actor import HEADS, Actor, Role
from mamori.grammar.declaration import Practice
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger, facts as acts
from mamori.ground.people import actions as people
from mamori.ground.people.facts import MAIL_TRIES
from mamori.ground.post.carrying import MailOutcome, try_out
from mamori.ground.post.transports import without_addresses
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import open_to, takes
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.once import new_token, take_form
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import language, said
from mamori.japan.calendar import JAPAN
from mamori.law.practices import PRACTICES
from mamori.law.settings import OPERATOR_PHONE
from mamori.site.checks import beginning, machinery, operator
from mamori.site.checks.beginning import ABOUT, TRIED
from mamori.site.checks.finding import Check, CheckLine, Level, examine
from mamori.site.kit import kit

AT_DESK: Mapping[Check, tuple[str, ...]] = {
    beginning.named: ("P05",),
    beginning.looks: (),
    operator.clauses: ("P13",),
    beginning.mail_tried: ("P05",),
    beginning.second: ("P13", "P31"),
    beginning.told_of_market: ("P03", "P09"),
    operator.switches: (),
    operator.notification: ("P03",),
    operator.staff: (),
    operator.origin: (),
    beginning.scanner_set: (),
    machinery.backup: (),
}
"""The checks whose findings stand at the desk, in their order, and the practices that each leaves open.

None of them asks another machine: the page is made at once, whatever is away.
"""
BY_PLACE = {f"/desk/settings/{OPERATOR_PHONE.code}/": ("P08",)}
"""Where one line of a check leaves another practice open than its others do."""
QUOTED = regex("`([^`]*)`")
PUT, BACK = "site.put_aside", "site.taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAside:
    """Who put a finding aside, when and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A finding that is not good: `code` names its check, severity and sentence, so that another sentence is another one."""

    code: str
    line: CheckLine
    practices: tuple[Practice, ...]
    aside: PutAside | None

    @property
    def text(self) -> Text:
        """Return its sentence as a page says it: a command stands in quotes."""
        said = self.line.text
        ja = QUOTED.sub(r"「\1」", said.ja).replace("」 ", "」").replace(" 「", "「")
        return Text(ja, QUOTED.sub(r"“\1”", said.en))

    @property
    def is_broken(self) -> bool:
        """Say whether it is an error, which nobody can put aside."""
        return self.line.level is Level.BROKEN

    @property
    def is_open(self) -> bool:
        """Say whether something is still to be done about it."""
        return self.is_broken or self.aside is None


class NoSuchFinding(Refusal, code="site.no-such-finding", status=404):
    """Given when it is mended or says something else by now."""

    text = Text(
        "その項目は、もうありません。直ったか、内容が変わりました。一覧をご覧ください。",
        "That is not on the list any more: it was mended, or says something else by now. Please look at the list.",
    )


class NotToBePutAside(Refusal, code="site.not-to-be-put-aside", status=409):
    """Given when somebody would put an error aside."""

    text = Text(
        "これは誤りなので、このままにはできません。直すと一覧から消えます。",
        "This is an error, which cannot be put aside. It leaves the list once it is mended.",
    )


class OnlyALead(Refusal, code="site.only-a-lead", status=403):
    """Given when somebody else would put a finding aside or take that back."""

    text = Text(
        "このままとしたり戻したりできるのは、責任者だけです。責任者にお伝えください。",
        "Only a lead puts something aside or takes that back. Please tell a lead.",
    )


def missing(at: datetime) -> list[Missing]:
    """Return all that is not as it should be, errors first, each with who put it aside."""
    return sorted(_found(at), key=lambda one: not one.is_broken)


_READY: list[object] = []
"""The day on which the house was last found ready, the newest setting then, and what had been put aside."""


def is_any_open(at: datetime) -> bool:
    """Say whether something is still to be done: asks no further than the first of it.

    A house that is ready is looked at anew on the next day, or once a setting is changed or something put aside or taken back.
    """
    stands: list[object] = [at.astimezone(JAPAN).date(), terms.changed_last(at), acts.kinds_about(ABOUT)]
    if stands == _READY:
        return False
    found = any(one.is_open for one in _found(at))
    _READY[:] = [] if found else stands
    return found


def _found(at: datetime) -> Iterator[Missing]:
    aside = _asides()
    for check, codes in AT_DESK.items():
        for line in examine(check, at):
            if line.level is not Level.GOOD:
                code = _code(line)
                yield Missing(code=code, line=line, practices=_open(line, codes), aside=aside.get(code))


def put_aside(actor: Actor, *, code: str, reason: str) -> None:
    """Leave a remark as it is, for a reason that stays in the record."""
    one = _of(actor, code)
    if one.is_broken:
        raise NotToBePutAside
    if one.aside is None:
        _record(actor, PUT, one, reason)


def take_back(actor: Actor, *, code: str) -> None:
    """Let what was put aside stand on the list again."""
    one = _of(actor, code)
    if one.aside is not None:
        _record(actor, BACK, one, "")


def try_mail(actor: Actor, *, to: str) -> None:
    """Send one mail to the actor's own address, and record what the server answered."""
    people.count_exactly(MAIL_TRIES, actor.by, at=actor.at)
    words = Text(
        "ためしのメールです。届いたら、メールの設定はできています。",
        "A mail to try whether mail arrives. If you read this, it does.",
    )
    message = EmailMessage("Mamori", f"{words.ja}\n{words.en}\n\n{settings.ORIGIN}/desk/first/\n", to=[to])
    try:
        answer = try_out(message)
        sent, told = answer.outcome is MailOutcome.SENT, f"{answer.code or ''} {answer.words}".strip()
    except (Refusal, OSError) as error:
        sent, told = False, str(error)
    with memory.act():
        payload = {"sent": sent, "words": without_addresses(told)}
        ledger.record(actor, kind=TRIED, subject=ledger.MARKET, about=ABOUT, payload=payload)


def _of(actor: Actor, code: str) -> Missing:
    if actor.role is not Role.LEAD:
        raise OnlyALead
    one = next((one for one in missing(actor.at) if one.code == code), None)
    if one is None:
        raise NoSuchFinding
    return one


@memory.act()
def _record(actor: Actor, kind: str, one: Missing, reason: str) -> None:
    payload = {"finding": one.code, "said": one.line.text.ja}
    ledger.record(actor, kind=kind, subject=ledger.MARKET, about=ABOUT, reason=reason, payload=payload)


def _asides() -> dict[str, PutAside]:
    found: dict[str, PutAside] = {}
    for act in acts.acts_about(ABOUT):
        if not (told := act.content) or act.kind == TRIED:
            continue
        code = told["payload"]["finding"]
        found.pop(code, None)
        if act.kind == PUT:
            found[code] = PutAside(by=told["by"], at=act.at, reason=told["reason"])
    return found


def _code(line: CheckLine) -> str:
    told = f"{line.check}\n{line.level}\n{line.same or line.text.ja}"
    return f"{line.check}-{sha256(told.encode()).hexdigest()[:12]}"


def _open(line: CheckLine, codes: tuple[str, ...]) -> tuple[Practice, ...]:
    """Return the practices that it leaves open: those of its check, and those that rest on the setting that mends it."""
    setting = line.place.removeprefix("/desk/settings/").strip("/")
    return tuple(
        one for one in PRACTICES if one.code in BY_PLACE.get(line.place, codes) or setting in one.rests_on
    )


# The page: what is missing, what was put aside, and the button by which mail is tried.


class AsideForm(HouseForm):
    """Why something stays as it is."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=said("このままでよい理由", "Why it may stay so"),
        help_text=said(
            "記録に残ります。あとで戻せます。", "It stays in the record. You can take it back later."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"token": new_token()})


@open_to(*HEADS)
def listed(request: Visit) -> HttpResponse:
    """Show what is missing, and what was put aside; try the mail, or take something back."""
    actor = actor_of(request)

    def tried(_: str) -> str:
        try_mail(actor, to=getattr(request.user, "email", ""))
        return f"{reverse('first')}#mail"

    def back(code: str) -> str:
        take_back(actor, code=code)
        return reverse("first")

    buttons = {"mail": tried, "back": back}
    _, _, led = take_form(request, HouseForm, lambda _: reverse("first"), buttons=buttons, lets=(Refusal,))
    if led:
        return led
    found = missing(request.received_at)
    tries = acts.acts_about(ABOUT, kind=TRIED)
    named = staff(request.received_at).named
    shown = {
        "open": [one for one in found if one.is_open],
        "aside": [(one, named(one.aside.by)) for one in found if not one.is_open and one.aside],
        "tried": tries[-1] if tries else None,
        "has_mail": bool(settings.MAMORI_MAIL),
        "is_lead": actor.role is Role.LEAD,
    }
    return render(request, "site/first.html", shown)


@open_to(Role.LEAD)
def aside(request: Visit, code: str) -> HttpResponse:
    """Put one remark aside, for a reason."""
    actor = actor_of(request)
    one = _of(actor, code)

    def do(form: AsideForm) -> str:
        put_aside(actor, code=code, reason=form.cleaned_data["reason"])
        return reverse("first")

    form, status, led = take_form(request, AsideForm, do, by=actor)
    return led or render(request, "site/first_aside.html", {"one": one, "form": form}, status=status)


@open_to(*HEADS)
@takes("GET", "HEAD")
def kit_page(request: Visit, name: str) -> HttpResponse:
    """Give one page of the kit for the operator's lawyer, as `mamori terms kit` writes it."""
    pages = kit(language(), at=request.received_at, only_enabled=False)
    if name not in pages:
        raise Http404
    answer = HttpResponse(pages[name], content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


urlpatterns = [
    path("desk/first/", listed, name="first"),
    path("desk/first/kit/<str:name>", kit_page, name="first-kit"),
    path("desk/first/<slug:code>/", aside, name="first-aside"),
]
