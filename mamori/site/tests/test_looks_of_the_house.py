"""How the house looks: every page leads back to the shop, in a colour on which words can be read, and refuses any other."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.terms import actions as terms
from mamori.ground.web import colours, operator
from mamori.law.settings import OPERATOR_COLOUR, OPERATOR_SHOP
from mamori.site.command.set import choose

pytestmark = pytest.mark.django_db
EARLY = datetime.now(UTC) - timedelta(hours=1)
MACHINE = Actor(by="machine:test", role=Role.MACHINE, at=EARLY, via="test")


def page(client: Client, path: str, lang: str = "ja") -> str:
    return unescape(client.get(path, headers={"accept-language": lang}).content.decode())


def test_every_public_page_leads_back_to_the_shop_in_its_colour(enter: Enter) -> None:
    terms.set(MACHINE, setting=OPERATOR_SHOP, value="https://shop.example.jp/top")
    terms.set(MACHINE, setting=OPERATOR_COLOUR, value="#ffd43d")

    for path in ("/", "/guide/", "/measures/", "/policy/", "/in/", "/complaints/"):
        for lang, words in (("ja", "通販サイトに戻る"), ("en", "Back to the shop")):
            shown = page(Client(), path, lang)
            assert re.search(
                rf'<a href="https://shop\.example\.jp/top" class="shop"[^>]*>{words}</a>', shown
            ), path
            assert '<link rel="stylesheet" href="/operator.css?ffd43d">' in shown, path
    style = page(Client(), "/operator.css")
    assert "background: #ffd43d; color: #1a1a1a" in style
    assert "shop.example.jp/top" not in page(enter(Role.LEAD), "/desk/")
    assert "operator.css" not in page(enter(Role.LEAD), "/desk/")


@pytest.mark.parametrize("colour", ["#7a7a7a", "red}body{display:none", ""])
def test_a_colour_on_which_nobody_can_read_or_that_is_none_changes_no_page(colour: str) -> None:
    terms.set(MACHINE, setting=OPERATOR_SHOP, value="javascript:alert(1)")
    terms.set(MACHINE, setting=OPERATOR_COLOUR, value=colour[:7])

    shown = page(Client(), "/")

    assert "operator.css" not in shown
    assert "javascript:" not in shown
    assert page(Client(), "/operator.css") == ""


@pytest.mark.parametrize(
    ("colour", "words", "is_enough"),
    [("#ffffff", "#1a1a1a", True), ("#0b57d0", "#ffffff", True), ("#7a7a7a", "#ffffff", False)],
)
def test_on_a_colour_the_better_of_white_and_dark_words_stands_or_none(
    colour: str, words: str, is_enough: bool
) -> None:
    pair = colours.on(colour)

    assert pair is not None
    assert (pair.words, pair.ratio >= colours.ENOUGH) == (words, is_enough)


def test_a_colour_on_which_nobody_can_read_is_refused_where_it_is_typed_with_one_near_it(
    enter: Enter,
) -> None:
    lead, place = enter(Role.LEAD), "/desk/settings/operator.colour/"
    refused = lead.post(place, {"value": "#7a7a7a", "seen": "0"})
    said_ja = unescape(refused.content.decode())
    english = lead.post(place, {"value": "#777777", "seen": "0"}, headers={"accept-language": "en"})
    unwritten = lead.post(place, {"value": "blue", "seen": "0"})

    assert (refused.status_code, unwritten.status_code) == (422, 422)
    assert "明るさの比 4.2。4.5以上" in said_ja
    [near] = {*re.findall(r"近い色では (#[0-9a-f]{6}) が読めます", said_ja)}
    assert "contrast 4.4; 4.5 is needed" in english.content.decode()
    assert "色として読めません" in unwritten.content.decode()
    assert "operator.css" not in page(Client(), "/")
    assert lead.post(place, {"value": near, "seen": "0"}).status_code == 302
    operator.forget()
    assert "operator.css" in page(Client(), "/")


@pytest.mark.parametrize("grey", range(0, 256, 3))
def test_near_every_colour_there_is_one_on_which_words_can_be_read(grey: int) -> None:
    for colour in (
        f"#{grey:02x}{grey:02x}{grey:02x}",
        f"#{grey:02x}00ff",
        f"#ff{grey:02x}00",
        f"#00{grey:02x}60",
    ):
        try:
            colours.must_be_readable(colour)
        except colours.ColourUnreadable as refused:
            pair = colours.on(str(refused.values["near"]))
            assert pair is not None
            assert pair.ratio >= colours.ENOUGH > colours.on(colour).ratio  # type: ignore[union-attr]


def test_contrast_is_reckoned_as_wcag_says() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert colours.on("0b57d0") is colours.on("#0b57d") is colours.on("#0b57dg") is None


@pytest.mark.parametrize(
    "address",
    [
        "http://shop.example.jp",
        "javascript:alert(1)",
        "https://",
        "https://a:b@shop.example.jp",
        "x",
        "https://[x",
    ],
)
def test_only_an_address_by_https_is_linked_to(address: str) -> None:
    assert not colours.is_shop(address)
    assert colours.is_shop("https://shop.example.jp/")


@pytest.mark.parametrize("colour", ["#7a7a7a", "blue"])
def test_the_command_refuses_the_same_colours(colour: str) -> None:
    with pytest.raises((colours.ColourUnreadable, colours.ColourUnwritten)):
        choose(MACHINE, OPERATOR_COLOUR.code, (colour,))

    choose(MACHINE, OPERATOR_COLOUR.code, ("#ffd43d",))
    choose(MACHINE, OPERATOR_COLOUR.code, ("",))
    assert page(Client(), "/operator.css") == ""
