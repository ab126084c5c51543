"""Every component, in each state, language, width and light: readable, reachable, and whole without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.browser import Heard, axe, cut_tables, read, too_wide

type Visit = Callable[..., BrowserContext]

pytestmark = pytest.mark.processes
ONLY_LOOKS = True

PAGE = "/desk/components"
PHONE, DESK, NARROW = ({"width": wide, "height": 900} for wide in (390, 1280, 320))


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("locale", ["ja-JP", "en-US"])
def test_axe_finds_nothing_serious_in_any_light_or_language(guest: Visit, light: str, locale: str) -> None:
    page = guest("agent", color_scheme=light, locale=locale).new_page()

    page.goto(PAGE)

    assert axe(page) == []


def test_axe_sees_colours_and_a_planted_pale_word(guest: Visit) -> None:
    page = guest("agent", bypass_csp=True).new_page()
    page.goto(PAGE)

    page.add_style_tag(content=".quiet { color: #ccc !important }")

    assert any(found.startswith("color-contrast") for found in axe(page))


@pytest.mark.parametrize("light", ["light", "dark"])
def test_a_chosen_light_is_kept_whatever_the_device_wants(guest: Visit, light: str) -> None:
    other = {"light": "dark", "dark": "light"}[light]
    page = guest("agent", color_scheme=other).new_page()
    page.goto(PAGE)
    for _ in range(2):
        if read(page).locator("html").get_attribute("data-theme") != light:
            page.locator('button[formaction="/theme/"]:visible').click()

    page.reload()

    assert page.locator("html").get_attribute("data-theme") == light
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == light
    assert axe(page) == []


@pytest.mark.parametrize("locale", ["ja-JP", "en-US"])
@pytest.mark.parametrize("size", [NARROW, PHONE, DESK], ids=lambda size: str(size["width"]))
def test_no_page_scrolls_sideways(guest: Visit, size: dict[str, int], locale: str) -> None:
    page = guest("agent", viewport=size, locale=locale).new_page()

    page.goto(PAGE)

    assert too_wide(page) == []


def test_a_planted_wide_thing_is_found(guest: Visit) -> None:
    page = guest("agent", viewport=NARROW, bypass_csp=True).new_page()
    page.goto(PAGE)

    page.add_style_tag(content="h1 { width: 500px }")

    assert too_wide(page)


def test_a_planted_table_that_is_cut_and_two_landmarks_of_one_name_are_found(guest: Visit) -> None:
    page = guest("agent", viewport=PHONE, bypass_csp=True).new_page()
    page.goto(PAGE)
    assert cut_tables(page) == []

    page.add_style_tag(content="table { width: 600px !important }")
    page.evaluate("""const [one, two] = [0, 1].map(() => document.createElement('section'));
      [one, two].forEach((it) => { it.setAttribute('aria-label', 'twice'); document.querySelector('main').append(it); })""")

    assert cut_tables(page)
    assert too_wide(page) == []
    assert any(found.startswith("landmark-unique") for found in axe(page))


def test_letters_of_double_size_still_fit(guest: Visit) -> None:
    page = guest("agent", viewport={"width": 640, "height": 900}, bypass_csp=True).new_page()
    page.goto(PAGE)

    page.add_style_tag(content="html { font-size: 200% }")

    assert too_wide(page) == []
    cut = "[...document.querySelectorAll('button, .chip, .choice, a.button')].filter(e => e.scrollWidth > e.clientWidth + 1)"
    assert page.evaluate(f"{cut}.map(e => e.outerHTML)") == []


def test_the_browser_has_nothing_to_complain_of(guest: Visit) -> None:
    page = guest("agent").new_page()
    heard = Heard()
    heard.listen(page)

    page.goto(PAGE)

    assert heard == Heard()


def test_without_scripts_everything_is_there(guest: Visit) -> None:
    page = guest("agent", java_script_enabled=False).new_page()

    page.goto(PAGE)

    expect(page.locator(".count").first).to_have_text("2,000 字まで")
    expect(page.locator("button[data-print]").first).to_be_hidden()
    expect(page.locator(".clock").first).to_contain_text("あと")
    page.locator('button[formaction="/language/"]').click()
    expect(page.locator("h1").first).to_have_text("Components")


def test_with_scripts_letters_are_counted_while_one_writes(guest: Visit) -> None:
    page = guest("agent").new_page()
    page.goto(PAGE)

    page.locator("#id_words").fill("あ𠮷\n")

    expect(page.locator('[data-count="id_words"]')).to_have_text("あと 1,996 字")


def test_everything_that_can_be_pressed_shows_where_the_focus_is(guest: Visit) -> None:
    page = guest("agent").new_page()
    page.goto(PAGE)
    rings = set()

    for _ in range(40):
        page.keyboard.press("Tab")
        rings.add(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))

    assert rings == {"solid"}


def test_what_only_can_be_pressed_is_not_printed(guest: Visit) -> None:
    page = guest("agent").new_page()
    page.goto(PAGE)

    page.emulate_media(media="print")

    for pressed in (".groups", ".looks", ".pager", "button[data-print]"):
        expect(page.locator(pressed).first).to_be_hidden()
    expect(page.locator(".done .number").first).to_be_visible()


def test_forced_colours_and_still_pictures_break_nothing(guest: Visit) -> None:
    page = guest("agent", forced_colors="active", reduced_motion="reduce").new_page()

    page.goto(PAGE)

    assert page.evaluate("getComputedStyle(document.querySelector('.chip')).borderStyle") == "solid"
    moving = "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0)"
    assert page.evaluate(f"{moving}.length") == 0
