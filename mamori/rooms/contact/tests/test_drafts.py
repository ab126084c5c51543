"""A formal notice goes as it was shown, and what was begun about one order never fills another's."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.tests.test_formal_pages import DAY, exact, fill_in, sends

pytestmark = pytest.mark.usefixtures("market_of_two")


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


def test_the_notice_that_is_sent_is_the_one_that_was_shown(buyer: Client) -> None:
    shown = sends(fill_in(buyer, **DAY))
    draft = f"?draft={shown['token']}"
    buyer.post(f"/notices/new/kind/{draft}", {"kind": "cancellation"})

    stopped = buyer.post(f"/notices/new/check/{draft}", shown)
    page = stopped.content.decode()
    nothing = Formal.objects.count()
    sent = buyer.post(f"/notices/new/check/{draft}", sends(page), follow=True)

    assert stopped.status_code == 409
    assert "まだ送られていません" in page
    assert nothing == 0
    assert exact(page) == exact(sent.content.decode())
    assert Formal.objects.get().notice == "cancellation"


def test_a_text_that_was_shown_in_another_language_is_shown_before_it_is_sent(buyer: Client) -> None:
    shown = sends(fill_in(buyer))

    stopped = buyer.post(
        "/notices/new/check/?kind=return&order=O-1", shown, headers={"accept-language": "en"}
    )

    assert stopped.status_code == 409
    assert "the text shown below" in stopped.content.decode()
    assert not Formal.objects.exists()


def test_a_draft_about_one_order_never_fills_anothers(buyer: Client) -> None:
    fill_in(buyer, **DAY)

    pages = [
        buyer.get(f"/notices/new/?kind={kind}&order={order}", follow=True)
        for kind, order in (("rescission", "O-3"), ("return", "O-3"), ("rescission", "O-1"))
    ]

    for page in pages:
        assert page.redirect_chain[-1][0].startswith("/notices/new/received/?kind=")
        assert "まだ送っていない書きかけがあります" in page.content.decode()
        assert (
            "2026"
            not in re.findall(r"<form method=.post. novalidate.*?</form>", page.content.decode(), re.DOTALL)[
                0
            ]
        )
    assert "色が違う" not in "".join(page.content.decode() for page in pages)
