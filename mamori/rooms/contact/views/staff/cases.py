"""What pages of the desk lean on: the case they are about, no cache, files by a ticket, and what was taken down read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from mamori.grammar.actor import STAFF
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseFact, CaseNumberMistyped
from mamori.ground.matters.page import MatterPage
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, show_matter
from mamori.ground.web.once import form_key, new_token, once
from mamori.ground.web.signs import Visit, actor_of
from mamori.rooms.contact import words
from mamori.rooms.contact.actions.callers import NotReadBack
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.formal.queries import behind
from mamori.rooms.contact.queries.staff import StaffMatter, matter_of_case
from mamori.rooms.contact.views.files import notice_file, thread_file


@dataclass(frozen=True, slots=True)
class Back:
    """Where the desk shows a case: its address with `{number}` in it, passed by the door that mounts these pages."""

    pattern: str

    def to(self, number: str, done: str = "") -> str:
        """Return the address of a case's page, saying what was just done."""
        return self.pattern.format(number=number) + (f"?done={done}" if done else "")


def case_of(number: str) -> CaseFact:
    """Return the case with that number."""
    try:
        case = cases.by_number(number)
    except CaseNumberMistyped:
        raise NothingHere() from None
    if case is None:
        raise NothingHere()
    return case


def matter_of(request: Visit, number: str) -> StaffMatter:
    """Return the matter behind a case number as this member of staff may know it."""
    return matter_of_case(actor_of(request), case_of(number))


TO_CASE = Text("案件に戻る", "Back to the case")


def private(request: Visit, name: str, shown: Mapping[str, object], status: int = 200) -> HttpResponse:
    """Render one of this room's pages for staff so that no cache keeps it."""
    answer = render(request, f"contact/staff/{name}.html", dict(shown), status=status)
    add_never_cache_headers(answer)
    return answer


def private_matter(
    request: Visit, page: MatterPage, title: Text, *, number: str, case_page: str, status: int
) -> HttpResponse:
    """Show a case's matter with its words on a page of its own, which leads back to the case, so that no cache keeps it."""
    frame = MatterFrame(
        title=title, named=number, ref=number, back=Back(case_page).to(number), back_text=TO_CASE
    )
    answer = show_matter(request, page, frame, template="contact/staff/matter.html", status=status)
    add_never_cache_headers(answer)
    return answer


@open_to(*STAFF)
def file(request: Visit, number: str, file: str, page: str, case_page: str) -> HttpResponse:
    """Show one page of a file, or hand it out as it was sent, to whom its ticket is for."""
    del case_page
    ticket = request.GET.get("ticket", "")
    if (formal := behind(case_of(number))) is not None:
        return notice_file(request, formal, file, page, ticket=ticket)
    return thread_file(request, matter_of(request, number).thread.pk, file, page, ticket=ticket)


OURS = frozenset({"csrfmiddlewaretoken", "token", "text", "step", "read_back"})
"""What the pages fill in themselves; what the agent took down is carried from the one to the other."""


def read_back(
    request: Visit,
    page: str,
    shown: dict[str, object],
    *,
    text: Callable[[], str],
    take: Callable[[str], str],
) -> HttpResponse:
    """Show the exact text to be read back, or take down what was confirmed as it stands.

    `take` gets the SHA-256 of the text that was confirmed, "" where none was, and returns where it leads.
    """
    refused = None
    if request.POST.get("step") == "send":
        confirmed = request.POST.get("text", "") if request.POST.get("read_back") else ""
        try:
            return HttpResponseRedirect(once(actor_of(request), form_key(request), lambda: take(confirmed)))
        except NotReadBack as why:
            refused = why
    said = text()
    fields = [(name, one) for name, all_ in request.POST.lists() if name not in OURS for one in all_]
    fields += [("token", request.POST.get("token") or new_token()), ("text", words.digest(said))]
    shown |= {"text": said, "refusal": refused, "fields": fields}
    return private(request, page, shown, refused.status if refused else 200)
