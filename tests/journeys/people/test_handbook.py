"""The handbook: a new colleague looks something up, records it, and a lead sees who has read what it says now."""

from __future__ import annotations

import pytest

from tests.journeys.browser import axe, too_wide
from tests.journeys.people.conftest import Come

pytestmark = pytest.mark.processes


def test_a_colleague_looks_it_up_records_it_and_is_told_what_changed(
    comes: Come,
) -> None:
    agent = comes("agent", to="/desk/reading/", by="phone")
    agent.sees_heading("手順と定め")
    agent.main.locator("input[name=q]").fill("四十八時間")
    agent.presses("手順を探す")
    agent.sees("この言葉は、どの手順にもありません")
    agent.main.locator("input[name=q]").fill("異議")
    agent.presses("手順を探す")
    agent.sees("見つかったところ")
    agent.shows("handbook-search")
    agent.goes("/desk/reading/request/")
    agent.sees("だれが、何をするか")
    agent.shows("handbook-procedure")
    agent.presses("読んだと記録する")
    agent.sees("今の版を読みました")
    agent.shows("handbook-read")

    lead = comes("lead", to="/desk/reading/request/words/", lang="en", color_scheme="dark")
    lead.writes(en="Post room: copy registered letters on the day.")
    lead.presses("Add it")
    lead.sees("This alone was written by the operator")
    lead.shows("handbook-own-dark")
    lead.opens("Who read it")
    lead.sees("an earlier one")
    lead.shows("handbook-readers-dark")

    agent.goes("/desk/reading/")
    agent.sees("読んだあとで変わりました")


@pytest.mark.parametrize(("lang", "scheme", "by"), [("ja", "light", "phone"), ("en", "dark", "desktop")])
def test_the_pages_are_fit_for_everybody(comes: Come, lang: str, scheme: str, by: str) -> None:
    reader = comes("lead", to="/desk/reading/", lang=lang, color_scheme=scheme, by=by)
    for path in (
        "/desk/reading/?q=返金",
        "/desk/reading/trouble/",
        "/desk/reading/request/read/",
        "/desk/reading/request/words/",
    ):
        reader.goes(path)
        assert axe(reader.page) == [], path
        assert too_wide(reader.page) == [], path
