"""The permission table of clarifications, written by hand."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import facts as cases
from mamori.law.clarifications import AskedWhat, AskedWhom
from mamori.rooms.enforcement.clarifications.queries import said_of
from mamori.rooms.enforcement.clarifications.rules import ToClarify
from mamori.rooms.enforcement.findings import actions as enforcement
from mamori.rooms.enforcement.models import Clarification, Finding
from tests.permissions.lines import EVERYBODY, SELLERS, STAFF, Line

OF_SELLERS = {"number": "<clarification>"}
OF_FILE = OF_SELLERS | {"file": "1"}
CLARIFICATIONS = (
    Line("/clarifications/<str:secret>/", EVERYBODY, values={"secret": "<clarification_secret>"}, opens=True),
    Line("/seller/clarifications/", SELLERS, opens=True),
    Line("/seller/clarifications/<int:number>/", SELLERS, own=True, values=OF_SELLERS, opens=True),
    Line("/desk/clarifications/", STAFF, opens=True),
    Line("/desk/clarifications/<int:number>/", STAFF, values=OF_SELLERS, opens=True),
    Line("/desk/clarifications/<int:number>/files/<int:file>/original/", STAFF, values=OF_FILE),
    Line(
        "/desk/clarifications/<int:number>/files/<int:file>/<int:page>/",
        STAFF,
        values=OF_FILE | {"page": "1"},
    ),
    Line(
        "/desk/clarifications/<int:number>/<slug:slug>/",
        STAFF,
        values=OF_SELLERS | {"slug": "enter"},
        opens=True,
    ),
)


def clarified(at: datetime) -> None:
    """Let S-1, and somebody outside, have been asked on account of a finding."""
    agent = Actor(by="agent:1", role=Role.AGENT, at=at, via="test")
    finding = Finding.objects.filter(seller_ref="S-1").order_by("pk")[0]
    assert cases.case_of(f"enforcement.finding:{finding.pk}")
    for whom in (AskedWhom.SELLER, AskedWhom.MAKER):
        asked = ToClarify(whom=whom, what=AskedWhat.UNSAFE, words="届出事業者はどこですか。", name="メーカー")
        enforcement.ask_around(agent, finding=finding.pk, asked=asked)


def numbers() -> dict[str, str]:
    """Return what stands in their addresses."""
    mine = Clarification.objects.filter(whom=AskedWhom.SELLER).first()
    theirs = Clarification.objects.exclude(whom=AskedWhom.SELLER).first()
    secret = said_of(theirs).page.rstrip("/").rpartition("/")[2] if theirs else "unknown"
    return {"clarification": str(mine.pk if mine else 1), "clarification_secret": secret}
