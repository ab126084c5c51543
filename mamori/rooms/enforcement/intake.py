"""What a finding is refused for when it is taken in: a breach, moment or subject that is not there, or one found before."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.law.breaches import BREACHES
from mamori.rooms.enforcement import records, statements
from mamori.rooms.enforcement.access import subject_of
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.subject import Subject

__all__ = ("AlreadyFound", "BreachUnknown", "FoundInFuture", "SubjectUnknown")

EARLIEST = 2020
"""No finding was noticed before this year."""


class BreachUnknown(Refusal, code="breach-unknown", status=422):
    """Given when a finding names a breach that is not declared."""

    text = Text(
        "「{breach}」という違反の種類はありません。一覧から選んでください：{known}",
        "There is no kind of breach “{breach}”. Please choose one of: {known}",
    )


class SubjectUnknown(Refusal, code="subject-unknown", status=404):
    """Given when a finding is about a seller that nobody has told us of, or names what is not that seller's."""

    text = Text(
        "{what}「{ref}」が見つからないか、この出品者のものではありません。確かめて入れ直すか、通販サイトの記録を取り込んでください。",
        "The {what} “{ref}” is not known, or is not this seller's. Please check it, or import the marketplace's records.",
    )


class FoundInFuture(Refusal, code="found-in-future", status=422):
    """Given when a finding is said to have been made later than now."""

    text = Text(
        "見つけた日時が今より先です。日時をお確かめください。",
        "It cannot have been found later than now. Please check the moment.",
    )


class FoundLongAgo(Refusal, code="found-long-ago", status=422):
    """Given when a finding is said to have been made before the house can reckon."""

    text = Text(
        "気づいた日時が{year}年より前です。年をお確かめください。",
        "It is said to have been found before {year}. Please check the year.",
    )


class AlreadyFound(Refusal, code="already-found", status=409):
    """Given when a form brought a finding before, and is sent again with other words."""

    text = Text(
        "このページからは、受付番号 {number} を記録済みです。いま送った内容はまだ記録していません。"
        "別の件のときだけ、新しく書きはじめてください。",
        "This page has recorded case {number} already. What you sent now is not recorded yet. Only if it is another matter, "
        "please begin anew.",
    )


def must_be_there(breach: str, found_at: datetime | None, at: datetime) -> None:
    """Let a finding pass whose breach is declared and whose moment has come."""
    if breach not in {one.code for one in BREACHES}:
        raise BreachUnknown(breach=breach[:32], known=", ".join(one.code for one in BREACHES))
    if found_at is not None and found_at.year < EARLIEST:
        raise FoundLongAgo(year=EARLIEST)
    if found_at is not None and found_at > at:
        raise FoundInFuture()


def must_be_sellers(subject: Subject) -> None:
    """Let a subject pass of which everything that it names is the seller's at the marketplace."""
    if market.seller(subject.seller) is None:
        raise SubjectUnknown(what=SELLER, ref=subject.seller[:64])
    for what, ref, owner in (
        (LISTING, subject.listing, _listings),
        (REVIEW, subject.review, _reviews),
        (ORDER, subject.order, _orders),
    ):
        if ref and owner(ref) != subject.seller:
            raise SubjectUnknown(what=what, ref=ref[:64])
    if subject.category and not market.sells_in(subject.seller, subject.category):
        raise SubjectUnknown(what=CATEGORY, ref=subject.category[:64])


def must_be_same(kept: Finding, told: Finding, facts: tuple[Text, ...], *, is_dated: bool) -> None:
    """Let a form pass that is sent twice as it was; `is_dated` = it says when it was noticed."""
    same = all(getattr(kept, name) == getattr(told, name) for name in ("severity", "harm"))
    same = same and (not is_dated or kept.found_at == told.found_at)
    if not same or subject_of(kept) != subject_of(told) or statements.facts_of(kept) != facts:
        raise AlreadyFound(number=records.number(kept))


def _listings(ref: str) -> str:
    found = market.listing(ref)
    return found.seller_ref if found else ""


def _reviews(ref: str) -> str:
    found = market.review(ref)
    return found.seller_ref if found else ""


def _orders(ref: str) -> str:
    found = market.order(ref)
    return found.seller_ref if found else ""


SELLER, LISTING, REVIEW = Text("出品者", "seller"), Text("商品", "listing"), Text("レビュー", "review")
ORDER, CATEGORY = Text("注文", "order"), Text("商品の分野", "category")
