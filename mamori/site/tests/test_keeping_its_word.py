"""A house that cannot keep its word is seen by the doctor and by `/health/ready`, whatever took its word from it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.post.models import Relay
from mamori.ground.seal import actions as seal, keystore
from mamori.ground.seal.keystore import Key
from mamori.site import health, prepared
from mamori.site.checks import house, machinery, operator
from mamori.site.checks.finding import Check, Level, examine
from mamori.site.command import COMMANDS as COMMAND_NAMES, cli
from mamori.site.tests.houses import House, mamori, told_by

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
AGENT = Actor(by="agent:1", role=Role.AGENT, at=NOW, via="test")


def levels(check: Check, at: datetime = NOW) -> set[Level]:
    return {finding.level for finding in examine(check, at)}


def parts() -> dict[str, str]:
    """Ask the house whether it is ready, and return what it says of each part."""
    answer = Client().get("/health/ready")
    found: dict[str, str] = answer.json()["parts"]
    assert answer.status_code == (503 if "bad" in found.values() else 200)
    return found


def act(at: datetime = NOW) -> None:
    actor = Actor(by="agent:1", role=Role.AGENT, at=at, via="test")
    with transaction.atomic():
        ledger.record(actor, kind="test.act", subject="buyer:B-1", about="t:1")


@pytest.fixture
def signed(db: None, tmp_path: Path) -> Iterator[Path]:
    """Give the house keys of its own, with which something was signed, keyed and sealed."""
    former, settings.KEYS = settings.KEYS, tmp_path / "keys"
    seal.prepare_keys()
    seal.mark_keys(NOW)
    act()
    ledger.sequence(at=NOW)
    yield settings.KEYS
    settings.KEYS = former


@pytest.mark.parametrize("key", list(Key))
def test_another_houses_key_is_told(signed: Path, key: Key) -> None:
    assert levels(house.matching_keys) == {Level.GOOD}
    assert parts()["keys"] == "good"

    keystore.path_of(key).write_text("cd" * 32)

    [finding] = examine(house.matching_keys, NOW)
    assert finding.level is Level.BROKEN
    assert f"{key}.key" in finding.text.ja
    assert parts()["keys"] == "bad"
    with pytest.raises(keystore.KeyWrong):
        prepared.keys_must_fit()


def test_another_name_of_the_log_is_told_by_both_names(signed: Path) -> None:
    former, settings.LOG_ORIGIN = settings.LOG_ORIGIN, "other.example/log"
    [finding] = examine(house.matching_keys, NOW)
    told = parts()["keys"]
    settings.LOG_ORIGIN = former

    assert finding.level is Level.BROKEN
    assert former in finding.text.en
    assert "other.example/log" in finding.text.en
    assert told == "bad"


def test_a_log_that_stands_still_is_told(signed: Path) -> None:
    act(at=NOW)
    behind = {
        minutes: levels(house.log_sequenced, NOW + timedelta(minutes=minutes)) for minutes in (0, 5, 11)
    }
    ready = [health.record(NOW + timedelta(minutes=minutes)) for minutes in (5, 11)]
    ledger.sequence(at=NOW)

    assert behind == {0: {Level.GOOD}, 5: {Level.LOOK}, 11: {Level.BROKEN}}
    assert ready == [True, False]
    assert levels(house.log_sequenced, NOW + timedelta(minutes=11)) == {Level.GOOD}


@pytest.mark.django_db
def test_acts_dated_in_the_future_are_told() -> None:
    act(at=NOW + timedelta(minutes=1))
    assert levels(house.acts_ahead) == {Level.GOOD}

    act(at=NOW + timedelta(days=3))

    [finding] = examine(house.acts_ahead, NOW)
    assert finding.level is Level.BROKEN
    assert "2026-11-27" in finding.text.en


@pytest.mark.django_db
def test_tables_of_a_newer_version_are_told_and_refused() -> None:
    assert levels(machinery.migrations) == {Level.GOOD}

    MigrationRecorder(connection).record_applied("contact", "9001_what_is_not_known_here")

    [finding] = examine(machinery.migrations, NOW)
    assert finding.level is Level.BROKEN
    assert "contact.9001_what_is_not_known_here" in finding.text.en
    assert parts()["migrations"] == "bad"
    with pytest.raises(prepared.TablesNewer):
        prepared.tables_must_fit()


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.django_db
def test_a_unique_index_that_was_dropped_is_told() -> None:
    assert levels(machinery.kept_rules) == {Level.GOOD}
    assert parts()["rules"] == "good"

    run("DROP INDEX seal_subjectkey_one_living")

    [finding] = examine(machinery.kept_rules, NOW)
    assert finding.level is Level.BROKEN
    assert "seal_subjectkey_one_living" in finding.text.ja
    assert parts()["rules"] == "bad"


@pytest.mark.django_db
def test_an_index_of_the_same_name_that_lets_doubles_in_is_told() -> None:
    run(
        "DROP INDEX seal_subjectkey_one_living",
        "CREATE INDEX seal_subjectkey_one_living ON seal_subjectkey (subject) WHERE shredded_at IS NULL",
    )

    [finding] = examine(machinery.kept_rules, NOW)

    assert "seal_subjectkey_one_living" in finding.text.ja


@pytest.mark.django_db
def test_unique_columns_references_and_checks_that_were_dropped_are_told() -> None:
    if connection.vendor == "sqlite":  # there they are part of the table, which is written anew without them
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'seal_heldname'")
            table = cursor.fetchone()[0]
        assert "UNIQUE" in table
        assert "REFERENCES" in table
        bare = (
            'CREATE TABLE "seal_heldname" ("id" integer PRIMARY KEY, "name" varchar(128), "hold_id" bigint)'
        )
        run('DROP TABLE "seal_heldname"', bare)
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = 'seal_heldname'::regclass")
            names = [name for (name,) in cursor.fetchall() if not name.endswith("pkey")]
        run(*(f'ALTER TABLE seal_heldname DROP CONSTRAINT "{name}" CASCADE' for name in names))

    [finding] = examine(machinery.kept_rules, NOW)

    assert finding.level is Level.BROKEN
    assert "seal_heldname: seal_heldname_once" in finding.text.en
    assert "seal_heldname: hold_id (reference)" in finding.text.en


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Give the house a folder of its own, closed to others."""
    names = ("HOME", "LOG", "FILES")
    former = {name: getattr(settings, name) for name in names}
    settings.HOME = tmp_path / "home"
    settings.LOG, settings.FILES = settings.HOME / "log", settings.HOME / "files"
    for place in (settings.HOME, settings.LOG, settings.FILES):
        place.mkdir(mode=0o700)
    yield settings.HOME
    for name in names:
        setattr(settings, name, former[name])


