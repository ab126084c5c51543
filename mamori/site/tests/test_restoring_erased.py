"""Whoever was erased stays erased, whichever of two archives of the house comes back with whichever of two of the keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mamori.site.backup import parts
from mamori.site.tests.houses import House, mamori, told_by

pytestmark = pytest.mark.processes

LIVE = """
import django; django.setup()
from trials import canaries as story
from mamori.rooms.payouts import actions as payouts
from mamori.rooms.payouts.accounts import actions as accounts, details
birds = story.Birds()
story._tell_the_market(birds, 3)
for number in range(3):
    story._quarrel(birds, number)
machine = story._actor("machine:bench", 3)
for number in (1, 2):
    given = details.Given(bank="0001", branch="001", kind="1", number=f"123456{number}", holder="ヤマダ ハナコ")
    accounts.set_account(machine, seller_ref=f"S-{number}", given=given)
    payouts.authorize(machine, asked=payouts.Asked(f"P-{number}", f"S-{number}", 10_000))
from mamori.ground.vault import actions as vault
from mamori.law.grounds import SUIT
vault.hold(story._actor("lead:1", 5), what="buyer:B-0", ground=SUIT, reason="訴訟")
from mamori.site import work
work.settle(at=story.NOW)
"""
"""Three buyers and three sellers with acts, orders, cases, words, files; two of the sellers with accounts and payouts."""

ERASE = """
import django; django.setup()
from mamori.ground.ledger import actions as ledger
from mamori.site import work
from trials import canaries as story
actor = story._actor("lead:1", 8)
for subject in ("buyer:B-1", "seller:S-1"):
    ledger.shred(actor, subject=subject, reason="求めによる")
work.settle(at=story.NOW)
"""

LOOK = """
import django; django.setup()
import json
from django.conf import settings
from mamori.ground.cases.models import Entry
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.models import ActContent
from mamori.ground.market import facts as market
from mamori.ground.seal import facts as seal
from mamori.ground.vault import facts as vault
from mamori.ground.vault.models import File
from mamori.rooms.payouts import facts as payouts
from trials import canaries as story
def name_of(row):
    try:
        return vault.file(row.pk, named=True).name
    except seal.Shredded:
        return ""
def readable(subject):
    side, _, ref = subject.partition(":")
    person = market.buyer(ref) if side == "buyer" else market.seller(ref)
    acts = ActContent.objects.filter(subject=subject).values_list("pk", flat=True)
    files = File.objects.filter(subject=subject)
    found = {
        "person": int(bool(person and person.contact.name)),
        "acts": sum(ledger.act(number).content is not None for number in acts),
        "entries": Entry.objects.filter(subject=subject).count(),
        "files": sum(any(settings.FILES.rglob(f"{row.pk.hex}.*")) for row in files),
        "names": sum(bool(name_of(row)) for row in files),
    }
    if side == "seller":
        accounts = payouts.accounts(story._actor("machine:bench"), ref)
        found["accounts"] = sum(bool(account.holder) for account in accounts)
    return found
print(json.dumps({one: readable(one) for one in ("buyer:B-1", "seller:S-1", "buyer:B-2", "seller:S-2")}))
"""
"""How much can be read of two who were erased and of two who were not."""


@dataclass(frozen=True)
class Archives:
    """A house's archives from before and after an erasure, what was readable before, and what their names were."""

    folder: Path
    before: dict[str, Any]


@pytest.fixture(scope="module")
def archives(new_house: Callable[..., House], tmp_path_factory: pytest.TempPathFactory) -> Archives:
    """Let people live in a house, back it up, erase two of them, and back it up again."""
    house, folder = new_house(is_set_up=True), tmp_path_factory.mktemp("archives")
    told_by(LIVE, house)
    before = json.loads(told_by(LOOK, house))
    taken(house, folder, "older")
    told_by(ERASE, house)
    (folder / "erased.list").write_text(mamori(house, "person", "erased").stdout)
    taken(house, folder, "newer")
    return Archives(folder, before)


def taken(house: House, folder: Path, age: str) -> None:
    answer = mamori(house, "backup", str(folder / f"house.{age}"), "--keys", str(folder / f"keys.{age}"))
    assert answer.returncode == 0, answer.stderr


ERASED = ("buyer:B-1", "seller:S-1")
OTHERS = ("buyer:B-2", "seller:S-2")


