"""The pages of help that the house writes: what they name is filled from what is declared, and each has an address of its own."""

from __future__ import annotations

import re

import pytest

from mamori.grammar.helppage import HelpFor, HelpPage, HelpPart
from mamori.grammar.text import Text
from mamori.law.help import BY_SLUG, HELP_PAGES
from mamori.law.helprights import ART10_ASKS, REPORT_TO_THE_STATE

PARTS = [part for page in HELP_PAGES for part in page.parts]


def test_each_page_has_an_address_of_its_own_and_there_are_some_for_each_side() -> None:
    assert len(BY_SLUG) == len(HELP_PAGES)
    assert {one.audience for one in HELP_PAGES} == set(HelpFor)
    assert all(re.fullmatch(r"[a-z0-9-]+", one.slug) for one in HELP_PAGES)
    assert "articles" not in BY_SLUG  # the operator's own lie there


@pytest.mark.parametrize("part", PARTS, ids=lambda one: one.title.en)
def test_the_words_name_just_what_is_filled_in_both_languages(part: HelpPart) -> None:
    named = {
        place for text in part.says for one in (text.ja, text.en) for place in re.findall(r"{(\w+)}", one)
    }

    assert named == set(part.fills)
    for text in part.says:
        assert set(re.findall(r"{(\w+)}", text.ja)) == set(re.findall(r"{(\w+)}", text.en))


@pytest.mark.parametrize("page", HELP_PAGES, ids=lambda one: one.slug)
def test_no_time_is_written_out_where_it_could_be_filled(page: HelpPage) -> None:
    said = [text.ja for part in page.parts for text in part.says if part.fills]

    assert not [one for one in said if re.search(r"[0-9０-９]+(営業)?(日|時間)以内", one)]


def test_a_link_has_its_words_and_words_have_their_link() -> None:
    said = (Text("書く", "write"),)

    with pytest.raises(ValueError, match="a link needs its address"):
        HelpPart(title=Text("題", "title"), says=said, to="/report/")
    with pytest.raises(ValueError, match="a link needs its address"):
        HelpPart(title=Text("題", "title"), says=said, to_text=Text("へ", "to"))


def test_a_report_to_the_state_has_four_contents_and_says_what_it_does_not_do() -> None:
    said = " ".join(text.ja for part in REPORT_TO_THE_STATE.parts for text in part.says)

    assert len(ART10_ASKS) == 4
    assert "返金や解決のための手続きではありません" in said
    assert "返事も来ません" in said
    assert "188" in said
    assert "受け付けず、送らず、保管もしません" in said
