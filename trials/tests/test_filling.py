"""A house that is filled for a measurement holds what was asked for, and its real cases are real."""

from __future__ import annotations

import pytest

from mamori.ground.cases.models import Case
from mamori.ground.clocks.models import Clock
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import facts as ledger
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.models import Trouble
from trials import filling
from trials.sizes import sized

REAL, OPEN, CASES = sized((40, 80, 200), (filling.REAL, 400, 1000))


@pytest.mark.sized
@pytest.mark.django_db
def test_a_filled_house_holds_as_many_cases_as_were_asked_for() -> None:
    filling.fill(cases=CASES, open_=OPEN, acts=120, seed=1, real=REAL)

    assert Case.objects.count() == Trouble.objects.count() == CASES
    assert Case.objects.filter(IS_OPEN).count() == OPEN
    assert Clock.objects.filter(done_at__isnull=True).values("about").distinct().count() == OPEN
    assert len(filling.real_cases()) == REAL // 2
    copy = Case.objects.filter(IS_OPEN, pk__gt=filling.BLOCK).order_by("pk")[0]
    trouble = contact.trouble(int(copy.about.removeprefix(filling.ABOUT)))
    assert trouble is not None
    assert copy.next_due_at is not None
    assert ledger.verify().findings == ()
