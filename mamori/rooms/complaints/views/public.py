"""The pages on which anybody reports, and follows a report on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import partial

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.people.facts import ANONYMOUS
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.decisions import as_given, by_verb, decide
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.once import form_key, new_token
from mamori.ground.web.signing.limiting import count_submission, says
from mamori.ground.web.signs import Visit
from mamori.law.complaints import INTERIM_ANSWER, STOP_USING
from mamori.rooms.complaints.decisions import public as decisions
from mamori.rooms.complaints.queries import mine as queries
from mamori.rooms.complaints.queries.mine import MineShown
from mamori.rooms.complaints.queries.sealed import NoReportHere, secret_of
from mamori.rooms.complaints.views.forms import (
    DangerForm,
    ReportForm,
    ReportMailForm,
    says_harm,
    with_files,
    with_more_files,
)

HERE = "../"
"""Back to the report's own page: its address, which holds the secret, is kept nowhere."""


def _nameless(request: Visit) -> Visit:
    """Return the same request of nobody: who is signed in is not known to what is done here."""
    nameless = copy(request)
    nameless.presence = ANONYMOUS
    return nameless


@open_to(*EVERYONE)
def report(request: Visit) -> HttpResponse:
    """Ask what is reported and why, and take it; what the address names is not asked for, the `why` of it is chosen already."""
    why = request.GET.get("why", "")
    about = queries.about_what(request.GET.dict())
    tells_harm = says(request, says_harm)
    if not tells_harm and (too_many := count_submission(request)):
        return too_many
    nameless = _nameless(request)
    answer = decide(
        nameless,
        decisions.REPORT,
        about,
        again=lambda: about,
        back="/",
        template="complaints/public/report.html",
        form=partial(ReportForm, visit=nameless, about=about),
        initial=lambda about: {"reason": why},
        prepare=with_files,
    )
    if isinstance(answer, HttpResponseRedirect):
        return HttpResponseRedirect(reverse("complaints_public:mine", args=(secret_of(form_key(nameless)),)))
    return (tells_harm and count_submission(request)) or answer  # what was not taken counts as any other


report.counts_itself = True  # type: ignore[attr-defined]  # nobody is shut out from telling of a harm


@open_to(*EVERYONE)
def mine(request: Visit, secret: str) -> HttpResponse:
    """Show a report on its own page: its number, how it stands, and what can be added."""
    shown = queries.mine(secret, at=request.received_at)
    role = request.presence.role
    page = {
        "page": shown,
        "address": request.build_absolute_uri(request.path),
        "stop": STOP_USING,
        "interim": INTERIM_ANSWER,
        "done": _done(request.GET.get("done", ""), shown),
        "asks": [
            _asked(one, shown) for one in (decisions.CONFIRM, decisions.DANGER) if _is_asked(one, shown)
        ],
        "offers": [
            (one, one.why_closed(shown))
            for one in decisions.DECISIONS
            if one.is_open_to(role, shown) and not _is_asked(one, shown)
        ],
    }
    return render(request, "complaints/public/mine.html", page)


@open_to(*EVERYONE)
def act(request: Visit, secret: str, slug: str) -> HttpResponse:
    """Show or take what whoever reported adds.

    :raises NoReportHere: when none has this page, or nothing of that name can be added.
    """
    decision = decisions.BY_SLUG.get(slug)
    if decision is None:
        raise NoReportHere
    at = request.received_at
    answer = decide(
        _nameless(request),
        decision,
        queries.mine(secret, at=at),
        again=lambda: queries.mine(secret, at=at),
        key=secret,
        back=HERE,
        template="complaints/public/act.html",
        form=_form(decision),
        initial=_initial,
        prepare=partial(with_files, secret=secret) if decision in decisions.WITH_FILES else as_given,
        refused=(NoReportHere,),
    )
    if isinstance(answer, HttpResponseRedirect) and decision is decisions.TAKE_BACK:
        return HttpResponseRedirect(reverse("complaints_public:erased"))
    return answer


@open_to(*EVERYONE)
def erased(request: Visit) -> HttpResponse:
    """Say what is gone and what stays of a report that was taken back: its own page is gone with it."""
    return render(request, "complaints/public/erased.html")


def _done(slug: str, shown: MineShown) -> Text | None:
    """Say what was just done, where the address claims it; of a code only that it was right, the page says how else."""
    decision = decisions.BY_SLUG.get(slug)
    if decision is None or (decision is decisions.CONFIRM and not shown.is_confirmed):
        return None
    return next(iter(decision.done.values()))


def _is_asked(decision: Decision[MineShown], shown: MineShown) -> bool:
    """Say whether it is asked on the page itself: a code that waits, and of a danger what nobody answered yet."""
    if decision not in (decisions.CONFIRM, decisions.DANGER):
        return False
    if decision is decisions.DANGER:
        return shown.is_dangerous and not (shown.said.lot or shown.heard)
    return decision.is_there(shown)


def _asked(decision: Decision[MineShown], shown: MineShown) -> dict[str, object]:
    form = _form(decision)(auto_id=f"{decision.slug}_%s", initial=_initial(shown))
    return {"decision": decision, "form": form, "token": new_token(), "address": f"{decision.slug}/"}


def _initial(shown: MineShown) -> dict[str, object]:
    return {"mail": shown.said.mail, "danger": list(shown.said.danger), "lot": shown.said.lot}


def _form(decision: Decision[MineShown]) -> Callable[..., HouseForm]:
    if decision is decisions.DANGER:
        return DangerForm
    if decision in decisions.WITH_FILES:
        return with_more_files(decision.verb)
    return ReportMailForm if decision is decisions.MAIL else by_verb(decision)
