"""How sellers are told of a change of terms: each once, and nobody who accepted all of it already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Max

from mamori.grammar.businesstime import day_text
from mamori.grammar.declaration import Template
from mamori.grammar.text import Text
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms.models import ClauseAcceptance, ClausePublished, TermsChange, TermsTold
from mamori.ground.terms.notices import AT_ONCE, NEW
from mamori.law.grounds import SHORT_NOTICE_GROUNDS

MOST_NAMED = 3


def tell(*, change: int, sellers: Sequence[str], at: datetime) -> int:
    """Tell these sellers of a published change, those not told yet; joins the caller's transaction.  Return how many were."""
    clauses = list(
        ClausePublished.objects.filter(wording__change=change).select_related("wording").order_by("id")
    )
    told = set(
        TermsTold.objects.filter(change=change, seller_ref__in=sellers).values_list("seller_ref", flat=True)
    )
    fresh = [ref for ref in sellers if ref not in told]
    accepted = _newest(fresh)
    waiting = [
        ref for ref in fresh if any(accepted.get((ref, one.clause), 0) < one.version for one in clauses)
    ]
    if waiting:
        template, values = _notice(TermsChange.objects.get(pk=change), clauses)
        for ref in waiting:
            notice = outbox.notify(
                to=f"seller:{ref}", template=template, values=values, about=f"terms.change:{change}", at=at
            )
            TermsTold.objects.create(change_id=change, seller_ref=ref, told_at=at, notice=notice)
    return len(waiting)


def catch_up(*, seller_ref: str, at: datetime) -> None:
    """Tell a seller of whatever was published in newer versions than it is known to have accepted, if nobody told it yet.

    It joins the caller's transaction: a seller that came while others were told is not left out.
    """
    accepted = _newest([seller_ref])
    clauses = {clause for _, clause in accepted}
    newer = {
        one.wording.change_id
        for one in ClausePublished.objects.filter(clause__in=clauses).select_related("wording")
        if one.version > accepted[seller_ref, one.clause]
    }
    for change in sorted(newer):
        tell(change=change, sellers=[seller_ref], at=at)


def _newest(sellers: Iterable[str]) -> dict[tuple[str, str], int]:
    rows = ClauseAcceptance.objects.filter(seller_ref__in=list(sellers)).values_list("seller_ref", "clause")
    return {(ref, clause): newest for ref, clause, newest in rows.annotate(newest=Max("version"))}


def _notice(change: TermsChange, clauses: list[ClausePublished]) -> tuple[Template, dict[str, object]]:
    named = [Text(one.wording.title_ja, one.wording.title_en) for one in clauses[:MOST_NAMED]]
    more = len(clauses) - len(named)
    ja, en = "、".join(one.ja for one in named), ", ".join(one.en for one in named)
    if more:
        ja, en = f"{ja}など{len(clauses)}条項", f"{en} and {more} more"
    values: dict[str, object] = {
        "clauses": Text(ja, en),
        "binds": day_text(min(one.binds_on for one in clauses)),
    }
    if not change.ground:
        return NEW, values
    [ground] = [one for one in SHORT_NOTICE_GROUNDS if one.code == change.ground]
    return AT_ONCE, values | {"ground": ground.title, "reason": change.reason}
