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
from mamori.ground.seal import actions as seal
from mamori.ground.seal import facts as seals
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


def test_a_shredding_tells_what_it_reached(write: Write, eraser: list[str]) -> None:
    write()

    actions.shred(AGENT, subject="buyer:B-1", reason="本人の請求")

    [act] = facts.acts_about("buyer:B-1")
    assert act.content is not None
    assert act.content["payload"]["reached"]["test"] == 3
    assert eraser == ["buyer:B-1"]
