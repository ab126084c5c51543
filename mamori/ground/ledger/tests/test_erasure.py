"""An erasure is accounted for, and what is gone without an account is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from mamori.ground.declared import erasing
from mamori.ground.ledger import actions, facts
from mamori.ground.ledger.tests.conftest import AGENT, NOON, Write
from mamori.ground.seal import actions as seal, facts as seals
from mamori.ground.seal.models import SubjectKey

type Superuser = Callable[..., None]


def places(**options: object) -> list[str]:
    return [finding.place for finding in facts.verify(**options).findings]  # type: ignore[arg-type]


@pytest.mark.django_db
def test_an_empty_log_is_clean() -> None:
    assert facts.verify(at=NOON).is_clean


def test_a_tile_of_the_past_is_held_against_the_present(write: Write) -> None:
    for _ in range(2):
        write()
        actions.sequence(at=NOON)
    old = Path(settings.LOG) / "tile/0/000.p/1"

    old.write_bytes(b"\0" * 32)

    assert places() == ["tile/0/000.p/1"]


def test_a_content_that_was_erased_and_opens_again_is_found(write: Write, superuser: Superuser) -> None:
    number = write()
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped FROM seal_subjectkey WHERE subject = 'buyer:B-1'")
        wrapped = bytes(cursor.fetchone()[0])
    actions.shred(AGENT, subject="buyer:B-1", reason="本人の請求")
    actions.sequence(at=NOON)

    superuser(
        "UPDATE seal_subjectkey SET wrapped = %s, shredded_at = NULL WHERE subject = 'buyer:B-1'", wrapped
    )

    assert places() == [f"content {number}"]


def test_a_key_thrown_away_silently_is_found_and_an_erased_row_stays_fixed(
    write: Write, superuser: Superuser
) -> None:
    first, other = write(), write(subject="buyer:B-2")
    actions.shred(AGENT, subject="buyer:B-1", reason="本人の請求")
    seal.shred(subject="buyer:B-2", at=NOON)
    actions.sequence(at=NOON)

    superuser("UPDATE ledger_actcontent SET about = 'moved:1' WHERE act_id = %s", first)

    assert places() == [f"content {first}", f"content {other}"]


def test_an_act_that_waits_too_long_is_named_when_the_hour_is_known(write: Write) -> None:
    number = write()

    assert places(at=NOON + timedelta(minutes=1)) == []
    assert places(at=NOON + timedelta(minutes=3)) == [f"pending {number}"]


@pytest.fixture
def eraser() -> Iterator[list[str]]:
    """Let something outside sealed values be kept of people, and note of whom it is erased."""
    erased: list[str] = []

    def erase(subject: str, at: datetime, limit: int) -> int:
        erased.append(subject)
        return 3

    erasing.reach("test", erase)
    yield erased
    erasing._ERASERS.pop("test")


def test_a_key_that_came_back_with_an_older_backup_is_destroyed_again(
    write: Write, eraser: list[str]
) -> None:
    number = write()
    write(subject="buyer:B-2")
    before = list(seals.key_rows())
    actions.shred(AGENT, subject="buyer:B-1", reason="本人の請求")
    after = [row for row in seals.key_rows() if row.subject == "market"]
    SubjectKey.objects.all().delete()
    seal.put_back_keys([*before, *after])  # last week's keys, in which the buyer still had one
    actions.sequence(at=NOON)
    assert places() == [f"content {number}"]

    again, once_more = actions.shred_again(at=NOON), actions.shred_again(at=NOON)

    assert (again, once_more) == (1, 0)
    assert eraser == ["buyer:B-1", "buyer:B-1"]
    assert facts.verify(at=NOON).is_clean


def back(rows: list[seals.KeyRow]) -> None:
    """Let these keys stand where a restore has put them, and no others."""
    SubjectKey.objects.all().delete()
    seal.put_back_keys(rows)


def test_an_account_that_opens_no_more_still_has_the_key_destroyed_again(
    write: Write, eraser: list[str]
) -> None:
    number = write()
    other = write(subject="buyer:B-2")
    before = list(seals.key_rows())  # from before the house's own key, with which the account is sealed
    shredding = actions.shred(AGENT, subject="buyer:B-1", reason="本人の請求")
    back(before)

    again = actions.shred_again(at=NOON)
    recorded = actions.account_again(at=NOON)
    actions.sequence(at=NOON)

    assert (again, recorded) == (1, 1)
    assert eraser == ["buyer:B-1"] * 3
    found = {act.number: act.content for act in (facts.act(number), facts.act(other)) if act}
    assert found[number] is None
    assert found[other] is not None
    [finding] = facts.verify(at=NOON).findings
    assert finding.place == f"content {shredding}"
    assert "key is not here" in finding.text.en


def test_a_key_of_the_same_number_that_is_somebody_elses_is_left_alone(write: Write) -> None:
    write(subject="buyer:B-1")
    write(subject="buyer:B-2")
    [row] = [row for row in seals.key_rows() if row.subject == "buyer:B-2"]

    assert not seal.shred_key(subject="buyer:B-1", number=row.number, at=NOON)
    assert seals.living(["buyer:B-2"]) == {"buyer:B-2"}


def test_a_forged_account_destroys_nobodys_key(write: Write, superuser: Superuser) -> None:
    write(subject="buyer:B-2")
    write()
    actions.shred(AGENT, subject="buyer:B-1", reason="本人の請求")
    superuser("UPDATE ledger_actcontent SET about = 'buyer:B-2' WHERE subject = 'market'")

    assert actions.shred_again(at=NOON) == 0
    assert seals.living(["buyer:B-2"]) == {"buyer:B-2"}


def test_a_shredding_that_only_the_keys_know_of_is_recorded_with_its_moment(
    write: Write, eraser: list[str]
) -> None:
    numbers = [write() for _ in range(250)]
    write(subject="buyer:B-2")
    seal.shred(
        subject="buyer:B-1", at=NOON - timedelta(days=1)
    )  # as the keys of today say in a house of last week
    actions.sequence(at=NOON)
    assert len(places()) == len(numbers)

    recorded, once_more = actions.account_again(at=NOON), actions.account_again(at=NOON)
    actions.sequence(at=NOON)

    assert (recorded, once_more) == (1, 0)
    acts = [act for act in facts.acts_about("buyer:B-1") if act.kind == actions.SHREDDED]
    contents = [act.content["payload"]["contents"] for act in acts if act.content]
    assert [row for some in contents for row, _ in some] == numbers
    assert acts[0].content is not None
    assert acts[0].content["payload"]["shredded_at"] == "2026-09-17T03:00:00.000000Z"
    assert acts[0].content["by"] == "machine:restore"
    assert set(eraser) == {"buyer:B-1"}
    assert facts.verify(at=NOON).is_clean


def test_a_shredding_tells_what_it_reached(write: Write, eraser: list[str]) -> None:
    write()

    actions.shred(AGENT, subject="buyer:B-1", reason="本人の請求")

    [act] = facts.acts_about("buyer:B-1")
    assert act.content is not None
    assert act.content["payload"]["reached"]["test"] == 3
    assert eraser == ["buyer:B-1"]
