"""The permission table of counsellors and what they ask, written by hand."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.law.counselling import ConsentGiven, ConsentLasts, ConsentTo
from mamori.rooms.complaints.counselling import actions as complaints
from mamori.rooms.complaints.counselling.queries import who_is
from mamori.rooms.complaints.models import Consultation, Counsellor
from mamori.rooms.complaints.rules import ConsultationInput
from tests.permissions.lines import BUYER, EVERYBODY, HEADS, STAFF, Line

COUNSELLOR = frozenset({Role.COUNSELLOR})
PERSONAS = (
    ("a counsellor", Role.COUNSELLOR, True),
    ("another counsellor", Role.COUNSELLOR, False),
    ("a counsellor no more", Role.ANONYMOUS, False),
)
"""Those whom `consulted` invites, in that order: what each may enter as, and whether it concerns them."""
OF_ONE = {"number": "<consultation>"}
COUNSELLING = (
    Line("/centres/", EVERYBODY),
    Line("/centres/in/<str:token>/", EVERYBODY, values={"token": "forged"}, opens=True),
    Line("/centres/consultations/", COUNSELLOR, opens=True),
    Line("/centres/consultations/<int:number>/", COUNSELLOR, own=True, values=OF_ONE, opens=True),
    Line(
        "/centres/consultations/<int:number>/papers/<str:paper>.pdf",
        COUNSELLOR,
        own=True,
        values=OF_ONE | {"paper": "display"},
    ),
    Line(
        "/centres/consultations/<int:number>/<slug:slug>/",
        COUNSELLOR,
        own=True,
        values=OF_ONE | {"slug": "write"},
        opens=True,
    ),
    Line("/consents/", BUYER, opens=True),
    Line(
        "/consents/<int:number>/<slug:slug>/", BUYER, own=True, values=OF_ONE | {"slug": "refuse"}, opens=True
    ),
    Line("/desk/consultations/", STAFF, opens=True),
    Line("/desk/consultations/<int:number>/", STAFF, values=OF_ONE, opens=True),
    Line(
        "/desk/consultations/<int:number>/<slug:slug>/", STAFF, values=OF_ONE | {"slug": "answer"}, opens=True
    ),
    Line("/desk/counsellors/", HEADS, opens=True),
    Line("/desk/counsellors/<int:number>/", HEADS, values={"number": "<counsellor>"}, opens=True),
)


def consulted(at: datetime) -> None:
    """Let a counsellor have asked for B-1, who confirmed it, and another have been invited whose time is over."""
    lead = Actor(by="lead:1", role=Role.LEAD, at=at, via="test")
    for mail in ("mine@centre.example.jp", "other@centre.example.jp", "over@centre.example.jp"):
        complaints.invite_counsellor(lead, name="相談員", centre="市消費生活センター", mail=mail)
    ended = Counsellor.objects.latest("pk").pk
    complaints.end_counsellor(lead, counsellor=ended, reason="センターを離れた。")
    told = ConsultationInput(
        consumer="相談者",
        order="O-1",
        words="解約できません。",
        consent=ConsentTo.WORDS,
        given=ConsentGiven.WRITTEN,
        lasts=ConsentLasts.QUARTER,
    )
    asked = complaints.consult(Actor(by=counsellor(0), role=Role.COUNSELLOR, at=at, via="test"), told=told)
    buyer = Actor(by="buyer:B-1", role=Role.BUYER, at=at, via="test")
    complaints.confirm_consent(buyer, consultation=asked)


def counsellor(number: int) -> str:
    """Return who the counsellor is who was invited as the first, the second or the third."""
    return who_is(Counsellor.objects.order_by("pk")[number])


def numbers() -> dict[str, str]:
    """Return what stands in their addresses."""
    return {
        "consultation": str(Consultation.objects.values_list("pk", flat=True).first() or 1),
        "counsellor": str(Counsellor.objects.values_list("pk", flat=True).first() or 1),
    }
