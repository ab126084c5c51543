"""Nobody asks themselves: a buyer who is the seller is refused before anything begins."""

from __future__ import annotations

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import facts as market


class OwnGoods(Refusal, code="own-goods", status=409):
    """Given when buyer and seller are the same person: no clock may run of oneself on oneself."""

    text = Text(
        "ご自身が出品している商品です。ご自身への問い合わせは受け付けられません。お困りのときは相談窓口にお知らせください。",
        "These are goods that you sell yourself, so you cannot write to yourself. If you need help, please tell the centre.",
    )


def refuse_own(*, buyer_ref: str, seller_ref: str) -> None:
    """Refuse when both are one account of the marketplace, or use one mail address.

    A shared telephone does not count: families share one.
    """
    if buyer_ref == seller_ref:
        raise OwnGoods()
    buyer, seller = market.buyer(buyer_ref), market.seller(seller_ref)
    mails = [_plain(one.contact.mail) for one in (buyer, seller) if one is not None]
    if len(mails) == 2 and mails[0] and mails[0] == mails[1]:
        raise OwnGoods()


def _plain(mail: str) -> str:
    return mail.strip().casefold()
