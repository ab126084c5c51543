"""Alerts as staff follow them, whom they are to call, and a warning as its buyer reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from mamori.grammar.actor import STAFF, Actor, Role
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.ground.seal import facts as seals
from mamori.rooms.contact.alerts import notices
from mamori.rooms.contact.alerts.actions import NoSuchAlert, about_alerted, place_of
from mamori.rooms.contact.alerts.lifecycle import ALERT, LIVE, AlertedState, AlertState, CallOutcome, ToldBy
from mamori.rooms.contact.alerts.rules import Danger
from mamori.rooms.contact.models import Alert, AlertedBuyer
from mamori.rooms.contact.models.alerts import UNREACHED

NUMBER_STAYS = timedelta(minutes=30)
"""So long does whoever asked for a buyer's telephone number, and is recorded with that, see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnedOf:
    """Goods of which a buyer was warned, and by which orders the buyer has them."""

    name: str
    orders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertedShown:
    """A buyer who was warned: of which goods; to staff also what was heard, and the number to whoever asked for it just now."""

    row: AlertedBuyer
    goods: tuple[WarnedOf, ...]
    note: str = field(default="", repr=False)
    phone: str | None = field(default=None, repr=False)
    name: str = field(default="", repr=False)

    @property
    def danger(self) -> Danger:
        """Return what is told."""
        return self.row.alert.danger

    @property
    def title(self) -> Text:
        """Say first what is to be done, or that nothing is."""
        template = notices.CLEARED if self.is_cleared else notices.WARNED
        return template.title.fill(goods=self.danger.goods)

    @property
    def stop(self) -> Text:
        """Say that its use is to stop, and whether it is to be kept."""
        return notices.STOP_AND_KEEP if self.row.alert.keep else notices.STOP

    @property
    def is_cleared(self) -> bool:
        """Say whether there was no danger after all."""
        return self.row.alert.state in (AlertState.CLEARING, AlertState.CLEARED)

    @property
    def may_answer(self) -> bool:
        """Say whether an answer is still of use."""
        return not self.is_cleared and self.row.closed_at is None

    @property
    def is_to_call(self) -> bool:
        """Say whether somebody is to call: nothing else is left to be written."""
        is_left = self.row.way == ToldBy.NOBODY or self.row.reminded_at is not None
        return is_left and self.row.state == AlertedState.WAITING and self.row.alert.state in LIVE

    @property
    def outcome_text(self) -> Text | None:
        """Say what came of the last call."""
        return CallOutcome(self.row.outcome).text if self.row.outcome else None


def _shown(row: AlertedBuyer) -> AlertedShown:
    goods = list(row.goods.order_by("pk"))
    names = market.listings({one.listing_ref for one in goods})
    of = tuple(WarnedOf(name=names[one.listing_ref].name, orders=tuple(one.orders)) for one in goods)
    return AlertedShown(row=row, goods=of)


def warning(actor: Actor, number: int) -> AlertedShown:
    """Return a warning as its buyer reads it."""
    row = AlertedBuyer.objects.select_related("alert").filter(pk=number).first()
    if row is None or (actor.role, actor.by) != (Role.BUYER, f"buyer:{row.buyer_ref}"):
        raise NoSuchAlert
    return _shown(row)


def alerted(actor: Actor, number: int) -> AlertedShown:
    """Return a buyer who was warned as staff see one; the number where this actor has asked for it and called nobody since."""
    row = AlertedBuyer.objects.select_related("alert").filter(pk=number).first()
    if row is None or actor.role not in STAFF:
        raise NoSuchAlert
    shown = _shown(row)
    note = b""
    if row.note is not None:
        note = seals.unseal(subject=f"buyer:{row.buyer_ref}", place=place_of(number), sealed=bytes(row.note))
    last = ledger.last_of(actor, about_alerted(number))
    sees = last is not None and last.kind == "contact.alert_see" and actor.at - last.at <= NUMBER_STAYS
    buyer = market.buyer(row.buyer_ref) if sees else None
    return AlertedShown(
        row=row,
        goods=shown.goods,
        note=note.decode(),
        phone=buyer.contact.phone if buyer else None,
        name=buyer.contact.name if buyer else "",
    )


def alert(number: int) -> Alert:
    """Return an alert as staff read it."""
    row = Alert.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchAlert
    return row


