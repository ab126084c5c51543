"""An edition is what the independent program finds from an export, to the last digit; a planted fault is found."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from mamori.grammar.actor import Actor, Role
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.people.models import Account
from mamori.japan.calendar import JAPAN, HalfYear
from mamori.rooms.contact.models import Trouble
from mamori.rooms.disclosure import tasks
from mamori.rooms.disclosure.editions import actions, queries as editions
from mamori.rooms.disclosure.editions.rules import SCHEMA
from mamori.rooms.disclosure.measures.queries import exported
from mamori.rooms.disclosure.models import Edition
from trials.planting import plant
from verifier import recount

pytestmark = pytest.mark.django_db
HALF = HalfYear(2026, 1)
OPENED = HALF.since
AFTER = datetime(2026, 8, 3, 10, tzinfo=JAPAN)
EACH = {"a great house": 320, "a small one": 12}


def actor(by: str, role: Role, at: datetime = AFTER) -> Actor:
    return Actor(by=by, role=role, at=at, via="test")


LEAD, COUNSEL = actor("lead:2", Role.LEAD), actor("counsel:3", Role.COUNSEL)


@pytest.fixture(params=EACH, ids=str)
def counted(request: pytest.FixtureRequest) -> None:
    """Let half a year lie behind, and its months be counted."""
    for number, role in ((2, "lead"), (3, "counsel")):
        Account.objects.create(pk=number, email=f"{number}@example.jp", name=role, role=role, added_at=OPENED)
    with memory.act():
        first = actor("machine:test", Role.MACHINE, OPENED)
        ledger.record(first, kind="people.added", subject=ledger.MARKET, about="house")
    plant(HALF.months, each=EACH[request.param])
    while tasks.count_months(AFTER):
        pass


def released(at: datetime = AFTER, **said: str) -> editions.EditionShown:
    number = actions.draft_edition(actor("lead:2", Role.LEAD, at), half=str(HALF), **said)
    actions.release_edition(actor("counsel:3", Role.COUNSEL, at), edition=number)
    row = Edition.objects.get(pk=number)
    return editions.published_one(row.half, row.number)


def compared(tmp_path: Path, edition: bytes, *more: str) -> int:
    export, file = tmp_path / "export.jsonl", tmp_path / "edition.json"
    export.write_text("".join(exported(HALF)), "utf-8")
    file.write_bytes(edition)
    return recount.main([str(export), str(file), *more])


def test_an_edition_is_what_the_independent_program_finds(
    counted: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = released()

    assert compared(tmp_path, found.body) == 0, capsys.readouterr().out
    assert "equal: 198 figures of 6 months" in capsys.readouterr().out
    jsonschema_rs.validate(SCHEMA, found.told)


def changed(told: dict[str, Any]) -> bytes:
    return json.dumps(told).encode()


def test_the_program_finds_a_digit_that_is_another(counted: None, tmp_path: Path) -> None:
    told = released().told
    for code, cell in told["months"][2]["figures"].items():
        before = dict(cell)
        if "value" in cell:
            cell["value"] = f"{float(cell['value']) + 0.1:.1f}"
        elif "count" in cell:
            cell["count"] += 1
        else:
            cell["state"] = "exact"
        assert compared(tmp_path, changed(told)) == 1, code
        told["months"][2]["figures"][code] = before
    told["totals"]["contact.troubles"]["count"] += 1
    assert compared(tmp_path, changed(told)) == 1
    assert compared(tmp_path, b"{}") == 2


def test_an_export_names_nobody(counted: None) -> None:
    text = "".join(exported(HALF))

    assert "B-2026" not in text
    assert "S-1" not in text
    assert {name for line in text.splitlines()[1:] for name in json.loads(line)} <= {
        "row",
        "kind",
        "rang",
        "kept",
        "was_kept",
        "state",
        "severity",
        "refused_on",
        "told",
        "acknowledged",
        *recount.MOMENTS,
    }


def test_what_was_counted_otherwise_needs_a_reason_and_is_corrected_beside_the_old(
    counted: None, tmp_path: Path
) -> None:
    first = released()
    march = HALF.months[2]
    late = Trouble.objects.filter(opened_at__gte=march.since, opened_at__lt=march.until, state="solved")[:9]
    Trouble.objects.filter(pk__in=[one.pk for one in late]).update(state="overdue", closed_at=None)

    with pytest.raises(actions.FiguresMoved):
        released(AFTER + timedelta(days=1))
    second = released(AFTER + timedelta(days=2), reason="3月に解決とした9件を、購入者の申し出で取り消した。")

    assert second.number == 2
    assert editions.published_one(str(HALF), 1).body == first.body
    assert editions.published_one(str(HALF), 1).state == "replaced"
    before = tmp_path / "before.json"
    before.write_bytes(first.body)
    assert compared(tmp_path, second.body, "--before", str(before)) == 0
    assert compared(tmp_path, first.body) in (0, 1)
    march_now = second.told["months"][2]["figures"]
    assert any(cell.get("corrected") for cell in march_now.values()) or second.told["unshown"]
    jsonschema_rs.validate(SCHEMA, second.told)
