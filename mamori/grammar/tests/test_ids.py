"""Ids that leave the house say of what they are; what is another thing's finds nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, ClassVar

import pytest

from mamori.grammar.event import ABOUT, Event
from mamori.grammar.ids import MOST, IdKind, NoSuchId, inward, outward
from mamori.grammar.text import Text

TREE = IdKind("tre", Text("木", "tree"), "test.tree")
NEST = IdKind("nst", Text("巣", "nest"), "test.nest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested(Event):
    """A bird built its nest."""

    kind: ClassVar[str] = "test.nested"
    text: ClassVar[Text] = Text("巣ができた", "a nest was built")
    tree: Annotated[int, TREE]
    nest: Annotated[int, NEST] | None = None
    about: Annotated[str, ABOUT] = ""
    at: datetime | None = None
    eggs: tuple[str, ...] = ()


def test_an_id_is_read_back_as_the_number_that_it_was_made_of() -> None:
    for number in (1, 7, 10**6, MOST):
        assert TREE.number(TREE.of(number)) == number


@pytest.mark.parametrize(
    "given",
    [
        "7",
        "nst_7",
        "tre_",
        "tre_0",
        "tre_07",
        "tre_-7",
        "TRE_7",
        "tre_7 ",
        "tre_7\n",
        "tre_٧",
        "tre_9223372036854775808",
        "tre_" + "9" * 99,
        "",
    ],
)
def test_what_is_another_things_id_or_none_is_refused_with_how_such_an_id_begins(given: str) -> None:
    with pytest.raises(NoSuchId) as refused:
        TREE.number(given)

    assert refused.value.status == 404
    assert "tree" in refused.value.sentence.en
    assert "tre_" in refused.value.sentence.en


def test_two_kinds_of_ids_never_share_their_letters_or_their_table() -> None:
    with pytest.raises(ValueError, match="tre"):
        IdKind("tre", Text("茶", "tea"), "test.tea")
    with pytest.raises(ValueError, match=r"test\.tree"):
        IdKind("oak", Text("樫", "oak"), "test.tree")
    assert IdKind.registry["tre"] == TREE
    assert "oak" not in IdKind.registry


def test_what_we_call_a_thing_becomes_its_id_outside_and_other_names_stay() -> None:
    assert outward("test.tree:7") == "tre_7"
    assert inward("tre_7") == "test.tree:7"
    for name in ("market.seller:S-1", "test.unknown:7", "test.tree:P-7", "seller:7"):
        assert outward(name) == name
        assert inward(name) == name


def test_an_event_tells_ids_with_their_kind_moments_in_utc_and_lists_as_lists() -> None:
    at = datetime(2026, 11, 1, 10, tzinfo=UTC)
    event = Nested(subject="test.tree:7", tree=7, nest=8, about="test.nest:8", at=at, eggs=("a", "b"))
    Event.registry["test.nested"] = Nested

    told = event.payload()

    assert told == {
        "tree": "tre_7",
        "nest": "nst_8",
        "about": "nst_8",
        "at": "2026-11-01T10:00:00Z",
        "eggs": ["a", "b"],
    }
    assert Event.read("test.nested", told, subject="test.tree:7") == event
    del Event.registry["test.nested"]


def test_an_event_that_was_written_before_ids_had_a_kind_is_read_as_well() -> None:
    Event.registry["test.nested"] = Nested

    older = Event.read(
        "test.nested", {"subject": "x", "tree": 7, "about": "test.nest:8", "at": ""}, subject="test.tree:7"
    )

    assert older == Nested(subject="test.tree:7", tree=7, about="test.nest:8")
    del Event.registry["test.nested"]
