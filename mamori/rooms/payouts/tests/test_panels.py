"""What is decided on the page of a case: a doubtful name as on its own page, a payout but for what asks who decides."""

from __future__ import annotations

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.ledger import facts as ledger
from mamori.rooms.payouts.tests.conftest import TARO, ask, pays_to
from mamori.rooms.payouts.tests.test_staff_pages import (
    account_case,
    decided,
    in_doubt,
    name_page,
    now,
    payout_case,
    text,
)

pytestmark = pytest.mark.usefixtures("shops")


def test_the_account_case_asks_the_same_and_leads_to_the_next_name(enter: Enter) -> None:
    account, other = in_doubt(), in_doubt("S-2")
    desk = enter(Role.AGENT)

    page = text(desk, account_case(account))
    own = text(desk, name_page(account))

    for shown in (page, own):
        assert "ヤマダ ハナヨ" in shown
        assert f'name="seen" value="{account.identity_version}"' in shown
        assert 'accesskey="6" data-key="6"' in shown
    assert f'<form method="post" action="{name_page(account)}"' in page
    assert account_case(account) in own
    assert decided(desk, account, "added") == name_page(other)
    assert "今できることはありません" in text(desk, account_case(account))


def test_what_was_found_is_said_on_the_page_that_comes_next(enter: Enter) -> None:
    first, second = in_doubt(), in_doubt("S-2")
    desk = enter(Role.AGENT)

    same = text(desk, decided(desk, first, "reading"))
    decided(desk, second, "relative", words=" 妹の口座 ")

    assert "「同じ名義」と記録しました" in same
    assert "「別の名義」と記録し" in text(desk, "/desk/payouts/names/")
    [act] = ledger.acts_of([f"payouts.account:{second.pk}"], kind="payouts.refuse_name")[
        f"payouts.account:{second.pk}"
    ]
    assert (act.content or {})["reason"].endswith("家族などの口座。妹の口座")


def test_a_name_that_is_done_leads_on_and_what_was_written_meanwhile_is_kept(enter: Enter) -> None:
    account, other = in_doubt(), in_doubt("S-2")
    desk = enter(Role.AGENT)
    decided(enter(Role.LEAD), account, "reading")

    late = desk.post(name_page(account), {"words": "電話で確かめた", "seen": "1"})

    assert desk.get(name_page(account)).headers["Location"] == name_page(other)
    assert late.status_code == 422
    assert "今の状態ではもうできません" in late.content.decode()
    assert "電話で確かめた" in late.content.decode()


def test_a_decision_on_a_payout_is_made_on_its_case_but_for_those_that_ask_who_decides(enter: Enter) -> None:
    pays_to(TARO, at=now())
    ask(at=now())

    page = text(enter(Role.COUNSEL), payout_case())

    assert f'<form method="post" action="{payout_case()}payouts/review/"' in page
    for slug in ("release", "settle"):
        assert f'href="{payout_case()}payouts/{slug}/"' in page
        assert f'action="{payout_case()}payouts/{slug}/"' not in page
    assert "<kbd>d</kbd>" in page
