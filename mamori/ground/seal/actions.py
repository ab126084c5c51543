"""What is done with keys: prepare and rotate the house's, seal with a subject's, shred a subject's, hold against shredding."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from mamori.ground.seal import keystore, lending, passphrase, wrapping
from mamori.ground.seal.envelope import Place
from mamori.ground.seal.holding import Held
from mamori.ground.seal.holds import NoSuchHold, hold, lift
from mamori.ground.seal.keyrows import KeyRow, KeyRowsDiffer, put_back_keys
from mamori.ground.seal.keystore import Key, KeyMissing, KeyWrong
from mamori.ground.seal.models import IS_LIVING, SubjectKey
from mamori.ground.seal.passphrase import ask_by
from mamori.ground.seal.passphrase import renew as renew_passphrase
from mamori.ground.seal.rotating import RotationUnfinished, begin, retire, rewrap, wrap_files
from mamori.ground.seal.sealing import Plain, seal, seal_many, shred, shred_key

__all__ = [
    "Held",
    "Key",
    "KeyMissing",
    "KeyRow",
    "KeyRowsDiffer",
    "KeyWrong",
    "NoSuchHold",
    "Place",
    "Plain",
    "RotationUnfinished",
    "ask_by",
    "begin",
    "hold",
    "lift",
    "prepare_keys",
    "put_back_keys",
    "renew_passphrase",
    "retire",
    "rewrap",
    "seal",
    "seal_many",
    "shred",
    "shred_key",
    "unlock",
    "unlocked_for_children",
    "wrap_files",
]


def prepare_keys() -> tuple[Key, ...]:
    """Make the keys that are missing (0600, in a folder 0700) and return which were made.

    :raises KeyMissing: when the database holds subjects' keys that only the lost file could open.
    :raises PassphraseAbsent, PassphraseWeak, KmsFailed: when what is to wrap them cannot be used.
    """
    lost = not keystore.numbers()
    migrated = SubjectKey._meta.db_table in connection.introspection.table_names()
    if lost and migrated and SubjectKey.objects.filter(IS_LIVING).exists():
        raise KeyMissing(path=keystore.path_of(Key.SUBJECTS))
    return tuple(
        key for key in Key if not (key is Key.SUBJECTS and keystore.numbers()) and keystore.make(key)
    )


def unlock() -> None:
    """Open every key file now, so that whoever starts the house is asked at once and no transaction waits for it.

    :raises KeyMissing, KeyOpen, KeyWrong, PassphraseAbsent, PassphraseWrong, KmsFailed: when one cannot be used.
    """
    for key in Key:
        keystore.read(key)
    list(keystore.generations())


@contextmanager
def unlocked_for_children() -> Iterator[None]:
    """Open the keys, and under the profile `passphrase` lend them for the block to the processes that are started in it.

    They, and what they start in turn, need nothing: they ask the socket MAMORI_KEY_SOCKET, which only this user can reach.

    :raises KeyMissing, KeyOpen, KeyWrong, PassphraseAbsent, PassphraseWrong, KmsFailed: when the keys cannot be used.
    """
    unlock()
    if wrapping.profile() != passphrase.Passphrase.name:
        yield
        return
    with lending.lent(passphrase.keys(), Path(settings.KEY_SOCKET)):
        yield
