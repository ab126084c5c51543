"""What is done with keys: prepare and rotate the house's, seal with a subject's, shred a subject's, hold against shredding."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from mamori.ground.seal import keystore, lending, wrapping
from mamori.ground.seal.holds import NoSuchHold as NoSuchHold, hold as hold, lift as lift, prolong as prolong
from mamori.ground.seal.keyrows import (
    KeyRowsDiffer as KeyRowsDiffer,
    RotationUnfinished as RotationUnfinished,
    begin as begin,
    mark_keys as mark_keys,
    must_be_new,
    put_back_keys as put_back_keys,
    retire as retire,
    rewrap as rewrap,
    wrap_files as wrap_files,
)
from mamori.ground.seal.keystore import Key as Key, Place as Place
from mamori.ground.seal.sealing import (
    Held as Held,
    Plain as Plain,
    keep_from_sealing as keep_from_sealing,
    lock as lock,
    seal as seal,
    seal_many as seal_many,
    shred as shred,
    shred_key as shred_key,
    shred_older as shred_older,
)
from mamori.ground.seal.wrapping import ask_by as ask_by, renew_passphrase as renew_passphrase


def prepare_keys(used: Collection[Key] = ()) -> tuple[Key, ...]:
    """Make the keys that are missing (0600, in a folder 0700) and return which were made; all of them, or none."""
    missing = [key for key in Key if not keystore.is_there(key)]
    for key in missing:
        must_be_new(key, used)
    return tuple(key for key in missing if keystore.make(key))


def unlock() -> None:
    """Open every key file now, so that whoever starts the house is asked at once and no transaction waits for it."""
    for key in Key:
        keystore.read(key)
    list(keystore.generations())


@contextmanager
def unlocked_for_children() -> Iterator[None]:
    """Open the keys, and under the profile `passphrase` lend them for the block to the processes that are started in it.

    They, and what they start in turn, need nothing: they ask the socket MAMORI_KEY_SOCKET, which only this user can reach.
    """
    unlock()
    if wrapping.profile() != wrapping.Passphrase.name:
        yield
        return
    with lending.lent(wrapping.keys(), Path(settings.KEY_SOCKET)):
        yield
