"""A stranger with guessed numbers and other people's links learns nothing, not even whether there is anything."""

from __future__ import annotations

import re

import pytest

from tests.journeys.browser import House, read, signed_link
from tests.journeys.people.conftest import Come, follow
from tests.journeys.people.person import Person

pytestmark = pytest.mark.processes

NOBODYS = "00000018"
"""A number that could be one and is nobody's."""


def told(person: Person, path: str, number: str) -> tuple[int, str]:
    """Return status and words of what is answered, without what differs from one request to the next."""
    status = person.goes(path)
    words = read(person.page).locator("body").inner_text()
    return status, re.sub(r"req_\w+|[0-9a-f]{8,}", "#", words.replace(number, "#"))


@pytest.mark.parametrize(("by", "lang"), [("phone", "en"), ("desktop", "ja")])
def test_a_stranger_gets_the_same_answer_as_for_nothing(
    comes: Come, open_house: House, village: dict[str, str], by: str, lang: str
) -> None:
    number, secrets = village["silent"], ("ランプ", "B-SILENT", "西田", "あかり")

    # Not signed in: a number that is somebody's leads where one leads that is nobody's.
    nobody = comes(by=by, lang=lang)
    for path in ("/threads/#/", "/threads/#/remedy/", "/seller/threads/#/", "/desk/cases/#/"):
        real, none = (told(nobody, path.replace("#", one), one) for one in (number, NOBODYS))
        assert real == none, path
        nobody.sees_nothing_of(*secrets)

    # Signed in as another buyer, another seller: the same.
    buyer = comes("buyer:B-STRANGER", by=by, lang=lang)
    seller = comes("seller:S-KITCHEN", to="/seller/", by=by, lang=lang)
    for person, paths in (
        (buyer, ("/threads/#/", "/threads/#/withdraw/", "/threads/#/helpers/", "/report/sent/#/")),
        (seller, ("/seller/threads/#/", "/seller/threads/#/answer/", "/seller/recoveries/#/")),
    ):
        for path in paths:
            real, none = (told(person, path.replace("#", one), one) for one in (number, NOBODYS))
            assert real == none, path
            assert real[0] in (403, 404), path
            person.sees_nothing_of(*secrets)
    buyer.goes(f"/threads/{number}/")
    buyer.shows(f"stranger-{lang}")

    # A link whose time is over, somebody else's link that was used, one with a letter changed: one answer.
    late = signed_link(open_house, village, "buyer:B-SILENT", f"/threads/{number}/", lasts=-60)
    used = signed_link(open_house, village, "buyer:B-SILENT", f"/threads/{number}/")
    owner = comes()
    follow(owner.page, used)
    owner.sees("ランプ")
    answers = set()
    for link in (late, used, used[:-4] + "AAAA"):
        thief = comes(by=by, lang=lang)
        follow(thief.page, link)
        thief.sees({"ja": "このリンクは使えません", "en": "This link cannot be used"}[lang])
        thief.sees_nothing_of(*secrets, number)
        answers.add(thief.words())
    assert len(answers) == 1
    thief.shows(f"stranger-link-{lang}")

    # A code for helping that was never given.
    guesser = comes(to="/help/", by=by, lang=lang)
    guesser.writes(code="ABCD-EFGH-JKLM-NPQR")
    guesser.main.get_by_role("button").last.click()
    guesser.sees({"ja": "入力をご確認ください", "en": "Please check what you entered"}[lang])
    guesser.sees_nothing_of(*secrets)
