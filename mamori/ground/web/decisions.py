"""How a matter's page and its decisions are drawn: sections, buttons, forms from what each verb asks, refusals beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from inspect import signature
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision, just_done
from mamori.ground.matters.inputs import (
    ChoiceInput,
    CodeInput,
    Input,
    ReasonInput,
    WordsInput,
    YenInput,
    YesInput,
    inputs_of,
)
from mamori.ground.matters.page import MatterPage, OpenDecision, PagePart, Section, offers
from mamori.ground.vault.actions import ready_files
from mamori.ground.web.forms import (
    HouseForm,
    VersionForm,
    WordsField,
    YenField,
    refuse,
    seen_field,
    uploads_of,
)
from mamori.ground.web.once import form_key, led_before, new_token, once
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized, said_text
from mamori.japan import written


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The page's parts as they are put into the door's own page, "" where there is nothing; what was just done, and `clocks`
    that bear a name of their own."""

    work: SafeString
    file: SafeString
    facts: SafeString
    history: SafeString
    deeds: SafeString
    done: Text | None
    clocks: Mapping[tuple[str, str], Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterFrame:
    """What stands around a matter on a page of its own: its title, whose it is, and where it leads back to."""

    title: Text
    named: str
    ref: str
    back: str
    back_text: Text


def show_matter(
    request: Visit,
    page: MatterPage,
    frame: MatterFrame,
    *,
    template: str = "web/matter.html",
    status: int = 200,
) -> HttpResponse:
    """Show a matter in a page of its own, laid out as that of a case is."""
    return render(request, template, {"page": draw_matter(page, request), "frame": frame}, status=status)


def draw_matter(page: MatterPage, request: Visit) -> Drawn:
    """Draw the sections and what is offered."""
    parts = dict.fromkeys(PagePart, "")
    for one in page.sections:
        parts[one.part] += render_to_string(one.template, dict(one.shown), request)
    if page.offers is not None:
        offered = [(one, *_asked(one, place)) for place, one in enumerate(page.offers) if not one.closed]
        closed = [one for one in page.offers if one.closed]
        given = {"offers": offered, "closed": closed, "folded": page.comes_first, "others": page.others}
        parts[PagePart.DEEDS] += render_to_string("web/offers.html", given, request)
    safe = {part.value: mark_safe(drawn.strip()) for part, drawn in parts.items()}  # noqa: S308  # drawn by templates alone
    return Drawn(**safe, done=page.done, clocks=page.clocks)


def _asked(one: OpenDecision, place: int) -> tuple[HouseForm | None, str]:
    """Return what a decision asks on the page itself, its fields named by its place among the others, and the form's token."""
    return (one.form(auto_id=f"id_{place}_%s"), new_token()) if one.form else (None, "")


# How decisions are drawn: a form from what the verb asks, taken once, with the verb's refusals beside what was typed.


def deciding[V: Callable[..., Any]](decisions: Iterable[Decision[Any]]) -> Callable[[V], V]:
    """Declare what is decided at a view's address, each by its slug where the address has one."""

    def declare(view: V) -> V:
        view.decisions = tuple(decisions)  # type: ignore[attr-defined]  # views are functions, which carry attributes
        return view

    return declare


type Prepare = Callable[[Actor, dict[str, Any]], AbstractContextManager[dict[str, Any]]]
"""What has to be made ready before the transaction begins, such as files: it is given what was filled in, and returns that."""


def as_given(actor: Actor, given: dict[str, Any]) -> AbstractContextManager[dict[str, Any]]:
    """Return what was filled in, where nothing has to be made ready."""
    return nullcontext(given)


def filed(subject: Callable[[Mapping[str, Any]], str], *, name: str = "files") -> Prepare:
    """Return what makes the files that came `attached` ready, under the key of a subject; the verb is given them by this name.

    What was filled in may say who the subject is.
    """

    @contextmanager
    def prepare(actor: Actor, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
        rest = {asked: value for asked, value in given.items() if asked != "attached"}
        if "attached" not in given:
            yield rest
            return
        with ready_files(actor, uploads_of(given["attached"], at=actor.at), subject=subject(given)) as ready:
            yield rest | {name: ready}

    return prepare


@cache
def form_of(verb: Callable[..., object], *, by_party: bool = False) -> type[HouseForm]:
    """Return the form that asks what the verb asks, and carries the version and the word that its writer saw where it takes them.

    `by_party` for a party that does what staff do for it, too: what it says is taken, whatever staff did meanwhile.
    """
    takes = signature(verb).parameters
    kind = VersionForm if "version" in takes and not by_party else HouseForm
    fields: dict[str, forms.Field] = {name: _field(*asked) for name, asked in inputs_of(verb).items()}
    if "seen_until" in takes:
        fields["seen_until"] = seen_field()
    return type("DecisionForm", (kind,), fields)


def by_verb(decision: Decision[Any]) -> type[HouseForm]:
    """Return the form of a decision that asks what its verb asks."""
    return form_of(decision.verb)


def _field(kind: Any, asked: Input) -> forms.Field:
    known: dict[str, Any] = {"label": said_text(asked.label)}
    if asked.help is not None:
        known["help_text"] = said_text(asked.help)
    match asked:
        case ReasonInput():
            return WordsField(check=written.reasoned, most=asked.most, rows=asked.rows, **known)
        case WordsInput():
            return WordsField(most=asked.most, rows=asked.rows, **known)
        case YenInput():
            return YenField(**known)
        case YesInput():
            return forms.BooleanField(required=False, **known)
        case CodeInput():
            digits = forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": 12}
            )
            return forms.CharField(required=asked.is_needed, max_length=40, widget=digits, **known)
        case ChoiceInput():
            choices = [(one.value, said_text(one.text)) for one in kind]
            return forms.TypedChoiceField(choices=choices, coerce=kind, widget=forms.RadioSelect, **known)
    raise TypeError(f"no field asks {asked!r}")


def decide[Shown](
    request: Visit,
    decision: Decision[Shown],
    shown: Shown,
    *,
    again: Callable[[], Shown],
    key: object = None,
    back: str,
    back_text: Text | None = None,
    template: str = "web/decision.html",
    beside: Callable[[Shown], Iterable[Section]] | None = None,
    form: Callable[..., HouseForm] | None = None,
    initial: Callable[[Shown], Mapping[str, Any]] = lambda shown: {},
    prepare: Prepare = as_given,
    refused: tuple[type[Refusal], ...] = (),
    flash: bool = False,
    about: str = "",
) -> HttpResponse:
    """Show a decision on a matter, or make it once and lead `back`, as `back_text` calls it; the verb knows the matter by `key`.

    `shown` is the matter as it was read for this request; `again` reads it anew, after a refusal.  What is sent again, or
    twice at once, has one effect.  `template` extends `web/decision.html`.  `beside` is what the matter's page shows: it stands
    beside the form, so that nobody decides, or puts right what was refused, without the matter in view.  `form` is for what
    no input can ask.  With `flash` the page that it leads to says in passing what was done: where that is one of several
    things, the record of the matter, named `about`, knows which.  `refused` is what is no matter of the form: it goes
    through.
    """
    make_form = form or form_of(decision.verb)

    def draw(filled: HouseForm, *, status: int = 200) -> HttpResponse:
        closed = decision.why_closed(shown)
        request.asked = decision, filled, closed
        page = {
            "decision": decision,
            "page": shown,
            "form": filled,
            "back": back,
            "back_text": back_text,
            "closed": closed,
            "warning": decision.warning(shown),
            "is_over": not decision.is_open_to(actor.role, shown),
            "token": request.POST.get("token") or new_token(),
            "width": "" if beside else "narrow",
            "matter": draw_matter(MatterPage(sections=tuple(beside(shown))), request) if beside else None,
        }
        return render(request, template, page, status=status)

    actor = actor_of(request)
    if request.method != "POST":
        if not decision.is_open_to(actor.role, shown):
            return HttpResponseRedirect(back)
        return draw(make_form(initial=dict(initial(shown))))
    filled = make_form(request.POST, request.FILES)
    if not filled.is_valid():  # perhaps only because it was taken before, or is not offered any more
        led = led_before(actor, form_key(request))
        if not led and not decision.is_open_to(actor.role, shown) and not _holds_words(filled):
            led = back
        return HttpResponseRedirect(led) if led else draw(filled, status=422)

    def make(given: Mapping[str, Any]) -> str:
        matter = {decision.key: key} if decision.key else {}
        decision.verb(actor, **{**matter, **given, **decision.more(actor)})
        return back if flash else f"{back}{'&' if '?' in back else '?'}done={decision.slug}"

    try:
        with prepare(actor, filled.cleaned_data) as given:
            led_to = once(actor, form_key(request), lambda: make(given))
    except refused:
        raise
    except Refusal as refusal:
        shown = again()
        return draw(filled, status=refuse(filled, refusal, **initial(shown)))
    if flash:
        did = just_done(actor, about, decision.done) if about else None
        messages.success(request, localized(did or next(iter(decision.done.values()))))
    return HttpResponseRedirect(led_to)


def decide_here[Shown](
    request: Visit,
    decision: Decision[Shown],
    shown: Shown,
    *,
    page: Callable[[SafeString], HttpResponse],
    form: Callable[..., HouseForm] | None = None,
    **how: Any,
) -> HttpResponse:
    """Make a decision that is asked on a `page` of its own making, at that page's address, else show the page.

    The page is given what draws the decision, "" where it is not there; `how` is as with `decide`, which shows what was refused.
    """
    if request.method == "POST":
        return decide(request, decision, shown, back=request.path, form=form, flash=True, **how)
    asked = form or by_verb(decision)
    role = actor_of(request).role
    offered = offers((decision,), shown, role, lambda slug: request.path, form=lambda one: asked)
    drawn = draw_matter(MatterPage(sections=(), offers=offered, comes_first=True), request)
    return page(drawn.deeds if offered else SafeString())


def _holds_words(filled: HouseForm) -> bool:
    """Say whether somebody wrote in it what would be lost."""
    return any(bound.data for bound in filled.visible_fields() if isinstance(bound.field, forms.CharField))
