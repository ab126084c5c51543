"""Several cases of the queue at once: taken, or handed over; each in a transaction of its own and told of by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mamori.doors.desk import panels
from mamori.doors.desk.people import staff
from mamori.doors.desk.views.queue import SIZE
from mamori.grammar.hand import STAFF
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import actions
from mamori.ground.cases import facts as cases
from mamori.ground.web.access import open_to, takes
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told

NONE_CHOSEN = Text("案件を1つ以上選んでください。", "Please choose one case or more.")
TAKEN = Text("{count}件をあなたの担当にしました：{cases}", "{count} cases are yours: {cases}")
HANDED = Text("{count}件を{to}の担当にしました：{cases}", "{count} cases were handed to {to}: {cases}")
FREED = Text("{count}件を担当なしに戻しました：{cases}", "{count} cases went back to all: {cases}")
NOT_DONE = Text("{case}：{why}", "{case}: {why}")


@open_to(*STAFF)
@takes("POST")
def several(request: Visit) -> HttpResponse:
    """Take the cases that were chosen, or hand them over, and come back to the same place of the list."""
    asked = request.POST
    chosen = list(cases.by_numbers(asked.getlist("shown" if "all" in asked else "case")[:SIZE]).values())
    to, by, is_handed = asked.get("to", ""), hand_of(request), asked.get("what") == "hand"
    done: list[str] = []
    do: Callable[..., None] = partial(actions.take, by)
    if is_handed:
        do = partial(actions.hand_over, by, to=to, reason=asked.get("reason", "")[:1_000])
    for case in chosen:
        try:
            do(about=case.about)
        except Refusal as refusal:
            messages.error(request, told(NOT_DONE.fill(case=case.number, why=refusal.sentence)))
            continue
        panels.follow(case, request.received_at)
        done.append(case.number)
    if not chosen:
        messages.warning(request, told(NONE_CHOSEN))
    if done:
        text = (HANDED if to else FREED) if is_handed else TAKEN
        named = staff(request.received_at).named(to) if to else ""
        messages.success(request, told(text.fill(count=len(done), cases="、".join(done), to=named)))
    return HttpResponseRedirect(f"{reverse('desk:queue')}{_place(asked.get('back', ''))}")


def _place(given: str) -> str:
    """Return the part of the address that names the place in the list, and nothing else that a form may hold."""
    return (
        given
        if given.startswith("?") and given.isascii() and given.isprintable() and len(given) < 500
        else ""
    )
