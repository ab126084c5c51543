"""The workbench: the next case by its clock, what came before side by side, cases of those who left, keys as declared."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import Client

from mamori.doors.desk.tests.conftest import CANARY, SELLERS_CANARY, Desk, Enter, actor, ring
from mamori.grammar.actor import Role
from mamori.ground.cases import actions as case_actions, facts as cases
from mamori.ground.ledger import facts as ledger
from mamori.ground.people.models import Account
from mamori.ground.web.templatetags.house import KEYS, is_key
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.decisions.matters import DECISIONS
from mamori.rooms.contact.kinds import ATTENTIONS
from mamori.rooms.contact.lifecycle import ThreadState
from mamori.rooms.contact.rules.nextact import ANSWER_WAITS, NEXT_ACTS, next_act
from mamori.rooms.contact.rules.standing import Matter
from mamori.rooms.contact.tests.conftest import sellers_calls
from tests.reading import tidy

ROOT = Path(__file__).parents[4]


def text(client: Client, path: str) -> str:
    return client.get(path, follow=True).content.decode()


def test_the_next_case_is_opened_by_its_clock_and_taken_only_by_a_step_of_its_own(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.AGENT)
    who = Account.objects.get(role="agent").who

    first = client.get("/desk/next/")
    number = first["Location"].split("/")[3]
    [call] = sellers_calls()
    contact.record_call(actor(who, Role.AGENT, desk.begun), call=call.id, outcome=Outcome.REACHED)
    after = client.get("/desk/next/", {"leaving": number})

    assert number == desk.trouble
    assert cases.case_of(desk.about).assignee == ""
    assert number not in after["Location"]
    client.post(f"/desk/cases/{number}/take/")
    assert cases.case_of(desk.about).assignee == who


def test_when_no_case_asks_for_anybody_the_queue_says_so(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)
    for case in cases.view(cases.Wish(flagged=True)).cases:
        case_actions.assign(about=case.about, to="agent:999")

    answer = client.get("/desk/next/", {"leaving": "no number"})

    assert answer["Location"] == "/desk/?none=1"
    assert "対応を待っている案件はありません" in text(client, answer["Location"])


def test_the_case_page_says_what_to_do_next_and_takes_the_outcome_of_the_call(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.AGENT)
    page = text(client, f"/desk/cases/{desk.trouble}/")
    [call] = sellers_calls()

    assert "出品者に電話し、結果を記録します" in page
    assert re.search(r'value="no_answer"[^>]*accesskey="4"[^>]*data-key="4"', page)
    form = {"outcome": "no_answer", "note": "呼び出し音だけ"}
    answer = client.post(f"/desk/cases/{desk.trouble}/contact/call/{call.id}/", form)
    assert answer["Location"] == f"/desk/cases/{desk.trouble}/?done=call"
    after = text(client, answer["Location"])
    assert "呼び出し音だけ" in after
    assert "次の電話" in after
    assert "出品者の回答を待っています" in after


def test_what_came_before_stands_side_by_side_without_a_word(desk: Desk, enter: Enter) -> None:
    page = tidy(text(enter(Role.AGENT), f"/desk/cases/{desk.trouble}/"))

    past = page.partition('id="history"')[2].partition('id="story"')[0]
    for title in ("この購入者", "この出品者", "この注文"):
        assert title in past
    assert "立替返金 3,000円" in past
    assert "出品者に代わって返金した 1" in past
    assert CANARY not in page
    assert SELLERS_CANARY not in page


def test_promises_are_counted_beside_the_seller(desk: Desk, enter: Enter) -> None:
    [call] = sellers_calls()
    lead = actor("lead:9", Role.LEAD, desk.begun)
    contact.record_call(lead, call=call.id, outcome=Outcome.NO_ANSWER)

    page = text(enter(Role.AGENT), f"/desk/cases/{desk.trouble}/")

    assert "つながらなかった電話 1" in page


def test_a_note_is_shown_to_staff_and_stands_in_no_act(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)
    client.post(f"/desk/cases/{desk.trouble}/note/", {"text": "午後は店主が出る"})

    assert "午後は店主が出る" in text(client, f"/desk/cases/{desk.trouble}/")
    assert "午後" not in str([act.content for act in ledger.acts_about(desk.about)])


def test_a_case_page_says_only_what_its_reader_has_just_done(desk: Desk, enter: Enter) -> None:
    path, client = f"/desk/cases/{desk.trouble}/", enter(Role.AGENT)
    said = {"taken": "あなたの担当にしました", "handed": "担当を変えました", "noted": "メモを記録しました"}

    before = [code for code, words in said.items() if words in text(client, f"{path}?done={code}")]
    led = client.post(f"{path}note/", {"text": "午後は店主が出る"})["Location"]
    after = [code for code, words in said.items() if words in text(client, f"{path}?done={code}")]

    assert led == f"{path}?done=noted"
    assert (before, after) == ([], ["noted"])


def test_nothing_but_the_desk_reads_the_notes_of_staff() -> None:
    """A note can be sent by nobody who cannot read it: no room, no other door, no post."""
    named = r"cases\.assigning import (\([^)]*|.*)\b(NoteFact|notes|erase\w*)\b"  # in one line or several
    reads = re.compile(rf"\bcases\.notes\(|\bimport .*\bNote\b|\bassigning\.notes\b|{named}")
    code = [path for path in (ROOT / "mamori").rglob("*.py") if "tests" not in path.parts]
    readers = {str(path.relative_to(ROOT)) for path in code if reads.search(path.read_text("utf-8"))}

    assert readers == {
        "mamori/doors/desk/views/case.py",
        "mamori/ground/cases/actions.py",  # erases them
        "mamori/ground/cases/assigning.py",
        "mamori/ground/cases/facts.py",
    }
    assert reads.search("text = cases.notes(about)")


def test_a_lead_hands_the_cases_of_somebody_who_left_to_somebody_else(desk: Desk, enter: Enter) -> None:
    lead = enter(Role.LEAD)
    gone = Account.objects.create(
        email="gone@example.jp", name="去った人", role="agent", added_at=desk.begun, is_active=False
    )
    heir = Account.objects.create(email="heir@example.jp", name="継ぐ人", role="agent", added_at=desk.begun)
    for case in cases.view(cases.Wish()).cases:
        case_actions.assign(about=case.about, to=gone.who)
    waiting = cases.count(cases.Wish(assignee=gone.who))

    assert "担当者がいなくなった案件" in text(lead, "/desk/today/")
    assert "去った人" in text(lead, "/desk/people/")
    assert f"/desk/?assignee={gone.who}" in text(lead, "/desk/people/")
    shown = re.findall(r'name="shown" value="(\d+)"', text(lead, f"/desk/?assignee={gone.who}"))
    all_ = {"what": "hand", "all": "1", "shown": shown, "to": heir.who}
    lead.post(f"/desk/?assignee={gone.who}", all_ | {"reason": ""})
    missing = cases.count(cases.Wish(assignee=heir.who))
    lead.post(f"/desk/?assignee={gone.who}", all_ | {"reason": "退職のため"})

    assert missing == 0
    assert cases.count(cases.Wish(assignee=heir.who)) == waiting > 0
    assert "/desk/?assignee=" not in text(lead, "/desk/people/")


def test_the_mediation_follows_its_case_and_the_parties_are_told(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)
    client.post(f"/desk/cases/{desk.trouble}/contact/mediate/")
    heir = Account.objects.create(email="heir@example.jp", name="継ぐ人", role="agent", added_at=desk.begun)
    form = {"to": heir.who, "reason": "休みに入るため"}

    client.post(f"/desk/cases/{desk.trouble}/hand-over/", form)
    ring(datetime.now(UTC))

    known = facts.trouble(int(desk.about.rpartition(":")[2]))
    assert known is not None
    assert known.mediation_state == "taken"
    assert "contact.follow_case" in [act.kind for act in ledger.acts_about(desk.about)]
    client.post(f"/desk/cases/{desk.trouble}/hand-over/", {"to": "", "reason": ""})
    ring(datetime.now(UTC))
    known = facts.trouble(known.id)
    assert known is not None
    assert known.mediation_state == "open"


def test_every_key_on_a_page_is_declared_and_an_undeclared_one_is_refused() -> None:
    pages = [*(ROOT / "mamori").rglob("*.html")]
    used = {key for page in pages for key in re.findall(r'{% key "(.)" %}', page.read_text("utf-8"))}

    assert used <= set(KEYS)
    assert {"n", "w", "c", "t", "h", "b"} <= used
    assert {one.shortcut for one in DECISIONS if one.shortcut} == {"p"}
    assert not is_key("x")
    with pytest.raises(KeyError):
        Template('{% load house %}{% key "x" %}').render(Context())


def test_everything_that_a_case_can_ask_for_is_said_as_something_to_do() -> None:
    assert set(NEXT_ACTS) <= set(ATTENTIONS)
    assert {code for code in ATTENTIONS if code.startswith(("call", "agreement", "proposal"))} <= set(
        NEXT_ACTS
    )
    waiting = Matter(thread=ThreadState.WAITING)
    assert next_act("", None, waiting) is ANSWER_WAITS
    assert next_act("decide-remedy", ATTENTIONS["decide-remedy"], waiting) is ATTENTIONS["decide-remedy"]


def test_no_key_is_named_that_does_nothing_on_the_page(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)

    for number in (desk.trouble, desk.question, desk.recovery, desk.refunded):
        page = client.get(f"/desk/cases/{number}/").content.decode()
        shown = "".join(re.findall(r'<p class="quiet lively-only keys">.*?</p>', page, re.DOTALL))
        named = set(re.findall(r"<kbd>(.)</kbd>", shown))
        heard = set(re.findall(r'data-key="(.)"', page))
        assert named == heard - set("2345?"), number
        assert {"n", "b"} <= named
