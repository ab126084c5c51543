"""Where a buyer can go on when there is no remedy here: declared with their source, shown wherever it ends so."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.text import Text
from mamori.law.article5 import ABOVE, AMOUNT_ABOVE
from mamori.law.citations import OWN_RULE, act

CONSUMER_AFFAIRS = Text("消費者庁（公式の案内）", "Consumer Affairs Agency (official guidance)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A way on: where to turn, for what, and its telephone number where there is one for everybody."""

    code: str
    title: Text
    text: Text
    citation: Citation
    phone: str = ""


HOTLINE = Road(
    code="hotline",
    title=Text("消費者ホットライン（電話 188）", "Consumer hotline (telephone 188)"),
    text=Text(
        "お近くの消費生活センターにつながり、無料で相談できます（通話料がかかります）。運営者や出品者との話し合いを助けてもらえることもあります。",
        "It connects you to your local consumer affairs centre. Advice is free of charge (the call is not). They may "
        "also help you to talk with the operator or the seller.",
    ),
    citation=Citation(CONSUMER_AFFAIRS, "", Confidence.OFFICIAL),
    phone="188",
)
ADR = Road(
    code="adr",
    title=Text("裁判によらない解決（ADR）", "A settlement out of court (ADR)"),
    text=Text(
        "中立の立場で話し合いを助ける機関があります。あなたの件で使えるところがあるかは、まず 188 でお尋ねください。",
        "There are bodies that help both sides as a neutral. Ask at 188 first whether one of them fits your case.",
    ),
    citation=OWN_RULE,
)
OVERSEAS = Road(
    code="overseas",
    title=Text(
        "海外の出品者のとき（国民生活センター CCJ）", "Sellers abroad (Cross-border Consumer Center Japan)"
    ),
    text=Text(
        "海外の事業者とのトラブルは、国民生活センター越境消費者センター（CCJ）でも相談できます。",
        "Troubles with sellers abroad are also the business of the Cross-border Consumer Center Japan (CCJ).",
    ),
    citation=Citation(CONSUMER_AFFAIRS, "", Confidence.SECONDARY),
)
POLICE = Road(
    code="police",
    title=Text(
        "だまし取られた・脅されたとき（警察の相談電話）",
        "Fraud or threats (the police, for advice)",
    ),
    text=Text(
        "地域の警察の相談窓口につながります（通話料がかかります）。いま危険なときは110番へ。",
        "It connects you to the advice desk of your police (the call is not free). In danger, call 110.",
    ),
    citation=Citation(
        Text("警察庁（公式の案内）", "National Police Agency (official guidance)"), "", Confidence.SECONDARY
    ),
    phone="#9110",
)
SELLERS_NAME = Road(
    code="sellers-name",
    title=Text("出品者の情報の開示を求める", "Ask for the seller's information"),
    text=Text(
        "出品者にお金を求める額が{above}を超え、そのために名前や住所を知る必要があるときは、運営者に開示を請求できます。",
        "When you claim more than {above} from the seller and need its name or address for that, you may request "
        "them from the operator.",
    ).fill(above=ABOVE),
    citation=act("5"),
)
COURT = Road(
    code="court",
    title=Text("裁判所の手続き", "The courts"),
    text=Text(
        "お金を求めるための裁判所の手続きについては、お近くの簡易裁判所や弁護士にお尋ねください。",
        "How to claim money before a court, a summary court near you or a lawyer can tell you.",
    ),
    citation=OWN_RULE,
)
"""Of these two nothing of the law is said: it was not read."""

ROADS = (HOTLINE, ADR, OVERSEAS, SELLERS_NAME, COURT)


def roads(*, claim: int) -> tuple[Road, ...]:
    """Return the roads that are open with a claim of so many yen."""
    return tuple(road for road in ROADS if road is not SELLERS_NAME or claim > AMOUNT_ABOVE)
