"""The cast of consultations: a counsellor who came in by the link that was mailed, and what they ask."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mamori.grammar.actor import Actor, Role
from mamori.ground.outbox import facts as outbox_facts
from mamori.ground.outbox.models import Notice
from mamori.law.counselling import ConsentGiven, ConsentLasts, ConsentTo
from mamori.rooms.complaints.counselling import actions
from mamori.rooms.complaints.counselling.queries import who_is
from mamori.rooms.complaints.models import Consultation, Counsellor
from mamori.rooms.complaints.rules import ConsultationInput
from mamori.rooms.complaints.tests.conftest import MONDAY, actor, lead

MAIL = "soudan@centre.example.jp"


def invited(mail: str = MAIL, *, at: datetime = MONDAY) -> Counsellor:
    """Let a lead invite a counsellor."""
    number = actions.invite_counsellor(lead(at), name="相談 花子", centre="市消費生活センター", mail=mail)
    return Counsellor.objects.get(pk=number)


def token_of(row: Counsellor) -> str:
    """Return what stands at the end of the link that was mailed to them last."""
    notice = Notice.objects.filter(to=who_is(row)).latest("pk")
    return outbox_facts.secret_of(notice.pk).rstrip("/").rpartition("/")[2]


def counsellor(row: Counsellor, at: datetime = MONDAY) -> Actor:
    return actor(who_is(row), Role.COUNSELLOR, at)


def consumer(at: datetime = MONDAY) -> Actor:
    return actor("buyer:B-1", Role.BUYER, at)


def asked(by: Actor, **more: Any) -> int:
    """Let a counsellor ask for the buyer of O-1."""
    told: dict[str, Any] = {
        "consumer": "買手 太郎",
        "order": "O-1",
        "words": "定期購入と知らずに申し込んだ。解約に応じてほしい。",
        "consent": ConsentTo.WORDS,
        "given": ConsentGiven.SPOKEN,
        "lasts": ConsentLasts.MONTH,
    }
    return actions.consult(by, told=ConsultationInput(**told | more))


def row_of(number: int) -> Consultation:
    return Consultation.objects.get(pk=number)


def sent(to: str) -> list[str]:
    """Return the kinds of notices that somebody got, the oldest first."""
    return list(Notice.objects.filter(to=to).order_by("pk").values_list("template", flat=True))
