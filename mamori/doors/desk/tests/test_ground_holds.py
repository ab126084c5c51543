"""A ground on which words were read holds for who read, and ends with what it rests on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.doors.desk.tests.conftest import CANARY, Desk, Enter
from mamori.doors.desk.tests.test_looking import SEEN, at, look, looks_at, text
from mamori.grammar.actor import Role


@pytest.mark.parametrize("ends", ["an objection", "half an hour", "a sign-out"])
def test_a_ground_holds_no_longer_than_it_may(
    ends: str, desk: Desk, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, counsel = enter(Role.AGENT), enter(Role.COUNSEL)
    look(reader, desk, "emergency", "急ぎ")
    assert CANARY in text(reader, at(desk, ""))

    match ends:
        case "an objection":
            counsel.post(looks_at(text(counsel, at(desk, "")))[1], SEEN | {"reason": "危険は見られない"})
        case "half an hour":
            monkeypatch.setattr("mamori.rooms.contact.actions.reading.HOLDS", timedelta(0))
        case "a sign-out":
            reader = enter(Role.AGENT)

    assert CANARY not in text(reader, at(desk, ""))
