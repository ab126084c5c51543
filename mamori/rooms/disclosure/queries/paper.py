"""The decision as the letter says it: every value is data for the template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mamori.grammar.text import Text
from mamori.japan.spoken import spoken
from mamori.law.article5 import SellerItem
from mamori.rooms.disclosure.queries.letter import receipt_of
from mamori.rooms.disclosure.queries.requests import InfoRequestShown

TITLE = Text("販売業者等情報の開示請求についての決定", "Decision on your request for a seller's information")
GIVEN = Text("次のとおり開示します。", "The following is disclosed to you.")
REFUSED = Text(
    "開示しないと決めました。理由は次のとおりです。", "It was decided not to disclose. The reasons are these."
)
USE = Text(
    "誓約のとおり、請求した権利の行使だけにお使いください。出品者の信用を傷つけるなどの目的に使うことはできません。",
    "As you pledged, please use it for your claim alone, and not to harm the seller's credit or for another improper purpose.",
)
GONE = Text(
    "開示しましたが、出品者の情報が消去されたため、いまは内容をお見せできません。",
    "It was disclosed; the seller's information has been erased since and can no longer be shown.",
)
NOT_HELD = Text(
    "求められた項目のうち、運営者が持っていないもの：{items}",
    "Asked for, and not held by the marketplace: {items}",
)
LEFT_OUT = Text(
    "求められた項目のうち、開示しないもの：{item}（理由：{why}）",
    "Asked for, and not disclosed: {item} ({why})",
)
AGAIN = Text(
    "足りなかったものがそろえば、もう一度請求できます。ほかに次の方法があります。",
    "You may ask again once what was missing is there. There are other ways, too.",
)
CASE = Text("受付番号", "Number")
RECEIVED = Text("受け付けた日時", "Received")
DECIDED = Text("決定した日時", "Decided")
ORDERS = Text("注文", "Order")
RECEIPT = Text("記録の受領証", "Receipt of the record")
TO = Text("宛先", "To")


def paper_of(page: InfoRequestShown, given: Mapping[SellerItem, str], *, operator: str) -> dict[str, Any]:
    """Return the letter as JSON-ready values."""
    assert page.decided_at is not None
    head: list[tuple[Text, str | Text]] = [
        (TO, page.said.name or page.buyer_ref),
        (CASE, page.case),
        (ORDERS, ", ".join(page.orders)),
        (RECEIVED, spoken(page.received_at)),
        (DECIDED, spoken(page.decided_at)),
        (RECEIPT, receipt_of(page.number)),
    ]
    return {
        "title": _both(TITLE),
        "operator": operator,
        "head": [[_both(title), _both(said)] for title, said in head if said],
        "said": _both(_said(page, given)),
        "given": [[_both(item.text), _both(value)] for item, value in given.items()],
        "reasons": [[_both(element.text), _both(why)] for element, why in page.reasons],
        "notes": [_both(one) for one in _notes(page)],
        "roads": [] if page.is_given else [[_both(one.title), _both(one.text)] for one in page.roads],
    }


def _said(page: InfoRequestShown, given: Mapping[SellerItem, str]) -> Text:
    if not page.is_given:
        return REFUSED
    return GIVEN if given else GONE


def _notes(page: InfoRequestShown) -> list[Text]:
    if not page.is_given:
        return [AGAIN]
    left_out = [LEFT_OUT.fill(item=item.text, why=why.text) for item, why in page.left_out.items()]
    return [USE, *left_out, *([NOT_HELD.fill(items=page.not_given)] if page.not_given else [])]


def _both(said: str | Text) -> dict[str, str]:
    return {"ja": said.ja, "en": said.en} if isinstance(said, Text) else {"ja": said, "en": ""}