@pytest.mark.parametrize(
    ("where", "mode"), [("HOME", 0o777), ("HOME", 0o755), ("HOME", 0o750), ("LOG", 0o777)]
)
def test_a_folder_that_others_can_get_at_is_told(home: Path, where: str, mode: int) -> None:
    assert levels(machinery.places) == {Level.GOOD}

    getattr(settings, where).chmod(mode)

    [finding] = examine(machinery.places, NOW)
    assert finding.level is Level.BROKEN
    assert f"chmod 0700 {getattr(settings, where)}" in finding.text.en


def test_a_folder_within_a_closed_one_may_be_readable(home: Path) -> None:
    settings.LOG.chmod(0o755)

    assert levels(machinery.places) == {Level.GOOD}


def test_the_fullest_of_the_disks_counts(home: Path) -> None:
    other = Path("/dev/shm")  # another file system than the temporary folder's
    if not other.is_dir() or shutil.disk_usage(other).free == shutil.disk_usage(home).free:
        pytest.skip("there is one file system only")

    settings.LOG = other
    rooms = [shutil.disk_usage(place).free for place in (home, other)]

    assert abs(health.room() - min(rooms)) < 2**30


@pytest.mark.django_db
def test_a_mail_server_that_is_away_for_long_is_told() -> None:
    Relay.objects.create(pk=1, failures=9, since=NOW, resting_until=NOW, error="connection refused")

    soon, later = NOW + timedelta(minutes=14), NOW + timedelta(minutes=16)

    assert levels(operator.mail_waiting, soon) == {Level.GOOD}
    [finding] = examine(operator.mail_waiting, later)
    assert finding.level is Level.BROKEN
    assert "connection refused" in finding.text.en


