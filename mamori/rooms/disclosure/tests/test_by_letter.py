"""Who asks by letter or mail reads on the page where it goes."""

from __future__ import annotations

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.terms import actions as terms
from mamori.law.reports import OPERATOR_MAIL
from mamori.law.settings import OPERATOR_ADDRESS, OPERATOR_NAME
from mamori.rooms.disclosure.tests.conftest import EARLY, counsel
from mamori.rooms.disclosure.tests.test_pages import read

pytestmark = pytest.mark.django_db


def test_the_road_by_letter_names_the_address_and_the_mail_to_which_it_goes(enter: Enter) -> None:
    anybody = enter(Role.ANONYMOUS)
    before = read(anybody, "/disclosure/")
    for setting, value in (
        (OPERATOR_NAME, "まもり市場株式会社"),
        (OPERATOR_ADDRESS, "〒100-0001 東京都千代田区架空町1-1"),
    ):
        terms.set(counsel(EARLY), setting=setting, value=value)
    address = read(anybody, "/disclosure/")
    terms.set(counsel(EARLY), setting=OPERATOR_MAIL, value="kaiji@market.example")
    both = read(anybody, "/disclosure/")

    assert "宛先は、このページの下にある相談窓口に" in before
    assert "〒100-0001 東京都千代田区架空町1-1<br>まもり市場株式会社" in address
    assert "メールの宛先は、このページの下にある相談窓口に" in address
    assert 'href="mailto:kaiji@market.example"' in both
    assert "相談窓口にお尋ねください" not in both
