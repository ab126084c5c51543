"""The doctor finds each fault that is planted, says it in both languages, and never falls over itself."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from conftest import in_force
from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks.models import Beat
from mamori.ground.declared import appendonly
from mamori.ground.ledger.models import Act, Pending
from mamori.ground.market.models import Buyer, ImportRefusal, ImportRun, Instruction, Order, Seller
from mamori.ground.outbox.models import Effect, Event
from mamori.ground.seal import keystore
from mamori.ground.terms import actions as terms
from mamori.ground.terms.models import ClauseAcceptance, SettingValue
from mamori.law.clauses import BY_CODE, RECOVERY
from mamori.law.display import DISPLAY_HINDERS, DISPLAY_PROOFS
from mamori.law.settings import SCANNING, TELECOM_NUMBER
from mamori.site.checks import house, machinery, operator
from mamori.site.checks.finding import Check, Found, Level, examine
from trials.scratch import loaded

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=20)
LEAD = Actor(by="staff:l@example.jp", role=Role.LEAD, at=LONG_AGO, via="desk")


def levels(check: Check, at: datetime = NOW) -> set[Level]:
    """Return how bad the findings of a check are."""
    return {finding.level for finding in examine(check, at)}


def seller(ref: str) -> Seller:
    """Tell of a seller."""
    return Seller.objects.create(ref=ref, has_contact=True, sealed=b"")


def test_a_check_that_falls_over_is_a_finding() -> None:
    def broken(at: datetime) -> Found:
        yield Level.GOOD, machinery.Text("よい", "good")
        raise ZeroDivisionError("oh\nno")

    (finding,) = examine(broken, NOW)

    assert finding.level is Level.BROKEN
    assert finding.text.en == "It could not be examined (ZeroDivisionError: oh)."


@pytest.mark.django_db
def test_a_calendar_that_runs_out_is_said_in_time() -> None:
    assert levels(machinery.calendar) == {Level.GOOD}
    assert levels(machinery.calendar, datetime(2027, 6, 1, tzinfo=UTC)) == {Level.LOOK}
    assert levels(machinery.calendar, datetime(2036, 6, 1, tzinfo=UTC)) == {Level.BROKEN}


def test_keys_that_others_can_read_are_broken() -> None:
    path = keystore.path_of(keystore.Key.LOG)
    before = levels(machinery.keys)

    path.chmod(0o644)
    open_to_others = levels(machinery.keys)
    path.chmod(0o600)

    assert Level.BROKEN not in before
    assert open_to_others == {Level.BROKEN}


@pytest.mark.django_db
def test_triggers_that_are_gone_are_named() -> None:
    model = appendonly.append_only_models()[0]
    trigger = next(iter(appendonly.triggers(model, connection.vendor)))
    assert levels(machinery.triggers) == {Level.GOOD}

    with connection.cursor() as cursor:
        cursor.execute(
            f'DROP TRIGGER "{trigger.name}"'
            + (f' ON "{trigger.table}"' if connection.vendor != "sqlite" else "")
        )
    (finding,) = examine(machinery.triggers, NOW)

    assert finding.level is Level.BROKEN
    assert trigger.name in finding.text.ja


@pytest.mark.django_db
def test_a_migration_that_waits_is_broken() -> None:
    assert levels(machinery.migrations) == {Level.GOOD}

    MigrationRecorder.Migration.objects.filter(app="contact").delete()

    assert levels(machinery.migrations) == {Level.BROKEN}


@pytest.mark.django_db
def test_what_is_deleted_is_overwritten_in_the_file_whoever_deletes_it() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)


@pytest.mark.django_db
def test_durability_that_is_switched_off_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    if (
        connection.vendor == "sqlite"
    ):  # a transaction cannot change the pragma: so the check is to expect another value
        monkeypatch.setattr(machinery, "SQLITE", {"synchronous": ("0",)})
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")

    assert Level.BROKEN in levels(machinery.durability)


@pytest.mark.django_db
def test_a_worker_that_stopped_is_missed() -> None:
    assert levels(house.clocks_alive) == {Level.LOOK}

    Beat.objects.create(name="work", at=NOW)
    alive = levels(house.clocks_alive)
    stopped = levels(house.clocks_alive, NOW + timedelta(minutes=5))
    Beat.objects.update(went_back_at=NOW, went_back_seconds=3600)

    assert alive == {Level.GOOD}
    assert stopped == {Level.BROKEN}
    assert levels(house.clocks_alive) == {Level.GOOD, Level.LOOK}


@pytest.mark.django_db
def test_deadlines_that_nobody_rings_are_broken() -> None:
    clocks.start(kind="contact.answer", about="contact.trouble:1", at=LONG_AGO, duration=Hours(24))

    assert levels(house.clocks_overdue, LONG_AGO) == {Level.GOOD}
    assert levels(house.clocks_overdue) == {Level.BROKEN}
    assert levels(house.clocks_alive) == {Level.BROKEN}


@pytest.mark.django_db
def test_acts_that_wait_for_their_place_are_seen() -> None:
    act = Act.objects.create(kind="test", at=NOW, commitment=bytes(32))
    Pending.objects.create(act=act)

    assert levels(house.log_sequenced, NOW) == {Level.GOOD}
    assert levels(house.log_sequenced, NOW + timedelta(minutes=2)) == {Level.LOOK}


@pytest.mark.django_db
def test_what_is_stuck_on_its_way_is_broken() -> None:
    assert levels(house.deliveries) == {Level.GOOD}

    for number in range(7):
        event = Event.objects.create(kind="test.happened", subject=f"S-{number}", body="{}", at=NOW)
        Effect.objects.create(
            event=event, handler="h", subject=event.subject, next_at=NOW, stuck_at=NOW, error="Boom"
        )
    found = examine(house.deliveries, NOW)

    assert {finding.level for finding in found} == {Level.BROKEN}
    assert "Boom" in found[0].text.en
    assert found[-1].text.en == "and 2 more"


@pytest.mark.django_db
def test_half_read_files_and_refused_lines_are_seen() -> None:
    assert levels(house.imports) == {Level.GOOD}

    run = ImportRun.objects.create(
        sha256="0" * 64, encoding="utf-8", name="orders.ndjson", size=9, started_at=NOW
    )
    half = examine(house.imports, NOW)
    ImportRun.objects.update(finished_at=NOW)
    ImportRefusal.objects.create(run=run, line=3, code="bad-line", ja="読めません", en="cannot be read")

    assert "orders.ndjson" in half[0].text.ja
    assert levels(house.imports) == {Level.LOOK}
    assert levels(house.imports, NOW + timedelta(days=31)) == {Level.GOOD}


@pytest.mark.django_db
def test_an_instruction_that_the_marketplace_never_confirms_is_seen() -> None:
    order = Order.objects.create(
        ref="O-1",
        buyer=Buyer.objects.create(ref="B-1", has_contact=True, sealed=b""),
        seller=seller("S-1"),
        items=[],
        amount=1000,
        ordered_at=LONG_AGO,
    )
    Instruction.objects.create(
        ref="I-1",
        kind="refund",
        target="order",
        target_ref="O-1",
        order=order,
        seller=order.seller,
        amount=1000,
        about="x:1",
        issued_at=LONG_AGO,
    )

    assert levels(house.instructions, LONG_AGO + timedelta(hours=1)) == {Level.GOOD}
    assert levels(house.instructions) == {Level.LOOK}


@pytest.mark.django_db
def test_a_clause_that_is_needed_and_was_never_published_is_named_with_what_to_do() -> None:
    needed, unused = examine(operator.clauses, NOW)
    SettingValue.objects.create(code="contact.recovery_on", value=False, at=LONG_AGO, by="test")
    (unneeded,) = examine(operator.clauses, NOW)

    assert (needed.level, unused.level, unneeded.level) == (Level.LOOK, Level.LOOK, Level.LOOK)
    assert "never published" in needed.text.en
    assert RECOVERY.title.en in needed.text.en
    assert RECOVERY.title.en not in unused.text.en
    assert RECOVERY.title.en in unneeded.text.en
    assert "「規約」で見本の文を確かめ" in unused.text.ja


@pytest.mark.django_db
def test_what_the_law_asks_of_displays_and_is_off_is_named_and_so_is_what_nobody_decided() -> None:
    fresh = [one.text.ja for one in examine(operator.switches, NOW)]
    terms.set(LEAD, setting=DISPLAY_HINDERS, value=True)
    assert levels(operator.switches) == {Level.GOOD}
    terms.set(LEAD, setting=DISPLAY_HINDERS, value=False)
    terms.set(LEAD, setting=DISPLAY_PROOFS, value=False)

    off = [one.text.ja for one in examine(operator.switches, NOW)]

    assert [one.split("：")[0] for one in fresh] == ["まだ決めていない"]
    assert [one.split("：")[0] for one in off] == ["オフ", "オフ"]
    assert "mamori set display.proofs on" in off[1]


@pytest.mark.django_db
def test_sellers_without_the_clause_are_counted() -> None:
    in_force(at=LONG_AGO)
    seller("S-1")
    seller("S-2")
    accepted = {"clause": "recovery", "accepted_at": LONG_AGO, "source": "signed"}
    ClauseAcceptance.objects.create(seller_ref="S-1", version=1, **accepted)
    ClauseAcceptance.objects.create(
        seller_ref="S-2", version=9, **accepted
    )  # of which nobody knows the words

    (before,) = [one for one in examine(operator.clauses, NOW) if RECOVERY.title.en in one.text.en]
    ClauseAcceptance.objects.create(seller_ref="S-2", version=1, **accepted)
    after, still = [
        one for one in examine(operator.clauses, NOW) if RECOVERY.title.en in one.text.en or one.same
    ]

    assert before.level is Level.LOOK
    assert f"2 sellers ({BY_CODE['changes'].title.en}, " in before.text.en
    assert f"1 sellers ({RECOVERY.title.en})" in before.text.en
    assert before.place == "/desk/terms/"
    assert (after.level, still.level) == (Level.GOOD, Level.LOOK)
    assert before.same == still.same != ""
    assert RECOVERY.title.en not in still.text.en


def check(home: Path, *words: str, url: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in a house of its own."""
    command = loaded("-m", "mamori.site", *words)
    env = {**os.environ, "MAMORI_HOME": str(home), "MAMORI_DATABASE_URL": url, "MAMORI_LANG": "ja"}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.mark.processes