@pytest.mark.parametrize(
    ("of_house", "of_keys", "said"),
    [
        ("newer", "newer", ""),
        ("newer", "older", "2 keys that the record calls destroyed were destroyed again"),
        ("older", "newer", "2 keys are destroyed of which no act tells here: their people were erased again"),
    ],
)
def test_erase_then_restore(
    of_house: str, of_keys: str, said: str, archives: Archives, new_house: Callable[..., House]
) -> None:
    house, folder = new_house(), archives.folder

    answer = mamori(
        house, "restore", str(folder / f"house.{of_house}"), "--keys", str(folder / f"keys.{of_keys}")
    )
    seen = json.loads(told_by(LOOK, house))
    verified = (mamori(house, "work", "--once"), mamori(house, "ledger", "verify"))

    assert answer.returncode == 0, answer.stderr
    assert said in answer.stdout
    assert "The log is verified" in answer.stdout
    assert all(archives.before[person]["acts"] and archives.before[person]["entries"] for person in ERASED)
    assert {count for person in ERASED for count in seen[person].values()} == {0}
    for person in OTHERS:
        assert seen[person] == archives.before[person]
        assert min(seen[person].values()) > 0
    assert [told.returncode for told in verified] == [0, 0], verified[1].stdout


BACK = """
import django; django.setup()
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
MigrationRecorder(connection).migration_qs.filter(app="mamori").update(name="0123456789abcdef")
"""
"""Let the tables be those that other files made."""


def test_keys_are_not_put_back_to_a_house_whose_tables_other_files_made(
    archives: Archives, new_house: Callable[..., House], tmp_path: Path
) -> None:
    earlier, house, folder = new_house(), new_house(), archives.folder
    keys, file = ("--keys", str(folder / "keys.newer")), str(tmp_path / "house.earlier")
    mamori(earlier, "restore", str(folder / "house.older"), "--keys", str(folder / "keys.older"))
    told_by(BACK, earlier)
    assert mamori(earlier, "backup", file).returncode == 0

    answer = mamori(house, "restore", file, *keys)

    assert answer.returncode == 2, answer.stderr
    assert "house.tables_of_no_release" in answer.stderr


def test_two_old_archives_say_of_whom_they_know_nothing(
    archives: Archives, new_house: Callable[..., House]
) -> None:
    house, folder = new_house(), archives.folder

    answer = mamori(house, "restore", str(folder / "house.older"), "--keys", str(folder / "keys.older"))
    seen = json.loads(told_by(LOOK, house))

    assert answer.returncode == 0, answer.stderr
    assert seen == archives.before
    assert (
        f"erased after {moment(folder / 'keys.older', 'keys')} these archives know nothing" in answer.stdout
    )


def test_two_old_archives_and_the_list_of_who_was_erased_bring_nobody_back(
    archives: Archives, new_house: Callable[..., House]
) -> None:
    house, folder = new_house(), archives.folder
    words = ["restore", str(folder / "house.older"), "--keys", str(folder / "keys.older")]
    (folder / "half.list").write_text("buyer:B-1 2026-11-28T00:00:00+00:00\nsomebody\n")

    half = mamori(house, *words, "--erased", str(folder / "half.list"))
    answer = mamori(house, *words, "--erased", str(folder / "erased.list"))
    seen = json.loads(told_by(LOOK, house))
    verified = (mamori(house, "work", "--once"), mamori(house, "ledger", "verify"))

    assert (half.returncode, answer.returncode) == (2, 0), answer.stderr
    assert "Line 2 of the list" in half.stderr
    assert "2 people of the list were erased again" in answer.stdout
    assert {count for person in ERASED for count in seen[person].values()} == {0}
    assert [seen[person] for person in OTHERS] == [archives.before[person] for person in OTHERS]
    assert [told.returncode for told in verified] == [0, 0], verified[1].stdout


def test_who_came_back_after_an_erasure_is_not_erased_by_the_list(
    archives: Archives, new_house: Callable[..., House], tmp_path: Path
) -> None:
    house, folder, old = new_house(), archives.folder, tmp_path / "old.list"
    old.write_text("buyer:B-2 2020-01-01T00:00:00+00:00\n")
    words = ["restore", str(folder / "house.older"), "--keys", str(folder / "keys.older")]

    answer = mamori(house, *words, "--erased", str(old))

    assert answer.returncode == 0, answer.stderr
    assert "of the list" not in answer.stdout.replace("a list of them", "")
    assert json.loads(told_by(LOOK, house)) == archives.before


def moment(path: Path, kind: str) -> str:
    with parts.reading(path) as tar:
        return str(parts.manifest(tar, path, kind)["at"])


def test_the_keys_of_today_may_come_after_the_house_and_before_anybody_looks(
    archives: Archives, new_house: Callable[..., House]
) -> None:
    house, folder = new_house(), archives.folder
    mamori(house, "restore", str(folder / "house.older"))

    answer = mamori(house, "restore", "--keys", str(folder / "keys.newer"))
    again = mamori(house, "restore", "--keys", str(folder / "keys.newer"))
    seen = json.loads(told_by(LOOK, house))

    assert (answer.returncode, again.returncode) == (0, 0), answer.stderr
    assert "it was recorded" in answer.stdout
    assert "it was recorded" not in again.stdout
    assert {count for person in ERASED for count in seen[person].values()} == {0}
