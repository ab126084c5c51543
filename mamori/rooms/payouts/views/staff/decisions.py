"""The pages of what leads and counsel decide about money that waits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse

from mamori.ground.matters.decision import Decision
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.payouts import decisions
from mamori.rooms.payouts.queries.payouts import PayoutShown, payout_of, ref_of
from mamori.rooms.payouts.refusals import NoSuchPayout
from mamori.rooms.payouts.views.staff.panel import initial, of_payout


def _page(decision: Decision[PayoutShown]) -> Callable[..., HttpResponse]:
    """Return the page of a decision on the money of a case."""

    def page(request: Visit, number: str, case_page: str) -> HttpResponse:
        ref = ref_of(number)

        def show() -> PayoutShown:
            return payout_of(hand_of(request), ref)

        return decide(
            request,
            decision,
            show(),
            again=show,
            key=ref,
            back=case_page.format(number=number),
            refused=(NoSuchPayout,),
            template="payouts/staff/decision.html",
            beside=partial(of_payout, case_page=case_page),
            initial=initial,
        )

    page.__name__, page.__doc__ = decision.slug, decision.title.en
    return open_to(*decision.roles, step_up=decision.step_up)(page)


review, answer, release, settle = (
    _page(one) for one in (decisions.REVIEW, decisions.ANSWER, decisions.RELEASE, decisions.SETTLE)
)
