"""Who sends forms without end is told to wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from mamori.grammar.actor import Role
from mamori.ground.web.signing import limiting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "who", "most"), [(Role.ANONYMOUS, "", 240), (Role.BUYER, "buyer:B-1", 60), (Role.AGENT, "", 300)]
)
def test_what_is_sent_without_end_is_answered_with_a_wait(
    enter: Callable[..., Client], role: Role, who: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SUBMISSIONS", "STAFF_SUBMISSIONS", "NAMELESS_SUBMISSIONS"):
        endless = replace(getattr(limiting, name), per=timedelta(days=36_500))  # no window ends meanwhile
        monkeypatch.setattr(limiting, name, endless)
    client = enter(role, who)

    answers = [client.post("/theme/", {"theme": f"{number}"}) for number in range(most + 1)]

    assert {answer.status_code for answer in answers[:most]} == {302}
    assert answers[most].status_code == 429
    assert int(answers[most].headers["Retry-After"]) > 0
