"""Keys wrapped by a passphrase or by an external service: asked for once, lent to children, refused when wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from mamori.ground.seal import actions, facts, keystore, lending, wrapping
from mamori.ground.seal.facts import (
    Key,
    KeyWrong,
    KmsFailed,
    PassphraseAbsent,
    PassphraseWeak,
    PassphraseWrong,
)
from mamori.ground.seal.wrapping import ProfileDiffers, ProfileUnknown

WORDS = "正しい 馬 電池 ホチキス 五つめ"
KMS = """
import base64, json, sys
mask = bytes(range(32))
asked = json.loads(sys.stdin.readline())
if asked["op"] == "fingerprint":
    told = {"fingerprint": "kms-test-1"}
elif asked["op"] == "wrap":
    told = {"wrapped": base64.b64encode(bytes(a ^ b for a, b in zip(base64.b64decode(asked["key"]), mask))).decode()}
else:
    told = {"key": base64.b64encode(bytes(a ^ b for a, b in zip(base64.b64decode(asked["wrapped"]), mask))).decode()}
print(json.dumps(told))
"""


@pytest.fixture(autouse=True)
def own_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(wrapping, "LOG_N", 10)  # the cost is the operator's, not the tests'
    for name, value in (
        ("KEYS", tmp_path / "keys"),
        ("KEY_SOCKET", tmp_path / "run" / "keys.sock"),
        ("KEY_PROFILE", "file"),
        ("KMS_COMMAND", ""),
        ("KMS_SECONDS", 10.0),
    ):
        monkeypatch.setattr(settings, name, value)
    yield
    wrapping.forget()
    wrapping._askers.clear()


def ask(words: str) -> list[bool]:
    asked: list[bool] = []

    def told(is_new: bool) -> str:
        asked.append(is_new)
        return words

    actions.ask_by(told)
    return asked


def make_keys(profile: str) -> dict[Key, bytes]:
    settings.KEY_PROFILE = profile
    for key in Key:
        keystore.make(key)
    return {key: facts.key(key) for key in Key}


def reopen() -> dict[Key, bytes]:
    """Read the keys as another process would: knowing nothing."""
    keystore._opened.clear()
    wrapping.forget()
    return {key: facts.key(key) for key in Key}


def test_a_passphrase_is_asked_for_once_and_no_key_lies_in_its_file() -> None:
    asked = ask(WORDS)

    made = make_keys("passphrase")
    again = reopen()

    assert made == again
    assert asked == [True, False]
    for key in Key:
        content = keystore.path_of(key).read_bytes()
        assert made[key].hex().encode() not in content
        assert not wrapping.is_plain(content)


def test_another_passphrase_is_refused_and_asked_for_again() -> None:
    ask(WORDS)
    make_keys("passphrase")
    ask("別の合言葉をいれてみました")

    with pytest.raises(PassphraseWrong):
        reopen()

    ask(WORDS)
    assert facts.key(Key.LOG)


def test_a_short_passphrase_is_no_beginning_and_none_at_all_is_told_how_to_give_one() -> None:
    ask("短い")
    with pytest.raises(PassphraseWeak):
        make_keys("passphrase")
    wrapping._askers.clear()
    with pytest.raises(PassphraseAbsent) as refusal:
        make_keys("passphrase")
    assert "MAMORI_PASSPHRASE_FD" in refusal.value.sentence.ja


def test_the_passphrase_may_come_from_an_open_file_or_from_systemd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(WORDS)
    made = make_keys("passphrase")
    wrapping._askers.clear()

    reader, writer = os.pipe()
    os.write(writer, f"{WORDS}\n".encode())
    os.close(writer)
    monkeypatch.setenv("MAMORI_PASSPHRASE_FD", str(reader))
    assert reopen() == made
    assert "MAMORI_PASSPHRASE_FD" not in os.environ

    (tmp_path / "credentials").mkdir()
    (tmp_path / "credentials" / "mamori-passphrase").write_text(f"{WORDS}\n", "utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "credentials"))
    assert reopen() == made

    monkeypatch.setenv("MAMORI_PASSPHRASE_FD", "9999")
    with pytest.raises(PassphraseAbsent):
        reopen()


CHILD = """
import os, django
django.setup()
from mamori.ground.seal import facts
print(facts.key(facts.Key.LOG).hex())
print(sorted(k for k in os.environ if "PASS" in k))
"""


def test_a_child_gets_the_key_of_its_parent_without_a_word_in_its_environment_or_command_line(
    tmp_path: Path,
) -> None:
    ask(WORDS)
    made = make_keys("passphrase")
    env = {
        "DJANGO_SETTINGS_MODULE": "mamori.site.settings",
        "MAMORI_HOME": str(tmp_path),
        "MAMORI_KEYS": str(settings.KEYS),
        "MAMORI_KEY_PROFILE": "passphrase",
        "PATH": os.environ["PATH"],
    }

    def child() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", CHILD], env=env, capture_output=True, text=True, check=False
        )

    with actions.unlocked_for_children():
        assert settings.KEY_SOCKET.stat().st_mode & 0o777 == 0o600
        lent = child()
    alone = child()

    assert lent.stdout.splitlines() == [made[Key.LOG].hex(), "[]"], lent.stderr
    assert alone.returncode != 0
    assert "PassphraseAbsent" in alone.stderr
    assert not settings.KEY_SOCKET.exists()


def test_nobody_lends_where_there_is_no_passphrase_and_a_stale_socket_is_passed_over(tmp_path: Path) -> None:
    make_keys("file")
    with actions.unlocked_for_children():
        assert not settings.KEY_SOCKET.exists()

    settings.KEY_SOCKET.parent.mkdir(exist_ok=True)
    settings.KEY_SOCKET.touch()
    assert lending.borrowed(settings.KEY_SOCKET, b"name") is None
    with lending.lent({b"name": b"k" * 32}, settings.KEY_SOCKET):
        assert lending.borrowed(settings.KEY_SOCKET, b"name") == b"k" * 32
        assert lending.borrowed(settings.KEY_SOCKET, b"other") is None


def use_kms(tmp_path: Path, source: str = KMS) -> None:
    adapter = tmp_path / "kms adapter.py"
    adapter.write_text(source, "utf-8")
    settings.KMS_COMMAND = f"{sys.executable} '{adapter}'"


def test_a_key_service_wraps_the_few_keys_of_the_house(tmp_path: Path) -> None:
    use_kms(tmp_path)

    made = make_keys("kms")

    assert reopen() == made
    assert b" kms kms-test-1 " in keystore.path_of(Key.LOG).read_bytes()


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("import time; time.sleep(5)", "no answer"),
        ("print('hello')", "no JSON"),
        ("print('{}')", "no “"),
        ('print(\'{"error": "sealed"}\'); raise SystemExit(1)', "sealed"),
        ('print(\'{"fingerprint": "f", "wrapped": "YQ==", "key": "YQ=="}\')', "does not open again"),
        ('print(\'{"fingerprint": "two words", "wrapped": "YQ==", "key": "YQ=="}\')', "single printable"),
        ('print(\'{"fingerprint": "f", "wrapped": "é", "key": "YQ=="}\')', "no base64"),
    ],
)
def test_a_service_that_does_not_do_its_part_is_refused_by_its_name(
    tmp_path: Path, source: str, why: str
) -> None:
    use_kms(tmp_path, source)
    settings.KMS_SECONDS = 1.0 if "sleep" in source else 10.0

    with pytest.raises(KmsFailed) as refusal:
        make_keys("kms")

    assert why in refusal.value.sentence.en


@pytest.mark.parametrize("command", ["", "/no/such/program"])
def test_a_service_without_a_program_is_refused(command: str) -> None:
    settings.KMS_COMMAND = command

    with pytest.raises(KmsFailed):
        make_keys("kms")


def test_keys_change_their_profile_without_changing_themselves(tmp_path: Path) -> None:
    made = make_keys("file")
    use_kms(tmp_path)

    settings.KEY_PROFILE = "kms"
    actions.wrap_files()
    assert reopen() == made

    asked = ask(WORDS)
    actions.unlock()
    actions.renew_passphrase()
    settings.KEY_PROFILE = "passphrase"
    actions.wrap_files()
    assert asked == [True]
    assert reopen() == made

    ask("まったく新しい合言葉にする")
    actions.unlock()
    ask_new = ask("もっと新しい合言葉にします")
    actions.renew_passphrase()
    actions.wrap_files()
    assert ask_new == [True]
    assert reopen() == made
    ask(WORDS)
    with pytest.raises(PassphraseWrong):
        reopen()


def test_a_wrapped_key_under_another_profile_or_an_unknown_one_is_refused() -> None:
    ask(WORDS)
    make_keys("passphrase")

    settings.KEY_PROFILE = "file"
    with pytest.raises(ProfileDiffers):
        reopen()
    settings.KEY_PROFILE = "paper"
    with pytest.raises(ProfileUnknown):
        reopen()


@pytest.mark.parametrize("end", ["passphrase x !!", "passphrase x YQ==", "passphrase x", "passphrase"])
def test_a_damaged_wrapped_key_is_refused(end: str) -> None:
    ask(WORDS)
    make_keys("passphrase")
    path = keystore.path_of(Key.LOG)
    path.write_text(f"mamori-wrapped {end}\n")

    with pytest.raises(KeyWrong):
        facts.key(Key.LOG)


def test_the_passphrase_costs_what_a_guesser_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    assert wrapping.LOG_N >= 17
    assert wrapping.R * 128 * 2**wrapping.LOG_N >= 128 << 20
