"""Pages of the desk that no cache may keep."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from mamori.grammar.text import Text
from mamori.ground.matters.page import MatterPage
from mamori.ground.web.matterpage import MatterFrame, show_matter
from mamori.ground.web.signs import Visit
from mamori.rooms.contact.views.staff.cases import Back

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
