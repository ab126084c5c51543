"""Reading a procedure: what is recorded, and what is refused; who is nobody here enters nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import CalendarDays
from mamori.ground.declared.fields import procedures
from mamori.ground.ledger import facts as ledger
from mamori.ground.terms import actions as terms
from mamori.law.article5 import DISCLOSURE_HEARING
from mamori.rooms.disclosure import tasks
from mamori.rooms.disclosure.handbook import actions, queries
from mamori.rooms.disclosure.models import ProcedureReading, ProcedureVersion
from mamori.rooms.disclosure.tests.conftest import MONDAY, actor, agent, buyer, lead

pytestmark = pytest.mark.usefixtures("market_day")

LATER = MONDAY + timedelta(days=1)


def reads(by: Actor, code: str) -> None:
    """Record it as the page's form does."""
    actions.read_procedure(by, procedure=code, digest=queries.procedure_of(code, MONDAY).digest)


@pytest.fixture
def reader() -> Actor:
    return actor("reader:9", Role.READER)


def test_that_somebody_read_a_procedure_is_recorded_with_the_words_that_it_said(reader: Actor) -> None:
    shown = queries.procedure_of("request", MONDAY)

    reads(reader, "request")

    row = ProcedureReading.objects.get()
    assert (row.code, row.digest, row.at) == ("request", shown.digest, MONDAY)
    assert [
        act.content and act.content["payload"]
        for act in ledger.acts_about("disclosure.procedure:request", kind="disclosure.handbook_read")
    ] == [{"digest": shown.digest}]
    assert queries.own_readings(reader, [shown])["request"].is_current


def test_who_reads_twice_counts_once(reader: Actor) -> None:
    reads(reader, "request")
    reads(reader, "request")
    reads(agent(), "request")
    reads(agent(), "terms")

    counts = queries.read_counts(queries.every_procedure(MONDAY))
    assert (counts["request"], counts["terms"], counts["inquiry"]) == (2, 1, 0)


def test_who_has_read_what_has_changed_meanwhile_is_told_to_read_it(reader: Actor) -> None:
    digest = queries.procedure_of("request", MONDAY).digest
    actions.add_words(lead(), procedure="request", ja="まず本人確認の書類を見ます。", en="")

    with pytest.raises(actions.ProcedureChanged):
        actions.read_procedure(reader, procedure="request", digest=digest)
    assert not ProcedureReading.objects.exists()
    reads(reader, "request")


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
        actions.read_procedure(buyer(), procedure="request", digest="")
    with pytest.raises(queries.NoSuchProcedure):
        actions.add_words(agent(), procedure="request", ja="あ", en="")
    with pytest.raises(queries.NoSuchProcedure):
        actions.note_procedures(lead())
    with pytest.raises(queries.NoSuchProcedure):
        actions.add_words(lead(), procedure="no-such", ja="あ", en="")
    assert not ProcedureReading.objects.exists()