@pytest.fixture(scope="module")
def lived_in(new_house: Callable[..., House]) -> House:
    """Set a house up, with a backup and nothing broken."""
    return new_house(is_set_up=True)


def broken(of: House) -> set[str]:
    told = mamori(of, "check", "--json")
    found = json.loads(told.stdout)
    assert told.returncode == (0 if found["healthy"] else 1)
    return {one["check"] for one in found["findings"] if one["level"] == "broken"}


@pytest.mark.processes
def test_the_doctor_ends_with_1_for_an_open_home_and_database(lived_in: House) -> None:
    place = Path(lived_in["MAMORI_HOME"])
    assert broken(lived_in) == set()

    place.chmod(0o777)
    with_home = broken(lived_in)
    place.chmod(0o700)
    file = place / "mamori.sqlite3"
    with_file = set()
    if file.exists():
        file.chmod(0o666)
        with_file = broken(lived_in)
        file.chmod(0o600)

    assert with_home == {"places"}
    assert with_file == ({"places"} if file.exists() else set())
    assert file.exists() == (not os.environ.get("MAMORI_DATABASE_URL"))


COMMANDS = (
    "import {file}",
    "set",
    "staff list",
    "key list",
    "terms list",
    "ledger verify",
    "outbox stuck",
    "post list",
    "seal status",
    "search fill",
    "edition list",
    "handbook export {file}.d",
    "hold list",
    "person erased",
    "payout returns {file}",
    "leave {file}.d",
)
RUNNING = ("work --once", "work", "serve --port 0")


def ended(words: str, folder: Path) -> BaseException | None:
    """Run a command and return what it ended with."""
    file = folder / "lines.ndjson"
    file.write_text('{"kind": "buyer", "ref": "B-1", "name": "花"}\n')
    return CliRunner().invoke(cli, words.format(file=file).split()).exception


@pytest.mark.django_db
@pytest.mark.parametrize("words", COMMANDS)
def test_no_command_works_on_tables_that_are_not_prepared(words: str, tmp_path: Path) -> None:
    MigrationRecorder.Migration.objects.filter(app="identity").delete()

    told = ended(words, tmp_path)

    assert isinstance(told, prepared.NotPrepared), told
    assert "mamori setup" in told.sentence.ja


@pytest.mark.django_db
@pytest.mark.parametrize("words", COMMANDS)
def test_no_command_of_an_older_version_works_on_newer_tables(words: str, tmp_path: Path) -> None:
    MigrationRecorder(connection).record_applied("contact", "9001_of_tomorrow")

    told = ended(words, tmp_path)

    assert isinstance(told, prepared.TablesNewer), told
    assert "contact.9001_of_tomorrow" in told.sentence.ja


def test_every_command_but_those_that_need_no_tables_is_tried() -> None:
    needs_none = {"setup", "demo", "sandbox", "examine", "up", "check", "clock", "names", "backup", "restore"}

    tried = {words.split()[0] for words in (*COMMANDS, *RUNNING)}

    assert tried == set(COMMAND_NAMES) - needs_none


@pytest.fixture(scope="module")
def bare(new_house: Callable[..., House], lived_in: House) -> House:
    """Make a house with keys and without tables."""
    made = new_house()
    home = Path(made["MAMORI_HOME"])
    home.mkdir(mode=0o700)
    shutil.copytree(Path(lived_in["MAMORI_HOME"]) / "keys", home / "keys")
    return made


NEWER = """
import django; django.setup()
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
MigrationRecorder(connection).record_applied("contact", "9001_of_tomorrow")
"""


@pytest.fixture(scope="module")
def newer(new_house: Callable[..., House]) -> House:
    """Set a house up and let a newer version have been there."""
    made = new_house(is_set_up=True)
    told_by(NEWER, made)
    return made


@pytest.mark.processes
@pytest.mark.parametrize("words", RUNNING)
def test_worker_and_pages_do_not_run_on_tables_that_are_not_theirs(
    words: str, bare: House, newer: House
) -> None:
    on_none, on_newer = (mamori(of, *words.split()) for of in (bare, newer))

    assert (on_none.returncode, on_newer.returncode) == (2, 2)
    assert "is not prepared" in on_none.stderr
    assert "newer version" in on_newer.stderr
