"""What staff read of names in doubt: no number in full, as a table too, found along its index, and no dearer when it is long."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Enter, plan
from mamori.grammar.actor import Role
from mamori.rooms.payouts.accounts.lists import NAMES
from mamori.rooms.payouts.tests.conftest import TARO, agent
from mamori.rooms.payouts.tests.test_staff_pages import in_doubt, name_page, text

pytestmark = pytest.mark.usefixtures("shops")


def test_a_table_of_the_names_tells_what_the_page_does(enter: Enter) -> None:
    account = in_doubt()
    desk = enter(Role.AGENT)

    page, table = text(desk, "/desk/payouts/names/"), text(desk, "/desk/payouts/names/?format=csv")

    told = ["ヤマダ ハナヨ", "****321", "店", "S-1"]
    assert all(each in page and each in table for each in told)
    assert f'href="{name_page(account)}"' in page
    assert (TARO.number in page, TARO.number in table) == (False, False)
    assert '"期限","口座の名義","銀行と支店","口座番号","出品者","出品者の番号","待ちはじめ"' in table


def test_more_names_ask_the_database_no_more(enter: Enter) -> None:
    desk = enter(Role.AGENT)
    in_doubt()
    desk.get("/desk/payouts/names/")
    with CaptureQueriesContext(connection) as few:
        desk.get("/desk/payouts/names/")
    in_doubt("S-2")

    with CaptureQueriesContext(connection) as many:
        desk.get("/desk/payouts/names/")

    assert len(many) == len(few)


def test_the_names_are_found_along_their_index() -> None:
    found = plan(NAMES.rows(agent()).order_by(*NAMES.order)[:51])

    assert not re.search(r"TEMP B-TREE|\bSort\b|Seq Scan|^\d* ?SCAN \w+$", found, re.M), found
    assert "payouts_account_look" in found
