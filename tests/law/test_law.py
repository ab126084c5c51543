"""Every duty has a room, a text in both languages, and a deadline or a reason for none; nothing remembered is enforced."""

from datetime import date

import pytest

from mamori.grammar.businesstime import Hours
from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.declaration import Clause, Deadline, Duty, Ground, NoticeKind, Setting
from mamori.law.clauses import CLAUSES
from mamori.law.consents import CONSENTS
from mamori.law.deadlines import DEADLINES, RESOLUTION
from mamori.law.duties import DUTIES
from mamori.law.grounds import GROUNDS
from mamori.law.settings import SETTINGS
from mamori.rooms.contact.notices import TEMPLATES
from mamori.site.wiring import RINGS

ROOMS = {
    "disclosure", "insight", "outreach", "payouts", "network", "complaints", "safety", "rights", "reviews",
    "enforcement", "contact", "display", "identity",
}  # fmt: skip
PROMOTION = (
    "セール",
    "お得",
    "キャンペーン",
    "割引",
    "おすすめ",
    "sale",
    "discount",
    "offer",
    "recommend",
    "campaign",
)


@pytest.mark.parametrize(
    "declared", [DUTIES, DEADLINES, GROUNDS, CLAUSES, CONSENTS, SETTINGS, TEMPLATES], ids=repr
)
def test_codes_are_unique(declared: tuple[Duty | Deadline | Ground | Clause | Setting[int], ...]) -> None:
    codes = [thing.code for thing in declared]

    assert len(codes) == len(set(codes)) > 0


def test_the_act_is_covered_duty_by_duty() -> None:
    articles = {duty.citation.article for duty in DUTIES}

    assert {"3(1)(i)", "3(1)(ii)", "3(1)(iii)", "4", "5"} <= articles
    assert all(duty.citation.confidence is Confidence.STATUTE for duty in DUTIES)


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.code)
def test_every_duty_has_a_room_of_the_house_and_deadlines_that_exist(duty: Duty) -> None:
    assert duty.room in ROOMS
    assert set(duty.deadlines) <= {deadline.code for deadline in DEADLINES}


def test_every_declared_deadline_is_rung_somewhere_and_nothing_else_but_spans_of_their_own_is() -> None:
    assert {deadline.code for deadline in DEADLINES} | {
        "complaints.consent_ends",
        "complaints.danger_hidden",
        "safety.request_own_day",
        "contact.urge",
        "contact.promise",
        "contact.recall",
        "contact.danger_recall",
        "enforcement.start",
        "enforcement.end",
        "identity.expiry",
    } == set(RINGS)


def test_the_48_hours_are_named_as_practice_and_an_operator_may_change_them() -> None:
    assert RESOLUTION.duration == Hours(48)
    assert RESOLUTION.citation.confidence is Confidence.PRACTICE
    assert not RESOLUTION.fixed


def citations() -> list[Citation]:
    things = (*DUTIES, *DEADLINES, *GROUNDS, *CONSENTS, *SETTINGS)
    return [thing.citation for thing in things]


def test_nothing_rests_on_memory_alone() -> None:
    assert all(citation.confidence is not Confidence.MEMORY for citation in citations())


def test_clauses_say_what_they_are_needed_for_and_from_when() -> None:
    for clause in CLAUSES:
        assert clause.version >= 1
        assert clause.first <= date(2026, 12, 1)
        assert clause.needed_for
        assert {act.split(".")[0] for act in clause.needed_for} <= ROOMS | {"terms"}


def test_no_template_but_an_advertising_one_promotes_anything() -> None:
    for template in TEMPLATES:
        words = f"{template.title} {template.body}".lower()
        assert template.kind is NoticeKind.ADVERTISING or not any(word in words for word in PROMOTION), (
            template.code
        )


def test_every_setting_admits_its_own_default() -> None:
    assert all(setting.admits(setting.default) for setting in SETTINGS)
