"""The rows behind an edition, as leads and counsel save them: the same bytes as the command writes, for nobody else."""

from __future__ import annotations

import pytest
from django.http import StreamingHttpResponse

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.rooms.disclosure.editions import actions
from mamori.rooms.disclosure.measures.queries import exported
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.tests.conftest import ask, lead
from mamori.rooms.disclosure.tests.measured import AFTER, HALF, half_counted
from mamori.rooms.disclosure.tests.test_pages import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day", "staff")]


@pytest.fixture
def edition() -> int:
    """Draft an edition of half a year."""
    half_counted()
    return actions.draft_edition(lead(AFTER), half=str(HALF), reason="数え直した。")


def test_the_file_on_the_page_is_what_the_command_writes(enter: Enter, edition: int) -> None:
    SellerRequest.objects.filter(pk=ask()).update(received_at=HALF.since)
    written = "".join(exported(HALF)).encode()  # line by line, as the command writes them
    counsel = enter(Role.COUNSEL)

    answer = counsel.get(f"/desk/editions/{edition}/?format=jsonl", secure=True)

    assert isinstance(answer, StreamingHttpResponse)
    assert answer.getvalue() == written
    assert b'"kind":"request"' in written
    assert answer["Content-Disposition"] == f'attachment; filename="mamori-export-{HALF}.jsonl"'
    assert answer["Cache-Control"] == "private, no-store"
    assert f"/desk/editions/{edition}/?format=jsonl" in read(counsel, f"/desk/editions/{edition}/")


def test_there_is_no_file_of_no_edition_and_none_for_others(enter: Enter, edition: int) -> None:
    assert enter(Role.LEAD).get("/desk/editions/999/?format=jsonl", secure=True).status_code == 404
    for role in (Role.AGENT, Role.READER, Role.BUYER, Role.SELLER):
        answer = enter(role).get(f"/desk/editions/{edition}/?format=jsonl", secure=True)
        assert answer.status_code in (302, 403)
