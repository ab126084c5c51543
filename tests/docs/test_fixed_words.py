"""Each fixed word that a program reads about payouts and hindrances stands on its page, and none that is not declared."""

from __future__ import annotations

import ast
import re

from mamori.doors.gateway.schema import webhooks
from mamori.grammar.clearance import Hinders
from mamori.ground.people.facts import Flaw
from mamori.rooms.enforcement.rules.standing import KEEPS_FROM
from mamori.rooms.identity.rules import WHY
from mamori.rooms.payouts.rules import Code, Reason, of_payee
from tests.docs.pages import ROOT

OF_PAYEES = of_payee("S-1", [Reason(code=code) for code in Code], is_registered=True)
WORDED = {
    "enforcement": set(KEEPS_FROM),
    "identity": {f"identity-{standing.value}" for standing in WHY},
    "payouts": {one.code for one in OF_PAYEES if isinstance(one, Hinders)},
}
"""The rooms that put their words together, with all that come of it; others write theirs where they hinder."""


def on_page(name: str) -> set[str]:
    """Return the words of the table of codes of a page."""
    _, head, rest = (ROOT / "docs" / "how-to" / name).read_text("utf-8").partition("\n| `code` |")
    assert head, f"{name} has no table of codes"
    return set(re.findall(r"^\| `([^`]+)` \|", rest.partition("\n\n")[0], re.MULTILINE))


def written() -> set[tuple[str, str]]:
    """Return each place in the program that hinders: the room, and the word that it writes, "" where it is put together."""
    found = set()
    for path in (ROOT / "mamori").rglob("*.py"):
        text = path.read_text("utf-8")
        if "Hinders(" not in text or "tests" in path.parts:
            continue
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Hinders":
                code = call.args[1]
                word = str(code.value) if isinstance(code, ast.Constant) else ""
                found.add((path.relative_to(ROOT / "mamori").parts[1], word))
    return found


def test_every_reason_of_a_payout_stands_on_its_page() -> None:
    assert on_page("pay-sellers.md") == {code.value for code in Code}


def test_every_word_of_a_hindrance_stands_on_its_page() -> None:
    plain = {word for _, word in written() if word}

    assert {room for room, word in written() if not word} == set(WORDED)
    assert {"contact-unproven", "display-lacking", "erased"} <= plain
    assert on_page("ask-for-clearance.md") == plain.union(*WORDED.values())


def test_the_causes_of_a_token_that_is_refused_stand_on_their_page_as_they_are_declared() -> None:
    rows = {f"| `{flaw}` | {flaw.text.ja} / {flaw.text.en} |" for flaw in Flaw}

    assert on_page("sign-links.md") == set(Flaw)
    assert rows <= set((ROOT / "docs" / "how-to" / "sign-links.md").read_text("utf-8").splitlines())


def test_every_event_that_leaves_the_house_has_its_one_place_in_the_list_of_what_a_shop_does() -> None:
    page = (ROOT / "docs" / "how-to" / "act-on-events.md").read_text("utf-8")

    named = [
        kind
        for head in re.findall(r"^\| (`[^|]+) \|", page, re.MULTILINE)
        for kind in re.findall(r"`(\S+)`", head)
    ]
    assert sorted(named) == sorted(kind for kind in webhooks() if not kind.startswith("test."))