def test_a_house_that_was_just_set_up_is_healthy(tmp_path: Path) -> None:
    first = check(tmp_path, "setup")
    second = check(tmp_path, "setup")
    told = check(tmp_path, "check", "--json")

    findings = json.loads(told.stdout)
    assert (first.returncode, second.returncode, told.returncode) == (0, 0, 0), told.stdout
    assert findings["healthy"]
    assert all(finding["ja"] and finding["en"] for finding in findings["findings"])
    assert tmp_path.joinpath("mamori.sqlite3").exists()


@pytest.mark.processes
def test_without_a_database_the_doctor_says_so_plainly(tmp_path: Path) -> None:
    told = check(tmp_path, "check", url="postgres://nobody:x@127.0.0.1:1/nothing")

    assert told.returncode == 1
    assert "✗" in told.stdout
    assert "Traceback" not in told.stdout + told.stderr


@pytest.mark.django_db
def test_the_notification_number_is_asked_for_and_never_blocks() -> None:
    without = levels(operator.notification)

    SettingValue.objects.create(code=TELECOM_NUMBER.code, value="A-12-34567", at=LONG_AGO, by="lead:l")

    assert without == {Level.LOOK}
    assert levels(operator.notification) == {Level.GOOD}


@pytest.mark.django_db
@pytest.mark.parametrize("mode", SCANNING.among)
def test_the_doctor_says_what_a_machine_looks_at(mode: str) -> None:
    SettingValue.objects.create(code=SCANNING.code, value=mode, at=LONG_AGO, by="lead:l")

    assert levels(operator.scanning) == {Level.GOOD}


@pytest.mark.django_db
def test_the_doctor_names_money_that_does_not_agree() -> None:
    Order.objects.create(
        ref="O-1",
        buyer=Buyer.objects.create(ref="B-1", has_contact=True, sealed=b""),
        seller=seller("S-1"),
        amount=800,
        ordered_at=LONG_AGO,
    )
    assert levels(house.money) == {Level.GOOD}

    Instruction.objects.create(
        ref="ins_1",
        kind="refund",
        target="order",
        target_ref="O-1",
        order_id="O-1",
        seller_id="S-1",
        amount=800,
        about="contact.trouble:1",
        state="confirmed",
        issued_at=LONG_AGO,
        closed_at=LONG_AGO,
    )

    assert levels(house.money) == {Level.BROKEN}
