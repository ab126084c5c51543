"""Staff see a file on the desk only through the page of a recorded look, and for ten minutes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from PIL import Image

from mamori.grammar.actor import Actor, Role
from mamori.ground.vault.actions import Upload
from mamori.ground.vault.tests.conftest import clamd
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.tests.conftest import open_trouble
from tests.reading import words

pytestmark = pytest.mark.usefixtures("market_of_today")
type Enter = Callable[..., Client]


def actor(by: str, role: Role) -> Actor:
    return Actor(by=by, role=role, at=datetime.now(UTC), via="test")


@pytest.fixture
def case() -> str:
    trouble = facts.trouble(open_trouble())
    assert trouble is not None
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "orange").save(picture, "PNG")
    buyer, uploads = actor("buyer:B-1", Role.BUYER), [Upload(name="割れた皿.png", content=picture.getvalue())]
    with clamd(), contact.ready_files(buyer, uploads) as ready:
        contact.attach(buyer, thread=trouble.thread, ready=ready)
    contact.share(actor("seller:S-1", Role.SELLER), thread=trouble.thread)
    return trouble.case


def test_a_recorded_look_leads_to_the_picture_and_nothing_else_does(case: str, enter: Enter) -> None:
    agent, lead = enter(Role.AGENT), enter(Role.LEAD)
    plain = f"/desk/cases/{case}/contact/files/1/1/"
    assert agent.get(plain).status_code == 403

    page = words(agent.post(f"/desk/cases/{case}/contact/words/", {"ground": "party-share"}))
    found = re.search(r'<img src="/desk/cases/\d+/contact/files/1/1/(\?ticket=[^"]+)"', page)
    assert found, page
    answer = agent.get(plain + found[1])

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(answer.content)).size == (60, 40)
    assert lead.get(plain + found[1]).status_code == 403
    saved = agent.get(f"/desk/cases/{case}/contact/files/1/original/{found[1]}")
    assert saved["Content-Disposition"].startswith("attachment")
    assert "割れた皿.png" in page
    assert agent.get(f"/desk/cases/{case}/contact/files/2/1/{found[1]}").status_code == 404
