"""Reading a procedure: what is asked, what is recorded, and what is refused; who is nobody here enters nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import Enter
from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.hand import Hand, Role
from mamori.ground.declared.procedures import procedures
from mamori.ground.ledger import facts as ledger
from mamori.ground.terms import actions as terms
from mamori.law.article5 import DISCLOSURE_HEARING
from mamori.rooms.disclosure import actions, tasks
from mamori.rooms.disclosure.models import ProcedureReading, ProcedureVersion
from mamori.rooms.disclosure.queries import handbook as queries
from mamori.rooms.disclosure.tests.conftest import MONDAY, agent, buyer, hand, lead
from mamori.rooms.disclosure.tests.test_pages import read

pytestmark = pytest.mark.usefixtures("market_day")

LATER = MONDAY + timedelta(days=1)


class Reader:
    """Somebody of another department who reads and answers."""

    def __init__(self, by: str = "reader:9") -> None:
        self.hand: Hand = hand(by, Role.READER)

    def answers(self, code: str, *, wrong: bool = False) -> list[int]:
        """Return the right answers, or wrong ones, to what it is asked next."""
        shown = queries.procedure_of(code, MONDAY)
        asked = queries.quiz_of(self.hand, shown, queries.times_read(self.hand, code))
        return [(one.right + wrong) % len(one.answers) for one in asked]

    def reads(self, code: str, answers: list[int]) -> int:
        """Answer as a form does."""
        return actions.read_procedure(
            self.hand,
            procedure=code,
            digest=queries.procedure_of(code, MONDAY).digest,
            turn=queries.times_read(self.hand, code),
            answers=answers,
        )


@pytest.fixture
def reader() -> Reader:
    return Reader()


def test_other_questions_are_asked_the_next_time(reader: Reader) -> None:
    shown = queries.procedure_of("request", MONDAY)

    first, again = queries.quiz_of(reader.hand, shown, 0), queries.quiz_of(reader.hand, shown, 0)

    assert first == again
    assert first != queries.quiz_of(reader.hand, shown, 1)
    assert first != queries.quiz_of(agent(), shown, 0)


def test_answers_that_are_missing_are_wrong_and_what_was_never_offered_too(reader: Reader) -> None:
    assert reader.reads("request", []) == 0
    assert reader.reads("request", [99] * 5) == 0
    shown = queries.procedure_of("request", MONDAY)
    assert [one.chosen for one in queries.last_answers(reader.hand, shown)] == [None] * 5


def test_what_declares_nothing_to_ask_is_simply_read(reader: Reader) -> None:
    assert reader.reads("terms", []) == 0
    reading = queries.own_readings(reader.hand, [queries.procedure_of("terms", MONDAY)])["terms"]
    assert reading.has_passed


def test_the_page_says_where_nothing_is_asked_and_one_press_records_it(enter: Enter) -> None:
    client = enter(Role.READER)

    for code, is_asked in (("terms", False), ("request", True)):
        page, quiz = read(client, f"/desk/reading/{code}/"), read(client, f"/desk/reading/{code}/quiz/")
        assert ("この手順には問いがありません" in page) is not is_asked
        assert ("この手順には問いがありません" in quiz) is not is_asked
        assert ("問いに答える" in page) is ("問いに答える" in quiz) is is_asked
        assert queries.procedure_of(code, MONDAY).asks_something is is_asked


def test_who_answers_about_what_has_changed_meanwhile_is_told_to_read_it(reader: Reader) -> None:
    digest, answers = queries.procedure_of("request", MONDAY).digest, reader.answers("request")
    actions.add_words(lead(), procedure="request", ja="まず本人確認の書類を見ます。", en="")

    with pytest.raises(actions.ProcedureChanged):
        actions.read_procedure(reader.hand, procedure="request", digest=digest, turn=0, answers=answers)
    reader.reads("request", reader.answers("request"))
    with pytest.raises(actions.ProcedureChanged):
        actions.read_procedure(
            reader.hand,
            procedure="request",
            digest=queries.procedure_of("request", MONDAY).digest,
            turn=0,
            answers=answers,
        )


def test_what_a_procedure_comes_to_say_is_kept_once() -> None:
    count = tasks.note_procedures(MONDAY)
    again = tasks.note_procedures(MONDAY)
    terms.set(lead(LATER), setting=DISCLOSURE_HEARING, value=CalendarDays(21))
    changed = tasks.note_procedures(LATER + timedelta(days=1))

    assert (count, again, changed) == (len(procedures()), 0, 1)
    assert ProcedureVersion.objects.filter(code="request").count() == 2
    assert len(ledger.acts_about("disclosure.procedure:all", kind="disclosure.handbook_note")) == 2
    shown = queries.procedure_of("request", LATER + timedelta(days=1))
    newest, first = queries.versions(shown)
    assert newest.moved is not None
    assert first.moved is None
    assert any("21日（暦）" in line.ja for line in newest.moved.new)


def test_nothing_is_kept_in_a_house_that_was_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "began_at", lambda: None)

    assert tasks.note_procedures(MONDAY) == 0


def test_only_who_works_for_the_operator_reads_and_only_heads_write() -> None:
    with pytest.raises(queries.NoSuchProcedure):
        actions.read_procedure(buyer(), procedure="request", digest="", turn=0, answers=[])
    with pytest.raises(queries.NoSuchProcedure):
        actions.add_words(agent(), procedure="request", ja="あ", en="")
    with pytest.raises(queries.NoSuchProcedure):
        actions.note_procedures(lead())
    with pytest.raises(queries.NoSuchProcedure):
        actions.add_words(lead(), procedure="no-such", ja="あ", en="")
    assert not ProcedureReading.objects.exists()
