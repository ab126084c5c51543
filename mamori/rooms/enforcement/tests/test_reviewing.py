"""Who reviews an appeal: nobody who took part in the matter, by whatever act; the pages offer and say the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen
from mamori.grammar.text import Text
from mamori.ground.outbox import facts as outbox
from mamori.ground.people.models import Account
from mamori.ground.seal import actions as seal
from mamori.rooms.enforcement import acts as versions
from mamori.rooms.enforcement.appeals import actions as appeals, matter as appeal_records
from mamori.rooms.enforcement.appeals.queries import appeal_of
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.matter import Subject
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.models import Appeal, AppealNote
from mamori.rooms.enforcement.rules.bounds import Ended, Source
from mamori.rooms.enforcement.tests.conftest import MONDAY, actor, agent, counsel, lead, seller, wish

pytestmark = pytest.mark.usefixtures("shops")


def other(at: datetime = MONDAY) -> Actor:
    """Return the lead who takes the part that is tried."""
    return actor("lead:7", Role.LEAD, at)


def recorded(by: Actor) -> int:
    return findings.find(
        by,
        breach="display",
        severity=Severity.SERIOUS,
        harm=Reach.NONE,
        subject=Subject(seller="S-1", listing="L-1"),
        facts=(Text("表示がない。", "Nothing is shown."),),
        origin="test:part",
        source=Source.STAFF,
    )


def asked(finding: int, by: Actor) -> None:
    findings.ask_view(by, finding=finding)
    findings.state_view(seller(), finding=finding, said="直します")


def decided(finding: int) -> int:
    return deciding.decide(lead(), finding=finding, wish=wish())


def who_records() -> int:
    finding = recorded(other())
    asked(finding, agent())
    return decided(finding)


def who_asks() -> int:
    finding = recorded(agent())
    asked(finding, other())
    return decided(finding)


def who_looks() -> int:
    finding = recorded(agent())
    asked(finding, agent())
    measure = decided(finding)
    standing.note_cured(other(), finding=finding, reason="確かめた")
    return measure


def who_sends_back() -> int:
    finding = recorded(agent())
    asked(finding, agent())
    proposed = deciding.decide(lead(), finding=finding, wish=wish("suspended", 30))
    deciding.send_back(other(), measure=proposed, reason="重い")
    return decided(finding)


def who_ends_it() -> int:
    finding = recorded(agent())
    asked(finding, agent())
    measure = decided(finding)
    standing.lift(other(), measure=measure, because=Ended.REVIEWED, reason="もうよい")
    return measure


@pytest.mark.parametrize("part", [who_records, who_asks, who_looks, who_sends_back, who_ends_it])
def test_whoever_took_part_in_the_matter_does_not_review_it_nor_keeps_notes(part: Callable[[], int]) -> None:
    Account.objects.create(
        pk=7, email="x@example.jp", name="x", role="lead", added_at=MONDAY - timedelta(days=60)
    )
    appeal = appeals.appeal(seller(), measure=part(), said="違います")
    number = appeal_records.number(Appeal.objects.get(pk=appeal))

    for trying in (
        appeals.take_appeal,
        lambda by, appeal: appeals.note_appeal(by, appeal=appeal, said="急いだ"),
    ):
        with pytest.raises(Refusal) as refused:
            trying(other(), appeal=appeal)  # type: ignore[operator]
        assert refused.value.code == "another-reviewer"
    assert appeal_of(other(), number).steps == frozenset()
    assert appeal_of(other(), number).to_invite is not None
    assert outbox.notices(to="lead", limit=1)[0].template == "enforcement.appeal_to_invite"
    appeals.take_appeal(counsel(), appeal=appeal)


def test_who_has_not_acted_on_the_matter_is_offered_the_review_and_its_steps_once_taken() -> None:
    appeal = appeals.appeal(seller(), measure=who_asks(), said="違います")
    number = appeal_records.number(Appeal.objects.get(pk=appeal))

    assert appeal_of(counsel(), number).steps == {"take"}
    appeals.take_appeal(counsel(), appeal=appeal)
    assert {"reply", "keep", "grant"} <= appeal_of(counsel(), number).steps
    assert appeal_of(actor("lead:8", Role.LEAD), number).steps == {"take"}


def test_what_was_erased_with_the_seller_still_names_who_decided() -> None:
    appeal = Appeal.objects.get(pk=appeals.appeal(seller(), measure=who_asks(), said="違います"))
    assert appeals.took_part(appeal) == {"staff:1", "staff:2", "staff:7"}

    seal.shred(subject="seller:S-1", at=MONDAY)

    assert appeals.took_part(appeal) == {"staff:2"}


def test_a_decided_appeal_takes_no_note_and_its_forms_lead_back(enter: Enter) -> None:
    now, first, reviewer = datetime.now(UTC), enter(Role.LEAD), enter(Role.COUNSEL)
    head, other_head = (Account.objects.get(role=role).pk for role in (Role.LEAD, Role.COUNSEL))
    finding = recorded(agent(now))
    findings.ask_view(agent(now), finding=finding)
    findings.state_view(seller(now), finding=finding, said="直します")
    measure = deciding.decide(actor(f"lead:{head}", Role.LEAD, now), finding=finding, wish=wish())
    appeal = appeals.appeal(seller(now), measure=measure, said="違います")
    second = actor(f"counsel:{other_head}", Role.COUNSEL, now)
    case = f"/desk/cases/{appeal_records.number(Appeal.objects.get(pk=appeal))}/"
    assert first.get(f"{case}appeal/take/").status_code == 302
    assert reviewer.get(f"{case}appeal/take/").status_code == 200
    appeals.take_appeal(second, appeal=appeal)
    assert reviewer.get(f"{case}appeal/note/").status_code == 200

    appeals.decide_appeal(second, appeal=appeal, outcome=AppealState.KEPT, said="記録のとおり")

    for slug in ("take", "reply", "note", "decide"):
        page = reviewer.get(f"{case}appeal/{slug}/")
        assert (page.status_code, page["Location"]) == (302, case)
    with pytest.raises(StepNotOpen):
        appeals.note_appeal(second, appeal=appeal, said="あとから")
    version = str(versions.version_of(f"enforcement.appeal:{appeal}"))
    for desk in (first, reviewer):
        page = desk.post(f"{case}appeal/note/", {"said": "あとから", "version": version})
        assert page.status_code == 409
    assert not AppealNote.objects.exists()
