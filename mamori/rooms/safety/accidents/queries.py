"""An accident as staff read it: its road, its goods, what was joined, and what its report and its letter say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mamori.grammar.actor import STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.market.facts import Candidate, ListingFact, ListRow
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN, spoken
from mamori.law.accidents import AccidentField, AccidentSource, Hurt, ToldWhom
from mamori.law.settings import OPERATOR_PHONE
from mamori.rooms.contact.alerts import facts as alerts
from mamori.rooms.contact.alerts.facts import AlertFact, Funnel
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.safety.accidents.matter import NoSuchAccident, said_of
from mamori.rooms.safety.accidents.rules import AccidentSaid, AccidentStep, open_steps
from mamori.rooms.safety.lifecycle import ACCIDENT
from mamori.rooms.safety.models import Accident, AccidentListing, AccidentReport


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsShown:
    """Goods of an accident: whether the sale is stopped now, by which finding, and whether buyers are warned."""

    row: AccidentListing
    name: str
    is_hidden: bool
    is_warned: bool
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedShown:
    """Where it was told, and whether who told was asked to keep the thing: of a report that is done where it came in."""

    row: AccidentReport

    @property
    def source(self) -> Text:
        """Say from whom it came to be known."""
        return AccidentSource(self.row.source).text

    @property
    def is_to_be_asked(self) -> bool:
        """Say whether whoever told has to be asked by another room, or by telephone: this one cannot write to them."""
        return self.row.source in (AccidentSource.REPORT, AccidentSource.TELEPHONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccidentShown:
    """An accident: what was told and written, how far the road is, what is left."""

    row: Accident
    said: AccidentSaid = field(repr=False)
    listing: ListingFact | None
    goods: tuple[GoodsShown, ...]
    reports: tuple[JoinedShown, ...]
    alert: AlertFact | None
    funnel: Funnel | None
    seen_until: datetime

    @property
    def is_open(self) -> bool:
        """Say whether it is still dealt with."""
        return self.row.closed_at is None

    @property
    def left(self) -> tuple[AccidentStep, ...]:
        """Return the steps that are neither taken nor left out."""
        return open_steps(self.row)

    @property
    def left_out(self) -> tuple[tuple[Text, str], ...]:
        """Return the steps that were left out, each with its reason."""
        return tuple(
            (step.text, self.said.left.get(step.value, ""))
            for step in AccidentStep
            if step.value in self.row.left_out
        )

    @property
    def is_on_sale(self) -> bool:
        """Say whether goods are there whose sale was not stopped here yet."""
        return any(one.row.hidden_at is None for one in self.goods)

    @property
    def is_to_widen(self) -> bool:
        """Say whether the warning goes on, and goods are there that it does not hold."""
        return self.alert is not None and self.alert.is_live and not all(one.is_warned for one in self.goods)


def accident(actor: Actor, number: int) -> AccidentShown:
    """Return an accident as staff read it."""
    row = Accident.objects.select_related("former").filter(pk=number).first()
    if row is None or actor.role not in STAFF:
        raise NoSuchAccident
    goods = list(row.goods.order_by("pk"))
    names = market.listings({one.listing_ref for one in goods})
    alert = alerts.alert(row.alert) if row.alert else None
    warned = set(alert.listings) if alert else set()
    return AccidentShown(
        row=row,
        said=said_of(row),
        listing=names.get(row.listing_ref),
        goods=tuple(
            GoodsShown(
                row=one,
                name=names[one.listing_ref].name if one.listing_ref in names else one.listing_ref,
                is_hidden=enforcement.hidden_by(one.listing_ref) is not None,
                is_warned=one.listing_ref in warned,
                case=enforcement.case_of_finding(one.finding) if one.finding else "",
            )
            for one in goods
        ),
        reports=tuple(JoinedShown(row=one) for one in row.reports.order_by("pk")),
        alert=alert,
        funnel=alerts.funnel(alert.number) if alert else None,
        seen_until=actor.at,
    )


def candidates(shown: AccidentShown) -> Sequence[Candidate]:
    """Return listings that may be the same goods, by the brand, model and code of its own: all listings are gone through once."""
    one = shown.listing
    if one is None or not (one.gtin or one.model):
        return ()
    row = ListRow.of(
        gtin=one.gtin,
        brand=one.brand,
        model=one.model,
    )
    there = {each.row.listing_ref for each in shown.goods}
    (found,) = market.match([row])
    return [each for each in (*found.candidates, *found.near) if each.ref not in there]


def report_rows(shown: AccidentShown, at: datetime) -> Mapping[AccidentField, str]:
    """Return what the house writes into a report of it, in Japanese; of what nobody told it says so."""
    row, said, one = shown.row, shown.said, shown.listing
    done = [
        f"{step.text.ja}：{spoken(moment).ja}"
        for step in AccidentStep
        if (moment := getattr(row, step.field)) is not None
    ]
    sold = f"購入者{shown.funnel.told}人に知らせた" if shown.funnel else ""
    told = {
        AccidentField.HAPPENED_ON: row.happened_on.isoformat() if row.happened_on else "",
        AccidentField.KNOWN_ON: row.known_at.astimezone(JAPAN).date().isoformat(),
        AccidentField.WHERE: said.where,
        AccidentField.WHAT: said.what,
        AccidentField.HURT: Hurt(row.hurt).text.ja,
        AccidentField.FIRE: "あり" if row.fire else "聞いていない",
        AccidentField.GOODS: "、".join(f"{each.name}（{each.row.listing_ref}）" for each in shown.goods),
        AccidentField.BRAND: one.brand if one else "",
        AccidentField.MODEL: one.model if one else "",
        AccidentField.LOT: said.lot,
        AccidentField.MAKER: said.maker,
        AccidentField.BOUGHT_ON: said.bought,
        AccidentField.SOLD: sold,
        AccidentField.KEPT: said.kept,
        AccidentField.DONE: "\n".join(done),
        AccidentField.CONTACT: " ".join(
            (terms.operator_name("ja", at=at), terms.setting(OPERATOR_PHONE, at=at))
        ).strip(),
    }
    return {name: told[name] or "わからない" for name in AccidentField}


def report_title(whom: ToldWhom) -> str:
    """Return how its report, or the letter to the maker, is headed."""
    return f"製品事故のお知らせ（{whom.text.ja}あて）"


def _by_gravity(code: str) -> dict[str, object]:
    return {"fire": True} if code == "fire" else {"hurt__in": [Hurt.GRAVE.value, Hurt.DEATH.value]}


ACCIDENT_LIST: ReadingList[Accident] = ReadingList(
    slug="accidents",
    title=Text("製品の事故", "Accidents with goods"),
    lead=Text(
        "けがや火が知らされた商品ごとに、一つの道です。新しい順です。商品がわからない知らせはここに入りません。"
        "もとの画面で商品を確かめ、事故として登録してください。",
        "One road for each of the goods of which injury or fire was told, the newest first. What names no goods is not here: "
        "find out which they are where it was told, and enter it.",
    ),
    empty=Text("事故はありません", "There is no accident"),
    roles=STAFF,
    rows=lambda actor: Accident.objects.all(),
    order=("-id",),
    read=lambda rows, actor: rows,
    columns=(
        ListColumn(title=Text("番号", "Number"), value="pk", to="pk", at="safety_staff:accident"),
        ListColumn(title=Text("商品", "Goods"), value="listing_ref", written=Written.CALLED),
        ListColumn(title=Text("けが", "Injury"), value="hurt_text"),
        ListColumn(
            title=Text("状態", "State"),
            value="state_text",
            beneath=(ListColumn(title=Text("まだの段階", "Steps left"), value="steps_text", led=True),),
        ),
        ListColumn(title=Text("知った日時", "Known"), value="known_at", written=Written.MOMENT),
    ),
    filters=(
        by_state(ACCIDENT),
        Filter(
            name="gravity",
            title=Text("重さ", "Gravity"),
            choices={
                "fire": Text("火災", "fire"),
                "grave": Text("重いけが・死亡", "grave injury or death"),
            },
            narrow=lambda rows, actor, code: rows.filter(**_by_gravity(code)),
        ),
    ),
)
