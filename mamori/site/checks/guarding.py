"""Checks of what guards people's data: data keys that open, rotations that are finished, files that wait for the scanner."""

from __future__ import annotations

from datetime import datetime, timedelta

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.seal import facts as seal
from mamori.ground.vault.models import IS_WAITING, File
from mamori.site.checks.finding import Found, Level

PATIENCE = timedelta(minutes=30)


def matching_keys(at: datetime) -> Found:
    """See that log and tables were written by the keys that lie here, under the name that is set."""
    for fits in (seal.keys_must_fit, ledger.key_must_fit):
        try:
            fits()
        except Refusal as refusal:
            yield Level.BROKEN, refusal.sentence
            return
    yield (
        Level.GOOD,
        Text("鍵は、この家の記録と表のもの", "the keys are those of this house's log and tables"),
    )


def data_keys(at: datetime) -> Found:
    """See that every person's key opens, that no rotation was left half done, and that keys lie as the profile says."""
    lost = seal.orphans()
    if lost:
        told = Text(
            "どの鍵のファイルでも開けないデータ鍵が{n}本あります。鍵の控えを戻してください（`mamori seal status`）。",
            "{n} data keys open with no key file that is here. Put the missing one back (`mamori seal status`).",
        )
        yield Level.BROKEN, told.fill(n=lost)
    newest, *old = seal.generations()
    waiting = sum(one.keys for one in old)
    if waiting:
        told = Text(
            "鍵の包み直しが途中です（残り{n}本）。`mamori seal rotate` をもう一度実行してください。",
            "A rotation of keys is half done ({n} left). Run `mamori seal rotate` again.",
        )
        yield Level.LOOK, told.fill(n=waiting)
    elif old:
        told = Text(
            "もう使われていない鍵のファイルが{n}つあります。鍵の控えを取り、`mamori seal retire` で消してください。",
            "{n} key files are needed no more. Back the keys up and remove them with `mamori seal retire`.",
        )
        yield Level.LOOK, told.fill(n=len(old))
    if newest.is_plain and seal.profile() != "file":
        told = Text(
            "MAMORI_KEY_PROFILE は {profile} ですが、鍵は平文です。`mamori seal wrap {profile}` で包んでください。",
            "MAMORI_KEY_PROFILE is {profile}, yet the keys lie plain. Wrap them with `mamori seal wrap {profile}`.",
        )
        yield Level.BROKEN, told.fill(profile=seal.profile())
    if not lost and not old:
        told = Text("データ鍵はすべて開ける（{profile}）", "every data key opens ({profile})")
        yield Level.GOOD, told.fill(profile=seal.profile())


def quarantine(at: datetime) -> Found:
    """See that no file waits long for a scanner that is away."""
    oldest = (
        File.objects.filter(IS_WAITING).order_by("received_at").values_list("received_at", flat=True).first()
    )
    if oldest is not None and at - oldest > PATIENCE:
        told = Text(
            "検査を待つファイルがあります（{at} から）。MAMORI_SCANNER の clamd が動いているか確かめてください。",
            "Files wait for the scanner (since {at}). See whether the clamd of MAMORI_SCANNER is running.",
        )
        yield Level.LOOK, told.fill(at=oldest.isoformat(timespec="seconds"))
    else:
        yield Level.GOOD, Text("検査を待たされているファイルはない", "no file waits long for the scanner")
