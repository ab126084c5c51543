"""The worker asks the scanner again, sweeps what no table knows, and erases what is over; holds stand above all of it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction

from mamori.ground.cases import actions as cases
from mamori.ground.cases.facts import case_of
from mamori.ground.ledger import actions as ledger, facts as records
from mamori.ground.seal import facts as seals
from mamori.ground.seal.actions import NoSuchHold
from mamori.ground.seal.facts import Held
from mamori.ground.vault import actions, facts, taking, tending
from mamori.ground.vault.actions import HoldNotYours, HoldReasonNeeded, NothingToHold
from mamori.ground.vault.facts import FileState
from mamori.ground.vault.models import File
from mamori.ground.vault.tests.conftest import (
    EICAR,
    MONDAY,
    actor,
    clamd,
    image,
    keep,
    later,
    lead,
    machine,
    on_disk,
    scanner_away,
    take,
)
from mamori.law.grounds import AUTHORITY, SUIT
from mamori.law.retention import FILES

pytestmark = pytest.mark.django_db
ABOUT = "contact.trouble:1"


def a_case(*, closed_at: datetime | None = None) -> str:
    cases.open(
        kind="contact.trouble",
        about=ABOUT,
        title="品が壊れている",
        buyer_ref="B-1",
        seller_ref="S-1",
        order_ref="O-1",
        at=MONDAY,
    )
    cases.update(about=ABOUT, state="open", lead=None, closed_at=closed_at)
    return case_of(ABOUT).number


def retain(*, at: datetime) -> int:
    """Do what the worker does about files at `at`."""
    return actions.purge_files(machine(at), at - timedelta(days=FILES.days), 200)


def held_back(content: bytes) -> uuid.UUID:
    with scanner_away():
        return keep(content, about=ABOUT).id


def test_the_scanner_comes_back_and_the_clean_are_shown_and_the_rest_locked_away() -> None:
    good, bad, torn = held_back(image()), held_back(EICAR), held_back(image(size=(300, 300))[:-400])
    with clamd():
        assert actions.rescan(at=MONDAY) == 0  # not due yet
        moved = actions.rescan(at=later(minutes=2))

    assert moved == 3
    assert [facts.file(one).state for one in (good, bad, torn)] == [
        FileState.CLEAN,
        FileState.INFECTED,
        FileState.UNREADABLE,
    ]
    assert facts.picture(good).content
    assert facts.original(good).content == image()
    assert [act.kind for act in records.acts_about(ABOUT)] == ["vault.scan"] * 3
    assert actions.rescan(at=later(days=1)) == 0


def test_while_the_scanner_is_away_it_is_asked_more_and_more_seldom_and_nothing_passes() -> None:
    file = held_back(image())
    tries = []
    at = MONDAY

    with scanner_away():
        for _ in range(8):
            at = File.objects.get(pk=file).next_try_at or at
            tries.append(at)
            assert actions.rescan(at=at) == 0
    assert actions.rescan(at=later(days=9)) == 0  # the setting was taken away: still nothing passes

    gaps = [after - before for before, after in pairwise(tries)]
    assert gaps == sorted(gaps)
    assert gaps[-1] == timedelta(hours=1)
    assert facts.file(file).state is FileState.QUARANTINED


def test_a_leased_file_is_asked_about_by_one_worker_only(monkeypatch: pytest.MonkeyPatch) -> None:
    held_back(image())
    asked = []

    def meanwhile(content: bytes) -> bytes:
        asked.append(len(content))
        return b"stream: OK\0"

    monkeypatch.setattr(tending, "_scanned", lambda row, at: bool(actions.rescan(at=at)) or True)
    with clamd(meanwhile):
        assert actions.rescan(at=later(minutes=2)) == 1

    assert asked == []


def test_a_file_that_went_while_it_was_scanned_is_left_alone() -> None:
    fine, damaged, erased = held_back(image()), held_back(image()), held_back(image())
    taking.file_of_part(damaged, 0).write_bytes(b"rubbish")
    row = File.objects.get(pk=erased)
    actions.erase(lead(), file=erased, reason="誤送信")

    with clamd():
        assert tending._scanned(row, MONDAY) is False
        assert actions.rescan(at=later(minutes=2)) == 2

    assert facts.file(damaged).state is FileState.UNREADABLE
    assert facts.file(fine).state is FileState.CLEAN


def test_what_a_kill_left_on_the_disk_is_swept_and_what_a_table_knows_stays() -> None:
    kept, orphan = keep(image()), take(image())
    draft = taking.file_of_part(kept.id, 7).with_suffix(".7.draft")
    draft.write_bytes(b"half")
    with transaction.atomic():
        erased = take(image())
        actions.keep(actor(), erased, about=ABOUT)
    actions.erase(lead(), file=erased.id, reason="誤送信")
    (taking.file_of_part(kept.id, 0).parent / "not-ours").write_bytes(b"x")

    now = datetime.fromtimestamp(max(path.stat().st_mtime for path in on_disk()), MONDAY.tzinfo)
    assert actions.sweep(at=now) == 0  # it may be on its way into its table
    gone = actions.sweep(at=now + timedelta(hours=2))

    assert gone == 5
    assert {path.name.partition(".")[0] for path in on_disk()} == {kept.id.hex, "not-ours"}
    assert facts.picture(kept.id).content
    assert not taking.file_of_part(orphan.id, 0).exists()


def test_files_go_when_their_case_has_been_over_for_as_long_as_the_operator_keeps_them(
    django_capture_on_commit_callbacks: object,
) -> None:
    a_case(closed_at=MONDAY)
    file = keep(image(), about=ABOUT).id
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert retain(at=later(days=1_095)) == 0
        assert retain(at=later(days=1_096)) == 1

    act = records.acts_about(ABOUT)[-1]
    assert act.content is not None
    assert (act.kind, act.content["ground"]) == ("vault.erase", "retention.vault.files")
    assert act.content["payload"] == {"file": str(file)}
    assert facts.file(file).state is FileState.ERASED
    assert on_disk() == []
    assert retain(at=later(days=1_097)) == 0


def test_files_of_an_open_case_stay_however_old() -> None:
    a_case()
    keep(image(), about=ABOUT)

    assert retain(at=later(days=4_000)) == 0


def test_locked_files_go_after_a_month_and_pages_of_them_are_gone_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tending, "PAGE", 2)
    a_case()
    with clamd():
        locked = [keep(EICAR, "x.txt", about=ABOUT).id for _ in range(5)]

    assert actions.purge_locked(machine(), later(minutes=1), 3) == 3
    assert actions.purge_locked(machine(), later(minutes=1), 3) == 2
    assert {facts.file(one).state for one in locked} == {FileState.ERASED}


@pytest.mark.parametrize("which", ["file", "case", "buyer"])
def test_a_hold_stands_above_timers_erasing_and_shredding_until_it_is_lifted(which: str) -> None:
    number = a_case(closed_at=MONDAY)
    file = keep(image(), about=ABOUT).id
    what = {"file": f"vault.file:{file}", "case": number, "buyer": "buyer:B-1"}[which]
    hold = actions.hold(lead(), what=what, ground=SUIT, reason="訴状が届いた")

    assert retain(at=later(days=2_000)) == 0
    with pytest.raises(Held) as refusal:
        actions.erase(lead(), file=file, reason="いらない")
    assert f"第{hold}号" in refusal.value.sentence.ja
    assert "訴訟" not in refusal.value.sentence.ja
    with pytest.raises(Held):
        ledger.shred(lead(), subject="buyer:B-1", reason="本人の求め")
    assert facts.picture(file).content

    actions.lift(lead(later(days=9)), number=hold, reason="和解した")

    assert retain(at=later(days=2_000)) == 1
    ledger.shred(lead(), subject="buyer:B-1", reason="本人の求め")
    assert [one.number for one in seals.holds()] == []
    [past] = seals.holds(lifted=True)
    assert (past.number, past.reason, past.lifted_by) == (hold, "訴状が届いた", "lead:1")


def test_one_of_two_holds_is_enough_and_a_cases_hold_covers_both_parties() -> None:
    number = a_case()
    keep(image(), about=ABOUT)
    with transaction.atomic():
        ledger.record(machine(), kind="test", subject="seller:S-1", about="t")
    first = actions.hold(lead(), what=number, ground=SUIT, reason="訴訟")
    second = actions.hold(lead(), what="seller:S-1", ground=AUTHORITY, reason="照会書 第3号")
    actions.lift(lead(), number=first, reason="終結")

    assert {one.number: one.covers for one in seals.holds(lifted=True)} == {
        first: ("buyer:B-1", "seller:S-1"),
        second: (),
    }
    with pytest.raises(Held) as refusal:
        ledger.shred(lead(), subject="seller:S-1", reason="退店")
    assert f"第{second}号" in refusal.value.sentence.ja
    assert seals.held(["buyer:B-1", "seller:S-1", ABOUT]) == {"seller:S-1"}


def test_holds_are_acts_and_only_of_those_who_answer_for_them() -> None:
    number = a_case()
    for by in (actor(), machine()):
        with pytest.raises(HoldNotYours):
            actions.hold(by, what=number, ground=SUIT, reason="訴訟")
    with pytest.raises(HoldReasonNeeded):
        actions.hold(lead(), what=number, ground=SUIT, reason=" ")
    for what in ("buyer:", "shop:1", f"vault.file:{uuid.uuid4()}", "vault.file:x", "contact.trouble:9", ""):
        with pytest.raises(NothingToHold):
            actions.hold(lead(), what=what, ground=SUIT, reason="訴訟")

    held = actions.hold(lead(), what=number, ground=SUIT, reason="訴訟")
    actions.lift(lead(), number=held, reason="終結")
    with pytest.raises(NoSuchHold):
        actions.lift(lead(), number=held, reason="終結")

    kinds = [(act.kind, act.content and act.content["by"]) for act in records.acts_about(ABOUT)]
    assert kinds == [("vault.hold", "lead:1"), ("vault.lift_hold", "lead:1")]
