"""The notices that were given, and what is stuck on its way: sent again or left out, with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.doors.desk import forms
from mamori.doors.desk.people import staff
from mamori.grammar.actor import HEADS, STAFF, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseFact
from mamori.ground.declared.fields import lifecycles
from mamori.ground.outbox import actions as outbox, facts as outbox_facts
from mamori.ground.outbox.facts import NoticeFact
from mamori.ground.post import actions as post, facts as post_facts
from mamori.ground.web.access import open_to
from mamori.ground.web.lists import Page
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized

SIZE = 50
MOST = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice in words."""

    notice: NoticeFact
    title: Text
    body: Text
    to: Text
    state: Text
    case: CaseFact | None


@open_to(*STAFF)
def notices(request: Visit) -> HttpResponse:
    """Show the newest notices, or those to one party; what leads and counsel are told they alone read."""
    to = request.GET.get("to", "").replace("\0", "").strip()[:MOST]
    cursor = request.GET.get("cursor", "")
    before = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 19 else None
    found = outbox_facts.notices(to=to or None, but_to=_others(request), before=before, limit=SIZE + 1)
    page = Page(
        items=tuple(_rows(request, found[:SIZE])),
        next=str(found[SIZE - 1].number) if len(found) > SIZE else "",
    )
    return render(request, "desk/notices.html", {"page": page, "to": to})


def _others(request: Visit) -> frozenset[str]:
    return frozenset() if request.presence.role in HEADS else HEADS


def _rows(request: Visit, found: tuple[NoticeFact, ...]) -> Iterator[NoticeRow]:
    people, states = staff(request.received_at), lifecycles()["outbox.notice"].states
    known = cases.cases_of(abouts=[notice.about for notice in found])
    for notice in found:
        yield NoticeRow(
            notice=notice,
            title=Text(notice.title["ja"], notice.title["en"]),
            body=Text(notice.body["ja"], notice.body["en"]),
            to=people.named(notice.to),
            state=states[notice.state],
            case=known.get(notice.about),
        )


MAIL = "mail-"
DONE = {
    "retried": Text("もう一度送ります。", "It will be sent again."),
    "skipped": Text("取りやめました。", "It was left out."),
}


@open_to(Role.LEAD)
def stuck(request: Visit) -> HttpResponse:
    """Show what is stuck; or with `?ref=` ask what is to be done with one thing of it."""
    if ref := request.GET.get("ref"):
        return _tended(request, ref)
    shown = {
        "stuck": outbox_facts.stuck(),
        "mails": [(f"{MAIL}{mail.number}", mail) for mail in post_facts.stuck()],
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "desk/outbox.html", shown)


def _tended(request: Visit, ref: str) -> HttpResponse:
    """Ask what is to be done with one thing that is stuck, and do it."""
    leaving = "skip" in request.POST
    form = forms.WhyForm(request.POST if leaving else None)
    status = 200
    if request.method == "POST":
        status = 422
        if not leaving or form.is_valid():
            why = form.cleaned_data["reason"] if leaving else ""
            try:
                _tend(actor_of(request), ref, leaving=leaving, why=why)
                done = "skipped" if leaving else "retried"
                return HttpResponseRedirect(f"{reverse('desk:outbox')}?done={done}")
            except Refusal as refusal:
                if not form.is_bound:
                    form = forms.WhyForm({"reason": "-"})
                form.is_valid()
                form.add_error(None, localized(refusal.sentence))
                status = refusal.status
    return render(request, "desk/tend.html", {"ref": ref, "form": form}, status=status)


def _tend(actor: Actor, ref: str, *, leaving: bool, why: str) -> None:
    if ref.startswith(MAIL):
        digits = ref.removeprefix(MAIL)
        mail = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0
        if leaving:
            post.leave_out(actor, mail=mail, reason=why)
        else:
            post.retry(actor, mail=mail)
    elif leaving:
        outbox.skip(actor, ref=ref, reason=why)
    else:
        outbox.retry(actor, ref=ref)
