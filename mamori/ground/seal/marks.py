"""By which keys this database lives: a fingerprint of each, so that another house's key is seen before it is used."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from mamori.grammar.text import Text
from mamori.ground.seal import keystore
from mamori.ground.seal.envelope import fingerprint
from mamori.ground.seal.keystore import Key, KeyMissing, KeyWrong
from mamori.ground.seal.models import IS_LIVING, KeyMark, SubjectKey


class KeyLost(KeyMissing, code="seal.key_lost", status=424):
    """Given instead of a new key where the house already lives by the one that is gone."""

    text = Text(
        "鍵 {path} がありませんが、この家はその鍵をすでに使っています。新しい鍵は作りません。"
        "`mamori restore --keys FILE` で鍵の控えから戻すか、前の機械からファイルを移してください（所有者だけが読める 0600）。",
        "The key {path} is missing, and this house already lives by it: no new one is made. Put it back from your archive of "
        "keys with `mamori restore --keys FILE`, or copy the file from the former machine (0600, its owner's).",
    )


def must_be_new(key: Key, used: Collection[Key]) -> None:
    """See that nothing in this house depends on the key, of which no file is there.

    :raises KeyLost: when something does: what it signed, keyed or wrapped, by `used` or by what is known here.
    """
    tables = connection.introspection.table_names()
    lives = key in used
    if KeyMark._meta.db_table in tables:
        lives |= KeyMark.objects.filter(key=key.value).exists()
    if key is Key.SUBJECTS and SubjectKey._meta.db_table in tables:
        lives |= SubjectKey.objects.filter(IS_LIVING).exists()
    if lives:
        raise KeyLost(path=keystore.path_of(key))


def mark_keys(at: datetime) -> None:
    """Note by which keys this database lives, as far as that is not known yet; what is noted never changes."""
    for key in (Key.LOG, Key.INDEX):  # the key of keys is known by what it wrapped
        values = {"fingerprint": fingerprint(keystore.read(key)), "since": at}
        KeyMark.objects.get_or_create(key=key.value, defaults=values)


def keys_must_fit() -> None:
    """See that the key files are those by which this database lives."""
    for mark in KeyMark.objects.order_by("key"):
        key = Key(mark.key)
        if fingerprint(keystore.read(key)) != mark.fingerprint:
            raise KeyWrong(path=keystore.path_of(key))
    youngest = SubjectKey.objects.filter(IS_LIVING).order_by("-pk").values_list("kek", flat=True).first()
    if youngest is not None and keystore.by_fingerprint(youngest) is None:
        raise KeyWrong(path=keystore.path_of(Key.SUBJECTS))
