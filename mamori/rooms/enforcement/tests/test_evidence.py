"""What a finding, a view or an appeal rests on: seen by both sides, by nobody else, and never added to what was decided."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Severity
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import facts as outbox
from mamori.ground.vault import actions as vault
from mamori.ground.vault.actions import FileNotTaken, Upload
from mamori.rooms.enforcement.appeals import actions as appeals
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.actions import EvidenceTooLate, EvidenceUnseen
from mamori.rooms.enforcement.findings.matter import NotThere
from mamori.rooms.enforcement.measures.actions import deciding
from mamori.rooms.enforcement.models import AppealFile, Evidence, Finding
from mamori.rooms.enforcement.tests.conftest import (
    EVES,
    agent,
    decided,
    find,
    heard,
    lead,
    machine,
    seller,
    send,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")


def photo(name: str = "証拠.png") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "orange").save(out, "PNG")
    out.seek(0)
    out.name = name
    return out


def on_disk() -> list[Path]:
    return sorted(path for path in settings.FILES.rglob("*") if path.is_file())


def add(actor: Actor, finding: int, *, subject: str = "seller:S-1", version: int | None = None) -> None:
    upload = Upload(name="証拠.png", content=photo().getvalue())
    with vault.ready_files(actor, [upload], subject=subject) as ready:
        findings.add_evidence(actor, finding=finding, ready=ready, version=version)


def number(about: str) -> str:
    return cases.case_of(about).number


@pytest.fixture
def shop(enter: Enter) -> Client:
    return enter(Role.SELLER, "seller:S-1")


def test_staff_put_a_file_to_a_finding_and_the_seller_sees_it_once_it_is_asked(
    enter: Enter, shop: Client
) -> None:
    finding = find(datetime.now(UTC))
    case, desk = number(f"enforcement.finding:{finding}"), enter(Role.AGENT)
    page = f"/desk/cases/{case}/enforcement/evidence/"
    assert "出品者にも見えます" in desk.get(page).content.decode()

    empty = desk.post(page, {"version": Finding.objects.get(pk=finding).version})
    added = desk.post(page, {"version": Finding.objects.get(pk=finding).version, "attached": photo()})

    assert empty.status_code == 422
    assert added.status_code == 302
    [piece] = Evidence.objects.all()
    sellers = f"/seller/measures/{case}/files/{piece.pk}/1/"
    assert shop.get(sellers).status_code == 404, "before it was asked, nothing is put before it"
    findings.ask_view(agent(datetime.now(UTC)), finding=finding)
    assert "証拠.png" in shop.get(f"/seller/measures/{case}/").content.decode()
    assert shop.get(sellers)["Content-Type"] == "image/jpeg"
    assert f"enforcement/files/{piece.pk}/1/" in desk.get(f"/desk/cases/{case}/").content.decode()
    assert desk.get(f"/desk/cases/{case}/enforcement/files/{piece.pk}/1/").status_code == 200
    assert shop.get(f"/seller/measures/{case}/files/{piece.pk}/original/").status_code == 409, "no scanner"
    assert "enforcement.add_evidence" in [
        one.kind for one in ledger.acts_about(f"enforcement.finding:{finding}")
    ]


def test_nobody_else_opens_a_file_of_a_finding(enter: Enter) -> None:
    finding = find(datetime.now(UTC))
    add(agent(datetime.now(UTC)), finding)
    findings.ask_view(agent(datetime.now(UTC)), finding=finding)
    case, [piece] = number(f"enforcement.finding:{finding}"), Evidence.objects.all()

    other = enter(Role.SELLER, "seller:S-2")
    own = enter(Role.SELLER, "seller:S-1")

    assert other.get(f"/seller/measures/{case}/files/{piece.pk}/1/").status_code == 404
    for path in ("99/1/", f"{piece.pk}/2/", f"{10**30}/1/", f"{piece.pk}/{10**30}/"):
        assert own.get(f"/seller/measures/{case}/files/{path}").status_code == 404, path
    assert own.get(f"/seller/measures/00000000/files/{piece.pk}/1/").status_code == 404


def test_a_seller_puts_files_to_its_view_and_a_bad_one_stops_the_words(shop: Client) -> None:
    finding = find(datetime.now(UTC))
    findings.ask_view(agent(datetime.now(UTC)), finding=finding)
    path = f"/seller/measures/{number(f'enforcement.finding:{finding}')}/"
    bad = io.BytesIO(b"MZ\x90\x00")
    bad.name = "証拠.exe"

    refused = send(shop, path, {"said": "直します", "attached": bad})
    assert refused.status_code == FileNotTaken.status
    assert "直します" in refused.content.decode()
    assert Finding.objects.get(pk=finding).view is None
    given = send(shop, path, {"said": "直します", "attached": [photo("前.png"), photo("後.png")]})

    assert given.headers["Location"] == f"{path}?done=view"
    assert [piece.by_seller for piece in Evidence.objects.all()] == [True, True]
    assert "前.png" in shop.get(path).content.decode()


def test_a_seller_puts_files_to_its_appeal_and_the_reviewer_sees_them(enter: Enter, shop: Client) -> None:
    measure = decided(at=datetime.now(UTC))
    case = number(f"enforcement.finding:{measure.finding_id}")

    made = send(
        shop, f"/seller/measures/{case}/appeal/{measure.pk}/", {"said": "違います", "attached": photo()}
    )
    path = made.headers["Location"].partition("?")[0]
    more = send(shop, path, {"said": "追加です", "attached": photo("領収書.png")})

    assert (made.status_code, more.status_code) == (302, 302)
    assert list(AppealFile.objects.values_list("number", flat=True)) == [1, 2]
    assert "領収書.png" in shop.get(path).content.decode()
    assert shop.get(f"{path}files/2/1/").status_code == 200
    appeal = path.rstrip("/").rpartition("/")[2]
    assert "領収書.png" in enter(Role.LEAD).get(f"/desk/cases/{appeal}/").content.decode()
    assert enter(Role.LEAD).get(f"/desk/cases/{appeal}/enforcement/files/1/1/").status_code == 200
    assert enter(Role.SELLER, "seller:S-2").get(f"{path}files/1/1/").status_code == 404


def test_nothing_is_added_once_it_is_decided_and_what_was_refused_leaves_no_file() -> None:
    finding = decided().finding_id
    before = on_disk()

    with pytest.raises(EvidenceTooLate):
        add(agent(), finding)
    with pytest.raises(EvidenceTooLate):
        add(seller(), finding)

    assert on_disk() == before


def test_who_may_add() -> None:
    finding = find()
    add(lead(), finding)
    with pytest.raises(StepNotYours):
        add(machine(), finding)
    with pytest.raises(ChangedMeanwhile):
        add(agent(), finding, version=1)
    with pytest.raises(NotThere):
        add(agent(), finding, subject="seller:S-2")
    for eve in EVES:
        with pytest.raises((NotThere, StepNotYours)):
            add(eve, finding)

    assert Evidence.objects.count() == 1


def test_a_seller_adds_nothing_before_it_is_asked() -> None:
    finding = find()
    with pytest.raises(StepNotYours):
        add(seller(), finding)


def test_nothing_is_put_to_an_appeal_that_is_over() -> None:
    measure = decided()
    appeal = appeals.appeal(seller(), measure=measure.pk, said="違います")
    appeals.withdraw_appeal(seller(), appeal=appeal)
    upload = Upload(name="証拠.png", content=photo().getvalue())

    with vault.ready_files(seller(), [upload], subject="seller:S-1") as ready, pytest.raises(StepNotOpen):
        findings.add_to_appeal(seller(), appeal=appeal, ready=ready)

    assert not AppealFile.objects.exists()


def test_what_staff_add_while_the_seller_is_asked_is_told_to_it_and_before_that_is_not() -> None:
    finding = find()
    add(agent(), finding)
    findings.ask_view(agent(), finding=finding)
    before = told()

    add(agent(), finding)

    assert (before, told()) == (0, 1)


def test_on_what_the_seller_never_saw_nobody_decides() -> None:
    finding = heard(severity=Severity.GRAVE)
    with pytest.raises(EvidenceUnseen):
        add(agent(), finding)
    deciding.decide(lead(), finding=finding, wish=wish("suspended", 30))
    with pytest.raises(EvidenceUnseen):
        add(lead(), finding)

    assert not Evidence.objects.filter(by_seller=False, kind="file").exists()


def test_the_page_offers_files_only_while_the_seller_can_answer_them(enter: Enter) -> None:
    finding, desk = find(datetime.now(UTC)), enter(Role.AGENT)
    page = f"/desk/cases/{number(f'enforcement.finding:{finding}')}/"
    form = f"{page}enforcement/evidence/"
    assert form in desk.get(page).content.decode()

    findings.ask_view(agent(datetime.now(UTC)), finding=finding)
    findings.state_view(seller(datetime.now(UTC)), finding=finding, said="違います")

    assert form not in desk.get(page).content.decode()


def told() -> int:
    return sum(
        one.template == "enforcement.evidence_added" for one in outbox.notices(to="seller:S-1", limit=50)
    )
