"""Texts, citations, hands, refusals, events and declarations hold themselves to their own rules."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from mamori.grammar.actor import STAFF, Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.grammar.citation import Citation, Confidence, Dated, NoValueOnThatDay, Version
from mamori.grammar.declaration import Deadline, Duty, Setting
from mamori.grammar.event import Event
from mamori.grammar.line import Force
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

WORD = Text("語", "word")
STATUTE = Citation(WORD, "1", Confidence.STATUTE)
MEMORY = Citation(WORD, "1", Confidence.MEMORY)


def test_a_text_owes_both_languages() -> None:
    with pytest.raises(ValueError, match="both languages"):
        Text("語", " ")
    with pytest.raises(ValueError, match="both languages"):
        Text("", "word")


def test_a_text_is_filled_in_each_language_by_its_own_wording() -> None:
    filled = Text("{what}が{n}個", "{n} of {what}").fill(what=Text("箱", "boxes"), n=3)

    assert filled == Text("箱が3個", "3 of boxes")
    assert (filled.in_("ja"), filled.in_("en")) == ("箱が3個", "3 of boxes")


def test_a_dated_value_changes_on_its_day() -> None:
    rule = Dated((Version(1, date(2020, 1, 1), date(2026, 12, 31)), Version(2, date(2027, 1, 1))))

    assert rule.on(date(2026, 12, 31)) == 1
    assert rule.on(date(2027, 1, 1)) == 2
    with pytest.raises(NoValueOnThatDay):
        rule.on(date(2019, 12, 31))


@pytest.mark.parametrize(
    ("article", "ja", "en"),
    [
        ("3(1)(iii)", "第3条第1項第3号", "art. 3(1)(iii)"),
        ("Suppl. 2", "附則第2条", "supplementary provisions, art. 2"),
        ("15-3", "第15条の3", "art. 15-3"),
        ("23(ix)", "第23条第9号", "art. 23(ix)"),
        ("5(1), 5(2)iii", "第5条第1項、第5条第2項第3号", "art. 5(1) and art. 5(2)(iii)"),
        ("218(1), 222-2", "第218条第1項、第222条の2", "art. 218(1) and art. 222-2"),
    ],
)
def test_a_place_in_a_law_is_cited_as_each_language_writes_it(article: str, ja: str, en: str) -> None:
    cited = Citation(WORD, article, Confidence.STATUTE)

    assert (cited.place.ja, cited.place.en) == (ja, en)
    assert (cited.text.ja, cited.text.en) == (f"語{ja}", f"word, {en}")


@pytest.mark.parametrize("article", ["", "three", "3(1)(iiii)", "3(1)(iii) ", "3(1),4"])
def test_a_place_that_cannot_be_read_is_no_place(article: str) -> None:
    with pytest.raises(ValueError, match=r"place|in tuple"):
        _ = Citation(WORD, article, Confidence.STATUTE).place


def test_who_cites_no_place_cites_the_instrument() -> None:
    assert Citation(WORD, "", Confidence.PRACTICE).text == WORD


@pytest.mark.parametrize("last", [None, date(2027, 1, 1)])
def test_versions_that_overlap_do_not_come_into_being(last: date | None) -> None:
    with pytest.raises(ValueError, match="overlap"):
        Dated((Version(1, date(2020, 1, 1), last), Version(2, date(2027, 1, 1))))


def test_a_hand_without_an_offset_does_not_come_into_being() -> None:
    with pytest.raises(ValueError, match="offset"):
        Actor(by="agent:a", role=Role.AGENT, at=datetime(2026, 1, 1), via="test")  # noqa: DTZ001


def test_staff_are_agent_lead_and_counsel() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)

    staff = {role for role in Role if Actor(by="x", role=role, at=at, via="test").is_staff}

    assert staff == STAFF == {Role.AGENT, Role.LEAD, Role.COUNSEL}
    assert all(role.text.ja and role.text.en for role in Role)


def test_a_refusal_must_declare_code_status_and_text() -> None:
    with pytest.raises(TypeError, match="'status'"):
        type("Half", (Refusal,), {"text": WORD}, code="half")
    with pytest.raises(TypeError, match="has no text"):
        type("Mute", (Refusal,), {}, code="mute", status=404)
    with pytest.raises(TypeError, match="4xx"):
        type("Crash", (Refusal,), {"text": WORD}, code="crash", status=500)


def test_two_refusals_cannot_share_a_code() -> None:
    with pytest.raises(TypeError, match="share the code"):
        type(
            "Twin",
            (Refusal,),
            {"text": WORD, "__module__": "elsewhere"},
            code="step-not-open",
            status=409,
        )


def test_a_refusal_repeats_what_was_sent_shortly_and_in_its_own_direction() -> None:
    class Echo(Refusal, code="test.echo", status=404):
        text = Text("「{ref}」はありません。", "There is no {ref}.")

    assert Echo(ref="a\u202eb\0").sentence.en == "There is no ab."
    assert len(Echo(ref="x" * 10_000_000).sentence.en) < 400
    assert Echo(ref="x" * 300).sentence.en == "There is no " + "x" * 300 + "."
    del Refusal.registry["test.echo"]


def test_an_event_survives_the_way_as_json_and_back() -> None:
    @Event.declared
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Rained(Event):
        kind = "test.rained"
        text = WORD
        drops: int

    event = Rained(subject="sky", drops=3)

    assert event.payload() == {"drops": 3}
    assert Event.read("test.rained", {"drops": 3, "from_a_newer_version": 1}, subject="sky") == event
    del Event.registry["test.rained"]


def test_an_event_without_a_kind_or_with_a_taken_kind_is_refused() -> None:
    taken = next(iter(Event.registry.values()), None)

    with pytest.raises(TypeError, match="no kind or text"):
        Event.declared(type("Nameless", (Event,), {}))
    if taken is None:
        Event.registry["test.taken"] = taken = type("First", (Event,), {"kind": "test.taken", "text": WORD})
    with pytest.raises(TypeError, match="share the kind"):
        Event.declared(type("Second", (Event,), {"kind": taken.kind, "text": WORD}))
    Event.registry.pop("test.taken", None)


def test_a_duty_says_its_deadlines_or_why_there_are_none() -> None:
    base = {
        "code": "d",
        "title": WORD,
        "text": WORD,
        "citation": STATUTE,
        "room": "contact",
        "force": Force.EFFORT,
    }

    with pytest.raises(ValueError, match="not both"):
        Duty(**base)
    with pytest.raises(ValueError, match="not both"):
        Duty(**base, deadlines=("x",), no_deadline_because=WORD)
    assert Duty(**base, deadlines=("x",)).room == "contact"


def test_what_is_only_remembered_may_never_be_fixed_by_law() -> None:
    with pytest.raises(ValueError, match="its source is M"):
        Deadline(code="x", title=WORD, duration=Hours(1), citation=MEMORY, force=Force.SHALL)
    assert Deadline(code="x", title=WORD, duration=Hours(1), citation=STATUTE, force=Force.SHALL).fixed


@pytest.mark.parametrize(
    ("value", "admitted"), [(1, True), (10, True), (0, False), (11, False), (True, False), ("5", False)]
)
def test_a_setting_admits_values_of_its_kind_within_its_bounds(value: object, admitted: bool) -> None:
    setting = Setting(code="s", title=WORD, default=5, citation=STATUTE, least=1, most=10)

    assert setting.admits(value) is admitted  # type: ignore[arg-type]


def test_a_setting_without_bounds_admits_every_value_of_its_kind() -> None:
    assert Setting(code="s", title=WORD, default="a", citation=STATUTE).admits("anything")
    assert Setting(code="s", title=WORD, default=5, citation=STATUTE).admits(-3)


def test_a_value_is_called_by_its_word_and_by_itself_where_it_has_none() -> None:
    worded = Setting(
        code="s",
        title=WORD,
        default="a",
        citation=STATUTE,
        among=("a", "b"),
        words=(WORD, Text("別", "other")),
    )
    plain = Setting(code="s", title=WORD, default="1", citation=STATUTE, among=("1", "3"))

    assert worded.called("b") == Text("別", "other")
    assert plain.called("3") == Text("3", "3")
    with pytest.raises(ValueError, match="words for"):
        Setting(code="s", title=WORD, default="a", citation=STATUTE, among=("a", "b"), words=(WORD,))
