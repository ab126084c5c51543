"""Staff find out which shop it is: what was typed did not say, or it was an advertisement."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases
from mamori.ground.matters.performance import perform
from mamori.ground.people import facts as people
from mamori.rooms.complaints.actions.deciding import must_look_again
from mamori.rooms.complaints.actions.matter import COMPLAINTS
from mamori.rooms.complaints.inputs import WhySo
from mamori.rooms.complaints.queries.complaints import about_complaint, may_be_named
from mamori.rooms.complaints.queries.things import found_by, shop_behind


class NothingOfThatName(Refusal, code="nothing-of-that-name", status=422):
    """Given when the marketplace told of no goods, review or shop of that reference."""

    text = Text(
        "その番号の商品・レビュー・お店は、記録にありません。番号かページのアドレスをご確認ください。",
        "Our records have no goods, review or shop of that reference. Please check it, or the address of the page.",
    )


class ShopNotToName(Refusal, code="shop-not-to-name", status=409):
    """Given when what was reported says whose it is: goods, a shop, a review or a message that is known."""

    text = Text(
        "だれのものかは、知らせた人の申し出からわかっています。ほかのお店のことなら、そのお店への申し出として受けてください。",
        "What was reported says whose it is. If it is about another shop, please take a report about that one.",
    )


def name_shop(hand: Hand, *, complaint: int, where: str, reason: WhySo, version: int | None = None) -> None:
    """Say which goods, review or shop a report is about, by a reference that the marketplace knows; the last word counts.

    What was reported stays the same thing: whoever reports it later joins it, and finds the shop known.
    """
    with perform(hand, COMPLAINTS, complaint, version=version) as act:
        row = act.matter
        if row.closed_at is not None:
            must_look_again(act)
        act.step("name" if row.closed_at is None else "name_again")
        if not may_be_named(row):
            raise ShopNotToName
        found = shop_behind(where)
        if found is None:
            raise NothingOfThatName
        row.seller_ref, row.listing_ref, row.review_ref = found.seller, found.listing, found.review
        row.named_by = people.subject_of(hand)
        act.save("seller_ref", "listing_ref", "review_ref", "named_by")
        cases.enter_anew(about=about_complaint(complaint), **found_by(row))
        act.record("name", reason=reason, thing=found.name)
