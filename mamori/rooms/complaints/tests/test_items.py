"""What of a shop's display is missing or untrue is ticked, sealed with the words, counted for staff, and told to no shop."""

from __future__ import annotations

import re

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.law.complaints import ComplaintReason
from mamori.law.display import ITEMS, DisplayItem
from mamori.rooms.complaints.models import Complaint, ComplaintReport
from mamori.rooms.complaints.queries import complaint_of, said_of
from mamori.rooms.complaints.reports.queries import mine
from mamori.rooms.complaints.rules import summary
from mamori.rooms.complaints.tests.conftest import MONDAY, agent, reported, row, told, whole
from mamori.rooms.complaints.tests.telephoned import sheet, telephoned
from mamori.rooms.complaints.tests.test_pages import send, text

pytestmark = pytest.mark.django_db
ADDRESS, PHONE, RETURNS = DisplayItem.ADDRESS, DisplayItem.PHONE, DisplayItem.RETURNS
DISPLAY = {"reason": ComplaintReason.DISPLAY}


def test_each_item_is_counted_once_for_each_who_says_so() -> None:
    secret = reported(**DISPLAY, items=(PHONE, ADDRESS))
    reported(**DISPLAY, items=(PHONE, ADDRESS))
    reported(**DISPLAY, items=(ADDRESS,), source="198.51.100.7")
    reported(**DISPLAY, source="198.51.100.8")
    shown = complaint_of(agent(), whole(secret).pk)

    assert shown.items == ((ADDRESS, 2), (PHONE, 1))
    assert shown.item_texts[0] == (ITEMS[ADDRESS].text, 2)
    assert mine(secret, at=MONDAY).items == ITEMS[ADDRESS].text.listed(
        [ITEMS[ADDRESS].text, ITEMS[PHONE].text]
    )


def test_who_ticks_more_the_second_time_repeats_nothing_and_counts_once_for_each() -> None:
    secret = reported(**DISPLAY, items=(PHONE,))
    reported(**DISPLAY, items=(PHONE, ADDRESS))
    shown = complaint_of(agent(), whole(secret).pk)

    assert [one.is_repeated for one in shown.reports] == [False, False]
    assert shown.items == ((ADDRESS, 1), (PHONE, 1))


def test_items_lie_sealed_with_the_words_and_nowhere_else() -> None:
    secret = reported(**DISPLAY, items=(RETURNS,))
    kept = row(secret)

    assert said_of(kept).items == ("returns",)
    assert kept.said is not None
    assert b"returns" not in bytes(kept.said)


def test_on_the_telephone_the_items_are_read_back_and_kept() -> None:
    asked = told(**DISPLAY, items=(PHONE, ADDRESS))
    lines = [line.ja for line in summary(asked, sheet())]
    taken = telephoned(**DISPLAY, items=(PHONE, ADDRESS))

    assert "ない、またはうその表示：住所、電話番号" in lines
    assert said_of(taken).items == ("phone", "address")
    assert "住所、電話番号" in said_of(taken).read_back


def test_items_are_ticked_on_the_form_and_kept_where_the_display_is_reported(enter: Enter) -> None:
    client = enter()
    form = client.get("/complaints/?shop=S-1&why=display").content.decode()
    first = send(client, "/complaints/?shop=S-1", reason="display", words="住所がない", items=["address"])
    send(client, "/complaints/?shop=S-1", reason="price", words="高い", items=["address"])
    bad = send(client, "/complaints/?shop=S-1", reason="display", words="x", items=["<script>"])
    of_display, of_price = ComplaintReport.objects.order_by("pk")

    assert re.findall(r'name="items" value="(\w+)"', form) == [one.value for one in ITEMS]
    assert 'data-only-with="reason=display"' in form
    assert "住所" in text(first)
    assert said_of(of_display).items == ("address",)
    assert said_of(of_price).items == ()
    assert bad.status_code == 422


def test_staff_read_how_many_say_so_and_begin_the_finding_with_the_items_alone(enter: Enter) -> None:
    send(enter(), "/complaints/?shop=S-1", reason="display", words="秘密の言葉", items=["address", "phone"])
    number, staff = Complaint.objects.get().pk, enter(Role.AGENT)
    page = re.sub(r"\s+", "", text(staff.get(f"/desk/complaints/{number}/")))
    form = staff.get(f"/desk/complaints/{number}/uphold/").content.decode()
    said = re.search(r'<textarea[^>]*name="said"[^>]*>([^<]*)<', form)

    assert "住所1か所電話番号1か所" in page
    assert said is not None
    assert said[1].strip() == "確かめた表示：住所、電話番号。"
