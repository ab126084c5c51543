"""Every check in order, and those of the running house: its clocks, its record, its keys and what it keeps."""

from __future__ import annotations

import socket
from datetime import datetime, timedelta
from itertools import accumulate, repeat
from pathlib import Path

from django.conf import settings

from mamori.grammar.businesstime import add
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.actions import LEASE
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.models import Act
from mamori.ground.market.models import IS_UNFINISHED, ImportRefusal, ImportRun, Instruction
from mamori.ground.outbox import facts as outbox
from mamori.ground.seal import facts as seal
from mamori.ground.terms import facts as terms
from mamori.ground.vault.models import IS_WAITING, File
from mamori.law.deadlines import CONFIRMATION
from mamori.rooms.contact import facts as contact
from mamori.site import prepared
from mamori.site.checks import beginning, machinery, operator
from mamori.site.checks.finding import Found, Level
from mamori.site.health import STANDSTILL

# Checks of the work: clocks looked at, messages delivered, records taken in.


SKEW = timedelta(minutes=2)
"""Machines that share a house may differ by so much."""


def one_house(at: datetime) -> Found:
    """See that no other house runs on this database, by the database's own clock; the log and the files are one house's."""
    try:
        mine = prepared.known(Path(settings.HOME)) or "–"
    except prepared.BadHouseId as refusal:
        yield Level.BROKEN, refusal.sentence
        return
    other = clocks.running_house()
    here = socket.gethostname()
    if other is None or other.ago >= LEASE:
        told = Text(
            "ほかの家は動いていない（ここは {here}、{mine}）",
            "no other house runs here (this is {here}, {mine})",
        )
        yield Level.GOOD, told.fill(here=here, mine=mine)
    elif other.house == mine:
        told = Text("この家が動いている（{host}、{mine}）", "this house runs (on {host}, {mine})")
        yield Level.GOOD, told.fill(host=other.host, mine=mine)
    else:
        told = Text(
            "このデータベースでは別の家が動いています（{host}、{other}）。ここは {here}、{mine} です。"
            "どちらかを止めてください。記録や鍵についての下の結果は、あちらの家のものかもしれません。",
            "Another house runs on this database (on {host}, {other}); this is {here}, {mine}. Stop one of them. What is said "
            "below of log and keys may be about that one.",
        )
        yield Level.BROKEN, told.fill(host=other.host, other=other.house, here=here, mine=mine)


def sandbox(at: datetime) -> Found:
    """See that a sandbox is reached by this machine alone; every other house has nothing to see."""
    prepared.sandbox_must_be_here()
    if clocks.is_sandbox():
        yield Level.GOOD, Text("練習場で、この機械だけのもの", "a sandbox, for this machine alone")


def clocks_alive(at: datetime) -> Found:
    """Be the dead man's switch: some loop must have looked at the deadlines lately."""
    pulse = clocks.pulse(at)
    if not pulse.beats:
        text = Text(
            "期限を見る働き手がまだ動いていません。`mamori work` を起動してください。",
            "No worker has looked at the deadlines yet. Start `mamori work`.",
        )
        yield (Level.BROKEN if pulse.overdue else Level.LOOK), text
    for beat in pulse.beats:
        if beat.is_alive:
            yield (
                Level.GOOD,
                Text("期限は見られている（{name}）", "deadlines are looked at ({name})").fill(name=beat.name),
            )
        else:
            told = Text(
                "働き手 {name} は {at} から期限を見ていません。`mamori work` を起動してください。",
                "Worker {name} has not looked at the deadlines since {at}. Start `mamori work`.",
            )
            yield Level.BROKEN, told.fill(name=beat.name, at=beat.at.isoformat(timespec="seconds"))
        if beat.went_back_at:
            told = Text("時計が{n}秒戻りました（{at}）。", "The clock went back {n} seconds ({at}).")
            yield (
                Level.LOOK,
                told.fill(n=beat.went_back_seconds, at=beat.went_back_at.isoformat(timespec="seconds")),
            )


def clocks_overdue(at: datetime) -> Found:
    """Name deadlines that nobody rang, and those whose ring keeps failing."""
    pulse = clocks.pulse(at)
    if pulse.overdue and pulse.oldest_due_at:
        told = Text(
            "鳴らされないままの期限が{n}件あります（最古 {at}）。",
            "{n} deadlines wait to be rung (oldest {at}).",
        )
        yield Level.BROKEN, told.fill(n=pulse.overdue, at=pulse.oldest_due_at.isoformat(timespec="seconds"))
    if pulse.stuck:
        told = Text(
            "鳴らすたびに失敗する期限が{n}件あります。", "{n} deadlines fail each time they are rung."
        )
        yield Level.BROKEN, told.fill(n=pulse.stuck)
    if not pulse.overdue and not pulse.stuck:
        yield Level.GOOD, Text("遅れている期限はない", "no deadline is late")


def log_sequenced(at: datetime) -> Found:
    """See that acts get their place in the log soon."""
    oldest = ledger.waiting_since()
    if oldest and at - oldest > timedelta(minutes=1):
        told = Text(
            "{at} の行為がまだ記録の列に並んでいません。`mamori work` を起動し、動いているのに並ばなければ"
            "その表示を見てください。",
            "The act of {at} has no place in the log yet. Start `mamori work`; if it is at work, look at what it says.",
        )
        level = Level.BROKEN if at - oldest > STANDSTILL else Level.LOOK
        yield level, told.fill(at=oldest.isoformat(timespec="seconds"))
    else:
        yield Level.GOOD, Text("行為は記録に並んでいる", "acts have their places in the log")


