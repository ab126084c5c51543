"""The forms of staff's decisions on a finding and its measures, and which of them are made on the page of the case itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from mamori.ground.matters.decision import Decision
from mamori.ground.web.decisions import form_of
from mamori.ground.web.forms import HouseForm
from mamori.law.breaches import breach
from mamori.rooms.enforcement import forms
from mamori.rooms.enforcement.decisions.findings import DecisionShown
from mamori.rooms.enforcement.views.clarifying import ClarifyForm

BY_STEPS = frozenset({"decide"})
"""What is asked page by page, each question by the answers before it."""


def form_for(shown: DecisionShown, decision: Decision[DecisionShown]) -> Callable[..., HouseForm]:
    """Return what a decision asks: what is possible depends on the measure, or files are brought, or inputs alone ask it."""
    if decision.slug == "lift" and shown.measure:
        return partial(forms.LiftForm, endings=shown.measure.endings)
    if decision.slug == "cured" and breach(shown.matter.breach).of_goods:
        return forms.GoodsCuredForm
    by_hand: dict[str, type[HouseForm]] = {"evidence": forms.EvidenceForm, "clarify": ClarifyForm}
    return by_hand.get(decision.slug) or form_of(decision.verb)


def asked(shown: DecisionShown, decision: Decision[DecisionShown]) -> Callable[..., HouseForm] | None:
    """Return the form of a decision on the page of the case, or None where it is asked by steps."""
    if decision.slug in BY_STEPS:
        return None
    return form_for(shown, decision)


def initial(shown: DecisionShown) -> dict[str, Any]:
    """Return what stands in the forms when they are opened: which state of the finding is shown."""
    return {"version": shown.matter.version}
