"""The draft of the next policy: begun, changed row by row, refused where it cannot be, forms told what changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from mamori.grammar.actor import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.japan.written import ReasonNeeded
from mamori.rooms.enforcement.models import Policy
from mamori.rooms.enforcement.policy import actions, records
from mamori.rooms.enforcement.policy.records import NoSuchPolicy, PolicyChanged
from mamori.rooms.enforcement.policy.rules import table as rules
from mamori.rooms.enforcement.policy.rules.table import DECLARED, Edges, TableUnreadable
from mamori.rooms.enforcement.tests.policy_changing import (
    STRICTER,
    actor,
    change,
    edited,
    other,
    table,
)

pytestmark = pytest.mark.django_db


def test_a_draft_begins_as_what_binds(draft: int) -> None:
    assert table(draft) == DECLARED
    with pytest.raises(actions.DraftStands):
        actions.draft_policy(other())


def test_two_who_begin_at_once_have_one_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    def begun_meanwhile(at: datetime) -> Any:
        monkeypatch.undo()
        actions.draft_policy(other())
        return records.in_force(at)

    monkeypatch.setattr(records, "newest", begun_meanwhile)

    with pytest.raises(actions.DraftStands):
        actions.draft_policy(actor())


def test_a_row_is_written_added_below_another_moved_and_deleted(draft: int) -> None:
    change(draft)
    new = replace(STRICTER, name=table(draft).next_name())
    actions.put_row(actor(), number=draft, version=edited(draft), row=new, after="8")
    last = replace(STRICTER, name=table(draft).next_name())
    actions.put_row(actor(), number=draft, version=edited(draft), row=last, after="gone")
    row = table(draft).row("2")
    assert row is not None
    for after in (actions.TOP, "1"):
        actions.put_row(actor(), number=draft, version=edited(draft), row=row, after=after)
    actions.drop_row(actor(), number=draft, version=edited(draft), row="3")

    names = [row.name for row in table(draft).rows]

    assert names[:8] == ["1", "2", "4", "5", "6", "7", "8", "16"]
    assert names[-1] == "17"
    assert table(draft).row("8") == STRICTER


def test_bands_are_set_and_a_table_is_replaced(draft: int) -> None:
    actions.set_bands(
        actor(),
        number=draft,
        version=edited(draft),
        edges=Edges(few=2, several=30, many=60),
        expires_days=180,
    )
    before = table(draft)
    text = json.dumps(rules.stored(DECLARED))
    actions.replace_table(actor(), number=draft, version=edited(draft), text=text)

    assert (before.edges.several, before.expires_days) == (30, 180)
    assert table(draft) == DECLARED


type Try = Callable[[int], None]
TRIES: dict[str, tuple[Try, type[Refusal]]] = {
    "a row out of bounds": (lambda n: change(n, points=101), actions.RowUnfit),
    "a row that is gone": (
        lambda n: actions.drop_row(actor(), number=n, version=edited(n), row="900"),
        actions.NoSuchRow,
    ),
    "edges upside down": (
        lambda n: actions.set_bands(
            actor(), number=n, version=edited(n), edges=Edges(few=9, several=8, many=7), expires_days=365
        ),
        actions.BandsUnfit,
    ),
    "no table": (
        lambda n: actions.replace_table(actor(), number=n, version=edited(n), text="[]"),
        TableUnreadable,
    ),
    "a table whose points never end": (
        lambda n: actions.replace_table(
            actor(),
            number=n,
            version=edited(n),
            text=json.dumps(rules.stored(DECLARED) | {"expires_days": 9_999}),
        ),
        actions.BandsUnfit,
    ),
    "a table with a row out of bounds": (
        lambda n: actions.replace_table(
            actor(),
            number=n,
            version=edited(n),
            text=json.dumps(rules.stored(replace(DECLARED, rows=(replace(STRICTER, points=999),)))),
        ),
        actions.RowUnfit,
    ),
    "a version that is not there": (
        lambda n: actions.drop_row(actor(), number=n + 1, version=0, row="1"),
        NoSuchPolicy,
    ),
    "nothing changed": (
        lambda n: actions.propose_policy(actor(), number=n, version=edited(n), reason="x"),
        actions.PolicyUnchanged,
    ),
    "no reason": (
        lambda n: actions.propose_policy(actor(), number=n, version=edited(n), reason=" "),
        ReasonNeeded,
    ),
    "an older table": (
        lambda n: actions.propose_policy(actor(), number=n, version=edited(n) + 1, reason="x"),
        PolicyChanged,
    ),
    "publishing a draft": (
        lambda n: actions.publish_policy(other(), number=n, version=edited(n)),
        StepNotOpen,
    ),
    "an agent": (
        lambda n: actions.drop_row(actor(role=Role.AGENT), number=n, version=edited(n), row="1"),
        StepNotYours,
    ),
}


@pytest.mark.parametrize("what", TRIES)
def test_what_cannot_be_done_is_refused_and_changes_nothing(draft: int, what: str) -> None:
    tried, refusal = TRIES[what]

    with pytest.raises(refusal):
        tried(draft)

    assert (edited(draft), table(draft)) == (0, DECLARED)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LEAD, Role.COUNSEL}))
def test_only_leads_and_counsel_begin_a_change(role: Role) -> None:
    with pytest.raises(StepNotYours):
        actions.draft_policy(actor(role=role))


def test_a_form_opened_before_somebody_elses_change_is_told_what_changed(draft: int) -> None:
    seen = edited(draft)
    actions.put_row(other(), number=draft, version=seen, row=STRICTER)
    actions.drop_row(other(), number=draft, version=edited(draft), row="9")

    with pytest.raises(PolicyChanged) as refused:
        actions.drop_row(actor(), number=draft, version=seen, row="1")

    assert "row 8 was written, row 9 was deleted" in refused.value.sentence.en


def test_a_form_from_before_a_proposal_came_back_is_told_so(proposed: int) -> None:
    seen = edited(proposed) - 1
    actions.send_back_policy(other(), number=proposed, reason="理由がわからない")

    with pytest.raises(PolicyChanged) as refused:
        actions.drop_row(actor(), number=proposed, version=seen, row="1")

    assert "approval was asked for, it was sent back to draft" in refused.value.sentence.en


def test_a_form_of_another_draft_is_told_how_it_stands(draft: int) -> None:
    with pytest.raises(PolicyChanged) as refused:
        actions.drop_row(actor(), number=draft, version=99, row="1")

    assert "(draft)" in refused.value.sentence.en


def test_more_rows_than_anybody_reads_are_not_taken(draft: int) -> None:
    row = Policy.objects.get(number=draft)
    full = tuple(replace(STRICTER, name=str(n)) for n in range(1, 201))
    row.table = rules.stored(replace(DECLARED, rows=full))
    row.save()

    with pytest.raises(actions.RowUnfit) as refused:
        actions.put_row(actor(), number=draft, version=edited(draft), row=replace(STRICTER, name="201"))

    assert "at most 200 rows" in refused.value.sentence.en