def acts_ahead(at: datetime) -> Found:
    """See that no act is dated later than now: then the clock was wrong when it was done, or is wrong now."""
    latest = Act.objects.filter(at__gt=at + SKEW).order_by("-at").values_list("at", flat=True).first()
    if latest is not None:
        told = Text(
            "今より後の日時の行為が記録にあります（最も後 {at}）。この機械の時計を確かめてください。"
            "期限もその日時から数えられています。",
            "The log has acts dated later than now (the latest {at}). Look at this machine's clock: deadlines were counted "
            "from those moments, too.",
        )
        yield Level.BROKEN, told.fill(at=latest.isoformat(timespec="seconds"))
    else:
        yield Level.GOOD, Text("先の日時の行為はない", "no act is dated in the future")


def deliveries(at: datetime) -> Found:
    """Name what the outbox could not bring to its end."""
    stuck = outbox.stuck()
    for one in stuck[:5]:
        told = Text(
            "届いていません：{what}（{about}）{error}。`mamori outbox` で見て送り直せます。",
            "Not delivered: {what} ({about}) {error}. `mamori outbox` shows it and sends it again.",
        )
        yield Level.BROKEN, told.fill(what=one.what, about=one.about, error=one.error)
    if len(stuck) > 5:
        yield Level.BROKEN, Text("ほかに{n}件", "and {n} more").fill(n=len(stuck) - 5)
    if not stuck:
        yield Level.GOOD, Text("止まっている配達はない", "no delivery is stuck")


def imports(at: datetime) -> Found:
    """Name files that were not read to their end, and count the refused lines of the last 30 days."""
    for name in ImportRun.objects.filter(IS_UNFINISHED).values_list("name", flat=True)[:5]:
        told = Text(
            "取り込みが途中です：{name}。同じ `mamori import` をもう一度実行してください。",
            "Half read: {name}. Run the same `mamori import` again.",
        )
        yield Level.LOOK, told.fill(name=name)
    refused = ImportRefusal.objects.filter(run__started_at__gte=at - timedelta(days=30))[:1000].count()
    if refused:
        told = Text("取り込めなかった行が{n}行あります（30日）。", "{n} lines were not taken in (30 days).")
        yield Level.LOOK, told.fill(n=refused)
    else:
        yield Level.GOOD, Text("取り込めなかった行はない（30日）", "every line was taken in (30 days)")


def instructions(at: datetime) -> Found:
    """See that the marketplace confirms what it is asked to do."""
    oldest = Instruction.objects.filter(IS_OPEN).order_by("issued_at", "ref").first()
    span = terms.duration(CONFIRMATION, at=at)
    if oldest and add(oldest.issued_at, span, clocks.calendar()).at < at:
        told = Text(
            "通販サイトがまだ確認していない指示があります（最古 {ref}、{at}）。",
            "The marketplace has not confirmed an instruction (oldest {ref}, {at}).",
        )
        yield Level.LOOK, told.fill(ref=oldest.ref, at=oldest.issued_at.isoformat(timespec="seconds"))
    else:
        yield (
            Level.GOOD,
            Text("確認の遅れている指示はない", "no instruction waits too long for its confirmation"),
        )


def money(at: datetime) -> Found:
    """Compare refunds and recoveries with the log and the marketplace's instructions, for the last thirteen months."""
    months = accumulate(repeat(contact.month_of(at), 13), lambda month, _: month.previous)
    wrong = [one for month in months for one in contact.disagreements(month, at=at)]
    wrong += contact.unawaited(at=at)
    for one in wrong[:5]:
        told = Text("お金が合いません（{about}）：{text}", "Money does not agree ({about}): {text}")
        yield Level.BROKEN, told.fill(about=one.about, text=one.text)
    if len(wrong) > 5:
        yield Level.BROKEN, Text("ほかに{n}件", "and {n} more").fill(n=len(wrong) - 5)
    if not wrong:
        yield (
            Level.GOOD,
            Text("返金と出品者への請求は1円まで合っている", "refunds and recoveries agree to the yen"),
        )


# Checks of what guards people's data: data keys that open, rotations that are finished, files that wait for the scanner.


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


OF_MACHINE = (machinery.python, machinery.log_origin, machinery.keys, machinery.places)
OF_TABLES = (machinery.database, machinery.durability, machinery.migrations)
SAYS_MORE = machinery.durability
"""The one of the tables after which, whatever it says, the others can still be asked."""
OF_HOUSE = (
    machinery.triggers,
    machinery.kept_rules,
    matching_keys,
    machinery.calendar,
    one_house,
    sandbox,
    clocks_alive,
    clocks_overdue,
    log_sequenced,
    acts_ahead,
    deliveries,
    operator.mail_way,
    operator.mail_waiting,
    operator.letters,
    imports,
    instructions,
    money,
    beginning.named,
    beginning.looks,
    beginning.second,
    beginning.told_of_market,
    operator.clauses,
    operator.switches,
    operator.kept_for_ever,
    operator.notification,
    operator.scanning,
    operator.name_lists,
    machinery.signing_secret,
    machinery.pages_files,
    machinery.pages,
    machinery.scanner,
    data_keys,
    quarantine,
    machinery.disk,
    machinery.backup,
    operator.origin,
    operator.staff,
    operator.company,
    operator.keys,
)