def warnings_of(buyer_ref: str) -> list[AlertedBuyer]:
    """Return the newest warnings to a buyer that still stand, those first that were not answered."""
    rows = AlertedBuyer.objects.filter(buyer_ref=buyer_ref, closed_at=None).select_related("alert")
    standing = rows.exclude(alert__state__in=(AlertState.CLEARING, AlertState.CLEARED)).order_by("-id")
    return sorted(standing[:20], key=lambda row: row.state != "waiting")


ALERTS: ReadingList[Alert] = ReadingList(
    slug="alerts",
    title=Text("購入者への危険の知らせ", "Warnings to buyers"),
    lead=Text(
        "危険のある商品を買った人の全員に知らせます。新しい順です。",
        "All who bought something dangerous are warned. The newest first.",
    ),
    empty=Text("危険の知らせはまだありません", "There is no warning yet"),
    roles=STAFF,
    rows=lambda actor: Alert.objects.all(),
    order=("-id",),
    read=lambda rows, actor: rows,
    columns=(
        ListColumn(title=Text("商品", "Goods"), value="goods", to="pk", at="contact_staff:alert"),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(title=Text("開始", "Begun"), value="opened_at", written=Written.MOMENT),
        ListColumn(title=Text("終わり", "Ended"), value="closed_at", written=Written.MOMENT),
    ),
    filters=(by_state(ALERT),),
)
WARNINGS: ReadingList[AlertedBuyer] = ReadingList(
    slug="warnings",
    title=Text("危険の連絡", "Warnings"),
    lead=Text(
        "ご注文の商品に危険のおそれがあるとわかったときに、ここに出ます。",
        "When something that you ordered turns out to be dangerous, it stands here.",
    ),
    empty=Text("危険の連絡はありません", "There is no warning"),
    roles=(Role.BUYER,),
    rows=lambda actor: AlertedBuyer.objects.filter(
        buyer_ref=actor.by.partition(":")[2], closed_at=None
    ).select_related("alert"),
    order=("-id",),
    read=lambda rows, actor: rows,
    columns=(
        ListColumn(title=Text("商品", "Goods"), value="alert.goods", to="pk", at="contact_buyer:warning"),
        ListColumn(title=Text("お知らせした日時", "Told"), value="told_at", written=Written.MOMENT),
        ListColumn(title=Text("お返事", "Your answer"), value="state_text"),
    ),
)


def _called(rows: Sequence[AlertedBuyer], actor: Actor) -> Sequence[AlertedShown]:
    return [AlertedShown(row=row, goods=()) for row in rows]


def unreached_of(alert: int) -> ReadingList[AlertedShown]:
    """Return the list of those whom neither a warning nor the reminder made answer: each is to be called."""
    return ReadingList(
        slug=f"alert-{alert}-unreached",
        title=Text("電話をかける購入者", "Buyers to call"),
        lead=Text(
            "送り先がないか、もう一度知らせても答えていない購入者です。知らせた順です。開くと、電話番号を見て、結果を記録できます。",
            "Buyers whom there is no way to write to, or who have not answered when they were told once more, in the order in "
            "which they were told. Open one to see the number and to note what came of the call.",
        ),
        empty=Text("電話をかける購入者はありません", "There is nobody to call"),
        roles=STAFF,
        rows=lambda actor: AlertedBuyer.objects.filter(UNREACHED, alert=alert, alert__state__in=LIVE),
        order=("told_at", "id"),
        read=_called,
        columns=(
            ListColumn(
                title=Text("購入者", "Buyer"),
                value="row.buyer_ref",
                written=Written.CALLED,
                to="row.pk",
                at="contact_staff:alerted",
            ),
            ListColumn(title=Text("知らせた方法", "Told by"), value="row.way_text"),
            ListColumn(title=Text("知らせた日時", "Told"), value="row.told_at", written=Written.MOMENT),
            ListColumn(
                title=Text("もう一度知らせた日時", "Told once more"),
                value="row.reminded_at",
                written=Written.MOMENT,
            ),
            ListColumn(
                title=Text("前の電話", "Last call"),
                value="row.called_at",
                written=Written.MOMENT,
                beneath=(ListColumn(title=Text("結果", "Outcome"), value="outcome_text"),),
            ),
        ),
        filters=(
            Filter(
                name="called",
                title=Text("電話", "Called"),
                choices={"no": Text("まだ", "not yet"), "yes": Text("かけた", "tried")},
                narrow=lambda rows, actor, code: rows.filter(called_at__isnull=code == "no"),
            ),
        ),
    )
