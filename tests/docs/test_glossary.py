"""GLOSSARY.md holds each word once, as it is declared."""

from __future__ import annotations

import re
from collections import Counter

import django

from mamori.grammar.actor import Role
from mamori.ground.declared.fields import lifecycles
from mamori.law.duties import DUTIES
from tests.docs.pages import ROOT

django.setup()

type Word = tuple[str, str, str]


def words() -> list[Word]:
    """Return every row of the tables: Japanese, English, name in the code."""
    rows = re.findall(
        r"^\| (.+?) \| (.+?) \| (.*?) ?\|", (ROOT / "GLOSSARY.md").read_text("utf-8"), re.MULTILINE
    )
    return [(ja, en, code.strip("`")) for ja, en, code in rows if ja not in {"---", "ことば"}]


def twice(found: list[Word]) -> list[str]:
    """Name what occurs more than once in its column."""
    return [
        w for column in range(3) for w, n in Counter(word[column] for word in found).items() if n > 1 and w
    ]


def test_each_word_occurs_once() -> None:
    assert twice(words()) == []
    assert twice([("守り", "guard", "a"), ("盾", "guard", "b")]) == ["guard"]


def test_every_role_is_called_as_declared() -> None:
    assert {(role.text.ja, role.text.en, role.value) for role in Role} <= set(words())


def test_every_lifecycle_is_called_as_declared() -> None:
    charts = {
        (chart.title.ja, chart.title.en, name)
        for name, chart in lifecycles().items()
        if name.split(".")[0] in {"contact", "market", "outbox"} or not name.startswith("test")
    }

    assert charts
    assert charts <= set(words())


def test_every_room_that_a_duty_names_has_its_word() -> None:
    assert {duty.room for duty in DUTIES} <= {code for _, _, code in words()}
