"""The doctor sees a missing or short secret, files not collected, a scanner away, a full disk, old backups, closed pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.conf import settings

from mamori.site import health, signing
from mamori.site.checks import machinery
from mamori.site.checks.finding import Check, Level, examine

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[Path]:
    """Give the house a home of its own, with keys and collected files."""
    names = ("HOME", "KEYS", "STATIC_ROOT", "SCANNER")
    former = {name: getattr(settings, name) for name in names}
    settings.HOME, settings.KEYS, settings.STATIC_ROOT = tmp_path, tmp_path / "keys", tmp_path / "static"
    settings.SCANNER = ""
    yield tmp_path
    for name, value in former.items():
        setattr(settings, name, value)


def level(check: Check, at: datetime = NOW) -> Level:
    """Return how bad the one finding is."""
    (finding,) = examine(check, at)
    return finding.level


def test_a_signing_secret_is_needed_and_must_not_be_short(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert level(machinery.signing_secret) is Level.BROKEN

    signing.make(home / "keys", {})
    assert level(machinery.signing_secret) is Level.GOOD

    (home / "keys" / "signing.key").chmod(0o644)
    assert level(machinery.signing_secret) is Level.BROKEN

    monkeypatch.setenv("MAMORI_SECRET_KEY", "short")
    assert level(machinery.signing_secret) is Level.BROKEN


def test_a_new_signing_secret_leaves_two_older_ones_in_force(home: Path) -> None:
    keys = home / "keys"
    assert signing.known(keys, {}) == []
    assert signing.make(keys, {})
    assert not signing.make(keys, {})
    [first] = signing.known(keys, {})

    older = [signing.rotate(keys, {}) for _ in range(4)]

    known = signing.known(keys, {})
    assert older == [1, 2, 2, 2]
    assert len(known) == len(set(known)) == 3
    assert first not in known
    assert (keys / "signing.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(signing.SigningKeyInEnvironment):
        signing.rotate(keys, {"MAMORI_SECRET_KEY": "new old"})
    assert signing.known(keys, {"MAMORI_SECRET_KEY": "new old"}) == ["new", "old"]


def test_files_that_were_not_collected_are_seen(home: Path) -> None:
    assert level(machinery.pages_files) is Level.LOOK


def test_a_scanner_that_is_set_must_answer(home: Path) -> None:
    assert level(machinery.scanner) is Level.LOOK

    settings.SCANNER = f"unix:{home}/nobody"
    assert level(machinery.scanner) is Level.BROKEN


def test_too_little_room_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    for left, wanted in ((10**12, Level.GOOD), (10**9, Level.LOOK), (10**6, Level.BROKEN)):
        monkeypatch.setattr(health, "room", lambda left=left: left)
        assert level(machinery.disk) is wanted


def test_a_backup_is_missed_when_there_is_none_and_when_it_is_old(home: Path) -> None:
    assert level(machinery.backup) is Level.LOOK

    health.note_backup(NOW)

    assert level(machinery.backup, NOW + timedelta(hours=30)) is Level.GOOD
    assert level(machinery.backup, NOW + timedelta(days=3)) is Level.LOOK


def test_pages_that_do_not_live_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    class Alive(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/health/live" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Alive)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("MAMORI_PORT", str(server.server_address[1]))
    open_ = level(machinery.pages)
    server.shutdown()
    server.server_close()

    assert open_ is Level.GOOD
    assert level(machinery.pages) is Level.LOOK
    monkeypatch.setenv("MAMORI_SOCKET", "/run/mamori/house.sock")
    assert examine(machinery.pages, NOW) == []
