"""A list is walked whole, forth and back, whatever is equal in it; what is no cursor is refused, and counting stops."""

from __future__ import annotations

import base64
import contextlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, strategies as st

from mamori.ground.web import lists
from mamori.ground.web.lists import CursorUnreadable, Page, page_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
UP, DOWN = ("expire_date", "session_key"), ("-expire_date", "-session_key")


@pytest.fixture
def rows(db: None) -> list[str]:
    """Lay down 23 rows, of which many share their moment; return their keys in order."""
    for n in range(23):
        Session.objects.create(
            session_key=f"{n:02}", session_data="", expire_date=NOON + timedelta(hours=n // 5)
        )
    return [f"{n:02}" for n in range(23)]


def keys(page: Page[Session]) -> list[str]:
    """Return the keys on a page."""
    return [row.session_key for row in page.items]


@pytest.mark.parametrize("by", [UP, DOWN])
@pytest.mark.parametrize("size", [1, 4, 5, 22, 23, 24])
def test_a_list_is_walked_whole_forth_and_back(rows: list[str], by: tuple[str, str], size: int) -> None:
    wanted = rows if by == UP else rows[::-1]
    page = page_of(Session.objects.all(), by=by, size=size)
    pages = [page]

    while page.next:
        page = page_of(Session.objects.all(), by=by, size=size, cursor=page.next)
        pages.append(page)
    forth = [keys(page) for page in pages]
    back = [keys(page)]
    while page.previous:
        page = page_of(Session.objects.all(), by=by, size=size, cursor=page.previous)
        back.append(keys(page))

    assert [key for shown in forth for key in shown] == wanted
    assert back == forth[::-1]


def test_the_first_page_has_nothing_before_it_and_the_last_nothing_after(rows: list[str]) -> None:
    first = page_of(Session.objects.all(), by=UP, size=20)
    last = page_of(Session.objects.all(), by=UP, size=20, cursor=first.next)
    again = page_of(Session.objects.all(), by=UP, size=20, cursor=last.previous)

    assert (first.previous, last.next, again.previous) == ("", "", "")
    assert again == first


def test_a_row_that_goes_away_takes_no_other_with_it(rows: list[str]) -> None:
    first = page_of(Session.objects.all(), by=UP, size=10)

    Session.objects.filter(session_key="09").delete()
    second = page_of(Session.objects.all(), by=UP, size=10, cursor=first.next)

    assert keys(second)[0] == "10"


def test_an_empty_list_is_a_page_too(db: None) -> None:
    page = page_of(Session.objects.all(), by=UP)

    assert (page.items, page.next, page.previous, page.count) == ((), "", "", 0)
    assert page.count_text.ja == "0 件"


def test_nobody_counts_beyond_a_thousand(rows: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "COUNTED", 20)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = page_of(Session.objects.all(), by=UP, size=5)

    assert page.count == 20
    assert page.count_text.ja == "20 件以上"
    assert "LIMIT 20" in asked[-1]["sql"]
    assert page_of(Session.objects.all(), by=UP, counted=False).count is None


def written(*key: object) -> str:
    """Write a cursor as ours are written, with anything in it."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "あ",
        "!!!!",
        "e30",
        written(),
        written(0),
        written(0, "2026-11-24T12:00:00Z"),
        written(2, "2026-11-24T12:00:00Z", "1"),
        written(True, "2026-11-24T12:00:00Z", "1", "2"),
        written(0, "yesterday", "1"),
        written(0, None, None),
        written(0, 5, 5),
        written(0, ["a"], {"b": 1}),
        written(0, "2026-11-24T12:00:00Z", "\x00"),
        written(0, "2026-11-24T12:00:00Z", "1" * 41),
        base64.urlsafe_b64encode(b"[" * 5000).decode(),
        "A" * 100_000,
    ],
)
def test_what_is_no_cursor_is_refused(db: None, cursor: str) -> None:
    with pytest.raises(CursorUnreadable):
        page_of(Session.objects.all(), by=UP, cursor=cursor)


@given(
    st.one_of(
        st.text(max_size=60), st.binary(max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode())
    )
)
def test_no_text_makes_a_fault(cursor: str) -> None:
    with contextlib.suppress(CursorUnreadable):
        lists._read(Session, UP, cursor)


def test_an_id_that_no_column_holds_is_refused(db: None) -> None:
    from mamori.ground.people.models import Account

    with pytest.raises(CursorUnreadable):
        page_of(Account.objects.all(), by=("id",), cursor=written(0, "9" * 40))
